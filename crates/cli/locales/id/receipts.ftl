# Receipts, and looking into files: prove, check, show.

about-prove = Tulis tanda terima: bukti bahwa suatu entri ada dalam log
about-check = Periksa tanda terima, pernyataan, titik periksa, dan bukti, secara luring
about-show = Perlihatkan isi berkas tanpa menilainya
arg-prove-unit = Unit yang menandatangani entri itu
arg-prove-round = Periode yang ikrar berlakunya dibuktikan: ID, atau PEMBUKA/ID; bila tidak disebut, satu-satunya periode tempat unit berikrar
arg-entry = Entri yang dibuktikan, menurut nomornya
arg-id = Pernyataan yang dibuktikan, menurut id-nya
arg-check-files = Tanda terima, berkas pernyataan, atau titik periksa; beberapa berkas bersama dapat membuktikan percabangan atau sejarah ganda
arg-check-from = Log, yang diperiksa dahulu, sumber kunci penanda tangan
arg-signer-key = Kunci pemeriksa milik penanda tangan, atau berkas yang memuatnya
arg-show-file = Berkas apa pun dari Ikrar
example-prove = Contoh:
      ikrar prove log --unit wil:33.74 --round contoh-2020 --keys keys --out semarang.tlog-proof
example-check = Contoh:
      ikrar check semarang.tlog-proof --keys keys
      ikrar check pledge.ikrar --from log --keys keys
example-show = Contoh:
      ikrar show semarang.tlog-proof

prove-done = Tanda terima untuk entri { $entry } ({ $statement } oleh { $unit }) ditulis: { $path }. Siapa pun yang memiliki akar kepercayaan dapat memeriksanya dengan `ikrar check`.
prove-no-effect = Peringatan: dalam log, entri ini tanpa akibat ({ $rule }): { $meaning }. Tanda terima hanya membuktikan bahwa entri itu tercatat.
prove-unwitnessed = Peringatan: saksi yang diminta akar kepercayaan belum ikut menandatangani titik periksa ini. Tulis tanda terima lagi setelah mereka menandatanganinya.

error-no-entry = Tidak ada entri { $entry }: log memuat { $size } entri, bernomor mulai dari 0.
error-entry-anchor = Entri { $entry } adalah jangkar: ia membuktikan waktu dan tidak ditandatangani suatu unit. Sebutkan entri yang memuat pernyataan.
error-entry-of-other = Entri { $entry } ditandatangani oleh { $signer }, bukan { $unit }. Sebutkan penanda tangannya dengan --unit.
error-unknown-id = Tidak ada pernyataan { $id } dalam log ini. Periksa salah ketik; jika belum pernah tercatat, serahkan kepada operator.
error-no-standing-pledge = { $unit } tidak memiliki ikrar berlaku dalam periode itu. Sebutkan entri dengan --entry, atau pernyataan dengan --id.
error-which-round = { $unit } berikrar dalam beberapa periode. Sebutkan satu dengan --round: { $known }.
error-receipt = Tanda terima tidak terbukti: { $cause }. Jalankan `ikrar verify` atas log itu.
error-show = { $path } rusak: { $cause }. Salin ulang berkasnya.
error-show-unknown = { $path } bukan berkas Ikrar, atau isinya berubah di perjalanan. Periksa namanya, lalu salin ulang sebagai berkas biner.

check-file-empty = { $path } kosong. Salin ulang berkasnya.
check-file-request = { $path } adalah permintaan. Unit menjawabnya dengan `ikrar pledge`; `ikrar show` memperlihatkan isinya.
check-file-private-key = { $path } adalah kunci privat: jangan berikan kepada siapa pun. `ikrar key show` mencetak kunci publiknya.
check-file-verifier-key = { $path } adalah kunci pemeriksa. Berikan dengan --signer-key untuk memeriksa berkas pernyataan.
check-file-trust-root = { $path } adalah akar kepercayaan. Sebutkan foldernya dengan --keys.
check-file-signer-head = { $path } adalah catatan posisi penanda tangan, yang tetap di samping kuncinya. `ikrar key show` membacanya.
check-file-form = { $path } adalah formulir. `ikrar publish` menandatangani naskah, `ikrar round` menandatangani periode.
check-file-csv = { $path } adalah tabel. `ikrar enroll` menandatangani unit-unit di dalamnya.
check-file-utf16 = { $path } berisi UTF-16, seperti hasil `>` di PowerShell. Tulis ulang dengan --out.
check-file-line-ends = Akhir baris { $path } berubah di perjalanan. Bawalah sebagai berkas biner.
check-file-unknown = { $path } bukan tanda terima, berkas pernyataan, atau titik periksa. Log diperiksa dengan `ikrar verify`; `ikrar show` memperlihatkan isi berkas.

check-kind-receipt = tanda terima
check-kind-attestations = berkas pernyataan
check-kind-checkpoint = titik periksa
check-attestation = Pernyataan { $number }
check-good-receipt = ✓ TANDA TERIMA INI SAH.
check-good-checkpoint = ✓ Titik periksa ini ditandatangani dengan kunci log yang disematkan akar kepercayaan. Titik periksa saja tidak berkata apa-apa tentang entrinya: untuk itu ada `ikrar verify`.
check-no-contradiction = ✓ Titik-titik periksa ini tidak saling bertentangan: tidak ada dua yang berukuran sama dengan akar berbeda. Apakah log yang lebih besar melanjutkan yang lebih kecil ditunjukkan oleh `ikrar verify LOG --since CHECKPOINT`.
check-good-attestation = ✓ Tanda tangannya sah.
check-bad = ✗ TIDAK SAH: { $cause }.
check-incomplete = ◐ Utuh, tetapi saksi yang diminta akar kepercayaan belum ikut menandatangani titik periksa ini: belum terbukti bahwa semua orang melihat log yang sama. Mintalah yang lebih baru.
check-no-key = ? Tanda tangan tidak dapat diperiksa: sebutkan kunci penanda tangan dengan --signer-key, atau log dengan --from.
check-key-of-other = ? Tanda tangan tidak dapat diperiksa: kunci yang disebutkan milik unit lain.
check-unknown-epoch = ? Tanda tangan tidak dapat diperiksa: log tidak mengenal kunci untuk masa kunci ini. Mungkin kunci itu datang bersama pernyataan yang belum tercatat.
check-logged = Pernyataan ini tercatat, sebagai entri { $entry }.
check-not-logged = Pernyataan ini tidak ada dalam log.
check-not-cosigned = { $name }: belum ikut menandatangani
check-no-effect = Pada jalur ini entri TANPA AKIBAT ({ $rule }): { $meaning }.
check-earlier-key = Titik periksa ini ditandatangani dengan kunci log yang terdahulu; saksi yang diminta akar kepercayaan menjaminnya.
check-proves = Yang dibuktikan: entri { $entry } ada dalam log menurut titik periksa ini, dan { $unit } menandatanganinya dengan kunci yang diberlakukan unit-unit induknya.
check-proves-genesis = Yang dibuktikan: entri { $entry } ada dalam log menurut titik periksa ini, dan { $unit } memulai registri dengannya.
check-not-excluded = Tanda terima memuat satu jalur, bukan seluruh log. Karena itu tidak tertutup kemungkinan bahwa
check-not-no-effect = entri itu tanpa akibat, atau ditolak, dalam log, karena entri lain di antaranya
check-not-rekeys = kunci pada jalur ini telah diganti atau dicabut
check-not-disputes = pernyataan itu kemudian dinyatakan batal
check-not-retirement = unit itu telah berakhir
check-not-corrections = pernyataan itu telah dikoreksi atau ditarik
check-not-log-rotation = kunci log telah diganti: tidak ada kuorum saksi yang menjamin titik periksa ini
check-whole-log = Status suatu unit hanya dapat diketahui dari seluruh log: `ikrar report`.
check-fork = BUKTI PERCABANGAN: { $unit } menandatangani dua pernyataan berbeda sebagai nomor { $seq } dalam masa kunci { $epoch }: { $one } dan { $other }. Simpan kedua berkas sebagai bukti.
check-fork-logged = BUKTI PERCABANGAN: sebagai nomor { $seq } dalam masa kunci { $epoch }, { $unit } menandatangani pernyataan lain daripada yang tercatat sebagai entri { $entry }: { $one }, dalam log { $other }. Simpan berkas dan log itu sebagai bukti.
check-split = SEJARAH GANDA TERBUKTI: kunci log { $origin } menandatangani dua pohon berbeda berukuran { $size }: { $one } dan { $other }. Simpan kedua berkas sebagai bukti, dan beri tahu otoritas serta auditor lain.

show-not-verified = TIDAK ADA YANG DIPERIKSA DI SINI. Tanda terima, pernyataan, dan titik periksa: `ikrar check`; log: `ikrar verify`.
show-kind-attestations = berkas pernyataan
show-kind-request = permintaan
show-kind-receipt = tanda terima
show-kind-checkpoint = titik periksa
show-kind-verifier-key = kunci pemeriksa
show-kind-trust-root = akar kepercayaan
show-kind-signer-head = catatan posisi penanda tangan
show-kind-text = formulir naskah
show-kind-round = formulir periode
show-kind-roster = daftar unit
show-kind-private-key = kunci privat; jangan berikan kepada siapa pun
show-kind-entry-bundle = entri-entri log

field-trust-root = Akar kepercayaan
field-fingerprint = Sidik jari akar kepercayaan
field-witness = Saksi
field-unknown-signature = Tanda tangan kunci tak dikenal
field-entry = Entri
field-logged-at = Tercatat pada (jam operator)
field-unit-name = Nama unit
field-text-title = Naskah (judul)
field-next-seq = Nomor berikutnya
field-key-id = ID kunci
field-log-since = Kunci log berlaku mulai ukuran
field-pending = Ditandatangani, belum terlihat tercatat
field-text-ids = Naskah yang diterima
field-units = Unit
field-encrypted = Terenkripsi
field-signature-lines = Baris tanda tangan atas nama
none-attestation = bukan pernyataan: jangkar, atau tidak terbaca

receipt-other-kind = ini { $kind }; yang diharapkan adalah tanda terima dari `ikrar prove`
receipt-version = baris pertamanya bukan `c2sp.org/tlog-proof@v1`; salin ulang berkasnya
receipt-too-long = tanda terima ini { $length } bita; batasnya { $most }
receipt-line = baris { $line } tanda terima tidak berbentuk semestinya; salin ulang berkasnya
receipt-extra = tanda terima memuat entri dalam versi yang tidak dikenal program ini
receipt-entry = tanda terima tidak memuat entri { $entry } dengan bukti pada baris-barisnya; mintalah yang baru
receipt-checkpoint = tanda terima tidak memuat titik periksa sepanjang 1 sampai { $most } bita; salin ulang berkasnya
checked-witness = tanda tangan saksi pada titik periksa: { $error }
checked-policy = kebijakan akar kepercayaan tidak terbaca: { $error }
checked-path = jalur kepercayaan tidak terbukti: { $error }
checked-no-entry = entri { $entry } tidak ada pada jalur kepercayaan, atau bukan pernyataan
checked-wrong-authority = Genesis ditandatangani dengan kunci lain daripada kunci otoritas dalam akar kepercayaan
checked-other-origin = Genesis menyebut asal lain daripada akar kepercayaan
checked-log-key-changed = log memiliki kunci lain untuk ukuran ini daripada yang disematkan akar kepercayaan; perbarui akar kepercayaan
checked-empty = log kosong: tidak ada Genesis yang mengikatnya pada registri
checked-too-small = kunci log yang disematkan berlaku mulai ukuran { $since }, titik periksa ini berukuran { $size }
checked-rotation = ukuran { $size } ditandatangani dengan kunci log yang terdahulu, kunci yang disematkan berlaku mulai { $since }, dan saksi yang diminta akar kepercayaan tidak ikut menandatangani: penggantian kunci tidak tertutup kemungkinannya; mintalah tanda terima baru

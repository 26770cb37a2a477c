# Questions to a log: `ikrar explain`, and the options of `ikrar report`.

about-explain = Periksa log, dan terangkan status suatu unit dalam suatu periode, entri demi entri

arg-as-of = Jawab menurut SIZE entri pertama; log tetap diperiksa seluruhnya
arg-under = Hanya unit ini dan unit-unit di bawahnya: daftar, ringkasan, dan cakupan
arg-only = Sebutkan hanya unit dengan status ini; ringkasan tetap mencakup semuanya
arg-compare = Sandingkan dengan periode lain, pada titik catatan dan waktu yang sama
arg-csv-delimiter = Pemisah kolom CSV: “;” untuk program lembar kerja dengan setelan Indonesia, “tab”, … (bawaan “,”)
arg-csv-bom = Awali CSV dengan tanda yang menunjukkan UTF-8 kepada program lembar kerja
arg-fail-on-missing = Keluar dengan kode 4 bila ada unit dalam laporan yang belum berikrar atau disengketakan
arg-held = Berkas pernyataan yang disimpan unit: apakah sudah dicatat, dan bila belum, apakah masih dapat

example-explain = Contoh:
      ikrar explain examples/kota-semarang/log --unit wil:33.74 --round contoh-2020 --keys keys
      ikrar explain log --unit wil:33.74 --round contoh-2020 --keys keys --at 2020-12-09 --as-of 70 --format json

error-as-of = Log ini memuat { $size } entri, jadi tidak ada bagian awal sepanjang { $asked }. Isilah --as-of dengan ukuran dari 1 sampai { $size }.
error-when = "{ $time }" bukan waktu. Tulislah hari (2020-12-09: detik terakhirnya, menurut zona waktu periode), waktu setempat menurut zona waktu periode (2020-12-09T15:00), atau RFC 3339 (2020-12-09T15:00:00+07:00).
error-when-zone = "{ $time }" tidak dapat dibaca menurut zona waktu periode, { $zone }, yang tidak dikenal di sini. Tulislah dalam RFC 3339, seperti 2020-12-09T15:00:00+02:00.
error-held = { $path } tidak memuat pernyataan: { $cause }. Berikan berkas yang ditulis oleh perintah penandatanganan.
error-csv-only = --csv-delimiter dan --csv-bom hanya berlaku untuk --format csv.
    Berikutnya: tambahkan --format csv, atau hilangkan keduanya.
error-held-csv = Salinan yang disimpan unit tidak termasuk dalam tabel. Pakailah --format text atau json bersama --held.

report-as-of = { $prefix } entri pertama dari { $size }, dengan hash akar { $root }
report-under = Hanya { $unit } dan unit-unit di bawahnya
report-only = Hanya status ini yang disebutkan: { $statuses }; { $unlisted } unit lain dihitung, tetapi tidak disebutkan

held-title = Salinan yang disimpan unit
held-logged = { $unit }: sudah dicatat, entri { $entry }
held-logged-no-effect = { $unit }: sudah dicatat, entri { $entry }, tanpa akibat ({ $rule }: { $meaning })
held-appendable = { $unit }: belum dicatat; masih dapat dicatat sekarang
held-appendable-no-effect = { $unit }: belum dicatat; masih dapat dicatat sekarang, tetapi tanpa akibat ({ $rule }: { $meaning })
held-epoch-ended = { $unit }: tidak dicatat; masa kuncinya berakhir pada entri { $entry } sebelum salinan ini diterima. Ini bukan bukti terhadap operator: tanda tangani kembali dengan kunci yang baru
held-duplicate = { $unit }: pernyataan yang sama sudah ada sebelumnya dalam daftar ini
held-refused = { $unit }: tidak dicatat, dan tidak dapat dicatat ({ $rule }: { $meaning })
held-other-in-place = { $unit }: tidak dicatat; pada urutan ini unit menandatangani pernyataan lain, entri { $entry } ({ $rule }: { $meaning })
held-caveat = Salinan yang belum dicatat tetapi masih dapat dicatat mungkin belum sampai: serahkanlah, dan simpan jawabannya.

explain-below = di bawah { $parent }
explain-entry = entri { $entries }
explain-entries = entri { $entries }
explain-now = { $status }, per { $at }
explain-at-due = { $status }, pada tenggat, { $at }
explain-flags = Tanda
explain-evidence = Bukti
explain-logged = dicatat { $at }
explain-in-force = berlaku
explain-withdraws = menarik untuk selamanya
explain-superseded = digantikan oleh entri { $entry }
explain-void = batal karena entri { $entry }
explain-anchor = Jangkar
explain-anchor-says = { $size } entri pertama sudah ada pada { $at }
explain-caveat = Tanda § menunjuk bagian spesifikasi. Waktu pencatatan adalah pernyataan operator selama belum dicakup jangkar; jumlah orang dilaporkan sendiri oleh unit.

outcome-applied = diterapkan
outcome-no-effect = tanpa akibat ({ $rule }: { $meaning })
outcome-rejected = DITOLAK ({ $rule }: { $meaning })
outcome-not-checkable = tidak dapat diperiksa

owing-at-opening = Wajib berikrar: terdaftar dan termasuk cakupan ketika periode dibuka, setelah entri { $opening }
owing-since-opening = Wajib berikrar: terdaftar, atau masuk cakupan, setelah periode dibuka dan sebelum tenggat lewat
owing-enrolment-void = Tidak wajib berikrar: pendaftarannya batal
owing-reserved = Tidak wajib berikrar: bukan unit dalam daftar
owing-other-kind = Tidak wajib berikrar: periode ini tidak meminta unit dari jenisnya
owing-outside-subtree = Tidak wajib berikrar: di luar jajaran yang diminta periode ini
owing-retired-before = Tidak wajib berikrar: sudah berakhir sebelum periode dibuka
owing-enrolled-after-due = Tidak wajib berikrar: belum terdaftar sampai tenggat lewat

ground-no-pledge = belum ada ikrar
ground-pledge-void = ikrar yang ada telah batal
ground-pledge-withdrawn = ikrar telah ditarik, untuk selamanya
ground-first = ikrar pertama
ground-standing = yang berlaku
ground-commitments-missing = komitmen naskah yang tidak disebut: { $missing }
ground-signatures-missing = yang menandatangani kurang dari yang diwajibkan: { $missing }
ground-duties-missing = diwajibkan, tetapi belum dinyatakan: { $missing }
ground-duty-done = diwajibkan, dan sudah dinyatakan
ground-witnessed = tepat waktu, menurut jam para saksi
ground-by-due = tepat waktu, menurut jam operator
ground-logged-after-due = dicatat setelah tenggat, menurut jam operator
ground-anchored-after-due = terlambat: menurut saksi, tenggat sudah lewat sebelum ikrar ini dicatat
ground-ended = tanpa ikrar, dan unit berakhir sebelum tenggat: unit berakhir
ground-disputed = tanpa ikrar yang berlaku, dan ada yang batal: disengketakan
ground-not-yet-due = tanpa ikrar, dan tenggat belum lewat: menunggu
ground-past-due = tanpa ikrar, dan tenggat sudah lewat: belum
ground-partial = ada yang kurang: sebagian
ground-late = utuh, tetapi terlambat
ground-complete = utuh dan tepat waktu: lengkap

missing-pns = PNS
missing-pppk = PPPK
missing-ppnpn = PPNPN
missing-combined = seluruh pegawai digabung

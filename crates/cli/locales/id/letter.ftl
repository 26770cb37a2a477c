# Surat pengingat: ikrar letter.

about-letter = Periksa log, dan tulis surat pengingat kepada unit di atas unit yang masih berkewajiban
arg-letter-to = Tujukan kepada unit terdekat di atasnya dari jenis ini, seperti kota; bawaan: unit tepat di atasnya
arg-letter-out = Folder baru untuk surat: satu halaman dan satu tabel untuk setiap tujuan, dan letters.csv sebagai daftar semuanya
example-letter = Contoh:
      ikrar letter log --round contoh-2020 --keys keys --lang id --out surat
      ikrar letter log --round contoh-2020 --keys keys --to kota --csv-delimiter ';' --out surat-kota

letter-done = { $letters } surat pengingat untuk { $units } unit pada periode { $round } ditulis di { $path }; letters.csv memuat daftarnya.
letter-none = Tidak ada unit yang masih berkewajiban pada periode { $round }: tidak ada surat selain letters.csv yang kosong di { $path }.

letter-title = Pengingat: { $round }
letter-number = Nomor
letter-annex = Lampiran
letter-annex-none = tidak ada; daftarnya di bawah ini
letter-subject = Hal
letter-salutation = Kepada Yth. Pimpinan
letter-salutation-root = Kepada Yth. Penanggung jawab registri
letter-body-overdue = Menurut catatan audit { $origin } pada ukuran pohon { $size }, per { $at }, { $count } unit di bawah { $to } belum memenuhi kewajibannya pada periode ini. Tenggatnya { $due }.
letter-body-before-due = Menurut catatan audit { $origin } pada ukuran pohon { $size }, per { $at }, { $count } unit di bawah { $to } belum memenuhi kewajibannya pada periode ini; tenggatnya { $due }.
letter-caption = Unit yang masih berkewajiban
letter-column-number = No.
letter-column-unit = Unit
letter-column-kind = Jenis
letter-column-status = Status
letter-column-lacks = Yang belum ada
letter-request = Mohon agar setiap unit dalam daftar ini melengkapi ikrarnya dan menyampaikannya kepada pengelola catatan. Unit yang sudah menandatangani diminta menunjukkan salinan pernyataannya. Unit tanpa kunci diminta menghubungi unit di atasnya.
letter-closing = Demikian disampaikan. Atas perhatian dan kerja sama Saudara diucapkan terima kasih.
letter-signature = Tempat, tanggal, jabatan, tanda tangan:
letter-caveat = Surat ini dibuat dari catatan audit. Surat ini tidak membuktikan bahwa suatu unit menolak berikrar: ikrar mungkin sudah ditandatangani, tetapi belum sampai. Jumlah orang dilaporkan sendiri oleh unit.
letter-source-log = Catatan
letter-source-size = Ukuran pohon
letter-source-root = Hash akar
letter-source-trust = Sidik jari akar kepercayaan
letter-source-command = Perintah

letter-lacks-pledge = ikrar
letter-lacks-commitments = komitmen { $commitments }
letter-lacks-signatures = tanda tangan: { $signed } dari { $required }
letter-lacks-duty = { $duty }

error-letter-kind = Di atas unit yang masih berkewajiban tidak ada unit berjenis { $kind }. Jenis di atasnya: { $kinds }.

# Perangkat: terminal ikrar di ujung lain sebuah saluran.

about-device = Bekerja dengan terminal ikrar, yang menyimpan kunci dan jurnal sebuah unit
about-device-info = Menunjukkan milik siapa sebuah perangkat, dan keadaannya
about-device-provision = Memberikan kepada perangkat apa yang perlu diketahuinya dari log
about-device-pledge = Menjawab permintaan dengan ikrar yang ditandatangani perangkat
about-device-append = Memberikan atestasi unit lain kepada perangkat untuk jurnalnya
about-device-export = Membaca jurnal perangkat ke dalam berkas, untuk `ikrar append`
about-device-check = Meminta perangkat memeriksa sebuah tanda terima

arg-device = Letak perangkat: tcp:HOST:PORT, porta serial seperti /dev/ttyACM0 atau COM3, atau soket Unix
arg-baud = Kecepatan porta serial
arg-device-info-unit = Unit yang akan memakai kunci itu, bila perangkat belum mengetahuinya
arg-public = Tulis juga kunci publik unit ke berkas ini, seperti yang diterima `ikrar enroll` dan `ikrar rekey`
arg-device-provision-unit = Unit pemilik perangkat
arg-device-provision-round = Periode yang perlu diketahui perangkat; boleh diulang. Tanpa ini: periode terbuka yang meminta unit tersebut
arg-also = Unit lain yang perlu diketahui perangkat; boleh diulang
arg-alone = Tanpa unit-unit di bawah unit pemilik perangkat
arg-device-export-from = Nomor entri pertama yang ditulis; tanpa ini, entri pertama yang masih ada pada perangkat
arg-acknowledge = Sesudah berkas tertulis, beritahukan kepada perangkat: bila penuh, entri-entri itu boleh dilepasnya
arg-receipt = Tanda terima

value-address = ALAMAT
value-baud = BAUD
value-index = NOMOR
value-receipt = TANDA-TERIMA

example-device-info = Contoh:
      ikrar device info --device /dev/ttyACM0 --unit wil:33.74.01 --pub terminal.pub
example-device-provision = Contoh:
      ikrar device provision log --unit wil:33.74.01 --device /dev/ttyACM0 --keys keys --out open.ikrar
example-device-pledge = Contoh:
      ikrar device pledge unit.request --device /dev/ttyACM0 --keys keys --combined 12/12 --out pledge.ikrar
example-device-append = Contoh:
      ikrar device append pledge.ikrar --device /dev/ttyACM0
example-device-export = Contoh:
      ikrar device export --device /dev/ttyACM0 --out terminal.journal --acknowledge
example-device-check = Contoh:
      ikrar device check pledge.receipt --device /dev/ttyACM0

device-unit-key = Kunci unit
device-journal-key = Kunci jurnal
device-stage = Keadaan
device-stage-fresh = baru: belum disiapkan
device-stage-provisioning = penyiapan terputus: siapkan sekali lagi
device-stage-not-opened = pembukaan jurnalnya tidak tercatat: siapkan sekali lagi
device-stage-ready = siap: menandatangani dan menerima atestasi
device-roster-size = Daftar unit diambil pada ukuran log
device-roster-units = Unit dalam daftar, dari paling banyak
device-size = Ukuran jurnal
device-acknowledged = Sudah diekspor dan diberitahukan sampai
device-findings = Temuan ketika dinyalakan
device-damaged = JURNAL RUSAK: mulai sekarang perangkat hanya dapat dibaca. Simpan sebagai bukti, dan mintalah unit di atasnya mengganti kunci unit.
device-found = Yang ditemukan dibiarkan di tempatnya dan dilewati, seperti sesudah listrik padam. Ekspor jurnalnya agar dapat diperiksa.
device-pub-done = Kunci publik ditulis ke { $path }. Unit di atasnya mendaftarkan unit dengan kunci itu, atau mengganti kuncinya; sesudah itu perangkat disiapkan.

device-provision-done = Perangkat { $unit } mengenal { $units } unit menurut log berukuran { $size }. Pembukaan yang ditandatanganinya ada dalam { $path }: operator memasukkannya dengan `ikrar append`.
device-provision-round = Perangkat mengenal periode { $round }.
device-provision-no-round = Perangkat tidak mengenal periode apa pun: tidak ada periode terbuka yang meminta unit ini. Ikrar tetap dapat ditandatangani, tetapi hanya log yang dapat menilainya.

device-signed-else = bukan itu yang diminta

device-taken = entri { $index } dalam jurnal, { $verdict }
device-taken-refused = ditolak: { $cause }
device-mark-applied = berlaku
device-mark-no-effect = asli, tanpa akibat
device-mark-not-checkable = asli; berlaku atau tidaknya tidak dapat dinilai perangkat
device-mark-hashed = tidak dapat diperiksa: hanya masuk rantai hash, karena unit, kunci, atau nomornya bukan yang dikenal perangkat

device-export-done = { $count ->
       *[other] { $count } entri
    } mulai nomor { $first } dari jurnal berukuran { $size } ditulis ke { $path }. Diperiksa di sini: rantai, pohon, titik periksa, tanda tangan.
device-export-unchecked = { $count ->
       *[other] { $count } tanda tangan
    } tidak dapat diperiksa dengan daftar unit perangkat; log dapat memeriksanya.
device-acknowledged-done = Perangkat sudah diberi tahu bahwa { $size } entri pertama telah diekspor.

device-check-good = Menurut perangkat: entri { $index } dalam log berasal dari { $unit }, dan ada dalam log dengan { $size } entri (id { $id }).

error-device = Tidak ada jawaban dari { $address }: { $cause }.
error-device-address = "{ $address }" bukan alamat perangkat: { $cause }.
error-device-unable = Perangkat di { $address } tidak dapat melakukannya: { $cause }.
error-device-refused = Perangkat di { $address } menolak, dan tidak ada yang berubah padanya: { $cause }.
error-device-no-unit-name = Perangkat belum mengetahui unitnya. Sebutkan dengan --unit; kunci ditulis dengan nama itu.
error-device-other-unit = Perangkat ini milik { $unit }, bukan { $asked }. Tidak ada yang dilakukan; pakailah perangkat yang benar.
error-device-other-registry = Perangkat disiapkan untuk registri { $found }; akar kepercayaan menyematkan { $pinned }. Tidak ada yang dilakukan; satu perangkat melayani satu registri.
error-device-other-key = Dalam log, { $unit } memakai kunci lain daripada perangkat ini. Tidak ada yang dilakukan. Bila benar ini perangkatnya, tulis kuncinya dengan `ikrar device info --pub`, lalu mintalah unit di atasnya mengganti kunci unit.
error-device-no-key = Dalam log, { $unit } tidak mempunyai kunci. Tidak ada yang dilakukan. Tulis kunci perangkat dengan `ikrar device info --pub`, lalu daftarkan atau gantilah kunci unit dengan itu.
error-device-other-epoch = Perangkat menandatangani dengan masa kunci { $unit } yang menurut permintaan ini tidak berlaku. Tidak ada yang ditandatangani. Siapkan lagi perangkat dari log, atau mintalah permintaan baru.
error-device-not-ready = Perangkat belum disiapkan, atau penyiapannya terputus. Jalankan `ikrar device provision` lebih dulu.
error-device-restored = Log memuat lebih banyak dari { $unit } daripada yang diketahui perangkat ini, atau pernyataan lain: nomor { $logged }, sedangkan pada perangkat { $next }. Salinan lama dari memorinya akan menandatangani satu nomor dua kali. Tidak ada yang ditandatangani: jangan pakai lagi perangkat ini, dan mintalah unit di atasnya mengganti kunci unit.
error-device-given-up = Perangkat sudah menandatangani nomor { $unit } mulai { $next } yang tidak ditunjukkan permintaan ini, dan hanya menyimpannya mulai { $first }. Tidak ada yang ditandatangani. Serahkan ekspor jurnal yang terdahulu kepada operator, lalu mintalah permintaan baru.
error-device-subtree = Daftar unit untuk { $unit } tidak dapat dibuat: { $cause }. Tinggalkan unit di bawahnya dengan --alone, dan sebutkan yang perlu diketahui perangkat dengan --also.
error-device-rounds = Daftar unit untuk { $unit } tidak dapat dibuat: { $cause }. Sebutkan periode yang perlu diketahui perangkat dengan --round.
error-device-roster = Daftar unit untuk { $unit } tidak dapat dibuat: { $cause }. Tinggalkan unit dengan --alone, kurangi --also, atau kurangi periode dengan --round.
error-device-ahead = Perangkat disiapkan dari log dengan { $before } entri; log ini mempunyai { $size }. Tidak ada yang dilakukan; pakailah log yang terbaru.
error-device-small = Perangkat menerima pesan sepanjang { $most } bita; ini memerlukan { $needed }. Tidak ada yang dilakukan; pakailah perangkat dengan memori lebih besar.
error-device-long = Pernyataan ini lebih panjang daripada yang dapat ditandatangani.
error-device-not-written = { $path } tidak dapat ditulis: { $cause }. Yang sudah ditandatangani tidak hilang: tersimpan pada perangkat. Perintah yang sama memberikan ikrar itu sekali lagi, dan `ikrar device export` memberikan semuanya.
error-device-open-journal = Pembukaan jurnal oleh perangkat tidak sah, jadi tidak ditulis: { $cause }. Periksa apakah saluran menuju perangkat yang benar, lalu siapkan sekali lagi.
error-device-signed = Yang ditandatangani perangkat tidak sah, jadi tidak ditulis: { $cause }. Periksa apakah saluran menuju perangkat yang benar; `ikrar device export` menunjukkan isi jurnalnya.
error-device-not-attestations = { $path } tidak berisi atestasi: { $cause }
error-device-not-receipt = { $path } bukan tanda terima: { $cause }
error-device-receipt = Menurut perangkat, tanda terima { $path } tidak sah: { $cause }.
error-device-receipt-unchecked = Perangkat tidak dapat memeriksa tanda terima { $path }: { $cause }. `ikrar check` dapat.
error-device-journal = Yang diberikan perangkat tidak sah, jadi tidak ditulis, dan tidak ada yang diberitahukan: { $rule }, { $cause }. Jalankan perintah sekali lagi; bila hasilnya sama, simpan perangkat sebagai bukti.
error-device-journal-long = Jurnal tidak muat dalam berkas: { $cause }
error-device-from = Tidak ada entri { $asked }: perangkat menyimpan mulai { $first }, seluruhnya { $size }. Berikan --from nomor di antaranya.
error-device-acknowledge-stdout = --acknowledge memerlukan berkas pada --out: hanya berkas yang diketahui sudah tertulis.

line-address = bentuknya tcp:HOST:PORT, porta serial, atau soket Unix
line-open = tidak dapat dibuka ({ $cause }). Periksa alamat, apakah perangkat menyala, apakah porta tidak dipakai program lain, dan di Linux apakah Saudara termasuk grup porta itu
line-silent = tidak ada satu bita pun yang datang pada waktunya. Periksa apakah perangkat menyala, kabel, dan kecepatan (--baud). Tidak ada yang hilang: jalankan perintah sekali lagi
line-closed = ujung lain memutus saluran. Tidak ada yang hilang: jalankan perintah sekali lagi
line-failed = saluran gagal ({ $cause }). Tidak ada yang hilang: jalankan perintah sekali lagi
line-garbled = yang datang bukan jawaban perangkat. Periksa kabel dan kecepatan (--baud). Tidak ada yang hilang: jalankan perintah sekali lagi
line-request-too-long = pertanyaan lebih dari { $length } bita

refusal-garbled = yang dikirim tiba dalam keadaan rusak; jalankan perintah sekali lagi
refusal-too-long = ini lebih panjang daripada yang diterima perangkat
refusal-version = bahasanya dari versi lain; perbarui program atau perangkat
refusal-malformed = perangkat tidak mengenal pertanyaan ini; perbarui program atau perangkat
refusal-unprovisioned = perangkat belum disiapkan; jalankan `ikrar device provision`
refusal-provisioning = perangkat sedang disiapkan; selesaikan `ikrar device provision`
refusal-not-provisioning = perangkat tidak sedang disiapkan
refusal-not-opened = pembukaan jurnalnya tidak tercatat; jalankan `ikrar device provision` sekali lagi
refusal-checkpoint = titik periksa bukan milik log dalam daftar unit, atau tidak ditandatangani dengan kuncinya
refusal-statement = ini bukan atestasi, atau bukan pernyataan yang ditandatangani unit pada perangkat
refusal-rule-unknown = aturan { $number } dilanggar
refusal-no-unit = kuncinya bukan kunci unit yang berlaku dalam daftar unit; daftarkan atau gantilah kunci unit dengan itu, lalu siapkan perangkat
refusal-full = jurnalnya penuh; jalankan `ikrar device export` dengan --acknowledge
refusal-entry-too-long = ini lebih panjang daripada halaman jurnalnya
refusal-damaged = jurnalnya rusak, dan hanya dapat dibaca
refusal-other-checkpoint = jurnalnya sementara itu bertambah; ekspor sekali lagi
refusal-absent = entri rusak, sudah dilepas, atau lebih panjang daripada sebuah pesan
refusal-flash = memorinya gagal, atau tidak menyimpan yang ditulis; matikan dan nyalakan lagi, lalu lihat dengan `ikrar device info`
refusal-inconsistent = jurnal dan daftar unitnya tidak saling cocok; simpan sebagai bukti

refusal-roster-malformed = ada butir daftar unit yang tidak terbaca
refusal-roster-too-large = daftar unit lebih besar daripada yang disimpan perangkat, atau namanya lebih panjang
refusal-roster-reference = ada butir daftar unit yang menyebut hal yang tidak ada, atau ada dua kali
refusal-roster-older = daftar unit milik registri lain, atau lognya tidak terbukti sebagai keadaan yang lebih baru dari log yang sama
refusal-roster-missing = daftar unit tidak memuat unit yang nomornya disimpan perangkat
refusal-roster-other-key = daftar unit memberi masa kunci sebuah unit kunci lain daripada yang diketahui perangkat
refusal-roster-start = daftar unit tidak diawali pembukaan dan lognya

refusal-receipt-not-begun = tidak ada tanda terima yang dimulai
refusal-receipt-checkpoint = titik periksa milik log lain, atau tidak ditandatangani dengan kuncinya
refusal-receipt-rotation = titik periksanya mestinya ditandatangani dengan kunci log yang terdahulu
refusal-receipt-inclusion = ada entri yang tidak terdapat dalam log
refusal-receipt-order = entri-entri tidak datang menurut urutan log
refusal-receipt-rejected = ada entri pada jalurnya yang ditolak: { $rule }
refusal-receipt-no-effect = ada entri pada jalurnya yang tanpa akibat: { $rule }
refusal-receipt-too-large = pada jalurnya ada lebih banyak unit atau kunci daripada yang dapat diikuti perangkat
refusal-receipt-log-key = menurut jalur itu, log memakai kunci lain daripada yang diketahui perangkat; siapkan lagi perangkat
refusal-receipt-empty = tanda terima tidak menunjukkan apa pun yang dapat dibuktikan

device-roster-units-max = daftar memuat { $units } unit, sedangkan perangkat menyimpan { $most }
device-roster-rounds-max = ada { $rounds } periode, sedangkan perangkat menyimpan { $most }
device-roster-texts-max = periode-periode itu menerima { $texts } naskah, sedangkan perangkat menyimpan { $most }
device-roster-kinds-max = ada { $kinds } jenis unit, sedangkan perangkat menyimpan { $most }
device-roster-name = "{ $name }" lebih panjang daripada nama yang disimpan perangkat

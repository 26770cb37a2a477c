# Teks untuk pengguna, dalam bahasa Indonesia. Kunci dan variabelnya sama dengan `en.ftl`; sebuah uji membandingkannya.

## Status unit dalam satu periode

status-complete = lengkap
status-partial = sebagian
status-late = terlambat
status-missing = belum
status-pending = menunggu
status-retired = unit berakhir
status-disputed = disengketakan

## Tanda di samping status

flag-corrected = dikoreksi
flag-withdrawn = ditarik
flag-signed-earlier = ditandatangani lebih awal, dicatat kemudian
flag-foreign-text = naskah lain
flag-forced-rekey = kunci diganti paksa
flag-no-key = tanpa kunci
flag-disputed = disengketakan
flag-expired = kedaluwarsa
flag-self-reported = jumlah dilaporkan sendiri

## Kotak integritas

box-title = Integritas
box-registry = Registri
box-registry-id = ID registri
box-origin = Asal (origin)
box-tree-size = Ukuran pohon
box-root-hash = Hash akar
box-trust-root = Akar kepercayaan
box-fingerprint = Sidik jari akar kepercayaan
box-signatures = Tanda tangan diperiksa
box-chains = Rantai diperiksa
box-as-of = Per
box-synthetic = REGISTRI SINTETIS: contoh belaka. Tidak satu pun ikrar di dalamnya pernah diucapkan.

## Jenis unit

kind-provinsi = provinsi
kind-kabupaten = kabupaten
kind-kota = kota
kind-kecamatan = kecamatan
kind-kelurahan = kelurahan

## Kesalahan dalam daftar unit: di mana, apa, dan langkah berikutnya

roster-at = baris { $line }, kolom { $column }
roster-byte-order-mark = Berkas diawali byte-order mark. Simpan sebagai UTF-8 tanpa tanda itu ("UTF-8", bukan "UTF-8 with BOM").
roster-carriage-return = Baris berakhir dengan CR LF. Simpan berkas dengan akhir baris Unix (LF).
roster-not-utf8 = Bita { $value } bukan UTF-8; berkas ini mungkin Windows-1252. Simpan sebagai UTF-8.
roster-quote = Tanda kutip salah letak dalam { $value }. Kolom yang memuat koma atau tanda kutip dikutip seluruhnya, tanda kutip di dalamnya digandakan; isi kolom selesai pada barisnya.
roster-blank-line = Baris ini kosong. Hapuslah.
roster-field-count = Baris ini berisi { $found } kolom, sedangkan baris pertama menyebut { $expected }: { $value }. Periksa koma yang berlebih atau kurang; nama yang memuat koma harus dikutip.
roster-missing-column = Kolom "{ $value }" tidak ada. Baris pertama harus menyebut unit, parent, kind dan name, dipisahkan koma.
roster-unknown-column = Daftar unit tidak mengenal kolom "{ $value }". Kolomnya adalah unit, parent, kind, name, key, latitude, longitude dan timezone, dipisahkan koma.
roster-duplicate-column = Kolom "{ $value }" disebut dua kali; "code" dan "unit" adalah kolom yang sama. Hapus salah satu.
roster-no-units = Daftar ini tidak memuat unit. Tulis satu unit pada tiap baris setelah baris pertama.
roster-unit = "{ $value }" bukan ID unit: 1 sampai 64 karakter a-z, 0-9, ".", ":" dan "-", misalnya wil:33.74.
roster-reserved-unit = "{ $value }" dicadangkan. Hapus baris ini; unit langsung di bawah akar memakai parent kosong.
roster-duplicate-unit = Unit { $value } sudah ada pada baris { $first }. Hapus salah satu.
roster-unknown-parent = Induk { $value } tidak ada dalam daftar ini maupun dalam log. Perbaiki, atau daftarkan juga.
roster-cycle = Unit-unit ini saling membawahi dalam lingkaran: { $value }. Perbaiki salah satu induknya.
roster-too-deep = { $value } berada lebih dari 32 unit di bawah akar. Perbaiki induk di atasnya.
roster-kind = "{ $value }" bukan jenis unit: 1 sampai 32 karakter a-z, 0-9 dan "-", misalnya kecamatan.
roster-name = "{ $value }" tidak dapat menjadi nama: 1 sampai 128 bita, tanpa karakter kendali atau dwiarah.
roster-key = "{ $value }" bukan kunci verifikasi. Salin seluruh baris yang dicetak "ikrar key show", atau kosongkan kolom ini.
roster-duplicate-key = Kunci ini sudah ada pada baris { $first }: { $value }. Setiap unit memerlukan kuncinya sendiri.
roster-degrees = "{ $value }" bukan bilangan derajat. Tulis dengan titik desimal, misalnya -6.9817.
roster-out-of-range = { $value } di luar jangkauan: lintang dari -90 sampai 90, bujur dari -180 sampai 180. Mungkin keduanya tertukar.
roster-half-place = { $value } berdiri sendiri. Isi lintang dan bujur, atau kosongkan keduanya.
roster-personal-number = "{ $value }" mungkin nomor pribadi (NIK atau NIP): 16 atau 18 digit berturut-turut. Hapus nomor itu.
roster-other-key = "{ $value }" adalah kunci unit lain. Namanya harus id unit itu.
roster-zone = "{ $value }" bukan zona waktu seperti Asia/Jakarta. Perbaiki, atau kosongkan kolom ini.

## Penanda lain, dan sisa kotak integritas

flag-rekeyed = kunci diganti
flag-enrolled-late = terdaftar setelah pembukaan
flag-retired = telah berakhir
flag-moved = pindah induk
flag-renamed = berganti nama
box-chains-value = { $units } rantai unit, { $entries } mata rantai log
box-witnesses = Saksi
box-witnesses-unasked = tidak diminta oleh akar kepercayaan ini
box-witnesses-met = kuorum kebijakan telah ikut menandatangani
box-witnesses-unmet = KUORUM KEBIJAKAN TIDAK TERPENUHI

## Putusan dan temuan

verdict-good = Log ini sah: setiap entri, tanda tangan, rantai, dan ubin telah diperiksa.
verdict-bad = LOG INI TIDAK SAH. Simpan salinan ini sebagai bukti, dan mintalah salinan dari operator dan auditor lain.
verdict-mismatch = Log ini tidak cocok dengan akar kepercayaan. Bandingkan sidik jari di atas dengan milik otoritas, lewat saluran lain; jika akar kepercayaan itu milik registri lain, sebutkan yang benar dengan --keys.
verdict-unchecked = Log tidak dapat diperiksa: ada berkas yang tidak terbaca. Ulangi, atau pakai media lain.
verdict-incomplete = Log ini sah, tetapi saksi yang diminta akar kepercayaan belum ikut menandatangani titik periksa ini.
finding-error = galat:
finding-warning = peringatan:
finding-entry = entri { $entry }
finding-log = log
finding-more = … dan { $count } lagi; --format json memuat semuanya.

## Laporan

report-head = Periode { $round }: { $title }
    Dibuka { $opens } · tenggat { $due } · per { $at }, ukuran pohon { $size }
report-owed = { $count } unit wajib berikrar:
report-coverage = Ikrar yang utuh, tepat waktu atau terlambat, menurut jenjang:
report-partial = { $signed } dari { $required } telah menandatangani, { $commitments }
report-caveat = Jumlah orang dilaporkan sendiri oleh unit. Terlambat berarti terlambat dicatat, apa pun tanggal pada formulir. Status berlaku untuk ukuran dan waktu di atas; `ikrar verify` menerangkan apa yang dibuktikan log ini.

## Penandatanganan dan berkas

keygen-done = Kunci privat ditulis ke { $path }, dan di sampingnya { $path }.pub, yang boleh dilihat siapa saja:
key-unused = Kunci ini belum pernah menandatangani.
key-head = Masa kunci { $epoch }, nomor berikutnya { $seq }.
sign-done = { $count ->
   *[other] { $count } pernyataan ditandatangani: { $path }. Serahkan kepada operator untuk `ikrar append`.
  }
sign-stale = { $count ->
   *[other] { $count } pernyataan ditandatangani di bawah masa kunci yang sudah berakhir, dan belum pernah terlihat tercatat.
  }
publish-done = Hash naskah: { $hash }
request-done = Permintaan untuk { $unit } ditulis: { $path }. Unit menjawabnya dengan `ikrar pledge`.
request-no-key = { $unit } tidak memiliki kunci yang berlaku, jadi belum dapat menandatangani jawaban.
pledge-head = { $unit } diminta berikrar: { $title }, tenggat { $due }.
    { $text }
    (naskah { $hash })
pledge-pending = Ikrar untuk periode ini sudah ditandatangani dan menurut permintaan ini belum ada dalam log. Ikrar itu ditulis ulang, bukan ditandatangani lagi.
pledge-content = Tanda tangan/wajib: { $counts } (PNS, PPPK, PPNPN; atau gabungan) · komitmen { $commitments } · bentuk { $form } · peran { $role }
pledge-confirm = Tanda tangani ikrar ini? [y/T]
withdraw-confirm = Tarik ikrar untuk selamanya? Tidak ada yang dapat menggantikannya dalam periode ini. [y/T]
init-done = Log { $path } dimulai.
    Id registri          { $registry }
    Akar kepercayaan     { $trust }
    Sidik                { $fingerprint }
    Bacakan sidik ini kepada para pemeriksa lewat saluran lain.
append-no-effect = { $place }: dicatat sebagai entri { $entry }, tanpa akibat ({ $rule }): { $meaning }
append-duplicate = { $place }: sudah ada dalam log; tidak ada yang perlu dilakukan
append-refused = { $place }: DITOLAK ({ $rule }): { $meaning }
append-held-back = Tidak ada yang dicatat: --all-or-nothing, dan tidak semuanya dapat dicatat.
append-done = { $count ->
   *[other] { $count } pernyataan dicatat; log memuat { $size } entri.
  }

## Galat, masing-masing dengan langkah berikutnya

genesis-done = Genesis ditandatangani: { $path }. Serahkan kepada operator untuk `ikrar init`.
append-renewed = Log memiliki kunci baru. Akar kepercayaan Anda diperbarui; sidiknya kini { $fingerprint }. Serahkan trust.toml yang baru kepada semua pemeriksa.
error-label = Galat:
error-write = { $path } tidak dapat ditulis: { $cause }. Tidak ada yang tertulis setengah; sediakan ruang atau pilih tempat lain, lalu ulangi perintah.
error-signed-not-written = { $path } tidak dapat ditulis: { $cause }. Yang sudah ditandatangani tidak hilang: tersimpan di samping kunci, dan ikut dalam berkas berikut yang dibuat dengan permintaan baru atau --from LOG.
error-read = { $path } tidak dapat dibaca: { $cause }.
error-not-text = { $path } bukan teks UTF-8. Simpan sebagai UTF-8.
error-trust-root = Tidak ada akar kepercayaan yang dapat dipakai: { $cause }. Sebutkan mapnya dengan --keys DIR atau IKRAR_KEYS.
error-other-trust-root = Map { $path } memuat akar kepercayaan registri lain. Sebutkan map lain dengan --keys.
error-no-log = { $path } bukan map. Sebutkan map log itu sendiri, yang memuat berkas "checkpoint".
error-log = Log { $path } tidak dapat diperiksa: { $cause }.
error-log-damaged = Log { $path } rusak: { $cause }. Jalankan `ikrar verify`, dan ambil salinan lain.
error-not-sound = Log { $path } tidak sah, jadi tidak ada yang dibangun di atasnya. { $finding }. Jalankan `ikrar verify` untuk semua temuan.
error-not-good = Peringatan: log { $path } memiliki temuan; jalankan `ikrar verify` sebelum mengandalkan laporan ini.
error-since = { $path } bukan titik periksa log ini: { $cause }. Berikan berkas "checkpoint" yang disimpan sebelumnya.
error-no-report = Entri { $path } bukan yang dijamin titik periksanya, jadi tidak ada laporan. Jalankan `ikrar verify`, dan ambil salinan lain.
error-unknown-round = Tidak ada periode "{ $round }" dalam log ini. Yang ada: { $known }.
error-ambiguous-round = "{ $round }" dapat berarti beberapa periode. Sebutkan sebagai PEMBUKA/ID: { $known }.
error-time = "{ $time }" bukan waktu RFC 3339, seperti 2020-12-09T00:00:00+07:00.
error-key = Kunci { $path } tidak dapat dipakai: { $cause }.
error-key-name = Sebutkan kuncinya: --unit UNIT atau --log ASAL untuk kunci baru, --new-key KUNCI untuk penggantian.
error-key-of-other = Kunci ini milik "{ $key }", bukan { $unit }. Buat dengan `ikrar keygen --unit { $unit }`.
error-verifier-key = "{ $key }" bukan kunci pemeriksa: { $cause }. Berikan baris yang dicetak `ikrar key show`, atau berkas .pub.
error-recovery-name = Kunci pemulihan bernama "{ $name }". Buat dengan `ikrar keygen --unit recovery`.
error-not-root = Ini kunci { $unit }; hanya kunci root yang boleh menandatangani ini.
error-registry-name = Nama tidak dapat dipakai: { $cause }. Nama registri 1 sampai 128 bita dalam satu baris.
error-no-genesis = { $path } bukan satu genesis: { $cause }. Buat dengan `ikrar genesis`.
error-genesis-refused = Genesis ditolak ({ $rule }): { $meaning }.
error-not-log-key = { $path } bukan kunci privat log { $origin } yang disematkan akar kepercayaan. Berikan dengan --key.
error-no-state-folder = Tidak ada map untuk catatan terbitan. Setel IKRAR_STATE ke map yang dicadangkan terpisah dari log.
error-published = Catatan terbitan: { $cause }. Log sendiri sudah tersimpan; perbaiki penyebabnya sebelum pencatatan berikut.
error-checkpoint = Titik periksa tidak dapat ditandatangani, jadi tidak ada yang dicatat: { $cause }.
error-next-key = Kiriman ini mengganti kunci log. Berikan kunci privat baru dengan --next-key FILE: kunci itu menandatangani mulai sekarang. Tidak ada yang dicatat.
error-trust-renewal = Log sudah ditandatangani dengan kunci baru, tetapi akar kepercayaan belum diperbarui: { $cause }. Masukkan kunci pemeriksa baru dan ukuran awalnya ke trust.toml.
error-started-before = Log registri ini, { $origin }, pernah diterbitkan dengan { $size } entri. Log kedua akan menjadi sejarah lain. Cari salinan terbaru, atau ambil dari cermin.
error-locked = Program lain sedang menulis ke { $path }. Tunggu sampai selesai, lalu ulangi perintah.
error-log-exists = Sudah ada log di { $path }. Tambahkan ke sana, atau pilih map lain.
error-not-empty = Map { $path } tidak kosong: memuat { $found }. Pilih map kosong; sisa `ikrar init` yang terputus boleh dihapus.
error-restored = Salinan log ini tidak boleh ditambahi: { $cause }. Tampaknya ini cadangan yang dipulihkan. Cari salinan terbaru, atau ambil dari cermin.
error-not-attestations = { $path } tidak memuat pernyataan: { $cause }. Tidak ada yang dicatat.
error-roster = { $path }, { $place }: { $cause } Tidak ada yang ditulis.
error-form = { $path }: { $cause }. Tidak ada yang ditandatangani.
error-unknown-unit = Tidak ada unit { $unit } dalam log ini. Periksa salah ketik, atau daftarkan dahulu.
error-unit-id = "{ $unit }" bukan id unit ({ $cause }): 1 sampai 64 karakter a-z, 0-9, ".", ":" dan "-".
error-no-epoch = Log tidak mengenal kunci { $unit } yang berlaku. Mintalah penggantian kunci kepada unit induk.
error-other-key = Log mengenal kunci lain untuk { $unit }. Pakai kunci itu, atau mintalah penggantian kunci kepada unit induk.
error-from-needed = Masa kunci yang diakhiri tidak diketahui. Berikan log dengan --from LOG.
error-successors = Unit penerus tidak dapat dipakai: { $cause }. Sebutkan masing-masing sekali, paling banyak 16.
error-signer = { $cause }.
error-exists = { $path } sudah ada, dan tidak ada yang ditimpa. Pilih nama lain dengan --out.
error-hash = "{ $text }" bukan SHA-256 dalam 64 digit heksadesimal.
error-request-too-large = Permintaan tidak dapat dibuat: { $cause }.
error-not-request = { $path } bukan permintaan: { $cause }.
error-request-forged = Permintaan tidak membuktikan isinya, jadi tidak ada yang ditandatangani: { $cause }. Mintalah yang baru kepada operator, dan bandingkan sidik akar kepercayaan.
error-request-other-unit = Permintaan ini untuk { $unit }, kuncinya milik { $key }. Tidak ada yang ditandatangani.
error-no-round = Permintaan ini tidak untuk periode mana pun. Mintalah yang dibuat dengan --round.
error-which-text = Periode ini menerima beberapa naskah. Pilih satu dengan --text: { $known }.
error-text-not-in-request = Permintaan tidak memuat naskah { $text }. Pilih naskah yang diterima periode ini.
error-no-target = Permintaan tidak menunjukkan ikrar berlaku yang dapat dikoreksi. Mintalah permintaan baru, atau sebutkan dengan --target.
error-not-confirmed = Tidak ada yang ditandatangani.
error-commitment = Naskah tidak memiliki komitmen { $number }: jumlahnya { $count }.
error-accept = Komitmen tidak dapat dipakai: { $cause }. Sebutkan masing-masing sekali.
error-coverage = Sebutkan cakupannya: --pns, --pppk, dan --ppnpn, masing-masing TANDATANGAN/WAJIB (0/0 bila tidak ada orang), atau --combined.
error-count = "{ $text }" bukan TANDATANGAN/WAJIB, seperti 59/80, dan yang menandatangani tidak boleh melebihi yang wajib.

## Perintah

about-ikrar = Log pernyataan netralitas yang tidak dapat diubah diam-diam: tanda tangani, catat, periksa, dan sebutkan unit yang belum berikrar
about-keygen = Buat kunci privat untuk unit atau log
about-key = Lihat kunci
about-key-show = Cetak kunci pemeriksa, dan posisi rantainya
about-genesis = Tanda tangani awal registri, sebagai otoritas
about-init = Mulai log dari genesis, sebagai operator
about-enroll = Tanda tangani pendaftaran unit-unit dalam daftar
about-rekey = Tanda tangani penggantian kunci, milik unit atau log
about-retire = Tanda tangani bahwa suatu unit berakhir
about-publish = Tanda tangani naskah ikrar
about-round = Tanda tangani pembukaan periode
about-request = Tulis apa yang diperlukan unit luring untuk berikrar
about-pledge = Jawab permintaan dengan ikrar yang ditandatangani
about-correct = Koreksi atau tarik ikrar
about-append = Catat pernyataan, sebagai operator
about-verify = Periksa seluruh log
about-report = Periksa log, dan sebutkan unit yang belum, terlambat, atau sebagian dalam suatu periode

arg-lang = Bahasa semua teks
arg-unit = Unit
arg-log = Map log
arg-keygen-log = Buat kunci log, untuk asal ini
arg-keygen-unit = Buat kunci unit
arg-keygen-out = Berkas kunci privat; di sampingnya FILE.pub dan, untuk unit, FILE.head
arg-rekey-log = Ganti kunci log itu sendiri
arg-out = Berkas yang ditulis, atau - untuk keluaran standar; tidak pernah menimpa
arg-file = Kunci privat
arg-key = Kunci privat penanda tangan
arg-init-key = Kunci privat log; jika tidak, log.key di samping akar kepercayaan
arg-append-key = Kunci privat log; jika tidak, log.key di samping akar kepercayaan
arg-name = Nama registri
arg-log-key = Kunci pemeriksa log, atau berkas yang memuatnya
arg-recovery-key = Kunci pemeriksa unit "recovery", yang hanya boleh mengganti kunci root
arg-synthetic = Semua isi registri ini rekaan, dan setiap keluaran mengatakannya
arg-genesis = Berkas yang ditulis `ikrar genesis`
arg-keys = Map akar kepercayaan; jika tidak, IKRAR_KEYS, lalu konfigurasi Anda
arg-units = Daftar unit, CSV: unit, parent, kind, name, dan bila ada key, latitude, longitude, timezone
arg-from = Log sumber posisi kunci dan daftar unit; log itu diperiksa dahulu
arg-new-key = Kunci pemeriksa baru, atau berkas yang memuatnya
arg-revoke = Biarkan unit tanpa kunci
arg-compromised-since = Nomor pertama dari masa kunci yang berakhir yang bukan buatan unit sendiri
arg-document = Dokumen yang SHA-256-nya dicatat; dokumennya tetap pada Anda
arg-successor = Unit penerus; boleh diulang
arg-text = Hash naskah, bila periode menerima beberapa
arg-publish-text = Berkas TOML naskah
arg-round = Periode: ID, atau PEMBUKA/ID
arg-round-round = Berkas TOML periode
arg-round-text = Berkas TOML naskah yang disebut periode; boleh diulang
arg-request = Berkas permintaan
arg-pns = PNS, seperti 59/80
arg-pppk = PPPK, seperti 3/3
arg-ppnpn = PPNPN, seperti 0/0
arg-combined = Semua digabung, bila suatu kategori terlalu kecil untuk berdiri sendiri
arg-accept = Nomor komitmen yang diterima; semuanya, bila tidak disebut
arg-form = Bentuk ikrar
arg-role = Peran penanda tangan: kepala, atau pelaksana
arg-yes = Jangan bertanya
arg-target = Id pernyataan yang dikoreksi; bila tidak disebut, ikrar yang berlaku
arg-reason = Alasan
arg-withdraw = Tarik untuk selamanya
arg-files = Berkas dari perintah penandatanganan, atau - untuk masukan standar
arg-next-key = Kunci privat log yang baru, bila kiriman menggantinya
arg-all-or-nothing = Jangan catat apa pun kecuali semuanya dapat dicatat
arg-format = Bentuk keluaran
arg-since = Titik periksa yang disimpan sebelumnya, yang harus termuat dalam log ini
arg-at = Nilai per waktu ini (RFC 3339); jika tidak, waktu entri terakhir, atau sesaat lewat tenggat

example-keygen = Contoh:
      ikrar keygen --unit wil:33.74 --out semarang.key
      ikrar keygen --log example.org/ikrar --out keys/log.key
example-key-show = Contoh:
      ikrar key show semarang.key
example-genesis = Contoh:
      ikrar keygen --unit root --out root.key
      ikrar genesis --name "Netralitas 2026" --log-key keys/log.key.pub --key root.key --out genesis.ikrar
example-init = Contoh:
      ikrar init log genesis.ikrar --keys keys
example-enroll = Contoh:
      ikrar enroll units.csv --key root.key --out enrol.ikrar
      ikrar append log enrol.ikrar --keys keys
example-rekey = Contoh:
      ikrar rekey --unit wil:33.74 --new-key new.key.pub --from log --keys keys --key root.key --out rekey.ikrar
example-retire = Contoh:
      ikrar retire --unit wil:33.74.01 --successor wil:33.74.02 --key root.key --out retire.ikrar
example-publish = Contoh:
      ikrar publish naskah-2020.toml --key root.key --out text.ikrar
example-round = Contoh:
      ikrar round contoh-2020.toml --text naskah-2020.toml --key root.key --out round.ikrar
example-request = Contoh:
      ikrar request log --unit wil:33.74 --round contoh-2020 --keys keys --out semarang.request
example-pledge = Contoh:
      ikrar pledge semarang.request --key semarang.key --keys keys --pns 59/80 --pppk 3/3 --ppnpn 0/0 --out pledge.ikrar
example-correct = Contoh:
      ikrar correct semarang.request --key semarang.key --keys keys --reason progress --pns 80/80 --pppk 3/3 --ppnpn 0/0 --out more.ikrar
example-append = Contoh:
      ikrar append log pledge.ikrar more.ikrar --keys keys
example-verify = Contoh:
      ikrar verify examples/kota-semarang/log --keys keys
      ikrar verify log --keys keys --since checkpoint-of-last-month
example-report = Contoh:
      ikrar report examples/kota-semarang/log --round contoh-2020 --keys keys
      ikrar report log --round contoh-2020 --keys keys --format csv --out report.csv

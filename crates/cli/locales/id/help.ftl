# Help: commands, arguments, worked examples.

about-ikrar = Log pernyataan netralitas yang tidak dapat diubah diam-diam: tanda tangani, catat, periksa, dan sebutkan unit yang belum berikrar
about-keygen = Buat kunci privat untuk unit atau log
about-key = Lihat kunci, dan pakai kunci yang dibuat di tempat lain
about-key-show = Cetak kunci pemeriksa, dan posisi rantainya
about-genesis = Tanda tangani awal registri, sebagai otoritas
about-init = Mulai log dari genesis, sebagai operator
about-enroll = Tanda tangani pendaftaran unit-unit dalam daftar
about-rekey = Tanda tangani penggantian kunci, milik unit atau log
about-retire = Tanda tangani bahwa suatu unit berakhir
about-publish = Tanda tangani naskah ikrar
about-round = Tanda tangani pembukaan periode
about-request = Tulis apa yang diperlukan unit luring untuk menjawab sebuah periode
about-pledge = Jawab permintaan dengan ikrar yang ditandatangani
about-correct = Koreksi atau tarik yang sudah dinyatakan; yang tidak disebut tetap seperti semula
about-append = Catat pernyataan, sebagai operator
about-verify = Periksa seluruh log
about-report = Periksa log, dan sebutkan unit yang belum, terlambat, atau sebagian dalam suatu periode

arg-lang = Bahasa semua teks
arg-unit = Unit
arg-log = Folder log
arg-keygen-log = Buat kunci log, untuk asal ini
arg-keygen-unit = Buat kunci unit
arg-keygen-out = Berkas kunci privat; di sampingnya BERKAS.pub dan, untuk unit, BERKAS.head
arg-rekey-log = Ganti kunci log itu sendiri
arg-out = Berkas yang ditulis, atau - untuk keluaran standar; tidak pernah menimpa
arg-file = Kunci privat
arg-key = Kunci privat penanda tangan, atau kunci publik OpenSSH dari kunci yang dipegang ssh-agent
arg-init-key = Kunci privat log; jika tidak, log.key di samping akar kepercayaan
arg-append-key = Kunci privat log; jika tidak, log.key di samping akar kepercayaan
arg-name = Nama registri
arg-log-key = Kunci pemeriksa log, atau berkas yang memuatnya
arg-recovery-key = Kunci pemeriksa unit "recovery", yang hanya boleh mengganti kunci root
arg-synthetic = Semua isi registri ini rekaan, dan setiap keluaran mengatakannya
arg-genesis = Berkas yang ditulis `ikrar genesis`
arg-keys = Folder akar kepercayaan; jika tidak, IKRAR_KEYS, lalu konfigurasi Saudara
arg-units = Daftar unit, CSV: `unit`, `parent`, `kind`, `name`, dan bila ada `key`, `latitude`, `longitude`, `timezone`
arg-from = Log sumber posisi kunci dan daftar unit; log itu diperiksa dahulu
arg-new-key = Kunci pemeriksa baru, atau berkas yang memuatnya
arg-revoke = Biarkan unit tanpa kunci
arg-compromised-since = Nomor pertama dari masa kunci yang berakhir yang bukan buatan unit sendiri
arg-document = Dokumen yang SHA-256-nya dicatat; dokumennya tetap pada Saudara
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
arg-form = Bentuk ikrar; tanpa pilihan ini: ikrar
arg-role = Peran penanda tangan, kepala atau pelaksana; tanpa pilihan ini: kepala
arg-yes = Jangan bertanya
arg-target = ID pernyataan yang dikoreksi; bila tidak disebut, yang berlaku menurut --kind
arg-reason = Alasan
arg-withdraw = Tarik untuk selamanya
arg-files = Berkas dari perintah penandatanganan, atau - untuk masukan standar
arg-next-key = Kunci privat log yang baru, bila kiriman menggantinya
arg-all-or-nothing = Jangan catat apa pun kecuali semuanya dapat dicatat
arg-format = Bentuk keluaran
arg-since = Titik periksa yang disimpan sebelumnya, yang harus termuat dalam log ini
arg-threads = Banyaknya pemeriksaan yang berjalan serentak; bila tidak diberikan, sebanyak prosesor yang ada. Putusannya sama
arg-at = Nilai per waktu ini: hari (2020-12-09, detik terakhirnya) atau waktu setempat menurut zona waktu periode, atau RFC 3339; jika tidak, waktu entri terakhir, atau sesaat lewat tenggat

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
      ikrar correct semarang.request --key semarang.key --keys keys --reason progress --pns 80/80 --out more.ikrar
      ikrar correct semarang.request --kind monitoring --key semarang.key --keys keys --reason error --case B:asn=4,ppnpn=0 --out better.ikrar
example-append = Contoh:
      ikrar append log pledge.ikrar more.ikrar --keys keys
example-verify = Contoh:
      ikrar verify examples/kota-semarang/log --keys keys
      ikrar verify log --keys keys --since checkpoint-of-last-month
example-report = Contoh:
      ikrar report examples/kota-semarang/log --round contoh-2020 --keys keys
      ikrar report log --round contoh-2020 --keys keys --format csv --out report.csv
      ikrar report log --round contoh-2020 --keys keys --under wil:33.74.01 --only missing,late --fail-on-missing

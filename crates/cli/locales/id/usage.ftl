# The command line: headings and placeholders of the help, and what is said of one that is not understood.

usage-usage = Pemakaian:
usage-commands = Perintah:
usage-arguments = Argumen:
usage-options = Opsi:
usage-help = Tampilkan bantuan ini
usage-version = Tampilkan versi
usage-default = [bawaan: { $value }]
usage-choices = [pilihan: { $values }]
usage-see-help = Keterangan selengkapnya: tambahkan --help.

usage-unknown-argument = "{ $arg }" tidak dikenal di sini.
usage-unknown-command = Tidak ada perintah "{ $command }".
usage-missing-command = Perintahnya belum disebut. Yang ada: { $commands }.
usage-missing-argument = Yang belum disebut: { $args }.
usage-missing-value = { $arg } memerlukan isi.
usage-invalid-value = "{ $value }" bukan pilihan untuk { $arg }.
usage-unfit-value = "{ $value }" tidak sesuai untuk { $arg }.
usage-conflict = { $arg } tidak dapat dipakai bersama { $other }.
usage-twice = { $arg } disebut lebih dari sekali.
usage-no-equals = Isi { $arg } ditulis setelah tanda sama dengan, tanpa spasi.
usage-too-many-values = "{ $value }" berlebih untuk { $arg }.
usage-number-of-values = Jumlah isi { $arg } tidak sesuai.
usage-not-utf8 = Ada argumen yang bukan UTF-8.
usage-other = Baris perintah tidak dapat dipahami.
usage-tip-choices = Pilihannya: { $values }
usage-tip-similar = Yang mirip: { $suggested }
usage-tip-trailing = Untuk memakai "{ $arg }" sebagai isi, tulis -- di depannya.

value-options = [OPSI]
value-command = PERINTAH
value-checkpoint = TITIK-PERIKSA
value-dir = FOLDER
value-file = BERKAS
value-files = BERKAS
value-form = BENTUK
value-format = FORMAT
value-genesis = GENESIS
value-hash = HASH
value-id = ID
value-key = KUNCI
value-lang = BAHASA
value-log = LOG
value-n-n = N,N…
value-name = NAMA
value-origin = ASAL
value-reason = ALASAN
value-request = PERMINTAAN
value-role = PERAN
value-round = PERIODE
value-seq = NOMOR
value-signed-required = TANDATANGAN/WAJIB
value-text = NASKAH
value-text-toml = NASKAH.toml
value-time = WAKTU
value-unit = UNIT
value-units = DAFTAR-UNIT
value-n = N
value-stale = BASI
value-n-required = N/WAJIB
value-date = TANGGAL
value-topic = TOPIK
value-factor-level = FAKTOR=TINGKAT
value-category-name-n = KATEGORI:NAMA=N,…
value-channel = SALURAN
value-sanction-n = SANKSI=N
value-kind = JENIS
value-clear = KOSONGKAN
value-char = TANDA
value-size = UKURAN
value-status = STATUS
value-shell = SHELL

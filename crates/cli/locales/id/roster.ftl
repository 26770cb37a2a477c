# Errors in a roster: where, what, and the next step.

roster-at = baris { $line }, kolom { $column }
roster-carriage-return = Ada carriage return yang bukan akhir baris. Simpan berkas dengan akhir baris LF atau CR LF.
roster-not-utf8 = Bita { $value } bukan UTF-8; berkas ini mungkin Windows-1252. Simpan sebagai UTF-8.
roster-quote = Tanda kutip salah letak dalam { $value }. Kolom yang memuat koma atau tanda kutip dikutip seluruhnya, tanda kutip di dalamnya digandakan; isi kolom selesai pada barisnya.
roster-blank-line = Baris ini kosong. Hapuslah.
roster-field-count = Baris ini berisi { $found } kolom, sedangkan baris pertama menyebut { $expected }: { $value }. Periksa koma yang berlebih atau kurang; nama yang memuat koma harus dikutip.
roster-missing-column = Kolom "{ $value }" tidak ada. Baris pertama harus menyebut `unit`, `parent`, `kind`, dan `name`, dipisahkan koma.
roster-unknown-column = Daftar unit tidak mengenal kolom "{ $value }". Kolomnya adalah `unit`, `parent`, `kind`, `name`, `key`, `latitude`, `longitude`, dan `timezone`, dipisahkan koma.
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
roster-key = "{ $value }" bukan kunci pemeriksa. Salin seluruh baris yang dicetak "ikrar key show", atau kosongkan kolom ini.
roster-duplicate-key = Kunci ini sudah ada pada baris { $first }: { $value }. Setiap unit memerlukan kuncinya sendiri.
roster-degrees = "{ $value }" bukan bilangan derajat. Tulis dengan titik desimal, misalnya -6.9817.
roster-out-of-range = { $value } di luar jangkauan: lintang dari -90 sampai 90, bujur dari -180 sampai 180. Mungkin keduanya tertukar.
roster-half-place = { $value } berdiri sendiri. Isi lintang dan bujur, atau kosongkan keduanya.
roster-personal-number = "{ $value }" mungkin nomor pribadi (NIK atau NIP): 16 atau 18 digit berturut-turut. Hapus nomor itu.
roster-other-key = "{ $value }" adalah kunci unit lain. Namanya harus ID unit itu.
roster-zone = "{ $value }" bukan zona waktu seperti Asia/Jakarta. Perbaiki, atau kosongkan kolom ini.

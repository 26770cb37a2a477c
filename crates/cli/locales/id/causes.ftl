# Why something failed: the errors of the libraries, told inside the messages of errors.ftl and verdict.ftl.

field-length = panjangnya di luar batas
field-character = memuat karakter yang tidak diperbolehkan
field-personal-number = tampak seperti nomor pribadi (NIK atau NIP)
field-range = bilangannya di luar jangkauan
field-order = daftarnya tidak urut naik, atau memuat rangkap

decode-truncated = berakhir di tengah suatu nilai
decode-trailing-data = ada bita setelah nilai terakhir
decode-unknown-tag = penanda tidak dikenal
decode-utf8 = bukan UTF-8
decode-varint = bilangan varint tidak kanonis
decode-field = suatu isian melanggar batas, himpunan karakter, atau urutannya
decode-too-long = melebihi batas panjangnya
decode-version = versi format tidak dikenal
decode-algorithm = algoritma tanda tangan tidak dikenal

signature-non-canonical-key = kunci publik bukan penyandian kanonis suatu titik
signature-small-order-key = kunci publik berorde kecil: siapa saja dapat menandatangani untuknya
signature-non-canonical-r = bagian R tanda tangan bukan penyandian kanonis suatu titik
signature-non-canonical-s = bagian s tanda tangan tidak tereduksi
signature-mismatch = tanda tangan tidak cocok dengan kunci dan pesannya

verifier-malformed = kunci pemeriksa ditulis sebagai nama+id+base64
verifier-name = nama kunci terdiri atas 1 sampai 255 bita tanpa spasi, tanda tambah, atau karakter kendali
verifier-kind = jenis tanda tangan { $kind } tidak didukung
verifier-id = ID kunci tidak sesuai dengan nama dan isinya

note-too-long = catatan bertanda tangan lebih panjang dari { $most } bita
note-not-utf8 = catatan bertanda tangan bukan UTF-8
note-control-character = catatan bertanda tangan memuat karakter kendali
note-no-signatures = catatan tidak memuat tanda tangan setelah baris kosong
note-too-many-signatures = catatan memuat lebih dari { $most } tanda tangan
note-malformed-signature = suatu baris tanda tangan rusak bentuknya
note-bad-signature = tanda tangan dengan kunci yang dikenal tidak sah

sign-text = teks ini tidak dapat ditandatangani sebagai catatan
sign-key-kind = jenis kunci ini bukan untuk tanda tangan semacam ini
sign-origin = asal titik periksa bukan nama kuncinya
sign-extension = titik periksa memuat baris tambahan
sign-timestamp = stempel waktu di luar jangkauan
sign-signer = kunci tidak dapat menandatangani
sign-wrong-key = penanda tangan tidak memegang pasangan privat kunci ini
sign-write = tanda tangan tidak dapat ditulis

checkpoint-no-origin = titik periksa tidak menyebut asalnya
checkpoint-size = ukuran pohon pada titik periksa rusak bentuknya
checkpoint-root = hash akar pada titik periksa rusak bentuknya
checkpoint-empty-line = titik periksa memuat baris kosong
checkpoint-not-a-log-key = kunci log harus berjenis 0x01
checkpoint-other-origin = asal titik periksa bukan nama kunci log
checkpoint-not-signed = titik periksa tidak ditandatangani dengan kunci log
checkpoint-empty-tree-root = hash akarnya bukan hash akar pohon kosong

policy-line = baris { $line } kebijakan saksi: { $rule }
policy-control-character = karakter kendali selain tab dan akhir baris tidak diperbolehkan
policy-keyword = setiap baris diawali log, witness, group, atau quorum
policy-missing-word = barisnya kekurangan satu kata
policy-extra-word = barisnya kelebihan satu kata
policy-key-kind = kunci log harus berjenis 0x01, kunci saksi berjenis 0x04
policy-duplicate-key = kunci publik yang sama ada pada baris lain
policy-duplicate-name = nama itu sudah dipakai
policy-reserved-name = `none` tidak dapat menjadi nama
policy-undefined-name = nama itu tidak ditetapkan pada baris sebelumnya
policy-member-twice = nama itu sudah menjadi anggota suatu kelompok
policy-threshold = ambangnya `all`, `any`, atau bilangan 1 sampai jumlah anggota
policy-too-many = kebijakan memuat terlalu banyak baris sejenis ini
policy-second-quorum = kebijakan menetapkan kuorum kedua
policy-no-quorum = kebijakan tidak menetapkan kuorum

proof-index = nomor daun berada di luar pohon
proof-sizes = pohon pertama lebih besar daripada pohon kedua
proof-empty-tree = bukti konsistensi dari pohon kosong tidak membuktikan apa pun
proof-too-short = buktinya terlalu pendek
proof-too-long = buktinya terlalu panjang
proof-partial-hash = buktinya tidak terdiri atas hash 32 bita yang utuh
proof-root = buktinya menghasilkan hash akar lain
proof-first-root = buktinya menghasilkan hash akar lain untuk pohon pertama

file-unreadable = { $path } tidak dapat dibaca: { $cause }
file-unwritable = { $path } tidak dapat ditulis: { $cause }
file-empty = berkas kosong
file-attestations = berkas pernyataan
file-request = permintaan
file-receipt = tanda terima
file-checkpoint = titik periksa
file-private-key = kunci privat, yang tidak boleh diberikan kepada siapa pun
file-pem = berkas PEM
file-verifier-key = kunci pemeriksa
file-trust-root = akar kepercayaan
file-signer-head = posisi rantai penanda tangan, yang tetap di samping kuncinya
file-form = formulir
file-csv = tabel
file-utf16 = teks UTF-16, seperti yang dihasilkan `>` pada PowerShell; tulislah dengan --out
file-line-ends = berkas yang akhir barisnya berubah dalam perjalanan; bawalah sebagai berkas biner
file-unknown = berkas yang tidak dikenal jenisnya

document-not-utf8 = berkasnya bukan UTF-8; simpan sebagai UTF-8
document-syntax = baris { $line }, kolom { $column }: { $what }
document-unknown-field = isian `{ $field }` tidak dikenal di sini; isiannya adalah { $expected }
document-missing-field = isian `{ $field }` tidak ada
document-duplicate = suatu isian disebut dua kali di sini
document-type = di sini diharapkan nilai berjenis lain
document-malformed = ini bukan TOML; periksa tanda kutip, kurung, atau sama dengan yang kurang atau berlebih
document-schema = skema berkas ini `{ $found }`, padahal seharusnya `schema = "{ $expected }"`
document-no-schema = berkas ini tidak menyebut skema; baris pertamanya seharusnya `schema = "{ $expected }"`

expected-code = 1 sampai 32 karakter A-Z, a-z, 0-9, "." dan "-"
expected-name = satu baris, 1 sampai 128 bita
expected-lines = paling banyak 16.384 bita, tanpa karakter kendali selain akhir baris
expected-unit = ID unit, 1 sampai 64 karakter a-z, 0-9, ".", ":" dan "-", misalnya wil:33.74
expected-zone = zona waktu, misalnya Asia/Jakarta
expected-language = kode bahasa, misalnya "id"
expected-commitments = 1 sampai 32 komitmen
expected-degrees = paling besar 90 dan 180 derajat

form-field = isian `{ $field }` berisi `{ $value }`: { $error }; yang diharapkan { $expected }
form-word = isian `{ $field }` berisi `{ $value }`; yang diharapkan salah satu dari { $expected }
form-twice = isian `{ $field }` menyebut `{ $value }` dua kali; sebutkan masing-masing sekali
form-too-many = isian `{ $field }` memuat { $found } butir; paling banyak { $most }
form-time = isian `{ $field }` berisi `{ $value }`; yang diharapkan detik bulat setelah tahun 1970 beserta selisih zonanya, misalnya 2020-08-26T00:00:00+07:00
form-backwards = `{ $later }` lebih awal daripada `{ $earlier }`; urutannya opens, due, expires
form-no-pledge = `required` tidak memuat `pledge`, padahal setiap periode mewajibkannya
form-no-texts = `texts` kosong; sebutkan sedikitnya satu naskah yang boleh diikrarkan
form-unknown-text = `texts` menyebut `{ $value }`, yang belum diterbitkan; terbitkan dahulu, atau berikan SHA-256-nya dalam heksadesimal
form-row = baris { $line }: { $error }

envelope-other-kind = ini { $kind }, padahal yang diharapkan berkas pernyataan, seperti yang ditulis perintah penandatanganan dengan --out
envelope-none = berkas ini tidak memuat pernyataan; tanda tangani dahulu
envelope-truncated = berkas berakhir di tengah pernyataan { $record }, yang mulai pada bita { $offset }; salin ulang berkasnya
envelope-length = pernyataan { $record }, pada bita { $offset }, panjangnya { $length }, padahal seharusnya 1 sampai 16.384; salin ulang berkasnya

request-other-kind = ini { $kind }, padahal yang diharapkan permintaan, seperti yang ditulis `ikrar request`
request-too-long = permintaan ini { $length } bita; batasnya { $most }
request-truncated = permintaan berakhir di tengah `{ $field }`; salin ulang berkasnya
request-field = `{ $field }` dalam permintaan: { $error }; mintalah permintaan baru
request-flag = permintaan berisi { $found } di tempat 0 atau 1; salin ulang berkasnya

bundle-truncated = bukti berakhir di tengah butir { $item }; salin ulang berkasnya
bundle-trailing-data = ada bita setelah bukti terakhir; salin ulang berkasnya
bundle-count = ada { $count } entri dengan bukti; seharusnya 1 sampai 65.535
bundle-entry = entri pada butir { $item } panjangnya { $length } bita; seharusnya 1 sampai { $most }
bundle-hashes = butir { $item } memuat { $count } hash; yang diperlukan paling banyak { $most }
bundle-order = butir { $item } bernomor { $index }, yang tidak melebihi nomor sebelumnya
bundle-not-proven = entri { $entry } tidak terbukti: { $error }

output-exists = { $path } sudah ada

genesis-several = isinya { $count } pernyataan

key-exists = { $path } sudah ada; pilih nama lain, karena tidak ada yang ditimpa
key-adopted = di samping { $path } sudah ada kunci pemeriksa, dan catatan posisi bila diperlukan; tidak ada yang diubah
key-head-lost = { $path } tidak ada, padahal { $trace } menunjukkan bahwa kunci ini sudah pernah disiapkan, jadi mungkin sudah menandatangani; kembalikan { $path } yang terbaru, mintalah penggantian kunci, atau buat yang baru dengan `ikrar key adopt --head-lost`
key-missing = { $path } tidak ada; buat kunci dengan `ikrar keygen`
key-random = sistem operasi tidak memberikan bilangan acak; kunci tidak dibuat
key-readable = { $path } dapat dibaca orang lain (mode { $mode }); jalankan `chmod 600` untuknya, dan pertimbangkan apakah kunci itu sudah disalin
key-encrypted = { $path } terenkripsi; berikan frasa sandinya
key-passphrase = { $path } tidak terbuka dengan frasa sandi ini: frasa sandinya lain, atau berkasnya rusak; tidak ada yang diubah
key-costly = { $path } dienkripsi dengan beban di atas 256 MiB atau beberapa detik; enkripsilah lagi dengan `openssl pkcs8 -topk8 -scrypt`
key-agent = { $path } adalah kunci publik dari kunci yang dipegang ssh-agent: { $cause }
key-pem = { $path } bukan kunci privat Ed25519 dalam PKCS#8 PEM: { $found }
key-no-public = { $path } tidak ada; beri nama kunci itu dengan `ikrar key adopt KUNCI --unit UNIT`
key-public = { $path } bukan kunci pemeriksa: { $error }; hapus berkas itu dan jalankan `ikrar key adopt KUNCI --unit UNIT`
key-mismatch = { $path } milik kunci privat lain; letakkan kedua berkas yang sepasang bersebelahan
key-other-name = { $path } bernama lain atau milik kunci lain; satu kunci tidak boleh dipakai untuk dua hal
key-name = `{ $name }` tidak dapat menjadi nama kunci ({ $error }); { $expected }
key-name-unit = berikan ID unit, 1 sampai 64 karakter a-z, 0-9, `.`, `:` dan `-`, misalnya wil:33.74
key-name-log = berikan asal log, misalnya log.example.org/ikrar
key-name-witness = berikan nama saksi, misalnya witness.example.org

pem-encrypted = kunci privat terenkripsi
pem-public-key = kunci publik
pem-openssh = kunci privat OpenSSH; tambahkan ke ssh-agent, dan sebutkan berkas kunci publiknya
pem-certificate = sertifikat
pem-other-encryption = kunci privat yang dienkripsi dengan cara selain scrypt atau PBKDF2 (SHA-2) dengan AES
pem-other-algorithm = kunci untuk algoritma lain
pem-other-public-key = kunci publik di dalamnya bukan pasangan kunci privatnya
pem-malformed = bukan PEM, atau rusak

signer-no-head = { $path } tidak ada; kembalikan yang terbaru, mintalah penggantian kunci, atau, bila kunci belum pernah menandatangani, buat yang baru dengan `ikrar key adopt --head-lost`
signer-locked = { $path } terkunci: program lain sedang menandatangani dengan kunci ini; tunggu sampai selesai
signer-io = { $path } tidak dapat dibaca atau ditulis: { $cause }; tidak ada yang ditandatangani
signer-head = { $path } rusak: { $fault }; jangan pulihkan dari cadangan, mintalah penggantian kunci
signer-unused = kunci ini belum mengetahui bahwa log telah memasangnya; unit menjawab sebuah permintaan dahulu dengan kunci ini, unit induk atau root menandatangani dengan --from LOG
signer-used = kunci ini sudah pernah menandatangani; registri dimulai dengan kunci baru
signer-genesis = genesis ditandatangani satu kali, oleh unit `root`, dengan kunci root yang disebutnya
signer-restored-backup = log memuat nomor { $logged } dari rantai kunci ini, sedangkan catatan di samping kunci baru sampai { $next } atau berisi lain: catatan itu cadangan yang dipulihkan atau salinan; mintalah penggantian kunci
signer-older-epoch = permintaan ini lebih lama daripada posisi kunci ini (entri { $proven }, padahal sudah { $known }); mintalah permintaan baru
signer-too-long = pernyataannya terlalu panjang: batas sebuah pernyataan { $most } bita
signer-statement = pernyataan ini tidak akan diterima log ({ $error }); tidak ada yang ditandatangani
signer-exhausted = semua nomor dalam masa kunci ini sudah terpakai; mintalah penggantian kunci
agent-none = SSH_AUTH_SOCK tidak menyebut ssh-agent; jalankan ssh-agent, dan tambahkan kuncinya dengan `ssh-add`
agent-unsupported = penandatanganan dengan ssh-agent memerlukan sistem Unix; di sini pakailah berkas kunci privat
agent-unreachable = ssh-agent tidak dapat dihubungi di { $socket }: { $cause }
agent-silent = ssh-agent tidak menjawab dalam { $seconds } detik; periksa apakah konfirmasi sedang ditunggu, dan apakah `ssh-add -l` menjawab
agent-broken = jawaban ssh-agent terputus: { $cause }
agent-lacks = ssh-agent tidak memegang kunci ini; tambahkan dengan `ssh-add`
agent-refused = ssh-agent memegang kunci ini, tetapi menolak menandatangani; buka kuncinya, atau setujui ketika ditanya
agent-malformed = ssh-agent menjawab dengan sesuatu yang tidak ada dalam protokolnya
agent-wrong-signature = jawaban ssh-agent bukan tanda tangan kunci ini

signer-agent = { $cause }. Pernyataan yang akan ditandatangani tersimpan di samping kunci: atasi kendala ini, lalu ulangi perintah
signer-signing = kunci tidak dapat menandatangani; tidak ada yang hilang, silakan ulangi
signer-wrong-signature = tanda tangan yang dihasilkan tidak sah menurut kunci ini; periksa perangkat penanda tangan
signer-poisoned = penulisan sebelumnya gagal; ulangi perintah

head-field = isian `{ $field }` rusak
head-other-key = isinya milik kunci atau unit lain
head-broken = pernyataan yang tertunda di dalamnya tidak bersambung dengan posisi rantainya

trust-none = tidak ditemukan di { $places }; mintalah kepada otoritas lewat saluran yang Saudara percayai
trust-no-folder = foldernya tidak diketahui
trust-exists = { $path } sudah ada, dan akar kepercayaan tidak pernah ditimpa
trust-document = { $path }: { $error }
trust-registry = `registry` berisi `{ $found }`; yang diharapkan 64 digit heksadesimal huruf kecil
trust-key = `{ $field }` bukan kunci pemeriksa: { $error }; salin seluruh baris dari berkas .pub kunci itu
trust-authority = `authority` adalah kunci `{ $name }`; yang diharapkan kunci `root`
trust-field = `{ $field }`: { $error }
trust-policy-not-utf8 = { $path } bukan UTF-8
trust-policy = kebijakan saksi: { $error }

store-missing = { $path } tidak ada
store-malformed = { $path } { $fault }
store-locked = program lain yang menulis menahan { $path }
store-exists = sudah ada log di sini
store-not-empty = folder untuk log baru memuat { $found }
store-entry-too-long = entri { $index } dalam kiriman panjangnya { $length } bita; batasnya { $most }
store-poisoned = penulisan sebelumnya gagal; log harus dibuka ulang
store-out-of-range = { $asked } berada di luar pohon berukuran { $size }
store-wrong-root = ubin menghasilkan hash akar { $tiles } pada ukuran { $size }, sedangkan titik periksa { $checkpoint }
store-wrong-entries = { $path } tidak cocok dengan ubin hashnya
store-incoherent = ubin-ubinnya tidak saling bersesuaian

tile-cut-short = berakhir di tengah entri { $entry } dalam berkas itu
tile-too-few = memuat { $found } entri, padahal namanya menyebut { $expected }
tile-trailing = memuat bita setelah entri { $expected }, yang terakhir
tile-hashes = panjangnya { $found } bita, padahal { $expected } hash masing-masing 32 bita
tile-too-long = lebih panjang dari { $most } bita
tile-not-a-file = bukan berkas biasa

published-behind = { $origin } berukuran { $found }, padahal ukuran { $recorded } sudah pernah diterbitkan
published-forked = { $origin } memiliki hash akar { $prefix } pada ukuran { $size }, padahal yang diterbitkan { $recorded }
published-malformed = catatan { $path } tentang terbitan { $origin } rusak

path-rejected = entri { $entry } tidak autentik: { $meaning }
path-no-effect = entri { $entry } tidak berakibat apa pun, jadi tidak termasuk jalur kepercayaan mana pun
path-order = entri { $entry } tidak pada urutannya

finding-signed = { $statement } oleh { $unit }, nomor { $seq }
finding-of = { $signed }: { $meaning }
finding-before-pin = kunci yang disematkan menandatangani mulai ukuran { $since }, sedangkan titik periksa ini berukuran { $size }
finding-empty = log kosong: tidak ada genesis yang mengikatnya pada registri
finding-unknown-signer = ada tanda tangan { $name }, yang kuncinya tidak dikenal di sini
finding-no-quorum = para saksi dalam kebijakan akar kepercayaan belum ikut menandatangani
finding-broken = { $fault }; { $entries } entri sebelumnya terbaca
finding-other-root = hash entri menghasilkan { $entries }, sedangkan titik periksa menandatangani { $checkpoint }
finding-tile = { $path }: { $meaning }
finding-key-changed = RekeyLog memberi log kunci lain untuk ukuran ini: sematkan kunci itu
finding-other-authority = genesis ditandatangani kunci lain, bukan kunci otoritas pada akar kepercayaan
finding-other-origin = genesis menyebut asal lain, bukan asal pada akar kepercayaan
finding-shrunk = ukuran { $earlier } pernah ditandatangani, sedangkan log kini berukuran { $now }
finding-rewritten = { $size } entri pertama bukan yang ditandatangani sebelumnya: { $error }

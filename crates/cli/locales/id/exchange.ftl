# Permintaan, pernyataan yang menjawabnya, dan nasib yang sudah ditandatangani tetapi belum terkirim.

about-brief = Jawab permintaan dengan pernyataan sosialisasi: pegawai telah mendapat penjelasan aturan
about-monitor = Jawab permintaan dengan pernyataan pemantauan: kasus menurut kategori, atau nihil
about-refer = Jawab permintaan dengan pernyataan rujukan: kasus yang diserahkan kepada lembaga yang memeriksa
about-resend = Tulis sekali lagi yang sudah ditandatangani sebuah kunci dan belum terlihat tercatat

arg-stale = Nasib pernyataan yang masa kuncinya berakhir sebelum tercatat; tanpa pilihan ini akan ditanyakan, atau pernyataan itu disimpan
arg-again = Tanda tangani walaupun hal yang sama sudah pernah dinyatakan
arg-held-on = Hari sosialisasi, seperti 2026-08-26
arg-topic = Pokok bahasan
arg-material = Bahan sosialisasi, yang dicatat SHA-256-nya; bahannya tetap pada unit
arg-brief-pns = PNS yang terjangkau, seperti 59/80
arg-brief-pppk = PPPK yang terjangkau, seperti 3/3
arg-brief-ppnpn = PPNPN yang terjangkau, seperti 0/0
arg-brief-combined = Gabungan yang terjangkau, bila satu kategori terlalu kecil untuk dirinci
arg-to = Hari terakhir pemantauan, seperti 2026-09-30
arg-monitor-from = Hari pertama pemantauan, seperti 2026-09-01
arg-correct-from = Hari pertama pemantauan, seperti 2026-09-01
arg-case = Jumlah orang dalam kasus satu kategori, A sampai N; dapat diulang. 1 atau 2 orang ditandatangani sebagai “1–2”
arg-monitor-case = Jumlah orang dalam kasus satu kategori, A sampai N, seperti A:asn=3,ppnpn=0; dapat diulang. 1 atau 2 ditandatangani sebagai “1–2”
arg-refer-case = Jumlah orang dalam kasus satu kategori, A sampai N, menurut status, seperti A:reported=3,examined=1; dapat diulang. 1 atau 2 ditandatangani sebagai “1–2”
arg-nil = Nihil: tidak ada yang dilaporkan; nihil adalah pernyataan, diam bukan
arg-risk = Faktor risiko unit, F1 sampai F4, dan tingkatnya: low (rendah), medium (sedang), atau high (tinggi); dapat diulang
arg-channel = Kepada siapa kasus diserahkan
arg-overdue = Jumlah orang yang kasusnya melewati batas waktu lembaga pemeriksa
arg-sanction = Jumlah orang yang dijatuhi sanksi, menurut peraturan dan tingkat, seperti pp-94-2021-severe=3; dapat diulang
arg-kind = Jenis pernyataan yang dikoreksi, bila dalam periode itu ada satu yang berlaku
arg-clear = Hapus isi yang sebelumnya ada; dapat diulang
arg-correct-accept = Nomor komitmen yang diterima; tanpa pilihan ini tetap seperti semula
arg-correct-form = Bentuk ikrar; tanpa pilihan ini tetap seperti semula
arg-correct-role = Peran penanda tangan; tanpa pilihan ini tetap seperti semula
arg-correct-text = Hash naskah; tanpa pilihan ini tetap seperti semula
arg-resend-key = Kunci privat yang pernyataan bertanda tangannya ditulis

example-brief = Contoh:
      ikrar brief semarang.request --held-on 2020-09-01 --topic rules --pns 59/80 --pppk 3/3 --ppnpn 0/0 --material paparan.pdf --key semarang.key --keys keys --out sosialisasi.ikrar
example-monitor = Contoh:
      ikrar monitor semarang.request --from 2020-09-01 --to 2020-09-30 --nil --key semarang.key --keys keys --out september.ikrar
      ikrar monitor semarang.request --from 2020-10-01 --to 2020-10-31 --case A:asn=3,ppnpn=0 --risk F3=medium --key semarang.key --keys keys --out oktober.ikrar
example-refer = Contoh:
      ikrar refer semarang.request --channel bawaslu --case A:reported=3,examined=1 --overdue 0 --key semarang.key --keys keys --out rujukan.ikrar
      ikrar refer semarang.request --channel inspectorate --nil --key semarang.key --keys keys --out nihil.ikrar
example-resend = Contoh:
      ikrar resend --key semarang.key --out ulang.ikrar
      ikrar resend --key root.key --from log --keys keys --out ulang.ikrar

request-verbs = Dalam periode ini unit menjawabnya dengan { $verbs }.
request-no-round = Permintaan ini tidak untuk periode mana pun: unit hanya dapat memutakhirkan keadaan kuncinya.
round-trust = Sidik jari akar kepercayaan, untuk dicocokkan dengan yang diumumkan otoritas: { $fingerprint }
round-head = { $unit } diminta dalam periode { $title }, tenggat { $due }:
round-duty = - { $kind } (`{ $verb }`): { $state }
round-duty-open = belum ada dalam log menurut permintaan ini
round-duty-signed = sudah ditandatangani di sini, belum ada dalam log menurut permintaan ini
round-duty-logged = sudah ada dalam log, entri { $entry }
pledge-text = Naskah: { $text } ({ $hash })
warn-not-open = Peringatan: periode dibuka pada { $time }. Yang dicatat sebelum itu tidak berakibat.
warn-past-due = Peringatan: tenggat periode ini { $time }. Yang dicatat sekarang terlambat.
warn-expired = Peringatan: ikrar dalam periode ini kedaluwarsa sejak { $time }.
warn-future-day = Peringatan: hari yang disebutkan belum tiba.
note-bucket = Satu atau dua orang ditandatangani sebagai “1–2”, agar kasus tidak dapat ditelusuri kepada orangnya.
sign-confirm = Tanda tangani ini? [y/T]
signed-before = Hal yang sama sudah ditandatangani ({ $id }) dan menurut permintaan ini belum ada dalam log. Pernyataan itu ditulis ulang, bukan ditandatangani lagi:
correct-before = Yang berlaku:
correct-after = Yang akan ditandatangani:
correct-one-of = --target { $id }:
written-again = { $count ->
   *[other] { $count } pernyataan yang sudah ditandatangani ditulis sekali lagi: { $path }. Serahkan kepada operator untuk `ikrar append`.
  }
sign-done-with = { $count } pernyataan ditandatangani; { $before } yang sudah ditandatangani dan belum terlihat tercatat ikut serta: { $path }. Serahkan berkas ini kepada operator untuk `ikrar append`.
statements-more = … dan { $count } lagi.
genesis-again = Genesis ini sudah ditandatangani. Berkasnya ditulis sekali lagi, bukan ditandatangani kembali: { $path }. Serahkan kepada operator untuk `ikrar init`.

stale-head = { $count ->
   *[other] { $count } pernyataan ditandatangani di bawah masa kunci yang sudah berakhir, dan belum ada dalam log sejauh yang ditunjukkan di sini. Pernyataan itu tidak dapat lagi dicatat sebagaimana adanya:
  }
stale-moot = { $count ->
   *[other] { $count } di antaranya tidak dapat berakibat lagi, jadi tidak ditandatangani kembali:
  }
stale-ask = Tanda tangani kembali (t), hapus untuk seterusnya (h), atau biarkan dahulu (jawaban lain)?
stale-no-terminal = Tidak ada orang di terminal yang dapat ditanya.
stale-kept = { $count ->
   *[other] { $count } pernyataan itu tetap disimpan di samping kunci dan tidak dikirimkan. Putuskan dengan --stale sign atau --stale discard.
  }
stale-discarded = { $count ->
   *[other] { $count } pernyataan dihapus.
  }
stale-signed = { $count ->
   *[other] { $count } pernyataan ditandatangani kembali; semuanya ikut dalam berkas bersama yang lain.
  }
stale-declined = { $count ->
   *[other] Pernyataan baru tidak ditandatangani. { $count } pernyataan yang tadi ditandatangani kembali tetap dikirimkan.
  }
resend-nothing = Tidak ada yang perlu ditulis: semua yang ditandatangani kunci ini dalam masanya sudah terlihat tercatat, atau belum ada yang ditandatangani.
resend-genesis = Genesis tidak ada dalam berkas ini: `ikrar genesis` dengan isi yang sama menulisnya ulang.
resend-stale = { $count ->
   *[other] { $count } pernyataan dari masa kunci yang sudah berakhir tidak ada dalam berkas ini. Berikan log dengan --from, atau jawab sebuah permintaan, untuk memutuskannya.
  }

error-folder = { $path } adalah folder. Sebutkan berkas di dalamnya.
error-no-folder = Folder { $path } tidak ada. Buatlah dahulu, atau sebutkan berkas lain.
error-file-name = { $path } tidak ditulis: { $cause }. Berkas berpindah antarsistem; pilih nama lain.
name-character = nama berkas tidak boleh memuat karakter "{ $character }", yang ditolak Windows
name-device = Windows memakai nama ini untuk perangkat, apa pun akhirannya
name-end = Windows membuang titik atau spasi di akhir nama berkas
name-none = ini bukan nama berkas
error-other-genesis = Kunci ini sudah menandatangani genesis dengan isi lain, dan tidak menandatangani yang kedua. Berikan nama, kunci log, kunci pemulihan, dan --synthetic yang sama seperti dahulu untuk memperoleh berkasnya lagi, atau mulailah dengan kunci baru.
error-request-retired = { $unit } sudah berakhir, jadi tidak dapat menjawab. Permintaan tidak dibuat.
error-request-no-key = { $unit } tidak memiliki kunci yang berlaku, jadi tidak dapat menjawab. Daftarkan dengan kunci, atau berikan kunci dengan `ikrar rekey`, kemudian buat permintaan.
error-request-not-below = { $unit } tidak diminta dalam periode { $round }: unit ini bukan { $subtree } dan tidak berada di bawahnya. Permintaan tidak dibuat.
error-request-kind = { $unit } tidak diminta dalam periode { $round }: periode itu untuk jenis unit { $kinds }. Permintaan tidak dibuat.
error-request-other-log = Permintaan ini dari log { $found }; akar kepercayaan menyematkan { $pinned }, jadi tidak ada yang ditandatangani. Pakai akar kepercayaan log itu bila memang log Saudara, atau mintalah permintaan kepada operator Saudara.
error-request-other-registry = Permintaan ini dari registri lain, { $found }; akar kepercayaan menyematkan { $pinned }, jadi tidak ada yang ditandatangani. Mintalah permintaan kepada operator Saudara.
error-request-checkpoint = Kunci log yang disematkan tidak menandatangani titik periksa permintaan ini, jadi tidak ada yang ditandatangani: { $cause }. Mintalah permintaan baru kepada operator, dan bandingkan sidik akar kepercayaan.
error-pledged = Ikrar untuk periode ini sudah ada dalam log ({ $id }), jadi tidak ada yang ditandatangani. Ubah dengan `ikrar correct`.
error-withdrawn = Pernyataan ini sudah ditarik untuk seterusnya ({ $id }): tidak ada yang dapat menggantikannya dalam periode ini. Tidak ada yang ditandatangani.
error-said-already = Hal yang sama sudah ada dalam log, entri { $entry }, jadi tidak ada yang ditandatangani. Bila memang terjadi sekali lagi, tambahkan --again.
error-needed = Sebutkan { $options }.
error-day = "{ $text }" bukan hari, seperti 2026-08-26, mulai 1970-01-01.
error-period = Hari pertama pemantauan sesudah hari terakhirnya.
error-nil = Sebutkan kasus dengan --case, atau --nil bila tidak ada: nihil adalah pernyataan, diam bukan. Jangan keduanya.
error-nil-referral = Sebutkan yang dirujuk dengan --case, --overdue, atau --sanction, atau --nil bila tidak ada: nihil adalah pernyataan, diam bukan. Jangan keduanya.
error-case-monitoring = "{ $text }" bukan kategori A sampai N dengan kedua jumlah orang, seperti A:asn=3,ppnpn=0.
error-case-referral = "{ $text }" bukan kategori A sampai N dengan jumlah orang menurut status, seperti A:reported=3,examined=1. Status: { $known }.
error-case-nobody = "{ $text }" tidak menghitung siapa pun. Tinggalkan saja; --nil menyatakan bahwa tidak ada apa-apa.
error-persons = { $option } memerlukan jumlah orang, bukan "{ $text }".
error-sanction = "{ $text }" bukan sanksi dengan jumlah orang, seperti pp-94-2021-severe=3. Sanksi: { $known }.
error-risk = "{ $text }" bukan faktor risiko dengan tingkatnya, seperti F1=low. Faktor: { $factors }. Tingkat: { $levels }.
error-twice = "{ $text }" mengulang yang sudah disebut. Sebutkan masing-masing sekali.
error-accept-anew = Dalam naskah lain, nomor berarti komitmen lain. Sebutkan yang diterima dengan --accept.
error-target-unknown = Permintaan tidak menunjukkan { $target } dalam periodenya. Mintalah permintaan untuk periode tempat hal itu dinyatakan.
error-target-corrected = { $target } sudah dikoreksi oleh { $by }. Koreksilah yang itu; tidak ada yang ditandatangani.
error-which-target = Ada beberapa pernyataan sejenis yang berlaku. Pilih satu dari { $count } dengan --target.
error-nothing-changes = Tidak ada yang berubah pada { $target }. Tidak ada yang ditandatangani.
error-not-progress = Dengan alasan "progress" tidak boleh ada yang berkurang: ikrar pada naskah yang sama, dengan semua komitmennya, kategori yang sama, dan tanpa jumlah yang lebih kecil. Berikan --reason lain.
error-option-kind = { $option } tidak termasuk isi pernyataan `{ $kind }`. Tinggalkan, atau pilih pernyataan lain dengan --kind atau --target.
error-withdraw-content = { $option } menyatakan sesuatu, sedangkan --withdraw menarik semuanya. Pilih salah satu.

# Keys: passphrases, ssh-agent, keys for tests.

about-key-adopt = Pakai kunci yang dibuat di tempat lain, atau yang dipegang ssh-agent
arg-encrypt = Enkripsi kunci privat dengan frasa sandi
arg-passphrase-fd = Baca frasa sandi dari deskriptor berkas ini; jika tidak, dari berkas yang disebut IKRAR_PASSPHRASE_FILE; jika tidak ada, ditanyakan
arg-key-show-format = Bentuk keluaran
arg-key-adopt-file = Kunci privat (PKCS#8 PEM), atau kunci publik OpenSSH dari kunci yang dipegang ssh-agent
arg-key-adopt-unit = Kunci ini milik unit ini
arg-key-adopt-log = Kunci ini menandatangani log dengan asal ini
arg-head-lost = Catatan posisi kunci ini, berkas .head, hilang: buat yang baru, yang nomornya mulai dari 0
example-key-adopt = Contoh:
      openssl genpkey -algorithm ed25519 -aes256 -out semarang.key
      ikrar key adopt semarang.key --unit wil:33.74
      ikrar key adopt id_ed25519.pub --unit wil:33.74
key-adopt-wrote = { $path } ditulis
key-adopt-unused = Nomornya mulai dari 0: tepat bagi kunci yang belum pernah menandatangani untuk unit ini. Bila pernah, dan berkas .head-nya hilang, pakailah kunci ini hanya setelah unit di atas mencatat penggantian kunci; kunci yang sama boleh dipasang kembali.
key-no-head = Tidak ada catatan posisi di samping kunci ini: kunci log atau saksi tidak memerlukannya, kunci unit tidak dapat menandatangani tanpanya.
key-pending = { $count ->
   *[other] { $count } pernyataan sudah ditandatangani dan belum terlihat tercatat.
  }
key-test-only = PERINGATAN: kunci ini terletak di folder untuk pengujian dan tidak melindungi apa pun. Registri tujuannya tidak diketahui di sini: pakailah hanya untuk registri rekaan.
passphrase-ask = Frasa sandi { $path }:
passphrase-ask-new = Frasa sandi baru untuk { $path }:
passphrase-ask-again = Ulangi frasa sandi yang sama:
error-passphrase-unused = --passphrase-fd disebut, tetapi tidak ada kunci yang dienkripsi. Tambahkan --encrypt.
error-passphrase-differs = Kedua frasa sandi berbeda. Tidak ada kunci yang dibuat; ulangi perintah.
error-passphrase-none = Frasa sandi tidak diberikan, jadi tidak ada yang dilakukan.
error-passphrase-empty = Baris pertama { $path } tidak memuat frasa sandi. Tidak ada yang dilakukan.
error-passphrase-long = Frasa sandi paling panjang { $most } bita. Tidak ada yang dilakukan.
error-passphrase-needed = Kunci { $path } memerlukan frasa sandi, dan tidak ada terminal untuk menanyakannya. Berikan dengan --passphrase-fd N, atau dalam berkas yang disebut IKRAR_PASSPHRASE_FILE.
error-passphrase-fd = Di sistem ini --passphrase-fd hanya mengenal 0, masukan standar. Pakailah itu, atau berkas yang disebut IKRAR_PASSPHRASE_FILE.
error-test-only = Kunci ini terletak di folder untuk pengujian dan tidak melindungi apa pun, sedangkan registri ini sungguhan. Tidak ada yang ditandatangani; pakailah kunci yang tidak dapat dibaca orang lain.
key-stale = { $count ->
   *[other] { $count } pernyataan ditandatangani di bawah masa kunci yang sudah berakhir, dan belum pernah terlihat tercatat.
  }

# Pelengkap perintah dan halaman man.

about-completions = Cetak pelengkap perintah untuk sebuah shell
about-manual = Tulis halaman man, satu untuk setiap perintah
arg-shell = Shell yang dipakai
arg-completions-out = Berkas yang ditulis, atau - untuk keluaran standar; tidak pernah menimpa
arg-manual-out = Folder tujuan; dibuat bila belum ada, dan tidak ada halaman yang ditimpa
example-completions = Contoh:
      ikrar completions bash --out ikrar.bash
example-manual = Contoh:
      ikrar manual --out man1
      ikrar --lang id manual --out id/man1

manual-name = NAMA
manual-synopsis = RINGKASAN
manual-description = KETERANGAN
manual-commands = PERINTAH
manual-arguments = ARGUMEN
manual-options = OPSI
manual-example = CONTOH
manual-exit-status = KODE KELUAR
manual-environment = VARIABEL LINGKUNGAN
manual-see-also = LIHAT JUGA
manual-options-word = opsi
manual-command-word = perintah
manual-about = Unit pemerintahan menandatangani ikrar netralitas dengan kuncinya sendiri; log mencatat apa yang ditandatangani, beserta unit yang wajib berikrar dan periode yang memintanya. Siapa pun dapat memeriksa secara luring bahwa tidak ada yang diubah, dan melihat unit mana yang belum berikrar. Perintah penandatanganan menulis berkas dengan kunci penanda tangan; hanya init dan append yang memakai kunci log. Tidak ada berkas yang pernah ditimpa.
manual-exit-good = Baik.
manual-exit-bad = Buruk: tidak lolos pemeriksaan.
manual-exit-usage = Pemakaian atau konfigurasi salah, atau tidak ada akar kepercayaan.
manual-exit-unchecked = Tidak dapat diperiksa: ada yang tidak dapat dibaca atau ditulis.
manual-exit-incomplete = Utuh, tetapi saksi dari akar kepercayaan belum ikut menandatangani.
manual-exit-refused = Ditolak. Yang ditolak tidak mengubah apa pun.
manual-variable-keys = Folder akar kepercayaan, bila --keys tidak disebut.
manual-variable-state = Folder untuk mencatat apa yang telah diterbitkan, pengaman terhadap cadangan lama yang dipulihkan. Simpan terpisah dari log.
manual-variable-language = Yang pertama ditetapkan di antara ini menentukan bahasa, bila --lang tidak disebut.
manual-variable-colour = Nilai apa pun mematikan warna.

# Bagaimana unit, kunci, kebijakan saksi, dan log itu sendiri berubah.

about-amend = Tanda tangani perubahan nama atau unit induk suatu unit
about-policy = Tanda tangani kebijakan saksi yang berlaku dalam log

arg-amend-name = Nama baru unit
arg-parent = Unit induk yang baru; root untuk unit langsung di bawah otoritas
arg-witness-policy = Berkas kebijakan (C2SP tlog-policy)

example-amend = Contoh:
      ikrar amend --unit wil:33.74.02 --name "Semarang Utara" --from log --keys keys --key root.key --out amend.ikrar
      ikrar amend --unit wil:33.74.02 --parent wil:33.75 --from log --keys keys --key root.key --out move.ikrar
example-policy = Contoh:
      ikrar policy witnesses.txt --from log --keys keys --key root.key --out policy.ikrar

no-effect-of = { $of } ({ $rule }): { $meaning }
error-no-effect = Tidak ada yang ditandatangani: menurut log yang ditunjuk, pernyataan ini tidak akan berakibat ({ $rule }): { $meaning }. Bila log sudah bertambah sejak disalin, ambillah salinan terbaru.
error-no-effect-batch = Tidak ada yang ditandatangani: menurut log yang ditunjuk, { $count } dari { $of } pernyataan tidak akan berakibat. Keluarkan pernyataan itu; bila log sudah bertambah sejak disalin, ambillah salinan terbaru.
error-unit-name = Nama tidak dapat dipakai: { $cause }. Nama unit 1 sampai 128 bita dalam satu baris.
error-own-dispute = Unit tidak dapat menyengketakan pernyataannya sendiri. Unit di atasnya yang melakukannya, dengan --compromised-since dan kuncinya sendiri; untuk root, kunci pemulihan.
error-key-of-other-log = Kunci ini milik "{ $key }", sedangkan log ini { $origin }. Buat dengan `ikrar keygen --log { $origin }`.
error-policy = { $path }, baris { $line }: { $cause }. Tidak ada yang ditandatangani.
append-refused-file = { $path }: DITOLAK, tidak satu pun isinya dicatat: { $cause }
verdict-key-changed = Log ini memiliki kunci baru, menurut pernyataan otoritas sendiri dalam entri { $entry }. Akar kepercayaan Saudara masih menyematkan kunci lama. Mintalah trust.toml yang baru kepada otoritas atau operator, dan bandingkan sidik jarinya lewat saluran lain. Dengan kunci ini sidik jarinya { $fingerprint }.
verdict-since-unusable = Log ini sendiri sah, tetapi berkas yang ditunjuk --since bukan titik periksa log ini, sehingga log tidak dibandingkan dengan apa pun. Berikan berkas "checkpoint" yang disimpan sebelumnya.
finding-rotated = RekeyLog dalam entri { $entry } memberi log kunci selain kunci yang disematkan, dan kunci itulah yang menandatangani
finding-no-checkpoint = { $file }: { $fault }
rule-since-unusable = yang diberikan sebagai titik periksa terdahulu bukan milik log ini

# What commands say when they have done their work.

keygen-done = Kunci privat ditulis ke { $path }, dan di sampingnya { $path }.pub, yang boleh dilihat siapa saja:
keygen-next-unit = Selanjutnya: kirimkan { $path }.pub kepada unit di atas Saudara atau kepada otoritas. Rahasiakan { $path }, dan simpan { $path }.head di sampingnya.
keygen-next-root = Selanjutnya: `ikrar genesis`, atau `ikrar rekey` bila registri sudah berjalan. Rahasiakan { $path }, dan simpan { $path }.head di sampingnya.
keygen-next-log = Selanjutnya: kirimkan { $path }.pub kepada otoritas. Rahasiakan { $path }.
key-unused = Kunci ini belum pernah menandatangani.
key-head = Masa kunci { $epoch }, nomor berikutnya { $seq }.
sign-done = { $count ->
   *[other] { $count } pernyataan ditandatangani: { $path }. Serahkan kepada operator untuk `ikrar append`.
  }
sign-stale = { $count ->
   *[other] { $count } pernyataan ditandatangani di bawah masa kunci yang sudah berakhir, dan belum pernah terlihat tercatat.
  }
publish-done = Hash naskah: { $hash }
request-done = Permintaan untuk { $unit } ditulis: { $path }.
pledge-confirm = Tanda tangani ikrar ini? [y/T]
withdraw-confirm = Tarik pernyataan ini untuk seterusnya? Tidak ada yang dapat menggantikannya. [y/T]
init-done = Log dimulai dalam { $path }.
    ID registri          { $registry }
    Akar kepercayaan     { $trust }
    Sidik jari           { $fingerprint }
    Bacakan sidik jari ini kepada para pemeriksa lewat saluran lain.
append-no-effect = { $place }: dicatat sebagai entri { $entry }, tanpa akibat ({ $rule }): { $meaning }
append-duplicate = { $place }: sudah ada dalam log; tidak ada yang perlu dilakukan
append-refused = { $place }: DITOLAK ({ $rule }): { $meaning }. { $advice }
append-held-back = Tidak ada yang dicatat: --all-or-nothing, dan tidak semuanya dapat dicatat.
append-done = { $count ->
   *[other] { $count } pernyataan dicatat; log memuat { $size } entri.
  }
genesis-done = Genesis ditandatangani: { $path }. Serahkan kepada operator untuk `ikrar init`.
append-renewed = Log memiliki kunci baru. Akar kepercayaan Saudara diperbarui; sidik jarinya kini { $fingerprint }. Serahkan trust.toml yang baru kepada semua pemeriksa.

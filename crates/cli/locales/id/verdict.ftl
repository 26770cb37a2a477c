# The integrity box, the verdict and its findings.

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
box-chains-value = { $units } rantai unit, { $entries } mata rantai log
box-witnesses = Saksi
box-witnesses-unasked = tidak diminta oleh akar kepercayaan ini
box-witnesses-met = kuorum kebijakan telah ikut menandatangani
box-witnesses-unmet = KUORUM KEBIJAKAN TIDAK TERPENUHI

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

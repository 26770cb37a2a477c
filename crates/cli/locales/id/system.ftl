# What the operating system reports.

system-numbered = { $what } (galat sistem { $number })
system-not-found = berkas atau folder itu tidak ada
system-permission-denied = izin ditolak
system-already-exists = nama itu sudah dipakai
system-not-a-directory = salah satu bagian jalurnya bukan folder
system-is-a-directory = ini folder, bukan berkas
system-directory-not-empty = folder itu tidak kosong
system-read-only = medianya hanya dapat dibaca
system-storage-full = medianya penuh
system-quota-exceeded = kuota Saudara habis
system-file-too-large = berkasnya terlalu besar
system-busy = sedang dipakai program lain
system-deadlock = dua program saling menunggu
system-crosses-devices = berkas harus dipindahkan ke media lain
system-invalid-filename = media tidak menerima nama berkas ini
system-invalid-input = bukan berkas yang dapat dipakai di sini
system-invalid-data = isinya bukan yang diharapkan
system-timed-out = media terlalu lama menjawab
system-write-zero = media tidak menerima lagi
system-interrupted = operasinya terputus
system-unsupported = sistem ini tidak mendukungnya
system-unexpected-eof = isinya berakhir terlalu awal
system-out-of-memory = memori tidak cukup
system-broken-pipe = pembaca telah menutup pipa
system-network = jaringan tidak menjawab
system-other = sistem melaporkan galat jenis lain

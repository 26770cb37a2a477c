# Ekspor jurnal sebuah perangkat.

file-journal = ekspor sebuah jurnal
show-kind-journal = ekspor jurnal perangkat
field-roster-items = Butir daftar unit perangkat
field-first-entry = Entri pertama
check-file-journal = { $path } adalah ekspor sebuah jurnal. `ikrar verify` memeriksanya; `ikrar append` memasukkan atestasinya ke dalam log.

export-other-kind = Ini { $kind }; yang diharapkan ekspor sebuah jurnal, seperti yang ditulis `ikrar device export`.
export-head = Ekspor berakhir sebelum entri pertamanya; salin ulang berkas itu.
export-range = Kepala ekspor memuat panjang atau jumlah di luar batas; salin ulang berkas itu.
export-truncated = Ekspor berakhir di tengah entri { $entry }; salin ulang berkas itu.
export-mark = Entri { $entry } bertanda yang tidak dikenal; salin ulang berkas itu.
error-journal = { $path } bukan ekspor jurnal yang utuh: { $cause }

rule-journal-roster = butir daftar unit tidak terbaca, atau tidak saling cocok
rule-journal-registry = daftar unit itu milik registri atau log lain daripada akar kepercayaan
rule-journal-not-opened = tidak ada `OpenJournal` untuk daftar unit ini, dan daftar itu tidak menyebut satu pun
rule-journal-other-roster = `OpenJournal` terakhir menyebut daftar unit, titik periksa, atau registri lain
rule-journal-base = yang mewakili entri sebelum entri pertama bukan rentang ringkas sebanyak itu
rule-journal-checkpoint = titik periksa tidak terbaca, atau tidak ditandatangani dengan kunci jurnal
rule-journal-root = entri-entri itu bukan yang ditandatangani titik periksa
rule-journal-unchecked = daftar unit tidak memuat kunci untuk atestasi ini, sehingga tanda tangannya tidak diperiksa

journal-unit = Perangkat milik unit
journal-origin = Asal (origin) jurnal
journal-key = Kunci jurnal
journal-size = Ukuran jurnal
journal-first = Entri pertama dalam ekspor
journal-roster-size = Daftar unit diambil pada ukuran log
journal-checked = Tanda tangan diperiksa
journal-unchecked = Tanda tangan tidak diperiksa

verdict-journal-good = Ekspor ini sah: rantai, pohon, titik periksa, dan setiap tanda tangan dengan kunci dari daftar unit perangkat.
verdict-journal-unchecked = Rantai, pohon, dan titik periksa ekspor ini cocok, tetapi tidak semua tanda tangan dapat diperiksa. Log dapat memeriksanya: masukkan dengan `ikrar append`.
verdict-journal-bad = EKSPOR INI TIDAK SAH. Simpan sebagai bukti, dan baca ulang perangkatnya.
verdict-journal-limits = Yang tidak ditunjukkan: bahwa daftar unit itu milik log, bahwa suatu atestasi berlaku, atau kapan sesuatu ditandatangani. Hanya log yang memutuskannya.
verdict-journal-since = --since membandingkan log; ekspor jurnal tidak punya titik periksa terdahulu di sini.

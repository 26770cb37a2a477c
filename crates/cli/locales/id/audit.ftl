# Melanjutkan dari yang sudah pernah diperiksa.

arg-resume = Baca hanya yang baru sejak pemeriksaan terakhir, dan simpan hasil kali ini untuk berikutnya (di folder keadaan)

audit-other-rules = Pemeriksaan terdahulu memakai versi lain program ini atau akar kepercayaan lain: seluruh log dibaca ulang.
audit-resumed = Entri sebelum { $first } sudah pernah diperiksa dan tidak dibaca ulang; entri pertama yang dibaca adalah { $first }.
audit-resumed-none = Ke-{ $first } entri sudah pernah diperiksa dan tidak dibaca ulang; tidak ada yang baru.
audit-evidence = Titik periksa ini tidak melanjutkan yang dahulu diperiksa: salinan lama, atau log yang ditulis ulang. Keduanya disimpan sebagai bukti:
verdict-good-resumed = Log ini sah: log melanjutkan yang dahulu sudah diperiksa, dan setiap entri, tanda tangan, rantai, dan ubin yang baru telah diperiksa.

append-replays = Seluruh log dibaca, sebab yang tersimpan tentangnya tidak dapat dipakai. { $cause }
append-not-kept = Yang diketahui tentang log tidak dapat disimpan: penambahan berikutnya akan membacanya lagi. { $cause }

audit-locked = pemeriksaan lain atas log ini sedang berjalan
audit-damaged = { $path } bukan lagi seperti yang ditulis
audit-foreign = { $path } milik { $origin }, log atau registri lain

error-no-audit-folder = Tidak ada folder untuk menyimpan yang sudah diperiksa. Arahkan IKRAR_STATE ke folder milik Saudara, atau periksa tanpa --resume.
error-audit-locked = Keadaan audit { $path } sedang dipakai: { $cause }. Ulangi setelah selesai, atau periksa tanpa --resume.
error-audit-refused = Keadaan audit { $path } tidak dapat dipakai: { $cause }. Hapus berkas state dan statements-* di sana, jangan pernah checkpoint-*, lalu jalankan lagi perintah ini untuk memeriksa seluruh log.
error-audit-unreadable = Keadaan audit { $path } tidak dapat dibaca: { $cause }. Ulangi, atau periksa tanpa --resume.
error-audit-unwritable = Keadaan audit { $path } tidak dapat ditulis: { $cause }. Putusan di atas tetap berlaku; kali berikutnya dilanjutkan dari yang tersimpan sebelumnya.
error-audit-statements = Pernyataan yang dititipkan di { $path } tidak dapat dibaca: { $cause }, sehingga tidak ada yang didasarkan padanya. Hapus berkas state dan statements-* di sana, lalu jalankan lagi perintah ini, yang kemudian membaca seluruh log.
verdict-journal-resume = Ekspor jurnal selalu dibaca seluruhnya: hilangkan --resume.
error-audit-evidence = Kedua titik periksa yang tidak bersambung tidak dapat disimpan di { $path }: { $cause }. Putusan di atas tetap berlaku. Sediakan ruang di sana lalu jalankan lagi, atau simpan sendiri titik periksa log ini sebelum diganti.
error-append-state = Catatan tentang log yang disimpan di { $path } tidak dapat dipakai: { $cause }.

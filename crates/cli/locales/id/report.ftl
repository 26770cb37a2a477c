# The report.

report-head = Periode { $round }: { $title }
    Dibuka { $opens } · tenggat { $due } · per { $at }, ukuran pohon { $size }
report-owed = { $count } unit wajib berikrar:
report-coverage = Ikrar yang utuh, tepat waktu atau terlambat, menurut jenjang:
report-partial = { $signed } dari { $required } telah menandatangani, { $commitments }
report-overdue = { $days } hari lewat tenggat
report-text = Naskah: { $title } ({ $hash })
report-text-unknown = naskah yang belum diterbitkan
report-foreign-text = ! Naskah lain: { $title } ({ $hash }), diikrarkan oleh { $units } unit, tanpa akibat; { $pledged } di antaranya juga sudah berikrar dengan naskah yang diterima
report-logged-after = ! Entri { $first } dicatat sesudah waktu ini; { $count ->
        [1] entri itu ikut dihitung.
       *[other] entri itu dan selanjutnya, { $count } entri, ikut dihitung.
    }
report-leave-out = --as-of { $first } mengecualikannya.
report-lapsed = ! Semua ikrar periode ini kedaluwarsa sejak { $time }: { $count } yang pernah diucapkan tidak lagi berlaku.
report-basis-partly = ! Dasar hukum { $code }, { $title }: berlaku hanya pada sebagian periode ini ({ $validity })
report-basis-no = ! Dasar hukum { $code }, { $title }: tidak berlaku pada periode ini ({ $validity })
report-basis-unknown = ! Dasar hukum { $code }: tidak ada dalam katalog, masa berlakunya tidak diketahui
report-signed = Telah menandatangani: { $counts }
report-combined = digabung { $count } ({ $units } unit)
report-briefings = Sosialisasi: { $briefed } unit · sudah berikrar tanpa sosialisasi: { $not-briefed } unit
report-monitoring = Pemantauan: { $monitored } unit, di antaranya nihil { $nil } · tidak melapor: { $silent } unit
report-referrals = Rujukan: { $units } unit · { $cases } orang menurut kategori dan status · lewat batas waktu: { $overdue } orang
report-changes = Perubahan daftar dan kunci sejak pembukaan: { $changes }, sampai tenggat: { $timely } · kunci diganti paksa: { $forced }, sampai tenggat: { $coerced } · kunci diganti menjelang tenggat: { $near }
report-compared = Periode lain, ikrar utuh pada titik dan waktu yang sama:
report-caveat = Jumlah orang dilaporkan sendiri oleh unit. Terlambat berarti terlambat dicatat, apa pun tanggal pada formulir. Status berlaku untuk ukuran dan waktu di atas; `ikrar verify` menerangkan apa yang dibuktikan log ini.

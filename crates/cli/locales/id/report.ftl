# The report.

report-head = Periode { $round }: { $title }
    Dibuka { $opens } · tenggat { $due } · per { $at }, ukuran pohon { $size }
report-owed = { $count } unit wajib berikrar:
report-coverage = Ikrar yang utuh, tepat waktu atau terlambat, menurut jenjang:
report-partial = { $signed } dari { $required } telah menandatangani, { $commitments }
report-caveat = Jumlah orang dilaporkan sendiri oleh unit. Terlambat berarti terlambat dicatat, apa pun tanggal pada formulir. Status berlaku untuk ukuran dan waktu di atas; `ikrar verify` menerangkan apa yang dibuktikan log ini.

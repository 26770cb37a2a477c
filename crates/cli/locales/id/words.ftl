# Statuses, flags and kinds of unit.

status-complete = lengkap
status-partial = sebagian
status-late = terlambat
status-missing = belum
status-pending = menunggu
status-retired = unit berakhir
status-disputed = disengketakan

flag-corrected = dikoreksi
flag-withdrawn = ditarik
flag-signed-earlier = ditandatangani lebih awal, dicatat kemudian
flag-foreign-text = naskah lain
flag-forced-rekey = kunci diganti paksa
flag-no-key = tanpa kunci
flag-disputed = disengketakan
flag-expired = kedaluwarsa
flag-self-reported = jumlah dilaporkan sendiri

kind-provinsi = provinsi
kind-kabupaten = kabupaten
kind-kota = kota
kind-kecamatan = kecamatan
kind-kelurahan = kelurahan

flag-rekeyed = kunci diganti
flag-enrolled-late = terdaftar setelah pembukaan
flag-retired = telah berakhir
flag-moved = pindah induk
flag-renamed = berganti nama

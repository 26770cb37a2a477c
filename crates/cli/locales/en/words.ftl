# Statuses, flags and kinds of unit.

status-complete = complete
status-partial = partial
status-late = late
status-missing = missing
status-pending = pending
status-retired = retired, unfulfilled
status-disputed = disputed

flag-corrected = corrected
flag-withdrawn = withdrawn
flag-signed-earlier = signed earlier, logged late
flag-foreign-text = foreign text
flag-forced-rekey = forced rekey
flag-no-key = no key
flag-disputed = disputed
flag-expired = expired
flag-self-reported = self-reported counts

kind-provinsi = province
kind-kabupaten = regency
kind-kota = city
kind-kecamatan = district
kind-kelurahan = ward

flag-rekeyed = rekeyed
flag-enrolled-late = enrolled after the opening
flag-retired = retired since
flag-moved = moved
flag-renamed = renamed

# Errors in a roster: where, what, and the next step.

roster-at = line { $line }, column { $column }
roster-carriage-return = There is a carriage return that ends no line. Save the file with line ends LF or CR LF.
roster-utf16 = The file is UTF-16: it begins with { $value }. Save it as UTF-8; Excel calls that "CSV UTF-8 (Comma delimited)".
roster-not-utf8 = The byte { $value } is not UTF-8; the file is probably Windows-1252. Save it as UTF-8.
roster-quote = A quotation mark is misplaced in { $value }. A field with a comma or a quotation mark is quoted whole, and a quotation mark inside it is doubled; a field ends on its line.
roster-blank-line = The line is blank. Delete it.
roster-field-count = The line has { $found } { $found ->
    [one] field
   *[other] fields
  }, the first line names { $expected }: { $value }. Look for a comma too many or too few; a name that holds a comma is quoted.
roster-missing-column = The column "{ $value }" is missing. The first line must name `unit`, `parent`, `kind` and `name`, separated by commas.
roster-unknown-column = Rosters have no column "{ $value }". The columns are `unit`, `parent`, `kind`, `name`, `key`, `latitude`, `longitude` and `timezone`, separated by commas.
roster-duplicate-column = The column "{ $value }" stands twice; "code" and "unit" are the same column. Delete one.
roster-no-units = The roster holds no unit. Put one unit on each line after the first.
roster-unit = "{ $value }" is not a unit id: 1 to 64 characters of a-z, 0-9, ".", ":" and "-", as in wil:33.74.
roster-reserved-unit = "{ $value }" is reserved. Delete the line; units directly under the root have an empty parent.
roster-duplicate-unit = The unit { $value } stands on line { $first } already. Delete one of the two.
roster-unknown-parent = The parent { $value } is neither in this roster nor in the log. Correct it, or enrol it too.
roster-cycle = The units stand above each other in a circle: { $value }. Correct one parent.
roster-too-deep = { $value } stands more than 32 units below the root. Correct the parents above it.
roster-kind = "{ $value }" is not a kind of unit: 1 to 32 characters of a-z, 0-9 and "-", as in kecamatan.
roster-name = "{ $value }" cannot be a name: 1 to 128 bytes, without control or bidirectional characters.
roster-key = "{ $value }" is not a verifier key. Copy the whole line that "ikrar key show" prints, or leave the field empty.
roster-duplicate-key = The key stands on line { $first } already: { $value }. Each unit needs a key of its own.
roster-degrees = "{ $value }" is not a number of degrees. Write it with a decimal point, as in -6.9817.
roster-out-of-range = { $value } is out of range: latitudes run from -90 to 90, longitudes from -180 to 180. Perhaps they are swapped.
roster-half-place = { $value } stands alone. Give both latitude and longitude, or neither.
roster-personal-number = "{ $value }" could be a personal number (NIK or NIP): 16 or 18 digits in a row. Remove it.
roster-other-key = "{ $value }" is the key of another unit. Its name must be the unit's id.
roster-zone = "{ $value }" is not a time zone, as in Asia/Jakarta. Correct it, or leave the field empty.

# Why something failed: the errors of the libraries, told inside the messages of errors.ftl and verdict.ftl.

field-length = length out of bounds
field-character = character not allowed
field-personal-number = looks like a personal number (NIK or NIP)
field-range = number out of range
field-order = list not in ascending order, or with duplicates

decode-truncated = ends inside a value
decode-trailing-data = bytes follow the value
decode-unknown-tag = unknown tag
decode-utf8 = not UTF-8
decode-varint = varint not canonical
decode-field = a field breaks its limit, character set or order
decode-too-long = longer than its limit
decode-version = unknown format version
decode-algorithm = unknown signature algorithm

signature-non-canonical-key = the public key is not the canonical encoding of a point
signature-small-order-key = the public key has small order: anyone can sign for it
signature-non-canonical-r = the signature's R is not the canonical encoding of a point
signature-non-canonical-s = the signature's s is not reduced
signature-mismatch = the signature does not match key and message

verifier-malformed = a verifier key is written as name+id+base64
verifier-name = a key name is 1 to 255 bytes without space, plus or control character
verifier-kind = signature type { $kind } is not supported
verifier-id = the key's id does not belong to its name and bytes

note-too-long = the note is longer than { $most } bytes
note-not-utf8 = the note is not UTF-8
note-control-character = the note has a control character
note-no-signatures = the note has no signatures after an empty line
note-too-many-signatures = the note has more than { $most } signatures
note-malformed-signature = a signature line of the note is malformed
note-bad-signature = a signature by a known key does not verify

sign-text = the text can't be signed as a note
sign-key-kind = the key is not of the kind that makes this signature
sign-origin = the checkpoint's origin is not the key's name
sign-extension = the checkpoint has extension lines
sign-timestamp = the timestamp is out of range
sign-signer = the key could not sign
sign-wrong-key = the signer does not hold the private half of this key
sign-write = the signature could not be written

checkpoint-no-origin = the checkpoint has no origin
checkpoint-size = the checkpoint's tree size is malformed
checkpoint-root = the checkpoint's root hash is malformed
checkpoint-empty-line = the checkpoint has an empty line
checkpoint-not-a-log-key = a log's key must be of type 0x01
checkpoint-other-origin = the checkpoint's origin is not the name of the log's key
checkpoint-not-signed = the checkpoint is not signed by the log's key
checkpoint-empty-tree-root = the root hash is not that of an empty tree

policy-line = line { $line } of the policy: { $rule }
policy-control-character = control characters other than tab and newline are not allowed
policy-keyword = a line begins with log, witness, group or quorum
policy-missing-word = the line lacks a word
policy-extra-word = the line has a word too many
policy-key-kind = a log's key must be of type 0x01, a witness's of type 0x04
policy-duplicate-key = the same public key stands in another line
policy-duplicate-name = the name is taken
policy-reserved-name = `none` can't be a name
policy-undefined-name = no line before defines this name
policy-member-twice = the name is a member of a group already
policy-threshold = a threshold is `all`, `any`, or from 1 to the number of members
policy-too-many = the policy has too many lines of this sort
policy-second-quorum = the policy has a second quorum
policy-no-quorum = the policy has no quorum

proof-index = the leaf's index is outside the tree
proof-sizes = the first tree is larger than the second
proof-empty-tree = a consistency proof from the empty tree proves nothing
proof-too-short = the proof is too short
proof-too-long = the proof is too long
proof-partial-hash = the proof is not a whole number of 32-byte hashes
proof-root = the proof leads to another root hash
proof-first-root = the proof leads to another root hash of the first tree

file-unreadable = { $path } cannot be read: { $cause }
file-unwritable = { $path } cannot be written: { $cause }
file-empty = an empty file
file-attestations = a file of attestations
file-request = a request
file-receipt = a receipt
file-checkpoint = a checkpoint
file-private-key = a private key, which is to be given to nobody
file-pem = a PEM file
file-verifier-key = a verifier key
file-trust-root = a trust root
file-signer-head = a signer's head, which stays beside its key
file-form = a form
file-csv = a table
file-utf16 = UTF-16 text, as PowerShell's `>` makes of a file; write it with --out
file-line-ends = a file whose line ends were changed on the way; carry it as a binary file
file-unknown = an unknown kind of file

document-not-utf8 = the file is not UTF-8; save it as UTF-8
document-syntax = line { $line }, column { $column }: { $what }
document-unknown-field = the field `{ $field }` is unknown here; the fields are { $expected }
document-missing-field = the field `{ $field }` is missing
document-duplicate = a field stands here twice
document-type = a value of another type is expected here
document-malformed = this is not TOML; look for a quotation mark, bracket or equals sign that is missing or too many
document-schema = the file's schema is `{ $found }`; expected `schema = "{ $expected }"`
document-no-schema = the file names no schema; expected `schema = "{ $expected }"` in its first line

expected-code = 1 to 32 characters of A-Z, a-z, 0-9, "." and "-"
expected-name = one line of 1 to 128 bytes
expected-lines = at most 16,384 bytes, line feeds as the only control characters
expected-unit = a unit's id, 1 to 64 characters of a-z, 0-9, ".", ":" and "-", as in wil:33.74
expected-zone = a time zone such as Asia/Jakarta
expected-language = a language tag such as "id"
expected-commitments = 1 to 32 commitments
expected-degrees = at most 90 and 180 degrees

form-field = `{ $field }` is `{ $value }`: { $error }; expected { $expected }
form-word = `{ $field }` is `{ $value }`; expected one of { $expected }
form-twice = `{ $field }` names `{ $value }` twice; expected each once
form-too-many = `{ $field }` has { $found } items; expected at most { $most }
form-time = `{ $field }` is `{ $value }`; expected a whole second after 1970 with its offset, as in 2020-08-26T00:00:00+07:00
form-backwards = `{ $later }` is before `{ $earlier }`; expected opens, due, expires in this order
form-no-pledge = `required` lacks `pledge`; expected it among what a round requires
form-no-texts = `texts` is empty; expected at least one text that a pledge may be to
form-unknown-text = `texts` names `{ $value }`, which is not published; publish it first, or give its SHA-256 in hexadecimal
form-row = line { $line }: { $error }

envelope-other-kind = this is { $kind }; expected a file of attestations, as the signing commands write with --out
envelope-none = the file holds no attestation; sign one first
envelope-truncated = the file ends inside attestation { $record }, which begins at byte { $offset }; copy the file again
envelope-length = attestation { $record }, at byte { $offset }, has the length { $length }, expected 1 to 16,384; copy the file again

request-other-kind = this is { $kind }; expected a request, as `ikrar request` writes
request-too-long = the request has { $length } bytes; { $most } is the limit
request-truncated = the request ends inside `{ $field }`; copy the file again
request-field = `{ $field }` of the request: { $error }; ask for a new request
request-flag = the request has { $found } where 0 or 1 belongs; copy the file again

bundle-truncated = the proofs end inside item { $item }; copy the file again
bundle-trailing-data = bytes follow the last proof; copy the file again
bundle-count = { $count } entries with proofs; expected 1 to 65,535
bundle-entry = the entry of item { $item } has { $length } bytes; expected 1 to { $most }
bundle-hashes = item { $item } has { $count } hashes; at most { $most } can be needed
bundle-order = item { $item } has the index { $index }, which is not above the one before
bundle-not-proven = entry { $entry } is not proven: { $error }

output-exists = { $path } exists already

genesis-several = it holds { $count } attestations

key-exists = { $path } exists already; choose another name, nothing is ever overwritten
key-adopted = { $path } has its verifier key, and its head where it needs one, beside it already; nothing was changed
key-head-lost = { $path } is missing, and { $trace } shows that this key was taken into use before, so it may have signed; put the newest { $path } back, ask for a rekey, or make one anew with `ikrar key adopt --head-lost`
key-missing = { $path } does not exist; make a key with `ikrar keygen`
key-random = the operating system gave no randomness; no key was made
key-readable = { $path } can be read by others (mode { $mode }); run `chmod 600` on it, and consider whether it was copied
key-encrypted = { $path } is encrypted; give its passphrase
key-passphrase = { $path } does not open with this passphrase: it is another one, or the file is damaged; nothing was changed
key-costly = { $path } is encrypted at a cost beyond 256 MiB or a few seconds; encrypt it again with `openssl pkcs8 -topk8 -scrypt`
key-agent = { $path } is the public half of a key of ssh-agent: { $cause }
key-pem = { $path } is not a private key for Ed25519 in PKCS#8 PEM: { $found }
key-no-public = { $path } is missing; name the key with `ikrar key adopt KEY --unit UNIT`
key-public = { $path } is no verifier key: { $error }; remove it and run `ikrar key adopt KEY --unit UNIT`
key-mismatch = { $path } belongs to another private key; put the two files that belong together side by side
key-other-name = { $path } is of another name or key; one key never serves two
key-name = `{ $name }` cannot name a key ({ $error }); { $expected }
key-name-unit = give the unit's id, 1 to 64 of a-z, 0-9, `.`, `:` and `-`, as in wil:33.74
key-name-log = give the log's origin, as in log.example.org/ikrar
key-name-witness = give the witness's name, as in witness.example.org

pem-encrypted = an encrypted private key
pem-public-key = a public key
pem-openssh = an OpenSSH private key; add it to ssh-agent, and give its public key file
pem-certificate = a certificate
pem-other-encryption = a private key encrypted by another method than scrypt or PBKDF2 (SHA-2) with AES
pem-other-algorithm = a key for another algorithm
pem-other-public-key = its public key is not that of its private key
pem-malformed = not PEM, or damaged

signer-no-head = { $path } is missing; put the newest one back, ask for a rekey, or, where the key never signed, make it anew with `ikrar key adopt --head-lost`
signer-locked = { $path } is locked: another program is signing with this key; wait until it is done
signer-io = { $path } cannot be read or written: { $cause }; nothing was signed
signer-head = { $path } is damaged: { $fault }; restore nothing from a backup, ask for a rekey
signer-unused = this key does not know yet that the log has installed it; a unit answers a request with it first, an ancestor or the root signs with --from LOG
signer-used = this key has signed before; a registry starts with a fresh key
signer-genesis = a genesis is signed once, by the unit `root`, with the root key that it names
signer-restored-backup = the log has number { $logged } of this key's chain, the head knows { $next } or another one: the head is a restored backup or a copy; ask for a rekey
signer-older-epoch = the request is older than this key's head (entry { $proven } against { $known }); ask for a fresh request
signer-too-long = the statement is too long: { $most } bytes is the limit of an attestation
signer-statement = the statement is not one that a log takes ({ $error }); nothing was signed
signer-exhausted = this key has signed all numbers of its epoch; ask for a rekey
agent-none = SSH_AUTH_SOCK names no ssh-agent; start one, and add the key with `ssh-add`
agent-unsupported = signing with ssh-agent needs a Unix system; use a private key file here
agent-unreachable = ssh-agent cannot be reached at { $socket }: { $cause }
agent-silent = ssh-agent did not answer within { $seconds } seconds; look whether it waits for a confirmation, and whether `ssh-add -l` answers
agent-broken = ssh-agent did not answer to the end: { $cause }
agent-lacks = ssh-agent does not hold this key; add it with `ssh-add`
agent-refused = ssh-agent holds this key, and refused to sign; unlock it, or confirm when it asks
agent-malformed = ssh-agent answered what its protocol does not have
agent-wrong-signature = what ssh-agent answered is no signature by this key

signer-agent = { $cause }. What was to be signed is kept beside the key: mend this, and run the command again
signer-signing = the key could not sign; nothing is lost, try again
signer-wrong-signature = the signature made does not verify under this key; check the device that signs
signer-poisoned = an earlier write failed; run the command again

head-field = `{ $field }` is malformed
head-other-key = it belongs to another key or unit
head-broken = its pending bodies do not join up to its head

trust-none = none was found at { $places }; get it from the authority by a way that you trust
trust-no-folder = no folder for it is known
trust-exists = { $path } exists already, and a trust root is never overwritten
trust-document = { $path }: { $error }
trust-registry = `registry` is `{ $found }`; expected 64 hexadecimal digits in lower case
trust-key = `{ $field }` is not a verifier key: { $error }; copy the whole line of the key's .pub file
trust-authority = `authority` is the key of `{ $name }`; expected that of `root`
trust-field = `{ $field }`: { $error }
trust-policy-not-utf8 = { $path } is not UTF-8
trust-policy = the witness policy: { $error }

store-missing = { $path } is missing
store-malformed = { $path } { $fault }
store-locked = another writer holds { $path }
store-exists = a log exists here
store-not-empty = the folder for a new log holds { $found }
store-entry-too-long = entry { $index } of the batch is { $length } bytes long, { $most } is the limit
store-poisoned = an earlier write failed; the log must be opened again
store-out-of-range = { $asked } is beyond the tree of size { $size }
store-wrong-root = the tiles give the root { $tiles } at size { $size }, the checkpoint { $checkpoint }
store-wrong-entries = { $path } does not match its hash tile
store-incoherent = the tiles do not hold together

tile-cut-short = ends inside entry { $entry } of the bundle
tile-too-few = holds { $found } entries where its name says { $expected }
tile-trailing = has bytes after entry { $expected }, its last
tile-hashes = is { $found } bytes long where { $expected } hashes take 32 each
tile-too-long = is longer than { $most } bytes
tile-not-a-file = is no regular file

published-behind = { $origin } is at size { $found }, but size { $recorded } was published
published-forked = { $origin } has the root { $prefix } at size { $size }, but { $recorded } was published
published-malformed = the record { $path } of what was published of { $origin } is malformed

path-rejected = entry { $entry } is not authentic: { $meaning }
path-no-effect = entry { $entry } has no effect, so it is on no path of trust
path-order = entry { $entry } is out of order

finding-signed = { $statement } by { $unit }, seq { $seq }
finding-of = { $signed }: { $meaning }
finding-before-pin = the pinned key signs from size { $since }, this checkpoint has { $size }
finding-empty = the log is empty: not even a Genesis binds it to the registry
finding-unknown-signer = a signature of { $name }, whose key is not known here
finding-no-quorum = the witnesses of the trust root's policy have not cosigned
finding-broken = { $fault }; { $entries } entries before it were read
finding-other-root = the entries hash to { $entries }, the checkpoint signs { $checkpoint }
finding-tile = { $path }: { $meaning }
finding-key-changed = RekeyLog gave the log another key for this size: pin it
finding-other-authority = Genesis was signed by another key than the trust root's authority
finding-other-origin = Genesis names another origin than the trust root
finding-shrunk = size { $earlier } was signed before, the log is at { $now }
finding-rewritten = the first { $size } entries are not those that were signed before: { $error }

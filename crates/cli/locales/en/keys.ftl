# Keys: passphrases, ssh-agent, keys for tests.

about-key-adopt = Take on a key made elsewhere, or held by ssh-agent
arg-encrypt = Encrypt the private key with a passphrase
arg-passphrase-fd = Read the passphrase from this file descriptor; else from the file named by IKRAR_PASSPHRASE_FILE, else it is asked for
arg-key-show-format = Form of the output
arg-key-adopt-file = A private key (PKCS#8 PEM), or the OpenSSH public key of one that ssh-agent holds
arg-key-adopt-unit = It speaks for this unit
arg-key-adopt-log = It signs the log of this origin
arg-head-lost = The head of the key, its .head file, is lost: make one that counts from 0
example-key-adopt = Example:
      openssl genpkey -algorithm ed25519 -aes256 -out semarang.key
      ikrar key adopt semarang.key --unit wil:33.74
      ikrar key adopt id_ed25519.pub --unit wil:33.74
key-adopt-wrote = Wrote { $path }
key-adopt-unused = It counts from 0: right for a key that has never signed for this unit. If it has, and its head was lost, use it only after a unit above has logged a rekey; the same key may be installed again.
key-no-head = There is no head beside this key: a log's or a witness's needs none, a unit's cannot sign without.
key-pending = { $count ->
    [one] { $count } attestation is signed and not yet seen logged.
   *[other] { $count } attestations are signed and not yet seen logged.
  }
key-test-only = WARNING: this key lies in a folder for tests, and protects nothing. Which registry this is for is not known here: use it for a synthetic one only.
passphrase-ask = Passphrase of { $path }:
passphrase-ask-new = New passphrase for { $path }:
passphrase-ask-again = The same passphrase again:
error-passphrase-unused = --passphrase-fd was given, but no key is to be encrypted. Add --encrypt.
error-passphrase-differs = The two passphrases differ. No key was made; run the command again.
error-passphrase-none = No passphrase was given, so nothing was done.
error-passphrase-empty = { $path } holds no passphrase in its first line. Nothing was done.
error-passphrase-long = A passphrase has at most { $most } bytes. Nothing was done.
error-passphrase-needed = The key { $path } needs a passphrase, and there is no terminal to ask at. Give it with --passphrase-fd N, or in the file named by IKRAR_PASSPHRASE_FILE.
error-passphrase-fd = --passphrase-fd knows only 0, standard input, on this system. Use that, or the file named by IKRAR_PASSPHRASE_FILE.
error-test-only = This key lies in a folder for tests and protects nothing, and the registry is a real one. Nothing was signed; use a key that nobody else can read.
key-stale = { $count ->
    [one] { $count } attestation was signed under an epoch that has ended, and was never seen logged.
   *[other] { $count } attestations were signed under an epoch that has ended, and were never seen logged.
  }

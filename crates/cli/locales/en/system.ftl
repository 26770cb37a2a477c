# What the operating system reports.

system-numbered = { $what } (system error { $number })
system-not-found = there is no such file or folder
system-permission-denied = permission was denied
system-already-exists = something of this name exists already
system-not-a-directory = a part of the path is no folder
system-is-a-directory = it is a folder
system-directory-not-empty = the folder is not empty
system-read-only = the medium is read-only
system-storage-full = the medium is full
system-quota-exceeded = your quota is used up
system-file-too-large = the file is too large
system-busy = another program is using it
system-deadlock = two programs wait for each other
system-crosses-devices = it would have to move to another medium
system-invalid-filename = the medium does not take this file name
system-invalid-input = it is no file that can be used here
system-invalid-data = its content is not what was expected
system-timed-out = the medium took too long to answer
system-write-zero = the medium took nothing more
system-interrupted = the operation was interrupted
system-unsupported = this system does not support it
system-unexpected-eof = it ends too early
system-out-of-memory = there is not enough memory
system-broken-pipe = the reader has closed the pipe
system-network = the network did not answer
system-other = the system reports an error of another kind

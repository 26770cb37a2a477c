# The integrity box, the verdict and its findings.

box-title = Integrity
box-registry = Registry
box-registry-id = Registry id
box-origin = Origin
box-tree-size = Tree size
box-root-hash = Root hash
box-trust-root = Trust root
box-fingerprint = Trust root fingerprint
box-signatures = Signatures checked
box-chains = Chains checked
box-as-of = As of
box-synthetic = SYNTHETIC REGISTRY: an example. No pledge in it was ever made.
box-chains-value = { $units } unit chains, { $entries } links of the log
box-witnesses = Witnesses
box-witnesses-unasked = none asked for by this trust root
box-witnesses-met = the policy's quorum has cosigned
box-witnesses-unmet = THE POLICY'S QUORUM IS NOT MET

verdict-good = The log verifies: every entry, signature, chain and tile.
verdict-bad = THE LOG DOES NOT VERIFY. Keep this copy as evidence, and ask the operator and other auditors for theirs.
verdict-mismatch = The log does not match the trust root. Compare the fingerprint above with the authority's, over another channel; if the trust root is another registry's, name the right one with --keys.
verdict-unchecked = The log could not be checked: a file could not be read. Try again, or from another medium.
verdict-incomplete = The log verifies, but the trust root's witnesses have not cosigned this checkpoint.

finding-error = error:
finding-warning = warning:
finding-entry = entry { $entry }
finding-log = log
finding-more = … and { $count } more; --format json lists them all.

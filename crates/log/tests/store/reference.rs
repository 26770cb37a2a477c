//! Slow and obviously right: RFC 6962 as it is written; and a log that is only a list.

use ikrar_core::digest::{Hash, empty_root, leaf_hash, node_hash};
use ikrar_log::medium::Medium;
use ikrar_log::store::{Error, Finding, Head, Store, Writer};

pub(crate) fn split(leaves: usize) -> usize {
    let mut k = 1;
    while k * 2 < leaves {
        k *= 2;
    }
    k
}

/// RFC 6962 §2.1: MTH.
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// RFC 6962 §2.1.1: PATH.
pub(crate) fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, last) = if m < k { (path(m, left), root(right)) } else { (path(m - k, right), root(left)) };
    proof.push(last);
    proof
}

/// RFC 6962 §2.1.2: SUBPROOF.
pub(crate) fn subproof(m: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let k = split(leaves.len());
    let (left, right) = leaves.split_at(k);
    let (mut proof, last) =
        if m <= k { (subproof(m, left, whole), root(right)) } else { (subproof(m - k, right, false), root(left)) };
    proof.push(last);
    proof
}

pub(crate) fn leaves(entries: &[Vec<u8>]) -> Vec<Hash> {
    entries.iter().map(|entry| leaf_hash(entry)).collect()
}

/// Entries that differ by number and by history, of various lengths.
pub(crate) fn batch(history: &str, from: usize, count: usize) -> Vec<Vec<u8>> {
    (from..from + count).map(|at| format!("{history} {at} {}", "·".repeat(at % 7)).into_bytes()).collect()
}

/// A checkpoint without signatures.
pub(crate) fn checkpoint(head: Head) -> Result<Vec<u8>, Error> {
    Ok(format!("{} {}\n", head.size, head.root).into_bytes())
}

pub(crate) fn parse(checkpoint: &[u8]) -> Head {
    let text = std::str::from_utf8(checkpoint).expect("text");
    let (size, root) = text.trim_end().split_once(' ').expect("two words");
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&root[2 * place..2 * place + 2], 16).expect("hexadecimal");
    }
    Head { size: size.parse().expect("a number"), root: Hash(bytes) }
}

pub(crate) fn open<M: Medium>(medium: M) -> Result<Writer<M>, Error> {
    Writer::open(medium, |_, checkpoint| Ok(parse(checkpoint)))
}

/// Checks a log as a verifier does. Gives what was found, and the entries as far as they can be read.
pub(crate) fn check<M: Medium>(medium: M) -> (Vec<Finding>, Vec<Vec<u8>>, Result<(), String>) {
    let store = Store::open(medium);
    let head = parse(&store.checkpoint().expect("a checkpoint"));
    let (mut findings, mut entries) = (Vec::new(), Vec::new());
    let mut checker = store.check_tiles(head.size, |finding| findings.push(finding));
    let mut verdict = Ok(());
    for bundle in store.bundles(head.size) {
        match bundle {
            Ok(bundle) => {
                for (at, entry) in bundle.entries() {
                    assert_eq!(at, u64::try_from(entries.len()).expect("small"));
                    checker.push(leaf_hash(entry)).expect("within the size");
                    entries.push(entry.to_vec());
                }
            }
            Err(error) => verdict = Err(error.to_string()),
        }
    }
    let pushed = checker.finish();
    if verdict.is_ok() && pushed != head {
        verdict = Err("another root".into());
    }
    (findings, entries, verdict)
}

/// The entries of a log in which nothing is wrong.
pub(crate) fn read_back<M: Medium>(medium: M) -> Vec<Vec<u8>> {
    let (findings, entries, verdict) = check(medium);
    assert_eq!(verdict, Ok(()));
    assert!(findings.iter().all(Finding::is_warning), "{findings:?}");
    entries
}

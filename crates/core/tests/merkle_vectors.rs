//! The proof cases of transparency-dev/merkle, where `IKRAR_VECTORS` names a folder that has them.

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use ikrar_core::digest::{Hash, leaf_hash};
use ikrar_core::merkle::{verify_consistency, verify_inclusion};
use serde_json::Value;

fn cases(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            cases(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "json") {
            found.push(path);
        }
    }
}

/// Some cases put a few arbitrary bytes where a hash belongs: map them to hashes, equal ones to equal ones.
fn hash(value: &Value) -> Hash {
    let bytes = Base64::decode_vec(value.as_str().unwrap()).unwrap();
    <[u8; 32]>::try_from(bytes.as_slice()).map(Hash).unwrap_or_else(|_| leaf_hash(&bytes))
}

#[test]
fn a_published_proof_case_gets_another_verdict() {
    let Some(vectors) = std::env::var_os("IKRAR_VECTORS") else { return };
    let mut files = Vec::new();
    cases(&Path::new(&vectors).join("merkle/testdata"), &mut files);
    assert!(files.len() >= 190, "only {} cases", files.len());
    for file in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let number = |name: &str| case[name].as_u64().unwrap();
        let proof: Vec<Hash> = case["proof"].as_array().into_iter().flatten().map(hash).collect();
        let verdict = if case.get("leafIdx").is_some() {
            let (leaf, root) = (hash(&case["leafHash"]), hash(&case["root"]));
            // A leaf hash of no bytes can't even be written down in our types.
            if case["leafHash"] == "" {
                assert_eq!(case["wantErr"], true);
                continue;
            }
            verify_inclusion(&leaf, number("leafIdx"), number("treeSize"), proof, &root)
        } else {
            let (root1, root2) = (hash(&case["root1"]), hash(&case["root2"]));
            verify_consistency(number("size1"), &root1, number("size2"), &root2, proof)
        };
        assert_eq!(verdict.is_err(), case["wantErr"].as_bool().unwrap(), "{}: {verdict:?}", file.display());
    }
}

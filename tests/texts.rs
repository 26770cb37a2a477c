//! The pledge texts in `data/texts` read, say what they are, and never change unseen: pledges are to their hash.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use ikrar_core::text::pledge_text_hash;
use ikrar_log::forms::TextForm;

/// Texts that nobody published: their titles and sources say that they are examples.
const OURS: [(&str, &str); 2] = [
    ("data/texts/ikrar-pemilu-2024.toml", "6e1d80dc30da625875108bc6c042ad0669bec04dd935a78cba35c0808ae08206"),
    ("data/texts/ikrar-tahunan.toml", "c8d859171dbd6bcb7d60a72efbbc2328425f183c21f1528d352dd324714d60e0"),
];
const DECLARATION: (&str, &str) =
    ("examples/kota-semarang/naskah-2020.toml", "a99ca4551fb8dbeb70fed6e3b540aff05adbbea93564924f31e6c7105b31ac55");

fn form(path: &str) -> TextForm {
    TextForm::parse(&std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()).unwrap()
}

#[test]
fn a_text_changed_unseen() {
    for (path, hash) in OURS.into_iter().chain([DECLARATION]) {
        let form = form(path);
        let text = form.statement().unwrap();
        assert_eq!(pledge_text_hash(&text).to_string(), hash, "{path}: a pledge to it is to another text now");
        assert!((4..=8).contains(&text.commitments.count()), "{path}");
        assert_eq!(text.language.as_str(), "id");
    }
}

#[test]
fn a_text_of_ours_passes_for_an_official_one() {
    for (path, _) in OURS {
        let form = form(path);
        assert!(form.title.contains("contoh, bukan naskah resmi"), "{path}");
        assert!(form.source.unwrap().contains("bukan naskah resmi"), "{path}");
    }
}

#[test]
fn the_yearly_text_speaks_of_an_election() {
    let form = form("data/texts/ikrar-tahunan.toml");
    let all = [form.title, form.opening, form.commitments.join(" "), form.closing].concat().to_lowercase();
    for word in ["pemilu", "pilkada", "pemungutan", "kampanye", "calon", "2024"] {
        assert!(!all.contains(word), "{word}");
    }
}

/// A text beside those that are told here would go untested.
#[test]
fn a_text_is_not_told_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/texts");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> = files.map(|name| format!("data/texts/{name}")).collect();
    files.sort();
    assert_eq!(files, OURS.map(|(path, _)| path));
}

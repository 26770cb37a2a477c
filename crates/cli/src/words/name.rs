//! Names of the values of every enum of a statement, and of the statements.

pub(crate) use ikrar_log::names::Named;

/// `PublishText` as `publish-text`.
pub(crate) fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

//! TOML documents of ours: each names its schema in the first place, and holds no field that the schema does not know.

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Why bytes are not a document of the schema expected.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DocumentError {
    /// Not UTF-8.
    #[error("the file is not UTF-8; save it as UTF-8")]
    NotUtf8,
    /// Not TOML; or a field is unknown, missing or of another type.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1 in characters.
        column: usize,
        /// What the parser says, naming the field.
        message: String,
    },
    /// A document of another schema, or of none.
    #[error("the file's schema is `{found}`; expected `schema = \"{expected}\"`")]
    Schema {
        /// The one that it names; empty where it names none.
        found: String,
        /// The one expected.
        expected: &'static str,
    },
}

#[derive(Deserialize)]
struct Peek {
    #[serde(default)]
    schema: String,
}

/// Reads a document.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8], schema: &'static str) -> Result<T, DocumentError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DocumentError::NotUtf8)?;
    // As editors on Windows save it, it is the same document: what is signed and hashed has line feeds alone.
    let text = &text.replace("\r\n", "\n");
    let peek: Peek = toml::from_str(text).map_err(|error| syntax(text, &error))?;
    if peek.schema != schema {
        return Err(DocumentError::Schema { found: peek.schema, expected: schema });
    }
    toml::from_str(text).map_err(|error| syntax(text, &error))
}

fn syntax(text: &str, error: &toml::de::Error) -> DocumentError {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    DocumentError::Syntax { line, column, message: error.message().to_owned() }
}

use ikrar_core::field::FieldError;

use crate::document::DocumentError;

/// Why a form does not become a statement. Values are shortened and safe to print.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FormError {
    /// Not a document of the form's schema.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A field breaks its rule.
    #[error("`{field}` is `{value}`: {error}; expected {expected}")]
    Field {
        /// The field.
        field: String,
        /// Its value.
        value: String,
        /// The rule.
        error: FieldError,
        /// What would be right.
        expected: Expected,
    },
    /// A word that the field does not know.
    #[error("`{field}` is `{value}`; expected one of {expected}")]
    Word {
        /// The field.
        field: &'static str,
        /// The word.
        value: String,
        /// The words that it knows.
        expected: &'static str,
    },
    /// A list names something twice.
    #[error("`{field}` names `{value}` twice; expected each once")]
    Twice {
        /// The field.
        field: &'static str,
        /// What stands there twice.
        value: String,
    },
    /// A list is longer than it may be.
    #[error("`{field}` has {found} items; expected at most {most}")]
    TooMany {
        /// The field.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// Not a time.
    #[error(
        "`{field}` is `{value}`; expected a whole second after 1970 with its offset, as in 2020-08-26T00:00:00+07:00"
    )]
    Time {
        /// The field.
        field: &'static str,
        /// What stands there.
        value: String,
    },
    /// A time before the one that it follows.
    #[error("`{later}` is before `{earlier}`; expected opens, due, expires in this order")]
    Backwards {
        /// What must not be later.
        earlier: &'static str,
        /// What must not be earlier.
        later: &'static str,
    },
    /// A round that requires no pledge.
    #[error("`required` lacks `pledge`; expected it among what a round requires")]
    NoPledge,
    /// A round that accepts no text.
    #[error("`texts` is empty; expected at least one text that a pledge may be to")]
    NoTexts,
    /// A text that the log does not have.
    #[error("`texts` names `{value}`, which is not published; publish it first, or give its SHA-256 in hexadecimal")]
    UnknownText {
        /// The id.
        value: String,
    },
    /// A row of a roster.
    #[error("line {line}: {error}")]
    Row {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        error: Box<FormError>,
    },
}

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Expected {
    /// A code.
    #[error("1 to 32 characters of A-Z, a-z, 0-9, \".\" and \"-\"")]
    Code,
    /// A name.
    #[error("one line of 1 to 128 bytes")]
    Name,
    /// A text of several lines.
    #[error("at most 16384 bytes, line feeds as the only control characters")]
    Lines,
    /// A unit's id.
    #[error("a unit's id, 1 to 64 characters of a-z, 0-9, \".\", \":\" and \"-\", as in wil:33.74")]
    Unit,
    /// A time zone.
    #[error("a time zone such as Asia/Jakarta")]
    Zone,
    /// A language.
    #[error("a language tag such as \"id\"")]
    Language,
    /// The commitments of a text.
    #[error("1 to 32 commitments")]
    Commitments,
    /// A place.
    #[error("at most 90 and 180 degrees")]
    Degrees,
}

use std::fmt::Write as _;

/// The longest excerpt of a roster that an error carries, in characters.
const EXCERPT: usize = 64;

/// What is wrong with a roster, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {fault}: `{value}`")]
pub struct RosterError {
    /// The line, counted from 1.
    pub line: u64,
    /// The column, counted from 1 in characters: where the offending field or character begins.
    pub column: u64,
    /// The offending text, shortened, with control and bidirectional characters escaped.
    pub value: String,
    /// The rule that it breaks.
    pub fault: Fault,
}

impl RosterError {
    pub(super) fn at(line: u64, column: u64, value: &str, fault: Fault) -> Self {
        Self { line, column, value: excerpt(value), fault }
    }
}

/// The rules of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A carriage return that ends no line.
    #[error("a carriage return")]
    CarriageReturn,
    /// The byte-order mark of UTF-16, which is the value in hexadecimal.
    #[error("UTF-16")]
    Utf16,
    /// A byte that is not UTF-8, as Windows-1252 writes them; the value is that byte in hexadecimal.
    #[error("a byte that is not UTF-8")]
    NotUtf8,
    /// A quotation mark inside a plain field, after a quoted one, or one that is never closed on its line.
    #[error("a misplaced quotation mark")]
    Quote,
    /// A line without fields.
    #[error("a blank line")]
    BlankLine,
    /// A line with more or fewer fields than the first.
    #[error("{found} fields where the first line names {expected}")]
    FieldCount {
        /// Columns in the first line.
        expected: usize,
        /// Fields in this one.
        found: usize,
    },
    /// A required column that the first line does not name; the value is its name.
    #[error("a required column is missing")]
    MissingColumn,
    /// A column that rosters do not have.
    #[error("an unknown column")]
    UnknownColumn,
    /// A column named twice, or `code` beside `unit`.
    #[error("a column is named twice")]
    DuplicateColumn,
    /// A roster without a unit.
    #[error("no unit after the first line")]
    NoUnits,
    /// Not a unit id: 1 to 64 bytes of `a-z 0-9 . : -`.
    #[error("not a unit id")]
    Unit,
    /// `root` or `recovery`, which no roster can enrol.
    #[error("a reserved unit id")]
    ReservedUnit,
    /// A unit that an earlier line has already.
    #[error("a unit that line {first} has already")]
    DuplicateUnit {
        /// The earlier line.
        first: u64,
    },
    /// A parent that neither the roster nor the log has.
    #[error("an unknown parent")]
    UnknownParent,
    /// A unit that stands above itself; the value is the way round.
    #[error("a cycle of parents")]
    Cycle,
    /// More than 32 units from the root down.
    #[error("deeper than 32 units")]
    TooDeep,
    /// Not a kind: 1 to 32 bytes of `a-z 0-9 -`.
    #[error("not a kind of unit")]
    Kind,
    /// Not a name: 1 to 128 bytes without control or bidirectional characters.
    #[error("not a name")]
    Name,
    /// A unit, kind or name with a run of 16 or 18 digits: it could be a NIK or NIP, which no log may hold.
    #[error("looks like a personal number (NIK or NIP)")]
    PersonalNumber,
    /// Not a verifier key of type 0x01.
    #[error("not a verifier key")]
    Key,
    /// A verifier key that is named for another unit than its row's.
    #[error("a verifier key of another unit")]
    OtherKey,
    /// A key that an earlier line has already: one key never serves two units.
    #[error("a key that line {first} has already")]
    DuplicateKey {
        /// The earlier line.
        first: u64,
    },
    /// A latitude or longitude that is not a plain decimal number.
    #[error("not a decimal number of degrees")]
    Degrees,
    /// A latitude beyond 90 or a longitude beyond 180 degrees.
    #[error("out of range")]
    OutOfRange,
    /// A latitude without a longitude, or the reverse.
    #[error("latitude and longitude come together")]
    HalfPlace,
    /// Not the name of a time zone: 1 to 32 bytes of `A-Z a-z 0-9 / _ + -`.
    #[error("not a time zone")]
    Zone,
}

impl Fault {
    /// A stable name, for message catalogues and machine output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CarriageReturn => "carriage-return",
            Self::Utf16 => "utf16",
            Self::NotUtf8 => "not-utf8",
            Self::Quote => "quote",
            Self::BlankLine => "blank-line",
            Self::FieldCount { .. } => "field-count",
            Self::MissingColumn => "missing-column",
            Self::UnknownColumn => "unknown-column",
            Self::DuplicateColumn => "duplicate-column",
            Self::NoUnits => "no-units",
            Self::Unit => "unit",
            Self::ReservedUnit => "reserved-unit",
            Self::DuplicateUnit { .. } => "duplicate-unit",
            Self::UnknownParent => "unknown-parent",
            Self::Cycle => "cycle",
            Self::TooDeep => "too-deep",
            Self::Kind => "kind",
            Self::Name => "name",
            Self::PersonalNumber => "personal-number",
            Self::Key => "key",
            Self::OtherKey => "other-key",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::Degrees => "degrees",
            Self::OutOfRange => "out-of-range",
            Self::HalfPlace => "half-place",
            Self::Zone => "zone",
        }
    }
}

/// The beginning of a text, safe to show on a terminal.
pub(crate) fn excerpt(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == EXCERPT {
            out.push('…');
            break;
        }
        match c {
            '"' | '\'' | '\\' => out.push(c),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "{}", c.escape_debug())),
        }
    }
    out
}

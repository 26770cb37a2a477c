//! What an authority writes by hand, and what it becomes: texts and rounds in TOML, rosters in CSV → statements.
//!
//! A form owns its data; the statement borrows from it. Whether a statement has an effect is for the state machine to
//! say; what it would surely refuse is refused here, with the field, the rule and what is expected.

mod error;
mod round;

use ikrar_core::digest::TextHash;
use ikrar_core::field::{Code, FieldError, Name, Text, UnitId, Zone};
use ikrar_core::statement::{Commitments, Enroll, Place, PledgeText, ROOT};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::document;
use crate::roster::{Row, excerpt};

pub use error::{Expected, FormError};
pub use round::RoundForm;

/// Schema of a text's form.
pub const TEXT_SCHEMA: &str = "ikrar.text/1";
/// Schema of a round's form.
pub const ROUND_SCHEMA: &str = "ikrar.round/1";

/// Finds a published text by its id.
pub type FindText<'f> = &'f dyn Fn(&str) -> Option<TextHash>;

/// The form of a pledge text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextForm {
    #[serde(rename = "schema")]
    _schema: IgnoredAny,
    /// Short id.
    pub id: String,
    /// Version under that id.
    pub version: u16,
    /// Title.
    pub title: String,
    /// Language tag.
    pub language: String,
    /// What stands before the commitments.
    #[serde(default)]
    pub opening: String,
    /// The commitments, in order.
    pub commitments: Vec<String>,
    /// What stands after them.
    #[serde(default)]
    pub closing: String,
    /// Where the text comes from.
    pub source: Option<String>,
}

impl TextForm {
    /// Reads a form.
    ///
    /// # Errors
    /// [`FormError::Document`].
    pub fn parse(bytes: &[u8]) -> Result<Self, FormError> {
        Ok(document::parse(bytes, TEXT_SCHEMA)?)
    }

    /// The text as it is published.
    ///
    /// # Errors
    /// The first field that breaks its rule.
    pub fn statement(&self) -> Result<PledgeText<'_>, FormError> {
        let commitments: Vec<_> = (1_usize..)
            .zip(&self.commitments)
            .map(|(number, text)| field(&format!("commitments, number {number}"), text, Expected::Lines, Text::new))
            .collect::<Result<_, _>>()?;
        let count = commitments.len();
        let commitments = Commitments::new(commitments).map_err(|error| {
            FormError::field("commitments", &format!("{count} of them"), error, Expected::Commitments)
        })?;
        Ok(PledgeText {
            id: field("id", &self.id, Expected::Code, Code::new)?,
            version: self.version,
            title: field("title", &self.title, Expected::Name, Name::new)?,
            language: field("language", &self.language, Expected::Language, Code::new)?,
            opening: field("opening", &self.opening, Expected::Lines, Text::new)?,
            commitments,
            closing: field("closing", &self.closing, Expected::Lines, Text::new)?,
            source: self
                .source
                .as_deref()
                .map(|source| field("source", source, Expected::Name, Name::new))
                .transpose()?,
        })
    }
}

/// The enrolments of a roster, in its order: parents before children.
///
/// # Errors
/// As [`enroll`].
pub fn enroll_rows(rows: &[Row]) -> Result<Vec<Enroll<'_>>, FormError> {
    rows.iter().map(enroll).collect()
}

/// The enrolment of one unit of a roster.
///
/// # Errors
/// [`FormError::Row`]; never for a row that [`crate::roster::read`] returned with parents that the log knows.
pub fn enroll(row: &Row) -> Result<Enroll<'_>, FormError> {
    let broken = |error| FormError::Row { line: row.line, error: Box::new(error) };
    let parent = row.parent.as_deref().unwrap_or(ROOT);
    let place = |(latitude, longitude)| {
        Place::new(latitude, longitude).map_err(|error| {
            FormError::field("latitude", &format!("{latitude}, {longitude}"), error, Expected::Degrees)
        })
    };
    let filled = || {
        Ok(Enroll {
            unit: field("unit", &row.unit, Expected::Unit, UnitId::new)?,
            parent: field("parent", parent, Expected::Unit, UnitId::new)?,
            kind: field("kind", &row.kind, Expected::Code, Code::new)?,
            name: field("name", &row.name, Expected::Name, Name::new)?,
            key: row.key,
            place: row.place.map(place).transpose()?,
            zone: row.zone.as_deref().map(|zone| field("timezone", zone, Expected::Zone, Zone::new)).transpose()?,
            document: None,
        })
    };
    filled().map_err(broken)
}

/// Checks a field by the core's rule for it.
fn field<'a, T>(
    name: &str,
    value: &'a str,
    expected: Expected,
    rule: fn(&'a str) -> Result<T, FieldError>,
) -> Result<T, FormError> {
    rule(value).map_err(|error| FormError::field(name, value, error, expected))
}

impl FormError {
    fn field(name: &str, value: &str, error: FieldError, expected: Expected) -> Self {
        Self::Field { field: name.to_owned(), value: excerpt(value), error, expected }
    }
}

#[cfg(test)]
mod tests;

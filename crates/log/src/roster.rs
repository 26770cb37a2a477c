//! Reads the CSV rosters from which units are enrolled: strict, with the line and column of whatever is wrong.
//!
//! Columns are found by the names in the first line. `unit,parent,kind,name` are required; `key`, `latitude`,
//! `longitude` and `timezone` may be absent or empty. A column `code` in place of `unit` holds Kemendagri territory
//! codes: `33.74` is read as `wil:33.74`, in `parent` too.
//!
//! A roster that reads without error is well formed. That its units may be enrolled, by whom and under which parents
//! of the log, is for the state machine to say.

mod error;
mod fields;
mod order;
mod table;

use std::collections::HashMap;

pub(crate) use error::excerpt;
pub use error::{Fault, RosterError};
use fields::{Column, Field};
use ikrar_core::digest::PublicKey;

/// The prefix under which bare Kemendagri territory codes become unit ids.
const TERRITORY_SCHEME: &str = "wil:";

/// One unit of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line that it stands on, counted from 1.
    pub line: u64,
    /// The unit's id.
    pub unit: String,
    /// The unit above it; `None` directly under the root.
    pub parent: Option<String>,
    /// The kind of unit, such as `kecamatan`.
    pub kind: String,
    /// The name for people.
    pub name: String,
    /// The key of its verifier key, which is named for the unit; `None` enrols a keyless unit.
    pub key: Option<PublicKey>,
    /// Latitude and longitude in units of 0.0001 degree.
    pub place: Option<(i32, i32)>,
    /// The time zone for display, as in `Asia/Jakarta`.
    pub zone: Option<String>,
}

/// Reads a roster. `known` says which units outside the file may stand as parents.
///
/// The rows come with every parent before its children, otherwise in the order of the file.
pub fn read(bytes: &[u8], known: &dyn Fn(&str) -> bool) -> Result<Vec<Row>, RosterError> {
    let text = table::text(bytes)?;
    let mut lines = table::lines(text);
    let (number, line) = lines.next().unwrap_or((1, ""));
    if text.is_empty() {
        return Err(RosterError::at(number, 1, "", Fault::NoUnits));
    }
    let header = Header::parse(number, &table::split(number, line)?)?;

    let mut drafts = Vec::new();
    let mut units = HashMap::new();
    let mut keys = HashMap::new();
    for (number, line) in lines {
        let draft = header.row(number, line)?;
        if let Some(first) = units.insert(draft.row.unit.clone(), number) {
            return Err(draft.unit.error(Fault::DuplicateUnit { first }));
        }
        if let Some(public) = draft.row.key
            && let Some(first) = keys.insert(public, number)
        {
            return Err(draft.key.error(Fault::DuplicateKey { first }));
        }
        drafts.push(draft);
    }
    if drafts.is_empty() {
        return Err(RosterError::at(number, 1, line, Fault::NoUnits));
    }
    order::parents_first(drafts, known)
}

/// A row, and the fields that later checks may have to point at.
struct Draft<'a> {
    row: Row,
    unit: Field<'a>,
    parent: Field<'a>,
    key: Field<'a>,
}

/// The columns in the order of the file.
struct Header {
    columns: Vec<Column>,
    /// The first column is called `code`.
    codes: bool,
}

impl Header {
    fn parse(number: u64, fields: &[Field<'_>]) -> Result<Self, RosterError> {
        let mut columns = Vec::new();
        let mut codes = false;
        for field in fields {
            let column = Column::by_name(&field.text).ok_or_else(|| field.error(Fault::UnknownColumn))?;
            if columns.contains(&column) {
                return Err(field.error(Fault::DuplicateColumn));
            }
            codes |= field.text == "code";
            columns.push(column);
        }
        for (column, name) in Column::REQUIRED {
            if !columns.contains(&column) {
                return Err(RosterError::at(number, 1, name, Fault::MissingColumn));
            }
        }
        Ok(Self { columns, codes })
    }

    fn row<'a>(&self, number: u64, line: &'a str) -> Result<Draft<'a>, RosterError> {
        if line.is_empty() {
            return Err(RosterError::at(number, 1, "", Fault::BlankLine));
        }
        let fields = table::split(number, line)?;
        let (expected, found) = (self.columns.len(), fields.len());
        if expected != found {
            return Err(RosterError::at(number, 1, line, Fault::FieldCount { expected, found }));
        }

        let absent = Field::absent(number);
        let (mut unit, mut parent, mut kind, mut name) =
            (absent.clone(), absent.clone(), absent.clone(), absent.clone());
        let (mut key, mut latitude, mut longitude, mut zone) = (absent.clone(), absent.clone(), absent.clone(), absent);
        for (column, field) in self.columns.iter().zip(fields) {
            match column {
                Column::Unit => unit = field,
                Column::Parent => parent = field,
                Column::Kind => kind = field,
                Column::Name => name = field,
                Column::Key => key = field,
                Column::Latitude => latitude = field,
                Column::Longitude => longitude = field,
                Column::Zone => zone = field,
            }
        }
        let id = unit.unit(self.scheme())?;
        let row = Row {
            line: number,
            parent: parent.parent(self.scheme()),
            kind: kind.kind()?,
            name: name.name()?,
            key: key.key(&id)?,
            place: fields::place(&latitude, &longitude)?,
            zone: zone.zone()?,
            unit: id,
        };
        Ok(Draft { row, unit, parent, key })
    }

    fn scheme(&self) -> &'static str {
        if self.codes { TERRITORY_SCHEME } else { "" }
    }
}

#[cfg(test)]
mod tests;

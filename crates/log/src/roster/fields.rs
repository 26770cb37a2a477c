//! What each field may hold.

use std::borrow::Cow;

use ikrar_core::digest::PublicKey;
use ikrar_core::field::{Code, FieldError, Name, UnitId, Zone};
use ikrar_core::statement::{RECOVERY, ROOT};

use super::error::{Fault, RosterError};
use crate::keys::parse_verifier_key;

/// The columns of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Unit,
    Parent,
    Kind,
    Name,
    Key,
    Latitude,
    Longitude,
    Zone,
}

impl Column {
    pub(super) const REQUIRED: [(Self, &'static str); 4] =
        [(Self::Unit, "unit"), (Self::Parent, "parent"), (Self::Kind, "kind"), (Self::Name, "name")];

    pub(super) fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "unit" | "code" => Self::Unit,
            "parent" => Self::Parent,
            "kind" => Self::Kind,
            "name" => Self::Name,
            "key" => Self::Key,
            "latitude" => Self::Latitude,
            "longitude" => Self::Longitude,
            "timezone" => Self::Zone,
            _ => return None,
        })
    }
}

/// A field, and where it begins.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) text: Cow<'a, str>,
}

impl Field<'_> {
    /// The field of a column that the file does not have.
    pub(super) fn absent(line: u64) -> Self {
        Self { line, column: 1, text: Cow::Borrowed("") }
    }

    pub(super) fn error(&self, fault: Fault) -> RosterError {
        RosterError::at(self.line, self.column, &self.text, fault)
    }

    /// What a rule of the core comes to here.
    fn broken(&self, error: FieldError, fault: Fault) -> RosterError {
        self.error(if error == FieldError::PersonalNumber { Fault::PersonalNumber } else { fault })
    }

    pub(super) fn unit(&self, scheme: &str) -> Result<String, RosterError> {
        let id = format!("{scheme}{}", self.text);
        if self.text.is_empty() {
            return Err(self.error(Fault::Unit));
        }
        UnitId::new(&id).map_err(|error| self.broken(error, Fault::Unit))?;
        if id == ROOT || id == RECOVERY {
            return Err(self.error(Fault::ReservedUnit));
        }
        Ok(id)
    }

    /// Empty and `root` both mean: directly under the root. Whether the parent exists is seen once all rows are read.
    pub(super) fn parent(&self, scheme: &str) -> Option<String> {
        (!self.text.is_empty()).then(|| format!("{scheme}{}", self.text)).filter(|id| id != "root")
    }

    /// Narrower than a [`Code`]: `Kota` and `kota` must not be two kinds.
    pub(super) fn kind(&self) -> Result<String, RosterError> {
        let code = Code::new(&self.text).map_err(|error| self.broken(error, Fault::Kind))?;
        let good = code.as_str().bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if good { Ok(self.text.to_string()) } else { Err(self.error(Fault::Kind)) }
    }

    pub(super) fn name(&self) -> Result<String, RosterError> {
        Name::new(&self.text).map_err(|error| self.broken(error, Fault::Name))?;
        Ok(self.text.to_string())
    }

    /// The key of this unit, and no other's.
    pub(super) fn key(&self, unit: &str) -> Result<Option<PublicKey>, RosterError> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let (name, key) = parse_verifier_key(&self.text).map_err(|_| self.error(Fault::Key))?;
        if name == unit { Ok(Some(key)) } else { Err(self.error(Fault::OtherKey)) }
    }

    pub(super) fn zone(&self) -> Result<Option<String>, RosterError> {
        if self.text.is_empty() {
            return Ok(None);
        }
        Zone::new(&self.text).map_err(|error| self.broken(error, Fault::Zone))?;
        Ok(Some(self.text.to_string()))
    }

    /// Degrees in units of 0.0001, exactly, rounded half away from zero.
    fn degrees(&self, limit: i32) -> Result<i32, RosterError> {
        let malformed = || self.error(Fault::Degrees);
        let (negative, digits) = match self.text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, &*self.text),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(malformed()),
            None => (digits, ""),
        };
        let decimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !decimal(whole) || !decimal(fraction) {
            return Err(malformed());
        }
        let out_of_range = || self.error(Fault::OutOfRange);
        let whole: i32 = whole.parse().map_err(|_| out_of_range())?;
        let beyond = fraction.bytes().any(|byte| byte != b'0');
        if whole > limit || (whole == limit && beyond) {
            return Err(out_of_range());
        }
        let mut digits = fraction.bytes().map(|byte| i32::from(byte - b'0'));
        let mut units = whole;
        for _ in 0..4 {
            units = units * 10 + digits.next().unwrap_or(0);
        }
        if digits.next().is_some_and(|digit| digit >= 5) {
            units += 1;
        }
        Ok(if negative { -units } else { units })
    }
}

/// Both coordinates, or neither.
pub(super) fn place(latitude: &Field<'_>, longitude: &Field<'_>) -> Result<Option<(i32, i32)>, RosterError> {
    match (latitude.text.is_empty(), longitude.text.is_empty()) {
        (true, true) => Ok(None),
        (true, false) => Err(longitude.error(Fault::HalfPlace)),
        (false, true) => Err(latitude.error(Fault::HalfPlace)),
        (false, false) => Ok(Some((latitude.degrees(90)?, longitude.degrees(180)?))),
    }
}

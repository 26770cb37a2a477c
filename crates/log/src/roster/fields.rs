//! What each field may hold.

use std::borrow::Cow;

use super::error::{Fault, RosterError};

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

    pub(super) fn unit(&self, scheme: &str) -> Result<String, RosterError> {
        let id = format!("{scheme}{}", self.text);
        if self.text.is_empty()
            || !within(&id, 64, |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b':' | b'-'))
        {
            return Err(self.error(Fault::Unit));
        }
        if id == "root" || id == "recovery" {
            return Err(self.error(Fault::ReservedUnit));
        }
        Ok(id)
    }

    /// Empty and `root` both mean: directly under the root. Whether the parent exists is seen once all rows are read.
    pub(super) fn parent(&self, scheme: &str) -> Option<String> {
        (!self.text.is_empty()).then(|| format!("{scheme}{}", self.text)).filter(|id| id != "root")
    }

    pub(super) fn kind(&self) -> Result<String, RosterError> {
        let good = within(&self.text, 32, |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if good { Ok(self.text.to_string()) } else { Err(self.error(Fault::Kind)) }
    }

    pub(super) fn name(&self) -> Result<String, RosterError> {
        let good = (1..=128).contains(&self.text.len()) && !self.text.chars().any(hidden);
        if good { Ok(self.text.to_string()) } else { Err(self.error(Fault::Name)) }
    }

    pub(super) fn key(&self) -> Result<Option<String>, RosterError> {
        if self.text.is_empty() {
            return Ok(None);
        }
        if public_part(&self.text).is_none() { Err(self.error(Fault::Key)) } else { Ok(Some(self.text.to_string())) }
    }

    pub(super) fn zone(&self) -> Result<Option<String>, RosterError> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let good = within(&self.text, 32, |byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
        if good { Ok(Some(self.text.to_string())) } else { Err(self.error(Fault::Zone)) }
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

/// The key itself of a verifier key `name+hex+base64` (C2SP signed-note); the base64 may hold a `+` of its own.
pub(super) fn public_part(key: &str) -> Option<&str> {
    let (name, rest) = key.split_once('+')?;
    let (id, public) = rest.split_once('+')?;
    let good = within(name, 255, |byte| byte > b' ' && byte != 0x7F)
        && id.len() == 8
        && within(id, 8, |byte| byte.is_ascii_hexdigit())
        && within(public, 4096, |byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
    good.then_some(public)
}

fn within(text: &str, most: usize, allowed: impl Fn(u8) -> bool) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(allowed)
}

/// Control and bidirectional characters: what a name shows must be what it holds.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

//! Lines and fields: RFC 4180, one record to a line. Lines end in LF or, as spreadsheets write them, in CR LF; a byte-order
//! mark, which they put first, says nothing more. All else is held to the letter.
//!
//! The `csv` crate skips blank lines, accepts unclosed quotation marks and does not say where a field began, so it
//! serves as the oracle in the tests instead.

use std::borrow::Cow;

use data_encoding::HEXUPPER;

use super::error::{Fault, RosterError};
use super::fields::Field;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF_16: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

/// The file as text, or what a spreadsheet did to it.
pub(super) fn text(bytes: &[u8]) -> Result<&str, RosterError> {
    if let Some(mark) = UTF_16.into_iter().find(|mark| bytes.starts_with(mark)) {
        return Err(RosterError::at(1, 1, &HEXUPPER.encode(mark), Fault::Utf16));
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let (text, bad) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (good, rest) = bytes.split_at(error.valid_up_to());
            (std::str::from_utf8(good).unwrap_or_default(), rest.first())
        }
    };
    if let Some((at, _)) = text.match_indices('\r').find(|(at, _)| !text[*at..].starts_with("\r\n")) {
        let (line, column) = end_of(&text[..at]);
        return Err(RosterError::at(line, column, "\r", Fault::CarriageReturn));
    }
    match bad {
        None => Ok(text),
        Some(byte) => {
            let (line, column) = end_of(text);
            Err(RosterError::at(line, column, &format!("{byte:02X}"), Fault::NotUtf8))
        }
    }
}

/// The lines with their numbers. The end of the last one is optional.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    (1..).zip(lines.map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

/// The fields of one line.
pub(super) fn split(number: u64, line: &str) -> Result<Vec<Field<'_>>, RosterError> {
    let mut fields = Vec::new();
    let mut rest = line;
    let mut column = 1;
    loop {
        let quote = |column| RosterError::at(number, column, rest, Fault::Quote);
        let (text, after) = match rest.strip_prefix('"') {
            Some(quoted) => unquote(quoted).ok_or_else(|| quote(column))?,
            None => {
                let (text, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                if let Some((before, _)) = text.split_once('"') {
                    return Err(quote(column + width(before)));
                }
                (Cow::Borrowed(text), after)
            }
        };
        fields.push(Field { line: number, column, text });
        let Some(next) = after.strip_prefix(',') else { return Ok(fields) };
        column += width(rest) - width(next);
        rest = next;
    }
}

/// The text up to the closing quotation mark, and what follows: a comma or nothing.
fn unquote(mut rest: &str) -> Option<(Cow<'_, str>, &str)> {
    let mut text = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        text.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                text.push('"');
                rest = more;
            }
            None if after.is_empty() || after.starts_with(',') => return Some((Cow::Owned(text), after)),
            None => return None,
        }
    }
}

/// Line and column of the character that would follow.
fn end_of(text: &str) -> (u64, u64) {
    let last = text.rsplit('\n').next().unwrap_or_default();
    (text.bytes().filter(|&byte| byte == b'\n').fold(1, |n, _| n + 1), 1 + width(last))
}

/// Characters in a text.
fn width(text: &str) -> u64 {
    text.chars().fold(0, |n, _| n + 1)
}

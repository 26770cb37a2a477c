//! Times as people write them: RFC 3339, or a day or a local time in the zone of a round.

use ikrar_core::field::Time;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::failure::{Failure, usage};
use crate::messages::format::offset;

/// A time; a day is its last second. Without a zone a round's times are in UTC.
pub(super) fn parse(text: &str, zone: Option<&str>) -> Result<Time, Failure> {
    let refused = |key| usage(key).with("time", text);
    let timestamp = match local(text) {
        Some(local) => {
            let zone = zone.unwrap_or("UTC");
            let (offset, _) = offset(zone).ok_or_else(|| refused("error-when-zone").with("zone", zone))?;
            offset.to_timestamp(local).ok()
        }
        // A zone in brackets may contradict the offset.
        None => text.parse::<Timestamp>().ok().filter(|_| !text.contains('[')),
    };
    let seconds = timestamp.and_then(|time| u64::try_from(time.as_second()).ok());
    seconds.and_then(|seconds| Time::new(seconds).ok()).ok_or_else(|| refused("error-when"))
}

/// `2020-12-09`, `2020-12-09T15:00` or `2020-12-09T15:00:00`, or with a space for the T.
fn local(text: &str) -> Option<DateTime> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"-:T ".contains(&byte));
    match text.len() {
        10 if is_plain => Some(text.parse::<Date>().ok()?.at(23, 59, 59, 0)),
        16 | 19 if is_plain => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_another_zone_or_ends_early() {
        let seconds = |text: &str, zone| parse(text, zone).map(Time::seconds).map_err(|failure| failure.message.key);
        let (jakarta, jayapura) = (Some("Asia/Jakarta"), Some("Asia/Jayapura"));
        // 2020-12-08T17:00:00Z is midnight in Jakarta.
        let midnight = 1_607_446_800;
        for (text, zone, expected) in [
            ("2020-12-08", jakarta, midnight - 1),
            ("2020-12-08", jayapura, midnight - 1 - 7_200),
            ("2020-12-08", None, midnight - 1 + 25_200),
            ("2020-12-09T00:00", jakarta, midnight),
            ("2020-12-09 00:00:01", jakarta, midnight + 1),
            ("2020-12-09T00:00:00+07:00", jayapura, midnight),
            ("2020-12-08T17:00:00Z", jakarta, midnight),
            ("1970-01-01T00:00:05", None, 5),
        ] {
            assert_eq!(seconds(text, zone), Ok(expected), "{text} in {zone:?}");
        }
        for text in [
            "",
            "kemarin",
            "2020",
            "2020-13-01",
            "2020-02-30",
            "09-12-2020",
            "2020-12-09T25:00",
            "2020-12-09T",
            "2020-12-09T00:00:00+07:00[Mars/Crater]",
            "1969-12-31",
            "::",
            "12:00",
        ] {
            assert_eq!(seconds(text, jakarta), Err("error-when".into()), "{text}");
        }
        assert_eq!(seconds("2020-12-09", Some("Europe/Berlin")), Err("error-when-zone".into()));
        assert_eq!(seconds("2020-12-09T00:00:00Z", Some("Europe/Berlin")), Ok(midnight + 25_200));
    }
}

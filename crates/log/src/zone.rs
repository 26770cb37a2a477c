//! The time zones in which rounds are shown: those of Indonesia, and UTC. They have no daylight saving.

use ikrar_core::field::Time;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// How far a zone is from UTC; none where it is not known.
pub fn offset(zone: &str) -> Option<Offset> {
    let hours = match zone {
        "Asia/Jakarta" | "Asia/Pontianak" => 7,
        "Asia/Makassar" => 8,
        "Asia/Jayapura" => 9,
        "UTC" => 0,
        _ => return None,
    };
    Offset::from_hours(hours).ok()
}

/// The day of a time in a zone, in UTC where the zone is not known; none beyond the year 9999.
pub fn day(time: Time, zone: Option<&str>) -> Option<Date> {
    let seconds = i64::try_from(time.seconds()).ok()?;
    let offset = zone.and_then(offset).unwrap_or(Offset::UTC);
    Some(offset.to_datetime(Timestamp::from_second(seconds).ok()?).date())
}

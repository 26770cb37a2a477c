//! Numbers, shares, dates and times as each language writes them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::Lang;

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const INDONESIAN_MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// `1,596` or `1.596`.
pub(crate) fn number(lang: Lang, number: u64) -> String {
    let separator = match lang {
        Lang::En => ',',
        Lang::Id => '.',
    };
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// `78.5%` or `78,5 %`: rounded, but all only where it is all, and nothing only where it is nothing. Of nothing: `–`.
pub(crate) fn percent(lang: Lang, part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let mut tenths = (part * 2000 + whole) / (whole * 2);
    if part < whole {
        tenths = tenths.min(999);
    }
    if part > 0 {
        tenths = tenths.max(1);
    }
    let (units, tenth) = (tenths / 10, tenths % 10);
    match lang {
        Lang::En => format!("{units}.{tenth}%"),
        Lang::Id => format!("{units},{tenth} %"),
    }
}

/// `26 August 2020` or `26 Agustus 2020`: the day of a POSIX time in a zone.
pub(crate) fn date(lang: Lang, posix: u64, zone: &str) -> String {
    local(posix, zone).map_or_else(|| beyond(posix), |(at, _)| day(lang, at))
}

/// A day in ISO form, of no zone, as [`date`] writes days.
pub(crate) fn day_of(lang: Lang, iso: &str) -> String {
    let posix = format!("{iso}T00:00:00Z").parse::<jiff::Timestamp>();
    let posix = posix.ok().and_then(|time| u64::try_from(time.as_second()).ok());
    posix.map_or_else(|| iso.to_owned(), |posix| date(lang, posix, "UTC"))
}

/// `9 December 2020, 00:00 WIB` or `9 Desember 2020, 00.00 WIB`; with seconds where there are any.
pub(crate) fn date_time(lang: Lang, posix: u64, zone: &str) -> String {
    let Some((at, abbreviation)) = local(posix, zone) else { return beyond(posix) };
    let colon = match lang {
        Lang::En => ':',
        Lang::Id => '.',
    };
    let seconds = match at.second() {
        0 => String::new(),
        second => format!("{colon}{second:02}"),
    };
    format!("{}, {:02}{colon}{:02}{seconds} {abbreviation}", day(lang, at), at.hour(), at.minute())
}

/// The clock in a zone, and what the zone is called. Indonesia's zones have fixed offsets; any other is shown in UTC.
fn local(posix: u64, zone: &str) -> Option<(DateTime, &'static str)> {
    let (offset, abbreviation) = offset(zone).unwrap_or((Offset::UTC, "UTC"));
    let at = Timestamp::from_second(i64::try_from(posix).ok()?).ok()?;
    Some((offset.to_datetime(at), abbreviation))
}

/// How far a zone is from UTC, and what it is called; of the zones of Indonesia, and of UTC.
pub(crate) fn offset(zone: &str) -> Option<(Offset, &'static str)> {
    let abbreviation = match zone {
        "Asia/Jakarta" | "Asia/Pontianak" => "WIB",
        "Asia/Makassar" => "WITA",
        "Asia/Jayapura" => "WIT",
        _ => "UTC",
    };
    Some((ikrar_log::zone::offset(zone)?, abbreviation))
}

/// The names of the months, January first.
pub(crate) fn months(lang: Lang) -> [&'static str; 12] {
    match lang {
        Lang::En => ENGLISH_MONTHS,
        Lang::Id => INDONESIAN_MONTHS,
    }
}

fn day(lang: Lang, at: DateTime) -> String {
    let months = months(lang);
    let month = usize::try_from(at.month() - 1).ok().and_then(|month| months.get(month)).unwrap_or(&"?");
    format!("{} {month} {}", at.day(), at.year())
}

/// A time after the year 9999.
fn beyond(posix: u64) -> String {
    format!("@{posix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2020-08-26T00:00:00+07:00.
    const OPENS: u64 = 1_598_374_800;

    #[test]
    fn thousands_are_grouped_in_each_language() {
        for (count, en, id) in
            [(0, "0", "0"), (999, "999", "999"), (1596, "1,596", "1.596"), (16_333_000, "16,333,000", "16.333.000")]
        {
            assert_eq!(number(Lang::En, count), en);
            assert_eq!(number(Lang::Id, count), id);
        }
    }

    #[test]
    fn a_share_is_never_rounded_to_all_or_to_nothing() {
        assert_eq!(percent(Lang::Id, 785, 1000), "78,5 %");
        assert_eq!(percent(Lang::En, 785, 1000), "78.5%");
        assert_eq!(percent(Lang::En, 1, 3), "33.3%");
        assert_eq!(percent(Lang::En, 2, 3), "66.7%");
        assert_eq!(percent(Lang::En, 16_332, 16_333), "99.9%");
        assert_eq!(percent(Lang::En, 1, 16_333), "0.1%");
        assert_eq!(percent(Lang::En, 0, 16_333), "0.0%");
        assert_eq!(percent(Lang::En, 5, 5), "100.0%");
        assert_eq!(percent(Lang::En, 0, 0), "–");
        assert_eq!(percent(Lang::En, u64::MAX, u64::MAX), "100.0%");
    }

    #[test]
    fn a_date_is_that_of_the_zone() {
        assert_eq!(date(Lang::Id, OPENS, "Asia/Jakarta"), "26 Agustus 2020");
        assert_eq!(date(Lang::En, OPENS, "Asia/Pontianak"), "26 August 2020");
        assert_eq!(date(Lang::En, OPENS, "UTC"), "25 August 2020");
    }

    #[test]
    fn a_time_names_its_zone() {
        assert_eq!(date_time(Lang::Id, OPENS, "Asia/Jakarta"), "26 Agustus 2020, 00.00 WIB");
        assert_eq!(date_time(Lang::Id, OPENS, "Asia/Makassar"), "26 Agustus 2020, 01.00 WITA");
        assert_eq!(date_time(Lang::En, OPENS - 1, "Asia/Jayapura"), "26 August 2020, 01:59:59 WIT");
        assert_eq!(date_time(Lang::En, OPENS, "Europe/Berlin"), "25 August 2020, 17:00 UTC");
        assert_eq!(date_time(Lang::En, u64::MAX, "UTC"), "@18446744073709551615");
    }
}

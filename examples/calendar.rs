//! When things happen, counted from the opening of the round; no clock is read.

use ikrar_core::statement::OpenRound;

use crate::draw::Draw;

/// Seconds of a day.
pub(crate) const DAY: u64 = 86_400;
/// Seconds of an hour.
pub(crate) const HOUR: u64 = 3_600;
/// Western Indonesia is so far ahead of UTC.
const WIB: u64 = 7 * HOUR;
/// A round that opens on any day is told in this many parts.
pub(crate) const PARTS: u64 = 15;
/// The round opens on a Wednesday; of the days from there, these are working days.
const WORKING_DAYS: [u64; 5] = [0, 1, 2, 5, 6];

/// Days and weeks of a round that opens at midnight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    /// When the round opens.
    pub(crate) opens: u64,
    /// Its last second.
    pub(crate) due: u64,
}

impl Calendar {
    /// That of a round.
    pub(crate) fn of(round: &OpenRound<'_>) -> Self {
        Self { opens: round.opens.seconds(), due: round.due.seconds() }
    }

    /// Some days before the opening, at this time of the day.
    pub(crate) fn before(self, days: u64, hour: u64) -> u64 {
        self.opens - days * DAY + hour * HOUR
    }

    /// When a week of the round begins; the first is week 0.
    pub(crate) fn week(self, week: u64) -> u64 {
        self.opens + week * 7 * DAY
    }

    /// When a part of the round begins; after the last come weeks.
    pub(crate) fn part(self, part: u64) -> u64 {
        match part.checked_sub(PARTS) {
            Some(weeks) => self.due + 1 + weeks * 7 * DAY,
            None => self.opens + (self.due - self.opens) * part / PARTS,
        }
    }

    /// A moment in the office hours of a part of the round.
    pub(crate) fn office_hour(self, draw: Draw, part: u64, question: &str, unit: &str) -> u64 {
        let (from, to) = (self.part(part), self.part(part + 1));
        let local = from + draw.below(to - from, &format!("day of {question}"), unit) + WIB;
        let (day, first) = (local / DAY, (from + WIB) / DAY);
        // 1970 began on a Thursday. What falls on a weekend is done on Friday, or on Monday at the beginning.
        let day = match (day + 3) % 7 {
            weekend @ 5..=6 if day + 4 >= first + weekend => day + 4 - weekend,
            weekend @ 5..=6 => day + 7 - weekend,
            _ => day,
        };
        day * DAY + 8 * HOUR - WIB + draw.below(8 * HOUR, &format!("time of {question}"), unit)
    }

    /// A moment in the office hours of a week of the round, which starts with week 0.
    pub(crate) fn moment(self, draw: Draw, week: u64, question: &str, unit: &str) -> u64 {
        let lot = draw.below(5, &format!("day of {question}"), unit);
        let day = (0..).zip(WORKING_DAYS).find(|(place, _)| *place == lot).map_or(0, |(_, day)| day);
        let seconds = draw.below(8 * HOUR, &format!("time of {question}"), unit);
        self.week(week) + day * DAY + 8 * HOUR + seconds
    }
}

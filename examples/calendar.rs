//! When things happen, counted from the opening of the round; no clock is read.

use crate::draw::Draw;

/// Seconds of a day.
pub(crate) const DAY: u64 = 86_400;
const HOUR: u64 = 3_600;
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
    /// Some days before the opening, at this time of the day.
    pub(crate) fn before(self, days: u64, hour: u64) -> u64 {
        self.opens - days * DAY + hour * HOUR
    }

    /// When a week of the round begins; the first is week 0.
    pub(crate) fn week(self, week: u64) -> u64 {
        self.opens + week * 7 * DAY
    }

    /// A moment in the office hours of a week of the round, which starts with week 0.
    pub(crate) fn moment(self, draw: Draw, week: u64, question: &str, unit: &str) -> u64 {
        let lot = draw.below(5, &format!("day of {question}"), unit);
        let day = (0..).zip(WORKING_DAYS).find(|(place, _)| *place == lot).map_or(0, |(_, day)| day);
        let seconds = draw.below(8 * HOUR, &format!("time of {question}"), unit);
        self.week(week) + day * DAY + 8 * HOUR + seconds
    }
}

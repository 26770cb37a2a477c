//! When things happen, counted from the opening of the round; no clock is read.

use crate::draw::Draw;

/// Seconds of a day.
pub const DAY: u64 = 86_400;
const HOUR: u64 = 3_600;
/// The round opens on a Wednesday; of the days from there, these are working days.
const WORKING_DAYS: [u64; 5] = [0, 1, 2, 5, 6];

/// Days and weeks of a round that opens at midnight.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// When the round opens.
    pub opens: u64,
    /// Its last second.
    pub due: u64,
}

impl Calendar {
    /// Some days before the opening, at this time of the day.
    pub fn before(self, days: u64, hour: u64) -> u64 {
        self.opens - days * DAY + hour * HOUR
    }

    /// A moment in the office hours of a week of the round, which starts with week 0.
    pub fn moment(self, draw: Draw, week: u64, question: &str, unit: &str) -> u64 {
        let lot = draw.below(5, &format!("day of {question}"), unit);
        let day = (0..).zip(WORKING_DAYS).find(|(place, _)| *place == lot).map_or(0, |(_, day)| day);
        let seconds = draw.below(8 * HOUR, &format!("time of {question}"), unit);
        self.opens + (week * 7 + day) * DAY + 8 * HOUR + seconds
    }
}

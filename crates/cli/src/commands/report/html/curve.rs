//! The cumulative curve of pledges up to the deadline and after it.

use std::fmt::Write as _;

use ikrar_log::report::Report;
use ikrar_log::status::Summary;

use super::say::{Say, seconds, whole};

/// Of the drawing, in its own units.
const WIDTH: u64 = 880;
const HEIGHT: u64 = 300;
const LEFT: u64 = 64;
const RIGHT: u64 = 20;
const TOP: u64 = 28;
const BOTTOM: u64 = 44;

pub(super) struct Curve {
    pub(super) drawing: Drawing,
    pub(super) summary: String,
    pub(super) rows: Vec<(String, String, u64)>,
}

/// Everything that the drawing is made of.
pub(super) struct Drawing {
    pub(super) width: u64,
    pub(super) height: u64,
    pub(super) line: String,
    pub(super) area: String,
    pub(super) grid: Vec<Tick>,
    pub(super) days: Vec<Tick>,
    pub(super) due: Tick,
    pub(super) left: u64,
    pub(super) right: u64,
    pub(super) top: u64,
    pub(super) bottom: u64,
}

/// A line across, and its label.
pub(super) struct Tick {
    pub(super) at: u64,
    pub(super) label: String,
    pub(super) anchor: &'static str,
}

impl Curve {
    pub(super) fn new(report: &Report, say: Say<'_>) -> Option<Self> {
        let last = report.curve.last()?;
        let (opens, due) = (seconds(&report.opens), seconds(&report.due));
        // Pledges may be logged before the opening.
        let first = report.curve.first().map_or(opens, |point| seconds(&point.at)).min(opens);
        // A long time in which nothing came any more is left out.
        let quiet = due.saturating_add(due.saturating_sub(first) / 4);
        let end = seconds(&report.at).min(quiet).max(due).max(seconds(&last.at)).max(first + 1);
        let owed = report.summary.owed.max(last.pledged).max(1);
        let x = |at: u64| LEFT + (at - first).saturating_mul(WIDTH - LEFT - RIGHT) / (end - first);
        let y = |pledged: u64| HEIGHT - BOTTOM - pledged.saturating_mul(HEIGHT - TOP - BOTTOM) / owed;
        let mut line = format!("M{LEFT} {}", y(0));
        for point in &report.curve {
            let _ = write!(line, "H{}V{}", x(seconds(&point.at)), y(point.pledged));
        }
        let _ = write!(line, "H{}", x(end));
        let area = format!("{line}V{}Z", y(0));
        let level = |count: u64| Tick { at: y(count), label: say.n(count), anchor: "end" };
        let mut grid = vec![level(0)];
        if owed >= 4 {
            grid.extend([level(owed / 4), level(owed / 2), level(owed * 3 / 4)]);
        }
        grid.push(level(owed));
        let day = |at: u64, anchor| Tick { at: x(at), label: say.date_of(at), anchor };
        let mut days = vec![day(opens, "start")];
        if end > due {
            days.push(day(end, "end"));
        }
        let near_the_end = x(due) > WIDTH / 2;
        let args = [("due", say.time(&report.due).into())];
        let due_label = say.with("page-curve-due", &args);
        let pledged = |summary: &Summary| whole(summary) + summary.partial;
        let counts = [
            ("due", pledged(&report.summary_at_due).into()),
            ("now", pledged(&report.summary).into()),
            ("owed", report.summary.owed.into()),
        ];
        Some(Self {
            drawing: Drawing {
                width: WIDTH,
                height: HEIGHT,
                line,
                area,
                grid,
                days,
                due: Tick { at: x(due), label: due_label, anchor: if near_the_end { "end" } else { "start" } },
                left: LEFT,
                right: WIDTH - RIGHT,
                top: TOP,
                bottom: HEIGHT - BOTTOM,
            },
            summary: say.with("page-curve-summary", &counts),
            rows: report.curve.iter().map(|it| (say.time(&it.at), say.n(it.pledged), it.entry)).collect(),
        })
    }
}

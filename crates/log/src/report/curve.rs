//! How pledges came in: the cumulative curve, and the commitments they accept.

use std::collections::BTreeMap;

use ikrar_core::digest::TextHash;
use ikrar_core::field::Time;
use serde::Serialize;

use super::rfc3339;
use crate::history::History;
use crate::status::UnitStatus;

/// Most points of a curve; a longer one is thinned, its first and last points stay.
const POINTS: usize = 400;

/// How many owed units had pledged by a point of the log.
#[derive(Clone, Debug, Serialize)]
pub struct CurvePoint {
    /// When it was logged, RFC 3339.
    pub at: String,
    /// Index of the entry.
    pub entry: u64,
    /// Units whose first undisputed pledge stands at or before it.
    pub pledged: u64,
}

/// How many units accepted a commitment of the text that they pledged to.
#[derive(Clone, Debug, Serialize)]
pub struct CommitmentSum {
    /// Hash of the text, hexadecimal.
    pub text: String,
    /// From 1.
    pub number: u8,
    /// Units that accept it.
    pub accepted: u64,
    /// Units whose pledge stands on this text.
    pub of: u64,
}

pub(super) fn curve(units: &[UnitStatus]) -> Vec<CurvePoint> {
    let mut firsts: Vec<(u64, Time)> =
        units.iter().filter_map(|unit| unit.first).map(|first| (first.at.index, first.at.logged_at)).collect();
    firsts.sort_unstable();
    // The last of each UTC day, as the operator's clock has it.
    let point = |(pledged, (entry, at)): (u64, &(u64, Time))| (at.seconds() / 86_400, pledged, *entry, *at);
    let all: Vec<_> = (1..).zip(&firsts).map(point).collect();
    let is_last = |place: usize| all.get(place + 1).is_none_or(|next| next.0 != all[place].0);
    let days: Vec<_> = (0..all.len()).filter(|place| is_last(*place)).collect();
    let step = days.len().div_ceil(POINTS).max(1);
    let kept = days.iter().enumerate().filter(|(n, _)| n % step == 0 || n + 1 == days.len());
    kept.map(|(_, place)| {
        let (_, pledged, entry, at) = all[*place];
        CurvePoint { at: rfc3339(at), entry, pledged }
    })
    .collect()
}

pub(super) fn commitments(history: &History, units: &[UnitStatus]) -> Vec<CommitmentSum> {
    let mut texts: BTreeMap<TextHash, (u64, [u64; 32])> = BTreeMap::new();
    for pledge in units.iter().filter_map(|unit| unit.pledge) {
        let (of, accepted) = texts.entry(pledge.text).or_default();
        *of += 1;
        for (bit, accepted) in accepted.iter_mut().enumerate() {
            *accepted += u64::from(pledge.accepted >> bit & 1);
        }
    }
    let numbers = |hash: &TextHash| history.text_record(hash).map_or(0, |text| text.commitments);
    let mut sums = Vec::new();
    for (hash, (of, accepted)) in texts {
        for (number, accepted) in (1..=numbers(&hash)).zip(accepted) {
            sums.push(CommitmentSum { text: hash.to_string(), number, accepted, of });
        }
    }
    sums
}

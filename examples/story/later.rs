//! The years after the first round: a city goes on, round after round, and witnesses watch the log.

mod course;

use std::collections::{BTreeMap, BTreeSet};

use ikrar_core::statement::{OpenRound, ROOT};
use ikrar_log::roster::Row;

use super::around::Dealer;
use super::{Deed, Event, Incident, Key, Member, Story};
use crate::calendar::{Calendar, DAY, HOUR};
use crate::draw::Draw;
use crate::papers::Pledged;
use crate::plot::RoundPlan;

/// Nothing is logged after this: 13 November 2026, 17:00 in Semarang. The last round is open then.
const END: u64 = 1_794_564_000;
/// The share of silent units that the plans are for.
const PLANNED_SILENCE: f64 = 0.05;
/// Witnesses cosign when these parts of a round begin.
const WITNESSED_PARTS: [u64; 8] = [2, 4, 6, 8, 10, 12, 14, 16];

/// A round to tell of.
pub(crate) struct Stage<'a> {
    /// Its place among the rounds.
    pub(crate) number: usize,
    /// What happens in it.
    pub(crate) plan: &'a RoundPlan,
    /// Its terms.
    pub(crate) terms: &'a OpenRound<'a>,
    /// The texts that it accepts, by their places among those of the plot.
    pub(crate) accepted: Vec<usize>,
}

/// What is known of a unit while the story goes on.
struct Unit {
    id: String,
    kind: String,
    parent: Option<usize>,
    leaf: bool,
    alive: bool,
    keyed: bool,
    had_key: bool,
}

struct Chronicler<'a> {
    draw: Draw,
    missing: f64,
    texts: &'a [Pledged],
    units: Vec<Unit>,
    /// Units whose keys lie in files: nothing befalls them.
    spared: Vec<usize>,
    silent: Option<usize>,
    rows: &'a [Row],
    founded: Vec<Row>,
    dealer: Dealer,
    events: Vec<Event>,
    /// Days on which witnesses cosign.
    witnessed: BTreeSet<u64>,
}

/// Tells of the later rounds. The units that are founded in them come after those of the roster.
pub(crate) fn tell_later(
    draw: Draw,
    missing: f64,
    (rows, members): (&[Row], &[Member<'_>]),
    texts: &[Pledged],
    stages: &[Stage<'_>],
    first: &Story,
) -> (Vec<Event>, Vec<Row>) {
    let unit = |member: &Member<'_>| Unit {
        id: member.id.to_owned(),
        kind: member.kind.to_owned(),
        parent: member.parent,
        leaf: member.leaf,
        alive: true,
        keyed: member.key == Key::Example,
        // Of a key that the roster names, nobody here has the private half: it is left alone.
        had_key: member.key != Key::None,
    };
    let keyed = members.iter().enumerate().filter(|(_, member)| member.key == Key::Example).map(|(place, _)| place);
    let mut chronicler = Chronicler {
        draw,
        missing,
        texts,
        units: members.iter().map(unit).collect(),
        spared: keyed.take(2).chain(first.silent).collect(),
        silent: first.silent,
        rows,
        founded: Vec::new(),
        dealer: Dealer::default(),
        events: Vec::new(),
        witnessed: BTreeSet::new(),
    };
    first.events.iter().for_each(|event| chronicler.live_through(&event.deed));
    for (place, stage) in stages.iter().enumerate() {
        chronicler.open(stage, place == 0);
        chronicler.tell(stage);
        chronicler.witness(stage);
    }
    let mut events = chronicler.events;
    events.retain(|event| event.logged_at < END);
    events.sort_by_key(|event| event.logged_at);
    (events, chronicler.founded)
}

impl Chronicler<'_> {
    /// What a deed changes for the rounds to come.
    fn live_through(&mut self, deed: &Deed) {
        let mut change = |unit: usize, change: &dyn Fn(&mut Unit)| {
            if let Some(unit) = self.units.get_mut(unit) {
                change(unit);
            }
        };
        match deed {
            Deed::Retire(unit, _) => change(*unit, &|unit| (unit.alive, unit.keyed) = (false, false)),
            Deed::Enroll(unit) => change(*unit, &|unit| (unit.alive, unit.keyed) = (true, true)),
            Deed::Revoke(unit) => change(*unit, &|unit| unit.keyed = false),
            Deed::Rekey(unit, _) => change(*unit, &|unit| (unit.keyed, unit.had_key) = (true, true)),
            Deed::Move(unit, parent) => change(*unit, &|unit| unit.parent = *parent),
            _ => {}
        }
    }

    fn push(&mut self, (made_at, logged_at): (u64, u64), signer: Option<usize>, round: usize, deed: Deed) {
        self.live_through(&deed);
        self.events.push(Event { logged_at, made_at, signer, round, deed });
    }

    /// The root prepares the years to come; then the opener opens the round, three days ahead.
    fn open(&mut self, stage: &Stage<'_>, first: bool) {
        let morning = |days| Calendar::of(stage.terms).before(days, 9);
        if first {
            self.push((morning(5), morning(5) + 600), None, stage.number, Deed::Policy);
            for (minute, text) in (0_u64..).zip(1..self.texts.len()) {
                let at = morning(4) + minute * 60;
                self.push((at, at + 600), None, stage.number, Deed::PublishText(text));
            }
        }
        let subtree = stage.terms.subtree.as_str();
        let opener = self.units.iter().position(|unit| unit.id == subtree);
        self.push((morning(3), morning(3) + 600), opener, stage.number, Deed::Open);
    }

    /// Witnesses cosign in the morning, and the operator logs it in the afternoon; last before due a day and a half
    /// ahead, and on the day after.
    fn witness(&mut self, stage: &Stage<'_>) {
        let calendar = Calendar::of(stage.terms);
        let parts = WITNESSED_PARTS.map(|part| calendar.part(part));
        for moment in parts.into_iter().chain([calendar.due - DAY, calendar.due + 1]) {
            let day = (moment + 7 * HOUR) / DAY;
            if self.witnessed.insert(day) {
                let ten = day * DAY + 3 * HOUR;
                self.push((ten, ten), None, stage.number, Deed::Checkpoint);
                self.push((ten + 5 * HOUR, ten + 5 * HOUR), None, stage.number, Deed::Anchor);
            }
        }
    }

    fn tell(&mut self, stage: &Stage<'_>) {
        let parts = self.cast(stage);
        let busy: BTreeSet<usize> = parts.iter().flat_map(|(_, units)| units.iter().copied()).collect();
        let asked: Vec<usize> = (0..self.units.len()).filter(|unit| self.is_asked(stage, *unit)).collect();
        for (incident, units) in parts {
            self.befall(stage, incident, &units);
        }
        for unit in asked.into_iter().filter(|unit| !busy.contains(unit)) {
            if self.units.get(unit).is_some_and(|unit| unit.keyed) {
                self.ordinary(stage, unit, 0);
            }
        }
    }

    fn is_asked(&self, stage: &Stage<'_>, unit: usize) -> bool {
        let Some(it) = self.units.get(unit).filter(|it| it.alive) else { return false };
        let kind = stage.terms.kinds.is_empty() || stage.terms.kinds.iter().any(|kind| kind.as_str() == it.kind);
        let subtree = stage.terms.subtree.as_str();
        let line = std::iter::successors(Some(unit), |unit| self.units.get(*unit)?.parent);
        let mut line = line.filter_map(|unit| self.units.get(unit));
        kind && (subtree == ROOT || line.any(|above| above.id == subtree))
    }

    /// Gives out the incidents among leaves of the roster, by lot.
    fn cast(&self, stage: &Stage<'_>) -> Vec<(Incident, Vec<usize>)> {
        let all = || self.units.iter().enumerate();
        let signs = |unit: Option<usize>| unit.and_then(|unit| self.units.get(unit)).is_some_and(|unit| unit.keyed);
        let mut free: Vec<usize> = all()
            .filter(|(unit, it)| it.leaf && it.keyed && signs(it.parent) && !self.spared.contains(unit))
            .map(|(unit, _)| unit)
            .filter(|unit| self.is_asked(stage, *unit))
            .collect();
        free.sort_by_key(|unit| {
            self.units.get(*unit).map(|it| self.draw.bits(&format!("cast {}", stage.terms.id.as_str()), &it.id))
        });
        free.truncate(free.len() / 3);
        let mut keyless: BTreeMap<bool, Vec<usize>> = BTreeMap::new();
        for (unit, it) in all().filter(|(_, it)| it.leaf && it.alive && !it.keyed && signs(it.parent)) {
            keyless.entry(it.had_key).or_default().push(unit);
        }
        let mut ended: Vec<usize> = all().filter(|(_, it)| it.leaf && !it.alive).map(|(unit, _)| unit).collect();
        let parent = |unit: usize| self.units.get(unit).and_then(|it| it.parent);
        let mut parts = Vec::new();
        for incident in stage.plan.incidents {
            let mut next = || (!free.is_empty()).then(|| free.remove(0));
            let units = match incident {
                Incident::FirstKey => {
                    keyless.get_mut(&false).filter(|units| units.len() > 1).map(|it| vec![it.remove(0)])
                }
                Incident::KeyAgain => keyless.get_mut(&true).and_then(Vec::pop).map(|unit| vec![unit]),
                Incident::Returned => (!ended.is_empty()).then(|| vec![ended.remove(0)]),
                Incident::Merged => {
                    let family = |one: usize| -> Vec<usize> {
                        free.iter().copied().filter(|it| parent(*it) == parent(one)).take(3).collect()
                    };
                    let family = free.iter().map(|one| family(*one)).find(|units| units.len() == 3);
                    free.retain(|unit| family.iter().flatten().all(|taken| taken != unit));
                    family
                }
                _ => next().map(|unit| vec![unit]),
            };
            parts.extend(units.map(|units| (*incident, units)));
        }
        parts
    }
}

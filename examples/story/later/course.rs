//! The course of one unit in a round.

use ikrar_core::statement::{CategoryCount, Form, Reason, Role};
use ikrar_log::roster::Row;

use super::{Chronicler, PLANNED_SILENCE, Stage, Unit};
use crate::calendar::{Calendar, HOUR, PARTS};
use crate::people::Staff;
use crate::story::around::risks;
use crate::story::{Deed, Incident, Saying};

/// How many of a thousand units that pledge leave a commitment out, let signatures follow, or were wrong first.
const COMMITMENT_LEFT_OUT: u64 = 15;
const PROGRESS: u64 = 70;
const WRONG: u64 = 10;
/// Pledges by part of the round, and after it.
const PARTS_IN_TIME: [u64; 15] = [18, 14, 10, 8, 6, 5, 4, 4, 3, 3, 3, 4, 5, 6, 7];
const WEEKS_LATE: [u64; 3] = [5, 3, 2];
/// The year from which staff is counted.
const FIRST_YEAR: u32 = 2020;

impl Chronicler<'_> {
    fn unit(&self, unit: usize) -> (&str, &str) {
        self.units.get(unit).map_or(("", ""), |unit| (&unit.id, &unit.kind))
    }

    /// The year of a round's opening.
    fn year(stage: &Stage<'_>) -> u32 {
        let days = stage.terms.opens.seconds() / (24 * HOUR);
        // Rounds open far from new year, so the average length of a year is close enough.
        u32::try_from(days * 10_000 / 3_652_425).map_or(FIRST_YEAR, |years| 1970 + years)
    }

    fn staff(&self, stage: &Stage<'_>, unit: usize) -> Staff {
        let (id, kind) = self.unit(unit);
        Staff::of(self.draw, id, kind).after(Self::year(stage) - FIRST_YEAR, self.draw, id)
    }

    fn question(stage: &Stage<'_>, question: &str) -> String {
        format!("{question} {}", stage.terms.id.as_str())
    }

    fn below(&self, n: u64, stage: &Stage<'_>, question: &str, unit: usize) -> u64 {
        self.draw.below(n, &Self::question(stage, question), self.unit(unit).0)
    }

    fn weighted(&self, weights: &[u64], stage: &Stage<'_>, question: &str, unit: usize) -> u64 {
        self.draw.weighted(weights, &Self::question(stage, question), self.unit(unit).0)
    }

    fn saying(&self, stage: &Stage<'_>, unit: usize, absent: u32) -> Saying {
        let form = match self.weighted(&[6, 3, 1], stage, "form", unit) {
            0 => Form::Ikrar,
            1 => Form::PaktaIntegritas,
            _ => Form::Deklarasi,
        };
        let role = match self.weighted(&[82, 9, 5, 4], stage, "role", unit) {
            0 => Role::Head,
            1 => Role::Plt,
            2 => Role::Plh,
            _ => Role::Pj,
        };
        // Where a round accepts several texts, most units take the first.
        let other = stage.accepted.len() > 1 && self.below(100, stage, "text", unit) < 15;
        let text = stage.accepted.get(usize::from(other)).copied().unwrap_or_default();
        Saying { text, without: None, coverage: self.staff(stage, unit).signed_but(absent), form, role }
    }

    fn some_absent(&self, stage: &Stage<'_>, unit: usize) -> Saying {
        let absent = self.staff(stage, unit).some(self.draw, self.unit(unit).0);
        self.saying(stage, unit, absent)
    }

    /// A signed statement travels for minutes or hours.
    fn say(&mut self, stage: &Stage<'_>, part: u64, question: &str, signer: Option<usize>, deed: Deed) -> u64 {
        let who = signer.map_or("root", |unit| self.unit(unit).0);
        let subject = match &deed {
            Deed::Retire(unit, _) | Deed::Enroll(unit) => self.unit(*unit).0,
            _ => "",
        };
        let question = Self::question(stage, &format!("{question}{subject}"));
        let logged_at = Calendar::of(stage.terms).office_hour(self.draw, part, &question, who);
        let travel = 300 + self.draw.below(3 * HOUR, &question, who);
        self.push((logged_at - travel, logged_at), signer, stage.number, deed);
        logged_at
    }

    /// A unit without a part in any incident; from this part of the round on.
    pub(super) fn ordinary(&mut self, stage: &Stage<'_>, unit: usize, from: u64) {
        let (plan, id) = (stage.plan, self.unit(unit).0);
        let share = |of: u64| f64::from(u32::try_from(of).unwrap_or_default()) / 1000.0;
        let seldom = self.draw.chance(0.04, "seldom pledges", id) && self.below(10, stage, "seldom", unit) < 6;
        let missing = share(plan.missing) * (self.missing / PLANNED_SILENCE);
        let is_silent =
            self.silent == Some(unit) || seldom || { self.draw.chance(missing, &Self::question(stage, "missing"), id) };
        if is_silent && !self.spared.iter().take(2).any(|spared| *spared == unit) {
            return;
        }
        let part = self.weighted(&PARTS_IN_TIME, stage, "part", unit).max(from);
        let (whole, some) = (self.saying(stage, unit, 0), self.some_absent(stage, unit));
        let mut lot = self.below(1000, stage, "course", unit);
        let mut falls = |among: u64| {
            let hit = lot < among;
            lot = if hit { u64::MAX } else { lot - among };
            hit
        };
        if self.spared.contains(&unit) {
            self.pledge(stage, 0, unit, whole);
        } else if falls(plan.late) {
            let late = PARTS + self.weighted(&WEEKS_LATE, stage, "late week", unit);
            let signed = stage.terms.due.seconds() - HOUR * (1 + self.below(100, stage, "offline", unit));
            self.pledge(stage, late, unit, whole);
            // A third of them had signed in time, and were offline.
            if self.below(3, stage, "signed earlier", unit) == 0
                && let Some(event) = self.events.last_mut()
            {
                event.made_at = signed;
            }
        } else if falls(plan.incomplete) {
            self.pledge(stage, part, unit, some);
        } else if falls(COMMITMENT_LEFT_OUT) {
            let commitments = self.texts.get(whole.text).map_or(1, |text| u64::from(text.commitments));
            let without = u8::try_from(1 + self.below(commitments, stage, "commitment", unit)).ok();
            self.pledge(stage, part, unit, Saying { without, ..whole });
        } else if falls(PROGRESS) {
            let part = part.min(11);
            self.pledge(stage, part, unit, some);
            let later = part + 2 + self.below(5, stage, "progress part", unit);
            self.say(stage, later, "progress", Some(unit), Deed::Correct(Reason::Progress, whole));
        } else if falls(WRONG) {
            self.pledge(stage, part.min(10), unit, some);
            self.say(stage, part.min(10) + 2, "error", Some(unit), Deed::Correct(Reason::Error, whole));
        } else {
            self.pledge(stage, part, unit, whole);
        }
        self.besides(stage, unit, part.clamp(2, 12));
    }

    fn pledge(&mut self, stage: &Stage<'_>, part: u64, unit: usize, saying: Saying) -> u64 {
        self.say(stage, part, "pledge", Some(unit), Deed::Pledge(saying))
    }

    /// Briefing, monitoring, and what follows from it. A round that asks for them gets more.
    fn besides(&mut self, stage: &Stage<'_>, unit: usize, part: u64) {
        let plan = stage.plan;
        let absent = u32::try_from(self.below(4, stage, "not reached", unit)).unwrap_or_default();
        if self.below(1000, stage, "briefed", unit) < plan.briefed {
            let absent = absent.min(self.staff(stage, unit).all() / 2);
            let reached = self.staff(stage, unit).signed_but(absent);
            let deed = Deed::Brief(self.dealer.topic(), reached);
            self.say(stage, (part + 1).min(13), "briefing", Some(unit), deed);
            if self.below(12, stage, "second briefing", unit) == 0 {
                let deed = Deed::Brief(self.dealer.topic(), reached);
                self.say(stage, 14, "second briefing", Some(unit), deed);
            }
        }
        if self.below(1000, stage, "monitored", unit) < plan.monitored {
            let has_case = self.below(1000, stage, "case", unit) < plan.with_cases;
            self.monitor(stage, unit, part, has_case);
        }
    }

    fn monitor(&mut self, stage: &Stage<'_>, unit: usize, part: u64, has_case: bool) {
        let question = Self::question(stage, "case");
        let mut cases: Vec<CategoryCount> = Vec::new();
        if has_case {
            cases.push(self.dealer.case(self.draw, &question, self.units.get(unit).map_or("", |it| &it.id)));
        }
        let risks = risks(self.draw, &question, self.unit(unit).0);
        let case = cases.first().copied();
        self.say(stage, part + 1, "monitoring", Some(unit), Deed::Monitor(28, cases, risks));
        let Some(case) = case else { return };
        if self.below(100, stage, "refers", unit) < 85 {
            let year = Self::year(stage);
            let handed = self.dealer.hand_on(case, year);
            self.say(stage, part + 3, "referral", Some(unit), Deed::Refer(handed));
            if self.below(100, stage, "follows up", unit) < 75 {
                let handed = self.dealer.proceed(handed, year);
                self.say(stage, part + 5, "follow-up", Some(unit), Deed::ReferAgain(handed));
            }
        }
    }

    pub(super) fn befall(&mut self, stage: &Stage<'_>, incident: Incident, units: &[usize]) {
        let [unit, others @ ..] = units else { return };
        let (unit, me) = (*unit, Some(*unit));
        let parent = self.units.get(unit).and_then(|unit| unit.parent);
        let (whole, some) = (self.saying(stage, unit, 0), self.some_absent(stage, unit));
        match incident {
            Incident::FirstKey | Incident::KeyAgain => {
                self.say(stage, 1, "key", parent, Deed::Rekey(unit, None));
                self.ordinary(stage, unit, 3);
            }
            Incident::Revoked => {
                self.say(stage, 2, "revoke", parent, Deed::Revoke(unit));
            }
            Incident::RekeyedNearDue | Incident::ForcedRekeyNearDue => {
                self.pledge(stage, 2, unit, whole);
                let by = if incident == Incident::RekeyedNearDue { me } else { parent };
                self.say(stage, 14, "rekey", by, Deed::Rekey(unit, None));
            }
            Incident::Disputed | Incident::DisputedAndBack => {
                self.pledge(stage, 1, unit, whole);
                self.say(stage, 6, "dispute", parent, Deed::Dispute(unit));
                if incident == Incident::DisputedAndBack {
                    self.say(stage, 9, "pledge again", me, Deed::Pledge(whole));
                }
            }
            Incident::Foreign => {
                self.say(stage, 1, "foreign", me, Deed::ForeignPledge(whole));
                self.pledge(stage, 5, unit, whole);
            }
            Incident::ForeignOnly => {
                self.say(stage, 2, "foreign", me, Deed::ForeignPledge(whole));
            }
            Incident::SecondPledge => {
                self.pledge(stage, 1, unit, some);
                self.say(stage, 4, "second", me, Deed::PledgeAgain(whole));
            }
            Incident::Withdrawn => {
                self.pledge(stage, 1, unit, whole);
                self.say(stage, 7, "withdraw", me, Deed::Withdraw);
            }
            Incident::WrongAndRight => {
                self.pledge(stage, 1, unit, whole);
                self.say(stage, 4, "error", me, Deed::Correct(Reason::Error, some));
                self.say(stage, 8, "progress", me, Deed::Correct(Reason::Progress, whole));
            }
            Incident::NewInformation => {
                self.pledge(stage, 2, unit, whole);
                self.say(stage, 6, "new information", me, Deed::Correct(Reason::NewInformation, some));
            }
            Incident::Moved => {
                self.pledge(stage, 2, unit, whole);
                let above = parent.and_then(|parent| self.units.get(parent)).and_then(|parent| parent.parent);
                let beside = |other: &Unit| other.parent == above && other.alive && other.keyed && !other.leaf;
                let neighbours: Vec<usize> =
                    (0..).zip(&self.units).filter(|(_, it)| beside(it)).map(|(it, _)| it).collect();
                let next = neighbours.iter().position(|it| Some(*it) == parent).map_or(0, |place| place + 1);
                let under = neighbours.get(next).or(neighbours.first()).copied();
                self.say(stage, 5, "move", above, Deed::Move(unit, under));
            }
            Incident::Renamed => {
                self.pledge(stage, 2, unit, whole);
                self.say(stage, 4, "rename", parent, Deed::Rename(unit));
            }
            Incident::Merged => {
                let [other, into] = others else { return };
                self.pledge(stage, 1, unit, whole);
                self.say(stage, 7, "merge", parent, Deed::Retire(unit, vec![*into]));
                self.say(stage, 7, "merge", parent, Deed::Retire(*other, vec![*into]));
                self.ordinary(stage, *into, 0);
            }
            Incident::Split => {
                let new = [self.found(unit), self.found(unit)];
                for new in new {
                    self.say(stage, 4, "found", parent, Deed::Enroll(new));
                }
                self.say(stage, 6, "split", parent, Deed::Retire(unit, new.to_vec()));
                self.ordinary(stage, new[0], 8);
            }
            Incident::Founded => {
                let new = self.found(unit);
                self.say(stage, 3, "found", parent, Deed::Enroll(new));
                self.ordinary(stage, new, 6);
                self.ordinary(stage, unit, 0);
            }
            Incident::Returned => {
                self.say(stage, 2, "return", parent, Deed::Enroll(unit));
                self.ordinary(stage, unit, 5);
            }
            Incident::RetiredAfterDue => {
                self.pledge(stage, 2, unit, whole);
                self.say(stage, PARTS + 1, "retire", parent, Deed::Retire(unit, Vec::new()));
            }
            Incident::Journal => {
                self.pledge(stage, 1, unit, whole);
                self.say(stage, 4, "journal", me, Deed::OpenJournal);
            }
            Incident::Referred => {
                self.pledge(stage, 1, unit, whole);
                self.monitor(stage, unit, 3, true);
            }
        }
    }

    /// A new unit beside this one: invented, and named so.
    fn found(&mut self, beside: usize) -> usize {
        let number = self.founded.len() + 1;
        let Some(it) = self.units.get(beside) else { return beside };
        let parent = it.parent.and_then(|parent| self.units.get(parent)).map(|parent| parent.id.clone());
        let id = format!("lokal:rekaan-{number}");
        let new = Unit { id: id.clone(), kind: it.kind.clone(), alive: false, keyed: false, had_key: true, ..*it };
        let of_neighbour = self.rows.get(beside);
        let aside = i32::try_from(number).unwrap_or_default() * 7;
        self.founded.push(Row {
            line: 0,
            unit: id,
            parent,
            kind: new.kind.clone(),
            name: format!("Rekaan {number} (unit rekaan, contoh)"),
            key: None,
            place: of_neighbour.and_then(|row| row.place).map(|(latitude, longitude)| (latitude + aside, longitude)),
            zone: of_neighbour.and_then(|row| row.zone.clone()),
        });
        self.units.push(new);
        self.units.len() - 1
    }
}

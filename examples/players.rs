//! The units of a roster, acting out a story.

use std::collections::{HashMap, HashSet};

use ikrar_core::digest::{Id, TextHash};
use ikrar_core::field::{Name, Persons, Set, UnitId};
use ikrar_core::rule::Rule;
use ikrar_core::statement::{
    Amend, Briefing, CaseStatus, Category, Channel, Correction, Day, Monitoring, Pledge, ROOT, Reason, Referral, Rekey,
    Replacement, Retire, RoundRef, Statement, StatusCount, Topic,
};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::forms;
use ikrar_log::roster::Row;
use ikrar_log::store::Head;

use crate::calendar::DAY;
use crate::draw::Draw;
use crate::papers::{Papers, other_text};
use crate::scribe::{Scribe, public};
use crate::story::{Deed, Event, Key, Member, Saying, Story};
use crate::{Error, at};

/// Share of the wards that have no key.
const KEYLESS: f64 = 0.03;

/// The units of a roster, with what the story must know of them.
///
/// # Errors
/// A parent that comes after its child, which the roster's reader excludes.
pub(crate) fn members<'a>(draw: Draw, rows: &'a [Row]) -> Result<Vec<Member<'a>>, Error> {
    let places: HashMap<&str, usize> = rows.iter().enumerate().map(|(place, row)| (row.unit.as_str(), place)).collect();
    let parents: HashSet<&str> = rows.iter().filter_map(|row| row.parent.as_deref()).collect();
    let member = |row: &'a Row| {
        let leaf = !parents.contains(row.unit.as_str());
        let key = match row.key {
            Some(_) => Key::Roster,
            None if leaf && draw.chance(KEYLESS, "keyless", &row.unit) => Key::None,
            None => Key::Example,
        };
        let parent = row.parent.as_deref().map(|parent| places.get(parent).copied().ok_or("unknown parent"));
        Ok(Member { id: &row.unit, kind: &row.kind, parent: parent.transpose()?, leaf, key })
    };
    rows.iter().map(member).collect()
}

/// Every unit, and the scribe who signs for it.
pub(crate) struct Players<'a> {
    draw: Draw,
    rows: &'a [Row],
    members: &'a [Member<'a>],
    scribe: Scribe,
    round: RoundRef<'a>,
    text: TextHash,
    commitments: u8,
    other_text: TextHash,
    other_commitments: u8,
    /// Each unit's pledge in force.
    pledges: HashMap<usize, Id>,
}

impl<'a> Players<'a> {
    /// Sets the stage.
    ///
    /// # Errors
    /// Papers that do not hold what they should.
    pub(crate) fn new(
        draw: Draw,
        rows: &'a [Row],
        members: &'a [Member<'a>],
        scribe: Scribe,
        papers: &'a Papers,
    ) -> Result<Self, Error> {
        let (text, other) = (papers.text()?, other_text()?);
        Ok(Self {
            draw,
            rows,
            members,
            scribe,
            round: RoundRef { opener: UnitId::new(ROOT)?, id: papers.open_round()?.id },
            text: pledge_text_hash(&text),
            commitments: text.commitments.count(),
            other_text: pledge_text_hash(&other),
            other_commitments: other.commitments.count(),
            pledges: HashMap::new(),
        })
    }

    /// The scribe.
    pub(crate) fn scribe(&mut self) -> &mut Scribe {
        &mut self.scribe
    }

    /// Publishes what is left.
    ///
    /// # Errors
    /// Those of the disk.
    pub(crate) fn finish(self) -> Result<Head, Error> {
        self.scribe.finish()
    }

    /// The id of a unit.
    ///
    /// # Errors
    /// For no place of the roster.
    pub(crate) fn id(&self, unit: usize) -> Result<&'a str, Error> {
        Ok(&self.row(unit)?.unit)
    }

    fn row(&self, unit: usize) -> Result<&'a Row, Error> {
        self.rows.get(unit).ok_or_else(|| "no such unit in the roster".into())
    }

    /// The root enrols every unit but the one that comes later.
    ///
    /// # Errors
    /// What the rules refuse.
    pub(crate) fn enroll_all(&mut self, story: &Story, from: u64) -> Result<(), Error> {
        let here = (0..self.rows.len()).filter(|unit| story.enrolled_late != Some(*unit));
        let statements = here.map(|unit| self.enrolment(unit)).collect::<Result<Vec<_>, Error>>()?;
        self.scribe.say_all(&statements, from, from + 600)?;
        for member in self.members.iter().filter(|member| member.key == Key::Example) {
            self.scribe.hand_over(member.id, self.draw.key(member.id));
        }
        Ok(())
    }

    fn enrolment(&self, unit: usize) -> Result<Statement<'a>, Error> {
        let mut enroll = forms::enroll(self.row(unit)?)?;
        if self.members.get(unit).is_some_and(|member| member.key == Key::Example) {
            enroll.key = Some(public(&self.draw.key(enroll.unit.as_str())));
        }
        Ok(Statement::Enroll(enroll))
    }

    /// Acts out one event.
    ///
    /// # Errors
    /// What the rules refuse: a fault of the story.
    pub(crate) fn play(&mut self, event: &Event) -> Result<(), Error> {
        let Event { made_at, logged_at, signer, deed } = *event;
        let (made, logged, id) = (at(made_at)?, at(logged_at)?, self.id(signer)?);
        let mut expected = None;
        let (mut next_key, mut new_name) = (None, String::new());
        let statement = match deed {
            Deed::Pledge(saying) => Statement::Pledge(self.pledge(saying)?),
            Deed::ForeignPledge(saying) => {
                expected = Some(Rule::ForeignText);
                let accepted = Set::new(1..=self.other_commitments)?;
                Statement::Pledge(Pledge { text: self.other_text, accepted, ..self.pledge(saying)? })
            }
            Deed::Correct(reason, saying) => {
                let replacement = Some(Replacement::Pledge(self.pledge(saying)?));
                Statement::Correction(Correction { target: self.standing(signer)?, reason, replacement })
            }
            Deed::Withdraw => {
                let target = self.standing(signer)?;
                Statement::Correction(Correction { target, reason: Reason::Withdrawn, replacement: None })
            }
            Deed::Enroll(unit) => self.enrolment(unit)?,
            Deed::Rekey(unit, compromised_since) => {
                let subject = self.id(unit)?;
                let key = self.draw.next_key(subject);
                let ends = Some(self.scribe.epoch(subject)?.id);
                let unit = UnitId::new(subject)?;
                let rekey = Rekey { unit, ends, key: Some(public(&key)), compromised_since, document: None };
                next_key = Some((subject, key));
                Statement::Rekey(rekey)
            }
            Deed::Rename(unit) => {
                new_name.push_str(&self.row(unit)?.name);
                new_name.push_str(" (nama baru, contoh)");
                Statement::Amend(Amend {
                    unit: UnitId::new(self.id(unit)?)?,
                    name: Some(Name::new(&new_name)?),
                    parent: None,
                })
            }
            Deed::Retire(unit, successor) => {
                let successor = successor.map(|unit| Ok::<_, Error>(UnitId::new(self.id(unit)?)?)).transpose()?;
                let unit = UnitId::new(self.id(unit)?)?;
                Statement::Retire(Retire { unit, successors: Set::new(successor)?, document: None })
            }
            Deed::Brief(reached) => {
                let (round, held_on) = (self.round, day(made_at)?);
                Statement::Briefing(Briefing { round, held_on, topic: Topic::SocialMedia, reached, material: None })
            }
            Deed::MonitorNil => {
                let (round, to) = (self.round, day(made_at)?);
                let from = to.saturating_sub(30);
                Statement::Monitoring(Monitoring { round, from, to, cases: Set::empty(), risks: Set::empty() })
            }
            Deed::Refer => {
                let case =
                    StatusCount { category: Category::A, status: CaseStatus::Reported, persons: Persons::ONE_OR_TWO };
                let (round, cases) = (self.round, Set::new([case])?);
                let (overdue, sanctions) = (Persons::NONE, Set::empty());
                Statement::Referral(Referral { round, channel: Channel::Bawaslu, cases, overdue, sanctions })
            }
        };
        let said = self.scribe.say(id, statement, made, logged, expected)?;
        if matches!(deed, Deed::Pledge(_) | Deed::Correct(..)) {
            self.pledges.insert(signer, said);
        }
        if let Some((unit, key)) = next_key {
            self.scribe.hand_over(unit, key);
        }
        Ok(())
    }

    fn pledge(&self, saying: Saying) -> Result<Pledge<'a>, Error> {
        let Saying { without, coverage, form, role } = saying;
        let accepted = Set::new((1..=self.commitments).filter(|number| Some(*number) != without))?;
        Ok(Pledge { round: self.round, text: self.text, accepted, form, role, coverage, document: None })
    }

    fn standing(&self, unit: usize) -> Result<Id, Error> {
        self.pledges.get(&unit).copied().ok_or_else(|| "there is no pledge to correct".into())
    }
}

/// Days since 1970 in Indonesia's west, where it is seven hours later than in UTC.
fn day(seconds: u64) -> Result<Day, Error> {
    Ok(Day::try_from((seconds + 7 * 3600) / DAY)?)
}

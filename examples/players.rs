//! The units of a roster, acting out a story.

use std::collections::{HashMap, HashSet};

use ikrar_core::digest::{DocumentHash, Id, PublicKey};
use ikrar_core::field::{Name, Origin, ProofBytes, Set, Text, UnitId};
use ikrar_core::rule::Rule;
use ikrar_core::statement::{
    Amend, Briefing, Correction, Day, Monitoring, OpenJournal, OpenRound, Pledge, PledgeText, ROOT, Reason, Referral,
    Rekey, Replacement, Retire, RoundRef, Statement,
};
use ikrar_log::forms;
use ikrar_log::roster::Row;
use ikrar_log::store::Head;
use sha2::{Digest as _, Sha256};

use crate::calendar::{DAY, HOUR};
use crate::draw::Draw;
use crate::papers::{Pledged, other_text};
use crate::scribe::{Scribe, public};
use crate::story::{Deed, Event, Handed, Key, Member, Saying};
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

/// The papers, as the players hold them.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    /// The texts.
    pub(crate) texts: &'a [PledgeText<'a>],
    /// The rounds.
    pub(crate) rounds: &'a [OpenRound<'a>],
    /// The witness policy.
    pub(crate) policy: &'a str,
}

/// A statement of a unit that it may come back to.
#[derive(Clone, Copy)]
struct Said {
    id: Id,
    seq: u64,
}

/// Every unit, and the scribe who signs for it.
pub(crate) struct Players<'a> {
    draw: Draw,
    rows: &'a [Row],
    members: &'a [Member<'a>],
    scribe: Scribe,
    desk: Desk<'a>,
    rounds: Vec<RoundRef<'a>>,
    /// How many keys a unit has had.
    keys: HashMap<usize, u32>,
    /// Each unit's pledge in force, by round.
    pledges: HashMap<(usize, usize), Said>,
    /// Each unit's last referral, by round.
    referrals: HashMap<(usize, usize), Said>,
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
        desk: Desk<'a>,
    ) -> Result<Self, Error> {
        // A round is opened by the unit at the top of its scope.
        let rounds = desk.rounds.iter().map(|round| RoundRef { opener: round.subtree, id: round.id }).collect();
        let (keys, pledges, referrals) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { draw, rows, members, scribe, desk, rounds, keys, pledges, referrals })
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

    /// The root enrols these units.
    ///
    /// # Errors
    /// What the rules refuse.
    pub(crate) fn enroll_all(&mut self, units: impl Iterator<Item = usize>, from: u64) -> Result<(), Error> {
        let statements = units.map(|unit| self.enrolment(unit)).collect::<Result<Vec<_>, Error>>()?;
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
        let Event { made_at, logged_at, signer, round, deed } = event;
        let (made, logged) = (at(*made_at)?, at(*logged_at)?);
        match deed {
            Deed::Checkpoint => return self.scribe.cosign(*logged_at, self.draw),
            Deed::Anchor => return self.scribe.anchor(logged),
            Deed::Enroll(unit) => {
                let id = self.id(*unit)?;
                self.scribe.hand_over(id, self.draw.key(id));
            }
            _ => {}
        }
        let id = signer.map_or(Ok(ROOT), |signer| self.id(signer))?;
        let seq = self.scribe.epoch(id)?.next_seq;
        let (mut name, mut next_key) = (String::new(), None);
        if let Deed::Rename(unit) = deed {
            name = format!("{} (nama baru, contoh)", self.row(*unit)?.name);
        }
        if let Deed::Rekey(unit, _) | Deed::Dispute(unit) = deed {
            let number = self.keys.entry(*unit).or_insert(1);
            *number += 1;
            let number = *number;
            let key = match self.members.get(*unit).map(|member| member.key) {
                Some(Key::None) if number == 2 => self.draw.key(self.id(*unit)?),
                _ => self.draw.later_key(self.id(*unit)?, number),
            };
            next_key = Some((self.id(*unit)?, key));
        }
        let key = next_key.as_ref().map(|(_, key)| public(key));
        let statement = match deed {
            Deed::Checkpoint | Deed::Anchor => return Ok(()),
            Deed::Policy => Statement::PublishPolicy(Text::new(self.desk.policy)?),
            Deed::PublishText(text) => {
                Statement::PublishText(self.desk.texts.get(*text).ok_or("no such text")?.clone())
            }
            Deed::Open => Statement::OpenRound(self.desk.rounds.get(*round).ok_or("no such round")?.clone()),
            Deed::Rename(unit) => {
                Statement::Amend(Amend { unit: self.unit(*unit)?, name: Some(Name::new(&name)?), parent: None })
            }
            Deed::Move(unit, parent) => {
                let parent = parent.map_or_else(|| Ok(UnitId::new(ROOT)?), |parent| self.unit(parent))?;
                Statement::Amend(Amend { unit: self.unit(*unit)?, name: None, parent: Some(parent) })
            }
            Deed::Rekey(unit, since) => self.rekey(*unit, key, *since)?,
            Deed::Dispute(unit) => {
                let since = self.pledges.get(&(*unit, *round)).ok_or("there is no pledge to dispute")?.seq;
                self.rekey(*unit, key, Some(since))?
            }
            Deed::Revoke(unit) => self.rekey(*unit, None, None)?,
            other => self.statement(*signer, *round, other, *made_at)?,
        };
        let expected = match deed {
            Deed::ForeignPledge(_) => Some(Rule::ForeignText),
            Deed::PledgeAgain(_) => Some(Rule::SecondPledge),
            _ => None,
        };
        let said = Said { id: self.scribe.say(id, statement, made, logged, expected)?, seq };
        if let Some(signer) = *signer {
            match deed {
                Deed::Pledge(_) | Deed::Correct(..) => drop(self.pledges.insert((signer, *round), said)),
                Deed::Refer(_) | Deed::ReferAgain(_) => drop(self.referrals.insert((signer, *round), said)),
                _ => {}
            }
        }
        if let Some((unit, key)) = next_key {
            self.scribe.hand_over(unit, key);
        }
        Ok(())
    }

    /// What a unit says of others, and of itself.
    fn statement(&self, signer: Option<usize>, at: usize, deed: &Deed, made_at: u64) -> Result<Statement<'a>, Error> {
        let signer = signer.ok_or("the root says nothing in a round")?;
        let round = *self.rounds.get(at).ok_or("no such round")?;
        let standing = || self.pledges.get(&(signer, at)).map(|said| said.id).ok_or("there is no pledge to correct");
        Ok(match deed {
            Deed::Pledge(saying) | Deed::PledgeAgain(saying) => Statement::Pledge(self.pledge(round, *saying)?),
            Deed::ForeignPledge(saying) => {
                let other = Pledged::of(&other_text()?);
                let accepted = Set::new(1..=other.commitments)?;
                Statement::Pledge(Pledge { text: other.hash, accepted, ..self.pledge(round, *saying)? })
            }
            Deed::Correct(reason, saying) => {
                let replacement = Some(Replacement::Pledge(self.pledge(round, *saying)?));
                Statement::Correction(Correction { target: standing()?, reason: *reason, replacement })
            }
            Deed::Withdraw => {
                let (target, reason) = (standing()?, Reason::Withdrawn);
                Statement::Correction(Correction { target, reason, replacement: None })
            }
            Deed::Enroll(unit) => self.enrolment(*unit)?,
            Deed::Retire(unit, successors) => {
                let successors = successors.iter().map(|unit| self.unit(*unit)).collect::<Result<Vec<_>, Error>>()?;
                Statement::Retire(Retire { unit: self.unit(*unit)?, successors: sorted(successors)?, document: None })
            }
            Deed::OpenJournal => self.journal(signer)?,
            Deed::Brief(topic, reached) => {
                let (held_on, topic, reached) = (day(made_at)?, *topic, *reached);
                Statement::Briefing(Briefing { round, held_on, topic, reached, material: None })
            }
            Deed::Monitor(days, cases, risks) => {
                let to = day(made_at)?;
                let (from, cases, risks) =
                    (to.saturating_sub(*days), Set::new(cases.clone())?, Set::new(risks.clone())?);
                Statement::Monitoring(Monitoring { round, from, to, cases, risks })
            }
            Deed::Refer(handed) => Statement::Referral(referral(round, handed)?),
            Deed::ReferAgain(handed) => {
                let target = self.referrals.get(&(signer, at)).ok_or("there is no referral to correct")?.id;
                let replacement = Some(Replacement::Referral(referral(round, handed)?));
                Statement::Correction(Correction { target, reason: Reason::NewInformation, replacement })
            }
            _ => return Err("no statement of a unit".into()),
        })
    }

    fn unit(&self, unit: usize) -> Result<UnitId<'a>, Error> {
        Ok(UnitId::new(self.id(unit)?)?)
    }

    fn rekey(&self, unit: usize, key: Option<PublicKey>, since: Option<u64>) -> Result<Statement<'a>, Error> {
        let ends = self.scribe.epoch(self.id(unit)?).ok().map(|epoch| epoch.id);
        Ok(Statement::Rekey(Rekey { unit: self.unit(unit)?, ends, key, compromised_since: since, document: None }))
    }

    /// A device of the unit is provisioned from the last checkpoint; with which roster is invented too.
    fn journal(&self, unit: usize) -> Result<Statement<'a>, Error> {
        let head = self.scribe.published().ok_or("nothing is published yet")?;
        Ok(Statement::OpenJournal(OpenJournal {
            registry: self.scribe.registry(),
            tree_size: head.size,
            root: head.root,
            roster: DocumentHash(Sha256::digest(self.id(unit)?).into()),
            origin: Origin::new("example.org/ikrar/contoh/perangkat")?,
            key: public(&self.draw.key(&format!("{} perangkat", self.id(unit)?))),
            proof: ProofBytes::new(&[])?,
        }))
    }

    fn pledge(&self, round: RoundRef<'a>, saying: Saying) -> Result<Pledge<'a>, Error> {
        let Saying { text, without, coverage, form, role } = saying;
        let Pledged { hash, commitments } = Pledged::of(self.desk.texts.get(text).ok_or("no such text")?);
        let accepted = Set::new((1..=commitments).filter(|number| Some(*number) != without))?;
        Ok(Pledge { round, text: hash, accepted, form, role, coverage, document: None })
    }
}

fn sorted(mut units: Vec<UnitId<'_>>) -> Result<Set<UnitId<'_>, 16>, Error> {
    units.sort();
    Ok(Set::new(units)?)
}

fn referral<'a>(round: RoundRef<'a>, handed: &Handed) -> Result<Referral<'a>, Error> {
    let (cases, sanctions) = (handed.cases()?, handed.sanctions()?);
    Ok(Referral { round, channel: handed.channel, cases, overdue: handed.overdue, sanctions })
}

/// Days since 1970 in Indonesia's west, where it is seven hours later than in UTC.
fn day(seconds: u64) -> Result<Day, Error> {
    Ok(Day::try_from((seconds + 7 * HOUR) / DAY)?)
}

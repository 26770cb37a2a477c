//! The memory of a host: everything that was applied, with its place in the log, so that any status can be told as of
//! any point (spec §7, §8).

mod clock;
mod facts;
mod room;
mod saved;
mod shelf;
mod statements;
mod store;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Id, PublicKey, TextHash};
use ikrar_core::field::Time;
use ikrar_core::rule::Rule;
use ikrar_core::state::{At, Epoch, KeyOwner};
use ikrar_core::statement::{Cadence, Duty, Place, ROOT, Reason, RoundRef, Stage, Statement};
use serde::{Deserialize, Serialize};

use crate::by_start::ByStart;
use crate::census::{Census, Change, ChangeKind, UnitIx};
use clock::Clock;

pub use facts::{BriefingFacts, Facts, MonitoringFacts, PledgeFacts, ReferralFacts};
pub use room::Room;
pub use shelf::{Shelf, ShelfError};
pub use statements::Statements;

/// Handle of a round: its place in the order of opening.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct RoundIx(pub(crate) usize);

/// What `Genesis` said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Registry {
    /// Name of the registry.
    pub name: String,
    /// Origin of the log.
    pub origin: String,
    /// Everything in it is invented.
    pub synthetic: bool,
    /// The key that signed it.
    pub root_key: PublicKey,
}

/// What is kept of a unit beside its post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitRecord {
    /// Its id.
    pub id: Box<str>,
    /// The key epoch in force.
    pub epoch: Option<Epoch>,
    /// The entry that first gave it a key.
    pub keyed_since: Option<At>,
    /// Index of its last authentic attestation.
    pub last: Option<u64>,
    /// Index of its last authentic attestation before each end of a key epoch, ascending: what came of a queue then.
    pub ended: Vec<u64>,
    /// Where it is.
    pub place: Option<Place>,
    /// Its time zone.
    pub zone: Option<Box<str>>,
    /// Its statements that applied, in log order.
    pub statements: Statements,
    /// From where on statements of ended epochs are void, in log order.
    pub disputes: Vec<Dispute>,
    /// Pledges that had no effect because the round does not accept their text.
    foreign: Vec<ForeignPledge>,
    /// The rounds that it opened, by id.
    opened: BTreeMap<Box<str>, RoundIx>,
    /// The youngest round that it spoke of, and the place of its latest statement of each kind about it.
    youngest: Option<(RoundIx, [Option<u32>; 4])>,
}

/// A pledge that had no effect because its round does not accept the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ForeignPledge {
    /// Where and when it was logged.
    pub at: At,
    /// The epoch it was signed under.
    pub epoch: Id,
    /// Its number in the epoch.
    pub seq: u64,
    /// The round.
    pub round: RoundIx,
    /// The text.
    pub text: TextHash,
}

/// A stretch of an ended epoch that is void.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Dispute {
    /// The rekey that said so.
    pub at: At,
    /// The epoch that it ended.
    pub epoch: Id,
    /// The first void number.
    pub since: u64,
}

/// What a statement does to the ones before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Act {
    /// It stands by itself.
    New,
    /// It takes the place of another.
    Replaces(Id, Reason),
    /// It withdraws another for good.
    Withdraws(Id, Reason),
}

/// A statement of a unit about a round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatementRecord {
    /// Where and when it was logged.
    pub at: At,
    /// Its id.
    pub id: Id,
    /// The epoch it was signed under.
    pub epoch: Id,
    /// Its number in the epoch.
    pub seq: u64,
    /// The signer's clock.
    pub made_at: Time,
    /// The round.
    pub round: RoundIx,
    /// Its kind.
    pub duty: Duty,
    /// What it does to the ones before it.
    pub act: Act,
    /// What it says; a withdrawal says nothing.
    pub facts: Option<Facts>,
    /// Place among its unit's statements of the one before it of the same kind about the same round.
    before: Option<u32>,
}

/// A published text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TextRecord {
    /// Index of its entry.
    pub index: u64,
    /// Its id.
    pub id: String,
    /// Version under that id.
    pub version: u16,
    /// Its title.
    pub title: String,
    /// Language tag.
    pub language: String,
    /// Number of commitments.
    pub commitments: u8,
    /// The commitments, in order.
    pub wording: Vec<String>,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoundRecord {
    /// Where and when it was logged.
    pub at: At,
    /// Who opened it.
    pub opener: UnitIx,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What brings it about.
    pub cadence: Cadence,
    /// Its place in an election.
    pub stage: Stage,
    /// When it opens.
    pub opens: Time,
    /// The last second in time.
    pub due: Time,
    /// When its pledges lapse.
    pub expires: Option<Time>,
    /// Zone in which times are shown.
    pub zone: Option<String>,
    /// Top of the subtree that owes.
    pub subtree: UnitIx,
    /// Kinds that owe; empty: all.
    pub kinds: Vec<String>,
    /// What they owe.
    pub required: Vec<Duty>,
    /// Texts that it accepts.
    pub texts: Vec<TextHash>,
    /// Legal bases.
    pub bases: Vec<String>,
}

/// Witnessed time: the entries below `size` existed by `time`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AnchorRecord {
    /// Where and when the anchor was logged.
    pub at: At,
    /// Size of its checkpoint.
    pub size: u64,
    /// Its time.
    pub time: Time,
}

/// The history of a log up to a prefix. Made by applying entries through `LogState<History>`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History {
    registry: Option<Registry>,
    units: Vec<UnitRecord>,
    #[serde(skip)]
    by_id: HashMap<Box<str>, UnitIx>,
    #[serde(skip)]
    census: Census,
    changes: Vec<Change>,
    keys: HashMap<PublicKey, KeyOwner<UnitIx>>,
    texts: HashMap<ByStart<TextHash>, TextRecord>,
    rounds: Vec<RoundRecord>,
    log_keys: Vec<(u64, PublicKey)>,
    policy: Option<Box<str>>,
    anchors: Vec<AnchorRecord>,
    clock: Clock,
    /// Statements that lie on no shelf.
    #[serde(skip)]
    in_memory: usize,
    #[serde(skip)]
    shelf: Option<Arc<Shelf>>,
}

impl History {
    /// Before entry 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// What `Genesis` said; none before it.
    pub fn registry(&self) -> Option<&Registry> {
        self.registry.as_ref()
    }

    /// Every unit that was ever enrolled, `root` and `recovery` first.
    pub fn units(&self) -> impl Iterator<Item = (UnitIx, &UnitRecord)> {
        self.units.iter().enumerate().filter_map(|(place, unit)| Some((UnitIx::new(place)?, unit)))
    }

    /// Number of units ever enrolled, without `root` and `recovery`.
    pub fn enrolled(&self) -> usize {
        self.units.iter().filter(|unit| !is_reserved(&unit.id)).count()
    }

    /// A unit by its handle.
    pub fn record(&self, unit: UnitIx) -> &UnitRecord {
        &self.units[unit.place()]
    }

    /// A unit by its id.
    pub fn unit_by_id(&self, id: &str) -> Option<UnitIx> {
        self.by_id.get(id).copied()
    }

    /// The roster now.
    pub fn census(&self) -> &Census {
        &self.census
    }

    /// Every change of roster and keys, in log order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Every round, in order of opening.
    pub fn rounds(&self) -> impl Iterator<Item = (RoundIx, &RoundRecord)> {
        self.rounds.iter().enumerate().map(|(place, round)| (RoundIx(place), round))
    }

    /// A round by its handle.
    pub fn round_record(&self, round: RoundIx) -> &RoundRecord {
        &self.rounds[round.0]
    }

    /// A round by its id alone where only one opener has it, else by `OPENER/ID`.
    ///
    /// # Errors
    /// The names of the rounds that it could be; empty where there is none.
    pub fn round_by_name(&self, name: &str) -> Result<RoundIx, Vec<String>> {
        let wanted = |(_, round): &(RoundIx, &RoundRecord)| round.id == name || self.round_name(round) == name;
        let found: Vec<_> = self.rounds().filter(wanted).collect();
        match found.as_slice() {
            [(round, _)] => Ok(*round),
            several => Err(several.iter().map(|(_, round)| self.round_name(round)).collect()),
        }
    }

    /// `OPENER/ID`.
    pub fn round_name(&self, round: &RoundRecord) -> String {
        format!("{}/{}", self.record(round.opener).id, round.id)
    }

    /// A published text.
    pub fn text_record(&self, text: &TextHash) -> Option<&TextRecord> {
        self.texts.get(&ByStart(*text))
    }

    /// The hash of the latest published version of the text with this id.
    pub fn text_by_id(&self, id: &str) -> Option<TextHash> {
        self.texts.iter().filter(|(_, text)| text.id == id).max_by_key(|(_, text)| text.index).map(|(hash, _)| hash.0)
    }

    /// The witness policy in force, as it was published.
    pub fn witness_policy(&self) -> Option<&str> {
        self.policy.as_deref()
    }

    /// Anchors that applied, in log order.
    pub fn anchors(&self) -> &[AnchorRecord] {
        &self.anchors
    }

    /// Index of each applied `RekeyLog`.
    pub fn log_rekeys(&self) -> impl Iterator<Item = u64> + '_ {
        self.log_keys.iter().filter_map(|(from, _)| from.checked_sub(1))
    }

    /// The size from which the log's key in force signs.
    pub fn log_key_since(&self) -> u64 {
        self.log_keys.last().map_or(0, |(from, _)| *from)
    }

    /// The log's key for checkpoints of this size.
    pub fn key_for_size(&self, size: u64) -> Option<PublicKey> {
        self.log_keys.iter().rev().find(|(from, _)| *from <= size).map(|(_, key)| *key)
    }

    /// Number of entries before the first that was logged at `time` or later, by the operator's clock. What is logged
    /// after that one never changes it.
    pub fn entries_before(&self, time: Time) -> u64 {
        let found = self.clock.find(0, |_, latest| latest >= time, |run| run.logged_at >= time);
        found.map_or(self.clock.size(), |run| run.first)
    }

    /// The first entry of this range that was logged at or before `time`, by the operator's clock.
    pub(crate) fn first_logged_by(&self, time: Time, range: std::ops::Range<u64>) -> Option<u64> {
        let found = self.clock.find(range.start, |earliest, _| earliest <= time, |run| run.logged_at <= time)?;
        Some(found.first.max(range.start)).filter(|index| range.contains(index))
    }

    /// Remembers what a verdict without effect says about a unit.
    pub fn remark(&mut self, at: At, attestation: &Attestation<'_>, rule: Rule) {
        let body = attestation.body();
        if let (Rule::ForeignText, Statement::Pledge(pledge)) = (rule, &body.statement)
            && let Some(unit) = self.unit_by_id(body.unit.as_str())
            && let Some(round) = self.round_by_ref(pledge.round)
        {
            let (epoch, seq) = (body.epoch, body.seq);
            self.units[unit.place()].foreign.push(ForeignPledge { at, epoch, seq, round, text: pledge.text });
        }
    }

    /// A round by its opener and id.
    pub fn round_by_ref(&self, round: RoundRef<'_>) -> Option<RoundIx> {
        // Most statements are about the round that was opened last.
        if let Some(last) = self.rounds.last()
            && last.id == round.id.as_str()
            && *self.record(last.opener).id == *round.opener.as_str()
        {
            return self.rounds.len().checked_sub(1).map(RoundIx);
        }
        let opener = self.unit_by_id(round.opener.as_str())?;
        self.record(opener).opened.get(round.id.as_str()).copied()
    }

    /// A unit's statements of one kind about one round that are not void, the latest first: as [`UnitRecord::undisputed`]
    /// finds them among all, and without looking at the others.
    fn undisputed_latest_first(
        &self,
        unit: UnitIx,
        round: RoundIx,
        duty: Duty,
    ) -> impl Iterator<Item = &StatementRecord> {
        let record = self.record(unit);
        let at = |place: u32| record.statements.get(usize::try_from(place).ok()?);
        let latest = record.latest(round, duty).and_then(at);
        let all = std::iter::successors(latest, move |statement| at(statement.before?));
        all.filter(|statement| !record.is_void(statement.epoch, statement.seq, |_| true))
    }

    fn add_unit(&mut self, id: &str) -> Option<UnitIx> {
        if let Some(unit) = self.unit_by_id(id) {
            return Some(unit);
        }
        let unit = UnitIx::new(self.units.len())?;
        self.units.push(UnitRecord {
            id: id.into(),
            epoch: None,
            keyed_since: None,
            last: None,
            ended: Vec::new(),
            place: None,
            zone: None,
            statements: Statements::default(),
            disputes: Vec::new(),
            foreign: Vec::new(),
            opened: BTreeMap::new(),
            youngest: None,
        });
        self.by_id.insert(id.into(), unit);
        Some(unit)
    }

    fn install(&mut self, at: At, unit: UnitIx, epoch: Option<Epoch>) {
        let record = &mut self.units[unit.place()];
        if let Some(last) = record.last.filter(|last| record.epoch.is_some() && record.ended.last() != Some(last)) {
            record.ended.push(last);
        }
        record.epoch = epoch;
        if let Some(epoch) = epoch {
            record.keyed_since.get_or_insert(at);
            self.keys.insert(epoch.key, KeyOwner::Unit(unit));
        }
    }

    fn change(&mut self, change: Change) {
        self.census.apply(&change);
        if let ChangeKind::Rekeyed { ended: Some(epoch), compromised_since: Some(since), .. } = change.kind {
            self.units[change.unit.place()].disputes.push(Dispute { at: change.at, epoch, since });
        }
        self.changes.push(change);
    }
}

impl UnitRecord {
    /// Its pledges to texts that a round does not accept, those left out that are not its own.
    pub fn foreign_pledges(&self, round: RoundIx) -> impl Iterator<Item = &ForeignPledge> {
        self.foreign.iter().filter(move |it| it.round == round && !self.is_void(it.epoch, it.seq, |_| true))
    }

    /// The place among its statements of the latest of a kind about a round. Units speak of rounds as they are opened, so
    /// the statements themselves are seldom looked at.
    fn latest(&self, round: RoundIx, duty: Duty) -> Option<u32> {
        let (youngest, places) = self.youngest?;
        match round.cmp(&youngest) {
            Ordering::Greater => None,
            Ordering::Equal => places[kind_place(duty)],
            Ordering::Less => {
                let place = self.statements.iter().rposition(|it| it.round == round && it.duty == duty)?;
                u32::try_from(place).ok()
            }
        }
    }

    /// Takes note of a statement at a place, and gives that of the one before it of the same kind about the same round.
    fn spoke(&mut self, round: RoundIx, duty: Duty, place: u32) -> Option<u32> {
        let before = self.latest(round, duty);
        match &mut self.youngest {
            Some((youngest, places)) if *youngest == round => places[kind_place(duty)] = Some(place),
            Some((youngest, _)) if *youngest > round => {}
            youngest => {
                let mut places = [None; 4];
                places[kind_place(duty)] = Some(place);
                *youngest = Some((round, places));
            }
        }
        before
    }

    /// Is the statement void, by the disputes that `counts` lets count?
    pub fn is_void(&self, epoch: Id, seq: u64, counts: impl Fn(At) -> bool) -> bool {
        self.disputes_of(epoch, seq).any(counts)
    }

    /// The rekeys that make the statement void, in log order.
    pub fn disputes_of(&self, epoch: Id, seq: u64) -> impl Iterator<Item = At> + '_ {
        let of = self.disputes.iter().filter(move |dispute| dispute.epoch == epoch && seq >= dispute.since);
        of.map(|dispute| dispute.at)
    }

    /// The statements of one kind about one round that are not void, in log order; of those that `counts` lets count.
    pub fn undisputed<'a>(
        &'a self,
        round: RoundIx,
        duty: Duty,
        counts: impl Fn(At) -> bool + 'a,
    ) -> impl DoubleEndedIterator<Item = &'a StatementRecord> + 'a {
        self.statements.iter().filter(move |statement| {
            statement.round == round
                && statement.duty == duty
                && counts(statement.at)
                && !self.is_void(statement.epoch, statement.seq, &counts)
        })
    }
}

impl StatementRecord {
    /// The statement that it supersedes or withdraws.
    pub fn target(&self) -> Option<Id> {
        match self.act {
            Act::New => None,
            Act::Replaces(target, _) | Act::Withdraws(target, _) => Some(target),
        }
    }

    /// What a pledge, or the correction of one, says.
    pub fn pledge(&self) -> Option<PledgeFacts> {
        match self.facts {
            Some(Facts::Pledge(pledge)) => Some(pledge),
            _ => None,
        }
    }

    /// Does it withdraw another?
    pub fn is_withdrawal(&self) -> bool {
        matches!(self.act, Act::Withdraws(..))
    }
}

fn kind_place(duty: Duty) -> usize {
    match duty {
        Duty::Pledge => 0,
        Duty::Briefing => 1,
        Duty::Monitoring => 2,
        Duty::Referral => 3,
    }
}

pub(crate) fn is_reserved(unit: &str) -> bool {
    matches!(unit, ROOT | ikrar_core::statement::RECOVERY)
}

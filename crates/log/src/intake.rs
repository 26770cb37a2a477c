//! Intake: the operator's gate, which is the auditor's state machine (spec §7.1).
//!
//! Signatures are checked ahead, in batches (`offer`); the state machine asks what was found. An attestation that is
//! refused is tried again when the one that it names as its unit's last goes in (`turns`), and at no other time, for
//! nothing else could let it in. So a call takes time in proportion to what it is given, in whatever order.

mod logged;
mod offer;
mod turns;

use std::collections::HashSet;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Id;
use ikrar_core::entry::{HEADER_LENGTH, Payload, ReadEntry};
use ikrar_core::field::{Code, Time, UnitId};
use ikrar_core::rule::Rule;
use ikrar_core::state::{At, LogState, Outcome};
use ikrar_core::statement::{RoundRef, Statement};

use crate::by_start::ByStart;
use crate::history::History;
use crate::medium::Medium;
use crate::store::{self, Store};
use crate::verify::Effort;
use logged::Logged;
use offer::{Offer, offers};
use turns::Turns;

/// What became of an attestation at intake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// It goes into the log at this index; a rule may keep it from having an effect.
    Logged {
        /// Index of its entry.
        index: u64,
        /// Its id.
        id: Id,
        /// Why it changes nothing.
        no_effect: Option<Rule>,
    },
    /// It is in the log already, or earlier in this batch.
    Duplicate {
        /// Its id.
        id: Id,
    },
    /// It does not enter the log.
    Refused {
        /// Its id, where it decodes.
        id: Option<Id>,
        /// The rule that it breaks.
        rule: Rule,
    },
}

/// A batch at the gate: the state grows with what is taken, and nothing is written here.
pub struct Intake {
    state: LogState<History>,
    logged_at: Time,
    entries: Vec<Vec<u8>>,
    batch: HashSet<ByStart<Id>>,
    effort: Effort,
}

impl Intake {
    /// A gate to the log whose verified state this is; `logged_at` is the operator's clock. That a log without errors is
    /// verified is the caller's part: of an entry that was rejected, none of the answers here takes note.
    pub fn new(state: LogState<History>, logged_at: Time) -> Self {
        Self { state, logged_at, entries: Vec::new(), batch: HashSet::new(), effort: Effort::default() }
    }

    /// As [`Self::new`], with so much effort for the signatures; it changes no answer.
    pub fn with_effort(state: LogState<History>, logged_at: Time, effort: Effort) -> Self {
        Self { effort, ..Self::new(state, logged_at) }
    }

    /// The entries taken so far, in order.
    pub fn entries(&self) -> &[Vec<u8>] {
        &self.entries
    }

    /// The state with what was taken.
    pub fn state(&self) -> &LogState<History> {
        &self.state
    }

    /// Takes attestations; where one must wait for another of the batch, the order of files does not matter. Answers
    /// are in the order given.
    ///
    /// # Errors
    /// Those of reading `store`, which is asked only about attestations that are refused where the state cannot tell
    /// whether they are logged already.
    pub fn take<M: Medium>(&mut self, attestations: &[Vec<u8>], store: &Store<M>) -> Result<Vec<Taken>, store::Error> {
        let history = self.state.store();
        let offers = offers(attestations, history, self.effort);
        let is_new = |round: &RoundRef<'_>| history.round_by_ref(*round).is_none();
        let opened = offers.iter().filter_map(Offer::opens).filter(is_new).map(|it| (it.opener, it.id)).collect();
        let taken_before = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        let logged = Logged::new(store, self.state.chain().size().saturating_sub(taken_before));
        let answers = vec![None; offers.len()];
        let mut call = Call {
            turns: Turns::of(0..offers.len()),
            later: Vec::new(),
            intake: self,
            offers,
            opened,
            logged,
            answers,
        };
        call.run()?;
        Ok(call.answers.into_iter().flatten().collect())
    }
}

/// One call of [`Intake::take`].
struct Call<'i, 'a, 's, M> {
    intake: &'i mut Intake,
    offers: Vec<Offer<'a>>,
    /// The rounds that attestations of this call open: what answers to one of them would have no effect before it.
    opened: HashSet<(UnitId<'a>, Code<'a>)>,
    /// What answers to them.
    later: Vec<usize>,
    turns: Turns,
    logged: Logged<'s, M>,
    answers: Vec<Option<Taken>>,
}

impl<'a, M: Medium> Call<'_, 'a, '_, M> {
    fn run(&mut self) -> Result<(), store::Error> {
        let taken_before = self.intake.entries.len();
        self.take_turns()?;
        self.opened.clear();
        self.turns.add(self.later.drain(..));
        self.take_turns()?;
        // Those that stay refused: by the rule that they break in the end.
        if self.intake.entries.len() > taken_before {
            self.turns.add_waiting();
            self.take_turns()?;
        }
        Ok(())
    }

    fn take_turns(&mut self) -> Result<(), store::Error> {
        while let Some(place) = self.turns.next() {
            let Some(kept) = self.offers.get_mut(place).map(Offer::kept) else { continue };
            // Large, so it goes to the heap only where it is tried again.
            let again = if let Some(kept) = kept {
                self.take_turn(place, &kept)?.then_some(kept)
            } else if let Some(attestation) = self.offers.get(place).and_then(Offer::decode) {
                self.take_turn(place, &attestation)?.then(|| Box::new(attestation))
            } else {
                self.answers[place] = Some(Taken::Refused { id: None, rule: Rule::AttestationMalformed });
                None
            };
            if let (Some(attestation), Some(offer)) = (again, self.offers.get_mut(place)) {
                offer.keep(attestation);
            }
        }
        Ok(())
    }

    /// Tries an attestation. Is it to be tried again?
    fn take_turn(&mut self, place: usize, attestation: &Attestation<'a>) -> Result<bool, store::Error> {
        if !self.opened.is_empty() && answers_to(attestation).is_some_and(|round| self.opened.contains(&round)) {
            self.later.push(place);
            return Ok(true);
        }
        let Some(offer) = self.offers.get(place) else { return Ok(false) };
        let mut taken = self.intake.take_one(offer, attestation);
        let mut again = false;
        match taken {
            Taken::Logged { id, .. } => self.turns.wake(place, id),
            Taken::Refused { id: Some(id), .. } => {
                let known = self.logged.known(&self.intake.state, attestation);
                if known.map_or_else(|| self.logged.is_read(id, &self.offers), Ok)? {
                    taken = Taken::Duplicate { id };
                } else {
                    self.turns.wait(place, attestation.body().prev);
                    again = true;
                }
            }
            Taken::Refused { id: None, .. } | Taken::Duplicate { .. } => {}
        }
        self.answers[place] = Some(taken);
        Ok(again)
    }
}

impl Intake {
    fn take_one(&mut self, offer: &Offer<'_>, attestation: &Attestation<'_>) -> Taken {
        let id = attestation.id();
        if self.batch.contains(&ByStart(id)) {
            return Taken::Duplicate { id };
        }
        let refused = |rule| Taken::Refused { id: Some(id), rule };
        let mut buffer = vec![0; HEADER_LENGTH + offer.bytes().len()];
        let payload = Payload::Attestation(offer.bytes());
        let entry = self.state.chain().next_entry(self.logged_at, payload, &mut buffer).ok();
        let Some(read) = entry.and_then(|entry| ReadEntry::holding(entry, attestation)) else {
            return refused(Rule::EntryMalformed);
        };
        let verdict = self.state.admit_read(read, offer.found());
        let no_effect = match verdict.outcome {
            Outcome::Rejected(rule) => return refused(rule),
            // A host keeps everything, so this does not come up; refusing is what is safe.
            Outcome::NotCheckable => return refused(Rule::EntryMalformed),
            Outcome::NoEffect(rule) => {
                let at = At { index: verdict.index, logged_at: self.logged_at };
                self.state.store_mut().remark(at, attestation, rule);
                Some(rule)
            }
            Outcome::Applied => None,
        };
        self.entries.push(buffer);
        self.batch.insert(ByStart(id));
        Taken::Logged { index: verdict.index, id, no_effect }
    }
}

/// The round that an attestation is about.
fn answers_to<'a>(attestation: &Attestation<'a>) -> Option<(UnitId<'a>, Code<'a>)> {
    let round = match &attestation.body().statement {
        Statement::Pledge(it) => it.round,
        Statement::Briefing(it) => it.round,
        Statement::Monitoring(it) => it.round,
        Statement::Referral(it) => it.round,
        _ => return None,
    };
    Some((round.opener, round.id))
}

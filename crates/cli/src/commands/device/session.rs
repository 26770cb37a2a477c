//! A device that was reached: what it says, as owned values, and its refusals as failures.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{DocumentHash, Hash, Id};
use ikrar_core::entry::{Entry, Payload};
use ikrar_terminal::wire::{Answer, Identity, Refusal, Request, Stage, WireMark};

use crate::args::Reach;
use crate::failure::{Failure, refused, unchecked, usage};
use crate::line::{Address, Line, LineError, is_unable};

/// Most items that are read of a roster: more than any device keeps.
const ITEMS: u16 = 2_048;
/// Most bytes that are read of a journal.
const JOURNAL: usize = 1 << 28;

/// Size and root of a tree.
pub(crate) type TreeHead = (u64, Hash);

/// What a roster was taken from.
#[derive(Clone, Debug)]
pub(crate) struct RosterStanding {
    pub(crate) registry: Id,
    pub(crate) origin: String,
    pub(crate) tree_size: u64,
    pub(crate) root: Hash,
    pub(crate) hash: DocumentHash,
}

/// Where a device's unit stands.
#[derive(Clone, Debug)]
pub(crate) struct UnitStanding {
    pub(crate) unit: String,
    pub(crate) epoch: Id,
    pub(crate) next_seq: u64,
    pub(crate) prev: Id,
}

/// Where a device stands.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) stage: Stage,
    pub(crate) size: u64,
    pub(crate) root: Hash,
    pub(crate) first: u64,
    pub(crate) acknowledged: Option<TreeHead>,
    pub(crate) roster: Option<RosterStanding>,
    pub(crate) opened: Option<TreeHead>,
    pub(crate) unit: Option<UnitStanding>,
}

/// What comes before a journal's first entry.
#[derive(Clone, Debug)]
pub(crate) struct Before {
    pub(crate) size: u64,
    pub(crate) head: Hash,
    pub(crate) range: Vec<Hash>,
}

/// An entry of a journal.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    pub(crate) mark: u8,
    pub(crate) entry: Vec<u8>,
}

impl Recorded {
    pub(crate) fn attestation(&self) -> Option<(&[u8], Attestation<'_>)> {
        match Entry::decode(&self.entry).ok()?.payload {
            Payload::Attestation(bytes) => Attestation::decode(bytes).ok().map(|attestation| (bytes, attestation)),
            Payload::Anchor(_) => None,
        }
    }
}

/// The mark's number (spec §13.3).
pub(crate) fn number(mark: WireMark) -> u8 {
    match mark {
        WireMark::Applied => 0,
        WireMark::NoEffect => 1,
        WireMark::NotCheckable => 2,
        WireMark::Hashed => 3,
    }
}

/// A session with a device.
pub(crate) struct Session {
    line: Line,
    pub(crate) identity: Identity,
}

impl Session {
    /// Opens the line, and asks who is there.
    pub(crate) fn open(reach: &Reach) -> Result<Self, Failure> {
        let address = Address::parse(&reach.device, reach.baud)
            .map_err(|error| usage("error-device-address").with("address", &reach.device).because(&error))?;
        let failed = |error: LineError| unchecked("error-device").with("address", &address).because(&error);
        let mut line = Line::open(&address).map_err(failed)?;
        let identity = match line.ask(&Request::Identify).map_err(failed)? {
            Answer::Identity(identity) => identity,
            Answer::Refused(refusal) => return Err(refusal_failure(line.address(), refusal)),
            _ => return Err(unexpected(line.address())),
        };
        Ok(Self { line, identity })
    }

    /// Asks; what is neither a refusal nor read by `read` is no answer to the question.
    pub(crate) fn ask<T>(
        &mut self,
        request: &Request<'_>,
        read: impl FnOnce(Answer<'_>) -> Option<T>,
    ) -> Result<T, Failure> {
        let address = self.line.address().to_owned();
        self.try_ask(request, read)?.map_err(|refusal| refusal_failure(&address, refusal))
    }

    /// As [`ask`](Self::ask), with the refusal as it came.
    pub(crate) fn try_ask<T>(
        &mut self,
        request: &Request<'_>,
        read: impl FnOnce(Answer<'_>) -> Option<T>,
    ) -> Result<Result<T, Refusal>, Failure> {
        let address = self.line.address().to_owned();
        match self.line.ask(request) {
            Err(error) => Err(unchecked("error-device").with("address", address).because(&error)),
            Ok(Answer::Refused(refusal)) => Ok(Err(refusal)),
            Ok(answer) => read(answer).map(Ok).ok_or_else(|| unexpected(&address)),
        }
    }

    pub(crate) fn done(&mut self, request: &Request<'_>) -> Result<(), Failure> {
        self.ask(request, |answer| matches!(answer, Answer::Done).then_some(()))
    }

    /// Where it stands.
    pub(crate) fn standing(&mut self) -> Result<Standing, Failure> {
        self.ask(&Request::Head, |answer| {
            let Answer::Head(head) = answer else { return None };
            Some(Standing {
                stage: head.stage,
                size: head.size,
                root: head.root,
                first: head.first,
                acknowledged: head.acknowledged,
                opened: head.opened,
                roster: head.roster.map(|roster| RosterStanding {
                    registry: roster.registry,
                    origin: roster.origin.as_str().to_owned(),
                    tree_size: roster.tree_size,
                    root: roster.root,
                    hash: roster.hash,
                }),
                unit: head.unit.map(|unit| UnitStanding {
                    unit: unit.unit.as_str().to_owned(),
                    epoch: unit.epoch,
                    next_seq: unit.next_seq,
                    prev: unit.prev,
                }),
            })
        })
    }

    /// The roster's items as they stand.
    pub(crate) fn items(&mut self) -> Result<Vec<Vec<u8>>, Failure> {
        let mut items = Vec::new();
        for number in 0..ITEMS {
            let item = self.ask(&Request::Item(number), |answer| match answer {
                Answer::Item(item) => Some(Some(item.to_vec())),
                Answer::End => Some(None),
                _ => None,
            })?;
            match item {
                Some(item) => items.push(item),
                None => return Ok(items),
            }
        }
        Err(unexpected(self.line.address()))
    }

    /// The roster's items, where there is a roster.
    pub(crate) fn items_if(&mut self, standing: &Standing) -> Result<Vec<Vec<u8>>, Failure> {
        if standing.roster.is_some() { self.items() } else { Ok(Vec::new()) }
    }

    /// Chain and tree before the first entry that is there.
    pub(crate) fn base(&mut self) -> Result<Before, Failure> {
        self.ask(&Request::Base, |answer| {
            let Answer::Base { size, head, hashes } = answer else { return None };
            let (range, rest) = hashes.as_chunks::<32>();
            rest.is_empty().then(|| Before { size, head, range: range.iter().copied().map(Hash).collect() })
        })
    }

    /// The entries of this range.
    pub(crate) fn entries(
        &mut self,
        range: std::ops::Range<u64>,
        mut progress: impl FnMut(u64),
    ) -> Result<Vec<Recorded>, Failure> {
        let mut entries = Vec::new();
        let mut bytes = 0_usize;
        for index in range {
            let recorded = self.ask(&Request::Read(index), |answer| match answer {
                Answer::Entry { index: found, mark, entry } if found == index => {
                    Some(Recorded { mark: number(mark), entry: entry.to_vec() })
                }
                _ => None,
            })?;
            bytes = bytes.saturating_add(recorded.entry.len());
            if bytes > JOURNAL {
                return Err(unexpected(self.line.address()));
            }
            entries.push(recorded);
            progress(index);
        }
        Ok(entries)
    }
}

pub(crate) fn refusal_failure(address: &str, refusal: Refusal) -> Failure {
    let failure = if is_unable(refusal) { unchecked("error-device-unable") } else { refused("error-device-refused") };
    failure.with("address", address).because(&refusal)
}

fn unexpected(address: &str) -> Failure {
    unchecked("error-device").with("address", address).because(&LineError::Garbled)
}

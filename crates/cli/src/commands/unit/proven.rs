//! A request checked to its last byte, before anything is asked or signed.

use std::path::PathBuf;

use ikrar_core::digest::{Id, TextHash};
use ikrar_core::rule::Rule;
use ikrar_core::statement::{PledgeText, RoundRef, Statement};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::census::UnitIx;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::path;
use ikrar_log::receipt::witnesses;
use ikrar_log::request::Request;
use ikrar_log::signer::Signer;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{LogRule, open_checkpoint};

use super::on_device::OnDevice;
use crate::args::{Answering, DevicePledge};
use crate::commands::{log, sign, stale};
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::message::Tell;

/// A request whose every entry was proven from the trust root, and the unit's key with its head brought up to it.
pub(super) struct Proven<'a> {
    pub(super) request: Request<'a>,
    pub(super) history: History,
    /// Of the trust root that all of it is proven from.
    pub(super) fingerprint: String,
    pub(super) unit: UnitIx,
    hand: Hand,
    out: PathBuf,
    /// Nobody is to be asked.
    pub(super) yes: bool,
}

/// What signs.
enum Hand {
    /// A key file; so many statements of an ended epoch were signed anew for this answer.
    Key(Box<Signer>, usize),
    /// A device.
    Device(Box<OnDevice>),
}

impl<'a> Proven<'a> {
    pub(super) fn new(bytes: &'a [u8], args: &Answering, context: &Context) -> Result<Self, Failure> {
        sign::refuse_existing(&args.signing.out)?;
        let trust = log::trust_root(args.trust.keys.as_deref())?;
        let request = Request::decode(bytes)
            .map_err(|error| usage("error-not-request").with("path", args.request.display()).because(&error))?;
        let history = authentic(&request, &trust.root)?;
        let mut signer = sign::open_key(&args.signing, context)?;
        if signer.unit() != request.unit.as_str() {
            return Err(refused("error-request-other-unit").with("unit", request.unit).with("key", signer.unit()));
        }
        let logged = logged(&request);
        let unit = sign::sync(&mut signer, &history, &logged)?;
        if let Some(claimed) = request.head {
            signer.check_claim(claimed.epoch, claimed.last()).map_err(|error| sign::signer_failure(&error))?;
        }
        let signed_anew = stale::settle(&mut signer, &history, args.stale, context)?;
        let fingerprint = trust.root.fingerprint_text();
        let hand = Hand::Key(Box::new(signer), signed_anew);
        Ok(Self { request, history, fingerprint, unit, hand, out: args.signing.out.clone(), yes: args.yes })
    }

    /// The same where a device holds the key, and its head.
    pub(super) fn on_device(bytes: &'a [u8], args: &DevicePledge) -> Result<Self, Failure> {
        sign::refuse_existing(&args.out)?;
        let trust = log::trust_root(args.trust.keys.as_deref())?;
        let request = Request::decode(bytes)
            .map_err(|error| usage("error-not-request").with("path", args.request.display()).because(&error))?;
        let history = authentic(&request, &trust.root)?;
        let unit = history.unit_by_id(request.unit.as_str());
        let unit = unit.ok_or_else(|| refused("error-unknown-unit").with("unit", request.unit))?;
        let device = OnDevice::new(&args.reach, &request, &history, unit, &trust.root, &logged(&request))?;
        let (hand, fingerprint) = (Hand::Device(Box::new(device)), trust.root.fingerprint_text());
        Ok(Self { request, history, fingerprint, unit, hand, out: args.out.clone(), yes: args.yes })
    }

    pub(super) fn round(&self) -> Result<(RoundIx, RoundRef<'a>), Failure> {
        let named = self.request.round.ok_or_else(|| usage("error-no-round"))?;
        let name = format!("{}/{}", named.opener, named.id);
        let found = self.history.round_by_name(&name);
        found.map(|round| (round, named)).map_err(|_| refused("error-request-forged").because(&Rule::UnknownRound))
    }

    /// The text with this hash, or the only one that the round accepts.
    pub(super) fn text(&self, round: RoundIx, asked: Option<TextHash>) -> Result<(TextHash, PledgeText<'a>), Failure> {
        let accepted = &self.history.round_record(round).texts;
        let wanted = match (asked, accepted.as_slice()) {
            (Some(asked), _) => asked,
            (None, [only]) => *only,
            (None, several) => {
                let known: Vec<_> = several.iter().map(ToString::to_string).collect();
                return Err(usage("error-which-text").with("known", known.join(", ")));
            }
        };
        let absent = || usage("error-text-not-in-request").with("text", wanted);
        if !accepted.contains(&wanted) || self.history.text_record(&wanted).is_none() {
            return Err(absent());
        }
        let texts = self.request.bundle.items().iter().filter_map(|item| path::attestation(item.entry));
        let mut found = texts.filter_map(|attestation| match &attestation.body().statement {
            Statement::PublishText(text) if pledge_text_hash(text) == wanted => Some(text.clone()),
            _ => None,
        });
        Ok((wanted, found.next_back().ok_or_else(absent)?))
    }

    /// Attestations that were signed and are not in the log as the request shows it.
    pub(super) fn pending(&self) -> Result<Vec<Vec<u8>>, Failure> {
        match &self.hand {
            Hand::Key(signer, _) => signer.pending_attestations().map_err(|error| sign::signer_failure(&error)),
            Hand::Device(device) => Ok(device.pending().to_vec()),
        }
    }

    /// Signs, and writes all that the request does not show logged.
    pub(super) fn sign(&mut self, statement: &Statement<'_>, context: &Context) -> Result<Exit, Failure> {
        match &mut self.hand {
            Hand::Key(signer, signed_anew) => {
                signer.sign(statement, context.now()).map_err(|error| sign::signer_failure(&error))?;
                sign::deliver_pending(signer, signed_anew.saturating_add(1), &self.out, context)
            }
            Hand::Device(device) => {
                device.sign(statement, context)?;
                self.deliver(1, context)
            }
        }
    }

    /// Writes once more what was signed before.
    pub(super) fn write_again(&self, context: &Context) -> Result<Exit, Failure> {
        match &self.hand {
            Hand::Key(signer, signed_anew) => sign::deliver_pending(signer, *signed_anew, &self.out, context),
            Hand::Device(_) => self.deliver(0, context),
        }
    }

    /// Writes what the device holds of the unit; so many of it were signed just now.
    fn deliver(&self, fresh: usize, context: &Context) -> Result<Exit, Failure> {
        let delivered = sign::deliver(&self.pending()?, fresh, &self.out, context);
        delivered.map_err(|failure| failure.told_as("error-device-not-written"))
    }

    /// Nobody said yes. What was signed anew before that is delivered all the same.
    pub(super) fn declined(&self, context: &Context) -> Result<Exit, Failure> {
        match self.hand {
            Hand::Key(_, signed_anew) if signed_anew > 0 => {
                context.say("stale-declined", &[("count", signed_anew.into())]);
                self.write_again(context)
            }
            _ => Err(refused("error-not-confirmed")),
        }
    }
}

/// Epoch, number and id of each attestation of the unit that the request shows, in log order.
fn logged(request: &Request<'_>) -> Vec<(Id, u64, Id)> {
    let own = request.bundle.items().iter().filter_map(|item| path::attestation(item.entry));
    let own = own.filter(|attestation| attestation.body().unit == request.unit);
    own.map(|own| (own.body().epoch, own.body().seq, own.id())).collect()
}

/// What a request proves from the trust root; each way in which it does not has words of its own.
fn authentic(request: &Request<'_>, trust: &TrustRoot) -> Result<History, Failure> {
    let forged = |cause: &dyn Tell| refused("error-request-forged").because(cause);
    let checkpoint = open_checkpoint(request.checkpoint, trust).map_err(|finding| {
        let origin = String::from_utf8_lossy(request.checkpoint);
        match origin.lines().next() {
            Some(origin) if origin != trust.origin && !origin.is_empty() => {
                refused("error-request-other-log").with("found", origin.escape_debug()).with("pinned", &trust.origin)
            }
            _ => refused("error-request-checkpoint").because(&*finding.detail),
        }
    })?;
    let cosigned =
        witnesses(&checkpoint, trust).map_err(|error| refused("error-request-checkpoint").because(&error))?;
    if cosigned.witnessed == Some(false) {
        return Err(refused("error-request-checkpoint").because(&LogRule::CheckpointQuorum));
    }
    request.bundle.verify(checkpoint.root(), checkpoint.size()).map_err(|error| forged(&error))?;
    let items = request.bundle.items();
    let first = items.first().filter(|item| item.index == 0).and_then(|item| path::attestation(item.entry));
    if let Some(genesis) = first.filter(|genesis| genesis.id() != trust.registry) {
        return Err(refused("error-request-other-registry").with("found", genesis.id()).with("pinned", trust.registry));
    }
    let entries = items.iter().map(|item| (item.index, item.entry));
    let history = path::follow(trust.registry, request.unit.as_str(), entries).map_err(|error| forged(&error))?;
    // The pinned key signs from one size on, and as long as the path shows no other (spec §10.3).
    let size = checkpoint.size();
    if size < trust.log_since || history.key_for_size(size) != Some(trust.log_key) {
        return Err(forged(&LogRule::LogKeyChanged));
    }
    Ok(history)
}

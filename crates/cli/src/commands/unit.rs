//! `ikrar request`, and what a unit signs in answer: `pledge`, `correct`.

use std::path::Path;

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::{Hash, Id, TextHash};
use ikrar_core::field::{Code, ProofBytes, Set, UnitId};
use ikrar_core::rule::Rule;
use ikrar_core::statement::{
    Correction, Count, Coverage, Duty, Form, Pledge, PledgeText, Reason, Replacement, Role, RoundRef, Statement,
};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::history::{History, RoundIx};
use ikrar_log::path;
use ikrar_log::proof_bundle::{Bundle, Item};
use ikrar_log::request::{LoggedHead, Request};
use ikrar_log::signer::Signer;
use ikrar_log::verify::{LogRule, open_checkpoint};

use super::{log, report, sign};
use crate::args::{self, PledgeContent};
use crate::context::{Context, read};
use crate::failure::{Exit, Failure, refused, usage};
use crate::message::{Tell, cause};
use crate::messages::format::{date_time, number};

pub(crate) fn request(args: &args::Request, context: &Context) -> Result<Exit, Failure> {
    let trust = log::trust_root(args.trust.keys.as_deref())?;
    let store = log::open(&args.log)?;
    let verification = log::sound(&args.log, &store, &trust.root, context)?;
    let history = verification.history();
    let unit_id = sign::unit_id(&args.unit)?;
    let unknown = || usage("error-unknown-unit").with("unit", &args.unit);
    let unit = history.unit_by_id(&args.unit).ok_or_else(unknown)?;
    let round = args.round.as_deref().map(|name| report::find_round(history, name)).transpose()?;
    let size = verification.state.chain().size();
    let failed = |error: &ikrar_log::store::Error| log::store_failure(&args.log, error);
    let checkpoint = store.checkpoint().map_err(|error| failed(&error))?;

    let mut tree = store.tree(size);
    let mut proven = Vec::new();
    for index in path::collect(history, unit, round) {
        let entry = store.entry(index, size).map_err(|error| failed(&error))?;
        let proof = tree.inclusion_proof(index, size).map_err(|error| failed(&error))?;
        proven.push((index, entry, proof.iter().flat_map(|hash: &Hash| hash.0).collect::<Vec<u8>>()));
    }
    let too_large = |cause: &dyn Tell| usage("error-request-too-large").because(cause);
    let items = proven.iter().map(|(index, entry, proof)| {
        let proof = ProofBytes::new(proof).map_err(|error| too_large(&error))?;
        Ok(Item { index: *index, entry, proof })
    });
    let items = items.collect::<Result<Vec<_>, Failure>>()?;
    let bundle = Bundle::new(items).map_err(|error| too_large(&error))?;
    let epoch = history.record(unit).epoch;
    let record = round.map(|round| history.round_record(round));
    let opener = record.map(|record| history.record(record.opener).id.to_string());
    let named = record.zip(opener.as_deref()).map(|(record, opener)| {
        let field = |cause: ikrar_core::field::FieldError| too_large(&cause);
        Ok::<_, Failure>(RoundRef {
            opener: UnitId::new(opener).map_err(field)?,
            id: Code::new(&record.id).map_err(field)?,
        })
    });
    let request = Request {
        unit: unit_id,
        round: named.transpose()?,
        head: epoch.map(|epoch| LoggedHead { epoch: epoch.id, next_seq: epoch.next_seq, prev: epoch.head }),
        checkpoint: &checkpoint,
        bundle,
    };
    let bytes = request.encode().map_err(|error| too_large(&error))?;
    sign::write(&args.out, &bytes)?;
    context.say("request-done", &[("unit", (&args.unit).into()), ("path", args.out.display().to_string().into())]);
    if epoch.is_none() {
        context.say("request-no-key", &[("unit", (&args.unit).into())]);
    }
    Ok(Exit::Good)
}

/// A request whose every entry was proven from the trust root, and the unit's key with its head brought up to it.
struct Proven<'a> {
    request: Request<'a>,
    history: History,
    signer: Signer,
}

impl<'a> Proven<'a> {
    fn round(&self) -> Result<(RoundIx, RoundRef<'a>), Failure> {
        let named = self.request.round.ok_or_else(|| usage("error-no-round"))?;
        let name = format!("{}/{}", named.opener, named.id);
        let found = self.history.round_by_name(&name);
        found.map(|round| (round, named)).map_err(|_| refused("error-request-forged").because(&Rule::UnknownRound))
    }

    /// The text with this hash, or the only one that the round accepts.
    fn text(&self, round: RoundIx, asked: Option<&str>) -> Result<(TextHash, PledgeText<'a>), Failure> {
        let accepted = &self.history.round_record(round).texts;
        let wanted = match (asked, accepted.as_slice()) {
            (Some(asked), _) => TextHash(sign::hash(asked)?),
            (None, [only]) => *only,
            (None, several) => {
                let known: Vec<_> = several.iter().map(ToString::to_string).collect();
                return Err(usage("error-which-text").with("known", known.join(", ")));
            }
        };
        if self.history.text_record(&wanted).is_none() {
            return Err(usage("error-text-not-in-request").with("text", wanted));
        }
        let texts = self.request.bundle.items().iter().filter_map(|item| path::attestation(item.entry));
        let mut found = texts.filter_map(|attestation| match &attestation.body().statement {
            Statement::PublishText(text) if pledge_text_hash(text) == wanted => Some(text.clone()),
            _ => None,
        });
        let text = found.next_back().ok_or_else(|| usage("error-text-not-in-request").with("text", wanted))?;
        Ok((wanted, text))
    }
}

impl Proven<'_> {
    /// Was a pledge in this round signed before, and not seen logged?
    fn has_pending_pledge(&self, round: RoundRef<'_>) -> Result<bool, Failure> {
        let pending = self.signer.pending_attestations().map_err(|error| sign::signer_failure(&error))?;
        let decoded = pending.iter().filter_map(|bytes| Attestation::decode(bytes).ok());
        let mut statements = decoded.map(|attestation| attestation.body().statement.clone());
        Ok(statements.any(|statement| matches!(statement, Statement::Pledge(pledge) if pledge.round == round)))
    }

    /// Signs, and writes all that the request does not show logged.
    fn sign(&mut self, statement: &Statement<'_>, out: &Path, context: &Context) -> Result<Exit, Failure> {
        self.signer.sign(statement, context.now()).map_err(|error| sign::signer_failure(&error))?;
        sign::deliver_pending(&self.signer, 1, out, context)
    }
}

/// Checks everything that a request claims, before anything is asked or signed.
fn proven<'a>(
    bytes: &'a [u8],
    path: &Path,
    signing: &args::Signing,
    trust: &args::Trust,
    context: &Context,
) -> Result<Proven<'a>, Failure> {
    sign::refuse_existing(&signing.out)?;
    let trust = log::trust_root(trust.keys.as_deref())?;
    let request = Request::decode(bytes)
        .map_err(|error| usage("error-not-request").with("path", path.display()).because(&error))?;
    let forged = |cause: &dyn Tell| refused("error-request-forged").because(cause);
    let checkpoint = open_checkpoint(request.checkpoint, &trust.root).map_err(|finding| forged(&*finding.detail))?;
    request.bundle.verify(checkpoint.root(), checkpoint.size()).map_err(|error| forged(&error))?;
    let entries = request.bundle.items().iter().map(|item| (item.index, item.entry));
    let history = path::follow(trust.root.registry, request.unit.as_str(), entries).map_err(|error| forged(&error))?;
    // The pinned key signs from one size on, and as long as the path shows no other (spec §10.3).
    let size = checkpoint.size();
    if size < trust.root.log_since || history.key_for_size(size) != Some(trust.root.log_key) {
        return Err(forged(&LogRule::LogKeyChanged));
    }
    let mut signer = sign::open_key(signing, context)?;
    if signer.unit() != request.unit.as_str() {
        return Err(refused("error-request-other-unit").with("unit", request.unit).with("key", signer.unit()));
    }
    let own = request.bundle.items().iter().filter_map(|item| path::attestation(item.entry));
    let last = own.rev().find(|attestation| attestation.body().unit == request.unit);
    let logged: Option<(Id, u64, Id)> = last.map(|last| (last.body().epoch, last.body().seq, last.id()));
    sign::sync(&mut signer, &history, logged, context)?;
    if let Some(claimed) = request.head {
        signer.check_claim(claimed.epoch, claimed.last()).map_err(|error| sign::signer_failure(&error))?;
    }
    Ok(Proven { request, history, signer })
}

pub(crate) fn pledge(args: &args::Pledge, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.request)?;
    let mut proven = proven(&bytes, &args.request, &args.signing, &args.trust, context)?;
    let (round, named) = proven.round()?;
    if proven.has_pending_pledge(named)? {
        context.say("pledge-pending", &[]);
        return sign::deliver_pending(&proven.signer, 0, &args.signing.out, context);
    }
    let (hash, text) = proven.text(round, args.content.text.as_deref())?;
    show(&proven, round, &text, hash, context);
    let pledge = content(named, hash, &text, &args.content)?;
    tell(&pledge, context);
    if !args.yes && !context.confirm("pledge-confirm")? {
        return Err(refused("error-not-confirmed"));
    }
    proven.sign(&Statement::Pledge(pledge), &args.signing.out, context)
}

pub(crate) fn correct(args: &args::Correct, context: &Context) -> Result<Exit, Failure> {
    let bytes = read(&args.request)?;
    let mut proven = proven(&bytes, &args.request, &args.signing, &args.trust, context)?;
    let target = match &args.target {
        Some(target) => Id(sign::hash(target)?),
        None => standing(&proven)?,
    };
    let replacement = if args.withdraw {
        None
    } else {
        let (round, named) = proven.round()?;
        let (hash, text) = proven.text(round, args.content.text.as_deref())?;
        show(&proven, round, &text, hash, context);
        let pledge = content(named, hash, &text, &args.content)?;
        tell(&pledge, context);
        Some(pledge)
    };
    if !args.yes && !context.confirm(if args.withdraw { "withdraw-confirm" } else { "pledge-confirm" })? {
        return Err(refused("error-not-confirmed"));
    }
    let reason = match args.reason {
        args::Reason::Progress => Reason::Progress,
        args::Reason::Error => Reason::Error,
        args::Reason::NewInformation => Reason::NewInformation,
        args::Reason::Withdrawn => Reason::Withdrawn,
    };
    let replacement = replacement.map(Replacement::Pledge);
    proven.sign(&Statement::Correction(Correction { target, reason, replacement }), &args.signing.out, context)
}

/// The unit's pledge that the request shows to be in force.
fn standing(proven: &Proven<'_>) -> Result<Id, Failure> {
    let (round, _) = proven.round()?;
    let none = || usage("error-no-target");
    let unit = proven.history.unit_by_id(proven.request.unit.as_str()).ok_or_else(none)?;
    let pledges = proven.history.record(unit).undisputed(round, Duty::Pledge, |_| true);
    let last = pledges.rev().find(|pledge| !pledge.is_withdrawal());
    last.map(|pledge| pledge.id).ok_or_else(none)
}

/// The authentic text, in full, with the round's terms.
fn show(proven: &Proven<'_>, round: RoundIx, text: &PledgeText<'_>, hash: TextHash, context: &Context) {
    let record = proven.history.round_record(round);
    let zone = record.zone.as_deref().unwrap_or("UTC");
    let due = date_time(context.messages.lang(), record.due.seconds(), zone);
    if log::is_synthetic(&proven.history) {
        context.say("box-synthetic", &[]);
    }
    let args = [
        ("unit", proven.request.unit.as_str().into()),
        ("title", (&record.title).into()),
        ("due", (&due).into()),
        ("text", text.title.as_str().into()),
        ("hash", hash.to_string().into()),
    ];
    context.say("pledge-head", &args);
    eprintln!("\n{}", text.opening);
    for (number, commitment) in text.commitments.numbered() {
        eprintln!("{number}. {commitment}");
    }
    eprintln!("{}\n", text.closing);
}

/// What is about to be signed, beside the text.
fn tell(pledge: &Pledge<'_>, context: &Context) {
    let number = |persons: u32| number(context.messages.lang(), persons.into());
    let share = |count: Count| format!("{}/{}", number(count.signed), number(count.required));
    let counts = match pledge.coverage {
        Coverage::ByCategory { pns, pppk, ppnpn } => {
            cause("pledge-counts").with("pns", share(pns)).with("pppk", share(pppk)).with("ppnpn", share(ppnpn))
        }
        Coverage::Combined(combined) => cause("pledge-counts-combined").with("combined", share(combined)),
    };
    let numbers: Vec<_> = pledge.accepted.iter().map(|number| format!("K{number}")).collect();
    let args = [
        ("counts", counts.into()),
        ("commitments", numbers.join(" ").into()),
        ("form", pledge.form.message().into()),
        ("role", pledge.role.message().into()),
    ];
    context.say("pledge-content", &args);
}

fn content<'a>(
    round: RoundRef<'a>,
    hash: TextHash,
    text: &PledgeText<'_>,
    content: &PledgeContent,
) -> Result<Pledge<'a>, Failure> {
    let mut accepted = content.accept.clone();
    if accepted.is_empty() {
        accepted = text.commitments.numbered().map(|(number, _)| number).collect();
    }
    accepted.sort_unstable();
    if let Some(unknown) = accepted.iter().find(|number| !(1..=text.commitments.count()).contains(number)) {
        return Err(usage("error-commitment").with("number", unknown).with("count", text.commitments.count()));
    }
    let coverage = match (&content.combined, &content.pns, &content.pppk, &content.ppnpn) {
        (Some(combined), _, _, _) => Coverage::Combined(count(combined)?),
        (None, Some(pns), Some(pppk), Some(ppnpn)) => {
            Coverage::ByCategory { pns: count(pns)?, pppk: count(pppk)?, ppnpn: count(ppnpn)? }
        }
        _ => return Err(usage("error-coverage")),
    };
    Ok(Pledge {
        round,
        text: hash,
        accepted: Set::new(accepted).map_err(|error| usage("error-accept").because(&error))?,
        form: match content.form {
            args::Form::Ikrar => Form::Ikrar,
            args::Form::Pakta => Form::PaktaIntegritas,
            args::Form::Deklarasi => Form::Deklarasi,
        },
        role: match content.role {
            args::Role::Head => Role::Head,
            args::Role::Plt => Role::Plt,
            args::Role::Plh => Role::Plh,
            args::Role::Pj => Role::Pj,
        },
        coverage,
        document: sign::document(content.document.as_deref())?,
    })
}

/// `59/80`: fifty-nine of eighty have signed.
fn count(text: &str) -> Result<Count, Failure> {
    let parts = text.split_once('/').and_then(|(signed, required)| {
        Some(Count { signed: signed.trim().parse().ok()?, required: required.trim().parse().ok()? })
    });
    let sound = parts.filter(|count| count.signed <= count.required);
    sound.ok_or_else(|| usage("error-count").with("text", text))
}

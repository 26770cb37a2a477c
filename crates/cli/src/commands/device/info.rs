//! `ikrar device info`.

use ikrar_core::codec;
use ikrar_core::digest::PublicKey;
use ikrar_core::note::{KeyKind, VerifierKey};
use ikrar_journal::Item;
use ikrar_log::verify::b64;
use ikrar_terminal::wire::{Identity, Stage};
use serde::Serialize;

use super::session::{Session, Standing, TreeHead};
use crate::args::{DeviceInfo, VerdictFormat};
use crate::commands::sign;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, usage};
use crate::message::cause;
use crate::words::table;

const SCHEMA: &str = "ikrar.device/1";

/// The answer for machines (spec §12.10).
#[derive(Serialize)]
struct Out {
    schema: &'static str,
    unit: Option<String>,
    unit_key: String,
    journal_key: String,
    verifier_key: Option<String>,
    stage: &'static str,
    units_max: u16,
    message_max: u16,
    findings: u16,
    damaged: bool,
    journal: JournalOut,
    roster: Option<RosterOut>,
    head: Option<HeadOut>,
}

#[derive(Serialize)]
struct TreeOut {
    tree_size: u64,
    root: String,
}

#[derive(Serialize)]
struct JournalOut {
    tree_size: u64,
    root: String,
    first: u64,
    acknowledged: Option<TreeOut>,
}

#[derive(Serialize)]
struct RosterOut {
    registry: String,
    origin: String,
    tree_size: u64,
    root: String,
    hash: String,
    units: Vec<String>,
}

#[derive(Serialize)]
struct HeadOut {
    epoch: String,
    next_seq: u64,
    prev: String,
}

pub(crate) fn info(args: &DeviceInfo, context: &Context) -> Result<Exit, Failure> {
    if let Some(out) = &args.public {
        sign::refuse_existing(out)?;
    }
    let mut session = Session::open(&args.reach)?;
    let standing = session.standing()?;
    let items = session.items_if(&standing)?;
    let units: Vec<String> = items
        .iter()
        .filter_map(|item| match codec::decode(item) {
            Ok(Item::Unit(unit)) => Some(unit.id.as_str().to_owned()),
            _ => None,
        })
        .collect();
    let unit = unit(args, &standing)?;
    let verifier = unit.as_deref().map(|unit| verifier(unit, &session.identity)).transpose()?;
    let out = match args.format {
        VerdictFormat::Text => text(&session.identity, &standing, units.len(), unit.as_deref(), context),
        VerdictFormat::Json => {
            let out = json(&session.identity, &standing, units, unit, verifier.clone());
            // Strings, numbers and lists: nothing here can fail to be JSON.
            serde_json::to_string(&out).unwrap_or_default() + "\n"
        }
    };
    if let Some(out) = &args.public {
        let verifier = verifier.ok_or_else(|| usage("error-device-no-unit-name"))?;
        sign::write(out, format!("{verifier}\n").as_bytes())?;
        context.say("device-pub-done", &[("path", out.display().to_string().into())]);
    }
    context.print(&out)?;
    Ok(if session.identity.damaged { Exit::Bad } else { Exit::Good })
}

/// The unit that was named, or whose key the roster says it is.
fn unit(args: &DeviceInfo, standing: &Standing) -> Result<Option<String>, Failure> {
    let known = standing.unit.as_ref().map(|unit| unit.unit.clone());
    match (&args.unit, known) {
        (Some(asked), Some(known)) if *asked != known => {
            Err(refused("error-device-other-unit").with("asked", asked).with("unit", known))
        }
        (Some(asked), _) => Ok(Some(sign::unit_id(asked)?.to_string())),
        (None, known) => Ok(known),
    }
}

fn verifier(unit: &str, identity: &Identity) -> Result<String, Failure> {
    let key = VerifierKey::new(unit, KeyKind::Ed25519, identity.unit_key);
    key.map(|key| key.to_string()).map_err(|error| usage("error-verifier-key").with("key", unit).because(&error))
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Fresh => "fresh",
        Stage::Provisioning => "provisioning",
        Stage::NotOpened => "not-opened",
        Stage::Ready => "ready",
    }
}

fn json(
    identity: &Identity,
    standing: &Standing,
    units: Vec<String>,
    unit: Option<String>,
    verifier_key: Option<String>,
) -> Out {
    let tree = |(tree_size, root): TreeHead| TreeOut { tree_size, root: b64(&root) };
    Out {
        schema: SCHEMA,
        unit,
        unit_key: identity.unit_key.to_string(),
        journal_key: identity.journal_key.to_string(),
        verifier_key,
        stage: stage(standing.stage),
        units_max: identity.units,
        message_max: identity.message,
        findings: identity.findings,
        damaged: identity.damaged,
        journal: JournalOut {
            tree_size: standing.size,
            root: b64(&standing.root),
            first: standing.first,
            acknowledged: standing.acknowledged.map(tree),
        },
        roster: standing.roster.as_ref().map(|roster| RosterOut {
            registry: roster.registry.to_string(),
            origin: roster.origin.clone(),
            tree_size: roster.tree_size,
            root: b64(&roster.root),
            hash: roster.hash.to_string(),
            units,
        }),
        head: standing.unit.as_ref().map(|unit| HeadOut {
            epoch: unit.epoch.to_string(),
            next_seq: unit.next_seq,
            prev: unit.prev.to_string(),
        }),
    }
}

fn text(identity: &Identity, standing: &Standing, units: usize, unit: Option<&str>, context: &Context) -> String {
    let label = |key: &str| context.text(key, &[]);
    let named = |key: PublicKey, name: Option<String>| {
        let verifier = name.as_deref().and_then(|name| VerifierKey::new(name, KeyKind::Ed25519, key).ok());
        verifier.map_or_else(|| key.to_string(), |verifier| verifier.to_string())
    };
    let origin = standing.roster.as_ref().zip(standing.unit.as_ref());
    let origin = origin.map(|(roster, unit)| format!("{}/{}", roster.origin, unit.unit));
    let mut rows = vec![
        ("device-unit-key", named(identity.unit_key, unit.map(str::to_owned))),
        ("device-journal-key", named(identity.journal_key, origin)),
        ("device-stage", context.messages.tell(&cause_of(standing.stage))),
    ];
    if let Some(unit) = &standing.unit {
        rows.push(("field-unit", unit.unit.clone()));
        rows.push(("field-epoch", unit.epoch.to_string()));
        rows.push(("field-next-seq", unit.next_seq.to_string()));
    }
    if let Some(roster) = &standing.roster {
        rows.push(("field-registry-id", roster.registry.to_string()));
        rows.push(("field-origin", roster.origin.clone()));
        rows.push(("device-roster-size", roster.tree_size.to_string()));
        rows.push(("field-roster", roster.hash.to_string()));
        rows.push(("device-roster-units", format!("{units} / {}", identity.units)));
    }
    rows.push(("device-size", standing.size.to_string()));
    rows.push(("field-first-entry", standing.first.to_string()));
    rows.push(("box-root-hash", b64(&standing.root)));
    rows.push((
        "device-acknowledged",
        standing.acknowledged.map_or_else(|| "–".to_owned(), |(size, _)| size.to_string()),
    ));
    rows.push(("device-findings", identity.findings.to_string()));
    let rows: Vec<_> = rows.into_iter().map(|(key, value)| (label(key), value)).collect();
    let mut out = table(&rows);
    if identity.damaged {
        out.push_str(&label("device-damaged"));
        out.push('\n');
    } else if identity.findings > 0 {
        out.push_str(&label("device-found"));
        out.push('\n');
    }
    out
}

fn cause_of(stage: Stage) -> crate::message::Message {
    cause(match stage {
        Stage::Fresh => "device-stage-fresh",
        Stage::Provisioning => "device-stage-provisioning",
        Stage::NotOpened => "device-stage-not-opened",
        Stage::Ready => "device-stage-ready",
    })
}

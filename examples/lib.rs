//! How the example logs are made, step by step, with nothing but the public API of `ikrar-core` and `ikrar-log`.
//!
//! Real units, invented pledges: names and places come from a roster, all else from lots that a seed draws. The same
//! roster and options give the same bytes; no clock is read and no randomness is asked for. In a real registry every
//! unit signs with a key of its own, on a machine of its own; here one scribe signs for all.

mod calendar;
mod draw;
mod papers;
mod people;
mod players;
mod plot;
mod scribe;
mod story;

use std::path::Path;

use ikrar_core::field::{Name, Origin, SortKey as _, Time};
use ikrar_core::statement::{Genesis, OpenRound, RECOVERY, ROOT, Statement};
use ikrar_log::keys::{Purpose, TEST_ONLY};
use ikrar_log::roster;
use ikrar_log::store::Head;
use ikrar_log::trust::TrustRoot;

pub use plot::Plot;

use calendar::Calendar;
use draw::Draw;
use papers::{Papers, Pledged, other_text};
use players::{Desk, Players};
use scribe::{Scribe, policy, public, witnesses, write_key};
use story::{Key, Stage};

/// Whatever goes wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The operator publishes before the first round, before these weeks of it, and at the end.
const PUBLISHED_BEFORE_WEEK: [u64; 5] = [0, 2, 5, 10, 15];

/// What to build.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The roster, as CSV.
    pub units: &'a [u8],
    /// Where `log` and `keys` go; neither may be there.
    pub out: &'a Path,
    /// Share of the units that never pledge, though they could.
    pub missing: f64,
    /// Draws the lots.
    pub seed: u64,
    /// What the log is about.
    pub plot: Plot,
    /// How many of its rounds, from the first; more than there are is all.
    pub rounds: usize,
}

/// Builds `out/log` and `out/keys`; size and root of the log.
///
/// # Errors
/// A roster that does not read; files that are in the way; what the disk reports.
pub fn build(options: &Options<'_>) -> Result<Head, Error> {
    let (plot, draw) = (options.plot, Draw::new(options.seed));
    let mut rows = roster::read(options.units, &|_| false)?;
    let papers = Papers::read(plot, options.rounds)?;
    let (texts, rounds) = (papers.texts()?, papers.rounds()?);
    let first = rounds.first().ok_or("an example has at least one round")?;
    let calendar = Calendar::of(first);

    let members = players::members(draw, &rows)?;
    let story = story::tell(options, first, &members);
    let pledged: Vec<_> = texts.iter().map(Pledged::of).collect();
    let accepted = |terms: &OpenRound<'_>| {
        let texts = (0..).zip(&pledged).filter(|(_, text)| terms.texts.contains(&text.hash.sort_key()));
        texts.map(|(place, _)| place).collect()
    };
    // A round of a part of the city is left out where the roster has no such part.
    let has_place = |terms: &OpenRound<'_>| {
        let subtree = terms.subtree.as_str();
        subtree == ROOT || members.iter().any(|member| member.id == subtree && member.key == Key::Example)
    };
    let told = (0..).zip(plot.rounds().iter().zip(&rounds)).skip(1).filter(|(_, (_, terms))| has_place(terms));
    let stages: Vec<Stage<'_>> =
        told.map(|(number, (plan, terms))| Stage { number, plan, terms, accepted: accepted(terms) }).collect();
    let (later, founded) = story::tell_later(draw, options.missing, (&rows, &members), &pledged, &stages, &story);
    let enrolled_first = rows.len();
    rows.extend(founded);
    let mut members = players::members(draw, &rows)?;
    for member in members.iter_mut().skip(enrolled_first) {
        member.key = Key::Example;
    }

    let (log, keys) = (options.out.join("log"), options.out.join("keys"));
    if let Some(taken) = [&log, &keys].into_iter().find(|path| path.exists()) {
        return Err(format!("{} exists; build into another folder", taken.display()).into());
    }
    let secret = keys.join(TEST_ONLY);
    std::fs::create_dir_all(&secret)?;
    let [root_key, recovery_key] = [ROOT, RECOVERY].map(|name| draw.key(name));
    let log_key = draw.log_key(options.units, options.missing);
    let path = |name: &str| secret.join(format!("{}.key", name.replace([':', '/'], "-")));
    write_key(&path(ROOT), &root_key, ROOT, Purpose::Unit)?;
    write_key(&path("log"), &log_key, plot.origin(), Purpose::Log)?;
    write_key(&path(RECOVERY), &recovery_key, RECOVERY, Purpose::Unit)?;

    if !stages.is_empty() {
        for (name, key) in witnesses(draw) {
            let file = name.rsplit('/').next().map_or_else(String::new, |last| format!("saksi-{last}"));
            write_key(&path(&file), &key, &name, Purpose::Witness)?;
        }
    }

    let genesis = Genesis {
        registry: Name::new(plot.registry())?,
        origin: Origin::new(plot.origin())?,
        log_key: public(&log_key),
        root_key: public(&root_key),
        recovery_key: Some(public(&recovery_key)),
        synthetic: true,
    };
    let (signed, founded) = (at(calendar.before(6, 8))?, at(calendar.before(6, 9))?);
    let mut scribe = Scribe::found(&log, &path(ROOT), log_key, &genesis, signed, founded)?;
    trust(&scribe, &genesis).save(&keys)?;

    // The authority says what is pledged, who there is, and what is owed by when.
    let published = calendar.before(6, 10);
    for (second, text) in (published..).zip(texts.first().cloned().into_iter().chain([other_text()?])) {
        scribe.say(ROOT, Statement::PublishText(text), at(published)?, at(second)?, None)?;
    }
    let policy = policy(draw)?;
    let desk = Desk { texts: &texts, rounds: &rounds, policy: &policy };
    let mut players = Players::new(draw, &rows, &members, scribe, desk)?;
    let here = (0..enrolled_first).filter(|unit| story.enrolled_late != Some(*unit));
    players.enroll_all(here, calendar.before(6, 11))?;
    let scribe = players.scribe();
    let opened = calendar.before(4, 9);
    scribe.say(ROOT, Statement::OpenRound(first.clone()), at(opened)?, at(opened + 600)?, None)?;

    // A few keys go into files, so that a reader can sign too: of the first two units, and of one that is still to pledge.
    let keyed = members.iter().enumerate().filter(|(_, member)| member.key == Key::Example).map(|(unit, _)| unit);
    for unit in keyed.take(2).chain(story.silent) {
        let id = players.id(unit)?;
        write_key(&path(id), &draw.key(id), id, Purpose::Unit)?;
        players.scribe().hand_over_file(id, &path(id))?;
    }

    let mut events = story.events.iter().peekable();
    for week in PUBLISHED_BEFORE_WEEK {
        let until = calendar.week(week);
        while let Some(event) = events.next_if(|event| event.logged_at < until) {
            players.play(event)?;
        }
        players.scribe().publish()?;
    }
    events.chain(&later).try_for_each(|event| players.play(event))?;
    players.finish()
}

fn trust(scribe: &Scribe, genesis: &Genesis<'_>) -> TrustRoot {
    TrustRoot {
        registry_name: genesis.registry.to_string(),
        registry: scribe.registry(),
        authority: genesis.root_key,
        origin: genesis.origin.to_string(),
        log_key: genesis.log_key,
        log_since: 0,
        policy: None,
    }
}

fn at(seconds: u64) -> Result<Time, Error> {
    Ok(Time::new(seconds)?)
}

//! What became of a delivery, for people and for machines.

use ikrar_core::rule::Rule;
use ikrar_log::envelope::EnvelopeError;
use ikrar_log::intake::Taken;
use ikrar_log::store::Head;
use serde::Serialize;

use super::Batch;
use crate::context::Context;
use crate::message::{Message, Tell as _};

const SCHEMA: &str = "ikrar.append/1";

/// What came of a batch.
pub(super) struct Outcome<'a> {
    pub(super) batch: &'a Batch,
    pub(super) taken: &'a [Taken],
    pub(super) held_back: bool,
    pub(super) head: Head,
}

/// What came of a file, or of one attestation in it.
enum Line<'a> {
    File(&'a str, EnvelopeError),
    One(&'a str, Taken),
}

impl Outcome<'_> {
    /// In the order of the files given.
    fn lines(&self) -> Vec<Line<'_>> {
        let mut answers = self.batch.deliveries.iter().zip(self.taken);
        let mut lines = Vec::new();
        for file in &self.batch.files {
            match &file.held {
                Err(error) => lines.push(Line::File(&file.path, *error)),
                Ok(count) => lines
                    .extend(answers.by_ref().take(*count).map(|(delivery, taken)| Line::One(&delivery.place, *taken))),
            }
        }
        lines
    }

    pub(super) fn text(&self, context: &Context) -> String {
        let mut out = String::new();
        let mut logged = 0_u64;
        for line in self.lines() {
            logged += u64::from(matches!(line, Line::One(_, Taken::Logged { .. })));
            if let Some(told) = line.text(context) {
                out.push_str(&told);
                out.push('\n');
            }
        }
        let summary = if self.held_back {
            context.text("append-held-back", &[])
        } else {
            context.text("append-done", &[("count", logged.into()), ("size", self.head.size.into())])
        };
        out + &summary + "\n"
    }

    pub(super) fn json(&self) -> String {
        let attestations = self.lines().into_iter().map(|line| line.json(self.held_back)).collect::<Vec<_>>();
        let answer = Answer { schema: SCHEMA, tree_size: self.head.size, attestations: &attestations };
        // Strings, numbers and lists: nothing here can fail to be JSON.
        serde_json::to_string(&answer).unwrap_or_default() + "\n"
    }
}

impl<'a> Line<'a> {
    /// What a person must know; nothing, where all is well.
    fn text(&self, context: &Context) -> Option<String> {
        let (place, taken) = match self {
            Self::File(path, error) => {
                let args = [("path", (*path).into()), ("cause", error.message().into())];
                return Some(context.text("append-refused-file", &args));
            }
            Self::One(place, taken) => (("place", (*place).into()), taken),
        };
        match taken {
            Taken::Logged { no_effect: None, .. } => None,
            Taken::Logged { index, no_effect: Some(rule), .. } => {
                let args = [
                    place,
                    ("entry", index.to_string().into()),
                    ("rule", rule.name().into()),
                    ("meaning", rule.message().into()),
                ];
                Some(context.text("append-no-effect", &args))
            }
            Taken::Duplicate { .. } => Some(context.text("append-duplicate", &[place])),
            Taken::Refused { rule, .. } => {
                let args = [
                    place,
                    ("rule", rule.name().into()),
                    ("meaning", rule.message().into()),
                    ("advice", Message::named("advice", rule.name()).into()),
                ];
                Some(context.text("append-refused", &args))
            }
        }
    }

    fn json(&self, held_back: bool) -> Attestation<'a> {
        let (from, taken) = match *self {
            Self::File(from, error) => {
                let detail = Some(error.to_string());
                return Attestation { from, outcome: "refused", entry: None, id: None, rule: None, detail };
            }
            Self::One(from, taken) => (from, taken),
        };
        let (outcome, entry, id, rule) = match taken {
            Taken::Logged { id, .. } if held_back => ("held-back", None, Some(id), None),
            Taken::Logged { index, id, no_effect: None } => ("logged", Some(index), Some(id), None),
            Taken::Logged { index, id, no_effect } => ("no-effect", Some(index), Some(id), no_effect),
            Taken::Duplicate { id } => ("duplicate", None, Some(id), None),
            Taken::Refused { id, rule } => ("refused", None, id, Some(rule)),
        };
        let (id, rule) = (id.map(|id| id.to_string()), rule.map(Rule::name));
        Attestation { from, outcome, entry, id, rule, detail: None }
    }
}

/// The answer for machines (spec §12.4).
#[derive(Serialize)]
struct Answer<'a> {
    schema: &'static str,
    tree_size: u64,
    attestations: &'a [Attestation<'a>],
}

/// An attestation, or a file that holds none.
#[derive(Serialize)]
struct Attestation<'a> {
    from: &'a str,
    outcome: &'static str,
    entry: Option<u64>,
    id: Option<String>,
    rule: Option<&'static str>,
    detail: Option<String>,
}

//! The papers of an example: what its authority wrote by hand.

use ikrar_core::digest::TextHash;
use ikrar_core::field::{Code, Name, Text};
use ikrar_core::statement::{Commitments, OpenRound, PledgeText};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::forms::{RoundForm, TextForm};

use crate::{Error, Plot};

/// The forms of texts and rounds.
pub(crate) struct Papers {
    texts: Vec<TextForm>,
    rounds: Vec<RoundForm>,
}

impl Papers {
    /// Reads the first rounds of a plot, and every text.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn read(plot: Plot, rounds: usize) -> Result<Self, Error> {
        let texts = plot.texts().iter().map(|text| Ok(TextForm::parse(text)?)).collect::<Result<_, Error>>()?;
        let plans = plot.rounds().iter().take(rounds);
        let rounds = plans.map(|plan| Ok(RoundForm::parse(plan.form)?)).collect::<Result<Vec<_>, Error>>()?;
        if rounds.is_empty() {
            return Err("an example has at least one round".into());
        }
        Ok(Self { texts, rounds })
    }

    /// The texts.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn texts(&self) -> Result<Vec<PledgeText<'_>>, Error> {
        self.texts.iter().map(|text| Ok(text.statement()?)).collect()
    }

    /// The rounds.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn rounds(&self) -> Result<Vec<OpenRound<'_>>, Error> {
        let texts = self.texts()?;
        let find = |id: &str| texts.iter().find(|text| text.id.as_str() == id).map(pledge_text_hash);
        self.rounds.iter().map(|round| Ok(round.statement(&find)?)).collect()
    }
}

/// A text, as a pledge names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pledged {
    /// Its hash.
    pub(crate) hash: TextHash,
    /// How many commitments it has.
    pub(crate) commitments: u8,
}

impl Pledged {
    /// Of a text.
    pub(crate) fn of(text: &PledgeText<'_>) -> Self {
        Self { hash: pledge_text_hash(text), commitments: text.commitments.count() }
    }
}

/// A shorter text that some units use of their own accord. It is published, and no round accepts it.
///
/// # Errors
/// A field that breaks its rule.
pub(crate) fn other_text() -> Result<PledgeText<'static>, Error> {
    Ok(PledgeText {
        id: Code::new("ikrar-ringkas")?,
        version: 1,
        title: Name::new("Ikrar ringkas (naskah rekaan untuk contoh)")?,
        language: Code::new("id")?,
        opening: Text::new("Kami berikrar:")?,
        commitments: Commitments::new([Text::new("Netral sebelum, selama, dan sesudah pemilihan.")?])?,
        closing: Text::new("")?,
        source: None,
    })
}

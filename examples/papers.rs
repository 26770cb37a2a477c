//! The papers of the example round: what its authority wrote by hand.

use ikrar_core::field::{Code, Name, Text};
use ikrar_core::statement::{Commitments, OpenRound, PledgeText};
use ikrar_core::text::pledge_text_hash;
use ikrar_log::forms::{RoundForm, TextForm};

use crate::Error;

const TEXT: &[u8] = include_bytes!("kota-semarang/naskah-2020.toml");
const ROUND: &[u8] = include_bytes!("kota-semarang/contoh-2020.toml");

/// The forms of text and round.
pub(crate) struct Papers {
    text: TextForm,
    round: RoundForm,
}

impl Papers {
    /// Reads both.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn read() -> Result<Self, Error> {
        Ok(Self { text: TextForm::parse(TEXT)?, round: RoundForm::parse(ROUND)? })
    }

    /// The text.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn text(&self) -> Result<PledgeText<'_>, Error> {
        Ok(self.text.statement()?)
    }

    /// The round.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn open_round(&self) -> Result<OpenRound<'_>, Error> {
        let text = self.text()?;
        Ok(self.round.statement(&|id| (id == text.id.as_str()).then(|| pledge_text_hash(&text)))?)
    }
}

/// A shorter text that some units use of their own accord. It is published, and the round does not accept it.
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

//! How many units accepted each commitment of the text that they pledged to.

use ikrar_log::report::Report;

use super::say::Say;

pub(super) struct TextSums {
    pub(super) hash: String,
    pub(super) title: String,
    pub(super) language: Option<String>,
    pub(super) rows: Vec<Commitment>,
}

pub(super) struct Commitment {
    pub(super) number: u8,
    pub(super) text: String,
    pub(super) accepted: String,
    pub(super) of: String,
    pub(super) share: String,
}

/// A table for each text that somebody pledged to, in the round's order.
pub(super) fn tables(report: &Report, say: Say<'_>) -> Vec<TextSums> {
    let texts = report.terms.texts.iter().map(|text| {
        let sums = report.commitments.iter().filter(|sum| sum.text == text.hash);
        let rows = sums.map(|sum| {
            let words = text.commitments.iter().find(|commitment| commitment.number == sum.number);
            Commitment {
                number: sum.number,
                text: words.map(|commitment| commitment.text.clone()).unwrap_or_default(),
                accepted: say.n(sum.accepted),
                of: say.n(sum.of),
                share: say.share(sum.accepted, sum.of),
            }
        });
        let title = text.title.clone().unwrap_or_else(|| text.hash.clone());
        TextSums { hash: text.hash.clone(), title, language: text.language.clone(), rows: rows.collect() }
    });
    texts.filter(|text| !text.rows.is_empty()).collect()
}

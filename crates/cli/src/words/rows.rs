//! Labels and values, as people read them.

use std::fmt::Display;

use ikrar_core::field::{Persons, Time};
use ikrar_core::statement::{Coverage, Day, RoundRef};

use super::name::Named;
use crate::messages::Messages;
use crate::messages::format;

const DAY: u64 = 86_400;

/// Rows that are being written in one language.
pub(crate) struct Rows<'m> {
    messages: &'m Messages,
    rows: Vec<(String, String)>,
}

impl<'m> Rows<'m> {
    pub(crate) fn new(messages: &'m Messages) -> Self {
        Self { messages, rows: Vec::new() }
    }

    pub(crate) fn done(self) -> Vec<(String, String)> {
        self.rows
    }

    /// A value as it is, or ready for people.
    pub(crate) fn value(&mut self, label: &str, value: impl Display) {
        self.rows.push((self.messages.text(&format!("field-{label}"), &[]), value.to_string()));
    }

    /// A value that need not be there; without it there is no row.
    pub(crate) fn optional(&mut self, label: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.value(label, value);
        }
    }

    /// A word of the catalogue.
    pub(crate) fn word(&mut self, label: &str, prefix: &str, name: &str) {
        let word = self.messages.text(&format!("{prefix}-{name}"), &[]);
        self.value(label, word);
    }

    /// A value of an enum.
    pub(crate) fn named(&mut self, label: &str, value: impl Named) {
        let word = self.words(value);
        self.value(label, word);
    }

    pub(crate) fn words(&self, value: impl Named) -> String {
        self.messages.text(&value.key(), &[])
    }

    pub(crate) fn number(&mut self, label: &str, value: impl Into<u64>) {
        let number = format::number(self.messages.lang(), value.into());
        self.value(label, number);
    }

    /// A time in a zone, or in UTC.
    pub(crate) fn time(&mut self, label: &str, time: Time, zone: Option<&str>) {
        if time == Time::UNKNOWN {
            return self.word(label, "time", "unknown");
        }
        let at = format::date_time(self.messages.lang(), time.seconds(), zone.unwrap_or("UTC"));
        self.value(label, at);
    }

    pub(crate) fn day(&mut self, label: &str, day: Day) {
        // A day is a day everywhere: no zone moves it.
        let date = format::date(self.messages.lang(), u64::from(day) * DAY, "UTC");
        self.value(label, date);
    }

    pub(crate) fn round(&mut self, round: RoundRef<'_>) {
        self.value("round", format_args!("{}/{}", round.opener, round.id));
    }

    /// A commitment under its number.
    pub(crate) fn commitment(&mut self, number: u8, text: &str) {
        self.rows.push((format!("K{number}"), text.to_owned()));
    }

    /// A kind of unit, by its name in the language.
    pub(crate) fn kind(&mut self, kind: &str) {
        let name = self.kind_name(kind);
        self.value("kind", name);
    }

    pub(crate) fn kind_name(&self, kind: &str) -> String {
        self.messages.kind(kind)
    }

    /// A list, or what stands for an empty one.
    pub(crate) fn list(&mut self, label: &str, values: impl IntoIterator<Item = impl Display>, empty: &str) {
        let values: Vec<_> = values.into_iter().map(|value| value.to_string()).collect();
        if values.is_empty() { self.word(label, "none", empty) } else { self.value(label, values.join(", ")) }
    }

    /// Who signed, a row a category.
    pub(crate) fn signed(&mut self, coverage: Coverage) {
        self.coverage("", coverage);
    }

    /// Who was reached, a row a category.
    pub(crate) fn reached(&mut self, coverage: Coverage) {
        self.coverage("reached-", coverage);
    }

    fn coverage(&mut self, prefix: &str, coverage: Coverage) {
        let names: &[_] = match coverage {
            Coverage::ByCategory { .. } => &["pns", "pppk", "ppnpn"],
            Coverage::Combined(_) => &["combined"],
        };
        for (name, count) in names.iter().zip(coverage.counts()) {
            let args = [("signed", count.signed.into()), ("required", count.required.into())];
            let value = self.messages.text("count-of", &args);
            self.value(&format!("{prefix}{name}"), value);
        }
    }

    /// A number of persons, or the bucket of one or two.
    pub(crate) fn persons(&self, persons: Persons) -> String {
        let exactly = persons.exactly().map(|count| format::number(self.messages.lang(), count.into()));
        exactly.unwrap_or("1–2".to_owned())
    }

    /// A message of the catalogue, its variables filled in.
    pub(crate) fn message(&self, key: &str, args: &[(&str, crate::messages::Value<'_>)]) -> String {
        self.messages.text(key, args)
    }
}

/// Rows as lines: labels in a column, further lines of a value below its first.
pub(crate) fn table(rows: &[(String, String)]) -> String {
    let wide = |text: &str| text.chars().count();
    let width = rows.iter().map(|(label, _)| wide(label)).max().unwrap_or_default();
    let mut out = String::new();
    for (label, value) in rows {
        let pad = " ".repeat(width.saturating_sub(wide(label)));
        let value = value.replace('\n', &format!("\n{}", " ".repeat(width + 4)));
        out.push_str(&format!("  {label}{pad}  {value}\n"));
    }
    out
}

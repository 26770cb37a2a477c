//! Every text for people, from the catalogues in `locales/`: English and Indonesian, embedded in the program.
//!
//! Nothing here fails: a key that the language lacks is taken from English, one that English lacks shows itself.

pub(crate) mod format;

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::message::{Message, Tell};

/// The catalogue's files of a language, one a subject.
macro_rules! catalogue {
    ($lang:literal) => {
        catalogue!($lang:
            "audit"
            "causes"
            "device"
            "errors"
            "exchange"
            "help"
            "journal"
            "keys"
            "letter"
            "lifecycle"
            "packaging"
            "page"
            "questions"
            "receipts"
            "report"
            "roster"
            "rules"
            "signing"
            "statements"
            "system"
            "usage"
            "verdict"
            "words"
        )
    };
    ($lang:literal: $($subject:literal)*) => {
        &[$(include_str!(concat!("../locales/", $lang, "/", $subject, ".ftl"))),*]
    };
}

const ENGLISH: &[&str] = catalogue!("en");
const INDONESIAN: &[&str] = catalogue!("id");

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lang {
    /// English.
    En,
    /// Indonesian.
    Id,
}

impl Lang {
    /// The language as HTML and `--lang` name it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }

    /// The language asked for; else that of the locale, where it is Indonesian; else English.
    pub(crate) fn choose(asked: Option<Self>) -> Self {
        asked.unwrap_or_else(|| Self::of_environment(|name| std::env::var(name).ok(), sys_locale::get_locale))
    }

    /// POSIX order: the first of these variables that is set decides. Without any, the system is asked.
    fn of_environment(variable: impl Fn(&str) -> Option<String>, system: impl Fn() -> Option<String>) -> Self {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|locale| !locale.is_empty()))
            .or_else(system)
            .map_or(Self::En, |locale| Self::of_locale(&locale))
    }

    /// `id_ID.UTF-8`, `id-ID`; `in` is what old Java runtimes and Windows call Indonesian.
    fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        let indonesian = ["id", "in", "ind"].iter().any(|tag| language.eq_ignore_ascii_case(tag));
        if indonesian { Self::Id } else { Self::En }
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::En => ENGLISH,
            Self::Id => INDONESIAN,
        }
    }
}

/// What a variable of a message stands for. Numbers are written with the thousands separator of the language.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    /// Shown as it is.
    Text(Cow<'a, str>),
    /// A count.
    Number(u64),
    /// Told in the same language.
    Message(Box<Message>),
}

impl From<Message> for Value<'_> {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

/// The texts of one language.
pub(crate) struct Messages {
    lang: Lang,
    chosen: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

impl Messages {
    /// The texts in this language, English behind them.
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang, chosen: bundle(lang), english: bundle(Lang::En) }
    }

    /// The language, for [`mod@format`].
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// The message of this key, its variables filled in.
    pub(crate) fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.find(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// The words for what can be told.
    pub(crate) fn tell(&self, told: &(impl Tell + ?Sized)) -> String {
        let Message { key, args } = told.message();
        self.text(&key, &args)
    }

    /// The message of a key that need not exist.
    pub(crate) fn known(&self, key: &str) -> Option<String> {
        self.find(key, &[])
    }

    /// The name of a kind of unit; a kind that the catalogue lacks is its own name.
    pub(crate) fn kind(&self, kind: &str) -> String {
        self.known(&format!("kind-{kind}")).unwrap_or_else(|| kind.to_owned())
    }

    fn find(&self, key: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Value::Text(text) => FluentValue::from(text.as_ref()),
                Value::Number(number) => FluentValue::from(*number),
                Value::Message(message) => FluentValue::from(self.text(&message.key, &message.args)),
            };
            fluent.set(*name, value);
        }
        [&self.chosen, &self.english].into_iter().find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            // A variable that was not given stands as `{$name}`: better than no text. The tests look at these errors.
            Some(bundle.format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned())
        })
    }
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let locales = lang.tag().parse::<LanguageIdentifier>().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(locales);
    // No invisible isolation marks around variables: terminals show them, and scripts would have to strip them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| grouped(Lang::En, value),
        Lang::Id => |value, _| grouped(Lang::Id, value),
    }));
    // What does not parse is left out of the bundle; the tests refuse any such message.
    for source in lang.sources() {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Counts as [`format::number`] writes them.
fn grouped(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => number.as_string().parse().ok().map(|number| format::number(lang, number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

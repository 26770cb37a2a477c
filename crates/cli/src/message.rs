//! A message as data, told once the language of its reader is known.
//!
//! The libraries know no languages: their errors are types. Here each says by an exhaustive match which message of the
//! catalogue it is, so that a new variant does not compile without its words.

mod audit;
mod core;
mod device;
mod document;
mod finding;
mod keys;
mod log;
mod receipt;
pub(crate) mod roster;
mod system;

use std::borrow::Cow;

use crate::messages::Value;

/// A key of the catalogue with its variables.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) key: Cow<'static, str>,
    pub(crate) args: Vec<(&'static str, Value<'static>)>,
}

/// The message of this key.
pub(crate) fn cause(key: &'static str) -> Message {
    Message { key: Cow::Borrowed(key), args: Vec::new() }
}

impl Message {
    /// The message of a key that is made of a name: `rule-…`, `statement-…`.
    pub(crate) fn named(subject: &str, name: &str) -> Self {
        Self { key: Cow::Owned(format!("{subject}-{name}")), args: Vec::new() }
    }

    /// Adds a variable that is shown as it is: paths, ids, places.
    pub(crate) fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, Value::from(value.to_string())));
        self
    }

    /// Adds a count, which is grouped as the language does.
    pub(crate) fn count(mut self, name: &'static str, count: impl Into<Value<'static>>) -> Self {
        self.args.push((name, count.into()));
        self
    }

    /// Adds a variable that is itself a message.
    pub(crate) fn told(mut self, name: &'static str, inner: &(impl Tell + ?Sized)) -> Self {
        self.args.push((name, Value::from(inner.message())));
        self
    }
}

/// What people can be told in their language.
pub(crate) trait Tell {
    /// The words for it.
    fn message(&self) -> Message;
}

impl Tell for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

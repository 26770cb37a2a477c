//! Why a command did not do what it was asked: an exit code, and a message of the catalogue with its next step.

use std::process::ExitCode;

use crate::message::{Message, Tell, cause};
use crate::messages::Value;

/// Exit codes, the same for every command (spec §12.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// 0: done, and good.
    Good,
    /// 1: does not verify.
    Bad,
    /// 2: wrong usage or configuration.
    Usage,
    /// 3: could not check: unreadable, unwritable, unreachable.
    Unchecked,
    /// 4: intact but incomplete.
    Incomplete,
    /// 5: refused; what was refused changed nothing.
    Refused,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Bad => 1,
            Exit::Usage => 2,
            Exit::Unchecked => 3,
            Exit::Incomplete => 4,
            Exit::Refused => 5,
        })
    }
}

/// An exit code, and what people are told.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) message: Message,
}

impl Failure {
    /// As [`Message::with`].
    pub(crate) fn with(self, name: &'static str, value: impl std::fmt::Display) -> Self {
        Self { message: self.message.with(name, value), ..self }
    }

    /// As [`Message::count`].
    pub(crate) fn count(self, name: &'static str, count: impl Into<Value<'static>>) -> Self {
        Self { message: self.message.count(name, count), ..self }
    }

    /// As [`Message::told`].
    pub(crate) fn told(self, name: &'static str, inner: &(impl Tell + ?Sized)) -> Self {
        Self { message: self.message.told(name, inner), ..self }
    }

    /// Adds the cause: an error of a library, told in the language.
    pub(crate) fn because(self, error: &(impl Tell + ?Sized)) -> Self {
        self.told("cause", error)
    }

    /// The same told by another message, with the same variables.
    pub(crate) fn told_as(mut self, key: &'static str) -> Self {
        self.message.key = key.into();
        self
    }
}

pub(crate) fn bad(key: &'static str) -> Failure {
    Failure { exit: Exit::Bad, message: cause(key) }
}

pub(crate) fn usage(key: &'static str) -> Failure {
    Failure { exit: Exit::Usage, message: cause(key) }
}

pub(crate) fn unchecked(key: &'static str) -> Failure {
    Failure { exit: Exit::Unchecked, message: cause(key) }
}

pub(crate) fn refused(key: &'static str) -> Failure {
    Failure { exit: Exit::Refused, message: cause(key) }
}

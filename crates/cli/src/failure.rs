//! Why a command did not do what it was asked: an exit code, and a message of the catalogue with its next step.

use std::process::ExitCode;

use crate::message::Tell;
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

/// A message of the catalogue with its variables.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) key: &'static str,
    pub(crate) args: Vec<(&'static str, Value<'static>)>,
}

impl Failure {
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

    /// Adds a variable that is itself told in the language.
    pub(crate) fn told(mut self, name: &'static str, inner: &(impl Tell + ?Sized)) -> Self {
        self.args.push((name, Value::from(inner.message())));
        self
    }

    /// Adds the cause: an error of a library, told in the language.
    pub(crate) fn because(self, error: &(impl Tell + ?Sized)) -> Self {
        self.told("cause", error)
    }
}

pub(crate) fn bad(key: &'static str) -> Failure {
    Failure { exit: Exit::Bad, key, args: Vec::new() }
}

pub(crate) fn usage(key: &'static str) -> Failure {
    Failure { exit: Exit::Usage, key, args: Vec::new() }
}

pub(crate) fn unchecked(key: &'static str) -> Failure {
    Failure { exit: Exit::Unchecked, key, args: Vec::new() }
}

pub(crate) fn refused(key: &'static str) -> Failure {
    Failure { exit: Exit::Refused, key, args: Vec::new() }
}

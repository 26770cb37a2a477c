//! Why a command did not do what it was asked: an exit code, and a message of the catalogue with its next step.

use std::process::ExitCode;

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
    pub(crate) args: Vec<(&'static str, String)>,
}

impl Failure {
    /// Adds a variable.
    pub(crate) fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
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

/// An error with everything that caused it, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

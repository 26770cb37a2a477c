use heapless::Vec;
use thiserror::Error;

use super::{Group, Member, Policy, PolicyLog, Witness};
use crate::lines::{is_blank, is_newline};
use crate::note::{KeyError, KeyKind, VerifierKey};

/// The rule that a line of a policy breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("line {line} of the policy: {rule}")]
pub struct PolicyError {
    /// The line, counted from 1; for a missing quorum, the last line.
    pub line: usize,
    /// What is wrong with it.
    pub rule: PolicyRule,
}

/// The rules of a policy's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PolicyRule {
    /// A control character other than tab and newline.
    #[error("control characters other than tab and newline are not allowed")]
    ControlCharacter,
    /// The first word is none of the four.
    #[error("a line begins with log, witness, group or quorum")]
    Keyword,
    /// A word is missing.
    #[error("the line lacks a word")]
    MissingWord,
    /// There are words after the line's end.
    #[error("the line has a word too many")]
    ExtraWord,
    /// The verifier key can't be used.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A log's key must be of type 0x01, a witness's of type 0x04.
    #[error("a log's key must be of type 0x01, a witness's of type 0x04")]
    KeyKind,
    /// The same public key stands in two lines, under whatever names.
    #[error("the same public key stands in another line")]
    DuplicateKey,
    /// Witnesses and groups share their names, and this one is taken.
    #[error("the name is taken")]
    DuplicateName,
    /// `none` names no witness, group or member.
    #[error("`none` can't be a name")]
    ReservedName,
    /// A name that no line before defines.
    #[error("no line before defines this name")]
    UndefinedName,
    /// A name is a member of at most one group, and once.
    #[error("the name is a member of a group already")]
    MemberTwice,
    /// The threshold is not `all`, `any`, or a decimal from 1 to the number of members.
    #[error("a threshold is `all`, `any`, or from 1 to the number of members")]
    Threshold,
    /// More logs, witnesses or groups than there is room for.
    #[error("the policy has too many lines of this sort")]
    TooMany,
    /// A second quorum line.
    #[error("the policy has a second quorum")]
    SecondQuorum,
    /// No quorum line.
    #[error("the policy has no quorum")]
    NoQuorum,
}

impl<'a> Policy<'a> {
    /// Reads a policy.
    ///
    /// Stricter than the specification in one point: a log and a witness must not share a key either.
    ///
    /// # Errors
    /// The first line that breaks a rule.
    pub fn parse(text: &'a str) -> Result<Self, PolicyError> {
        let mut reader = Reader {
            policy: Self { logs: Vec::new(), witnesses: Vec::new(), groups: Vec::new(), quorum: None },
            has_quorum: false,
        };
        let mut last = 1;
        for (number, line) in (1..).zip(text.split(is_newline)) {
            reader.line(line).map_err(|rule| PolicyError { line: number, rule })?;
            last = number;
        }
        if !reader.has_quorum {
            return Err(PolicyError { line: last, rule: PolicyRule::NoQuorum });
        }
        Ok(reader.policy)
    }

    fn find(&self, name: &str) -> Option<Member> {
        let witness = self.witnesses.iter().position(|witness| witness.name == name).map(Member::Witness);
        witness.or_else(|| self.groups.iter().position(|group| group.name == name).map(Member::Group))
    }

    fn group_of(&mut self, member: Member) -> Option<&mut Option<usize>> {
        match member {
            Member::Witness(index) => self.witnesses.get_mut(index).map(|witness| &mut witness.group),
            Member::Group(index) => self.groups.get_mut(index).map(|group| &mut group.group),
        }
    }
}

struct Reader<'a> {
    policy: Policy<'a>,
    has_quorum: bool,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) -> Result<(), PolicyRule> {
        if line.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t') {
            return Err(PolicyRule::ControlCharacter);
        }
        let mut words = line.split(is_blank).filter(|word| !word.is_empty());
        let Some(keyword) = words.next() else { return Ok(()) };
        if keyword.starts_with('#') {
            return Ok(());
        }
        match keyword {
            "log" => {
                let key = self.key(words.next(), KeyKind::Ed25519)?;
                let log = PolicyLog { key, url: words.next() };
                self.policy.logs.push(log).map_err(|_| PolicyRule::TooMany)?;
            }
            "witness" => {
                let name = self.new_name(words.next())?;
                let key = self.key(words.next(), KeyKind::Cosignature)?;
                let witness = Witness { name, key, url: words.next(), group: None };
                self.policy.witnesses.push(witness).map_err(|_| PolicyRule::TooMany)?;
            }
            "group" => {
                let name = self.new_name(words.next())?;
                let threshold = words.next().ok_or(PolicyRule::MissingWord)?;
                self.group(name, threshold, &mut words)?;
            }
            "quorum" => {
                let name = words.next().ok_or(PolicyRule::MissingWord)?;
                if self.has_quorum {
                    return Err(PolicyRule::SecondQuorum);
                }
                self.has_quorum = true;
                if name != "none" {
                    self.policy.quorum = Some(self.policy.find(name).ok_or(PolicyRule::UndefinedName)?);
                }
            }
            _ => return Err(PolicyRule::Keyword),
        }
        if words.next().is_some() { Err(PolicyRule::ExtraWord) } else { Ok(()) }
    }

    fn group(
        &mut self,
        name: &'a str,
        threshold: &str,
        members: &mut impl Iterator<Item = &'a str>,
    ) -> Result<(), PolicyRule> {
        // The group is entered after its members, so that it can't be its own.
        let index = self.policy.groups.len();
        let mut count: usize = 0;
        for member in members {
            if member == "none" {
                return Err(PolicyRule::ReservedName);
            }
            let member = self.policy.find(member).ok_or(PolicyRule::UndefinedName)?;
            let group = self.policy.group_of(member).ok_or(PolicyRule::UndefinedName)?;
            if group.replace(index).is_some() {
                return Err(PolicyRule::MemberTwice);
            }
            count = count.saturating_add(1);
        }
        if count == 0 {
            return Err(PolicyRule::MissingWord);
        }
        let threshold = match threshold {
            "all" => count,
            "any" => 1,
            k => parse_threshold(k).filter(|k| *k <= count).ok_or(PolicyRule::Threshold)?,
        };
        self.policy.groups.push(Group { name, threshold, group: None }).map_err(|_| PolicyRule::TooMany)
    }

    fn new_name(&self, name: Option<&'a str>) -> Result<&'a str, PolicyRule> {
        let name = name.ok_or(PolicyRule::MissingWord)?;
        if name == "none" {
            return Err(PolicyRule::ReservedName);
        }
        if self.policy.find(name).is_some() { Err(PolicyRule::DuplicateName) } else { Ok(name) }
    }

    fn key(&self, text: Option<&'a str>, kind: KeyKind) -> Result<VerifierKey<'a>, PolicyRule> {
        let key = VerifierKey::parse(text.ok_or(PolicyRule::MissingWord)?)?;
        if key.kind() != kind {
            return Err(PolicyRule::KeyKind);
        }
        let logs = self.policy.logs.iter().map(|log| log.key);
        let mut known = logs.chain(self.policy.witnesses.iter().map(|witness| witness.key));
        if known.any(|known| known.key() == key.key()) { Err(PolicyRule::DuplicateKey) } else { Ok(key) }
    }
}

/// Reads a decimal from 1 without leading zeros.
fn parse_threshold(text: &str) -> Option<usize> {
    let canonical = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| canonical)
}

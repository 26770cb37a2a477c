//! A statement from its encoding, as derived code would read it, but for the stack: each variant is read in a frame of its
//! own, where derived code keeps room for all of them at once. On a device that decides how much memory there must be.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{EnumAccess, Error, Unexpected, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Statement;

const NAMES: &[&str] = &[
    "Genesis",
    "PublishText",
    "PublishPolicy",
    "RekeyLog",
    "Enroll",
    "Amend",
    "Rekey",
    "Retire",
    "OpenJournal",
    "OpenRound",
    "Pledge",
    "Briefing",
    "Monitoring",
    "Referral",
    "Correction",
];

impl<'de: 'a, 'a> Deserialize<'de> for Statement<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("Statement", NAMES, ByTag(PhantomData))
    }
}

struct ByTag<'a>(PhantomData<Statement<'a>>);

impl<'de: 'a, 'a> Visitor<'de> for ByTag<'a> {
    type Value = Statement<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a statement")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Statement<'a>, A::Error> {
        let (tag, statement) = data.variant::<u32>()?;
        match tag {
            0 => alone(statement, Statement::Genesis),
            1 => alone(statement, Statement::PublishText),
            2 => alone(statement, Statement::PublishPolicy),
            3 => alone(statement, Statement::RekeyLog),
            4 => alone(statement, Statement::Enroll),
            5 => alone(statement, Statement::Amend),
            6 => alone(statement, Statement::Rekey),
            7 => alone(statement, Statement::Retire),
            8 => alone(statement, Statement::OpenJournal),
            9 => alone(statement, Statement::OpenRound),
            10 => alone(statement, Statement::Pledge),
            11 => alone(statement, Statement::Briefing),
            12 => alone(statement, Statement::Monitoring),
            13 => alone(statement, Statement::Referral),
            14 => alone(statement, Statement::Correction),
            unknown => Err(A::Error::invalid_value(Unexpected::Unsigned(unknown.into()), &self)),
        }
    }
}

#[inline(never)]
fn alone<'de, 'a, A: VariantAccess<'de>, T: Deserialize<'de>>(
    statement: A,
    variant: impl FnOnce(T) -> Statement<'a>,
) -> Result<Statement<'a>, A::Error> {
    match statement.newtype_variant() {
        Ok(value) => Ok(variant(value)),
        Err(error) => Err(error),
    }
}

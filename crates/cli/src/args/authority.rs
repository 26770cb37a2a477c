//! Arguments of the authority and of ancestors.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Signing, Source};

#[derive(Debug, ClapArgs)]
pub(crate) struct Genesis {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) log_key: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) recovery_key: Option<String>,
    #[arg(long)]
    pub(crate) synthetic: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Enroll {
    pub(crate) units: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Rekey {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "UNIT", required_unless_present = "log", conflicts_with = "log")]
    pub(crate) unit: Option<String>,
    #[arg(long)]
    pub(crate) log: bool,
    #[arg(long, value_name = "KEY", required_unless_present = "revoke")]
    pub(crate) new_key: Option<String>,
    #[arg(long, conflicts_with_all = ["new_key", "log"])]
    pub(crate) revoke: bool,
    #[arg(long, value_name = "SEQ", conflicts_with = "log")]
    pub(crate) compromised_since: Option<u64>,
    #[arg(long, value_name = "FILE", conflicts_with = "log")]
    pub(crate) document: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Amend {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[command(flatten)]
    pub(crate) change: UnitChange,
}

#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = true)]
pub(crate) struct UnitChange {
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub(crate) parent: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Retire {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "UNIT")]
    pub(crate) successor: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Publish {
    pub(crate) text: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct WitnessPolicy {
    #[arg(value_name = "FILE")]
    pub(crate) witness_policy: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Round {
    pub(crate) round: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "TEXT.toml")]
    pub(crate) text: Vec<PathBuf>,
}

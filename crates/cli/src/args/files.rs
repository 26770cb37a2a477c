//! Arguments about receipts and other files.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{Trust, VerdictFormat};

#[derive(Debug, ClapArgs)]
pub(crate) struct Prove {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: Option<String>,
    #[arg(long, value_name = "N", conflicts_with = "round")]
    pub(crate) entry: Option<u64>,
    #[arg(long, value_name = "ID", conflicts_with_all = ["round", "entry"])]
    pub(crate) id: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Check {
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "LOG")]
    pub(crate) from: Option<PathBuf>,
    #[arg(long, value_name = "KEY", conflicts_with = "from")]
    pub(crate) signer_key: Option<String>,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Show {
    pub(crate) file: PathBuf,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

//! Arguments of units that sign, and of what they are asked.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{Signing, Trust};

#[derive(Debug, ClapArgs)]
pub(crate) struct Request {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Ikrar,
    Pakta,
    Deklarasi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    Head,
    Plt,
    Plh,
    Pj,
}

/// What a pledge says.
#[derive(Debug, ClapArgs)]
pub(crate) struct PledgeContent {
    #[arg(long, value_name = "SIGNED/REQUIRED")]
    pub(crate) pns: Option<String>,
    #[arg(long, value_name = "SIGNED/REQUIRED")]
    pub(crate) pppk: Option<String>,
    #[arg(long, value_name = "SIGNED/REQUIRED")]
    pub(crate) ppnpn: Option<String>,
    #[arg(long, value_name = "SIGNED/REQUIRED", conflicts_with_all = ["pns", "pppk", "ppnpn"])]
    pub(crate) combined: Option<String>,
    #[arg(long, value_name = "N,N…", value_delimiter = ',')]
    pub(crate) accept: Vec<u8>,
    #[arg(long, value_enum, default_value = "ikrar")]
    pub(crate) form: Form,
    #[arg(long, value_enum, default_value = "head")]
    pub(crate) role: Role,
    #[arg(long, value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
    #[arg(long, value_name = "HASH")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Pledge {
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[command(flatten)]
    pub(crate) content: PledgeContent,
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reason {
    Progress,
    Error,
    NewInformation,
    Withdrawn,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Correct {
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    #[arg(long, value_enum)]
    pub(crate) reason: Reason,
    #[arg(long)]
    pub(crate) withdraw: bool,
    #[command(flatten)]
    pub(crate) content: PledgeContent,
    #[arg(long)]
    pub(crate) yes: bool,
}

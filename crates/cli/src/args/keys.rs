//! Arguments about keys.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::VerdictFormat;

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    Show(KeyShow),
    Adopt(KeyAdopt),
}

/// Where the passphrase of a private key comes from, if not from `IKRAR_PASSPHRASE_FILE` or the terminal.
#[derive(Debug, ClapArgs)]
pub(crate) struct Unlock {
    #[arg(long, value_name = "N")]
    pub(crate) passphrase_fd: Option<u32>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct KeyShow {
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct KeyAdopt {
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) name: KeyName,
    #[arg(long, conflicts_with = "log")]
    pub(crate) head_lost: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false, id = "name")]
pub(crate) struct KeyName {
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) log: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Keygen {
    #[command(flatten)]
    pub(crate) name: KeyName,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long)]
    pub(crate) encrypt: bool,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

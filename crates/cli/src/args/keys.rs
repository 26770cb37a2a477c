//! Arguments about keys.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    Show { file: PathBuf },
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
}

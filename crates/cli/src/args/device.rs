//! Arguments about devices: pledge terminals at the other end of a line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::{Counts, PledgeContent, Trust, VerdictFormat};

#[derive(Debug, Subcommand)]
pub(crate) enum DeviceCommand {
    Info(DeviceInfo),
    Provision(DeviceProvision),
    Pledge(Box<DevicePledge>),
    Append(DeviceAppend),
    Export(DeviceExport),
    Check(DeviceCheck),
}

/// Where the device is.
#[derive(Debug, ClapArgs)]
pub(crate) struct Reach {
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) device: String,
    #[arg(long, value_name = "BAUD", default_value_t = 115_200)]
    pub(crate) baud: u32,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeviceInfo {
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    #[arg(long = "pub", value_name = "FILE")]
    pub(crate) public: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeviceProvision {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: Vec<String>,
    #[arg(long, value_name = "UNIT")]
    pub(crate) also: Vec<String>,
    #[arg(long)]
    pub(crate) alone: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DevicePledge {
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) counts: Counts,
    #[command(flatten)]
    pub(crate) content: PledgeContent,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeviceAppend {
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeviceExport {
    #[command(flatten)]
    pub(crate) reach: Reach,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "INDEX", conflicts_with = "acknowledge")]
    pub(crate) from: Option<u64>,
    #[arg(long)]
    pub(crate) acknowledge: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct DeviceCheck {
    pub(crate) receipt: PathBuf,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

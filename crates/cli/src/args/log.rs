//! Arguments of operators and of auditors.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use ikrar_log::report::CsvStyle;
use ikrar_log::status::Status;

use super::{Trust, Unlock, VerdictFormat};

#[derive(Debug, ClapArgs)]
pub(crate) struct Init {
    pub(crate) log: PathBuf,
    pub(crate) genesis: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Append {
    pub(crate) log: PathBuf,
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) next_key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
    #[arg(long)]
    pub(crate) all_or_nothing: bool,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Verify {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "CHECKPOINT")]
    pub(crate) since: Option<PathBuf>,
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    #[arg(long)]
    pub(crate) resume: bool,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
    Csv,
    Html,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Report {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: String,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ReportFormat,
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    #[arg(long, value_name = "SIZE", conflicts_with = "held")]
    pub(crate) as_of: Option<u64>,
    #[arg(long, value_name = "UNIT")]
    pub(crate) under: Option<String>,
    #[arg(long, value_enum, value_name = "STATUS,…", value_delimiter = ',')]
    pub(crate) only: Vec<StatusName>,
    #[arg(long, value_name = "ROUND,…", value_delimiter = ',')]
    pub(crate) compare: Vec<String>,
    #[command(flatten)]
    pub(crate) csv: Csv,
    #[arg(long)]
    pub(crate) fail_on_missing: bool,
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) held: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// One ASCII character that separates fields; `tab` for a tab.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if *one == b'\t' || one.is_ascii_punctuation() && !b"\"'-+=@.".contains(one) => Ok(*one),
        _ => Err(text.to_owned()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusName {
    Complete,
    Partial,
    Late,
    Missing,
    Pending,
    Retired,
    Disputed,
}

impl From<StatusName> for Status {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Complete => Self::Complete,
            StatusName::Partial => Self::Partial,
            StatusName::Late => Self::Late,
            StatusName::Missing => Self::Missing,
            StatusName::Pending => Self::Pending,
            StatusName::Retired => Self::Retired,
            StatusName::Disputed => Self::Disputed,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Csv {
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    csv_delimiter: Option<u8>,
    #[arg(long)]
    csv_bom: bool,
}

impl Csv {
    pub(crate) fn is_asked_for(&self) -> bool {
        self.csv_delimiter.is_some() || self.csv_bom
    }

    pub(crate) fn style(&self) -> CsvStyle {
        CsvStyle { delimiter: self.csv_delimiter.unwrap_or(b','), byte_order_mark: self.csv_bom }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Letter {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: String,
    #[arg(long, value_name = "KIND")]
    pub(crate) to: Option<String>,
    #[arg(long, value_name = "UNIT")]
    pub(crate) under: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    #[arg(long, value_name = "SIZE")]
    pub(crate) as_of: Option<u64>,
    #[command(flatten)]
    pub(crate) csv: Csv,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: String,
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    #[arg(long, value_name = "SIZE")]
    pub(crate) as_of: Option<u64>,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

//! Arguments of units that sign, and of what they are asked. What a statement says is optional here: the verb says what
//! it lacks, and `correct` keeps what is not given anew.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{Signing, Source, Stale, Trust};

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

/// What every verb takes that answers a request.
#[derive(Debug, ClapArgs)]
pub(crate) struct Answering {
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_enum)]
    pub(crate) stale: Option<Stale>,
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Who is covered.
#[derive(Debug, ClapArgs)]
pub(crate) struct Counts {
    #[arg(long, value_name = "N/REQUIRED")]
    pub(crate) pns: Option<String>,
    #[arg(long, value_name = "N/REQUIRED")]
    pub(crate) pppk: Option<String>,
    #[arg(long, value_name = "N/REQUIRED")]
    pub(crate) ppnpn: Option<String>,
    #[arg(long, value_name = "N/REQUIRED", conflicts_with_all = ["pns", "pppk", "ppnpn"])]
    pub(crate) combined: Option<String>,
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

/// What a pledge says, beside its counts.
#[derive(Debug, ClapArgs)]
pub(crate) struct PledgeContent {
    #[arg(long, value_name = "N,N…", value_delimiter = ',')]
    pub(crate) accept: Vec<u8>,
    #[arg(long, value_enum)]
    pub(crate) form: Option<Form>,
    #[arg(long, value_enum)]
    pub(crate) role: Option<Role>,
    #[arg(long, value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
    #[arg(long, value_name = "HASH")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Pledge {
    #[command(flatten)]
    pub(crate) answering: Answering,
    #[command(flatten)]
    pub(crate) counts: Counts,
    #[command(flatten)]
    pub(crate) content: PledgeContent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Topic {
    Rules,
    Ethics,
    SocialMedia,
    Sanctions,
    Reporting,
    Other,
}

/// What a briefing says, beside its counts.
#[derive(Debug, ClapArgs)]
pub(crate) struct BriefingContent {
    #[arg(long, value_name = "DATE")]
    pub(crate) held_on: Option<String>,
    #[arg(long, value_enum)]
    pub(crate) topic: Option<Topic>,
    #[arg(long, value_name = "FILE")]
    pub(crate) material: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Brief {
    #[command(flatten)]
    pub(crate) answering: Answering,
    #[command(flatten)]
    pub(crate) counts: Counts,
    #[command(flatten)]
    pub(crate) content: BriefingContent,
    #[arg(long)]
    pub(crate) again: bool,
}

/// Cases by category, or that there are none.
#[derive(Debug, ClapArgs)]
pub(crate) struct Cases {
    #[arg(long, value_name = "CATEGORY:NAME=N,…")]
    pub(crate) case: Vec<String>,
    #[arg(long)]
    pub(crate) nil: bool,
}

/// What a monitoring statement says, beside its cases.
#[derive(Debug, ClapArgs)]
pub(crate) struct MonitoringContent {
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    #[arg(long, value_name = "FACTOR=LEVEL")]
    pub(crate) risk: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Monitor {
    #[command(flatten)]
    pub(crate) answering: Answering,
    #[command(flatten)]
    pub(crate) content: MonitoringContent,
    #[command(flatten)]
    pub(crate) cases: Cases,
    #[arg(long)]
    pub(crate) again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Channel {
    Bawaslu,
    Bkn,
    Kasn,
    Inspectorate,
    AppointingAuthority,
    Other,
}

/// What a referral says, beside its cases.
#[derive(Debug, ClapArgs)]
pub(crate) struct ReferralContent {
    #[arg(long, value_enum)]
    pub(crate) channel: Option<Channel>,
    #[arg(long, value_name = "N")]
    pub(crate) overdue: Option<String>,
    #[arg(long, value_name = "SANCTION=N")]
    pub(crate) sanction: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Refer {
    #[command(flatten)]
    pub(crate) answering: Answering,
    #[command(flatten)]
    pub(crate) content: ReferralContent,
    #[command(flatten)]
    pub(crate) cases: Cases,
    #[arg(long)]
    pub(crate) again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reason {
    Progress,
    Error,
    NewInformation,
    Withdrawn,
}

/// Which statement is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Pledge,
    Briefing,
    Monitoring,
    Referral,
}

/// What a correction takes away without giving it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Clear {
    Document,
    Material,
    Risks,
    Cases,
    Sanctions,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Correct {
    #[command(flatten)]
    pub(crate) answering: Answering,
    #[arg(long, value_enum, default_value = "pledge", conflicts_with = "target")]
    pub(crate) kind: Kind,
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    #[arg(long, value_enum)]
    pub(crate) reason: Reason,
    #[arg(long)]
    pub(crate) withdraw: bool,
    #[command(flatten)]
    pub(crate) counts: Counts,
    #[command(flatten)]
    pub(crate) pledge: PledgeContent,
    #[command(flatten)]
    pub(crate) briefing: BriefingContent,
    #[command(flatten)]
    pub(crate) monitoring: MonitoringContent,
    #[command(flatten)]
    pub(crate) referral: ReferralContent,
    #[command(flatten)]
    pub(crate) cases: Cases,
    #[arg(long, value_enum)]
    pub(crate) clear: Vec<Clear>,
}

/// Writes once more what was signed.
#[derive(Debug, ClapArgs)]
pub(crate) struct Resend {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
}

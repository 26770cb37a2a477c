//! Names of the values of every enum of a statement: in machine output, and as keys of texts for people.

use ikrar_core::statement::{
    Cadence, CaseStatus, Category, Channel, Duty, Form, Reason, RiskFactor, RiskLevel, Role, Sanction, Stage, Topic,
};

/// A value with a name; its words are the catalogue's `PREFIX-NAME`.
pub trait Named: Copy {
    /// What its names begin with in the catalogue.
    const PREFIX: &'static str;
    /// Its name.
    fn name(self) -> &'static str;
    /// Its key in the catalogue.
    fn key(self) -> String {
        format!("{}-{}", Self::PREFIX, self.name().to_ascii_lowercase())
    }
}

macro_rules! named {
    ($($type:ident, $prefix:literal: $($variant:ident $name:literal),+;)+) => { $(
        impl Named for $type {
            const PREFIX: &'static str = $prefix;
            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    )+ };
}

named! {
    Cadence, "cadence": Annual "annual", Election "election", ByElection "by-election";
    Stage, "stage": Before "before", During "during", After "after";
    Duty, "duty": Pledge "pledge", Briefing "briefing", Monitoring "monitoring", Referral "referral";
    Form, "form": Ikrar "ikrar", PaktaIntegritas "pakta-integritas", Deklarasi "deklarasi";
    Role, "role": Head "head", Plt "plt", Plh "plh", Pj "pj";
    Topic, "topic": Rules "rules", Ethics "ethics", SocialMedia "social-media", Sanctions "sanctions",
        Reporting "reporting", Other "other";
    Category, "category": A "A", B "B", C "C", D "D", E "E", F "F", G "G", H "H", I "I", J "J", K "K", L "L", M "M",
        N "N";
    RiskFactor, "risk": Paternalism "paternalism", Kinship "kinship", Ignorance "ignorance",
        Intervention "intervention";
    RiskLevel, "level": Low "low", Medium "medium", High "high";
    Channel, "channel": Bawaslu "bawaslu", Bkn "bkn", Kasn "kasn", Inspectorate "inspectorate",
        AppointingAuthority "appointing-authority", Other "other";
    CaseStatus, "case": Reported "reported", Examined "examined", Proven "proven", Unproven "unproven",
        ActedOn "acted-on";
    Sanction, "sanction": Pp53Medium "pp53-medium", Pp53Severe "pp53-severe", Pp94Medium "pp94-medium",
        Pp94Severe "pp94-severe", Pp42Open "pp42-open", Pp42Closed "pp42-closed";
    Reason, "reason": Progress "progress", Error "error", NewInformation "new-information", Withdrawn "withdrawn";
}

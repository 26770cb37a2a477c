//! Whatever a report can show is in the example of the city, so that whoever changes a report sees it.

use std::collections::BTreeSet;
use std::ops::Not as _;

use ikrar_log::report::{Report, RiskSum};
use ikrar_log::status::{Flag, Status, Timing};

use crate::CITY;
use crate::counts::{reports, statements};

/// The names that occur in any round.
fn occurring<'a, I: IntoIterator<Item = String>>(
    reports: &'a [Report],
    names: impl Fn(&'a Report) -> I,
) -> BTreeSet<String> {
    reports.iter().flat_map(names).collect()
}

fn assert_all(what: &str, found: &BTreeSet<String>, wanted: &str) {
    let wanted: BTreeSet<_> = wanted.split(' ').map(str::to_owned).collect();
    assert_eq!(*found, wanted, "{what}");
}

#[test]
fn a_report_can_show_what_the_example_lacks() {
    let reports = reports(&CITY);
    for of in Status::ALL {
        assert!(reports.iter().any(|report| report.units.iter().any(|unit| unit.status == *of)), "{of}");
    }
    for of in Timing::ALL {
        assert!(reports.iter().any(|report| report.units.iter().any(|unit| unit.timing == Some(*of))), "{of}");
    }
    for of in Flag::ALL {
        assert!(reports.iter().any(|report| report.units.iter().any(|unit| unit.flags.contains(of))), "{of}");
    }
    let named = |what: &str, names: &dyn Fn(&Report) -> Vec<&'static str>, wanted: &str| {
        let found = occurring(&reports, |report| names(report).into_iter().map(str::to_owned));
        assert_all(what, &found, wanted);
    };
    named("cadence", &|report| vec![report.terms.cadence], "annual election");
    named("stage", &|report| vec![report.terms.stage], "after before during");
    named("duty", &|report| report.terms.required.clone(), "briefing monitoring pledge");
    let topics = |report: &Report| report.around.briefings.topics.iter().map(|sum| sum.topic).collect();
    named("topic", &topics, "ethics other reporting rules sanctions social-media");
    let categories = |report: &Report| report.around.monitoring.cases.iter().map(|sum| sum.category).collect();
    named("category", &categories, "A B C D E F G H I J K L M N");
    let channels = |report: &Report| report.around.referrals.channels.iter().map(|sum| sum.channel).collect();
    named("channel", &channels, "appointing-authority bawaslu bkn inspectorate kasn other");
    let cases = |report: &Report| report.around.referrals.cases.iter().map(|sum| sum.status).collect();
    named("case", &cases, "acted-on examined proven reported unproven");
    let sanctions = |report: &Report| report.around.referrals.sanctions.iter().map(|sum| sum.sanction).collect();
    named("sanction", &sanctions, "pp42-closed pp42-open pp53-medium pp53-severe pp94-medium pp94-severe");
    let changes = |report: &Report| report.roster_changes.iter().map(|change| change.change).collect();
    named("change", &changes, "enrolled moved rekeyed renamed retired");
    let roles = |report: &Report| report.units.iter().filter_map(|unit| unit.role).collect();
    named("role", &roles, "head pj plh plt");
    let forms = |report: &Report| report.units.iter().filter_map(|unit| unit.form).collect();
    named("form", &forms, "deklarasi ikrar pakta-integritas");

    let in_force = occurring(&reports, |report| report.terms.bases.iter().map(|basis| basis.in_force.to_string()));
    assert_all("in force", &in_force, "no partly throughout");
    for level in ["low", "medium", "high"] {
        let rated = |report: &Report| {
            let risks = report.around.monitoring.risks.iter();
            let units = |risk: &RiskSum| [("low", risk.low), ("medium", risk.medium), ("high", risk.high)];
            risks.filter(|risk| units(risk).contains(&(level, 0)).not()).map(|risk| risk.factor).collect()
        };
        named(level, &rated, "ignorance intervention kinship paternalism");
    }
    let forced = |report: &Report| report.roster_changes.iter().any(|change| change.forced && change.near_due);
    assert!(reports.iter().any(forced), "a key was changed by force in the week before due");
    let split = |report: &Report| report.roster_changes.iter().any(|change| change.successors.len() == 2);
    assert!(reports.iter().any(split), "a unit was split");
    assert!(reports.iter().any(|report| report.opener != "root"), "a city opened a round");
    // The log's key and the root's stay as they are: another trust root would have to be pinned.
    let said: BTreeSet<_> = statements(&CITY).into_keys().map(str::to_owned).collect();
    let wanted = "Amend Briefing Correction Enroll Genesis Monitoring OpenJournal OpenRound Pledge PublishPolicy \
                  PublishText Referral Rekey Retire anchor";
    assert_all("statement", &said, wanted);
}

//! The report as a table: one line a unit (spec §12.1).

use std::io::{self, Write};

use super::coverage::{CountOut, CoverageOut};
use super::{Report, UnitOut};

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CsvStyle {
    /// Between fields.
    pub delimiter: u8,
    /// Begin with the mark by which spreadsheet programs know UTF-8.
    pub byte_order_mark: bool,
}

impl CsvStyle {
    /// A writer of tables in this style.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn writer<W: Write>(self, mut out: W) -> io::Result<::csv::Writer<W>> {
        if self.byte_order_mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Ok(::csv::WriterBuilder::new().delimiter(self.delimiter).from_writer(out))
    }
}

impl Report {
    /// Writes one line a unit, with a header; fields as in the JSON, lists joined by spaces.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_csv(&self, out: impl Write, style: CsvStyle) -> Result<(), ::csv::Error> {
        let mut csv = style.writer(out)?;
        csv.write_record(CSV_COLUMNS)?;
        for unit in &self.units {
            csv.write_record(self.csv_row(unit).map(|field| inert(&field)))?;
        }
        csv.flush()?;
        Ok(())
    }

    fn csv_row(&self, unit: &UnitOut) -> [String; CSV_COLUMNS.len()] {
        let [pns, pppk, ppnpn, combined] = match unit.coverage {
            Some(CoverageOut::ByCategory { pns, pppk, ppnpn }) => [Some(pns), Some(pppk), Some(ppnpn), None],
            Some(CoverageOut::Combined { combined }) => [None, None, None, Some(combined)],
            None => [None; 4],
        };
        let required = |count: Option<CountOut>| count.map(|count| count.required.to_string()).unwrap_or_default();
        let signed = |count: Option<CountOut>| count.map(|count| count.signed.to_string()).unwrap_or_default();
        let flags: Vec<_> = unit.flags.iter().map(|flag| flag.name()).collect();
        let monitoring = match unit.monitorings.as_slice() {
            [] => "silent",
            all if all.iter().all(|monitoring| monitoring.nil) => "nil",
            _ => "cases",
        };
        let commitments: Vec<_> = unit.commitments.iter().map(u8::to_string).collect();
        [
            self.round.clone(),
            unit.unit.clone(),
            unit.name.clone(),
            unit.parent.clone().unwrap_or_default(),
            unit.kind.clone(),
            unit.status.to_string(),
            unit.content.to_string(),
            unit.timing.map(|timing| timing.to_string()).unwrap_or_default(),
            flags.join(" "),
            unit.at_due.status.to_string(),
            unit.entry.map(|entry| entry.to_string()).unwrap_or_default(),
            unit.logged_at.clone().unwrap_or_default(),
            unit.made_at.clone().unwrap_or_default(),
            required(pns),
            signed(pns),
            required(pppk),
            signed(pppk),
            required(ppnpn),
            signed(ppnpn),
            required(combined),
            signed(combined),
            commitments.join(" "),
            self.registry.synthetic.to_string(),
            self.tree_size.to_string(),
            self.at.clone(),
            unit.level.to_string(),
            unit.ancestors.join(" "),
            unit.days_overdue.map(|days| days.to_string()).unwrap_or_default(),
            unit.keyed.to_string(),
            unit.keyed_since.as_ref().map(|since| since.at.clone()).unwrap_or_default(),
            unit.text.clone().unwrap_or_default(),
            unit.form.unwrap_or_default().to_owned(),
            unit.role.unwrap_or_default().to_owned(),
            unit.briefings.len().to_string(),
            monitoring.to_owned(),
            unit.referrals.len().to_string(),
        ]
    }
}

/// The columns of the report as CSV.
pub const CSV_COLUMNS: [&str; 36] = [
    "round",
    "unit",
    "name",
    "parent",
    "kind",
    "status",
    "content",
    "timing",
    "flags",
    "at_due",
    "entry",
    "logged_at",
    "made_at",
    "pns_required",
    "pns_signed",
    "pppk_required",
    "pppk_signed",
    "ppnpn_required",
    "ppnpn_signed",
    "combined_required",
    "combined_signed",
    "commitments",
    "synthetic",
    "tree_size",
    "at",
    "level",
    "ancestors",
    "days_overdue",
    "keyed",
    "keyed_since",
    "text",
    "form",
    "role",
    "briefings",
    "monitoring",
    "referrals",
];

/// A field that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn inert(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}

//! What a terminal costs: within the budget, and as documented.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::emulator::{MPS2, firmware};
use crate::figures::{Table, parse};
use crate::line::Line;
use crate::{flash, run_session, session};

/// Entries of the log that the receipt comes from.
const MILLION: usize = 1_000_000;

#[test]
fn the_figures_are_within_the_budget_and_the_documentation_tells_them() {
    if !MPS2.is_here(true) {
        return;
    }
    let mut table = Table::default();
    let [flash_size, ram, stack] = run_session(&MPS2, 64, true);
    table.push("flash, bytes", flash_size);
    table.push("static RAM, bytes", ram);
    table.push("deepest stack, bytes", stack);
    table.push("static RAM and deepest stack, bytes", ram + stack);

    let (_folder, file) = flash();
    let machine = MPS2.run(&MPS2.build("measure"), Some(&file), true);
    session(&mut Line::to(machine.port), 64, MILLION);
    std::thread::sleep(Duration::from_millis(200));
    let lines: Vec<String> = machine.said.try_iter().collect();
    let told = parse(&lines);
    let of = |name: &str| told.iter().filter(|figure| figure.0 == name).map(|figure| figure.1).sum::<u64>();
    let deep = |name: &str| told.iter().filter(|figure| figure.0 == name).map(|figure| figure.2).max().unwrap();
    let (sign, check) = (of("sign"), of("verify"));
    table.push("bare signature, instructions", sign);
    table.push("bare signature, stack in bytes", deep("sign"));
    table.push("bare verification, instructions", check);
    table.push("bare verification, stack in bytes", deep("verify"));
    // The first of each is a pledge; those after it are what takes the most stack.
    let first = |name: &str| told.iter().find(|figure| figure.0 == name).unwrap().1;
    let (own, other) = (first("request-5"), first("request-6"));
    table.push("sign and append a pledge, instructions", own);
    table.push("sign and append a pledge, in thousandths of the bare signature", own * 1_000 / sign);
    table.push("append another unit's pledge, instructions", other);
    table.push("append another unit's pledge, in thousandths of a bare verification", other * 1_000 / check);
    let receipt = of("request-12") + of("request-13") + of("request-14");
    table.push("verify a receipt from 1,000,000 entries, instructions", receipt);
    // The checkpoint's, and those of three entries on the path of trust.
    table.push("verify that receipt, in thousandths of the four verifications in it", receipt * 1_000 / (4 * check));
    hold(&table);
}

/// Prints the table, holds it against the budget, and the documentation against it.
fn hold(table: &Table) {
    let file = std::fs::read_to_string(firmware().join("budget.toml")).unwrap();
    let budget = numbers(&file, "[budget]");
    let markdown = table.markdown(&numbers(&file, "[goal]"), &budget);
    println!("{markdown}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/device.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once("<!-- figures -->\n").expect("a mark before the table");
    let (written, after) = rest.split_once("<!-- end of figures -->\n").expect("a mark after the table");
    if std::env::var_os("IKRAR_UPDATE_EXPECTED").is_some() {
        let page = format!("{before}<!-- figures -->\n{markdown}<!-- end of figures -->\n{after}");
        std::fs::write(path, page).unwrap();
    } else {
        let documented: Vec<(&str, u64)> = written.lines().skip(2).map(row).collect();
        assert!(documented.iter().map(|row| row.0).eq(table.0.iter().map(|row| row.0)), "{written}");
        for ((name, documented), (_, measured)) in documented.into_iter().zip(&table.0) {
            assert!(
                documented.abs_diff(*measured) * 50 <= *measured,
                "{name}: docs/device.md says {documented}, measured {measured}; IKRAR_UPDATE_EXPECTED=1 rewrites it"
            );
        }
    }
    let exceeded: Vec<_> = table.0.iter().filter(|(name, value)| *value > budget[*name]).collect();
    assert!(exceeded.is_empty(), "over the budget: {exceeded:?}");
}

fn row(line: &str) -> (&str, u64) {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    (cells[1], cells[2].replace(',', "").parse().unwrap())
}

/// Lines of `"name" = number` under a heading.
fn numbers(text: &str, heading: &str) -> BTreeMap<String, u64> {
    let line = |line: &str| {
        let (name, number) = line.strip_prefix('"')?.split_once("\" = ")?;
        Some((name.to_owned(), number.replace('_', "").parse().ok()?))
    };
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with('[')).filter_map(line).collect()
}

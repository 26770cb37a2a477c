//! Sizes of a program, and figures that it tells.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A section that has a place in memory.
#[derive(Debug)]
struct Section {
    /// Is it in the file, and so in the flash?
    stored: bool,
    address: u32,
    size: u32,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn half(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap()
}

/// The sections of a 32-bit little-endian ELF file that have a place in memory.
fn sections(elf: &[u8]) -> Vec<Section> {
    assert_eq!(&elf[..6], b"\x7fELF\x01\x01");
    let (table, entry, count) = (index(word(elf, 32)), half(elf, 46), half(elf, 48));
    let header = |number: usize| &elf[table + number * entry..][..entry];
    let in_memory = (0..count).map(header).filter(|header| word(header, 8) & 2 != 0 && word(header, 20) > 0);
    let section = |header: &[u8]| {
        let (stored, address, size) = (word(header, 4) != 8, word(header, 12), word(header, 20));
        Section { stored, address, size }
    };
    in_memory.map(section).collect()
}

/// Bytes of flash and of static RAM that a program needs.
pub(crate) fn sizes(elf: &[u8], (stack, _): (u32, u32)) -> (u32, u32) {
    let sections = sections(elf);
    // The statics lie above the stack.
    let in_ram = |section: &&Section| section.address >= stack;
    (
        sections.iter().filter(|section| section.stored).map(|section| section.size).sum(),
        sections.iter().filter(in_ram).map(|section| section.size).sum(),
    )
}

/// How deep the stack went: it was painted before the program ran.
pub(crate) fn deepest(stack: &[u8]) -> u32 {
    let untouched = stack.iter().take_while(|byte| **byte == 0xCC).count();
    u32::try_from(stack.len() - untouched).unwrap()
}

/// Instructions and stack of a thing, in the order of `figure` lines on the console.
pub(crate) fn parse(lines: &[String]) -> Vec<(String, u64, u64)> {
    let figure = |line: &String| {
        let mut parts = line.strip_prefix("figure ")?.split(' ');
        Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    lines.iter().filter_map(figure).collect()
}

/// Figures with their names, in order.
#[derive(Debug, Default)]
pub(crate) struct Table(pub(crate) Vec<(&'static str, u64)>);

impl Table {
    pub(crate) fn push(&mut self, name: &'static str, value: impl Into<u64>) {
        self.0.push((name, value.into()));
    }

    /// The lines of a table in Markdown.
    pub(crate) fn markdown(&self, goals: &BTreeMap<String, u64>, budget: &BTreeMap<String, u64>) -> String {
        let mut text = String::from("| figure | measured | goal | budget |\n|---|---:|---:|---:|\n");
        for (name, value) in &self.0 {
            let goal = goals.get(*name).copied().map(grouped).unwrap_or_default();
            writeln!(text, "| {name} | {} | {goal} | {} |", grouped(*value), grouped(budget[*name])).unwrap();
        }
        text
    }
}

/// With a comma between thousands.
pub(crate) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

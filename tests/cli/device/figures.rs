//! Sizes of a program, and figures that it tells.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A section that has a place in memory.
#[derive(Debug)]
struct Section {
    name: String,
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
    let (table, entry, count, names) = (index(word(elf, 32)), half(elf, 46), half(elf, 48), half(elf, 50));
    let header = |number: usize| &elf[table + number * entry..][..entry];
    let names = &elf[index(word(header(names), 16))..];
    let in_memory = (0..count).map(header).filter(|header| word(header, 8) & 2 != 0 && word(header, 20) > 0);
    let section = |header: &[u8]| {
        let name = names[index(word(header, 0))..].split(|byte| *byte == 0).next().unwrap();
        Section {
            name: String::from_utf8(name.to_vec()).unwrap(),
            stored: word(header, 4) != 8,
            address: word(header, 12),
            size: word(header, 20),
        }
    };
    in_memory.map(section).collect()
}

/// What a program needs before it runs.
#[derive(Debug)]
pub(crate) struct Sizes {
    pub(crate) flash: u32,
    pub(crate) ram: u32,
    /// Where the stack may reach to.
    pub(crate) stack_end: u32,
}

pub(crate) fn sizes(elf: &[u8], ram_start: u32) -> Sizes {
    let sections = sections(elf);
    let in_ram = |section: &&Section| section.address >= ram_start;
    Sizes {
        flash: sections.iter().filter(|section| section.stored).map(|section| section.size).sum(),
        ram: sections.iter().filter(in_ram).map(|section| section.size).sum(),
        stack_end: sections.iter().filter(in_ram).map(|section| section.address + section.size).max().unwrap_or(ram_start),
    }
}

/// How deep the stack went: it was painted before the program ran.
pub(crate) fn deepest(memory: &[u8], from: u32, stack_end: u32) -> u32 {
    let stack = &memory[index(stack_end - from)..];
    let untouched = stack.iter().take_while(|byte| **byte == 0xCC).count();
    assert!(untouched > 0, "the stack reached the statics");
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

/// Figures by name, each with its budget.
#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<&'static str, u64>, Vec<&'static str>);

impl Table {
    pub(crate) fn push(&mut self, name: &'static str, value: u64) {
        self.1.push(name);
        self.0.insert(name, value);
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.1.iter().map(|name| (*name, self.0[name]))
    }

    /// The lines of the Markdown table.
    pub(crate) fn markdown(&self, budget: &BTreeMap<String, u64>) -> String {
        let mut text = String::from("| figure | measured | budget |\n|---|---:|---:|\n");
        for (name, value) in self.rows() {
            writeln!(text, "| {name} | {} | {} |", grouped(value), grouped(budget[name])).unwrap();
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

//! A guide as blocks: commands to type, and transcripts of what they say.

use std::path::Path;

/// A command, and the exit code that the guide announces by `# exit N`.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) words: Vec<String>,
    pub(crate) exit: i32,
}

#[derive(Debug)]
pub(crate) enum Block {
    Commands(Vec<Command>),
    Transcript(Vec<String>),
}

pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) blocks: Vec<Block>,
    tables: Vec<String>,
}

impl Page {
    pub(crate) fn read(guide: &str, lang: &str) -> Self {
        let name = format!("guide-{guide}.{lang}.md");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(&name);
        let text = std::fs::read_to_string(path).unwrap();
        let (mut blocks, mut tables) = (Vec::new(), Vec::new());
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(kind) = line.strip_prefix("```") else { continue };
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
            match kind {
                "sh" => blocks.push(Block::Commands(commands(&block.join("\n")))),
                "text" => blocks.push(Block::Transcript(block)),
                "csv" => tables.push(block.join("\n") + "\n"),
                _ => panic!("{name}: a block that nothing checks: {kind}"),
            }
        }
        Self { name, blocks, tables }
    }

    /// The roster that the guide shows.
    pub(crate) fn roster(&self) -> Option<String> {
        self.tables.first().cloned()
    }
}

fn commands(block: &str) -> Vec<Command> {
    block.replace("\\\n", " ").lines().map(command).collect()
}

fn command(line: &str) -> Command {
    let (line, exit) = line.split_once(" # exit ").unwrap_or((line, "0"));
    // What stands between quotation marks is one word.
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(number, part)| match number % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    Command { words: words.collect(), exit: exit.trim().parse().unwrap() }
}

/// Line by line; `…` in a line stands for anything there, and alone for any lines.
pub(crate) fn compare(shown: &[String], said: &str, page: &str) {
    let said: Vec<_> = said.lines().map(str::trim_end).collect();
    let shown: Vec<_> = shown.iter().map(|line| line.trim_end()).collect();
    assert!(all_like(&shown, &said), "{page} shows\n{}\n\nbut the program says\n{}", shown.join("\n"), said.join("\n"));
}

fn all_like(shown: &[&str], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=said.len()).any(|skipped| all_like(rest, &said[skipped..]))
        }
        Some((first, rest)) => said.split_first().is_some_and(|(line, said)| like(first, line) && all_like(rest, said)),
    }
}

fn like(shown: &str, said: &str) -> bool {
    match shown.split_once('…') {
        None => shown == said,
        Some((start, rest)) => said.strip_prefix(start).is_some_and(|said| {
            let ends = said.char_indices().map(|(at, _)| at).chain([said.len()]);
            ends.into_iter().any(|at| like(rest, &said[at..]))
        }),
    }
}

#[test]
fn a_transcript_that_differs_passes() {
    assert!(like("log … of …: good", "log ab of 3: good"));
    assert!(!like("log …: bad", "log ab: good"));
    assert!(all_like(&["a", "…", "d"], &["a", "b", "c", "d"]));
    assert!(!all_like(&["a", "…", "d"], &["a", "b", "c"]));
    assert!(!all_like(&["a"], &["a", "b"]));
}

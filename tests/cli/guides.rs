//! The guides, executed: each reader at a computer of their own types what their guide says, in order, and the other roles
//! bring what the guide says comes from them, made with the program too. A `text` block is what the reader then sees.

#[path = "guides/cast.rs"]
mod cast;
#[path = "guides/page.rs"]
mod page;

use cast::{Cast, Reader};
use page::{Block, Page};

/// Runs a guide from its first command to its last.
fn follow(reader: Reader, lang: &'static str) {
    let page = Page::read(reader.guide(), lang);
    let mut cast = Cast::new(reader, lang, page.roster());
    let mut said = String::new();
    let mut executed = 0;
    for block in &page.blocks {
        match block {
            Block::Commands(commands) => {
                said.clear();
                if reader == Reader::Changer && commands.iter().any(|command| cast.has_made(command)) {
                    // Another recipe: it begins where the one before began.
                    cast = Cast::new(reader, lang, page.roster());
                }
                for command in commands {
                    said.push_str(&cast.run(command));
                    executed += 1;
                }
            }
            Block::Transcript(shown) => page::compare(shown, &said, &page.name),
        }
    }
    assert!(executed > 4, "{}: {executed} commands", page.name);
}

#[test]
fn a_unit_is_led_astray() {
    follow(Reader::Unit, "en");
}

#[test]
fn a_unit_is_led_astray_in_indonesian() {
    follow(Reader::Unit, "id");
}

#[test]
fn an_authority_is_led_astray() {
    follow(Reader::Authority, "en");
}

#[test]
fn an_authority_is_led_astray_in_indonesian() {
    follow(Reader::Authority, "id");
}

#[test]
fn an_operator_is_led_astray() {
    follow(Reader::Operator, "en");
}

#[test]
fn an_operator_is_led_astray_in_indonesian() {
    follow(Reader::Operator, "id");
}

#[test]
fn an_auditor_is_led_astray() {
    follow(Reader::Auditor, "en");
}

#[test]
fn an_auditor_is_led_astray_in_indonesian() {
    follow(Reader::Auditor, "id");
}

#[test]
fn a_recipe_for_a_change_fails() {
    follow(Reader::Changer, "en");
}

#[test]
fn a_recipe_for_a_change_fails_in_indonesian() {
    follow(Reader::Changer, "id");
}

//! A reader of HTML for tests: stricter than browsers, which forgive.

use std::collections::BTreeMap;

const VOID: [&str; 6] = ["meta", "br", "input", "link", "img", "hr"];
const RAW: [&str; 2] = ["script", "style"];

/// An element as it is opened.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    pub(crate) name: &'a str,
    pub(crate) attributes: BTreeMap<&'a str, &'a str>,
    /// What stands in a script or a style, as it is.
    pub(crate) raw: &'a str,
}

/// Every element, in order. Whatever is not closed, or closed in another order, ends the test.
#[track_caller]
pub(crate) fn elements(page: &str) -> Vec<Element<'_>> {
    let rest = page.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    let mut open: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    let mut rest = rest;
    while let Some((text, tag)) = rest.split_once('<') {
        assert!(!text.contains('>'), "a stray > in {text}");
        if let Some(closing) = tag.strip_prefix('/') {
            let (name, after) = closing.split_once('>').expect("a closing tag ends");
            let expected = open.pop();
            // What SVG closes itself was never opened.
            assert_eq!(expected, Some(name), "</{name}> inside {open:?}");
            rest = after;
            continue;
        }
        let (inside, after) = end_of_tag(tag);
        let is_closed = inside.ends_with('/');
        let mut element = element(inside.trim_end_matches('/'));
        rest = after;
        if RAW.contains(&element.name) {
            let end = format!("</{}>", element.name);
            let (raw, after) = rest.split_once(&end).expect("a raw element ends");
            element.raw = raw;
            rest = after;
        } else if !is_closed && !VOID.contains(&element.name) {
            open.push(element.name);
        }
        found.push(element);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

/// Up to the `>` that is in no quotes.
fn end_of_tag(tag: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return (&tag[..at], &tag[at + 1..]),
            _ => {}
        }
    }
    panic!("a tag never ends: {tag:.60}");
}

fn element(inside: &str) -> Element<'_> {
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "an element's name: {name}");
    let mut attributes = BTreeMap::new();
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"').expect("a value ends"),
            None => ("", after.strip_prefix('=').map_or(after, |_| panic!("a value without quotes: {rest}"))),
        };
        assert!(attributes.insert(key, value).is_none(), "{key} twice in {inside}");
        rest = after;
    }
    Element { name, attributes, raw: "" }
}

/// What a reader sees in place of references.
pub(crate) fn unescape(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (reference, means)| text.replace(reference, means))
}

//! What is said of a command line that is not understood: clap's finding, in the words of the catalogue.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::message::{Message, cause};
use crate::messages::Messages;

/// The error with its advice, the usage line, and the way to the help.
pub(crate) fn told(error: &Error, messages: &Messages) -> String {
    let mut out = format!("{} {}\n", messages.text("error-label", &[]), messages.tell(&refusal(error)));
    for tip in tips(error) {
        out.push_str(&format!("\n  {}\n", messages.tell(&tip)));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim_start_matches("Usage:").trim();
        out.push_str(&format!("\n{} {usage}\n", messages.text("usage-usage", &[])));
    }
    out.push_str(&format!("\n{}\n", messages.text("usage-see-help", &[])));
    out
}

/// What a part of the error says, in one line.
fn part(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn refusal(error: &Error) -> Message {
    let part = |kind| part(error, kind);
    let (arg, value) = (part(ContextKind::InvalidArg), part(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => cause("usage-unknown-argument").with("arg", arg),
        ErrorKind::InvalidSubcommand => {
            cause("usage-unknown-command").with("command", part(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            cause("usage-missing-command").with("commands", part(ContextKind::ValidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => cause("usage-missing-argument").with("args", arg),
        ErrorKind::InvalidValue if value.is_empty() => cause("usage-missing-value").with("arg", arg),
        ErrorKind::InvalidValue => cause("usage-invalid-value").with("arg", arg).with("value", value),
        ErrorKind::ValueValidation => cause("usage-unfit-value").with("arg", arg).with("value", value),
        ErrorKind::ArgumentConflict => {
            let other = part(ContextKind::PriorArg);
            if other == arg || other.is_empty() {
                cause("usage-twice").with("arg", arg)
            } else {
                cause("usage-conflict").with("arg", arg).with("other", other)
            }
        }
        ErrorKind::NoEquals => cause("usage-no-equals").with("arg", arg),
        ErrorKind::TooManyValues => cause("usage-too-many-values").with("arg", arg).with("value", value),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => cause("usage-number-of-values").with("arg", arg),
        ErrorKind::InvalidUtf8 => cause("usage-not-utf8"),
        _ => cause("usage-other"),
    }
}

fn tips(error: &Error) -> Vec<Message> {
    let mut tips = Vec::new();
    let choices = part(error, ContextKind::ValidValue);
    if !choices.is_empty() {
        tips.push(cause("usage-tip-choices").with("values", choices));
    }
    let similar = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    for suggested in similar.into_iter().map(|kind| part(error, kind)).filter(|text| !text.is_empty()) {
        tips.push(cause("usage-tip-similar").with("suggested", suggested));
    }
    if let (Some(ContextValue::Bool(true)), arg) =
        (error.get(ContextKind::TrailingArg), part(error, ContextKind::InvalidArg))
    {
        tips.push(cause("usage-tip-trailing").with("arg", arg));
    }
    tips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::command;
    use crate::messages::Lang;

    fn refused(lang: Lang, args: &[&str]) -> String {
        let messages = Messages::new(lang);
        let error = command(&messages).try_get_matches_from([&["ikrar"], args].concat()).unwrap_err();
        told(&error, &messages)
    }

    #[test]
    fn a_refused_command_line_is_not_told_why_in_its_language() {
        for (args, english, indonesian) in [
            (&["verify", "log", "--formt", "json"][..], "--format", "--format"),
            (&["verfy", "log"], "verify", "verify"),
            (&["verify"], "<LOG>", "<LOG>"),
            (&["verify", "log", "--format", "jsn"], "text, json", "text, json"),
            (&["verify", "log", "--format"], "--format <FORMAT>", "--format <FORMAT>"),
            (&["verify", "log", "--format", "json", "--format", "json"], "more than once", "lebih dari sekali"),
            (&["verify", "log", "--since", "a", "--since", "b"], "more than once", "lebih dari sekali"),
            (&["pledge", "r", "--key", "k", "--out", "o", "--pns", "1/1", "--combined", "1/1"], "together", "bersama"),
            (
                &["rekey", "--key", "k", "--out", "o", "--unit", "u", "--revoke", "--compromised-since", "x"],
                "\"x\"",
                "\"x\"",
            ),
            (&["keygen", "--out", "k"], "--unit", "--unit"),
            (&["verify", "log", "other"], "other", "other"),
        ] {
            let (en, id) = (refused(Lang::En, args), refused(Lang::Id, args));
            for (told, words) in [(&en, ["Error: ", "--help", english]), (&id, ["Galat: ", "--help", indonesian])] {
                assert!(words.iter().all(|word| told.contains(word)), "{args:?}: {told}");
            }
            let of_value = args.contains(&"jsn") || args.contains(&"x") || args.ends_with(&["--format"]);
            assert_eq!(id.contains("Pemakaian: ikrar "), !of_value, "{id}");
            for word in ["Usage", "tip", "OPTIONS", "argument ", "value", "error", "required", "provided"] {
                assert!(!id.contains(word), "{word} in {id}");
            }
        }
    }
}

//! What every command has at hand: the user's language, the terminal, and the clock.

use std::cell::OnceCell;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anstyle::{AnsiColor, Style};
use ikrar_core::field::Time;
use ikrar_core::statement::Statement;
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::{Failure, unchecked};
use crate::messages::{Messages, Value};
use crate::passphrase::Passphrase;
use crate::words;

/// Most statements that are shown in words; a roster has thousands.
const STATEMENTS_SHOWN: usize = 20;

/// The surroundings of a command.
pub(crate) struct Context {
    pub(crate) messages: Messages,
    /// What a descriptor gave once, for all keys of the command.
    pub(crate) passphrase: OnceCell<Passphrase>,
    colour: bool,
}

impl Context {
    pub(crate) fn new(messages: Messages) -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colour = std::io::stdout().is_terminal() && !no_colour;
        // Consoles of Windows show escape sequences only when asked to; those before Windows 10 never do.
        #[cfg(windows)]
        let colour = colour && anstyle_query::windows::enable_ansi_colors() == Some(true);
        Self { messages, passphrase: OnceCell::new(), colour }
    }

    /// A message of the catalogue.
    pub(crate) fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.messages.text(key, args)
    }

    /// Text in a colour, where the terminal shows colours.
    pub(crate) fn paint(&self, colour: AnsiColor, text: &str) -> String {
        let style = Style::new().fg_color(Some(colour.into()));
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Writes to standard output. A reader who closed the pipe has seen enough.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        match std::io::stdout().lock().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(unchecked("error-write").with("path", "-").because(&error))
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the output.
    pub(crate) fn say(&self, key: &str, args: &[(&str, Value<'_>)]) {
        let _ = writeln!(std::io::stderr(), "{}", self.text(key, args));
    }

    /// Says why a command failed.
    pub(crate) fn complain(&self, failure: &Failure) {
        let label = self.text("error-label", &[]);
        let _ = writeln!(std::io::stderr(), "{label} {}", self.messages.tell(&failure.message));
    }

    /// Asks; only a yes in one of the languages is one.
    pub(crate) fn confirm(&self, key: &str) -> Result<bool, Failure> {
        let _ = write!(std::io::stderr(), "{} ", self.text(key, &[]));
        let mut answer = String::new();
        std::io::stdin()
            .read_line(&mut answer)
            .map_err(|error| unchecked("error-read").with("path", "-").because(&error))?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "ya"))
    }

    /// Asks where somebody is there to answer: the answer in small letters, none without a terminal.
    pub(crate) fn ask(&self, key: &str) -> Option<String> {
        if !std::io::stdin().is_terminal() {
            return None;
        }
        let _ = write!(std::io::stderr(), "{} ", self.text(key, &[]));
        let mut answer = String::new();
        // Who closes the input has not chosen anything.
        let _ = std::io::stdin().read_line(&mut answer);
        Some(answer.trim().to_lowercase())
    }

    /// Shows a statement in words, beside the output.
    pub(crate) fn show(&self, statement: &Statement<'_>) {
        let rows = words::statement(statement, &self.messages);
        let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
        for (number, (label, value)) in rows.iter().enumerate() {
            let bullet = if number == 0 { '•' } else { ' ' };
            let _ = writeln!(std::io::stderr(), "{bullet} {label:width$}  {value}");
        }
    }

    /// Shows several; a long list is cut, and says so.
    pub(crate) fn show_some<'a>(&self, statements: impl ExactSizeIterator<Item = &'a Statement<'a>>) {
        let more = statements.len().saturating_sub(STATEMENTS_SHOWN);
        statements.take(STATEMENTS_SHOWN).for_each(|statement| self.show(statement));
        if more > 0 {
            self.say("statements-more", &[("count", more.into())]);
        }
    }

    /// A bar on standard error, silent where that is no terminal.
    pub(crate) fn progress(&self, total: u64) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {human_pos}/{human_len} {eta}") {
            bar.set_style(style);
        }
        bar
    }

    /// The local clock.
    pub(crate) fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Time::new(since.as_secs()).unwrap_or(Time::UNKNOWN)
    }
}

/// The folder for what is neither log nor key: audit state, and what was published.
pub(crate) fn state_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("IKRAR_STATE")
        .or_else(|| variable("XDG_STATE_HOME").map(|folder| folder.join("ikrar")))
        .or_else(|| variable("LOCALAPPDATA").map(|folder| folder.join("ikrar").join("state")))
        .or_else(|| variable("HOME").map(|home| home.join(".local/state/ikrar")))
}

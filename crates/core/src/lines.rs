//! Splitting text by functions: the standard library's searchers for single characters and strings can panic, as far as
//! a linker can see, and on a device nothing may.

pub(crate) fn is_newline(c: char) -> bool {
    c == '\n'
}

pub(crate) fn is_space(c: char) -> bool {
    c == ' '
}

pub(crate) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

pub(crate) fn is_plus(c: char) -> bool {
    c == '+'
}

/// The lines of a text that ends in a newline; carriage returns are as any character.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split_terminator(is_newline)
}

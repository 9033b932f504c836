//! Who puts text from right to left in its order: newsterm, or the terminal.
//!
//! Most terminals draw letters in the order they get them. Some know of directions, but look at whole rows, which here
//! belong to several panes: they are told to leave that, as ECMA-48 and the terminal working group's proposal say.
//! Those that know directions and cannot be told get text as it is read.
//!
//! Source: <https://terminal-wg.pages.freedesktop.org/bidi/>.

use std::fmt;

use ratatui::crossterm::Command;

use crate::config::Bidi;

/// In which order letters are written to the terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// As they are seen, from the left.
    Visual,
    /// As they are read: the terminal turns them.
    Logical,
}

/// Tells in which order the terminal wants letters, by the settings and what the environment says.
pub fn order(wanted: Bidi, variable: impl Fn(&str) -> Option<String>) -> Order {
    let is = |name: &str, value: &str| variable(name).is_some_and(|found| found.starts_with(value));
    match wanted {
        Bidi::Newsterm => Order::Visual,
        Bidi::Terminal => Order::Logical,
        Bidi::Auto => {
            let turns =
                is("KONSOLE_VERSION", "") || is("TERM_PROGRAM", "Apple_Terminal") || is("TERM", "mlterm");
            if turns { Order::Logical } else { Order::Visual }
        }
    }
}

/// Tells a terminal to draw letters in the order they come.
pub(super) struct LeaveOrder;

/// Tells a terminal to turn text from right to left again, as it does by default.
pub(super) struct TurnText;

impl Command for LeaveOrder {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[8l")
    }
}

impl Command for TurnText {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[8h")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_that_turn_text_themselves_get_it_as_it_is_read() {
        let of = |name: &'static str, value: &'static str| {
            order(Bidi::Auto, |asked| (asked == name).then(|| value.to_owned()))
        };
        assert_eq!(of("KONSOLE_VERSION", "230400"), Order::Logical);
        assert_eq!(of("TERM_PROGRAM", "Apple_Terminal"), Order::Logical);
        assert_eq!(of("TERM", "xterm-256color"), Order::Visual);
        assert_eq!(order(Bidi::Newsterm, |_| Some("mlterm".to_owned())), Order::Visual);
        assert_eq!(order(Bidi::Terminal, |_| None), Order::Logical);
    }
}

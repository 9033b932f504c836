//! The palette: everything that can be done or gone to, found by some of its letters.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::sidebar::all_rows;
use super::{Action, State};
use crate::config::CHOICES;
use crate::model::Scope;

/// Entries shown at most; nobody looks further.
const MOST: usize = 100;
/// Commands that are remembered.
const REMEMBERED: usize = 20;

/// The palette: its best entries for what is typed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Palette {
    /// The entries, best first.
    pub entries: Vec<PaletteEntry>,
    /// The selected entry.
    pub cursor: usize,
}

/// What the palette offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// Do this.
    Act(Action),
    /// Go there.
    GoTo(Scope),
    /// Show all in the colours of this theme.
    UseTheme(String),
    /// Have this setting otherwise from now on.
    Set {
        /// Its name.
        key: String,
        /// Its value, as it is written.
        value: String,
    },
}

/// An entry of the palette.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaletteEntry {
    /// What it brings.
    pub command: Command,
    /// What it is called.
    pub label: String,
    /// Which of the label's characters were typed, in order.
    pub matched: Vec<u32>,
}

impl Palette {
    /// Finds what a text may mean; without one, what was used last comes first.
    pub fn of(state: &State, text: &str) -> Palette {
        let all = commands(state);
        let entries = if text.trim().is_empty() { by_use(all, &state.commands) } else { by_match(all, text) };
        Palette { entries, cursor: 0 }
    }

    /// Moves the cursor, round at both ends.
    pub fn step(&mut self, steps: isize) {
        let count = isize::try_from(self.entries.len()).unwrap_or(isize::MAX);
        if count > 0 {
            let cursor = isize::try_from(self.cursor).unwrap_or(0) + steps;
            self.cursor = cursor.rem_euclid(count).unsigned_abs();
        }
    }

    /// Gives the selected entry.
    pub fn selected(&self) -> Option<&PaletteEntry> {
        self.entries.get(self.cursor)
    }
}

/// Puts a command that is used before those used earlier.
pub fn remember(used: &mut Vec<Command>, command: Command) {
    used.retain(|one| *one != command);
    used.insert(0, command);
    used.truncate(REMEMBERED);
}

/// Lists everything: actions in the order of the help, then where one can go.
fn commands(state: &State) -> Vec<(Command, String)> {
    let actions = Action::all().map(|action| (Command::Act(action), action.words().to_owned()));
    let scopes = all_rows(&state.subscriptions).into_iter();
    let places = scopes.filter(|row| matches!(row.scope, Scope::Folder(_) | Scope::Feed(_)));
    let places = places.map(|row| (Command::GoTo(row.scope), row.label.to_owned()));
    let themes = state.themes.iter().map(|name| (Command::UseTheme(name.clone()), format!("theme {name}")));
    actions.chain(places).chain(themes).chain(settings(state)).collect()
}

/// Lists the values that settings may have instead.
fn settings(state: &State) -> impl Iterator<Item = (Command, String)> {
    let other = |key: &'static str, now: &str, values: &'static [&'static str]| {
        let now = now.to_owned();
        let others = values.iter().filter(move |value| **value != now);
        others.map(move |value| {
            let label = format!("setting {key} = {}", value.trim_matches('"'));
            (Command::Set { key: key.to_owned(), value: (*value).to_owned() }, label)
        })
    };
    CHOICES
        .iter()
        .filter_map(move |(key, values)| {
            let (_, now) = state.settings.iter().find(|(name, _)| name == key)?;
            Some(other(key, now, values))
        })
        .flatten()
        .collect::<Vec<_>>()
        .into_iter()
}

fn by_use(all: Vec<(Command, String)>, used: &[Command]) -> Vec<PaletteEntry> {
    let rank = |command: &Command| used.iter().position(|one| one == command).unwrap_or(usize::MAX);
    let mut all: Vec<_> = all.into_iter().map(|(command, label)| (rank(&command), command, label)).collect();
    all.sort_by_key(|(rank, ..)| *rank);
    all.truncate(MOST);
    all.into_iter().map(|(_, command, label)| PaletteEntry { command, label, matched: Vec::new() }).collect()
}

fn by_match(all: Vec<(Command, String)>, text: &str) -> Vec<PaletteEntry> {
    let mut engine = Matcher::new(Config::DEFAULT);
    let wanted = Pattern::parse(text, CaseMatching::Smart, Normalization::Smart);
    let mut characters = Vec::new();
    let score = |engine: &mut Matcher, characters: &mut Vec<char>, label: &str| {
        wanted.score(Utf32Str::new(label, characters), engine)
    };
    let mut found: Vec<(u32, Command, String)> = all
        .into_iter()
        .filter_map(|(command, label)| Some((score(&mut engine, &mut characters, &label)?, command, label)))
        .collect();
    found.sort_by_key(|(score, ..)| Reverse(*score));
    found.truncate(MOST);
    let entry = |(_, command, label): (u32, Command, String)| {
        let mut matched = Vec::new();
        wanted.indices(Utf32Str::new(&label, &mut characters), &mut engine, &mut matched);
        matched.sort_unstable();
        matched.dedup();
        PaletteEntry { command, label, matched }
    };
    found.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeedId;

    #[test]
    fn some_letters_find_an_action_or_a_feed() {
        let state = State::sample();
        let first = |text| Palette::of(&state, text).selected().map(|entry| entry.command.clone());
        assert_eq!(first("listread"), Some(Command::Act(Action::MarkListRead)));
        assert_eq!(first("list mark"), Some(Command::Act(Action::MarkListRead)), "words in any order");
        assert_eq!(first("kern"), Some(Command::GoTo(Scope::Feed(FeedId(2)))));
        assert_eq!(first("qqqq"), None);
    }

    #[test]
    fn the_letters_that_were_typed_are_known() {
        let palette = Palette::of(&State::sample(), "kern");
        assert_eq!(palette.entries[0].matched, [0, 1, 2, 3]);
    }

    #[test]
    fn what_was_used_last_comes_first() {
        let mut state = State::sample();
        remember(&mut state.commands, Command::Act(Action::Quit));
        remember(&mut state.commands, Command::Act(Action::Undo));
        remember(&mut state.commands, Command::Act(Action::Quit));
        let palette = Palette::of(&state, "");
        let first: Vec<_> = palette.entries.iter().take(2).map(|entry| entry.command.clone()).collect();
        assert_eq!(first, [Command::Act(Action::Quit), Command::Act(Action::Undo)]);
        assert!(palette.entries.len() > 40);
    }

    #[test]
    fn the_cursor_goes_round() {
        let mut palette = Palette::of(&State::sample(), "");
        palette.step(-1);
        assert_eq!(palette.cursor, palette.entries.len() - 1);
        palette.step(1);
        assert_eq!(palette.cursor, 0);
        Palette::default().step(1);
    }
}

//! Keys → actions: the reader's file over a preset over newsterm's own, all of one form.

mod key;
mod layer;

use std::collections::BTreeSet;

use crokey::KeyCombination;
use ratatui::crossterm::event::KeyEvent;

use crate::app::{Action, Keys, Pane};
use crate::config::Complaint;
use layer::{Binding, Layer};

/// The maps of keys that newsterm brings, by name; the first one is under all others.
const PRESETS: &[(&str, &str)] = &[
    ("newsterm", include_str!("../../../assets/keymaps/newsterm.toml")),
    ("newsboat", include_str!("../../../assets/keymaps/newsboat.toml")),
    ("eilmeldung", include_str!("../../../assets/keymaps/eilmeldung.toml")),
];

/// All keys, and what they bring.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What keys that were pressed one after the other mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// An action.
    Action(Action),
    /// More keys must follow.
    Beginning,
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// Gives newsterm's own keys.
    pub fn embedded() -> Keymap {
        Keymap::of("").0
    }

    /// Reads the reader's file; tells what is wrong with it.
    pub fn of(file: &str) -> (Keymap, Vec<Complaint>) {
        let (own, mut complaints) = layer::read(file);
        let mut keymap = Keymap::default();
        keymap.lay(preset(PRESETS[0].1));
        if let Some(name) = own.preset.as_deref().filter(|name| *name != PRESETS[0].0) {
            match PRESETS.iter().find(|(preset, _)| preset == &name) {
                Some((_, text)) => keymap.lay(preset(text)),
                None => {
                    let names: Vec<_> = PRESETS.iter().map(|(name, _)| *name).collect();
                    let message = format!("there is no preset `{name}`; there are {}", names.join(", "));
                    let at = file.find("preset").unwrap_or(0);
                    complaints.insert(0, Complaint::at(file, at, message));
                }
            }
        }
        keymap.lay(own);
        (keymap, complaints)
    }

    /// Lays keys over those that are there: what they name has no others, and what they need they take.
    fn lay(&mut self, layer: Layer) {
        self.bindings.retain(|old| {
            !layer.named.contains(&(old.pane, old.action)) && !layer.bindings.iter().any(|new| new.hides(old))
        });
        self.bindings.extend(layer.bindings);
    }

    /// Gives the first key of an action as one writes it.
    pub fn key_of(&self, action: Action) -> Option<&str> {
        self.keys_of(action).next()
    }

    /// Gives the keys of an action as one writes them; those that hold everywhere first.
    pub fn keys_of(&self, action: Action) -> impl Iterator<Item = &str> {
        let of = move |binding: &&Binding| binding.action == action;
        let everywhere = self.bindings.iter().filter(|binding| binding.pane.is_none());
        let in_panes = self.bindings.iter().filter(|binding| binding.pane.is_some());
        let mut given = BTreeSet::new();
        let all = everywhere.chain(in_panes).filter(of).map(|binding| binding.written.as_str());
        all.filter(move |written| given.insert(*written))
    }

    /// Gives the keys of all actions.
    pub fn all_keys(&self) -> Keys {
        let keys = |action| (action, self.keys_of(action).map(str::to_owned).collect());
        Action::all().map(keys).collect()
    }

    /// Lists actions that no key brings.
    pub fn without_keys(&self) -> impl Iterator<Item = Action> {
        Action::all().filter(|action| self.key_of(*action).is_none())
    }

    /// Says what keys mean in a pane: its own ones go before those of everywhere.
    pub(super) fn meaning(&self, pane: Option<Pane>, keys: &[KeyCombination]) -> Meaning {
        let places = [pane, None];
        let places = if pane.is_some() { &places[..] } else { &places[1..] };
        for place in places {
            let here = || self.bindings.iter().filter(|binding| binding.pane == *place);
            if let Some(binding) = here().find(|binding| binding.keys == keys) {
                return Meaning::Action(binding.action);
            }
            if here().any(|binding| binding.keys.starts_with(keys)) {
                return Meaning::Beginning;
            }
        }
        Meaning::Nothing
    }

    /// Lists what may follow keys in a pane: the keys that are left, as written, and the action.
    pub(super) fn continued(&self, pane: Option<Pane>, keys: &[KeyCombination]) -> Vec<(String, Action)> {
        let is_here = |binding: &&Binding| binding.pane.is_none() || binding.pane == pane;
        let all = self.bindings.iter().filter(is_here);
        let longer = all.filter(|binding| binding.keys.len() > keys.len() && binding.keys.starts_with(keys));
        longer
            .map(|binding| {
                let rest: Vec<_> = binding.written.split_whitespace().skip(keys.len()).collect();
                (rest.join(" "), binding.action)
            })
            .collect()
    }
}

/// Reads a preset: a mistake in it is one of ours.
fn preset(text: &str) -> Layer {
    let (layer, complaints) = layer::read(text);
    debug_assert!(complaints.is_empty(), "{complaints:?}");
    layer
}

/// Names an action as files of keys do.
pub fn name_of(action: Action) -> String {
    let value = toml::Value::try_from(action).ok();
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Gives the digit that a key is.
pub(super) fn digit(key: KeyCombination) -> Option<usize> {
    key::digit(key)
}

/// Brings a key to the form in which keys are compared.
pub(super) fn combination(event: KeyEvent) -> KeyCombination {
    key::combination(event)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn meaning(keymap: &Keymap, pane: Option<Pane>, keys: &str) -> Meaning {
        keymap.meaning(pane, &key::read_sequence(keys).unwrap())
    }

    #[test]
    fn every_action_has_a_key_in_every_preset() {
        for (name, text) in PRESETS {
            assert_eq!(layer::read(text).1, [], "{name}");
            let keymap = Keymap::of(&format!("preset = \"{name}\"")).0;
            assert_eq!(keymap.without_keys().collect::<Vec<_>>(), [], "{name}");
        }
    }

    #[test]
    fn the_readers_keys_go_over_those_of_newsterm() {
        let (keymap, complaints) =
            Keymap::of("[keys]\nundo = \"j\"\nredo = []\n[reader]\nmark_list_read = \"k\"\n");
        assert_eq!(complaints, []);
        assert_eq!(meaning(&keymap, None, "j"), Meaning::Action(Action::Undo));
        assert_eq!(meaning(&keymap, None, "u"), Meaning::Nothing, "it has no other keys");
        assert_eq!(meaning(&keymap, None, "down"), Meaning::Action(Action::MoveDown), "it lost one key");
        assert_eq!(meaning(&keymap, None, "ctrl-r"), Meaning::Nothing);
        assert_eq!(meaning(&keymap, Some(Pane::Reader), "k"), Meaning::Action(Action::MarkListRead));
        assert_eq!(meaning(&keymap, Some(Pane::Timeline), "k"), Meaning::Action(Action::MoveUp));
    }

    #[test]
    fn a_key_that_begins_sequences_takes_them_away() {
        let (keymap, _) = Keymap::of("[keys]\nundo = \"g\"\n");
        assert_eq!(meaning(&keymap, None, "g"), Meaning::Action(Action::Undo));
        assert_eq!(keymap.keys_of(Action::GoTop).collect::<Vec<_>>(), ["home"]);
    }

    #[test]
    fn an_unknown_preset_is_named_with_its_line() {
        let (keymap, complaints) = Keymap::of("\npreset = \"emacs\"\n");
        assert_eq!(keymap, Keymap::embedded());
        assert_eq!(complaints[0].line, 2);
        assert!(complaints[0].message.contains("newsboat, eilmeldung"), "{complaints:?}");
    }

    #[test]
    fn what_may_follow_is_listed() {
        let keys = key::read_sequence("g").unwrap();
        let list = Keymap::embedded().continued(Some(Pane::Timeline), &keys);
        assert!(list.contains(&("g".to_owned(), Action::GoTop)), "{list:?}");
    }

    /// Writes the tables of `docs/keys.md`.
    fn manual() -> String {
        let maps: Vec<Keymap> =
            PRESETS.iter().map(|(name, _)| Keymap::of(&format!("preset = \"{name}\"")).0).collect();
        let mut page = "# Keys\n\nWritten after `app/action.rs` and `assets/keymaps`; a test compares them. `action` is the \
                        name for your own `keymap.toml`, and for the palette.\n"
            .to_owned();
        for (group, actions) in Action::GROUPS {
            write!(page, "\n## {group}\n\n| keys | what they do | action | newsboat's | eilmeldung's |\n")
                .unwrap();
            writeln!(page, "| --- | --- | --- | --- | --- |").unwrap();
            for action in *actions {
                let written = maps.iter().map(|map| {
                    let keys: Vec<String> = map.keys_of(*action).map(|key| format!("`{key}`")).collect();
                    keys.join(" ")
                });
                let keys: Vec<String> = written.collect();
                let name = name_of(*action);
                writeln!(page, "| {} | {} | `{name}` | {} | {} |", keys[0], action.words(), keys[1], keys[2])
                    .unwrap();
            }
        }
        page.replace("`|`", "`\\|`")
    }

    #[test]
    fn the_manual_lists_the_keys() {
        let written = include_str!("../../../docs/keys.md");
        let expected = manual();
        assert!(written == expected, "docs/keys.md should be:\n{expected}");
    }
}

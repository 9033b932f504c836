//! A file of keys: read with the line of each of its mistakes, which leave the rest in force.

use crokey::KeyCombination;
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key::read_sequence;
use crate::app::{Action, Pane};
use crate::config::Complaint;

/// The keys of one file.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Layer {
    /// The map of keys that the file goes over.
    pub(super) preset: Option<String>,
    /// Actions that the file names, in a pane or everywhere.
    pub(super) named: Vec<(Option<Pane>, Action)>,
    /// Their keys.
    pub(super) bindings: Vec<Binding>,
}

/// A key, or keys one after the other, and what they bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Binding {
    /// The pane that they hold in; all where none is said.
    pub(super) pane: Option<Pane>,
    pub(super) keys: Vec<KeyCombination>,
    /// As they are written.
    pub(super) written: String,
    pub(super) action: Action,
}

impl Binding {
    /// Tells whether one hides the other: the same keys, or a beginning of them, where both hold.
    pub(super) fn hides(&self, other: &Binding) -> bool {
        let is_where = self.pane.is_none() || self.pane == other.pane;
        is_where && (self.keys.starts_with(&other.keys) || other.keys.starts_with(&self.keys))
    }
}

/// The names of panes in the file.
const PANES: &[(&str, Option<Pane>)] = &[
    ("keys", None),
    ("sidebar", Some(Pane::Sidebar)),
    ("timeline", Some(Pane::Timeline)),
    ("reader", Some(Pane::Reader)),
];

/// Reads a file.
pub(super) fn read(text: &str) -> (Layer, Vec<Complaint>) {
    let mut reading = Reading { text, layer: Layer::default(), complaints: Vec::new() };
    match DeTable::parse(text) {
        Ok(file) => reading.file(file.get_ref()),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            reading.complain(start, format!("{}; the whole file was left out", error.message()));
        }
    }
    reading.complaints.sort_by_key(|complaint| complaint.line);
    (reading.layer, reading.complaints)
}

struct Reading<'t> {
    text: &'t str,
    layer: Layer,
    complaints: Vec<Complaint>,
}

impl Reading<'_> {
    fn complain(&mut self, at: usize, message: String) {
        self.complaints.push(Complaint::at(self.text, at, message));
    }

    fn file(&mut self, file: &DeTable<'_>) {
        for (name, value) in file {
            let at = name.span().start;
            let pane = PANES.iter().find(|(pane, _)| *pane == name.get_ref().as_ref());
            match (name.get_ref().as_ref(), pane, value.get_ref()) {
                ("preset", _, DeValue::String(preset)) => self.layer.preset = Some(preset.to_string()),
                ("preset", ..) => self.complain(at, "`preset` is the name of a map of keys".to_owned()),
                (_, Some((_, pane)), DeValue::Table(actions)) => self.pane(*pane, actions),
                (name, ..) => {
                    let expected = "expected preset = \"…\", [keys], [sidebar], [timeline] or [reader]";
                    self.complain(at, format!("`{name}` means nothing here; {expected}"));
                }
            }
        }
    }

    fn pane(&mut self, pane: Option<Pane>, actions: &DeTable<'_>) {
        // In the order of the file: of two that want the same key, the first has it.
        let mut actions: Vec<_> = actions.iter().collect();
        actions.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in actions {
            let named: StrDeserializer<'_, serde::de::value::Error> = StrDeserializer::new(name.get_ref());
            let Ok(action) = Action::deserialize(named) else {
                self.complain(name.span().start, format!("there is no action `{}`", name.get_ref()));
                continue;
            };
            self.layer.named.push((pane, action));
            match value.get_ref() {
                DeValue::Array(all) => all.iter().for_each(|keys| self.keys(pane, action, keys)),
                _ => self.keys(pane, action, value),
            }
        }
    }

    fn keys(&mut self, pane: Option<Pane>, action: Action, value: &Spanned<DeValue<'_>>) {
        let at = value.span().start;
        let DeValue::String(written) = value.get_ref() else {
            return self.complain(at, "expected keys, such as \"j\" or [\"g g\", \"home\"]".to_owned());
        };
        let keys = match read_sequence(written) {
            Ok(keys) => keys,
            Err(error) => return self.complain(at, error.to_string()),
        };
        let binding = Binding { pane, keys, written: written.to_string(), action };
        let same_place = |other: &&Binding| other.pane == pane && other.hides(&binding);
        match self.layer.bindings.iter().find(same_place) {
            Some(other) if other.action == action && other.keys == binding.keys => {}
            Some(other) => {
                let message = format!(
                    "`{written}` cannot be told from `{}` of `{}`",
                    other.written,
                    super::name_of(other.action)
                );
                self.complain(at, message);
            }
            None => self.layer.bindings.push(binding),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<(usize, String)> {
        read(text).1.into_iter().map(|complaint| (complaint.line, complaint.message)).collect()
    }

    #[test]
    fn mistakes_are_told_with_their_lines_and_the_rest_holds() {
        let text = "preset = \"newsboat\"\n[keys]\nmove_down = [\"n\", \"hyper-x\"]\nfly = \"f\"\nundo = 3\n\n[readers]\n";
        let (layer, _) = read(text);
        assert_eq!(layer.preset.as_deref(), Some("newsboat"));
        assert_eq!(layer.bindings.len(), 1);
        let found = complaints(text);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 7]);
        assert!(found[0].1.starts_with("there is no key `hyper-x`"), "{found:?}");
        assert_eq!(found[1].1, "there is no action `fly`");
    }

    #[test]
    fn two_actions_cannot_have_one_key_in_one_place() {
        let found =
            complaints("[keys]\nundo = \"g\"\nredo = \"g\"\ngo_top = \"g g\"\n[reader]\nredo = \"g\"\n");
        assert_eq!(
            found,
            [
                (3, "`g` cannot be told from `g` of `undo`".to_owned()),
                (4, "`g g` cannot be told from `g` of `undo`".to_owned())
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_left_out_whole() {
        let (layer, complaints) = read("[keys]\nundo = = \n");
        assert_eq!(layer, Layer::default());
        assert_eq!(complaints[0].line, 2);
    }
}

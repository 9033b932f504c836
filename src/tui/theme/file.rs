//! A theme as a file: a palette, and roles in its colours, over those that are common to all.

use std::collections::HashMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use super::{Depth, nearest};
use crate::config::Complaint;

const ROLES: &str = include_str!("../../../assets/themes/roles.toml");

/// The themes that newsterm brings.
pub(super) const BUILT_IN: &[(&str, &str)] = &[
    ("dark", include_str!("../../../assets/themes/dark.toml")),
    ("light", include_str!("../../../assets/themes/light.toml")),
    ("contrast", include_str!("../../../assets/themes/contrast.toml")),
    ("solarized-dark", include_str!("../../../assets/themes/solarized-dark.toml")),
    ("solarized-light", include_str!("../../../assets/themes/solarized-light.toml")),
    ("gruvbox", include_str!("../../../assets/themes/gruvbox.toml")),
    ("nord", include_str!("../../../assets/themes/nord.toml")),
    ("catppuccin", include_str!("../../../assets/themes/catppuccin.toml")),
    ("catppuccin-latte", include_str!("../../../assets/themes/catppuccin-latte.toml")),
    ("ansi", include_str!("../../../assets/themes/ansi.toml")),
];

type Groups = HashMap<String, HashMap<String, Role>>;

/// The colours and roles of a theme.
#[derive(Clone, Default, Deserialize)]
pub(super) struct ThemeFile {
    /// The theme that it goes over.
    base: Option<String>,
    #[serde(default)]
    pub(super) palette: HashMap<String, String>,
    #[serde(flatten)]
    groups: Groups,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the file")]
struct Role {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl ThemeFile {
    /// Gives a theme that newsterm brings.
    pub(super) fn built_in(name: &str) -> Option<ThemeFile> {
        let (_, text) = BUILT_IN.iter().find(|(theme, _)| *theme == name)?;
        let roles = Groups::deserialize(toml::Deserializer::parse(ROLES).expect("the roles are TOML"));
        let common =
            ThemeFile { groups: roles.expect("the roles are of this shape"), ..ThemeFile::default() };
        Some(common.under(toml::from_str(text).expect("the built-in themes are TOML of this shape")))
    }

    /// Reads a theme of the reader's own, over the one that it names; what is wrong in it is left out and told.
    pub(super) fn read(text: &str) -> (ThemeFile, Vec<Complaint>) {
        let dark = || ThemeFile::built_in(BUILT_IN[0].0).expect("it is there");
        let mut own: ThemeFile = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let message = format!("{}; the whole theme was left out", error.message());
                return (dark(), vec![Complaint::at(text, at, message)]);
            }
        };
        let mut complaints = Vec::new();
        let mut complain = |word: &str, message: String| {
            complaints.push(Complaint::at(text, text.find(word).unwrap_or(0), message));
        };
        let base = match own.base.take() {
            None => dark(),
            Some(name) => ThemeFile::built_in(&name).unwrap_or_else(|| {
                complain(&name, format!("there is no theme `{name}` to go over"));
                dark()
            }),
        };
        own.palette.retain(|name, color| {
            let is_color = color == "default" || color.parse::<Color>().is_ok();
            if !is_color {
                complain(
                    name,
                    format!("`{color}` is no colour; expected such as \"#7aa2f7\", \"cyan\" or \"default\""),
                );
            }
            is_color
        });
        for (group, roles) in &mut own.groups {
            roles.retain(|role, style| {
                let is_known = base.groups.get(group).is_some_and(|roles| roles.contains_key(role));
                if !is_known {
                    complain(role, format!("there is no role `{group}.{role}`"));
                }
                let colors = style.fg.iter().chain(&style.bg);
                let mut unknown = colors.filter(|name| {
                    let is_named = own.palette.contains_key(*name) || base.palette.contains_key(*name);
                    !is_named && *name != "default" && name.parse::<Color>().is_err()
                });
                let bad = unknown.next().cloned();
                if let Some(name) = &bad {
                    complain(role, format!("`{name}` is neither a colour nor in the palette"));
                }
                is_known && bad.is_none()
            });
        }
        (base.under(own), complaints)
    }

    /// Lays the ground in the palette's colours.
    pub(super) fn painted(mut self) -> ThemeFile {
        let color = |name: &str| Some(name.to_owned());
        let ground = Role { fg: color("text"), bg: color("ground"), ..Role::default() };
        self.groups.entry("pane".to_owned()).or_default().insert("ground".to_owned(), ground);
        self
    }

    /// Lays another file over this one, colour by colour and role by role.
    fn under(mut self, over: ThemeFile) -> ThemeFile {
        self.palette.extend(over.palette);
        for (group, roles) in over.groups {
            self.groups.entry(group).or_default().extend(roles);
        }
        self
    }

    /// Makes the style of a role.
    pub(super) fn style(&self, group: &str, role: &str, depth: Depth) -> Style {
        let roles = self.groups.get(group).expect("every group of roles is in every theme");
        let role = roles.get(role).expect("every role is in every theme");
        let mut style = Style::new();
        if let Some(color) = role.fg.as_deref().and_then(|name| self.color(name, depth)) {
            style = style.fg(color);
        }
        if let Some(color) = role.bg.as_deref().and_then(|name| self.color(name, depth)) {
            style = style.bg(color);
        }
        for (wanted, modifier) in [
            (role.bold, Modifier::BOLD),
            (role.dim, Modifier::DIM),
            (role.italic, Modifier::ITALIC),
            (role.underline, Modifier::UNDERLINED),
            (role.reverse, Modifier::REVERSED),
        ] {
            if wanted {
                style = style.add_modifier(modifier);
            }
        }
        style
    }

    fn color(&self, name: &str, depth: Depth) -> Option<Color> {
        let written = self.palette.get(name).map_or(name, String::as_str);
        if written == "default" || depth == Depth::None {
            return None;
        }
        match (written.parse().ok()?, depth) {
            (Color::Rgb(r, g, b), Depth::Palette) => Some(Color::Indexed(nearest([r, g, b]))),
            (color, _) => Some(color),
        }
    }
}

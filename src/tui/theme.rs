//! Theme = palette → roles. No colour is named outside `assets/themes`.

use std::collections::HashMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::typeset;

const DARK: &str = include_str!("../../assets/themes/dark.toml");
const LIGHT: &str = include_str!("../../assets/themes/light.toml");
const ANSI: &str = include_str!("../../assets/themes/ansi.toml");

/// The built-in themes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ThemeName {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// The terminal's own sixteen colours.
    Ansi,
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// None: bold, dim and underline only.
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// 256, of which 216 are a cube and 24 are greys.
    Palette,
    /// Any.
    True,
}

macro_rules! roles {
    ($($group:ident $Group:ident { $($role:ident,)* })*) => {
        /// Styles by what they are for.
        #[derive(Clone, PartialEq, Debug)]
        pub struct Theme {
            $(#[doc = concat!("Roles of the ", stringify!($group), ".")] pub $group: $Group,)*
        }

        $(
            #[doc = concat!("Roles of the ", stringify!($group), ".")]
            #[derive(Clone, PartialEq, Debug)]
            pub struct $Group { $(pub $role: Style,)* }
        )*

        impl Theme {
            fn build(file: &ThemeFile, depth: Depth) -> Theme {
                Theme {
                    $($group: $Group {
                        $($role: file.style(stringify!($group), stringify!($role), depth),)*
                    },)*
                }
            }
        }
    };
}

roles! {
    pane PaneRoles { title, focused, line, }
    list ListRoles { selected, bar, unfocused_bar, }
    sidebar SidebarRoles { label, unread, count, folder, failing, }
    timeline TimelineRoles { unread, read, mark, saved, meta, }
    reader ReaderRoles {
        body, title, meta, heading1, heading2, heading3, code, preformatted, code_keyword, code_string, code_number,
        code_name, code_comment, link, quote, quote_bar, list_mark, table_border, table_head, caption, image, rule,
        mark, found, found_here, hint, selected,
    }
    status StatusRoles { text, notice, problem, key, bar, }
    health HealthRoles { text, quiet, failing, moved, }
    overlay OverlayRoles { title, group, key, text, hint, chosen, }
}

impl Theme {
    /// Reads a built-in theme for a terminal of so many colours.
    pub fn built_in(name: ThemeName, depth: Depth) -> Theme {
        let text = match (name, depth) {
            (_, Depth::None | Depth::Sixteen) | (ThemeName::Ansi, _) => ANSI,
            (ThemeName::Dark, _) => DARK,
            (ThemeName::Light, _) => LIGHT,
        };
        let file = toml::from_str(text).expect("the built-in themes are TOML of this shape");
        Theme::build(&file, depth)
    }

    /// Gives the style of a piece of article text.
    pub fn of_text(&self, style: typeset::Style) -> Style {
        use typeset::Role;
        let reader = &self.reader;
        let mut shown = match style.role {
            Role::Body | Role::Break => reader.body,
            Role::Title => reader.title,
            Role::Meta => reader.meta,
            Role::Heading1 => reader.heading1,
            Role::Heading2 => reader.heading2,
            Role::Heading3 => reader.heading3,
            Role::Code => reader.code,
            Role::Preformatted => reader.preformatted,
            Role::CodeKeyword => reader.code_keyword,
            Role::CodeString => reader.code_string,
            Role::CodeNumber => reader.code_number,
            Role::CodeName => reader.code_name,
            Role::CodeComment => reader.code_comment,
            Role::Link => reader.link,
            Role::Quote => reader.quote,
            Role::QuoteBar => reader.quote_bar,
            Role::ListMark => reader.list_mark,
            Role::TableBorder => reader.table_border,
            Role::TableHead | Role::TableLabel => reader.table_head,
            Role::Caption => reader.caption,
            Role::Image => reader.image,
            Role::Rule => reader.rule,
            Role::Mark => reader.mark,
            Role::Found => reader.found,
            Role::FoundHere => reader.found_here,
        };
        for (wanted, modifier) in [
            (style.strong, Modifier::BOLD),
            (style.emphasis, Modifier::ITALIC),
            (style.strikeout, Modifier::CROSSED_OUT),
        ] {
            if wanted {
                shown = shown.add_modifier(modifier);
            }
        }
        shown
    }
}

#[derive(Deserialize)]
struct ThemeFile {
    palette: HashMap<String, String>,
    #[serde(flatten)]
    groups: HashMap<String, HashMap<String, RoleFile>>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the file")]
struct RoleFile {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl ThemeFile {
    fn style(&self, group: &str, role: &str, depth: Depth) -> Style {
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
        let color: Color = written.parse().expect("the built-in themes name colours");
        match (color, depth) {
            (Color::Rgb(r, g, b), Depth::Palette) => Some(Color::Indexed(nearest([r, g, b]))),
            _ => Some(color),
        }
    }
}

/// Finds the nearest of the 256 colours: in the cube of six steps a channel, or among the greys.
pub(super) fn nearest(wanted: [u8; 3]) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |value: u8| (0..6_u8).min_by_key(|i| STEPS[usize::from(*i)].abs_diff(value)).unwrap_or(0);
    let [red, green, blue] = wanted.map(step);
    let cube = [red, green, blue].map(|index| STEPS[usize::from(index)]);
    let mean = wanted.into_iter().map(u16::from).sum::<u16>() / 3;
    let grey = u8::try_from(mean.saturating_sub(3) / 10).unwrap_or(23).min(23);
    let level = 8 + 10 * grey;
    let distance = |color: [u8; 3]| -> u32 {
        let channels = color.into_iter().zip(wanted);
        channels.map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    if distance([level; 3]) < distance(cube) { 232 + grey } else { 16 + 36 * red + 6 * green + blue }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_every_role_at_every_depth() {
        for name in [ThemeName::Dark, ThemeName::Light, ThemeName::Ansi] {
            for depth in [Depth::None, Depth::Sixteen, Depth::Palette, Depth::True] {
                let theme = Theme::built_in(name, depth);
                assert!(theme.reader.title.add_modifier.contains(Modifier::BOLD), "{name:?} {depth:?}");
            }
        }
    }

    #[test]
    fn no_colour_is_used_where_none_is_wanted() {
        let theme = Theme::built_in(ThemeName::Dark, Depth::None);
        for style in [theme.reader.link, theme.list.bar, theme.status.problem, theme.timeline.mark] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn the_nearest_of_the_palette_is_found() {
        assert_eq!(nearest([255, 255, 255]), 231);
        assert_eq!(nearest([0, 0, 0]), 16);
        assert_eq!(nearest([128, 128, 128]), 244);
        assert_eq!(nearest([255, 0, 0]), 196);
    }
}

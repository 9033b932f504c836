//! Theme = palette → roles. No colour is named outside `assets/themes`.

mod file;

use std::collections::BTreeMap;

use ratatui::style::{Modifier, Style};

use crate::config::Complaint;
use crate::typeset;
use file::{BUILT_IN, ThemeFile};

/// The name of the theme for terminals of sixteen colours or none.
const ANSI: &str = "ansi";

/// All themes: those that newsterm brings, and those of the reader's own.
#[derive(Clone, Default, Debug)]
pub struct Themes {
    own: BTreeMap<String, String>,
}

impl Themes {
    /// Adds the reader's own themes, as files by name. One that has the name of another takes its place.
    pub fn with(own: BTreeMap<String, String>) -> Themes {
        Themes { own }
    }

    /// Lists the names of all themes.
    pub fn names(&self) -> Vec<String> {
        let built_in = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
        let is_new = |name: &&String| BUILT_IN.iter().all(|(built_in, _)| built_in != *name);
        built_in.chain(self.own.keys().filter(is_new).cloned()).collect()
    }

    /// Gives a theme for a terminal of so many colours, and what is wrong with its file; none where there is none of
    /// that name.
    pub fn get(&self, name: &str, depth: Depth) -> Option<(Theme, Vec<Complaint>)> {
        let name = if matches!(depth, Depth::None | Depth::Sixteen) { ANSI } else { name };
        match self.own.get(name) {
            Some(text) => {
                let (file, complaints) = ThemeFile::read(text);
                Some((Theme::build(&file, depth), complaints))
            }
            None => ThemeFile::built_in(name).map(|file| (Theme::build(&file, depth), Vec::new())),
        }
    }

    /// Gives a theme of newsterm's own as above, with a ground of its own where it would take the terminal's.
    pub fn painted(&self, name: &str, depth: Depth) -> Option<(Theme, Vec<Complaint>)> {
        match ThemeFile::built_in(name) {
            Some(file) if depth >= Depth::Palette && !self.own.contains_key(name) => {
                Some((Theme::build(&file.painted(), depth), Vec::new()))
            }
            _ => self.get(name, depth),
        }
    }
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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
    pane PaneRoles { ground, title, focused, line, }
    list ListRoles { selected, bar, unfocused_bar, }
    sidebar SidebarRoles { label, unread, count, folder, failing, }
    timeline TimelineRoles { unread, read, mark, saved, highlighted, heading, meta, }
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
    /// Gives the theme for light text on a dark ground.
    pub fn dark(depth: Depth) -> Theme {
        let file = ThemeFile::built_in(BUILT_IN[0].0).expect("it is there");
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
    use ratatui::style::Color;

    use super::*;

    fn of(own: &[(&str, &str)]) -> Themes {
        Themes::with(own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn every_theme_has_every_role_at_every_depth() {
        let themes = Themes::default();
        assert!(themes.names().len() >= 8);
        for name in themes.names() {
            for depth in [Depth::None, Depth::Sixteen, Depth::Palette, Depth::True] {
                let (theme, complaints) = themes.get(&name, depth).unwrap();
                assert_eq!(complaints, []);
                assert!(theme.reader.title.add_modifier.contains(Modifier::BOLD), "{name:?} {depth:?}");
            }
        }
    }

    #[test]
    fn no_colour_is_used_where_none_is_wanted() {
        for name in Themes::default().names() {
            let (theme, _) = Themes::default().get(&name, Depth::None).unwrap();
            for style in [theme.reader.link, theme.list.bar, theme.status.problem, theme.pane.ground] {
                assert_eq!((style.fg, style.bg), (None, None));
            }
        }
    }

    #[test]
    fn a_theme_can_bring_its_own_ground() {
        let themes = Themes::default();
        let (dark, _) = themes.get("dark", Depth::True).unwrap();
        let (painted, _) = themes.painted("dark", Depth::True).unwrap();
        assert_eq!((dark.pane.ground.bg, dark.list.selected), (None, painted.list.selected));
        assert!(painted.pane.ground.fg.is_some() && painted.pane.ground.bg.is_some());
        assert_eq!(themes.painted("dark", Depth::None).unwrap().0.pane.ground.bg, None);
    }

    #[test]
    fn a_theme_of_the_readers_own_goes_over_another() {
        let own = "base = \"nord\"\n[palette]\naccent = \"#ff0000\"\n[timeline]\nread = { italic = true }\n";
        let (theme, complaints) = of(&[("mine", own)]).get("mine", Depth::True).unwrap();
        assert_eq!(complaints, []);
        assert_eq!(theme.pane.focused.fg, Some(Color::Rgb(255, 0, 0)));
        assert!(theme.timeline.read.add_modifier.contains(Modifier::ITALIC));
        let (nord, _) = Themes::default().get("nord", Depth::True).unwrap();
        assert_eq!((theme.pane.ground, theme.status.problem), (nord.pane.ground, nord.status.problem));
    }

    #[test]
    fn mistakes_in_a_theme_are_told_with_their_lines_and_the_rest_holds() {
        let own = "base = \"mint\"\n[palette]\naccent = \"purplish\"\n[timeline]\nreed = {}\nread = { fg = \"nothing\" }\n\
                   unread = { fg = \"red\" }\n";
        let (theme, complaints) = of(&[("mine", own)]).get("mine", Depth::True).unwrap();
        let mut lines: Vec<_> = complaints.iter().map(|complaint| complaint.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [1, 3, 5, 6], "{complaints:?}");
        assert!(theme.timeline.unread.fg.is_some());
        let (_, complaints) = of(&[("mine", "[palette\n")]).get("mine", Depth::True).unwrap();
        assert_eq!(complaints.len(), 1);
    }

    /// How well a colour is read on another, from 1 to 21. Source: WCAG 2.2, relative luminance and contrast ratio.
    fn contrast(one: Color, other: Color) -> f64 {
        let luminance = |color: Color| {
            let Color::Rgb(red, green, blue) = color else { panic!("{color} is no colour of its own") };
            let linear = [red, green, blue].map(|channel| {
                let channel = f64::from(channel) / 255.0;
                if channel <= 0.039_28 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// WCAG 2.2, success criterion 1.4.3 (AA): 4.5 to 1.
    #[test]
    fn all_text_can_be_read() {
        for (name, _) in BUILT_IN.iter().filter(|(name, _)| *name != ANSI) {
            let palette = ThemeFile::built_in(name).unwrap().palette;
            let color = |key: &str| palette[key].parse::<Color>().unwrap();
            for text in ["text", "accent", "dim", "warm", "red", "green", "code", "violet"] {
                for ground in ["ground", "quiet"] {
                    let ratio = contrast(color(text), color(ground));
                    assert!(ratio >= 4.5, "{name}: {text} on {ground} is {ratio:.2}");
                }
            }
            for (text, ground) in [("ground", "warm"), ("ground", "accent"), ("text", "selected")] {
                let ratio = contrast(color(text), color(ground));
                assert!(ratio >= 4.5, "{name}: {text} on {ground} is {ratio:.2}");
            }
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

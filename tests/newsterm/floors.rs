//! Keeps the floors of the program, and the one door of each outside crate.
//!
//! Every file below `src` is parsed. Of its imports, paths and macros those count that lead into a folder of this
//! program (`crate::`, `self::` and `super::` are followed) or into an outside crate. Change the tables only together
//! with docs/ARCHITECTURE.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};

/// The folders of `src`, each with its height.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("html", 1),
    ("feed", 1),
    ("extract", 1),
    ("typeset", 1),
    ("picture", 1),
    ("story", 1),
    ("search", 1),
    ("config", 1),
    ("store", 2),
    ("web", 2),
    ("sync", 2),
    ("desk", 2),
    ("tasks", 3),
    ("app", 3),
    ("tui", 4),
    ("runtime", 5),
    // `cli` is the other half of the fifth floor; it may start the runtime.
    ("cli", 5),
];

/// Outside crates, each with the folder or file it may be used in.
const DOORS: &[(&str, &str)] = &[
    ("ammonia", "html/"),
    ("base64", "feed/base64.rs"),
    ("chardetng", "feed/decode/"),
    ("icu_segmenter", "typeset/paragraph.rs"),
    ("unicode_bidi", "typeset/direction.rs"),
    ("clap", "cli/"),
    ("crokey", "tui/"),
    ("crossterm", "tui/"),
    ("directories", "config/paths.rs"),
    ("encoding_rs", "feed/decode/"),
    ("feed_rs", "feed/strict.rs"),
    ("flate2", "feed/decode/"),
    ("html2text", "typeset/plain.rs"),
    ("image", "picture/mod.rs"),
    ("notify", "store/watch.rs"),
    ("nucleo_matcher", "app/palette.rs"),
    ("ratatui_image", "tui/pictures/"),
    ("rustix", "tui/"),
    ("indicatif", "cli/"),
    ("open", "desk/"),
    ("ratatui", "tui/"),
    ("reqwest", "web/"),
    ("rusqlite", "store/"),
    ("rusqlite_migration", "store/"),
    ("simdutf8", "feed/decode/"),
    ("tui_input", "app/prompt.rs"),
    ("supports_hyperlinks", "tui/hyperlinks.rs"),
    ("syntect", "typeset/highlight.rs"),
    ("two_face", "typeset/highlight.rs"),
    ("regex", "search/matcher.rs"),
    ("unicode_normalization", "search/tokens.rs"),
    ("whatlang", "search/language.rs"),
    ("zstd", "store/column.rs"),
];

fn may_use(floor: &str, other: &str) -> bool {
    let (Some(height), Some(other_height)) = (height(floor), height(other)) else {
        return false;
    };
    match floor {
        _ if floor == other => true,
        "html" | "config" | "picture" => other == "model",
        "feed" | "extract" | "typeset" | "story" | "search" => matches!(other, "model" | "html"),
        "app" => matches!(other, "model" | "typeset" | "search" | "config"),
        "tui" => other == "app" || other_height < 2,
        "cli" => other == "runtime" || other_height < height,
        _ => other_height < height,
    }
}

fn height(floor: &str) -> Option<u8> {
    let found = FLOORS.iter().find(|(name, _)| *name == floor);
    found.map(|(_, height)| *height)
}

#[test]
fn a_floor_uses_only_the_floors_below_it() {
    let faults: Vec<String> =
        sources().iter().flat_map(|source| floor_faults(&source.file, &source.text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_outside_crate_has_one_door() {
    let faults: Vec<String> =
        sources().iter().flat_map(|source| door_faults(&source.file, &source.text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn floor_faults(file: &str, text: &str) -> Vec<String> {
    // `lib.rs` and `main.rs` stand beside the floors and hold them together.
    let Some((floor, _)) = file.split_once('/') else {
        return Vec::new();
    };
    let used = Uses::of(file, text).folders;
    let used = used.iter().filter(|other| !may_use(floor, other));
    used.map(|other| format!("src/{file}: `{floor}` may not use `{other}`")).collect()
}

fn door_faults(file: &str, text: &str) -> Vec<String> {
    let used = Uses::of(file, text).crates;
    let outside = DOORS.iter().filter(|(name, door)| used.contains(*name) && !file.starts_with(door));
    outside.map(|(name, door)| format!("src/{file}: `{name}` is used in `src/{door}` only")).collect()
}

/// What a file uses: folders of this program, and the first names of all other paths.
#[derive(Default)]
struct Uses {
    /// The module that is being read, from the root.
    module: Vec<String>,
    /// Names that mean something of this program: `open` may be a module.
    own: BTreeSet<String>,
    folders: BTreeSet<String>,
    crates: BTreeSet<String>,
}

impl Uses {
    fn of(file: &str, text: &str) -> Uses {
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("cannot parse src/{file}: {error}"));
        let mut uses = Uses { module: module_of(file), ..Uses::default() };
        uses.visit_file(&parsed);
        uses.crates.retain(|name| !uses.own.contains(name));
        uses
    }

    /// Takes a path of at least two names, or of one name that stands for a whole crate.
    fn take(&mut self, path: &[String]) {
        let Some(own) = self.rooted(path) else {
            self.crates.extend(path.first().cloned());
            return;
        };
        self.folders.extend(own.first().cloned());
    }

    /// Follows a path that starts at the root, here or above; other paths give nothing.
    fn rooted(&self, path: &[String]) -> Option<Vec<String>> {
        let mut place = match path.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        for name in path {
            match name.as_str() {
                "crate" | "self" => {}
                "super" => drop(place.pop()),
                _ => place.push(name.clone()),
            }
        }
        Some(place)
    }

    fn take_import(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.take_import(&path.tree, &with(&path.ident)),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.take_import(tree, before)),
            syn::UseTree::Name(name) => self.take_name(&with(&name.ident), &name.ident),
            syn::UseTree::Rename(name) => self.take_name(&with(&name.ident), &name.rename),
            syn::UseTree::Glob(_) => self.take(before),
        }
    }

    fn take_name(&mut self, path: &[String], known_as: &syn::Ident) {
        if self.rooted(path).is_some() {
            self.own.insert(known_as.to_string());
        }
        self.take(path);
    }

    /// Takes the paths among the tokens of a macro.
    fn take_tokens(&mut self, mut at: Cursor) {
        let mut path = Vec::new();
        while !at.eof() {
            if let Some((name, after)) = at.ident() {
                path.push(name.to_string());
                at = after;
                if let Some(after) = double_colon(at) {
                    at = after;
                    continue;
                }
            } else if let Some((inside, _, _, after)) = at.any_group() {
                self.take_tokens(inside);
                at = after;
            } else if let Some((_, after)) = at.token_tree() {
                at = after;
            }
            if path.len() > 1 {
                self.take(&path);
            }
            path.clear();
        }
    }
}

impl<'a> Visit<'a> for Uses {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        self.own.insert(item.ident.to_string());
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.take_import(&item.tree, &[]);
    }

    fn visit_item_extern_crate(&mut self, item: &'a syn::ItemExternCrate) {
        self.take(&[item.ident.to_string()]);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.take(&names);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        self.take_tokens(TokenBuffer::new2(call.tokens.clone()).begin());
        visit::visit_macro(self, call);
    }

    fn visit_meta_list(&mut self, list: &'a syn::MetaList) {
        self.take_tokens(TokenBuffer::new2(list.tokens.clone()).begin());
        visit::visit_meta_list(self, list);
    }
}

fn double_colon(at: Cursor) -> Option<Cursor> {
    let (first, at) = at.punct()?;
    let (second, at) = at.punct()?;
    (first.as_char() == ':' && second.as_char() == ':').then_some(at)
}

/// Gives the module that a file below `src` holds: `web/client.rs` holds `web::client`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let is_root = matches!(path, "lib" | "main");
    path.split('/').filter(|_| !is_root).map(str::to_owned).collect()
}

struct Source {
    /// The path below `src`, parted by slashes.
    file: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources: Vec<Source> = files_below(&root).into_iter().map(|path| source(&root, &path)).collect();
    assert!(sources.len() > 1, "no sources below {}", root.display());
    sources
}

fn source(root: &Path, path: &Path) -> Source {
    let names: Vec<_> = path.strip_prefix(root).unwrap().iter().map(|name| name.to_str().unwrap()).collect();
    Source { file: names.join("/"), text: fs::read_to_string(path).unwrap() }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

mod checker {
    //! The check itself, on small sources.

    use super::{door_faults, floor_faults, may_use};

    #[track_caller]
    fn assert_fault(file: &str, text: &str) {
        assert_eq!(floor_faults(file, text).len(), 1, "{text}");
    }

    #[track_caller]
    fn assert_door(file: &str, text: &str) {
        assert_eq!(door_faults(file, text).len(), 1, "{text}");
    }

    #[test]
    fn an_import_from_above_is_found() {
        assert_fault("model/entry.rs", "use crate::store::Library;");
        assert_fault("model/entry.rs", "use crate::{model::Feed, store::{Library, Writer}};");
        assert_fault("model/entry.rs", "use crate::store as model;");
        assert_fault("model/entry.rs", "use crate::store::*;");
        assert_fault("model/entry.rs", "fn load() { use crate::store::Library; }");
    }

    #[test]
    fn a_path_from_above_is_found() {
        assert_fault("app/state.rs", "fn load() { crate::store::open() }");
        assert_fault("app/state.rs", "struct State(Option<crate::store::Library>);");
        assert_fault("app/state.rs", "impl crate::web::Web for State {}");
        assert_fault("app/state.rs", "type A = <crate::web::Offline as Clone>::B;");
    }

    #[test]
    fn a_path_in_a_macro_is_found() {
        assert_fault("app/state.rs", "fn load() { assert_eq!(1, f(crate::store::count())) }");
        assert_fault("app/state.rs", "macro_rules! load { () => { $crate::store::open() } }");
        assert_fault("app/state.rs", "#[derive(crate::store::Row)] struct State;");
    }

    #[test]
    fn a_way_out_by_super_is_found() {
        assert_fault("app/state.rs", "use super::super::store::Library;");
        assert_fault("app/mod.rs", "use super::store::Library;");
        assert_fault("app/mod.rs", "mod tests { fn load() { super::super::store::open() } }");
        assert_fault("app/state/marks.rs", "use self::super::super::super::{store};");
    }

    #[test]
    fn tests_keep_the_floors_too() {
        assert_fault("feed/strict.rs", "#[cfg(test)] mod tests { use crate::store::Library; }");
    }

    #[test]
    fn a_folder_that_is_no_floor_is_found() {
        assert_fault("app/state.rs", "use crate::helpers::open;");
        assert_fault("helpers/open.rs", "use crate::model::Feed;");
    }

    #[test]
    fn what_lies_below_or_inside_may_be_used() {
        let inside = "use super::{Action, state::State}; use crate::{app::Event, model::Feed, typeset::Page};
            mod tests { use super::*; fn store() { super::super::update(); self::web::get() } }
            fn crate_of(store: u8) -> &'static str { \"crate::store::open\" }";
        assert_eq!(floor_faults("app/update.rs", inside), [""; 0]);
        assert_eq!(floor_faults("lib.rs", "use crate::store::Library;"), [""; 0]);
    }

    #[test]
    fn the_floors_are_those_of_the_map() {
        for (floor, other) in [
            ("typeset", "html"),
            ("config", "model"),
            ("web", "config"),
            ("tasks", "store"),
            ("tui", "app"),
            ("tui", "typeset"),
            ("runtime", "tasks"),
            ("cli", "runtime"),
        ] {
            assert!(may_use(floor, other), "{floor} {other}");
        }
        for (floor, other) in [
            ("typeset", "feed"),
            ("config", "html"),
            ("sync", "web"),
            ("app", "tasks"),
            ("app", "html"),
            ("tasks", "app"),
            ("tui", "store"),
            ("tui", "tasks"),
            ("runtime", "cli"),
            ("model", "html"),
        ] {
            assert!(!may_use(floor, other), "{floor} {other}");
        }
    }

    #[test]
    fn a_crate_outside_its_door_is_found() {
        assert_door("app/state.rs", "use ratatui::style::Style;");
        assert_door("tasks/refresh.rs", "use {std::fs, reqwest::{Client, Url}};");
        assert_door("tasks/refresh.rs", "use reqwest as http;");
        assert_door("tasks/refresh.rs", "fn get() { ::reqwest::get() }");
        assert_door("tasks/refresh.rs", "fn get() { vec![reqwest::get()] }");
        assert_door("config/values.rs", "#[derive(Debug, clap::ValueEnum)] enum Theme {}");
        assert_door("main.rs", "extern crate rusqlite;");
        assert_door("feed/date.rs", "use feed_rs::parser;");
        assert_door("runtime/browser.rs", "fn browse() { open::that(\"\") }");
    }

    #[test]
    fn a_crate_inside_its_door_may_be_used() {
        assert_eq!(door_faults("web/client.rs", "use reqwest::Client;"), [""; 0]);
        assert_eq!(door_faults("feed/strict.rs", "use feed_rs::parser;"), [""; 0]);
    }

    #[test]
    fn a_name_of_our_own_is_not_a_crate() {
        for text in [
            "use super::open; fn run() { open::article() }",
            "mod open; fn run() { open::article() }",
            "use crate::tasks::{open}; fn run() { assert!(open::article()) }",
            "fn run() { crate::tasks::open::article(); open() }",
        ] {
            assert_eq!(door_faults("tasks/run.rs", text), [""; 0], "{text}");
        }
    }
}

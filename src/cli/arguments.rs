//! The command line: names, help and defaults in one table.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::{Deed, EntryId, Label, Url};

/// A news reader for the terminal.
///
/// Without a command it opens the reader.
#[derive(Parser, Debug)]
#[command(name = "newsterm", version, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) place: Place,
    /// Open the reader on a sample library that is gone afterwards
    #[arg(long)]
    pub(super) demo: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Where things are, and whether there is a network.
#[derive(Args, Clone, Debug)]
pub(super) struct Place {
    /// Keep configuration, library and cache under this directory; `NEWSTERM_DIR` names it too
    #[arg(long, global = true, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Touch no network
    #[arg(long, global = true)]
    pub(super) offline: bool,
}

impl Place {
    /// Gives the directory asked for: by the option, else by the variable, where that is not empty.
    pub(super) fn dir(&self) -> Option<PathBuf> {
        let variable = std::env::var_os("NEWSTERM_DIR").filter(|value| !value.is_empty());
        self.dir.clone().or_else(|| variable.map(PathBuf::from))
    }
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// Subscribe to a feed, found by its address or that of its site, and fetch it
    Add(AddArguments),
    /// Subscribe to the feeds of an OPML file, or take over from newsboat; fetches nothing
    Import(ImportArguments),
    /// Write the subscriptions as OPML
    Export(ExportArguments),
    /// Fetch feeds
    Fetch(FetchArguments),
    /// List entries, newest first
    List(ListArguments),
    /// Search titles, authors and texts, newest first
    Search(SearchArguments),
    /// Show one article
    Show(ShowArguments),
    /// Mark and tag entries
    Mark(MarkArguments),
    /// Queries that are kept: scopes in the sidebar, and rules for new entries
    #[command(subcommand)]
    Query(QueryCommand),
    /// Stop following feeds; undo brings them back
    Remove(RemoveArguments),
    /// Give a feed another title
    Rename(RenameArguments),
    /// File a feed in a folder
    Move(MoveArguments),
    /// Set for one feed what is to differ: address, interval, proxy and the like
    Set(SetArguments),
    /// Take the last change back
    Undo,
    /// Do again what was taken back
    Redo,
    /// List the feeds and how they do
    Feeds(FeedsArguments),
    /// Look how the library does; back it up, restore it, make it small again
    Doctor(DoctorArguments),
    /// Show how feed files are read; touches no library
    Parse(ParseArguments),
    /// Show the article of web pages, and only the article; touches no library
    Extract(ExtractArguments),
    /// Show the settings in force, where they come from, and where things are kept
    Config,
}

#[derive(Args, Debug)]
pub(super) struct AddArguments {
    /// The address of the feed, or of a page that leads to it
    pub(super) url: String,
    /// The folder to file it in; `A/B` is a folder in a folder
    #[arg(long, value_name = "F")]
    pub(super) folder: Option<String>,
    /// Of several feeds, the one of this number
    #[arg(long, value_name = "N", conflicts_with = "first")]
    pub(super) feed: Option<usize>,
    /// Of several feeds, the likeliest
    #[arg(long)]
    pub(super) first: bool,
    /// One line of JSON: what was added; of several feeds, one for each
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ImportArguments {
    /// The OPML file; `-` reads standard input
    #[arg(required_unless_present = "newsboat", conflicts_with = "newsboat")]
    pub(super) file: Option<PathBuf>,
    /// Feeds, articles and marks of newsboat, from its own places or from DIR
    #[arg(long, value_name = "DIR", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "asked for or not, with a place or without")]
    pub(super) newsboat: Option<Option<PathBuf>>,
}

#[derive(Args, Debug)]
pub(super) struct ExportArguments {
    /// The file to write, which must not exist; `-` or nothing writes standard output
    pub(super) file: Option<PathBuf>,
    /// Keep the passwords that are in addresses; without it the list can be shown to others
    #[arg(long)]
    pub(super) with_passwords: bool,
}

#[derive(Args, Debug)]
pub(super) struct FetchArguments {
    /// Only these: number, address or part of the title
    pub(super) feeds: Vec<String>,
    /// Only what is due: old enough, and not kept back by its server
    #[arg(long, conflicts_with = "feeds")]
    pub(super) due: bool,
    /// End when what came can be searched, too
    #[arg(long)]
    pub(super) index: bool,
    /// One line of JSON per feed
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ListArguments {
    /// Words and conditions, such as `is:unread feed:NAME newer:2d`; all must hold
    #[arg(allow_hyphen_values = true)]
    pub(super) query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
    /// One line of JSON per entry
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct SearchArguments {
    /// Words, "phrases", pre*, -not, OR, title:WORD, feed:NAME, since:DAY and more; the manual has them all
    #[arg(required = true, allow_hyphen_values = true)]
    pub(super) query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) limit: usize,
    /// What fits best first
    #[arg(long)]
    pub(super) best: bool,
    /// One line of JSON per entry, with the part of its text in which the words stand
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ShowArguments {
    /// The entry's number, as `list` shows it
    #[arg(value_parser = entry_id)]
    pub(super) id: EntryId,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

#[derive(Args, Debug)]
pub(super) struct MarkArguments {
    #[command(flatten)]
    pub(super) mark: MarkFlags,
    /// Numbers of entries
    #[arg(value_parser = entry_id, required_unless_present = "query", conflicts_with = "query")]
    pub(super) ids: Vec<EntryId>,
    /// Everything that a query selects
    #[arg(long)]
    pub(super) query: Option<String>,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "flags of which one is given")]
pub(super) struct MarkFlags {
    /// Mark read
    #[arg(long)]
    pub(super) read: bool,
    /// Mark unread
    #[arg(long)]
    pub(super) unread: bool,
    /// Save
    #[arg(long)]
    pub(super) save: bool,
    /// No longer save
    #[arg(long)]
    pub(super) unsave: bool,
    /// Give a tag
    #[arg(long, value_name = "NAME", value_parser = tag)]
    pub(super) tag: Option<Label>,
    /// Take a tag away
    #[arg(long, value_name = "NAME", value_parser = tag)]
    pub(super) untag: Option<Label>,
    /// Keep out of all lists; `is:hidden` finds it
    #[arg(long)]
    pub(super) hide: bool,
    /// Bring back into lists
    #[arg(long)]
    pub(super) unhide: bool,
    /// Have it stand out in lists
    #[arg(long)]
    pub(super) highlight: bool,
    /// Have it stand out no longer
    #[arg(long)]
    pub(super) unhighlight: bool,
}

#[derive(Subcommand, Debug)]
pub(super) enum QueryCommand {
    /// List the queries that are kept
    List {
        /// One line of JSON per query
        #[arg(long)]
        json: bool,
    },
    /// Keep a query
    Add {
        /// What it is called
        title: String,
        /// Words and conditions, as for `list`, as one text
        #[arg(allow_hyphen_values = true)]
        query: String,
        #[command(flatten)]
        settings: QuerySettings,
    },
    /// Change a query that is kept
    Set {
        /// Its title
        title: String,
        /// Another title
        #[arg(long, value_name = "TITLE")]
        rename: Option<String>,
        /// Another query
        #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
        query: Option<String>,
        #[command(flatten)]
        settings: QuerySettings,
    },
    /// Keep queries no longer; undo brings them back
    Remove {
        /// Their titles
        #[arg(required = true)]
        titles: Vec<String>,
    },
    /// Show what a rule would do, and with which entries; changes nothing
    Preview {
        /// Its title
        title: String,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Run a rule over all entries that are there, as one step that undo takes back
    Run {
        /// Its title
        title: String,
    },
}

#[derive(Args, Debug)]
pub(super) struct QuerySettings {
    /// What is done with new entries that it finds: read, save, hide, highlight, notify, tag:NAME, parted by commas;
    /// an empty one does nothing
    #[arg(long = "do", value_name = "DEEDS", value_parser = deeds)]
    pub(super) deeds: Option<Deeds>,
    /// Whether it stands in the sidebar
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    pub(super) sidebar: Option<bool>,
}

/// What is done with new entries, as one value of the command line.
#[derive(Clone, Debug)]
pub(super) struct Deeds(pub(super) Vec<Deed>);

fn deeds(text: &str) -> Result<Deeds, String> {
    Deed::parse_all(text).map(Deeds)
}

fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("expected yes or no"),
    }
}

fn tag(text: &str) -> Result<Label, &'static str> {
    Label::tag(text).ok_or("expected a tag: words without commas and quotes")
}

#[derive(Args, Debug)]
pub(super) struct RemoveArguments {
    /// Number, address or part of the title
    #[arg(required = true)]
    pub(super) feeds: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct RenameArguments {
    /// Number, address or part of the title
    pub(super) feed: String,
    /// The new title; an empty one gives the feed back its own
    pub(super) title: String,
}

#[derive(Args, Debug)]
pub(super) struct MoveArguments {
    /// Number, address or part of the title
    pub(super) feed: String,
    /// The folder, made if it is missing; `A/B` is a folder in a folder, an empty one is none
    pub(super) folder: String,
}

#[derive(Args, Debug)]
pub(super) struct SetArguments {
    /// Number, address or part of the title
    pub(super) feed: String,
    /// title, folder, url, interval, `user_agent`, proxy, header.NAME, `auth_command`, `full_text`,
    /// `keep_age`, `keep_count`, paused; an empty value clears. Without any, what is set is shown
    #[arg(value_name = "KEY=VALUE")]
    pub(super) settings: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct FeedsArguments {
    /// One line of JSON per feed
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("deed").args(["optimise", "back_up", "restore"]))]
pub(super) struct DoctorArguments {
    /// Look at all of it: each index, each reference, each count
    #[arg(long, conflicts_with = "deed")]
    pub(super) thorough: bool,
    /// Name so many of the feeds that take most room
    #[arg(long, value_name = "N", default_value_t = 10, conflicts_with = "deed")]
    pub(super) feeds: usize,
    /// One line of JSON
    #[arg(long, conflicts_with = "deed")]
    pub(super) json: bool,
    /// Make the library small and quick again; packs it only while no other newsterm is open
    #[arg(long)]
    pub(super) optimise: bool,
    /// Write a copy of the library to FILE, which must not exist; the reader may stay open
    #[arg(long, value_name = "FILE")]
    pub(super) back_up: Option<PathBuf>,
    /// Put a copy in the place of the library, which is kept beside it; no other newsterm may be open
    #[arg(long, value_name = "FILE")]
    pub(super) restore: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ParseArguments {
    /// Feed files
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// One line of JSON per file
    #[arg(long)]
    pub(super) json: bool,
    /// The address of the feed: the base of relative links
    #[arg(long, value_parser = web_address)]
    pub(super) url: Option<Url>,
    /// An HTTP header that came with the feed, as `name: value`
    #[arg(long = "header", value_name = "HEADER", value_parser = header)]
    pub(super) headers: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct ExtractArguments {
    /// Files with web pages, or addresses; `-` reads standard input
    #[arg(required = true, value_name = "FILE|URL")]
    pub(super) pages: Vec<String>,
    /// One line of JSON per page
    #[arg(long)]
    pub(super) json: bool,
    /// The address of the page: the base of relative links
    #[arg(long, value_parser = web_address)]
    pub(super) url: Option<Url>,
    /// Look at all pages first, and leave out what the pages of a site share
    #[arg(long)]
    pub(super) learn: bool,
}

fn entry_id(text: &str) -> Result<EntryId, String> {
    text.parse().map(EntryId).map_err(|_| "expected the number of an entry".to_owned())
}

/// Reads an address of the web.
fn web_address(text: &str) -> Result<Url, &'static str> {
    crate::html::web_url(text, None).ok_or("expected an address with http:// or https://")
}

/// Reads a header, as it stands in an answer.
fn header(text: &str) -> Result<String, &'static str> {
    let is_header = text.split_once(':').is_some_and(|(name, _)| !name.trim().is_empty());
    if is_header { Ok(text.to_owned()) } else { Err("expected NAME: VALUE, such as content-type: text/xml") }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn one_mark_is_needed_and_no_more() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' ')).is_ok();
        assert!(parse("newsterm mark --read 1 2"));
        assert!(!parse("newsterm mark 1"));
        assert!(!parse("newsterm mark --read --save 1"));
        assert!(!parse("newsterm mark --read"));
    }
}

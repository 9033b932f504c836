//! The settings, typed. Their defaults are in `assets/config.toml`.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

use crate::model::{FullText, KeepAge, KeepCount, span_of_time};

/// All settings.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// When an article counts as read.
    pub mark_read: MarkRead,
    /// When an entry's text is fetched from its page.
    pub full_text: FullText,
    /// The browser as program and arguments; empty for the system's.
    pub browser: Vec<String>,
    /// What plays sound and film, as program and arguments; empty for the browser.
    pub player: Vec<String>,
    /// The name of the theme; `auto` for what suits the terminal.
    pub theme: String,
    /// Who turns text from right to left.
    pub bidi: Bidi,
    /// Whether articles show their pictures.
    pub images: Images,
    /// How the terminal shows pictures.
    pub image_protocol: Protocol,
    /// Whether the terminal is told of links.
    pub hyperlinks: Hyperlinks,
    /// The mouse is reported to newsterm.
    pub mouse: bool,
    /// One pane at a time, words for signs, no lines, and the cursor on what is selected.
    pub screen_reader: bool,
    /// The terminal's title says how many entries are unread.
    pub title: bool,
    /// How the terminal is told of new entries.
    pub notify: Notify,
    /// The folders of which it is told; all where none is named.
    pub notify_folders: Vec<String>,
    /// How dates are written, as `strftime` takes it; `auto` as the environment's language does.
    #[serde(deserialize_with = "dates")]
    pub dates: String,
    /// Columns of text in the article pane.
    #[serde(deserialize_with = "measure")]
    pub measure: u16,
    /// When and how eagerly feeds are fetched.
    pub refresh: Refresh,
    /// How long and how much to take from a server.
    pub limits: Limits,
    /// How long entries stay.
    pub keep: Keep,
}

/// When an article counts as read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkRead {
    /// When it is opened.
    Open,
    /// When the cursor comes to it.
    Preview,
    /// Only by key.
    Never,
}

/// How the terminal is told of new entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Notify {
    /// It is not.
    Off,
    /// As iTerm2 began it.
    Osc9,
    /// As urxvt began it.
    Osc777,
    /// By its bell.
    Bell,
}

/// Who turns text from right to left.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bidi {
    /// newsterm, but where a terminal is known to do it whatever it is told.
    Auto,
    /// newsterm, for terminals that draw letters in the order they come.
    Newsterm,
    /// The terminal.
    Terminal,
}

/// Whether the terminal is told of links.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hyperlinks {
    /// Where it is known to understand that.
    Auto,
    /// It is.
    On,
    /// It is not.
    Off,
}

/// Whether articles show their pictures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Images {
    /// They do, but where the terminal is on another machine.
    Auto,
    /// They do.
    On,
    /// Words stand for them.
    Off,
}

/// How the terminal shows pictures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// In the best way that it says it knows.
    Auto,
    /// As kitty does.
    Kitty,
    /// As terminals of DEC did.
    Sixel,
    /// As iTerm2 does.
    Iterm2,
    /// By characters of two colours.
    Blocks,
}

/// When and how eagerly feeds are fetched.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// What the reader fetches when it starts.
    pub on_start: OnStart,
    /// How old a feed grows before it is due.
    #[serde(deserialize_with = "duration")]
    pub every: Duration,
    /// Requests under way at once.
    #[serde(deserialize_with = "requests")]
    pub concurrency: usize,
    /// Requests under way at once to one host.
    #[serde(deserialize_with = "requests")]
    pub per_host: usize,
    /// Pause between two requests to one host.
    #[serde(deserialize_with = "duration")]
    pub spacing: Duration,
}

/// What the reader fetches when it starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnStart {
    /// Feeds older than `every`.
    Due,
    /// Nothing.
    Never,
}

/// How long and how much to take from a server.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Time to connect.
    #[serde(deserialize_with = "duration")]
    pub connect: Duration,
    /// Time to the next piece of an answer.
    #[serde(deserialize_with = "duration")]
    pub read: Duration,
    /// Time for a whole document.
    #[serde(deserialize_with = "duration")]
    pub total: Duration,
    /// The largest document taken, in megabytes.
    #[serde(deserialize_with = "megabytes")]
    pub document_mb: u64,
}

/// How long entries stay; what goes stays known as read.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// How old they grow.
    #[serde(deserialize_with = "age")]
    pub age: KeepAge,
    /// How many of each feed stay.
    #[serde(deserialize_with = "count")]
    pub count: KeepCount,
    /// How large the library grows, in bytes.
    #[serde(deserialize_with = "size")]
    pub size: Option<u64>,
    /// What is unread stays whatever the limits.
    pub unread: bool,
    /// What is saved or has a tag stays whatever the limits.
    pub saved: bool,
}

fn age<'de, D: Deserializer<'de>>(from: D) -> Result<KeepAge, D::Error> {
    let text = String::deserialize(from)?;
    let wanted = || serde::de::Error::custom(format!("expected {}, found \"{text}\"", KeepAge::EXPECTED));
    KeepAge::from_text(&text).ok_or_else(wanted)
}

fn count<'de, D: Deserializer<'de>>(from: D) -> Result<KeepCount, D::Error> {
    let number = i64::deserialize(from)?;
    let wanted = || serde::de::Error::custom(format!("expected {}", KeepCount::EXPECTED));
    KeepCount::from_text(&number.to_string()).ok_or_else(wanted)
}

fn size<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "none" {
        return Ok(None);
    }
    let wanted = || {
        let found = format!("expected \"none\" or a size such as \"500MB\" or \"2GB\", found \"{text}\"");
        serde::de::Error::custom(found)
    };
    bytes(&text).map(Some).ok_or_else(wanted)
}

/// Reads a size of a megabyte or more, such as `500MB`, `1.5 GB` or `2tb`.
fn bytes(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 3] = [("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let (_, unit) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 3 {
        return None;
    }
    let parts = 10_u64.pow(u32::try_from(part.len()).ok()?);
    let bytes = whole
        .parse::<u64>()
        .ok()?
        .checked_mul(*unit)?
        .checked_add(part.parse::<u64>().ok()? * (unit / parts))?;
    (bytes >= 1_000_000).then_some(bytes)
}

fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    let wanted = || {
        let found =
            format!("expected a span of time such as \"30m\" or \"1d\", at most a year, found \"{text}\"");
        serde::de::Error::custom(found)
    };
    span_of_time(&text).ok_or_else(wanted)
}

fn requests<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    match usize::deserialize(from)? {
        number @ 1..=1_000 => Ok(number),
        _ => Err(serde::de::Error::custom("expected a number from 1 to 1000")),
    }
}

fn megabytes<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    match u64::deserialize(from)? {
        number @ 1..=1_000_000 => Ok(number),
        _ => Err(serde::de::Error::custom("expected a number from 1 to 1000000")),
    }
}

fn dates<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let pattern = String::deserialize(from)?;
    let is_pattern = || jiff::fmt::strtime::format(&pattern, &jiff::Zoned::default()).is_ok();
    if pattern == "auto" || (is_pattern() && !pattern.contains(char::is_control)) {
        return Ok(pattern);
    }
    Err(serde::de::Error::custom("expected \"auto\" or a pattern of strftime such as \"%Y-%m-%d %H:%M\""))
}

fn measure<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    match u16::deserialize(from)? {
        columns @ 20..=400 => Ok(columns),
        _ => Err(serde::de::Error::custom("expected a number from 20 to 400")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let megabyte = 1_000_000;
        let table = [("500MB", 500), ("2GB", 2_000), ("1.5 gb", 1_500), (" 2 TB ", 2_000_000), ("1.25MB", 1)];
        for (text, megabytes) in table {
            assert_eq!(bytes(text).map(|bytes| bytes / megabyte), Some(megabytes), "{text}");
        }
        for text in
            ["", "MB", "2", "2G", "-1GB", "0MB", "0.5MB", "1,5GB", "9999999999TB", "2 €B", "1.GB", ".5GB"]
        {
            assert_eq!(bytes(text), None, "{text}");
        }
    }
}

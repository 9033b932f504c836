//! One published item, as the library keeps it.

use url::Url;

use super::{CleanHtml, EntryId, FeedId, Label, Text, Timestamp};

/// What a list shows of an entry: narrow, so that lists stay cheap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Headline {
    /// The entry.
    pub id: EntryId,
    /// The feed it came with.
    pub feed: FeedId,
    /// Where it stands in time; with the id, its place in every timeline.
    pub time: Timestamp,
    /// Its title, plain text and never empty.
    pub title: String,
    /// The page it leads to.
    pub link: Option<Url>,
    /// What the reader did with it.
    pub status: Status,
    /// What it was labelled besides.
    pub labels: Labels,
}

/// What an entry shows of its labels.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Labels {
    /// Its tags, by the alphabet.
    pub tags: Vec<String>,
    /// It stands out.
    pub is_highlighted: bool,
}

impl Labels {
    /// Shows a label given, or taken.
    pub fn set(&mut self, label: &Label, is_given: bool) {
        match label {
            Label::Tag(name) => {
                self.tags.retain(|tag| !tag.eq_ignore_ascii_case(name));
                if is_given {
                    self.tags.push(name.clone());
                    self.tags.sort();
                }
            }
            Label::Highlighted => self.is_highlighted = is_given,
            Label::Hidden => {}
        }
    }
}

impl Headline {
    /// Gives its place in every timeline.
    pub fn place(&self) -> Place {
        Place { time: self.time, id: self.id }
    }
}

/// A place in a timeline, newest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The entry's time.
    pub time: Timestamp,
    /// Parts entries of the same second.
    pub id: EntryId,
}

/// What the reader did with an entry. It outlives the entry.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Status {
    /// It was opened or marked read.
    pub read: bool,
    /// It is kept for good.
    pub saved: bool,
}

impl Status {
    /// Returns the status after a mark.
    #[must_use]
    pub fn with(self, mark: Mark) -> Status {
        match mark {
            Mark::Read => Status { read: true, ..self },
            Mark::Unread => Status { read: false, ..self },
            Mark::Saved => Status { saved: true, ..self },
            Mark::Unsaved => Status { saved: false, ..self },
        }
    }

    /// Tells whether the entry was not read yet.
    pub fn is_unread(self) -> bool {
        !self.read
    }
}

/// A change of status.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    /// Opened or marked read.
    Read,
    /// Read taken back.
    Unread,
    /// Kept for good.
    Saved,
    /// Saved taken back.
    Unsaved,
}

impl Mark {
    /// Gives the mark that takes this one back.
    #[must_use]
    pub fn opposite(self) -> Mark {
        match self {
            Mark::Read => Mark::Unread,
            Mark::Unread => Mark::Read,
            Mark::Saved => Mark::Unsaved,
            Mark::Unsaved => Mark::Saved,
        }
    }

    /// Says the mark as a participle: `marked read`.
    pub fn participle(self) -> &'static str {
        match self {
            Mark::Read => "marked read",
            Mark::Unread => "marked unread",
            Mark::Saved => "saved",
            Mark::Unsaved => "no longer saved",
        }
    }
}

/// A file that comes with an entry: a podcast's audio, a picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Enclosure {
    /// Where it lies.
    pub url: Url,
    /// Its MIME type, where the feed tells.
    pub mime: Option<String>,
    /// Its size in bytes, where the feed tells.
    pub length: Option<u64>,
}

impl Enclosure {
    /// Tells whether it is a picture.
    pub fn is_picture(&self) -> bool {
        self.mime.as_deref().is_some_and(|mime| mime.starts_with("image/"))
    }
}

/// The readable text of an entry with what a page about it says at its head.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// The feed it came with.
    pub feed: FeedId,
    /// The headline.
    pub title: String,
    /// The title of the feed.
    pub outlet: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published, where the feed tells.
    pub published: Option<Timestamp>,
    /// What the feed files it under.
    pub tags: Vec<String>,
    /// The page it leads to.
    pub link: Option<Url>,
    /// What the reader did with it.
    pub status: Status,
    /// What it was labelled besides.
    pub labels: Labels,
    /// Files that come with it.
    pub enclosures: Vec<Enclosure>,
    /// The page with what readers wrote about it, where the feed names one.
    pub comments: Option<Url>,
    /// The lines between headline and text, where the page has some.
    pub standfirst: Option<String>,
    /// The picture that leads it, where the text itself does not begin with one.
    pub lead_image: Option<Url>,
    /// The text.
    pub body: CleanHtml,
    /// Whose text it is.
    pub text: Text,
    /// The other text of the entry is here too.
    pub has_other: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_and_its_opposite_leave_the_status_as_it_was() {
        let status = Status { read: false, saved: true };
        for mark in [Mark::Read, Mark::Unsaved] {
            assert_eq!(status.with(mark).with(mark.opposite()), status);
        }
    }
}

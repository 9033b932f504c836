//! An OPML list while it is read, tag by tag.

use quick_xml::events::Event;

use super::address::feed_url;
use super::opml::{MAX_DEPTH, OpmlDocument, OpmlError, Outline, is};
use super::outline::{Attributes, Prefixes};
use crate::html::{clean_line, web_url};
use crate::model::{Url, shown_as_written, without_login};

/// The list while it is read.
#[derive(Default)]
pub(super) struct List {
    document: OpmlDocument,
    prefixes: Prefixes,
    /// The folders not yet ended.
    folders: Vec<OpenFolder>,
    /// For each outline not yet ended, whether it is a folder. What lies in another, a feed or a folder too
    /// deep, lies beside it.
    open: Vec<bool>,
    has_begun: bool,
    has_ended: bool,
}

/// A folder not yet ended.
struct OpenFolder {
    title: String,
    children: Vec<Outline>,
    /// It is one though nothing lies in it; else that is a note, or a link to something else.
    may_be_empty: bool,
}

impl List {
    /// Takes the next tag.
    pub(super) fn take(&mut self, event: &Event) {
        match event {
            Event::Start(tag) if is(tag.local_name().as_ref(), "opml") => {
                self.has_begun = true;
                self.prefixes = Attributes::of(tag).prefixes();
            }
            Event::Start(tag) if is(tag.local_name().as_ref(), "outline") => {
                self.outline(&Attributes::of(tag));
            }
            Event::End(tag) if is(tag.local_name().as_ref(), "opml") => self.has_ended = self.has_begun,
            Event::End(tag) if is(tag.local_name().as_ref(), "outline") => self.close(),
            _ => (),
        }
    }

    /// Tells whether it is a list at all, as far as it was read.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Tells whether it was read to its end.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Gives what was read, where that is all of a list.
    pub(super) fn finish(mut self) -> Result<OpmlDocument, OpmlError> {
        while !self.open.is_empty() {
            self.close();
        }
        match (self.has_begun, self.has_ended) {
            (false, _) => Err(OpmlError::NotOpml),
            (true, false) => Err(OpmlError::BreaksOff),
            (true, true) => Ok(self.document),
        }
    }

    fn outline(&mut self, attributes: &Attributes) {
        match attributes.feed() {
            Some(address) => self.feed(&address, attributes),
            None => self.folder(attributes),
        }
    }

    fn feed(&mut self, address: &str, attributes: &Attributes) {
        self.open.push(false);
        match feed_url(address, None) {
            Some(url) => {
                let site = attributes.get("htmlUrl").and_then(|site| web_url(&site, None));
                let title = attributes.title().filter(|title| !is_address_of(title, &url));
                let attributes = attributes.others(&self.prefixes);
                self.add(Outline::Feed { title, url, site, attributes });
            }
            None => self.document.skipped.push(shown_as_written(&clean_line(address))),
        }
    }

    fn folder(&mut self, attributes: &Attributes) {
        let title = attributes.title().unwrap_or_default();
        let is_too_deep = self.folders.len() == MAX_DEPTH;
        self.document.flattened += usize::from(is_too_deep);
        let is_folder = !is_too_deep && !title.is_empty();
        self.open.push(is_folder);
        if is_folder {
            let may_be_empty = attributes.get("type").is_some_and(|kind| is(&kind, "folder"));
            self.folders.push(OpenFolder { title, children: Vec::new(), may_be_empty });
        }
    }

    fn close(&mut self) {
        if self.open.pop() == Some(true)
            && let Some(OpenFolder { title, children, may_be_empty }) = self.folders.pop()
            && (may_be_empty || !children.is_empty())
        {
            self.add(Outline::Folder { title, children });
        }
    }

    fn add(&mut self, outline: Outline) {
        let folder = self.folders.last_mut().map(|folder| &mut folder.children);
        folder.unwrap_or(&mut self.document.outlines).push(outline);
    }
}

/// Tells whether a title is none: of a feed without one, lists say the address, whole or without its password.
fn is_address_of(title: &str, url: &Url) -> bool {
    Url::parse(title).is_ok_and(|title| without_login(&title) == without_login(url))
}

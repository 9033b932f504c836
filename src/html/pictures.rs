//! Writes the pictures of a text, each once, without those that are there to count or to share.

use std::ops::Range;

use url::Url;

use super::emoji;
use super::hidden::is_hidden_object;
use super::nesting::Nesting;
use super::picture::{self, Source};
use super::reference::decode_references;
use super::text::{clean_line, escape};
use super::token::Tag;
use super::tracker;

/// Tells whether an element is a picture.
pub(super) fn is_picture(name: &str) -> bool {
    matches!(name, "img" | "amp-img" | "amp-anim")
}

/// What is known of the pictures at a point of a text.
pub(super) struct Pictures<'a> {
    base: Option<&'a Url>,
    /// Inside of what is there for readers without scripts.
    pub(super) in_noscript: bool,
    /// The link around, as written.
    link: Option<&'a str>,
    /// The sources of the picture around, where there is one.
    sources: Option<Sources>,
    previous: Option<Previous>,
}

#[derive(Default)]
struct Sources {
    url: Option<Url>,
    /// Everything can show the picture that is there.
    is_common: bool,
    has_picture: bool,
}

/// The picture before, while no text has come since.
struct Previous {
    source: Option<Source>,
    in_noscript: bool,
    /// No block has begun or ended since.
    is_beside: bool,
    written: Range<usize>,
}

impl<'a> Pictures<'a> {
    pub(super) fn new(base: Option<&'a Url>) -> Pictures<'a> {
        Pictures { base, in_noscript: false, link: None, sources: None, previous: None }
    }

    /// Notes that text has come.
    pub(super) fn forget(&mut self) {
        self.previous = None;
    }

    /// Notes that a block begins or ends.
    pub(super) fn part(&mut self) {
        if let Some(previous) = &mut self.previous {
            previous.is_beside = false;
        }
    }

    /// Notes which link is around.
    pub(super) fn in_link(&mut self, href: Option<&'a str>) {
        self.link = href;
    }

    /// Begins a picture with sources.
    pub(super) fn start_sources(&mut self) {
        self.sources = Some(Sources::default());
    }

    /// Takes a source of the picture around: the first that everything can show, else the first.
    pub(super) fn source(&mut self, tag: &Tag) {
        let Some(sources) = self.sources.as_mut().filter(|sources| !sources.is_common) else {
            return;
        };
        if let Some((url, is_common)) = picture::of_source(tag, self.base)
            && (is_common || sources.url.is_none())
        {
            *sources = Sources { url: Some(url), is_common, ..Sources::default() };
        }
    }

    /// Ends a picture with sources; tells whether one had to be written.
    pub(super) fn end_sources(&mut self, out: &mut String) -> bool {
        let sources = self.sources.take().filter(|sources| !sources.has_picture);
        let Some(url) = sources.and_then(|sources| sources.url) else {
            return false;
        };
        let source = Source { url, is_late: true };
        let is_new = !self.is_repeated(&source);
        if is_new {
            self.note(Some(source.clone()), out.len()..out.len());
            push_attribute(out, "<img src", source.url.as_str());
            out.push('>');
        }
        is_new
    }

    /// Reads the text that is to stand for a picture: a character, or what the icon in a link means.
    fn text_instead(&self, tag: &Tag, nesting: &Nesting) -> Option<String> {
        if let Some(text) = emoji::character(tag) {
            return Some(text);
        }
        let is_icon = self.link.is_some() && tracker::is_icon(tag) && nesting.is_within(&["a"]);
        if is_icon { description(tag) } else { None }
    }

    /// Tells whether a picture in a button is what the button is about.
    pub(super) fn is_photograph(&self, tag: &Tag) -> bool {
        let source = picture::source(tag, None, self.base);
        let is_drawing = |url: &Url| [".svg", ".gif"].iter().any(|end| url.path().ends_with(end));
        !tracker::is_icon(tag) && source.is_some_and(|source| !is_drawing(&source.url))
    }

    /// Writes a picture, where it is one to be seen; tells whether it is.
    pub(super) fn write(&mut self, tag: &Tag, nesting: &Nesting, out: &mut String) -> bool {
        let other = self.sources.as_mut().and_then(|sources| {
            sources.has_picture = true;
            sources.url.take()
        });
        if self.is_nothing(tag) {
            return false;
        }
        if let Some(text) = self.text_instead(tag, nesting) {
            // Without an address, the description is shown as text.
            push_attribute(out, "<img alt", &text);
            out.push('>');
            self.forget();
            return true;
        }
        let source = picture::source(tag, other.as_ref(), self.base);
        if source.as_ref().is_some_and(|source| tracker::is_counter(&source.url) || self.is_repeated(source))
        {
            return false;
        }
        self.replace_stand_in(out);
        let start = out.len();
        let is_shown = source.is_some() || description(tag).is_some() || picture::is_inline(tag);
        if is_shown {
            push_picture(out, tag, source.as_ref());
        }
        self.note(source, start..out.len());
        is_shown
    }

    fn is_nothing(&self, tag: &Tag) -> bool {
        tracker::is_tiny(tag)
            || is_hidden_object(tag) && !picture::is_late(tag)
            || self.link.is_some_and(|href| tracker::shares(&decode_references(href)))
    }

    /// Tells whether a picture is the one before again: for readers without scripts, or the one that loads late.
    fn is_repeated(&self, source: &Source) -> bool {
        let Some(previous) = &self.previous else {
            return false;
        };
        let Some(known) = &previous.source else {
            return false;
        };
        if previous.in_noscript == self.in_noscript {
            return known.url == source.url && (known.is_late || source.is_late);
        }
        previous.is_beside || file(&known.url) == file(&source.url)
    }

    /// Takes back what was written for a stand-in, now that the picture comes.
    fn replace_stand_in(&mut self, out: &mut String) {
        let previous = self.previous.take().filter(|previous| {
            previous.source.is_none() && previous.is_beside && self.in_noscript != previous.in_noscript
        });
        if let Some(previous) = previous {
            out.replace_range(previous.written, "");
        }
    }

    fn note(&mut self, source: Option<Source>, written: Range<usize>) {
        self.previous = Some(Previous { source, in_noscript: self.in_noscript, is_beside: true, written });
    }
}

fn description(tag: &Tag) -> Option<String> {
    let alt = clean_line(&decode_references(tag.attribute("alt")?));
    (!alt.is_empty()).then_some(alt)
}

fn push_picture(out: &mut String, tag: &Tag, source: Option<&Source>) {
    out.push_str("<img");
    if let Some(source) = source {
        push_attribute(out, " src", source.url.as_str());
    }
    let mut known: Vec<&str> = Vec::new();
    for (name, value) in tag.attributes() {
        let kept = ["alt", "title", "width", "height"].into_iter().find(|it| it.eq_ignore_ascii_case(name));
        if let Some(name) = kept.filter(|name| !known.contains(name)) {
            known.push(name);
            // References stay as they are written.
            out.extend([" ", name, "=\"", &value.replace('"', "&quot;"), "\""]);
        }
    }
    out.push('>');
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.extend([name, "=\"", &escape(value), "\""]);
}

/// Names the file of a picture without its type and size: `a-300x200.jpg` is `a.webp` again.
fn file(url: &Url) -> &str {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_size =
        |size: &&str| size.contains('x') && size.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    stem.rsplit_once('-').filter(|(_, size)| is_size(size)).map_or(stem, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::super::clean;
    use super::*;

    fn cleaned(html: &str) -> String {
        let base = Url::parse("http://a.test/").unwrap();
        clean(html, Some(&base)).as_str().replace("http://a.test", "")
    }

    #[test]
    fn a_picture_that_loads_late_is_shown_once() {
        let one = "<img src=\"/a.jpg\" alt=\"b\">";
        let table = [
            "<img src='data:x' data-src='/a.jpg' alt=b><noscript><img src='/a.jpg' alt=b></noscript>",
            "<img src='data:x' alt=b><noscript><img src='/a.jpg' alt=b></noscript>",
            "<img src='data:x'><noscript><img src='/a.jpg' alt=b></noscript>",
            "<noscript><img src='/a.jpg' alt=b></noscript><img class=lazy data-src='/a-800x600.jpg'>",
            "<img data-src='/a.jpg' alt=b> <noscript><img src='/a-300x200.jpg'></noscript>",
            "<img src='/blank.gif' alt=b><noscript>&lt;img src='/a.jpg' alt=b&gt;</noscript>",
            "<img src='/b.gif' data-srcset='/s.jpg 100w, /a.jpg 1600w, /l.jpg 3000w' alt=b>",
            "<picture><source srcset='/a.jpg 2x'><img src='data:x' alt=b></picture>",
            "<picture><source srcset='/a.avif' type='image/avif'><source data-srcset='/a.jpg'><img alt=b></picture>",
            "<picture><source srcset='/s.jpg'><img src='/a.jpg' alt=b></picture>",
            "<picture><source srcset='/s.jpg'><noscript><img src='/a.jpg' alt=b></noscript></picture>",
            "<amp-img src='/a.jpg' alt=b><noscript><img src='/a.jpg'></noscript></amp-img>",
            "<img style='display:none' data-src='/a.jpg' alt=b>",
            "<img style='opacity:0;transition:1s' src='/a.jpg' alt=b>",
        ];
        for html in table {
            assert_eq!(cleaned(html).trim(), one, "{html}");
        }
    }

    #[test]
    fn pictures_beside_each_other_stay_apart() {
        let table = [
            ("<img src='/a.jpg'><img src='/a.jpg'>", 2),
            (
                "<figure><noscript><img src='/a.jpg'></noscript></figure><figure><noscript><img src='/b.jpg'></noscript></figure>",
                2,
            ),
            ("<p><img src='/a.jpg'></p><p><noscript><img src='/b.jpg'></noscript></p>", 2),
            ("<p><img data-src='/a.jpg'></p><p><noscript><img src='/a.jpg'></noscript></p>", 1),
            ("<img data-src='/a.jpg'>c<noscript><img src='/a.jpg'></noscript>", 2),
        ];
        for (html, count) in table {
            assert_eq!(cleaned(html).matches("<img").count(), count, "{html}");
        }
    }

    #[test]
    fn a_picture_of_sources_alone_is_one() {
        assert_eq!(cleaned("<picture><source srcset='/a.jpg'></picture>b"), "<img src=\"/a.jpg\">b");
    }

    #[test]
    fn sizes_and_descriptions_stay() {
        let html = "<img src=/a.jpg alt='a \"b\" &amp;amp; <c>' title=d width=640.0 height=480px width=1>";
        let expected = "<img src=\"/a.jpg\" alt=\"a &quot;b&quot; &amp;amp; <c>\" title=\"d\" width=\"640\" height=\"480\">";
        assert_eq!(cleaned(html).replace("&lt;", "<").replace("&gt;", ">"), expected);
    }

    #[test]
    fn what_counts_or_shares_is_no_picture() {
        let table = [
            ("<img src='/a.jpg' width=1 height=1>", ""),
            ("<img src='/a.jpg' style='height:0;width:0'>", ""),
            ("<img src='/a.jpg' style='display:none'>", ""),
            ("<img src='http://pixel.wp.com/b.gif?a'>", ""),
            ("<img src='http://feeds.b.test/~r/b/~4/c' alt=''>", ""),
            (
                "<a href='http://twitter.com/intent/tweet?u'><img src='/t.png' alt='Tweet'></a>",
                "<a href=\"http://twitter.com/intent/tweet?u\"></a>",
            ),
            (
                "<a href='/x'><img src='/t.png' alt='RSS' width=16 height=16></a>",
                "<a href=\"/x\"><img alt=\"RSS\"></a>",
            ),
            (
                "<img src='/t.png' alt='RSS' width=16 height=16>",
                "<img src=\"/t.png\" alt=\"RSS\" width=\"16\" height=\"16\">",
            ),
            ("a <img class=wp-smiley src='/1f642.png' alt=':)'>", "a <img alt=\"🙂\">"),
            (
                "<noscript><img height=1 width=1 style='display:none' src='https://www.facebook.com/tr?id=1'></noscript>",
                "",
            ),
            ("<noscript><a href='/poll'>Take our poll</a></noscript>", "<a href=\"/poll\">Take our poll</a>"),
        ];
        for (html, expected) in table {
            assert_eq!(cleaned(html), expected, "{html}");
        }
    }
}

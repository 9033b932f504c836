//! Prepares HTML for the sanitiser: only known elements, bounded nesting, embeds as links, pictures with the address
//! that is really theirs, and nothing that is not seen.
//!
//! The sanitiser's parser is right but trusting: ten megabytes of unclosed tags keep it busy for minutes.
//! What leaves here costs it time in proportion to its length.

use url::Url;

use super::allowed::{allowed_element, is_hidden};
use super::concealed::{Concealed, Sight};
use super::embed::{embed_link, is_embed};
use super::hidden::{Hiding, hiding, is_form_or_unseen, is_hidden_object};
use super::nesting::{Nesting, is_inline};
use super::pictures::{Pictures, is_picture};
use super::token::{Tag, Token, Tokens};
use super::tracker;

/// A tag with more attributes loses all of them: the parser compares each with each.
const MAX_ATTRIBUTES: usize = 50;

/// Longer text is parted by empty elements: the sanitiser looks from each `&` for the next tag.
const MAX_PART: usize = 8_000;

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "summary"];

/// Prepares HTML for the sanitiser.
pub(super) fn tidy(html: &str, base: Option<&Url>) -> String {
    let tidy = Tidy::of(html, base, true);
    if tidy.has_shown || !tidy.has_concealed {
        return tidy.out;
    }
    // Hidden from first to last: the page shows it when its scripts have run.
    Tidy::of(html, base, false).out
}

struct Tidy<'a> {
    tokens: Tokens<'a>,
    nesting: Nesting,
    out: String,
    /// How much text was written since the last tag.
    part_length: usize,
    /// Inside of a drawing: its title is text, a page's is not.
    in_svg: bool,
    base: Option<&'a Url>,
    pictures: Pictures<'a>,
    /// The address of the last embed: what follows for readers without scripts is the same again.
    last_embed: Option<String>,
    concealed: Option<Concealed>,
    hides: bool,
    has_shown: bool,
    has_concealed: bool,
}

impl<'a> Tidy<'a> {
    fn of(html: &'a str, base: Option<&'a Url>, hides: bool) -> Tidy<'a> {
        let mut tidy = Tidy {
            tokens: Tokens::new(html),
            nesting: Nesting::default(),
            out: String::with_capacity(html.len()),
            part_length: 0,
            in_svg: false,
            base,
            pictures: Pictures::new(base),
            last_embed: None,
            concealed: None,
            hides,
            has_shown: false,
            has_concealed: false,
        };
        while let Some(token) = tidy.tokens.next() {
            match token {
                Token::Text(text) => tidy.text(text),
                Token::Start(tag) => tidy.start(&tag),
                Token::End(tag) => tidy.end(&tag),
            }
        }
        tidy
    }

    fn text(&mut self, text: &str) {
        if self.concealed.is_some() {
            return;
        }
        if !text.trim_start().is_empty() {
            self.pictures.forget();
            self.has_shown |= text.contains(char::is_alphanumeric);
        }
        let mut rest = text;
        while let Some(at) = self.end_of_part(rest) {
            self.part(&rest[..at]);
            self.out.push_str("<span></span>");
            self.part_length = 0;
            rest = &rest[at..];
        }
        self.part(rest);
    }

    fn part(&mut self, text: &str) {
        self.part_length += text.len();
        if text.contains('<') {
            // A lone `<` must not become a tag with what follows.
            self.out.push_str(&text.replace('<', "&lt;"));
        } else {
            self.out.push_str(text);
        }
    }

    /// Finds where a long text can be parted: at a character that the sanitiser stops at.
    fn end_of_part(&self, text: &str) -> Option<usize> {
        let from = text.ceil_char_boundary(MAX_PART.saturating_sub(self.part_length));
        let at = text[from..].find(|c: char| c == '&' || !c.is_ascii())?;
        Some(from + at).filter(|at| self.part_length + at > 0)
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let is_raw = is_hidden(&tag.name) && !self.is_label(&tag.name) && !is_form_or_unseen(&tag.name);
        if is_raw {
            return self.tokens.skip_content(&tag.name);
        }
        let element = allowed_element(&tag.name);
        if let Some(concealed) = &mut self.concealed {
            if concealed.start(tag, element, &mut self.nesting) == Sight::Hidden {
                let shows = concealed.hiding == Hiding::Words && is_picture(&tag.name);
                return if shows {
                    self.picture_of_button(tag)
                };
            }
            self.concealed = None;
        }
        if tag.name == "svg" {
            self.in_svg = !tag.raw.ends_with("/>");
        } else if is_picture(&tag.name) {
            self.picture(tag);
        } else if is_embed(&tag.name) {
            self.embed(tag);
        } else if let Some(hiding) = self.hiding(tag) {
            self.conceal(tag, element, hiding);
        } else if let Some(element) = element {
            if element == "a" {
                self.pictures.in_link(tag.attribute("href"));
            }
            if self.nesting.start(element, &mut self.out) {
                self.open(tag, element);
            }
        } else {
            self.context(tag);
        }
    }

    fn hiding(&mut self, tag: &Tag) -> Option<Hiding> {
        // As XML it has no content, as HTML all that follows.
        if tag.raw.ends_with("/>") || is_void(&tag.name) {
            return None;
        }
        let is_heading = tag.name == "button" && self.nesting.is_within(HEADINGS);
        hiding(tag, &mut self.tokens, is_heading, self.hides)
    }

    fn conceal(&mut self, tag: &Tag, element: Option<&'static str>, hiding: Hiding) {
        self.has_concealed = true;
        self.part_length = 0;
        self.concealed = Some(Concealed::begin(tag, element, hiding, &mut self.nesting, &mut self.out));
    }

    /// Takes what is around pictures and embeds.
    fn context(&mut self, tag: &Tag<'a>) {
        match tag.name.as_ref() {
            "picture" => self.pictures.start_sources(),
            "source" => self.pictures.source(tag),
            "noscript" => self.noscript(),
            _ => (),
        }
    }

    fn noscript(&mut self) {
        self.pictures.in_noscript = true;
        let Some(content) = self.tokens.content_near("noscript") else {
            return;
        };
        if content.contains('<') {
            let is_message = !content.contains("<img") && !content.contains("<iframe") && content.len() < 400;
            if is_message && content.to_ascii_lowercase().contains("javascript") {
                self.tokens.pass(content);
            }
        } else if content.contains("&lt;img") {
            // So writes it who has read the page as a browser with scripts reads it.
            self.tokens.pass(content);
            let content = super::reference::decode_references(content).into_owned();
            for token in Tokens::new(&content) {
                match token {
                    Token::Start(tag) if is_picture(&tag.name) => self.picture(&tag),
                    _ => (),
                }
            }
        } else if content.to_ascii_lowercase().contains("javascript") {
            self.tokens.pass(content);
        }
    }

    fn picture(&mut self, tag: &Tag) {
        if let Some(text) = self.pictures.text_instead(tag, &self.nesting) {
            self.text(&super::text::escape(&text));
        } else if self.nesting.start("img", &mut self.out) {
            self.has_shown |= self.pictures.write(tag, &mut self.out);
            self.part_length = 0;
        }
    }

    fn picture_of_button(&mut self, tag: &Tag) {
        if self.pictures.is_photograph(tag) {
            self.has_shown |= self.pictures.write(tag, &mut self.out);
        }
    }

    fn end(&mut self, tag: &Tag) {
        let element = allowed_element(&tag.name);
        if let Some(concealed) = &mut self.concealed {
            match concealed.end(tag, element, &mut self.nesting) {
                Sight::Hidden => return,
                Sight::Last => return self.concealed = None,
                Sight::Seen => self.concealed = None,
            }
        }
        let Some(element) = element else {
            return self.end_context(tag);
        };
        if element == "br" {
            // XHTML read and written again has `<br></br>`, which is one line break, not two.
            if !self.out.ends_with("<br>") {
                self.out.push_str("<br>");
            }
        } else if self.nesting.end(element) {
            if element == "a" {
                self.pictures.in_link(None);
            } else if !is_inline(element) {
                self.pictures.part();
            }
            self.out.push_str("</");
            self.out.push_str(element);
            self.out.push('>');
            self.part_length = 0;
        }
    }

    fn end_context(&mut self, tag: &Tag) {
        match tag.name.as_ref() {
            "picture" => self.has_shown |= self.pictures.end_sources(&mut self.out),
            "noscript" => self.pictures.in_noscript = false,
            "svg" => self.in_svg = false,
            name if self.is_label(name) => self.out.push(' '),
            _ => (),
        }
    }

    /// Tells whether an element is one of the texts of a drawing.
    fn is_label(&self, name: &str) -> bool {
        self.in_svg && matches!(name, "title" | "desc" | "text")
    }

    fn open(&mut self, tag: &Tag, element: &str) {
        self.part_length = 0;
        if !is_inline(element) {
            self.pictures.part();
        }
        let as_written = tag.is_whole && element == tag.name && element != "br";
        if as_written && tag.attributes().nth(MAX_ATTRIBUTES).is_none() {
            self.out.push_str(tag.raw);
        } else {
            self.out.push('<');
            self.out.push_str(element);
            self.out.push('>');
        }
    }

    fn embed(&mut self, tag: &Tag<'a>) {
        let content = self.tokens.content_near(&tag.name).unwrap_or_default();
        if tracker::is_tiny(tag) || is_hidden_object(tag) {
            return self.tokens.pass(content);
        }
        let Some(embed) = embed_link(tag, content, self.base) else {
            return;
        };
        self.tokens.pass(content);
        let is_again = self.pictures.in_noscript && self.last_embed.as_ref() == Some(&embed);
        if !is_again {
            self.out.push_str(&embed);
            self.part_length = 0;
            self.has_shown = true;
        }
        self.last_embed = Some(embed);
    }
}

/// Tells whether an element has no content, and no end.
fn is_void(name: &str) -> bool {
    #[rustfmt::skip]
    const VOID: &[&str] = &[
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(html: &str) -> String {
        tidy(html, None)
    }

    #[test]
    fn a_million_videos_without_an_end_are_looked_at_once_each() {
        let html = "<video>".repeat(200_000) + "</video>";
        assert_eq!(tidied(&html), "");
    }

    #[test]
    fn tracking_pixels_go() {
        let html = "a<img src='http://t.test/1' width=1 height='1'><img src=b width=20>";
        let base = Url::parse("http://a.test/").unwrap();
        assert_eq!(tidy(html, Some(&base)), "a<img src=\"http://a.test/b\" width=\"20\">");
    }

    #[test]
    fn a_line_break_read_and_written_again_is_one() {
        assert_eq!(tidied("a<br></br>b</br>c<br />d"), "a<br>b<br>c<br>d");
    }

    #[test]
    fn blocks_that_are_not_allowed_keep_texts_apart() {
        assert_eq!(tidied("<main><h1>a</h1></main><x-y>b</x-y>"), "<div><h1>a</h1></div>b");
    }

    #[test]
    fn of_a_drawing_its_words_stay() {
        let html = "<title>page</title>a <svg viewBox='0 0 1 1'><title>b</title><metadata>c</metadata>\
                    <style>d</style><text x=1>e</text><text>f</text></svg>g<title>page</title>";
        assert_eq!(tidied(html), "a b e f g");
    }

    #[test]
    fn a_tag_whose_quote_never_closes_loses_its_attributes() {
        assert_eq!(tidied("<a href=\"http://a.test/>b</a> c<b>d</b>"), "<a>b</a> c<b>d</b>");
    }

    #[test]
    fn a_script_that_never_ends_takes_nothing_with_it() {
        assert_eq!(tidied("<script src=x><p>a</p>"), "<p>a</p>");
    }

    #[test]
    fn a_million_embeds_with_one_far_end_are_done_in_one_go() {
        for tag in ["<video>", "<audio>", "<embed>", "<video><audio>", "<video><p>a"] {
            let html = tag.repeat(5_000_000 / tag.len()) + "</video></audio></embed>";
            assert!(!tidied(&html).contains("video"), "{tag}");
        }
    }

    #[test]
    fn no_tag_grows_from_what_is_left_out() {
        assert_eq!(tidied("<<!-- -->script>"), "&lt;script>");
    }

    #[test]
    fn a_text_full_of_references_is_parted() {
        let html = "&amp;<!-- -->".repeat(10_000);
        let parts: Vec<String> = tidied(&html).split("<span></span>").map(str::to_owned).collect();
        assert_eq!(parts.concat(), "&amp;".repeat(10_000));
        assert!(parts.iter().all(|part| part.len() <= MAX_PART + 5 && part.ends_with(';')));
    }

    #[test]
    fn a_tag_with_a_thousand_attributes_loses_them() {
        let attributes: Vec<String> = (0..1000).map(|i| format!(" a{i}=1")).collect();
        assert_eq!(tidied(&format!("<p{}>b</p>", attributes.concat())), "<p>b</p>");
    }
}

//! Prepares HTML for the sanitiser: only known elements, bounded nesting, embeds as links, pictures with the address
//! that is really theirs, and nothing that is not seen.
//!
//! The sanitiser's parser is right but trusting: ten megabytes of unclosed tags keep it busy for minutes.
//! What leaves here costs it time in proportion to its length.

mod objects;

use url::Url;

use super::allowed::{allowed_element, is_hidden};
use super::concealed::{Concealed, Sight};
use super::embed::is_embed;
use super::hidden::{Hiding, hiding, is_form_or_unseen};
use super::nesting::{Nesting, is_inline};
use super::pictures::{Pictures, is_picture};
use super::token::{Tag, Token, Tokens};

/// A tag with more attributes loses all of them: the parser compares each with each.
const MAX_ATTRIBUTES: usize = 50;

/// Longer text is parted by empty elements: the sanitiser looks from each `&` for the next tag.
const MAX_PART: usize = 8_000;

/// Prepares HTML for the sanitiser.
pub(super) fn tidy(html: &str, base: Option<&Url>) -> String {
    let tidy = Tidy::of(html, base, true);
    if tidy.has_shown || !tidy.has_concealed {
        return tidy.out;
    }
    // Hidden from first to last: the page shows it when its scripts have run.
    Tidy::of(html, base, false).out
}

#[expect(clippy::struct_excessive_bools, reason = "four facts that have nothing to do with each other")]
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
    /// Leaves out what is hidden by its attributes.
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
        let element = allowed_element(&tag.name);
        if element.is_none() && self.is_raw(&tag.name) {
            return self.tokens.skip_content(&tag.name);
        }
        if let Some(concealed) = &mut self.concealed {
            if concealed.start(tag, element, &mut self.nesting) == Sight::Hidden {
                if concealed.hiding == Hiding::Words && is_picture(&tag.name) {
                    self.picture_of_button(tag);
                }
                return;
            }
            self.concealed = None;
        }
        if is_picture(&tag.name) {
            self.picture(tag);
        } else if let Some(hiding) = self.hiding(tag, element.is_some()) {
            self.conceal(tag, element, hiding);
        } else if let Some(element) = element {
            self.element(tag, element);
        } else if is_embed(&tag.name) {
            self.embed(tag);
        } else {
            self.context(tag);
        }
    }

    /// Tells whether an element holds no HTML, and goes with what it holds.
    fn is_raw(&self, name: &str) -> bool {
        is_hidden(name) && !self.is_label(name) && !is_form_or_unseen(name)
    }

    fn element(&mut self, tag: &Tag<'a>, element: &'static str) {
        if element == "a" {
            self.pictures.in_link(tag.attribute("href"));
        }
        if self.nesting.start(element, &mut self.out) {
            self.open(tag, element);
        }
    }

    fn hiding(&mut self, tag: &Tag, is_allowed: bool) -> Option<Hiding> {
        // As XML it has no content, as HTML all that follows.
        if is_allowed && !tag.has_attributes()
            || tag.raw.ends_with("/>")
            || is_embed(&tag.name)
            || is_void(&tag.name)
        {
            return None;
        }
        hiding(tag, &mut self.tokens, &self.nesting, self.hides)
    }

    fn conceal(&mut self, tag: &Tag, element: Option<&'static str>, hiding: Hiding) {
        self.has_concealed = true;
        self.part_length = 0;
        self.concealed = Some(Concealed::begin(tag, element, hiding, &mut self.nesting, &mut self.out));
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
    fn many_videos_without_an_end_are_nothing() {
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

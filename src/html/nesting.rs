//! Keeps count of open elements, so that no text nests deeper or grows faster than it should.
//!
//! Mirrors the few rules of the HTML standard that matter here: which start tags close an element, and that
//! an unclosed `<b>` goes on in every block after it (a thousand of them, in each of a million blocks).

/// Deeper elements lose their tags.
const MAX_DEPTH: usize = 100;

/// Tags beyond these go, and their text stays.
const MAX_TAGS: usize = 200_000;

/// How often unclosed formatting may be repeated over the whole text.
const MAX_REPEATS: usize = 200_000;

/// The elements open at a point of the text.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<&'static str>,
    /// Elements that are open in the text but were nested too deeply.
    too_deep: Vec<&'static str>,
    formatting: Vec<&'static str>,
    repeats: usize,
    tags: usize,
}

impl Nesting {
    /// Opens an element; tells whether its tag may be written.
    pub(super) fn start(&mut self, element: &'static str, out: &mut String) -> bool {
        self.tags += 1;
        match kind(element) {
            _ if self.tags > MAX_TAGS => false,
            Kind::Void | Kind::TablePart => true,
            Kind::Formatting => self.start_formatting(element),
            Kind::Inline => {
                self.close_sibling(element);
                self.repeat_formatting(out);
                self.push(element)
            }
            Kind::Block => {
                self.close_before(element);
                self.repeat_formatting(out);
                self.push(element)
            }
        }
    }

    /// Closes an element; tells whether its tag may be written.
    pub(super) fn end(&mut self, element: &'static str) -> bool {
        let kind = kind(element);
        if matches!(kind, Kind::Void | Kind::TablePart) {
            return matches!(kind, Kind::TablePart);
        }
        if kind == Kind::Formatting {
            remove_last(&mut self.formatting, element);
        }
        if remove_last(&mut self.too_deep, element) {
            return false;
        }
        let Some(at) = self.open.iter().rposition(|open| *open == element) else {
            return false;
        };
        if kind == Kind::Formatting {
            self.open.remove(at);
        } else {
            self.truncate(at);
        }
        true
    }

    /// Opens an element; names its level, where it is kept count of.
    pub(super) fn enter(&mut self, element: &'static str, out: &mut String) -> Option<usize> {
        let is_counted = matches!(kind(element), Kind::Formatting | Kind::Inline | Kind::Block);
        (self.start(element, out) && is_counted).then(|| self.open.len() - 1)
    }

    /// Closes what an element closes by starting.
    pub(super) fn make_way(&mut self, element: &str) {
        match kind(element) {
            Kind::Block => self.close_before(element),
            Kind::Inline => self.close_sibling(element),
            Kind::Void | Kind::TablePart | Kind::Formatting => (),
        }
    }

    /// Tells how many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Names the level of the last element of a name that is open.
    pub(super) fn level(&self, element: &str) -> Option<usize> {
        self.open.iter().rposition(|open| *open == element)
    }

    /// Closes all elements from a level on.
    pub(super) fn cut(&mut self, level: usize) {
        if level < self.open.len() {
            self.truncate(level);
        }
    }

    /// Tells whether one of these elements is open.
    pub(super) fn is_within(&self, elements: &[&str]) -> bool {
        self.open.iter().any(|open| elements.contains(open))
    }

    fn start_formatting(&mut self, element: &'static str) -> bool {
        // A link ends where the next one starts.
        if element == "a" {
            remove_last(&mut self.open, element);
            remove_last(&mut self.formatting, element);
        }
        let fits = self.repeats < MAX_REPEATS && self.push(element);
        if fits {
            self.formatting.push(element);
        }
        fits
    }

    fn push(&mut self, element: &'static str) -> bool {
        let fits = self.open.len() < MAX_DEPTH;
        if fits {
            self.open.push(element);
        } else if self.too_deep.len() < 10 * MAX_DEPTH {
            self.too_deep.push(element);
        }
        fits
    }

    fn truncate(&mut self, length: usize) {
        self.open.truncate(length);
        self.too_deep.clear();
    }

    /// Closes what a block closes by starting: a paragraph, a list item before the next one.
    fn close_before(&mut self, block: &str) {
        self.close_sibling(block);
        let mut above = self.open.iter().enumerate().rev();
        let paragraph =
            above.by_ref().take_while(|(_, open)| **open != "table").find(|(_, open)| **open == "p");
        if let Some((at, _)) = paragraph {
            self.truncate(at);
        }
    }

    fn close_sibling(&mut self, element: &str) {
        let siblings = siblings(element);
        if siblings.is_empty() {
            return;
        }
        let mut above = self.open.iter().enumerate().rev();
        let item = above
            .by_ref()
            .take_while(|(_, open)| siblings.contains(open) || is_transparent(open))
            .find(|(_, open)| siblings.contains(open));
        if let Some((at, _)) = item {
            self.truncate(at);
        }
    }

    /// Counts what the parser will repeat in a block, and ends it where it becomes too much.
    fn repeat_formatting(&mut self, out: &mut String) {
        self.repeats += self.formatting.len();
        if self.repeats < MAX_REPEATS {
            return;
        }
        for element in self.formatting.drain(..).rev() {
            out.push_str("</");
            out.push_str(element);
            out.push('>');
            remove_last(&mut self.open, element);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Has no content.
    Void,
    /// Ends by itself, and means nothing outside of a table.
    TablePart,
    /// Goes on after a block that ends around it.
    Formatting,
    /// A part of a line, which closes no paragraph.
    Inline,
    /// Everything else.
    Block,
}

fn kind(element: &str) -> Kind {
    match element {
        "br" | "hr" | "img" | "col" | "wbr" => Kind::Void,
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td" => Kind::TablePart,
        "a" | "b" | "code" | "em" | "i" | "s" | "small" | "strong" | "u" => Kind::Formatting,
        "abbr" | "cite" | "del" | "ins" | "kbd" | "mark" | "q" | "rb" | "rp" | "rt" | "ruby" | "samp"
        | "span" | "sub" | "sup" | "time" | "var" => Kind::Inline,
        _ => Kind::Block,
    }
}

/// Tells whether an element is a part of a line of text.
pub(super) fn is_inline(element: &str) -> bool {
    matches!(kind(element), Kind::Formatting | Kind::Inline) || matches!(element, "img" | "wbr")
}

/// Names the elements that an element closes because it stands beside them.
fn siblings(element: &str) -> &'static [&'static str] {
    match element {
        "li" => &["li"],
        "dt" | "dd" => &["dt", "dd"],
        "rb" | "rp" | "rt" => &["rb", "rp", "rt"],
        _ => &[],
    }
}

fn is_transparent(element: &str) -> bool {
    matches!(element, "p" | "div") || kind(element) == Kind::Formatting
}

fn remove_last(list: &mut Vec<&'static str>, element: &str) -> bool {
    let at = list.iter().rposition(|open| *open == element);
    at.map(|at| list.remove(at)).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tidy::tidy;
    use super::*;

    #[test]
    fn tags_nested_too_deeply_go_with_their_ends() {
        let html = format!("{}a{}b", "<div>".repeat(150), "</div>".repeat(150));
        let expected = format!("{}a{}b", "<div>".repeat(100), "</div>".repeat(100));
        assert_eq!(tidy(&html, None), expected);
    }

    #[test]
    fn unclosed_paragraphs_items_and_links_are_not_deep() {
        let html = "<p><a name=x>b<ul><li>c<dl><dt>d<dd>e</dl></ul>".repeat(1000);
        assert_eq!(tidy(&html, None), html);
    }

    #[test]
    fn a_paragraph_ends_after_a_part_of_a_line() {
        let html = "<p>a<span>b</span></p>c<p>d<sup>2</sup></p>e<p>f<span>g</p>h<ruby>i<rt>j<rt>k</ruby>";
        assert_eq!(tidy(html, None), html);
    }

    #[test]
    fn unclosed_formatting_in_many_paragraphs_is_not_deep() {
        let html = "<p><b>a</p>".repeat(500) + "<ul><li>b</ul>";
        assert_eq!(tidy(&html, None), html);
    }

    #[test]
    fn items_and_terms_in_turns_are_deep() {
        let mut nesting = Nesting::default();
        for element in ["dd", "li"].repeat(1000) {
            nesting.start(element, &mut String::new());
        }
        assert_eq!(nesting.open.len(), MAX_DEPTH);
    }

    #[test]
    fn formatting_that_would_be_repeated_without_end_is_closed() {
        let html = format!("<p>{}</p>{}", "<b><i>".repeat(40), "<p>a</p>".repeat(100_000));
        let tidy = tidy(&html, None);
        assert_eq!(tidy.matches("</b>").count(), 40);
        assert_eq!(tidy.matches("<p>").count(), 100_001);
    }

    #[test]
    fn of_a_million_tags_two_hundred_thousand_stay() {
        let html = "<br>a".repeat(MAX_TAGS + 10);
        assert_eq!(tidy(&html, None).matches("<br>").count(), MAX_TAGS);
    }

    #[test]
    fn an_end_without_start_goes() {
        assert_eq!(tidy("a</p>b</div>c</b>", None), "abc");
    }
}

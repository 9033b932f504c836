//! Cuts a tag into attributes where a browser would cut it.

/// Walks over names and values behind a tag's name, up to its `>`.
pub(super) struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(text: &'a str) -> Attributes<'a> {
        Attributes { text, at: 0 }
    }

    /// Measures the attributes with the `>` behind them, where it comes.
    pub(super) fn length(text: &str) -> Option<usize> {
        let mut attributes = Attributes::new(text);
        attributes.by_ref().for_each(drop);
        (attributes.peek() == Some(b'>')).then_some(attributes.at + 1)
    }

    fn name(&mut self) -> &'a str {
        let start = self.at;
        // The first character belongs to the name even where it is `=`.
        self.at += 1;
        self.skip(|c| !is_space(c) && !matches!(c, '/' | '>' | '='));
        &self.text[start..self.at]
    }

    fn value(&mut self) -> Option<&'a str> {
        self.skip(is_space);
        if self.peek() != Some(b'=') {
            return Some("");
        }
        self.at += 1;
        self.skip(is_space);
        let first = self.peek()?;
        if matches!(first, b'"' | b'\'') {
            return self.quoted(char::from(first));
        }
        let start = self.at;
        self.skip(|c| !is_space(c) && c != '>');
        Some(&self.text[start..self.at])
    }

    fn quoted(&mut self, quote: char) -> Option<&'a str> {
        let start = self.at + 1;
        let Some(length) = self.text[start..].find(quote) else {
            self.at = self.text.len();
            return None;
        };
        self.at = start + length + 1;
        Some(&self.text[start..start + length])
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, what: fn(char) -> bool) {
        while self.peek().is_some_and(|byte| what(char::from(byte))) {
            self.at += 1;
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        self.skip(|c| is_space(c) || c == '/');
        if self.peek().is_none_or(|byte| byte == b'>') {
            return None;
        }
        let name = self.name();
        let value = self.value()?;
        Some((name, value))
    }
}

/// Tells whether a character is white space inside a tag.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_quoted_bare_or_not_at_all() {
        let attributes = Attributes::new(" a=\"1 2\" b = '3' c=4/ d /e ü=ö>");
        let pairs: Vec<_> = attributes.collect();
        assert_eq!(pairs, [("a", "1 2"), ("b", "3"), ("c", "4/"), ("d", ""), ("e", ""), ("ü", "ö")]);
    }

    #[test]
    fn a_quote_that_never_closes_has_no_length() {
        assert_eq!(Attributes::length(" a='x>"), None);
    }
}

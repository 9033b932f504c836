//! What the reader, or a rule of theirs, says of an entry besides its marks.

use std::fmt;

/// A word or a sign that an entry is given. It outlives the entry.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// A word of the reader's own.
    Tag(String),
    /// It stays out of all lists.
    Hidden,
    /// It stands out in lists.
    Highlighted,
}

impl Label {
    /// Reads a tag: words without commas, in no more than one line.
    pub fn tag(text: &str) -> Option<Label> {
        let text = text.trim().trim_start_matches('#');
        let is_tag = !text.is_empty() && !text.contains(|c: char| c == ',' || c == '"' || c.is_control());
        is_tag.then(|| Label::Tag(text.to_owned()))
    }

    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Option<Label> {
        match text {
            "hidden" => Some(Label::Hidden),
            "highlighted" => Some(Label::Highlighted),
            text => Label::tag(text.strip_prefix("tag:")?),
        }
    }

    /// Says in words that it was given, or taken.
    pub fn participle(&self, is_given: bool) -> String {
        match (self, is_given) {
            (Label::Tag(name), true) => format!("tagged {name}"),
            (Label::Tag(name), false) => format!("no longer tagged {name}"),
            (Label::Hidden, true) => "hidden".to_owned(),
            (Label::Hidden, false) => "no longer hidden".to_owned(),
            (Label::Highlighted, true) => "highlighted".to_owned(),
            (Label::Highlighted, false) => "no longer highlighted".to_owned(),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Label::Tag(name) => write!(out, "tag:{name}"),
            Label::Hidden => out.write_str("hidden"),
            Label::Highlighted => out.write_str("highlighted"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_they_are_written() {
        for label in [Label::Tag("two words".to_owned()), Label::Hidden, Label::Highlighted] {
            assert_eq!(Label::parse(&label.to_string()), Some(label));
        }
        assert_eq!(Label::tag(" #later "), Some(Label::Tag("later".to_owned())));
        for wrong in ["", "#", "a,b", "a\nb"] {
            assert_eq!(Label::tag(wrong), None, "{wrong:?}");
        }
    }
}

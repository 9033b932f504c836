//! Regular expressions of queries.

use regex::{Regex, RegexBuilder};

use crate::model::{Pattern, PatternPlace};

/// What an expression may take when it is made ready, in bytes.
const LARGEST: usize = 1 << 20;

/// A regular expression that is ready. It needs time in proportion to the text, whatever it says.
#[derive(Clone, Debug)]
pub struct Matcher {
    expression: Regex,
    place: Option<PatternPlace>,
}

impl Matcher {
    /// Makes an expression ready, or says in a few words what is wrong with it.
    pub fn of(pattern: &Pattern) -> Result<Matcher, String> {
        let mut builder = RegexBuilder::new(&pattern.expression);
        let expression = builder.case_insensitive(pattern.ignores_case).size_limit(LARGEST).build();
        match expression {
            Ok(expression) => Ok(Matcher { expression, place: pattern.place }),
            Err(error) => Err(reason(&error.to_string())),
        }
    }

    /// Tells whether a title and the address it leads to match.
    pub fn is_match(&self, title: &str, url: Option<&str>) -> bool {
        let in_title = || self.expression.is_match(title);
        let in_url = || url.is_some_and(|url| self.expression.is_match(url));
        match self.place {
            None => in_title() || in_url(),
            Some(PatternPlace::Title) => in_title(),
            Some(PatternPlace::Url) => in_url(),
        }
    }
}

/// Takes the reason out of several lines with a drawing.
fn reason(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").trim_end_matches('.').to_owned()
}

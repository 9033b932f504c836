//! Looks ahead for an end that may never come.

/// What is looked for again and again while the text gets shorter: each byte is looked at once, not once for each of
/// a million sections that never end.
#[derive(Clone, Debug)]
pub(super) struct Ahead {
    wanted: &'static str,
    found: Found,
    /// How many bytes were looked at so far.
    #[cfg(test)]
    pub(super) looked_at: usize,
}

#[derive(Clone, Copy, Debug)]
enum Found {
    NotYet,
    /// With so much left of the text.
    At(usize),
    Never,
}

impl Ahead {
    pub(super) fn new(wanted: &'static str) -> Ahead {
        Ahead {
            wanted,
            found: Found::NotYet,
            #[cfg(test)]
            looked_at: 0,
        }
    }

    /// Finds it in what is left of the text, which must be the end of what was left before.
    pub(super) fn find(&mut self, rest: &str) -> Option<usize> {
        match self.found {
            Found::Never => return None,
            Found::At(left) if left <= rest.len() => return Some(rest.len() - left),
            Found::At(_) | Found::NotYet => {}
        }
        let at = memchr::memmem::find(rest.as_bytes(), self.wanted.as_bytes());
        self.found = at.map_or(Found::Never, |at| Found::At(rest.len() - at));
        #[cfg(test)]
        {
            self.looked_at += at.unwrap_or(rest.len());
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_looked_at_once() {
        let text = "..x....x...";
        let mut ahead = Ahead::new("x");
        let found: Vec<_> =
            (0..=text.len()).map(|from| ahead.find(&text[from..]).map(|at| from + at)).collect();
        let expected: Vec<_> =
            (0..=text.len()).map(|from| text[from..].find('x').map(|at| from + at)).collect();
        assert_eq!(found, expected);
        assert!(ahead.looked_at <= text.len());
    }
}

//! Raised and lowered text: `mc²`, `H₂O`.

/// Where small text stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Script {
    /// Raised.
    Super,
    /// Lowered.
    Sub,
}

impl Script {
    /// Writes a number raised or lowered; none for other text, which has no such letters.
    pub(super) fn written(self, text: &str) -> Option<String> {
        text.chars().map(|c| self.small(c)).collect()
    }

    fn small(self, c: char) -> Option<char> {
        let (digits, plus, minus) = match self {
            Script::Super => (['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'], '⁺', '⁻'),
            Script::Sub => (['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'], '₊', '₋'),
        };
        match c {
            '+' => Some(plus),
            '-' | '−' => Some(minus),
            c => c.to_digit(10).map(|digit| digits[digit as usize]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_raised_and_words_stay() {
        assert_eq!(Script::Super.written("-12").as_deref(), Some("⁻¹²"));
        assert_eq!(Script::Sub.written("2").as_deref(), Some("₂"));
        assert_eq!(Script::Super.written("th"), None);
    }
}

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
    /// Writes text raised or lowered; none where there is no such letter.
    pub(super) fn written(self, text: &str) -> Option<String> {
        text.chars().map(|c| self.small(c)).collect()
    }

    fn small(self, c: char) -> Option<char> {
        let (plain, small) = match self {
            Script::Super => (SUPER, SUPER_WRITTEN),
            Script::Sub => (SUB, SUB_WRITTEN),
        };
        let at = plain.chars().position(|other| other == c)?;
        small.chars().nth(at)
    }
}

const SUPER: &str = "0123456789+-−=()in";
const SUPER_WRITTEN: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ";
const SUB: &str = "0123456789+-−=()aeijorux";
const SUB_WRITTEN: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒᵣᵤₓ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_raised_and_words_stay() {
        assert_eq!(Script::Super.written("-12").as_deref(), Some("⁻¹²"));
        assert_eq!(Script::Sub.written("2").as_deref(), Some("₂"));
        assert_eq!(Script::Super.written("n+1").as_deref(), Some("ⁿ⁺¹"));
        assert_eq!(Script::Sub.written("i").as_deref(), Some("ᵢ"));
        assert_eq!(Script::Super.written("th"), None);
    }
}

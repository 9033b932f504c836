//! Reads of a `style` attribute what the sanitiser must know: what is not seen, and what is a point.

use std::borrow::Cow;

use super::reference::decode_references;

/// Browsers read it as no length at all: nothing is seen, and nothing is where it seems to be.
const FAR_AWAY: f64 = -999.0;

/// Tells whether an element of this style is not seen, whatever is in it.
pub(crate) fn hides(style: &str) -> bool {
    let style = decoded(style);
    declarations(&style).any(|(name, value)| {
        match_lower(name, value, &["display"], &["none"])
            || match_lower(name, value, &["visibility"], &["hidden", "collapse"])
            || match_lower(name, value, &["mso-hide"], &["all"])
            || is_one_of(name, &["left", "top", "text-indent"])
                && number(value).is_some_and(|at| at <= FAR_AWAY)
    })
}

/// Tells whether the text of an element of this style is not seen, where nothing in it says otherwise.
pub(super) fn hides_text(style: &str) -> bool {
    let style = decoded(style);
    declarations(&style).any(|(name, value)| is_one_of(name, &["font-size"]) && number(value) == Some(0.0))
}

/// Tells whether an element of this style is seen through, and stays so: pages fade in what moves or changes.
pub(super) fn is_transparent(style: &str) -> bool {
    let style = decoded(style);
    let has = |word: &str| declarations(&style).any(|(name, _)| name.to_ascii_lowercase().contains(word));
    let is_clear = |(name, value)| is_one_of(name, &["opacity"]) && number(value) == Some(0.0);
    declarations(&style).any(is_clear)
        && !["transition", "animation", "transform", "will-change"].iter().any(|it| has(it))
}

/// Tells whether an element of this style is a point or less.
pub(super) fn is_tiny(style: &str) -> bool {
    let style = decoded(style);
    declarations(&style).any(|(name, value)| {
        let is_size = is_one_of(name, &["width", "height", "max-width", "max-height"]);
        is_size
            && !value.ends_with('%')
            && number(value).is_some_and(|size| size == 0.0 || size <= 1.0 && is_pixels(value))
    })
}

fn is_pixels(value: &str) -> bool {
    value.ends_with("px") || value.ends_with("PX")
}

fn decoded(style: &str) -> Cow<'_, str> {
    decode_references(style)
}

fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.split('!').next().unwrap_or_default();
        Some((name.trim(), value.trim()))
    })
}

fn match_lower(name: &str, value: &str, names: &[&str], values: &[&str]) -> bool {
    is_one_of(name, names) && is_one_of(value, values)
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Reads the number that a value begins with.
fn number(value: &str) -> Option<f64> {
    let end =
        value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    value[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_known_by_its_style() {
        let hidden = [
            "display:none",
            " Display : NONE !important;",
            "color:red;visibility: hidden",
            "display&#58;none",
            "position:absolute;left:-9999px",
            "mso-hide:all",
            "text-indent:-9999em",
        ];
        for style in hidden {
            assert!(hides(style), "{style}");
        }
        for style in [
            "",
            "display:block",
            "display:none-such",
            "left:-5px",
            "x-display:none",
            "visibility:visible",
            "none",
        ] {
            assert!(!hides(style), "{style}");
        }
    }

    #[test]
    fn only_nothing_is_nothing() {
        for (style, expected) in [("font-size:0", true), ("font-size:0px", true), ("font-size:0.5em", false)]
        {
            assert_eq!(hides_text(style), expected, "{style}");
        }
        for (style, expected) in [
            ("opacity:0", true),
            ("opacity:0.0", true),
            ("opacity:.5", false),
            ("opacity:0.01", false),
            ("opacity:0;transition:opacity 1s", false),
            ("transform:translateY(9px);opacity:0", false),
        ] {
            assert_eq!(is_transparent(style), expected, "{style}");
        }
    }

    #[test]
    fn a_point_is_tiny_and_a_share_of_the_width_is_not() {
        for style in ["width:1px;height:1px", "height:0", "width: 0px", "max-height:0"] {
            assert!(is_tiny(style), "{style}");
        }
        for style in ["width:100%", "width:1%", "height:1em", "width:10px", "height:auto", "border-width:0"] {
            assert!(!is_tiny(style), "{style}");
        }
    }
}

//! What a character reference of HTML stands for.

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Writes the character that a reference stands for: `amp`, `eacute`, `#8217`, `#x2019`, as it stands between `&` and
/// `;`. Numbers that mean nothing are read as browsers read them, those of Windows among them.
pub fn push_character(reference: &str, out: &mut String) -> bool {
    if let Some(number) = reference.strip_prefix('#') {
        let Some(code) = code(number) else {
            return false;
        };
        out.push(by_code(code));
        return true;
    }
    let common = match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => None,
    };
    if let Some(c) = common {
        out.push(c);
        return true;
    }
    by_name(reference, out)
}

fn code(number: &str) -> Option<u32> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // What is too large for the type is no character either.
    Some(u32::from_str_radix(digits, radix).unwrap_or(u32::MAX))
}

fn by_code(code: u32) -> char {
    let replaced = (0x80..0xa0).contains(&code).then(|| C1_REPLACEMENTS[code as usize - 0x80]).flatten();
    replaced.or_else(|| char::from_u32(code).filter(|c| *c != '\0')).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn by_name(name: &str, out: &mut String) -> bool {
    // The table has the names with their `;`.
    let Some((first, second)) = NAMED_ENTITIES.get(format!("{name};").as_str()) else {
        return false;
    };
    let mut characters =
        [*first, *second].into_iter().filter_map(char::from_u32).filter(|c| *c != '\0').peekable();
    let is_known = characters.peek().is_some();
    out.extend(characters);
    is_known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_for_characters() {
        let table = [
            ("amp", "&"),
            ("eacute", "é"),
            ("NotEqualTilde", "≂̸"),
            ("#65", "A"),
            ("#x41", "A"),
            ("#150", "–"),
            ("#99999999999", "\u{fffd}"),
        ];
        for (name, expected) in table {
            let mut out = String::new();
            assert!(push_character(name, &mut out), "{name}");
            assert_eq!(out, expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_reference_writes_nothing() {
        for name in ["", "#", "#x", "#12a", "nosuch", "eacut", "AMPX"] {
            let mut out = String::new();
            assert!(!push_character(name, &mut out), "{name}");
            assert!(out.is_empty());
        }
    }
}

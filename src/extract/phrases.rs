//! What a short text says of itself by its words: that it calls to other pages, names a photographer, asks to sign up.

/// How many kinds of phrases there are.
pub(super) const COUNT: usize = 9;

/// How much of a text is looked at.
const HEAD: usize = 300;

#[rustfmt::skip]
const CALLS: &[&str] = &[
    "read", "see", "watch", "learn", "find out", "continue", "click", "show", "load", "view", "listen",
    "discover", "explore", "check out", "also", "related", "more", "recommended", "up next", "next",
    "previous", "don't miss", "don’t miss", "most", "trending", "popular", "editor", "top stories", "latest",
    "you may", "you might", "mehr", "lesen sie", "lire", "à lire", "weiterlesen", "lee ", "leer", "leia",
    "czytaj", "zobacz", "ver ", "leggi", "lees", "les også", "läs ", "läs också", "lue ", "читайте", "关连",
    "関連", "관련", "相关",
];
#[rustfmt::skip]
const SIGN_UP: &[&str] = &[
    "subscri", "sign up", "newsletter", "inbox", "follow us", "join us", "join our", "download the",
    "download our", "whatsapp", "facebook", "twitter", "instagram", "telegram", "youtube", "e-mail", "email",
    "notifications", "abonnier", "abonn", "inscri", "suscr", "assine", "iscriviti", "prenumer", "подпис",
];
#[rustfmt::skip]
const CREDITS_START: &[&str] = &[
    "photo", "image", "picture", "credit", "file", "video", "source", "foto", "bild", "quelle", "fuente",
    "crédit", "getty", "fot.",
];
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "getty", "reuters", "afp", "shutterstock", "courtesy", "file photo", "photograph", "photo by", "image:",
    "image credit", "photo:", "(photo", "/ap", "ap photo", "(ap)", "epa", "istock",
];
#[rustfmt::skip]
const ADVERTS: &[&str] = &[
    "advertis", "sponsor", "story continues", "continue reading", "article continues", "anzeige",
    "publicidad", "publicité", "werbung", "skip ad", "pubblicità", "реклама", "annons", "reklam", "広告",
];
#[rustfmt::skip]
const LEGAL: &[&str] = &[
    "©", "copyright", "all rights reserved", "terms of", "privacy policy", "cookies",
];
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "contact us", "contact the", "reached at", "reach him", "reach her", "reach them", " tip",
    "is a reporter", "is a writer", "is a staff", "is a senior", "is a freelance", "is a journalist",
    "is a columnist", "is a correspondent", "is a contribut", "is the ", "about the author", "written by",
    "reporting by", "editing by", "contributed to",
];
#[rustfmt::skip]
const BY: &[&str] = &[
    "by ", "by:", "von ", "par ", "por ", "door ", "di ", "av ", "text", "written", "posted", "published",
    "updated", "last ",
];
#[rustfmt::skip]
const VISITORS: &[&str] = &[
    "comment", "log in", "login", "register", "reply", "report abuse", "sign in", "kommentar", "coment",
];

/// Tells which kinds of phrases a text holds.
pub(super) fn phrases(text: &str) -> [bool; COUNT] {
    let head = text[..text.floor_char_boundary(HEAD)].to_lowercase();
    let starts = |phrases: &[&str]| phrases.iter().any(|phrase| head.starts_with(phrase));
    let holds = |phrases: &[&str]| phrases.iter().any(|phrase| head.contains(phrase));
    [
        starts(CALLS),
        holds(SIGN_UP),
        starts(CREDITS_START) || holds(CREDITS),
        starts(ADVERTS),
        holds(LEGAL),
        holds(PEOPLE) || head.contains('@'),
        starts(BY),
        holds_date(&head),
        holds(VISITORS),
    ]
}

/// Tells whether a text names a year or a time of day.
fn holds_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_year = |at: usize| {
        matches!(bytes[at..], [b'1', b'9', ..] | [b'2', b'0', ..])
            && is_digit(at + 2)
            && is_digit(at + 3)
            && !is_digit(at + 4)
    };
    let is_time =
        |at: usize| bytes[at] == b':' && at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2);
    (0..bytes.len()).any(|at| is_time(at) || is_year(at) && !(at > 0 && is_digit(at - 1)))
        || text.contains(" ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_phrase_is_told() {
        let table: [(&str, &[usize]); 13] = [
            ("More of this", &[0]),
            ("Get it in your inbox", &[1]),
            ("Ann Lee/AFP", &[2]),
            ("Story continues below", &[3]),
            ("All rights reserved", &[4]),
            ("She can be reached at the office", &[5]),
            ("Ann@daily.test", &[5]),
            ("By Ann Lee", &[6]),
            ("On a day in 1987", &[7]),
            ("At 10:45", &[7]),
            ("12 comments", &[8]),
            ("Rain fell on 12 hills, 120199 drops.", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            let found = phrases(text);
            let found: Vec<usize> = (0..COUNT).filter(|kind| found[*kind]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn only_the_beginning_is_looked_at() {
        assert_eq!(phrases(&format!("{}© Daily", "Rän ".repeat(80))), [false; COUNT]);
    }
}

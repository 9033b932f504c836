//! Names that are no people's: agencies, papers, desks.

use super::super::text::spelled;

/// Agencies that sign articles, as words run together.
#[rustfmt::skip]
const AGENCIES: [&str; 34] = [
    "reuters", "thomsonreuters", "ap", "associatedpress", "theassociatedpress", "afp", "agencefrancepresse",
    "dpa", "apa", "sda", "ats", "ansa", "efe", "europapress", "lusa", "belga", "anp", "ntb", "tt", "ritzau",
    "stt", "pap", "ctk", "mti", "tass", "xinhua", "kyodo", "yonhap", "pti", "ani", "ians", "upi",
    "canadianpress", "thecanadianpress",
];

/// Words of organisations' names.
#[rustfmt::skip]
const WORDS: [&str; 62] = [
    "press", "news", "newsroom", "times", "agency", "agencies", "agence", "agentur", "magazine", "newspaper",
    "newspapers", "media", "network", "staff", "team", "editors", "editor", "desk", "today", "online", "tv",
    "radio", "digital", "inc", "llc", "ltd", "gmbh", "foundation", "institute", "university", "college",
    "admin", "administrator", "webmaster", "editorial", "redaktion", "rédaction", "redaction", "redacción",
    "redacao", "redação", "redazione", "redakcja", "redactie", "redaksi", "redakce", "toimitus", "ukas",
    "редакция", "tribune", "gazette", "herald", "journal", "studio", "group", "company", "association", "wire",
    "service", "services", "reports", "bloomberg",
];

/// What stands where there is no author: programs' words, and links beside a byline.
#[rustfmt::skip]
const NOBODY: [&str; 24] = [
    "admin", "administrator", "undefined", "null", "none", "user", "unknown", "guest", "webmaster",
    "subscribe", "login", "facebook", "twitter", "bluesky", "linkedin", "instagram", "youtube", "people",
    "menu", "search", "home", "no comments", "default", "root",
];

/// Tells whether a name is an agency's.
pub(super) fn is_agency(name: &str) -> bool {
    let joined = spelled(name).concat();
    AGENCIES.contains(&joined.as_str())
        || matches!(joined.as_str(), "bloomberg" | "bloombergnews" | "pressassociation")
}

/// Tells whether a name is an organisation's.
pub(super) fn is_organisation(name: &str) -> bool {
    let name_words = spelled(name);
    is_agency(name) || name_words.iter().any(|word| WORDS.contains(&word.as_str()) || word.contains("http"))
}

/// Tells whether a name stands for no one: what programs put where there is none.
pub(super) fn is_nobody(name: &str) -> bool {
    let name = name.to_lowercase();
    NOBODY.contains(&name.as_str()) || name.starts_with("page.") || !name.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_and_organisations_are_no_people() {
        for (name, agency, organisation) in [
            ("The Associated Press", true, true),
            ("Reuters", true, true),
            ("Daily News", false, true),
            ("Ann Lee", false, false),
        ] {
            assert_eq!((is_agency(name), is_organisation(name)), (agency, organisation), "{name}");
        }
    }
}

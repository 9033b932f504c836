//! Titles without what pages put round them: the site's name, its sections, slogans.

use super::super::text::spelled;

/// What stands between a title and the name of its site.
#[rustfmt::skip]
const SEPARATORS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", "｜",
];

/// Cuts names of the site from both ends of a title; what is left is never empty.
pub(super) fn without_site<'t>(title: &'t str, site_names: &[Vec<String>]) -> &'t str {
    let mut title = title.trim();
    while let Some((before, part)) = last_part(title) {
        if !names_site(part, site_names) || before.is_empty() {
            break;
        }
        title = before;
    }
    if let Some((part, behind)) = first_part(title)
        && names_site(part, site_names)
        && !behind.is_empty()
    {
        return behind;
    }
    title
}

/// So many parts are cut off a title at either end.
const MAX_PARTS: usize = 8;

/// The parts of a title: a title may be any run of them.
pub(super) fn parts(title: &str) -> Vec<&str> {
    let title = title.trim();
    let before = std::iter::successors(Some(title), |rest| Some(last_part(rest)?.0)).take(MAX_PARTS + 1);
    let behind = std::iter::successors(Some(title), |rest| Some(first_part(rest)?.1)).take(MAX_PARTS + 1);
    before.chain(behind.skip(1)).collect()
}

/// Parts the last part of a title from what is before.
pub(super) fn last_part(title: &str) -> Option<(&str, &str)> {
    let ends = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark)));
    let (at, mark) = ends.max_by_key(|(at, _)| *at)?;
    Some((title[..at].trim(), title[at + mark.len()..].trim()))
}

/// Parts the first part of a title from what is behind.
pub(super) fn first_part(title: &str) -> Option<(&str, &str)> {
    let starts = SEPARATORS.iter().filter_map(|mark| title.find(mark).map(|at| (at, mark)));
    let (at, mark) = starts.min_by_key(|(at, _)| *at)?;
    Some((title[..at].trim(), title[at + mark.len()..].trim()))
}

/// Tells whether a text is a name of the site, written in any way: `The Daily`, `daily.test`, `thedaily`.
pub(super) fn names_site(text: &str, site_names: &[Vec<String>]) -> bool {
    let text = joined(&spelled(text));
    !text.is_empty() && site_names.iter().map(|name| joined(name)).any(|name| name == text)
}

/// Words as one, without what sites add to their name or leave out.
fn joined(words: &[String]) -> String {
    let is_added = |word: &&String| !matches!(word.as_str(), "the" | "www" | "com" | "org" | "net");
    words.iter().filter(is_added).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_cut_off() {
        let site = [spelled("The Daily Star")];
        let table = [
            ("Rain falls - The Daily Star", "Rain falls"),
            ("Rain falls | dailystar.com", "Rain falls"),
            ("The Daily Star: rain falls", "The Daily Star: rain falls"),
            ("Daily Star | Rain falls", "Rain falls"),
            ("Rain falls - and snow", "Rain falls - and snow"),
            ("The Daily Star", "The Daily Star"),
        ];
        for (title, expected) in table {
            assert_eq!(without_site(title, &site), expected);
        }
    }

    #[test]
    fn a_title_may_be_any_run_of_its_parts() {
        assert_eq!(parts("a - b | c"), ["a - b | c", "a - b", "a", "b | c", "c"]);
    }
}

//! Tells whether an entry holds only a summary of what stands on its page.
//!
//! Feeds do not say it. What tells: the text is short, stops in the middle, or ends with an invitation to read on.
//! What has a picture, a sound or a film and hardly a word is whole as it is.

use crate::html;
use crate::model::{CleanHtml, Enclosure, Url};
use crate::store::StoredEntry;

/// A text that a feed calls its content is whole from so many letters on, if nothing says otherwise.
const LONG_CONTENT: usize = 500;
/// A text that a feed calls a summary may be the whole article all the same: from so many letters on.
const LONG_SUMMARY: usize = 2_000;
/// Fewer letters beside a picture belong to the picture.
const LEGEND: usize = 60;
/// An invitation to read on is no longer than this.
const INVITATION: usize = 60;

/// Signs that a text was cut, wherever it ends so.
const CUT: [&str; 4] = ["[…]", "[...]", "(…)", "(...)"];
/// Signs that a short text was cut.
const FADING: [&str; 2] = ["…", "..."];
/// Invitations to read on, in lower case; signs round them do not count.
const READ_ON: [&str; 34] = [
    "read more",
    "read the full story",
    "read the full article",
    "read full article",
    "read the rest",
    "read on",
    "continue reading",
    "keep reading",
    "full story",
    "full article",
    "learn more",
    "weiterlesen",
    "mehr lesen",
    "den ganzen artikel lesen",
    "lire la suite",
    "lire plus",
    "leer más",
    "seguir leyendo",
    "leia mais",
    "continue lendo",
    "ler mais",
    "leggi tutto",
    "continua a leggere",
    "leggi di più",
    "lees meer",
    "lees verder",
    "czytaj więcej",
    "czytaj dalej",
    "läs mer",
    "les mer",
    "læs mere",
    "читать далее",
    "続きを読む",
    "阅读全文",
];

/// Tells whether an entry holds only a summary; `body` is the text of it that is shown.
pub(in crate::tasks) fn is_only_summary(entry: &StoredEntry, body: &CleanHtml) -> bool {
    let Some(link) = entry.link.as_ref().filter(|link| matches!(link.scheme(), "http" | "https")) else {
        return false;
    };
    if entry.enclosures.iter().any(is_recording) {
        return false;
    }
    let html = without_imprint(body.as_str());
    let text = html::plain_text(html);
    let letters = letters(&text);
    let has_picture = html.contains("<img") || entry.enclosures.iter().any(is_picture);
    if has_picture && letters < LEGEND {
        return false;
    }
    if is_cut(&text) || invites(html, &text, link) {
        return true;
    }
    if is_note(&entry.title, &text) {
        return false;
    }
    let is_fading = FADING.iter().any(|sign| text.ends_with(sign));
    letters < shortest_whole(entry) || (is_fading && letters < LONG_SUMMARY)
}

/// Gives how long a text must be at least to be taken for whole.
fn shortest_whole(entry: &StoredEntry) -> usize {
    match (&entry.content, &entry.summary) {
        // What is said twice in the same words is a summary both times; a feed that has both parts them.
        (Some(content), Some(summary)) if html::plain_text(content) != html::plain_text(summary) => {
            LONG_CONTENT.min(2 * letters(&html::plain_text(summary)))
        }
        (Some(_), None) => LONG_CONTENT,
        (Some(_), Some(_)) | (None, _) => LONG_SUMMARY,
    }
}

fn is_recording(file: &Enclosure) -> bool {
    is_of(file, &["audio/", "video/"])
}

fn is_picture(file: &Enclosure) -> bool {
    is_of(file, &["image/"])
}

fn is_of(file: &Enclosure, kinds: &[&str]) -> bool {
    file.mime.as_deref().is_some_and(|mime| kinds.iter().any(|kind| mime.starts_with(kind)))
}

/// Leaves out the line that many blogs put below every entry: `The post … appeared first on …`.
fn without_imprint(html: &str) -> &str {
    match html.rfind("<p>The post <a ") {
        Some(at) if html[at..].contains(" appeared first on ") => html[..at].trim_end(),
        _ => html,
    }
}

fn is_cut(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '→', '»', ' ']);
    CUT.iter().any(|sign| text.ends_with(sign)) || READ_ON.iter().any(|words| ends_with_words(text, words))
}

/// Tells whether a text ends with some words, whatever signs follow them.
fn ends_with_words(text: &str, words: &str) -> bool {
    let end: String = text.chars().rev().take(INVITATION).collect::<Vec<_>>().into_iter().rev().collect();
    let end = end.to_lowercase();
    let end = end.trim_end_matches(|c: char| !c.is_alphanumeric());
    let before = end.strip_suffix(words);
    before.is_some_and(|before| !before.ends_with(char::is_alphanumeric) || !words.is_ascii())
}

/// Tells whether a text ends with a link of a few words to the entry's own page.
fn invites(html: &str, text: &str, page: &Url) -> bool {
    let links = html::page_links(html, page).links;
    let Some(last) = links.last() else {
        return false;
    };
    let label = last.title();
    let leads_there = html::web_url(&last.href, Some(page)).is_some_and(|url| place(&url) == place(page));
    // A text that is nothing but its link is its title said again.
    leads_there && !label.is_empty() && label.len() <= INVITATION && label != text && text.ends_with(&label)
}

/// Gives what an address is of, without what is only counted by.
fn place(url: &Url) -> (Option<&str>, &str) {
    (url.host_str(), url.path().trim_end_matches('/'))
}

/// Tells whether the title was made of the text: a note of a few lines that never had one.
fn is_note(title: &str, text: &str) -> bool {
    let head = title.trim_end_matches('…').trim_end();
    let has_no_more = text.len() <= head.len() + 1 || title.ends_with('…');
    !head.is_empty() && text.starts_with(head) && has_no_more
}

/// Counts letters; a sign of Chinese or Japanese says as much as three.
fn letters(text: &str) -> usize {
    let weight = |c: char| match c {
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 3,
        c if c.is_alphanumeric() => 1,
        _ => 0,
    };
    text.chars().map(weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryId, FeedId, Status};

    fn entry(summary: &str, content: &str) -> StoredEntry {
        let given = |html: &str| (!html.is_empty()).then(|| html.to_owned());
        StoredEntry {
            id: EntryId(1),
            feed: FeedId(1),
            feed_url: None,
            outlet: String::new(),
            title: "Talks resume in Abu Dhabi".to_owned(),
            link: Some(Url::parse("http://a.test/talks").unwrap()),
            authors: Vec::new(),
            published: None,
            status: Status::default(),
            labels: crate::model::Labels::default(),
            base: None,
            summary: given(summary),
            content: given(content),
            tags: Vec::new(),
            enclosures: Vec::new(),
            comments: None,
        }
    }

    fn says_summary(entry: &StoredEntry) -> bool {
        let html = entry.content.as_deref().or(entry.summary.as_deref()).unwrap_or_default();
        is_only_summary(entry, &html::clean(html, entry.link.as_ref()))
    }

    fn words(count: usize) -> String {
        format!("<p>{}.</p>", vec!["words"; count].join(" "))
    }

    #[test]
    fn a_summary_is_told_from_a_whole_text() {
        let (teaser, long, longer) = (words(30), words(150), words(500));
        let ending = |text: &str| format!("<p>{} {text}</p>", vec!["words"; 500].join(" "));
        let imprint = "<p>The post <a href='/talks'>Talks</a> appeared first on <a href='/'>A</a>.</p>";
        let table = [
            ("nothing at all", "", String::new(), true),
            ("a teaser as summary", &*teaser, String::new(), true),
            ("a teaser as content", "", teaser.clone(), true),
            ("the same teaser twice", &*teaser, teaser.clone(), true),
            ("a text of some length as summary", &*long, String::new(), true),
            ("the same as content", "", long.clone(), false),
            ("a whole article as summary", &*longer, String::new(), false),
            ("a short content beside a shorter summary", "<p>In short.</p>", teaser.clone(), false),
            ("a long text that was cut", "", ending("[…]"), true),
            ("the same in old signs", "", ending("[...]"), true),
            ("a long text that fades out", "", ending("and so on…"), false),
            ("a text of some length that fades out", "", long.replace("words.", "words…"), true),
            ("an invitation to read on", "", ending("<a href='http://x.test/'>Read more →</a>"), true),
            ("one in another language", "", ending("<b>Weiterlesen »</b>"), true),
            ("a link to the page at the end", "", ending("<a href='/talks?utm_source=rss'>Hier</a>"), true),
            ("a link elsewhere at the end", "", ending("<a href='/other'>here</a>"), false),
            ("words that only look like one", "", ending("than I can bread more"), false),
            ("an imprint below a whole text", "", format!("{longer}{imprint}"), false),
            ("an imprint below a teaser", "", format!("{teaser}{imprint}"), true),
            ("a picture alone", "<img src='/comic.png'>", String::new(), false),
        ];
        for (what, summary, content, expected) in table {
            assert_eq!(says_summary(&entry(summary, &content)), expected, "{what}");
        }
    }

    #[test]
    fn a_picture_beside_a_teaser_is_its_photograph() {
        let teaser = format!("<img src='/photo.jpg'>{}", words(30));
        assert!(says_summary(&entry(&teaser, "")));
    }

    #[test]
    fn a_film_without_words_is_whole() {
        assert!(!says_summary(&entry("", "<iframe src='http://v.test/e/1'></iframe>")));
    }

    #[test]
    fn what_has_no_page_or_a_recording_is_never_completed() {
        let mut no_page = entry(&words(9), "");
        no_page.link = None;
        assert!(!says_summary(&no_page));
        let mut podcast = entry(&words(9), "");
        podcast.enclosures = vec![Enclosure {
            url: Url::parse("http://a.test/1.mp3").unwrap(),
            mime: Some("audio/mpeg".to_owned()),
            length: None,
        }];
        assert!(!says_summary(&podcast));
    }

    #[test]
    fn a_note_without_a_title_of_its_own_is_whole() {
        let mut note = entry("<p>Just landed in Oslo, and it snows as it never did before in May.</p>", "");
        note.title = "Just landed in Oslo, and it snows…".to_owned();
        assert!(!says_summary(&note));
        note.title = "Just landed in Oslo".to_owned();
        assert!(says_summary(&note));
    }

    #[test]
    fn chinese_says_more_with_fewer_signs() {
        assert!(!says_summary(&entry("", &format!("<p>{}。</p>", "新".repeat(200)))));
        assert!(says_summary(&entry("", &format!("<p>{}。</p>", "新".repeat(100)))));
    }
}

//! Lines that are no article's whatever stands round them: labels of boxes, calls to other pages, credits of pictures.
//!
//! A phrase counts only where it is all of a block, or where the block is built as such lines are: linked, in capitals,
//! below a picture. Words alone would hit headings and sentences of articles.

use super::features::Glance;
use super::page::Block;
use super::text::ratio;

/// Longer blocks are no labels, credits or calls; in words.
const MAX_WORDS: usize = 30;

/// Blocks that say only this.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "advertisement", "advertisements", "advertising", "ad", "ads", "sponsored", "sponsored content", "promoted",
    "story continues below", "continue reading below", "article continues below", "story continues below advertisement",
    "article continues after ad", "continue reading", "skip advertisement", "comments", "comment", "no comments",
    "leave a comment", "view comments", "join the conversation", "share", "share this", "share this article",
    "share this story", "share on facebook", "share on twitter", "follow us", "newsletter", "newsletters", "sign up",
    "subscribe", "loading", "print", "email", "save", "close", "tags", "topics", "image credits", "photo credit", "watch",
    "listen", "copyright", "this slideshow requires javascript", "back to top", "anzeige", "werbung", "kommentare", "teilen",
    "publicité", "commentaires", "partager", "publicidad", "comentarios", "compartir", "publicidade", "comentários",
    "compartilhe", "pubblicità", "commenti", "condividi", "advertentie", "reacties", "delen", "annons", "dela", "annonse",
    "del", "mainos", "reklama", "komentarze", "реклама", "комментарии", "поделиться", "reklam", "広告", "광고", "分享",
];

/// Labels above links to other articles.
#[rustfmt::skip]
const RELATED: &[&str] = &[
    "trending", "trending now", "most read", "most popular", "most viewed", "popular", "recommended", "recommended for you",
    "don't miss", "don’t miss", "you may also like", "you might also like", "you may like", "you may be interested in",
    "also read", "read also", "see also", "read more", "read next", "more", "related", "related articles", "related stories",
    "related content", "related topics", "related news", "related posts", "related links", "more on this story",
    "more from", "more stories", "more news", "latest news", "latest stories", "top stories", "other stories", "up next",
    "next up", "editors' picks", "editor's picks", "mehr zum thema", "auch interessant", "das könnte sie auch interessieren",
    "lesen sie auch", "weiterlesen", "meistgelesen", "lire aussi", "à lire aussi", "sur le même sujet", "les plus lus",
    "lea también", "te puede interesar", "relacionado", "relacionados", "noticias relacionadas", "lo más leído",
    "leia também", "leia mais", "veja também", "você pode gostar", "mais lidas", "leggi anche", "potrebbe interessarti",
    "articoli correlati", "lees ook", "lees meer", "meest gelezen", "läs också", "läs mer", "les også", "læs også",
    "lue myös", "czytaj też", "czytaj także", "czytaj więcej", "zobacz też", "zobacz także", "читайте также", "関連記事",
    "続きを読む", "관련기사", "相关阅读",
];

/// Beginnings of short lines that are about the page.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "copyright ", "all rights reserved", "by signing up", "sign up to our", "sign up for our", "click here for more",
    "comments are closed", "do you have a story", "got a tip", "lesezeit", "stand:", "newsletter abonnieren", "artikel merken",
    "artikel teilen", "temps de lecture", "inscrivez-vous à", "partager cet article", "vous avez repéré une erreur",
    "tiempo de lectura", "suscríbete a nuest", "tempo di lettura", "tempo de leitura", "inscreva-se", "leestijd", "lästid",
    "اقرأ أيضا", "اشترك في", "تابعونا على", "【関連", "この記事をシェア", "シェアする", "メールマガジン",
];

/// Lines about the page have no more words.
const MAX_START: usize = 20;

/// Beginnings of lines that lead to other pages.
#[rustfmt::skip]
const LINKED_CALLS: &[&str] = &[
    "read more", "read also", "also read", "read next", "read:", "see also", "see more", "watch:", "watch now", "related:", "more:",
    "don't miss", "don’t miss", "up next", "recommended", "click here", "you may also like", "you might also like", "more from",
    "sign up", "subscribe", "download the", "get the", "follow us", "join our", "listen:", "lesen sie", "mehr zum thema", "lire aussi",
    "à lire", "lea también", "lee también", "le puede interesar", "leia também", "leia mais", "veja também", "leggi anche",
    "lees ook", "les også", "läs också", "läs mer", "læs også", "lue myös", "czytaj", "zobacz", "читайте также", "関連記事",
];

/// Beginnings and ends of credits.
#[rustfmt::skip]
const CREDIT_STARTS: &[&str] = &[
    "©", "(c) ", "photo:", "photos:", "photo by", "photo credit", "image:", "image credit", "image source",
    "picture:", "credit:", "foto:", "bild:", "crédit", "video:",
];
#[rustfmt::skip]
const CREDIT_ENDS: &[&str] = &[
    "getty images", "/getty", "/ap", "/afp", "/reuters", "via ap", "shutterstock", "istock", "(reuters)",
    "(ap)", "(afp)",
];

/// Where pages are followed.
#[rustfmt::skip]
const NETWORKS: &[&str] = &[
    "facebook", "twitter", "instagram", "youtube", "telegram", "whatsapp", "linkedin", "tiktok",
    "google news", "apple news", " x ",
];

/// Tells whether a block is such a line.
pub(super) fn is_furniture(block: &Block, glance: &Glance) -> bool {
    if glance.words.len() > MAX_WORDS {
        return false;
    }
    let text = block.text.to_lowercase().replace("( ", "(");
    LABELS.contains(&label(&text))
        || is_related(block)
        || glance.words.len() <= MAX_START && STARTS.iter().any(|start| text.starts_with(start))
        || is_call(&text, glance)
        || is_shouted_link(&block.text, glance)
        || is_credit(&text, block, glance)
        || is_invitation(&text)
}

/// Tells whether a block is a label above links to other articles.
pub(super) fn is_related(block: &Block) -> bool {
    block.letters < 60 && RELATED.contains(&label(&block.text.to_lowercase()))
}

fn label(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_call(text: &str, glance: &Glance) -> bool {
    let is_linked = glance.link_density > 0.5;
    is_linked && LINKED_CALLS.iter().any(|call| text.starts_with(call))
}

/// Tells whether a line is a link in capitals, as some pages set headlines of others between paragraphs.
fn is_shouted_link(text: &str, glance: &Glance) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    glance.words.len() > 2 && glance.link_density > 0.9 && ratio(capitals, letters) > 0.9
}

fn is_credit(text: &str, block: &Block, glance: &Glance) -> bool {
    let starts = CREDIT_STARTS.iter().any(|start| text.starts_with(start));
    let ends =
        CREDIT_ENDS.iter().any(|end| text.trim_end_matches(['.', ')']).ends_with(end.trim_end_matches(')')));
    starts && (block.follows_picture || glance.words.len() < 12)
        || ends && (block.follows_picture || !glance.ends)
}

/// Tells whether a line asks to be followed elsewhere.
fn is_invitation(text: &str) -> bool {
    let networks = NETWORKS.iter().filter(|network| text.contains(*network)).count();
    let asks =
        ["follow ", "like us", "find us", "join us", "share "].iter().any(|word| text.starts_with(word));
    asks && (networks > 0 || text.contains('@')) || networks > 2
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::super::features::glance;
    use super::super::page::Page;
    use super::*;

    #[track_caller]
    fn check(is: fn(&Block) -> bool, cases: &[(&str, bool)]) {
        for (html, expected) in cases {
            let page = Page::read(&Document::from(format!("<body>{html}").as_str()));
            let block = page.blocks.last().expect("the case has text");
            assert_eq!(is(block), *expected, "{html}");
        }
    }

    #[track_caller]
    fn check_furniture(cases: &[(&str, bool)]) {
        check(|block| is_furniture(block, &glance(block)), cases);
    }

    #[test]
    fn labels_are_all_of_their_block() {
        check_furniture(&[
            ("<p>Advertisement", true),
            ("<p>— ANZEIGE —", true),
            ("<p>Share this story:", true),
            ("<p>Advertisement is a trade.", false),
            ("<h2>Listen to the rain", false),
        ]);
    }

    #[test]
    fn short_lines_about_the_page_are_told_by_their_beginning() {
        check_furniture(&[
            ("<p>Copyright 2026 The Daily", true),
            ("<p>Lesezeit: 3 Min.", true),
            ("<p>By signing up you agree to our terms.", true),
            ("<p>The copyright of the picture is disputed.", false),
        ]);
    }

    #[test]
    fn labels_of_related_articles_are_told() {
        check(
            is_related,
            &[("<h3>Most read", true), ("<p>Recommended for you:", true), ("<p>Most read it twice.", false)],
        );
    }

    #[test]
    fn calls_are_linked() {
        check_furniture(&[
            ("<p><a href=/>Read more: rain falls</a>", true),
            ("<p>Read more about rain.", false),
        ]);
    }

    #[test]
    fn links_in_capitals_are_headlines_of_others() {
        check_furniture(&[
            ("<p><a href=/>RAIN FALLS ON HILLS</a>", true),
            ("<p>RAIN FALLS ON HILLS", false),
            ("<p><a href=/>Rain falls on hills</a>", false),
        ]);
    }

    #[test]
    fn credits_stand_below_pictures_or_are_short() {
        check_furniture(&[
            ("<img src=a><p>Photo: Ann Lee", true),
            ("<p>© Daily", true),
            ("<img src=a><p>The hills after the rain. Ann Lee/Getty Images", true),
            ("<p>The archive was bought by Getty Images.", false),
        ]);
    }

    #[test]
    fn invitations_name_networks() {
        check_furniture(&[
            ("<p>Follow Ann Lee on Twitter", true),
            ("<p>Follow us @daily", true),
            ("<p>Facebook Instagram YouTube", true),
            ("<p>Follow the river to its end.", false),
            ("<p>Facebook was fined.", false),
        ]);
    }

    #[test]
    fn long_blocks_are_never_furniture() {
        let long = format!("<p>Follow us on Facebook, Twitter and YouTube{}", " and more".repeat(20));
        check_furniture(&[(&long, false)]);
    }
}

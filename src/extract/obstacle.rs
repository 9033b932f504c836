//! What stands between the reader and the article: pages that show the beginning, a question, or nothing.

use super::article::Obstacle;
use super::features::Glance;
use super::head::Head;
use super::page::Page;
use super::words::PAYWALL;

/// Texts of more words are no beginnings, whatever the page says beside them.
const MAX_STUB: usize = 250;

/// Fewer words are no article where the page says that it has none.
const MIN_TEXT: usize = 40;

/// Fewer words are no news, be they ever so short.
const MIN_NEWS: usize = 20;

/// A page of consent has no more words beside its questions.
const MAX_BESIDE_CONSENT: usize = 60;

/// What pages say where the rest is for those who pay, or have an account.
#[rustfmt::skip]
const PAYWALLS: &[&str] = &[
    "subscribe to continue", "subscribe to read", "subscribe now to", "subscribers only", "subscriber-only", "for subscribers",
    "subscriber exclusive", "already a subscriber", "continue reading with", "to continue reading", "to keep reading",
    "to read the full", "read the full article", "to read the rest", "unlock this article", "unlock the full",
    "this article is reserved", "create a free account to", "register to continue", "register to read", "members only",
    "for members", "free articles left", "subscribe to unlock", "keep reading for free", "register for a free account",
    "artikel freischalten", "lesen sie weiter mit", "la suite est réservée", "réservée aux abonnés", "bli prenumerant",
    "artikeln är låst", "有料会員限定", "reached your limit", "start your free trial", "this content is for",
    "nur für abonnenten", "für abonnenten", "weiterlesen mit", "jetzt abonnieren", "mit einem abo", "als abonnent",
    "plus-artikel", "réservé aux abonnés", "réservé à nos abonnés", "déjà abonné", "abonnez-vous pour", "pour lire la suite",
    "il vous reste", "solo para suscriptores", "exclusivo para suscriptores", "ya eres suscriptor", "suscríbete para",
    "exclusivo para assinantes", "já é assinante", "assine para", "riservato agli abbonati", "sei già abbonato",
    "abbonati per", "alleen voor abonnees", "al abonnee", "om verder te lezen", "kun for abonnenter", "for abonnenter",
    "endast för prenumeranter", "för prenumeranter", "redan prenumerant", "tylko dla prenumeratorów", "dla subskrybentów",
    "vain tilaajille", "jo tilaaja", "только для подписчиков", "по подписке", "有料会員", "会員限定", "구독자 전용",
];

/// What pages say that ask for consent.
#[rustfmt::skip]
const CONSENTS: &[&str] = &[
    "your privacy", "privacy choices", "accept all", "reject all", "accept cookies", "use cookies", "uses cookies",
    "cookie policy", "cookie settings", "cookies and", "manage options", "manage settings", "manage preferences", "consent",
    "personal data", "our partners", "vendors", "before you continue", "einwilligung", "zustimm", "akzeptieren",
    "datenschutz", "mit werbung", "personenbezogen", "consentement", "accepter", "vos données", "nos partenaires",
    "aceptar", "privacidad", "consentimiento", "privacidade", "accetta", "consenso", "toestemming", "accepteren",
    "samtycke", "godkänn", "samtykke", "zgod", "prywatno", "согласие", "同意",
];

/// What pages say that need scripts.
#[rustfmt::skip]
const SCRIPTS: &[&str] = &[
    "enable javascript", "enable java script", "javascript is disabled", "javascript is required", "requires javascript",
    "need to enable", "javascript to run", "turn on javascript", "activate javascript", "without javascript", "javascript aktivieren",
    "aktivieren sie javascript", "activer javascript", "active javascript", "activar javascript", "activa javascript",
    "ative o javascript", "abilita javascript", "javascript in te schakelen", "включите javascript", "javascriptを有効",
];

/// What pages say that let nobody in before they have looked at the browser; they have no more words.
#[rustfmt::skip]
const CHECKS: &[&str] = &[
    "are a bot", "were a bot", "a robot", "are human", "are a human", "you're human", "you are not a bot", "captcha",
    "checking your browser", "security of your connection", "unusual traffic", "automated access", "kein roboter",
    "ray id", "have been blocked", "just a moment", "verify access", "unavailable due to legal", "legal reasons",
    "pas un robot", "ein mensch sind", "no eres un robot", "non sei un robot", "não é um robô",
];
const MAX_CHECK: usize = 150;

/// What the titles of pages say that stand for one that is not there.
#[rustfmt::skip]
const MISSING: &[&str] = &[
    "not found", "404", "no longer available", "does not exist", "nicht gefunden", "introuvable", "no encontrada",
    "non trovata", "não encontrada", "niet gevonden", "ikke fundet", "hittades inte", "nie znaleziono", "не найдена",
];

/// Finds what stands in the way of the article, of which the page shows the blocks that are kept.
pub(super) fn obstacle(
    html: &str,
    head: &Head,
    page: &Page,
    glances: &[Glance],
    kept: &[bool],
) -> Option<Obstacle> {
    let words = |is: &dyn Fn(usize) -> bool| -> usize {
        glances.iter().enumerate().filter(|(at, _)| is(*at)).map(|(_, glance)| glance.words.len()).sum()
    };
    let text = words(&|at| kept[at]);
    if text >= MAX_STUB {
        return None;
    }
    let lower: Vec<String> = page.blocks.iter().map(|block| head_of(&block.text)).collect();
    let says = |at: usize, phrases: &[&str]| phrases.iter().any(|phrase| lower[at].contains(phrase));
    let asks: Vec<bool> = (0..lower.len()).map(|at| says(at, CONSENTS)).collect();
    if asks.iter().filter(|asks| **asks).count() > 1
        && words(&|at| kept[at] && !asks[at]) < MIN_TEXT
        && words(&|at| !asks[at]) < MAX_BESIDE_CONSENT + words(&|at| asks[at])
    {
        return Some(Obstacle::ConsentWall);
    }
    let last = kept.iter().rposition(|kept| *kept).unwrap_or(0);
    let is_walled = |at: usize| {
        says(at, PAYWALLS) && glances[at].words.len() < 60
            || page.around(&page.blocks[at]).any(|node| page.nodes[node].marks.has(PAYWALL))
    };
    let is_stub = head.told.is_free == Some(false)
        || (last.saturating_sub(3)..lower.len().min(last + 12)).any(is_walled);
    if is_stub {
        return Some(Obstacle::Paywall);
    }
    if words(&|_| true) < MAX_CHECK && (0..lower.len()).any(|at| says(at, CHECKS)) {
        return Some(Obstacle::NeedsScripts);
    }
    if text >= MIN_TEXT {
        return None;
    }
    if is_missing(head) {
        return Some(Obstacle::NoArticle);
    }
    if text < MIN_NEWS && needs_scripts(html, words(&|_| true)) {
        Some(Obstacle::NeedsScripts)
    } else {
        (text == 0).then_some(Obstacle::NoArticle)
    }
}

fn is_missing(head: &Head) -> bool {
    let title = head_of(&head.title);
    MISSING.iter().any(|phrase| title.contains(phrase))
}

fn head_of(text: &str) -> String {
    text[..text.floor_char_boundary(400)].to_lowercase()
}

/// Tells whether a page says that it needs scripts, or has nothing but scripts.
fn needs_scripts(html: &str, words: usize) -> bool {
    let lower = html[..html.floor_char_boundary(1_000_000)].to_lowercase();
    SCRIPTS.iter().any(|phrase| lower.contains(phrase)) || words < 30 && lower.contains("<script")
}

#[cfg(test)]
mod tests {
    use super::super::{Hints, extract};
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: Option<Obstacle>) {
        assert_eq!(extract(html, None, &Hints::default()).obstacle, expected, "{html}");
    }

    const TEXT: &str = "<p>It rained on all hills of the land yesterday, said the people who live there, and it will rain again.</p>";

    fn page(body: &str) -> String {
        format!("<title>Rain falls on hills</title><body><h1>Rain falls on hills</h1>{body}")
    }

    #[test]
    fn a_beginning_with_an_offer_below_is_a_paywall() {
        check(
            &page(&format!("{TEXT}<div class=offer><p>Subscribe to continue reading</p></div>")),
            Some(Obstacle::Paywall),
        );
        check(
            &page(&format!("{TEXT}<div class='paywall'><p>One euro a month</p></div>")),
            Some(Obstacle::Paywall),
        );
        check(&page(&format!("{TEXT}<p>Dieser Text ist nur für Abonnenten.</p>")), Some(Obstacle::Paywall));
        let offer =
            "<p>Weiterlesen mit Plus.</p><p>Sie haben noch kein Abo? Jetzt vier Wochen lang lesen.</p>";
        check(&page(&format!("{TEXT}{offer}")), Some(Obstacle::Paywall));
        let told = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Rain falls on hills","isAccessibleForFree":false}</script>"#;
        check(&page(&format!("{told}{TEXT}")), Some(Obstacle::Paywall));
    }

    #[test]
    fn a_whole_article_is_no_paywall_whatever_stands_below() {
        let body = format!("{}<p>Subscribe to continue reading</p>", TEXT.repeat(20));
        check(&page(&body), None);
        check(&page(&TEXT.repeat(5)), None);
    }

    #[test]
    fn a_page_that_only_asks_for_consent_is_a_wall() {
        let wall = "<title>Daily</title><body><h1>We value your privacy</h1><p>We and our partners store and access personal \
                    data on your device, such as cookies.</p><button>Accept all</button><button>Manage options</button>";
        check(wall, Some(Obstacle::ConsentWall));
        check(
            &page(&format!("{}<div><p>We use cookies.</p><button>Accept all</button></div>", TEXT.repeat(5))),
            None,
        );
    }

    #[test]
    fn a_page_that_looks_at_the_browser_first_needs_scripts() {
        let check_page = "<title>One moment</title><body><h1>Pardon our interruption</h1><p>As you were browsing, \
                          something about your browser made us think that you are a bot. There are a few reasons why \
                          this might happen: you are fast, or you have disabled cookies in your web browser.</p>";
        check(check_page, Some(Obstacle::NeedsScripts));
        check(&page(&format!("{}<p>The finder said: I are a bot.</p>", TEXT.repeat(8))), None);
    }

    #[test]
    fn a_page_that_stands_for_a_missing_one_has_no_article() {
        let body = "<h1>Page not found</h1><p>Sorry, the page you were looking for has been moved.</p>";
        check(&format!("<title>Page not found | Daily</title><body>{body}"), Some(Obstacle::NoArticle));
        check(
            &format!(
                "<title>Keys not found in the rain</title><body><h1>Keys not found</h1>{}",
                TEXT.repeat(3)
            ),
            None,
        );
    }

    #[test]
    fn a_page_without_text_needs_scripts_or_has_no_article() {
        check(
            "<title>Daily</title><body><div id=root></div><script src=app.js></script>",
            Some(Obstacle::NeedsScripts),
        );
        check(
            "<body><noscript>You need to enable JavaScript to run this app.</noscript>",
            Some(Obstacle::NeedsScripts),
        );
        check("<title>Daily</title><body>", Some(Obstacle::NoArticle));
    }
}

//! The words of bylines: what stands before names, between them, behind them and in them.

/// What stands before names, in lower case.
#[rustfmt::skip]
pub(super) const LEADS: [&str; 51] = [
    "exclusive by", "special report by",
    "текст", "фото и текст", "yazan", "skrevet av", "escrito por", "scritto da", "écrit par", "geschreven door", "geschrieben von",
    "written by", "story by", "reported by", "posted by", "published by", "words by", "article by", "review by",
    "opinion by", "analysis by", "report by", "text by", "created by", "submitted by", "contributed by", "by",
    "von", "par", "por", "door", "di", "av", "af", "przez", "oleh", "author", "authors", "autor", "autora",
    "autore", "auteur", "författare", "autor tekstu", "texto", "text", "texte", "автор", "автор текста", "记者",
    "作者",
];

/// Who stands behind these did not write.
#[rustfmt::skip]
pub(super) const OTHERS: [&str; 16] = [
    "edited by", "editing by", "photo", "photos", "photography", "photographs", "photograph", "illustration",
    "illustrated", "reviewed", "medically reviewed", "fact checked", "foto", "fotos", "translated",
    "updated by",
];

/// What ends the names of a byline.
#[rustfmt::skip]
pub(super) const ENDS: [&str; 37] = [
    "published", "updated", "posted", "last updated", "follow", "email", "e-mail", "contact", "share", "view",
    "read", "about", "comments", "modified", "first published", "publié", "aktualisiert", "publicado",
    "min read", "more", "full bio", "related", "by the", "learn", "see", "topics", "tags", "category",
    "written", "fact", "reviewed", "edited", "updated on", "date", "time", "last", "modified on",
];

/// Words that part two names.
#[rustfmt::skip]
pub(super) const PARTERS: [&str; 15] = [
    " and ", " und ", " et ", " y ", " og ", " och ", " with ", " mit ", " avec ", " con ", " con la ", " en ",
    " e ", " i ", " и ",
];

/// Words of roles: a name ends before them.
#[rustfmt::skip]
pub(super) const ROLES: [&str; 115] = [
    "staff", "reporter", "reporters", "writer", "writers", "editor", "editors", "correspondent", "contributor",
    "contributors", "contributing", "columnist", "journalist", "senior", "chief", "producer", "managing",
    "associate", "deputy", "special", "political", "freelance", "freelancer", "guest", "author", "authors",
    "co-founder", "founder", "ceo", "cto", "director", "manager", "president", "professor", "analyst", "critic",
    "blogger", "photographer", "commentator", "opinion", "sports", "business", "national", "assistant",
    "executive", "head", "lead", "redakteur", "redakteurin", "reporterin", "korrespondent", "korrespondentin",
    "journaliste", "redactor", "redactora", "periodista", "reportero", "giornalista", "jornalista", "repórter",
    "redaktor", "dziennikarz", "journalistin", "specialist", "expert", "coach", "published", "updated",
    "posted", "follow", "columnista", "coordinator", "content", "marketing", "certified", "licensed", "profile",
    "bio", "topics", "settings", "stories", "visited", "columnists", "journalism", "reviewer", "auto",
    "security", "strategist", "consultant", "copywriter", "developer", "engineer", "designer", "seo", "hr",
    "full", "related", "more", "articles", "posts", "account", "digital", "reporting", "latest", "recent",
    "biography", "contact", "profiles", "view", "all", "show", "research", "researcher", "scientist",
    "physician",
];

/// What stands behind names: degrees.
#[rustfmt::skip]
pub(super) const DEGREES: [&str; 14] = [
    "mvp", "phd", "md", "ms", "rdn", "rd", "mba", "cpa", "dvm", "cfa", "esq", "cfp", "ph.d", "m.d",
];

/// Months, where they have run into a name.
#[rustfmt::skip]
pub(super) const MONTHS: [&str; 19] = [
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// Words in lower case within names.
#[rustfmt::skip]
pub(super) const PARTICLES: [&str; 30] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "van", "von", "der", "den",
    "ter", "ten", "zu", "zur", "al", "el", "bin", "ibn", "ben", "af", "av", "y", "e", "st.",
];

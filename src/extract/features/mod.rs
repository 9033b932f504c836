//! What tells the text of an article from what stands round it: numbers for each block of a page.

mod glance;
mod headline;
mod place;
mod row;
mod sums;
mod surroundings;
mod wording;

use std::collections::{HashMap, HashSet};

pub(super) use self::glance::{Glance, glance};
use self::row::{Row, number};
use self::sums::Sums;
use super::page::{Block, Page};
use super::phrases::{self, phrases};
use super::tag::Tag;
use super::text::{Word, fingerprint, shingles};

/// What a page says of its article in its head, as words.
#[derive(Default)]
pub(super) struct Said {
    pub(super) titles: Vec<Vec<Word>>,
    pub(super) descriptions: Vec<Vec<Word>>,
    /// The text as the page tells it to machines.
    pub(super) body: Vec<Word>,
    /// The beginning of the text, as a feed told it.
    pub(super) summary: Vec<Word>,
}

/// Measures the blocks of a page: a row of numbers for each.
pub(super) fn features(page: &Page, said: &Said, glances: &[Glance]) -> Vec<Vec<f32>> {
    let sums = Sums::of(page, glances);
    let measure = Measure::new(page, said, glances, &sums);
    let mut progress = Progress::default();
    let rows = (0..page.blocks.len()).map(|at| {
        let mut row = Row::default();
        measure.block(at, &progress, &mut row);
        progress.pass(at, page, glances);
        row.values
    });
    rows.collect()
}

/// The names of the numbers, in their order.
pub(super) fn names() -> Vec<&'static str> {
    let page = Page::read(&dom_query::Document::from("<p>text"));
    let glances: Vec<Glance> = page.blocks.iter().map(glance).collect();
    let (said, sums) = (Said::default(), Sums::of(&page, &glances));
    let mut row = Row { names: Some(Vec::new()), values: Vec::new() };
    Measure::new(&page, &said, &glances, &sums).block(0, &Progress::default(), &mut row);
    row.names.unwrap_or_default()
}

/// What lies above a block.
#[derive(Default)]
struct Progress {
    words: f32,
    prose: f32,
    /// The prose above the headline; all, until it comes.
    above_headline: f32,
    seen: HashMap<u64, usize>,
    /// What the last heading says, and how many blocks ago.
    heading: [bool; phrases::COUNT],
    since_heading: usize,
}

impl Progress {
    fn pass(&mut self, at: usize, page: &Page, glances: &[Glance]) {
        let glance = &glances[at];
        self.words += number(glance.words.len());
        self.prose += number(glance.prose);
        *self.seen.entry(fingerprint(&glance.words)).or_default() += 1;
        self.since_heading += 1;
        let block = &page.blocks[at];
        let is_bold = block.bold == block.letters && glance.words.len() < 10;
        if page.nodes[block.node].tag.is_heading() || is_bold {
            self.heading = phrases(&block.text);
            self.since_heading = 0;
        }
    }
}

/// What is asked for each block.
struct Measure<'a> {
    page: &'a Page,
    said: &'a Said,
    glances: &'a [Glance],
    sums: &'a Sums,
    headline: Option<usize>,
    /// The elements round the headline, from the innermost on.
    above: Vec<usize>,
    /// The element that holds most of the prose most closely, and those round it.
    center: Vec<usize>,
    /// The first and the last block in it.
    first: usize,
    last: usize,
    /// How often a text stands on the page.
    counts: HashMap<u64, usize>,
    /// The runs of four words of the text as the page tells it to machines, where it tells one; and its words.
    told: Option<HashSet<u64>>,
    told_words: HashSet<Word>,
    /// The prose in each `<article>`, and outside of all.
    articles: HashMap<Option<usize>, f32>,
    all_words: f32,
    /// How far the nearest prose is, before and behind.
    neighbours: Vec<(usize, usize)>,
}

impl<'a> Measure<'a> {
    fn new(page: &'a Page, said: &'a Said, glances: &'a [Glance], sums: &'a Sums) -> Measure<'a> {
        let center = sums.center(page, glances);
        let is_inside =
            |block: &Block| center.is_some_and(|center| page.around(block).any(|node| node == center));
        let mut counts: HashMap<u64, usize> = HashMap::new();
        let mut articles: HashMap<Option<usize>, f32> = HashMap::new();
        for (block, glance) in page.blocks.iter().zip(glances) {
            *counts.entry(fingerprint(&glance.words)).or_default() += 1;
            *articles.entry(article(page, block)).or_default() += number(glance.prose);
        }
        let headline = headline::seeming_headline(page, glances, said);
        let above = headline.map(|headline| page.around(&page.blocks[headline]).collect());
        Measure {
            headline,
            above: above.unwrap_or_default(),
            center: center.map(|center| page.upwards(center).collect()).unwrap_or_default(),
            first: page.blocks.iter().position(is_inside).unwrap_or(0),
            last: page.blocks.iter().rposition(is_inside).unwrap_or(page.blocks.len().saturating_sub(1)),
            told: (said.body.len() > 40).then(|| shingles(&said.body).into_iter().collect()),
            told_words: said.body.iter().copied().collect(),
            all_words: glances.iter().map(|glance| number(glance.words.len())).sum::<f32>().max(1.0),
            neighbours: surroundings::nearest(glances),
            counts,
            articles,
            page,
            said,
            glances,
            sums,
        }
    }

    fn block(&self, at: usize, progress: &Progress, row: &mut Row) {
        self.wording(at, row);
        self.place(at, progress, row);
        self.surroundings(at, row);
    }
}

fn article(page: &Page, block: &Block) -> Option<usize> {
    page.around(block).find(|node| page.nodes[*node].tag == Tag::Article)
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::super::text::words;
    use super::*;

    /// The numbers of a page's blocks, by their names.
    fn measured(body: &str, said: &Said) -> Vec<HashMap<&'static str, f32>> {
        let page = Page::read(&Document::from(format!("<body>{body}").as_str()));
        let glances: Vec<Glance> = page.blocks.iter().map(glance).collect();
        let rows = features(&page, said, &glances);
        assert!(rows.iter().all(|row| row.len() == names().len()));
        rows.into_iter().map(|row| names().into_iter().zip(row).collect()).collect()
    }

    #[track_caller]
    fn check(body: &str, said: &Said, expected: &[(usize, &str, f32)]) {
        let rows = measured(body, said);
        for (block, name, value) in expected {
            let found = rows[*block][name];
            assert!((found - value).abs() < 1e-4, "{name} of block {block}: {found}, not {value}");
        }
    }

    const PROSE: &str =
        "<p>It rained on all hills of the land yesterday, said the people who live there.</p>";

    #[test]
    fn each_number_has_a_name_of_its_own() {
        let names = names();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        assert!(measured("", &Said::default()).is_empty());
    }

    #[test]
    fn words_are_measured() {
        check(
            "<p>“RAIN, 12 <b>mm</b>?</p><p>no <a href=/>more</a>…</p>",
            &Said::default(),
            &[
                (0, "words", 3.0),
                (0, "ends", 1.0),
                (0, "question", 1.0),
                (0, "opens quote", 1.0),
                (0, "opens small", 0.0),
                (0, "commas", 1.0 / 3.0),
                (0, "bold", 2.0 / 11.0),
                (1, "opens small", 1.0),
                (1, "links", 1.0),
                (1, "link density", 4.0 / 7.0),
                (1, "ellipsis", 1.0),
            ],
        );
    }

    #[test]
    fn what_the_head_says_is_compared() {
        let said = Said {
            titles: vec![words("Wet"), words("Rain falls on hills")],
            descriptions: vec![words("It rained")],
            body: words(&"it rained on all hills of the land yesterday ".repeat(5)),
            ..Said::default()
        };
        check(
            "<h1>Rain falls on hills</h1><p>It rained</p><p>It rained on all hills.</p><p>Snow fell on all hills.</p>",
            &said,
            &[
                (0, "like title", 1.0),
                (0, "headline", 1.0),
                (1, "like description", 1.0),
                (1, "told", 0.5),
                (1, "from headline", 1.0),
                (2, "told", 1.0),
                (3, "told", 0.0),
            ],
        );
        check("<p>It rained</p>", &Said::default(), &[(0, "told", -1.0)]);
    }

    #[test]
    fn the_place_is_measured() {
        let body = format!("<nav>Menu</nav><main>{PROSE}<h3>Sign up</h3><p>Menu</p></main>");
        check(
            &body,
            &Said::default(),
            &[
                (0, "in nav", 1.0),
                (1, "in main", 1.0),
                (1, "paragraph", 1.0),
                (2, "subheading", 1.0),
                (0, "repeated", 2.0),
                (0, "repeats", 0.0),
                (3, "repeats", 1.0),
                (3, "under sign up", 1.0),
                (3, "since heading", 0.0),
                (3, "prose before", 1.0),
                (3, "position", 0.75),
            ],
        );
    }

    #[test]
    fn the_neighbours_are_measured() {
        let body = format!("<div>Menu</div>{PROSE}{PROSE}<h2>Wet</h2>");
        check(
            &body,
            &Said::default(),
            &[
                (0, "-1 words", -1.0),
                (0, "+1 prose", 1.0),
                (0, "prose behind it", 1.0),
                (1, "+1 look", 1.0),
                (1, "-1 look", 0.0),
                (2, "+1 heading", 1.0),
                (2, "5 before", 15.0),
                (3, "prose before it", 1.0),
            ],
        );
    }
}

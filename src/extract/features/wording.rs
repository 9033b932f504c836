//! What the text of a block tells by itself.

use super::super::phrases::{self, phrases};
use super::super::text::{Word, likeness, ratio, shingles};
use super::Measure;
use super::glance::Glance;
use super::row::{Row, number};

/// What phrases may say, in the order of their kinds.
#[rustfmt::skip]
const PHRASES: [&str; phrases::COUNT] = [
    "calls", "sign up words", "credits", "advert words", "legal words", "people", "by", "date words", "visitors",
];

impl Measure<'_> {
    pub(super) fn wording(&self, at: usize, row: &mut Row) {
        let (block, glance) = (&self.page.blocks[at], &self.glances[at]);
        let text = block.text.as_str();
        let letters = text.chars().count();
        let share = |is: fn(char) -> bool| ratio(text.chars().filter(|c| is(*c)).count(), letters);
        row.add("words", number(glance.words.len().min(200)));
        row.add("link density", glance.link_density);
        row.add("links", number(block.links.min(50)));
        row.flag("ends", glance.ends);
        row.add("sentences", number(sentences(text).min(20)));
        row.add("word length", ratio(letters, glance.words.len()));
        row.add("commas", ratio(text.matches([',', '、', '，']).count(), glance.words.len()));
        row.add("capitals", share(char::is_uppercase));
        row.add("digits", share(char::is_numeric));
        row.add("bold", ratio(block.bold, block.letters));
        let capitalised = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
        row.add("capitalised", ratio(capitalised, text.split_whitespace().count()));
        row.flag("colon", text.ends_with(':'));
        row.flag("ellipsis", text.ends_with(['…']) || text.ends_with("..."));
        row.flag("question", text.ends_with('?'));
        row.flag("opens quote", text.starts_with(['"', '“', '«', '„', '‘', '\'']));
        row.flag("opens small", text.starts_with(char::is_lowercase));
        row.add("separators", number(text.matches(['|', '•', '·', '»', '/', '>']).count().min(20)));
        row.flag("time", block.has_time);
        row.flag("follows picture", block.follows_picture);
        for (name, holds) in PHRASES.into_iter().zip(phrases(text)) {
            row.flag(name, holds);
        }
        let like =
            |texts: &[Vec<Word>]| texts.iter().map(|text| likeness(&glance.words, text)).fold(0.0, f32::max);
        row.add("like title", like(&self.said.titles));
        row.add("like description", like(&self.said.descriptions));
        row.add("told", self.told(glance));
    }

    /// How much of it the page tells to machines as well.
    fn told(&self, glance: &Glance) -> f32 {
        let Some(told) = &self.told else {
            return -1.0;
        };
        if glance.words.len() < 4 {
            return ratio(
                glance.words.iter().filter(|word| self.told_words.contains(word)).count(),
                glance.words.len(),
            ) / 2.0;
        }
        let shingles = shingles(&glance.words);
        ratio(shingles.iter().filter(|shingle| told.contains(shingle)).count(), shingles.len())
    }
}

fn sentences(text: &str) -> usize {
    text.split_inclusive(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
        .filter(|part| part.len() > 12)
        .count()
}

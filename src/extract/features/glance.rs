//! A first look at each block on its own.

use super::super::page::Block;
use super::super::text::{Word, ratio, words};

/// What a block looks like on its own.
pub(in super::super) struct Glance {
    pub(in super::super) words: Vec<Word>,
    pub(in super::super) link_density: f32,
    /// Whether it ends like a sentence.
    pub(in super::super) ends: bool,
    /// Its words if it reads like prose; else 0.
    pub(in super::super) prose: usize,
}

/// Texts of scripts without full stops that have so many letters are sentences.
const UNMARKED: usize = 60;

/// Looks at a block.
pub(in super::super) fn glance(block: &Block) -> Glance {
    let words = words(&block.text);
    let link_density = ratio(block.linked, block.letters);
    let ends = ends(&block.text);
    let prose = if ends && words.len() >= 12 && link_density < 0.4 { words.len() } else { 0 };
    Glance { words, link_density, ends, prose }
}

/// Tells whether a text ends like a sentence.
fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', '\'', ')', ']', ' ', '“', '」', '』']);
    let marks = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '။', '។', '።', ':', ';'];
    // Thai and Lao end sentences with a space: what is long is one.
    let is_unmarked = |c: char| matches!(c, '\u{e00}'..='\u{eff}');
    text.ends_with(marks) || text.ends_with(is_unmarked) && text.chars().count() >= UNMARKED
}

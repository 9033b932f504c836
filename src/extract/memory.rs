//! What a site shows on all its pages: blocks that repeat are furniture, not the article's.
//!
//! A page is remembered by fingerprints of its blocks. Nothing here is needed to read a page well, and all of it may be
//! forgotten at any time.

use std::collections::HashMap;

use super::features::Glance;
use super::text::fingerprint;

/// Longer blocks are not remembered: what repeats on a site is short, and long text that repeats is a story told twice.
const MAX_WORDS: usize = 30;

/// A site's blocks beyond these are forgotten, the rarest first.
const MAX_BLOCKS: usize = 4_000;

/// Pages of a site that are remembered to have been seen.
const MAX_PAGES: usize = 64;

/// Blocks of as many words are short.
const SHORT: usize = 12;

/// What is left of the likelihood of a short block or a link that stands on one other page: series share headings.
const DOUBTFUL: f32 = 0.6;

/// Fingerprints of what a page shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PagePrints {
    /// A fingerprint for each block, none for those that are not remembered.
    blocks: Vec<Option<u64>>,
}

impl PagePrints {
    pub(super) fn of(glances: &[Glance]) -> PagePrints {
        let print = |glance: &Glance| {
            (1..=MAX_WORDS).contains(&glance.words.len()).then(|| fingerprint(&glance.words))
        };
        PagePrints { blocks: glances.iter().map(print).collect() }
    }

    /// The fingerprint of the whole page.
    fn page(&self) -> u64 {
        let prints: Vec<u64> = self.blocks.iter().flatten().copied().collect();
        fingerprint(&prints)
    }
}

/// What was seen on the pages of a site.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SiteMemory {
    /// On how many pages each block stood.
    blocks: HashMap<u64, u32>,
    /// The last pages seen.
    pages: Vec<u64>,
    seen: u32,
}

impl SiteMemory {
    /// Takes in one more page of the site; a page that was seen lately counts once.
    pub fn learn(&mut self, page: &PagePrints) {
        let print = page.page();
        if self.pages.contains(&print) {
            return;
        }
        if self.pages.len() == MAX_PAGES {
            self.pages.remove(0);
        }
        self.pages.push(print);
        self.seen += 1;
        let mut blocks: Vec<u64> = page.blocks.iter().flatten().copied().collect();
        blocks.sort_unstable();
        blocks.dedup();
        for block in blocks {
            *self.blocks.entry(block).or_default() += 1;
        }
        let mut rare = 1;
        while self.blocks.len() > MAX_BLOCKS {
            self.blocks.retain(|_, pages| *pages > rare);
            rare += 1;
        }
    }

    /// How likely each block still is the article's, for what stands on other pages of the site too.
    pub(super) fn doubt(&self, page: &PagePrints, glances: &[Glance]) -> Vec<f32> {
        let own = u32::from(self.pages.contains(&page.page()));
        let others = self.seen.saturating_sub(own);
        let doubt = |(print, glance): (&Option<u64>, &Glance)| {
            let pages = print.and_then(|print| self.blocks.get(&print)).copied().unwrap_or_default();
            let pages = pages.saturating_sub(own);
            let is_short = glance.words.len() <= SHORT || glance.link_density > 0.5;
            match pages {
                _ if pages * 5 <= others => 1.0,
                1 if is_short => DOUBTFUL,
                1 => 1.0,
                _ => 0.0,
            }
        };
        page.blocks.iter().zip(glances).map(doubt).collect()
    }

    /// Writes it to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + 8 * self.pages.len() + 12 * self.blocks.len());
        bytes.extend(self.seen.to_le_bytes());
        bytes.extend(u32::try_from(self.pages.len()).unwrap_or_default().to_le_bytes());
        self.pages.iter().for_each(|page| bytes.extend(page.to_le_bytes()));
        let mut blocks: Vec<(&u64, &u32)> = self.blocks.iter().collect();
        blocks.sort_unstable();
        for (block, pages) in blocks {
            bytes.extend(block.to_le_bytes());
            bytes.extend(pages.to_le_bytes());
        }
        bytes
    }

    /// Reads what `to_bytes` wrote; nothing is known where that cannot be.
    pub fn from_bytes(bytes: &[u8]) -> SiteMemory {
        SiteMemory::read(bytes).unwrap_or_default()
    }

    fn read(bytes: &[u8]) -> Option<SiteMemory> {
        let (seen, bytes) = bytes.split_first_chunk()?;
        let (count, mut bytes) = bytes.split_first_chunk()?;
        let mut memory = SiteMemory { seen: u32::from_le_bytes(*seen), ..SiteMemory::default() };
        for _ in 0..u32::from_le_bytes(*count) {
            let (page, rest) = bytes.split_first_chunk()?;
            memory.pages.push(u64::from_le_bytes(*page));
            bytes = rest;
        }
        while !bytes.is_empty() {
            let (block, rest) = bytes.split_first_chunk()?;
            let (pages, rest) = rest.split_first_chunk()?;
            memory.blocks.insert(u64::from_le_bytes(*block), u32::from_le_bytes(*pages));
            bytes = rest;
        }
        Some(memory)
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    fn glances(texts: &[&str]) -> Vec<Glance> {
        let glance = |text: &&str| Glance { words: words(text), link_density: 0.0, ends: false, prose: 0 };
        texts.iter().map(glance).collect()
    }

    fn page(texts: &[&str]) -> PagePrints {
        PagePrints::of(&glances(texts))
    }

    const LONG: &str = "This is a line of thirteen words that stands on each page here";

    #[test]
    fn what_stands_on_other_pages_is_doubted_the_longer_the_later() {
        let pages = [[LONG, "Share", "Rain falls"], [LONG, "Share", "Snow falls"], [LONG, "Share", "Hail"]];
        let mut memory = SiteMemory::default();
        for (texts, expected) in pages.iter().zip([[1.0, 1.0], [1.0, DOUBTFUL], [0.0, 0.0]]) {
            memory.learn(&page(texts));
            memory.learn(&page(texts));
            assert_eq!(memory.doubt(&page(texts), &glances(texts)), [expected[0], expected[1], 1.0]);
        }
    }

    #[test]
    fn what_stands_on_few_of_many_pages_is_not() {
        let mut memory = SiteMemory::default();
        for at in 0..20 {
            let text = format!("Story {at}");
            memory.learn(&page(&[&text, if at < 3 { "Rain falls" } else { "Snow" }]));
        }
        let texts = ["Rain falls", "Snow"];
        assert_eq!(memory.doubt(&page(&texts), &glances(&texts)), [1.0, 0.0]);
    }

    #[test]
    fn a_memory_is_bounded_and_comes_back_from_its_bytes() {
        let mut memory = SiteMemory::default();
        for at in 0..100 {
            let texts: Vec<String> = (0..100).map(|block| format!("Text {at} {block}")).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).chain(["Share this"]).collect();
            memory.learn(&page(&texts));
        }
        assert!(memory.blocks.len() <= MAX_BLOCKS && memory.pages.len() <= MAX_PAGES);
        assert_eq!(memory.doubt(&page(&["Share this"]), &glances(&["Share this"])), [0.0]);
        let bytes = memory.to_bytes();
        assert_eq!(SiteMemory::from_bytes(&bytes), memory);
        assert_eq!(SiteMemory::from_bytes(&bytes[..bytes.len() - 1]), SiteMemory::default());
        assert_eq!(SiteMemory::from_bytes(&[]), SiteMemory::default());
    }
}

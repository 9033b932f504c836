//! The model that tells a block of the article from one beside it: trees that ask one number of a block after the other.
//!
//! `assets/extract/forest.txt` and, for pages without structure, `flat.txt` hold them as they were fitted
//! (docs/extraction.md): the names of the numbers in the first line, then a tree a line, each question before its two
//! answers. `12<0.5` goes on to its left if number 12 is at most 0.5; `=0.25` ends. The sum over all trees is the logit
//! of how likely the block is the article's.

use std::sync::LazyLock;

/// The trees for pages.
static FITTED: LazyLock<Forest> = LazyLock::new(|| {
    Forest::parse(include_str!("../../assets/extract/forest.txt")).expect("the table is checked by a test")
});

/// The trees for pages without structure.
static FLAT: LazyLock<Forest> = LazyLock::new(|| {
    Forest::parse(include_str!("../../assets/extract/flat.txt")).expect("the table is checked by a test")
});

/// A number that ends a tree instead of asking.
const END: u16 = u16::MAX;

/// Trees in one row of nodes.
#[derive(Debug)]
pub(super) struct Forest {
    names: Vec<String>,
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

/// A question, or the end of a tree.
#[derive(Clone, Copy, Debug)]
struct Node {
    feature: u16,
    /// The bound asked for; at the end, what the tree adds.
    value: f32,
    /// Where it goes on if the number is above; else it goes on behind.
    above: u32,
}

impl Forest {
    /// The trees for a page, with structure or without.
    pub(super) fn fitted(is_flat: bool) -> &'static Forest {
        if is_flat { &FLAT } else { &FITTED }
    }

    pub(super) fn parse(table: &str) -> Option<Forest> {
        let mut lines = table.lines().filter(|line| !line.is_empty());
        let names: Vec<String> = lines.next()?.split("; ").map(str::to_owned).collect();
        let mut forest = Forest { names, nodes: Vec::new(), roots: Vec::new() };
        for line in lines {
            forest.roots.push(forest.nodes.len());
            forest.add(line)?;
        }
        Some(forest)
    }

    fn add(&mut self, tree: &str) -> Option<()> {
        // Questions whose second answer is yet to come.
        let mut open: Vec<usize> = Vec::new();
        let mut tokens = tree.split(' ');
        loop {
            let token = tokens.next()?;
            let at = self.nodes.len();
            if let Some(value) = token.strip_prefix('=') {
                self.nodes.push(Node { feature: END, value: value.parse().ok()?, above: 0 });
                let Some(question) = open.pop() else {
                    return tokens.next().is_none().then_some(());
                };
                self.nodes[question].above = u32::try_from(at + 1).ok()?;
            } else {
                let (feature, value) = token.split_once('<')?;
                let feature = feature.parse().ok().filter(|at| usize::from(*at) < self.names.len())?;
                self.nodes.push(Node { feature, value: value.parse().ok()?, above: 0 });
                open.push(at);
            }
        }
    }

    /// How likely a block with these numbers is the article's, from 0 to 1.
    pub(super) fn likelihood(&self, numbers: &[f32]) -> f32 {
        let sum: f32 = self.roots.iter().map(|root| self.walk(*root, numbers)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn walk(&self, root: usize, numbers: &[f32]) -> f32 {
        let mut at = root;
        loop {
            let node = self.nodes[at];
            if node.feature == END {
                return node.value;
            }
            at = if numbers[usize::from(node.feature)] <= node.value { at + 1 } else { node.above as usize };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_asks_and_adds_up() {
        let forest = Forest::parse("words; links\n0<5 =-1 1<0.5 =2 =0.5\n=0.25\n").unwrap();
        let logit = |numbers: &[f32]| {
            let likely = forest.likelihood(numbers);
            (likely / (1.0 - likely)).ln()
        };
        for (numbers, expected) in [([5.0, 0.0], -0.75), ([6.0, 0.5], 2.25), ([6.0, 1.0], 0.75)] {
            assert!((logit(&numbers) - expected).abs() < 1e-4, "{numbers:?}");
        }
    }

    #[test]
    fn a_damaged_table_is_refused() {
        for table in
            ["", "words\n0<5 =1", "words\n0<5 =1 =2 =3", "words\n1<5 =1 =2", "words\n0<x =1 =2", "words\n=a"]
        {
            assert!(Forest::parse(table).is_none(), "{table:?}");
        }
    }

    #[test]
    fn the_fitted_trees_ask_for_the_numbers_that_are_measured() {
        for is_flat in [false, true] {
            assert_eq!(Forest::fitted(is_flat).names, super::super::features::names());
        }
    }
}

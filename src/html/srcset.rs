//! Chooses of the sizes that a picture comes in.
//!
//! The candidates are cut as the HTML standard cuts them: an address ends at white space, and may hold commas.

use super::attribute::is_space;

/// A terminal shows no wider picture sharper.
const WIDEST: f64 = 1600.0;

/// Nor one of a higher density.
const DENSEST: f64 = 2.0;

/// More candidates than these are not looked at.
const MAX_CANDIDATES: usize = 100;

#[derive(Clone, Copy, PartialEq, Debug)]
struct Candidate<'a> {
    address: &'a str,
    size: Size,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Size {
    Width(f64),
    Density(f64),
}

/// Names the address of the candidate that is as large as makes sense.
pub(super) fn best(srcset: &str, is_usable: impl Fn(&str) -> bool) -> Option<&str> {
    let candidates = Candidates { rest: srcset }.take(MAX_CANDIDATES);
    let candidates = candidates.filter(|candidate| is_usable(candidate.address));
    let best = candidates.reduce(|best, next| if is_better(next.size, best.size) { next } else { best });
    best.map(|candidate| candidate.address)
}

fn is_better(next: Size, best: Size) -> bool {
    let (next, best) = (excess(next), excess(best));
    // The largest that fits, else the smallest.
    if best > 0.0 { next < best } else { next > best && next <= 0.0 }
}

/// Tells by how much a size is larger than makes sense.
fn excess(size: Size) -> f64 {
    match size {
        Size::Width(width) => width - WIDEST,
        Size::Density(density) => density - DENSEST,
    }
}

struct Candidates<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Candidates<'a> {
    type Item = Candidate<'a>;

    fn next(&mut self) -> Option<Candidate<'a>> {
        loop {
            self.rest = self.rest.trim_start_matches(|c| is_space(c) || c == ',');
            if self.rest.is_empty() {
                return None;
            }
            let (address, rest) = self.rest.split_at(self.rest.find(is_space).unwrap_or(self.rest.len()));
            let bare = address.trim_end_matches(',');
            if bare.len() < address.len() {
                self.rest = rest;
                return Some(Candidate { address: bare, size: Size::Density(1.0) });
            }
            let (descriptors, rest) = rest.split_at(end_of_descriptors(rest));
            self.rest = rest;
            if let Some(size) = size(descriptors) {
                return Some(Candidate { address, size });
            }
        }
    }
}

/// Finds the comma behind the descriptors; those in parentheses are theirs.
fn end_of_descriptors(text: &str) -> usize {
    let mut is_inside = false;
    let end = text.find(|c| {
        match c {
            '(' => is_inside = true,
            ')' => is_inside = false,
            _ => (),
        }
        c == ',' && !is_inside
    });
    end.unwrap_or(text.len())
}

/// Reads descriptors; nothing comes of a candidate with one that means nothing.
fn size(descriptors: &str) -> Option<Size> {
    let mut size = None;
    for descriptor in descriptors.split(is_space).filter(|part| !part.is_empty()) {
        let (number, unit) =
            descriptor.split_at(descriptor.len() - descriptor.chars().next_back()?.len_utf8());
        let number = number.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)?;
        match unit {
            "w" if size.is_none() => size = Some(Size::Width(number)),
            "x" if size.is_none() => size = Some(Size::Density(number)),
            "h" => (),
            _ => return None,
        }
    }
    Some(size.unwrap_or(Size::Density(1.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_that_makes_sense_is_chosen() {
        let table = [
            ("a 300w, b 1024w, c 1536w, d 2048w", Some("c")),
            ("a 2000w, b 1800w, c 3000w", Some("b")),
            ("a, b 1.5x, c 2x, d 3x", Some("c")),
            ("a.jpg", Some("a.jpg")),
            ("a 1x,b 2x", Some("b")),
            ("a 640w 480h,b 320w 240h", Some("a")),
            ("/w_1,h_2/a.jpg 424w, /w_3,h_4/b.jpg 848w", Some("/w_3,h_4/b.jpg")),
            ("a,b 2x", Some("a,b")),
            ("a,, b 2x", Some("b")),
            (" \n , a\t1x\n", Some("a")),
            ("a 10q, b 1x", Some("b")),
            ("a 1x 2x", None),
            ("a (1, 2) 5w, b 1w", Some("b")),
            ("a -5w", None),
            ("a NaNw", None),
            ("", None),
            (",", None),
            ("a 1w, b ö", Some("a")),
        ];
        for (srcset, expected) in table {
            assert_eq!(best(srcset, |_| true), expected, "{srcset}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_passed_over() {
        assert_eq!(best("a 1x, data:x 2x", |address| !address.starts_with("data:")), Some("a"));
    }

    proptest! {
        #[test]
        fn an_address_has_no_space_and_no_comma_at_its_ends(srcset in "[a ,(xw)1.é\n]{0,40}") {
            if let Some(address) = best(&srcset, |_| true) {
                prop_assert!(!address.is_empty() && !address.contains([' ', '\n']));
                prop_assert!(!address.starts_with(',') && !address.ends_with(','));
            }
        }
    }
}

//! Runs steps of others' code that may panic, and takes a panic as no result.
//!
//! The XML reader panics on UTF-16 without its mark, the feed parser on some authors' names.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a step; nothing comes of one that panics.
pub(super) fn guarded<T>(step: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(step)).ok()
}

#[cfg(test)]
mod tests {
    use super::super::read_opml;
    use super::*;

    #[test]
    fn a_panic_is_no_result() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("of another's code") }), None);
    }

    #[test]
    fn bytes_that_the_xml_reader_panics_on_are_an_error() {
        let text = "<?xml version='1.0' encoding='utf-16'?><opml version='2.0'></x>";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(read_opml(&bytes).is_err());
    }
}

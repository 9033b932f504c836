//! Runs steps of others' code that may panic, and takes a panic as no result.
//!
//! The feed parser panics on some authors' names.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a step; nothing comes of one that panics.
pub(super) fn guarded<T>(step: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(step)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_result() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("of another's code") }), None);
    }
}

//! How much of a document is read.

use super::FeedError;

/// The largest document that is read.
pub(super) const MAX_BYTES: usize = 50_000_000;

/// More entries than these are not taken from one document.
pub(super) const MAX_ENTRIES: usize = 10_000;

/// Refuses a document of more than 50 MB.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), FeedError> {
    if bytes.len() > MAX_BYTES {
        return Err(FeedError::TooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_documents_are_refused() {
        let bytes = vec![b' '; MAX_BYTES + 1];
        assert_eq!(check_size(&bytes), Err(FeedError::TooLarge));
    }
}

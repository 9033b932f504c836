//! The marks before the items of a list.

/// Stands before an item without a number.
pub(super) const BULLET: &str = "• ";

const MAX_NUMBER: i64 = 1_000_000_000;

/// A list being read.
pub(super) struct List {
    /// The next item's number, in a numbered list.
    number: Option<i64>,
    digits: usize,
}

impl List {
    /// Begins a list of so many items, numbered from the first if there is one.
    pub(super) fn new(first: Option<i64>, items: usize) -> List {
        let number = first.map(|first| first.clamp(0, MAX_NUMBER));
        let items = i64::try_from(items).unwrap_or(MAX_NUMBER);
        let last = number.unwrap_or(0) + items.saturating_sub(1);
        List { number, digits: last.to_string().len() }
    }

    /// Writes the next item's mark; the item may bring a number of its own.
    pub(super) fn next_mark(&mut self, value: Option<i64>) -> String {
        let Some(next) = self.number else {
            return BULLET.to_owned();
        };
        let number = value.unwrap_or(next).clamp(0, MAX_NUMBER);
        self.number = Some(number + 1);
        format!("{number:>digits$}. ", digits = self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(list: &mut List, values: &[Option<i64>]) -> Vec<String> {
        values.iter().map(|value| list.next_mark(*value)).collect()
    }

    #[test]
    fn numbers_are_aligned_to_the_right() {
        assert_eq!(marks(&mut List::new(Some(9), 2), &[None, None]), [" 9. ", "10. "]);
    }

    #[test]
    fn an_item_may_bring_its_number() {
        assert_eq!(marks(&mut List::new(Some(1), 3), &[None, Some(5), None]), ["1. ", "5. ", "6. "]);
    }

    #[test]
    fn absurd_numbers_are_bounded() {
        assert_eq!(marks(&mut List::new(Some(i64::MAX), 2), &[Some(i64::MIN)]), ["         0. "]);
    }
}

//! The numbers of one block.

/// The numbers of one block, and their names where they are asked for.
#[derive(Default)]
pub(super) struct Row {
    pub(super) names: Option<Vec<&'static str>>,
    pub(super) values: Vec<f32>,
}

impl Row {
    pub(super) fn add(&mut self, name: &'static str, value: f32) {
        if let Some(names) = &mut self.names {
            names.push(name);
        }
        self.values.push(value);
    }

    pub(super) fn flag(&mut self, name: &'static str, value: bool) {
        self.add(name, f32::from(u8::from(value)));
    }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of words and blocks")]
pub(super) fn number(count: usize) -> f32 {
    count as f32
}

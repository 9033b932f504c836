//! Values of JSON that are taken as far as they fit, and passed over else: nothing is kept that is not read.

use std::fmt::Formatter;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// No list of an item needs more.
const MAX_LIST: usize = 1_000;

/// A value of any type, with what is read of objects and lists.
pub(super) struct Any<O = (), T = IgnoredAny> {
    string: Option<String>,
    number: Option<String>,
    pub(super) object: Option<O>,
    pub(super) list: Vec<T>,
}

impl<O, T> Any<O, T> {
    /// Takes a text; ids and tags are numbers at times.
    pub(super) fn text(self) -> Option<String> {
        self.string.or(self.number).filter(|text| !text.is_empty())
    }

    /// Takes a text that is no number.
    pub(super) fn string(self) -> Option<String> {
        self.string.filter(|text| !text.is_empty())
    }
}

impl<O, T> Default for Any<O, T> {
    fn default() -> Any<O, T> {
        Any { string: None, number: None, object: None, list: Vec::new() }
    }
}

/// An object some of whose fields are read.
pub(super) trait Fields: Default {
    /// Takes the value of a field that is read; tells whether it did.
    fn take<'de, A: MapAccess<'de>>(&mut self, name: &str, fields: &mut A) -> Result<bool, A::Error>;
}

impl Fields for () {
    fn take<'de, A: MapAccess<'de>>(&mut self, _: &str, _: &mut A) -> Result<bool, A::Error> {
        Ok(false)
    }
}

impl<'de, O: Fields, T: Deserialize<'de>> Deserialize<'de> for Any<O, T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Any<O, T>, D::Error> {
        value.deserialize_any(Reading(PhantomData))
    }
}

struct Reading<O, T>(PhantomData<(O, T)>);

impl<'de, O: Fields, T: Deserialize<'de>> Visitor<'de> for Reading<O, T> {
    type Value = Any<O, T>;

    fn expecting(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Any<O, T>, E> {
        Ok(Any::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Any<O, T>, E> {
        Ok(Any::default())
    }

    fn visit_str<E>(self, text: &str) -> Result<Any<O, T>, E> {
        Ok(Any { string: Some(text.to_owned()), ..Any::default() })
    }

    fn visit_string<E>(self, text: String) -> Result<Any<O, T>, E> {
        Ok(Any { string: Some(text), ..Any::default() })
    }

    fn visit_u64<E>(self, number: u64) -> Result<Any<O, T>, E> {
        Ok(Any { number: Some(number.to_string()), ..Any::default() })
    }

    fn visit_i64<E>(self, number: i64) -> Result<Any<O, T>, E> {
        Ok(Any { number: Some(number.to_string()), ..Any::default() })
    }

    fn visit_f64<E>(self, number: f64) -> Result<Any<O, T>, E> {
        Ok(Any { number: Number::from_f64(number).map(|number| number.to_string()), ..Any::default() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Any<O, T>, A::Error> {
        let mut list = Vec::new();
        while list.len() < MAX_LIST
            && let Some(item) = items.next_element()?
        {
            list.push(item);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Any { list, ..Any::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Any<O, T>, A::Error> {
        let mut object = O::default();
        while let Some(name) = fields.next_key::<String>()? {
            if !object.take(&name, &mut fields)? {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Any { object: Some(object), ..Any::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_and_all_else_is_passed_over() {
        let table = [
            ("\"a\"", Some("a")),
            ("\"\"", None),
            ("5", Some("5")),
            ("-5", Some("-5")),
            ("1.0", Some("1.0")),
            ("true", None),
            ("null", None),
            ("[\"a\"]", None),
            ("{\"a\": [{}]}", None),
        ];
        for (json, expected) in table {
            let any: Any = serde_json::from_str(json).unwrap();
            assert_eq!(any.text().as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn lists_are_bounded() {
        let json = format!("[{}1]", "1,".repeat(2 * MAX_LIST));
        let any: Any<(), Any> = serde_json::from_str(&json).unwrap();
        assert_eq!(any.list.len(), MAX_LIST);
    }
}

//! Columns read as the types of the model.

use rusqlite::Row;
use rusqlite::types::{FromSqlError, ToSqlOutput, Type, Value, ValueRef};

use crate::model::{Timestamp, Url, shown};

/// Reads Unix seconds.
pub(super) fn timestamp(row: &Row<'_>, index: usize) -> rusqlite::Result<Timestamp> {
    let seconds: i64 = row.get(index)?;
    Timestamp::from_second(seconds)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(index, Type::Integer, Box::new(error)))
}

/// Reads Unix seconds where there are any.
pub(super) fn timestamp_or_none(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Timestamp>> {
    match row.get_ref(index)?.data_type() {
        Type::Null => Ok(None),
        _ => timestamp(row, index).map(Some),
    }
}

/// Reads an address; one that cannot be read counts as none.
pub(super) fn url(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Url>> {
    let text: Option<String> = row.get(index)?;
    Ok(text.and_then(|text| Url::parse(&text).ok()))
}

/// Reads the title of a feed: its own where it has one, else its address, fit to be shown.
pub(super) fn feed_title(row: &Row<'_>, title: usize, address: usize) -> rusqlite::Result<String> {
    if let Some(title) = row.get(title)? {
        return Ok(title);
    }
    Ok(url(row, address)?.as_ref().map(shown).unwrap_or_default())
}

/// Texts shorter than this stay as they are, in bytes: there is nothing to win.
const SHORT: usize = 256;

/// How hard to pack: more takes longer for little.
const LEVEL: i32 = 1;

/// The longest text that is unpacked, in bytes; none that was taken in is as long.
const LONGEST: usize = 1 << 28;

/// Writes a long text: packed where that makes it shorter.
pub(super) fn packed(text: Option<&str>) -> ToSqlOutput<'_> {
    let Some(text) = text else { return ToSqlOutput::Owned(Value::Null) };
    match zstd::bulk::compress(text.as_bytes(), LEVEL) {
        Ok(packed) if text.len() >= SHORT && packed.len() < text.len() => {
            ToSqlOutput::Owned(Value::Blob(packed))
        }
        _ => ToSqlOutput::Borrowed(text.into()),
    }
}

/// Reads a long text, packed or not.
pub(super) fn long_text(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<String>> {
    let wrong =
        |error: FromSqlError| rusqlite::Error::FromSqlConversionFailure(index, Type::Blob, Box::new(error));
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(packed) => unpacked(packed).map(Some).map_err(wrong),
        value => value.as_str().map(|text| Some(text.to_owned())).map_err(wrong),
    }
}

fn unpacked(packed: &[u8]) -> Result<String, FromSqlError> {
    let length = zstd::bulk::Decompressor::upper_bound(packed).unwrap_or(LONGEST).min(LONGEST);
    let bytes = zstd::bulk::decompress(packed, length).map_err(FromSqlError::other)?;
    String::from_utf8(bytes).map_err(FromSqlError::other)
}

/// Reads JSON.
pub(super) fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error)))
}

/// Writes JSON.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn round(text: Option<&str>) -> (Type, Option<String>) {
        let conn = Connection::open_in_memory().unwrap();
        conn.query_row("SELECT ?1", [packed(text)], |row| {
            Ok((row.get_ref(0)?.data_type(), long_text(row, 0)?))
        })
        .unwrap()
    }

    #[test]
    fn long_texts_are_packed_and_short_ones_are_not() {
        let long = "<p>Rain fell.</p>".repeat(99);
        assert_eq!(round(Some(&long)), (Type::Blob, Some(long.clone())));
        assert_eq!(round(Some("rain")), (Type::Text, Some("rain".to_owned())));
        assert_eq!(round(None), (Type::Null, None));
    }

    #[test]
    fn what_is_no_packed_text_is_an_error() {
        let conn = Connection::open_in_memory().unwrap();
        assert!(conn.query_row("SELECT x'00ff'", [], |row| long_text(row, 0)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), times in 1..200_usize) {
            let text = text.repeat(times);
            prop_assert_eq!(round(Some(&text)).1, Some(text));
        }
    }
}

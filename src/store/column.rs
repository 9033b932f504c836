//! Columns read as the types of the model.

use rusqlite::Row;
use rusqlite::types::Type;

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

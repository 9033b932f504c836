//! Windows of what holds the words that are looked for, along the index of words.
//!
//! Its rows stand in the order of time, so that the newest hits are the first met; nothing is sorted. Only what fits
//! best is: among the newest hits.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::condition::Plan;
use super::index;
use super::timeline::{Direction, Part, Reach, marked, met};
use crate::model::{Arrangement, EntryId, Listing, Place, Window};

/// Hits of which the best are found.
const CANDIDATES: usize = 2_000;

/// Hits that are looked at for them.
const LOOKS: usize = 20_000;

/// How much more a word in the title, the authors, the text tells.
const WEIGHTS: &str = "8.0, 4.0, 1.0";

/// Seconds in which half of the freshness is gone.
const HALF_LIFE: f64 = 30.0 * 24.0 * 3600.0;

/// What is looked for.
pub(super) struct Search<'a> {
    pub(super) listing: &'a Listing,
    /// What the index is asked.
    pub(super) expression: &'a str,
    /// What else is.
    pub(super) plan: &'a Plan,
    pub(super) horizon: EntryId,
}

/// Finds the places of a window: those walked back to its first, and those walked on.
pub(super) fn parts(
    conn: &Connection,
    search: &Search<'_>,
    window: Window,
    reach: Reach,
) -> rusqlite::Result<(Part, Part)> {
    let arrangement = &search.listing.arrangement;
    if *arrangement == Arrangement::Best {
        return match window {
            Window::First | Window::Last | Window::Around(_) => {
                Ok((Part::none(), best(conn, search, reach.limit)?))
            }
            Window::After(_) | Window::Before(_) => Ok((Part::none(), Part::none())),
        };
    }
    let walk = |is_forward, from| search.walk(conn, arrangement.direction(is_forward), from, reach);
    Ok(match window {
        Window::First => (Part::none(), walk(true, None)?),
        Window::Last => (walk(false, None)?, Part::none()),
        Window::After(place) => (Part::unknown(), walk(true, Some(row_of(conn, place)?))?),
        Window::Before(place) => (walk(false, Some(row_of(conn, place)?))?, Part::unknown()),
        Window::Around(place) => {
            let row = row_of(conn, place)?;
            // One step before the place, so that the walk on begins with the place itself.
            let step = if *arrangement == Arrangement::Oldest { -1 } else { 1 };
            (walk(false, Some(row))?, walk(true, Some(row + step))?)
        }
    })
}

impl Search<'_> {
    /// Writes the statement that walks from a place on.
    pub(super) fn sql(&self, columns: &str, direction: Direction, looks: usize) -> String {
        let (compare, order) = match direction {
            Direction::Newer => (">", "ASC"),
            Direction::Older => ("<", "DESC"),
        };
        let filter = &self.listing.filter;
        let feeds = filter.feeds.as_ref().map(|feeds| {
            let feeds: Vec<String> = feeds.iter().map(|feed| feed.0.to_string()).collect();
            format!(" AND status.feed IN ({})", feeds.join(", "))
        });
        format!(
            "SELECT status.time, status.id, {}{columns} FROM words CROSS JOIN indexed ON indexed.place = words.rowid \
             CROSS JOIN status ON status.id = indexed.entry \
             WHERE words MATCH ? AND words.rowid {compare} ? AND status.id <= ? AND {}{}{} \
             ORDER BY words.rowid {order} LIMIT {}",
            self.plan.rest.column(),
            marked(filter),
            feeds.unwrap_or_default(),
            self.plan.bounds,
            // One row more tells whether there is more.
            looks.saturating_add(1),
        )
    }

    fn values(&self, direction: Direction, from: Option<i64>) -> Vec<Value> {
        let end = if direction == Direction::Newer { i64::MIN } else { i64::MAX };
        let bounds = [Value::Integer(from.unwrap_or(end)), Value::Integer(self.horizon.0)];
        let expression = Value::Text(self.expression.to_owned());
        self.plan.rest.values.iter().cloned().chain([expression]).chain(bounds).collect()
    }

    fn walk(
        &self,
        conn: &Connection,
        direction: Direction,
        from: Option<i64>,
        reach: Reach,
    ) -> rusqlite::Result<Part> {
        let mut part = Part::none();
        let mut statement = conn.prepare_cached(&self.sql("", direction, reach.looks))?;
        for row in statement.query_map(params_from_iter(self.values(direction, from)), met)? {
            if !part.take(row?, reach) {
                break;
            }
        }
        Ok(part.end())
    }
}

/// Finds the best of the newest hits: those whose words are rare and stand in titles, and that are fresh.
fn best(conn: &Connection, search: &Search<'_>, limit: usize) -> rusqlite::Result<Part> {
    let sql = search.sql(&format!(", bm25(words, {WEIGHTS})"), Direction::Older, LOOKS);
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(search.values(Direction::Older, None)), |row| {
        // The index gives the less the better, and nothing above nought.
        Ok((met(row)?, -row.get::<_, f64>(3)?))
    })?;
    let fitting = found.filter(|hit| hit.as_ref().map_or(true, |(met, _)| met.fits)).take(CANDIDATES);
    let mut hits = fitting
        .map(|hit| hit.map(|(met, score)| (met.place, score)))
        .collect::<rusqlite::Result<Vec<(Place, f64)>>>()?;
    let newest = hits.first().map_or(0, |(place, _)| place.time.as_second());
    for (place, score) in &mut hits {
        #[expect(clippy::cast_precision_loss, reason = "seconds of a few centuries")]
        let age = (newest - place.time.as_second()).max(0) as f64;
        *score *= 0.5 + 0.5 * (-age / HALF_LIFE).exp2();
    }
    hits.sort_by(|a, b| b.1.total_cmp(&a.1));
    hits.truncate(limit);
    Ok(Part { places: hits.into_iter().map(|(place, _)| place).collect(), ..Part::none() })
}

/// Gives the row of the index that a place of the timeline has.
fn row_of(conn: &Connection, place: Place) -> rusqlite::Result<i64> {
    let row = conn
        .prepare_cached("SELECT place FROM indexed WHERE entry = ?1")?
        .query_row([place.id.0], |row| row.get(0))
        .optional()?;
    Ok(row.unwrap_or_else(|| index::place_of(place.time.as_second())))
}

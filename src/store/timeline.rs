//! Windows of a timeline by key: a list of a million rows costs what its visible part costs.
//!
//! First the places are walked along an index, per feed where the filter names feeds, merged
//! in order; then the rows of just those places are read.

use std::collections::BinaryHeap;

use rusqlite::{CachedStatement, Connection, Row, Rows as Found, params};

use super::column;
use crate::model::{EntryId, FeedId, Filter, Headline, Place, Rows, Status, Window};

/// Loads a window; entries that came after `horizon` stay out.
pub(super) fn window(
    conn: &Connection,
    filter: &Filter,
    window: Window,
    horizon: EntryId,
    limit: usize,
) -> rusqlite::Result<Rows> {
    let walk = |direction, from| places(conn, &Walk { filter, direction, from, horizon }, limit);
    let (newer, older) = match window {
        Window::Newest => (Part::none(), walk(Direction::Older, None)?),
        Window::Oldest => (walk(Direction::Newer, None)?, Part::none()),
        Window::OlderThan(place) => (Part::unknown(), walk(Direction::Older, Some(place))?),
        Window::NewerThan(place) => (walk(Direction::Newer, Some(place))?, Part::unknown()),
        Window::Around(place) => {
            let newer = walk(Direction::Newer, Some(place))?;
            // One step newer than the place, so that the walk back begins with the place itself.
            let from = Place { time: place.time, id: EntryId(place.id.0.saturating_add(1)) };
            (newer, walk(Direction::Older, Some(from))?)
        }
    };
    let places = newer.places.iter().rev().chain(&older.places);
    let headlines = places.map(|place| headline(conn, *place)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Rows { headlines, more_newer: newer.more, more_older: older.more })
}

/// Gives the id of the latest arrival: the horizon of a timeline loaded now.
pub(super) fn horizon(conn: &Connection) -> rusqlite::Result<EntryId> {
    conn.prepare_cached("SELECT coalesce(max(id), 0) FROM status")?
        .query_row([], |row| row.get(0).map(EntryId))
}

/// Builds the condition of a filter over `status`, without feeds and bounds.
pub(super) fn condition(filter: &Filter) -> String {
    let mut sql = String::from("listed = 1");
    match filter.read {
        Some(true) => sql.push_str(" AND read = 1"),
        Some(false) => sql.push_str(" AND read = 0"),
        None => {}
    }
    match filter.saved {
        Some(true) => sql.push_str(" AND saved = 1"),
        Some(false) => sql.push_str(" AND saved = 0"),
        None => {}
    }
    sql
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Newer,
    Older,
}

struct Walk<'a> {
    filter: &'a Filter,
    direction: Direction,
    from: Option<Place>,
    horizon: EntryId,
}

impl Walk<'_> {
    fn sql(&self, of_feed: bool, limit: usize) -> String {
        let (compare, order) = match self.direction {
            Direction::Newer => (">", "ASC"),
            Direction::Older => ("<", "DESC"),
        };
        let feed = if of_feed { " AND feed = ?4" } else { "" };
        format!(
            "SELECT time, id FROM status WHERE {} AND (time, id) {compare} (?1, ?2) AND id <= ?3{feed} \
             ORDER BY time {order}, id {order} LIMIT {limit}",
            condition(self.filter)
        )
    }

    fn bounds(&self) -> (i64, i64) {
        match (self.from, self.direction) {
            (Some(place), _) => (place.time.as_second(), place.id.0),
            (None, Direction::Newer) => (i64::MIN, i64::MIN),
            (None, Direction::Older) => (i64::MAX, i64::MAX),
        }
    }
}

/// Places in the order walked, and whether the walk could go on.
struct Part {
    places: Vec<Place>,
    more: bool,
}

impl Part {
    fn none() -> Part {
        Part { places: Vec::new(), more: false }
    }

    /// The side the window was loaded from: there is at least the row it hangs on.
    fn unknown() -> Part {
        Part { places: Vec::new(), more: true }
    }
}

fn places(conn: &Connection, walk: &Walk<'_>, limit: usize) -> rusqlite::Result<Part> {
    // One row more than asked tells whether there is more.
    let mut places = match &walk.filter.feeds {
        None => of_library(conn, walk, limit + 1)?,
        Some(feeds) => of_feeds(conn, walk, feeds, limit + 1)?,
    };
    let more = places.len() > limit;
    places.truncate(limit);
    Ok(Part { places, more })
}

fn of_library(conn: &Connection, walk: &Walk<'_>, limit: usize) -> rusqlite::Result<Vec<Place>> {
    let (time, id) = walk.bounds();
    conn.prepare_cached(&walk.sql(false, limit))?
        .query_map(params![time, id, walk.horizon.0], place)?
        .collect()
}

/// Merges the feeds' own orders: reads one row of each feed, and the rows that are taken.
fn of_feeds(
    conn: &Connection,
    walk: &Walk<'_>,
    feeds: &[FeedId],
    limit: usize,
) -> rusqlite::Result<Vec<Place>> {
    let (time, id) = walk.bounds();
    let sql = walk.sql(true, limit);
    let mut statements = feeds
        .iter()
        .map(|_| conn.prepare_cached(&sql))
        .collect::<rusqlite::Result<Vec<CachedStatement<'_>>>>()?;
    let mut found = statements
        .iter_mut()
        .zip(feeds)
        .map(|(statement, feed)| statement.query(params![time, id, walk.horizon.0, feed.0]))
        .collect::<rusqlite::Result<Vec<Found<'_>>>>()?;

    let mut heads = BinaryHeap::with_capacity(found.len());
    for (source, rows) in found.iter_mut().enumerate() {
        if let Some(place) = next(rows)? {
            heads.push((Rank::new(place, walk.direction), source));
        }
    }
    let mut merged = Vec::new();
    while merged.len() < limit
        && let Some((rank, source)) = heads.pop()
    {
        merged.push(rank.place);
        if let Some(place) = next(&mut found[source])? {
            heads.push((Rank::new(place, walk.direction), source));
        }
    }
    Ok(merged)
}

/// Orders places so that the heap's greatest is the next one of the walk.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    key: (i64, i64),
    place: Place,
}

impl Rank {
    fn new(place: Place, direction: Direction) -> Rank {
        let (time, id) = (place.time.as_second(), place.id.0);
        let key = match direction {
            Direction::Older => (time, id),
            Direction::Newer => (-time, -id),
        };
        Rank { key, place }
    }
}

fn next(rows: &mut Found<'_>) -> rusqlite::Result<Option<Place>> {
    rows.next()?.map(place).transpose()
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { time: column::timestamp(row, 0)?, id: EntryId(row.get(1)?) })
}

fn headline(conn: &Connection, place: Place) -> rusqlite::Result<Headline> {
    conn.prepare_cached(
        "SELECT s.feed, e.title, e.link, s.read, s.saved FROM status s JOIN entry e ON e.id = s.id WHERE s.id = ?1",
    )?
    .query_row([place.id.0], |row| {
        Ok(Headline {
            id: place.id,
            feed: FeedId(row.get(0)?),
            time: place.time,
            title: row.get(1)?,
            link: column::url(row, 2)?,
            status: Status { read: row.get(3)?, saved: row.get(4)? },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Mark;
    use crate::store::sample::{self, at, entries};
    use crate::store::{marks, open};

    const ALL: EntryId = EntryId(i64::MAX);

    fn titles(rows: &Rows) -> Vec<&str> {
        rows.headlines.iter().map(|h| h.title.as_str()).collect()
    }

    fn two_feeds() -> Connection {
        let mut conn = open::in_memory();
        let a = sample::feed(&mut conn, "http://a.test/");
        let b = sample::feed(&mut conn, "http://b.test/");
        sample::ingest(&mut conn, a, &entries(&[("a1", 10), ("a2", 30), ("a3", 50)]));
        sample::ingest(&mut conn, b, &entries(&[("b1", 20), ("b2", 40), ("b3", 50)]));
        conn
    }

    #[test]
    fn the_newest_come_first_and_more_is_told() {
        let rows = window(&two_feeds(), &Filter::default(), Window::Newest, ALL, 3).unwrap();
        assert_eq!(titles(&rows), ["b3", "a3", "b2"]);
        assert_eq!((rows.more_newer, rows.more_older), (false, true));
    }

    #[test]
    fn windows_join_without_gap_or_repeat() {
        let conn = two_feeds();
        let filter = Filter::default();
        let first = window(&conn, &filter, Window::Newest, ALL, 2).unwrap();
        let from = Window::OlderThan(first.headlines[1].place());
        let second = window(&conn, &filter, from, ALL, 9).unwrap();
        assert_eq!(titles(&first), ["b3", "a3"]);
        assert_eq!(titles(&second), ["b2", "a2", "b1", "a1"]);
        let back = window(&conn, &filter, Window::NewerThan(second.headlines[0].place()), ALL, 1).unwrap();
        assert_eq!(titles(&back), ["a3"]);
        assert!(back.more_newer);
    }

    #[test]
    fn a_window_around_a_place_holds_it_once() {
        let conn = two_feeds();
        let all = window(&conn, &Filter::default(), Window::Newest, ALL, 9).unwrap();
        let around = Window::Around(all.headlines[2].place());
        let rows = window(&conn, &Filter::default(), around, ALL, 2).unwrap();
        assert_eq!(titles(&rows), ["b3", "a3", "b2", "a2"]);
    }

    #[test]
    fn feeds_are_merged_by_time() {
        let conn = two_feeds();
        let filter = Filter { feeds: Some(vec![FeedId(1), FeedId(2)]), ..Filter::default() };
        let merged = window(&conn, &filter, Window::Newest, ALL, 9).unwrap();
        assert_eq!(merged, window(&conn, &Filter::default(), Window::Newest, ALL, 9).unwrap());
        let oldest = window(&conn, &filter, Window::Oldest, ALL, 2).unwrap();
        assert_eq!(titles(&oldest), ["b1", "a1"]);
    }

    #[test]
    fn what_arrived_behind_the_horizon_stays_out() {
        let mut conn = two_feeds();
        let seen = horizon(&conn).unwrap();
        sample::ingest(&mut conn, FeedId(1), &entries(&[("late", 60)]));
        let rows = window(&conn, &Filter::default(), Window::Newest, seen, 1).unwrap();
        assert_eq!(titles(&rows), ["b3"]);
    }

    #[test]
    fn unread_leaves_read_entries_out() {
        let mut conn = two_feeds();
        let all = window(&conn, &Filter::default(), Window::Newest, ALL, 9).unwrap();
        sample::transact(&mut conn, |tx| marks::mark(tx, &[all.headlines[0].id], Mark::Read, at(99)));
        let unread = Filter { read: Some(false), ..Filter::default() };
        let rows = window(&conn, &unread, Window::Newest, ALL, 2).unwrap();
        assert_eq!(titles(&rows), ["a3", "b2"]);
    }

    #[test]
    fn every_walk_runs_along_an_index_without_sorting() {
        let conn = two_feeds();
        for read in [None, Some(true), Some(false)] {
            for saved in [None, Some(true)] {
                for of_feed in [false, true] {
                    for direction in [Direction::Newer, Direction::Older] {
                        let filter = Filter { feeds: None, read, saved };
                        let walk = Walk { filter: &filter, direction, from: None, horizon: ALL };
                        let plan = sample::plan(&conn, &walk.sql(of_feed, 10));
                        assert!(
                            plan.contains("USING COVERING INDEX") || plan.contains("USING INDEX"),
                            "{plan}"
                        );
                        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
                    }
                }
            }
        }
    }
}

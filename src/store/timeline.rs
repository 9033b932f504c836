//! Windows of a timeline by key: a list of a million rows costs what its visible part costs.
//!
//! First the places are walked along an index, per feed where the filter names feeds, merged
//! in order; then the rows of just those places are read. What asks for words is walked in `hits`.

use std::collections::BinaryHeap;

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, Rows as Found, params_from_iter};

use super::condition::{self, Clause};
use super::{column, hits};
use crate::model::{Arrangement, EntryId, FeedId, Filter, Headline, Listing, Place, Rows, Status, Window};

/// More rows than any library has, for lists that are wanted whole.
const MOST: usize = 1 << 40;

/// Loads a window; entries that came after `horizon` stay out.
pub(super) fn window(
    conn: &Connection,
    listing: &Listing,
    window: Window,
    horizon: EntryId,
    limit: usize,
) -> rusqlite::Result<Rows> {
    let (before, after) = parts(conn, listing, window, horizon, limit)?;
    let places = before.places.iter().rev().chain(&after.places);
    let headlines = places.map(|place| headline(conn, *place)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Rows { headlines, more_before: before.more, more_after: after.more })
}

/// Finds the places of a window: those walked back to its first, and those walked on.
fn parts(
    conn: &Connection,
    listing: &Listing,
    window: Window,
    horizon: EntryId,
    limit: usize,
) -> rusqlite::Result<(Part, Part)> {
    let Listing { filter, arrangement } = listing;
    let (expression, rest) = condition::parts(filter);
    if let Some(expression) = expression {
        return hits::parts(conn, &hits::Search { listing, expression, rest, horizon }, window, limit);
    }
    let walk = |is_forward, from| {
        let direction = arrangement.direction(is_forward);
        places(conn, &Walk { filter, rest: &rest, direction, from, horizon }, arrangement, limit)
    };
    Ok(match window {
        Window::First => (Part::none(), walk(true, None)?),
        Window::Last => (walk(false, None)?, Part::none()),
        Window::After(place) => (Part::unknown(), walk(true, Some(place))?),
        Window::Before(place) => (walk(false, Some(place))?, Part::unknown()),
        Window::Around(place) => {
            let before = walk(false, Some(place))?;
            // One step before the place, so that the walk on begins with the place itself.
            let step = if *arrangement == Arrangement::Oldest { -1 } else { 1 };
            let from = Place { time: place.time, id: EntryId(place.id.0.saturating_add(step)) };
            let after = match arrangement {
                Arrangement::Feeds(feeds) => {
                    let direction = Direction::Older;
                    let walk = Walk { filter, rest: &rest, direction, from: Some(from), horizon };
                    by_feed(conn, &walk, feeds, feed_of(conn, place.id)?, limit)?
                }
                Arrangement::Newest | Arrangement::Oldest | Arrangement::Best => walk(true, Some(from))?,
            };
            (before, after)
        }
    })
}

/// Lists the entries of a part of a timeline, in its order; the horizon as of a window.
pub(super) fn entries(
    conn: &Connection,
    listing: &Listing,
    part: Window,
    horizon: EntryId,
) -> rusqlite::Result<Vec<EntryId>> {
    let (before, after) = parts(conn, listing, part, horizon, MOST)?;
    Ok(before.places.iter().rev().chain(&after.places).map(|place| place.id).collect())
}

/// Gives the id of the latest arrival: the horizon of a timeline loaded now.
pub(super) fn horizon(conn: &Connection) -> rusqlite::Result<EntryId> {
    conn.prepare_cached("SELECT coalesce(max(id), 0) FROM status")?
        .query_row([], |row| row.get(0).map(EntryId))
}

/// Builds the condition of a filter's marks over `status`.
pub(super) fn marked(filter: &Filter) -> String {
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

/// Which way a walk along an index goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Newer,
    Older,
}

impl Arrangement {
    /// Tells which way to walk through rows as they stand, or back.
    pub(super) fn direction(&self, is_forward: bool) -> Direction {
        if (*self == Arrangement::Oldest) == is_forward { Direction::Newer } else { Direction::Older }
    }
}

#[derive(Clone, Copy)]
struct Walk<'a> {
    filter: &'a Filter,
    rest: &'a Clause,
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
            "SELECT time, id FROM status WHERE {} AND (time, id) {compare} (?1, ?2) AND id <= ?3{feed}{} \
             ORDER BY time {order}, id {order} LIMIT {limit}",
            marked(self.filter),
            self.rest.and()
        )
    }

    /// Gives what the statement asks for: from where, the feed where there is one, and what the condition needs.
    fn values(&self, (time, id): (i64, i64), feed: Option<FeedId>) -> Vec<Value> {
        let bounds = [time, id, self.horizon.0].into_iter().chain(feed.map(|feed| feed.0));
        bounds.map(Value::Integer).chain(self.rest.values.iter().cloned()).collect()
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
pub(super) struct Part {
    pub(super) places: Vec<Place>,
    pub(super) more: bool,
}

impl Part {
    pub(super) fn none() -> Part {
        Part { places: Vec::new(), more: false }
    }

    /// Takes what a walk found; one place more than the limit tells that it could go on.
    pub(super) fn of(mut places: Vec<Place>, limit: usize) -> Part {
        let more = places.len() > limit;
        places.truncate(limit);
        Part { places, more }
    }

    /// The side the window was loaded from: there is at least the row it hangs on.
    pub(super) fn unknown() -> Part {
        Part { places: Vec::new(), more: true }
    }
}

fn places(
    conn: &Connection,
    walk: &Walk<'_>,
    arrangement: &Arrangement,
    limit: usize,
) -> rusqlite::Result<Part> {
    if let Arrangement::Feeds(feeds) = arrangement {
        let from = walk.from.map(|place| feed_of(conn, place.id)).transpose()?.flatten();
        return by_feed(conn, walk, feeds, from, limit);
    }
    // One row more than asked tells whether there is more.
    let places = match &walk.filter.feeds {
        None => of_library(conn, walk, limit + 1)?,
        Some(feeds) => of_feeds(conn, walk, feeds, limit + 1)?,
    };
    Ok(Part::of(places, limit))
}

/// Walks feed by feed, on from a place in one of them.
fn by_feed(
    conn: &Connection,
    walk: &Walk<'_>,
    order: &[FeedId],
    from: Option<FeedId>,
    limit: usize,
) -> rusqlite::Result<Part> {
    let mut feeds = match &walk.filter.feeds {
        Some(feeds) => feeds.clone(),
        None => with_entries(conn)?,
    };
    feeds.sort_by_cached_key(|feed| Arrangement::rank(order, *feed));
    if walk.direction == Direction::Newer {
        feeds.reverse();
    }
    let begin = from.and_then(|from| feeds.iter().position(|feed| *feed == from));
    let sql = walk.sql(true, limit + 1);
    let mut places = Vec::new();
    for feed in feeds.iter().skip(begin.unwrap_or(0)) {
        let bounds = if from == Some(*feed) { walk.bounds() } else { Walk { from: None, ..*walk }.bounds() };
        let mut statement = conn.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(walk.values(bounds, Some(*feed))), place)?;
        for place in found {
            places.push(place?);
            if places.len() > limit {
                return Ok(Part::of(places, limit));
            }
        }
    }
    Ok(Part::of(places, limit))
}

fn with_entries(conn: &Connection) -> rusqlite::Result<Vec<FeedId>> {
    conn.prepare_cached("SELECT feed FROM feed_count WHERE total > 0")?
        .query_map([], |row| row.get(0).map(FeedId))?
        .collect()
}

fn feed_of(conn: &Connection, entry: EntryId) -> rusqlite::Result<Option<FeedId>> {
    let mut statement = conn.prepare_cached("SELECT feed FROM status WHERE id = ?1")?;
    statement.query_row([entry.0], |row| row.get(0).map(FeedId)).optional()
}

fn of_library(conn: &Connection, walk: &Walk<'_>, limit: usize) -> rusqlite::Result<Vec<Place>> {
    conn.prepare_cached(&walk.sql(false, limit))?
        .query_map(params_from_iter(walk.values(walk.bounds(), None)), place)?
        .collect()
}

/// Merges the feeds' own orders: reads one row of each feed, and the rows that are taken.
fn of_feeds(
    conn: &Connection,
    walk: &Walk<'_>,
    feeds: &[FeedId],
    limit: usize,
) -> rusqlite::Result<Vec<Place>> {
    let sql = walk.sql(true, limit);
    let mut statements = feeds
        .iter()
        .map(|_| conn.prepare_cached(&sql))
        .collect::<rusqlite::Result<Vec<CachedStatement<'_>>>>()?;
    let mut found = statements
        .iter_mut()
        .zip(feeds)
        .map(|(statement, feed)| statement.query(params_from_iter(walk.values(walk.bounds(), Some(*feed)))))
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

pub(super) fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
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
        let rows = window(&two_feeds(), &Listing::default(), Window::First, ALL, 3).unwrap();
        assert_eq!(titles(&rows), ["b3", "a3", "b2"]);
        assert_eq!((rows.more_before, rows.more_after), (false, true));
    }

    #[test]
    fn windows_join_without_gap_or_repeat() {
        let conn = two_feeds();
        let filter = Filter::default();
        let first = window(&conn, &filter.clone().into(), Window::First, ALL, 2).unwrap();
        let from = Window::After(first.headlines[1].place());
        let second = window(&conn, &filter.clone().into(), from, ALL, 9).unwrap();
        assert_eq!(titles(&first), ["b3", "a3"]);
        assert_eq!(titles(&second), ["b2", "a2", "b1", "a1"]);
        let back = window(&conn, &filter.clone().into(), Window::Before(second.headlines[0].place()), ALL, 1)
            .unwrap();
        assert_eq!(titles(&back), ["a3"]);
        assert!(back.more_before);
    }

    #[test]
    fn a_window_around_a_place_holds_it_once() {
        let conn = two_feeds();
        let all = window(&conn, &Listing::default(), Window::First, ALL, 9).unwrap();
        let around = Window::Around(all.headlines[2].place());
        let rows = window(&conn, &Listing::default(), around, ALL, 2).unwrap();
        assert_eq!(titles(&rows), ["b3", "a3", "b2", "a2"]);
    }

    #[test]
    fn feeds_are_merged_by_time() {
        let conn = two_feeds();
        let filter = Filter { feeds: Some(vec![FeedId(1), FeedId(2)]), ..Filter::default() };
        let merged = window(&conn, &filter.clone().into(), Window::First, ALL, 9).unwrap();
        assert_eq!(merged, window(&conn, &Listing::default(), Window::First, ALL, 9).unwrap());
        let oldest = window(&conn, &filter.clone().into(), Window::Last, ALL, 2).unwrap();
        assert_eq!(titles(&oldest), ["b1", "a1"]);
    }

    #[test]
    fn the_oldest_may_come_first_and_windows_join() {
        let conn = two_feeds();
        let listing = Listing { arrangement: Arrangement::Oldest, ..Listing::default() };
        let first = window(&conn, &listing, Window::First, ALL, 4).unwrap();
        assert_eq!(titles(&first), ["a1", "b1", "a2", "b2"]);
        assert_eq!((first.more_before, first.more_after), (false, true));
        let place = first.headlines[2].place();
        let around = window(&conn, &listing, Window::Around(place), ALL, 2).unwrap();
        assert_eq!(titles(&around), ["a1", "b1", "a2", "b2"]);
        let rest = window(&conn, &listing, Window::After(first.headlines[3].place()), ALL, 9).unwrap();
        assert_eq!(titles(&rest), ["a3", "b3"]);
        let last = window(&conn, &listing, Window::Last, ALL, 1).unwrap();
        assert_eq!(titles(&last), ["b3"]);
    }

    #[test]
    fn feeds_may_stand_one_behind_the_other_and_windows_join() {
        let conn = two_feeds();
        let arrangement = Arrangement::Feeds(vec![FeedId(2), FeedId(1)]);
        let listing = Listing { arrangement, ..Listing::default() };
        let whole = window(&conn, &listing, Window::First, ALL, 9).unwrap();
        assert_eq!(titles(&whole), ["b3", "b2", "b1", "a3", "a2", "a1"]);
        for (at, headline) in whole.headlines.iter().enumerate() {
            let place = headline.place();
            let titles_of = |part| titles(&window(&conn, &listing, part, ALL, 9).unwrap()).join(" ");
            let all = titles(&whole);
            assert_eq!(titles_of(Window::After(place)), all[at + 1..].join(" "));
            assert_eq!(titles_of(Window::Before(place)), all[..at].join(" "));
            assert_eq!(titles_of(Window::Around(place)), all.join(" "));
        }
        let last = window(&conn, &listing, Window::Last, ALL, 4).unwrap();
        assert_eq!(titles(&last), ["b1", "a3", "a2", "a1"]);
        assert!(last.more_before && !last.more_after);
        let unread = Filter { feeds: Some(vec![FeedId(1)]), ..Filter::default() };
        let one = window(&conn, &Listing { filter: unread, ..listing }, Window::First, ALL, 2).unwrap();
        assert_eq!(titles(&one), ["a3", "a2"]);
        assert!(one.more_after);
    }

    #[test]
    fn what_arrived_behind_the_horizon_stays_out() {
        let mut conn = two_feeds();
        let seen = horizon(&conn).unwrap();
        sample::ingest(&mut conn, FeedId(1), &entries(&[("late", 60)]));
        let rows = window(&conn, &Listing::default(), Window::First, seen, 1).unwrap();
        assert_eq!(titles(&rows), ["b3"]);
    }

    #[test]
    fn unread_leaves_read_entries_out() {
        let mut conn = two_feeds();
        let all = window(&conn, &Listing::default(), Window::First, ALL, 9).unwrap();
        sample::transact(&mut conn, |tx| marks::mark(tx, &[all.headlines[0].id], Mark::Read, at(99)));
        let unread = Filter { read: Some(false), ..Filter::default() };
        let rows = window(&conn, &unread.into(), Window::First, ALL, 2).unwrap();
        assert_eq!(titles(&rows), ["a3", "b2"]);
    }

    #[test]
    fn every_walk_runs_along_an_index_without_sorting() {
        let conn = two_feeds();
        for read in [None, Some(true), Some(false)] {
            for saved in [None, Some(true)] {
                for of_feed in [false, true] {
                    for direction in [Direction::Newer, Direction::Older] {
                        let filter = Filter { read, saved, ..Filter::default() };
                        let rest = &Clause::default();
                        let walk = Walk { filter: &filter, rest, direction, from: None, horizon: ALL };
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

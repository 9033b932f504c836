//! Windows of a timeline by key: a list of a million rows costs what its visible part costs.
//!
//! First the places are walked along an index, per feed where the filter names feeds, merged
//! in order; then the rows of just those places are read. What asks for words is walked in `hits`.
//!
//! What no index serves is looked for row by row: a walk goes so many rows and no further, and tells where it stands,
//! so that hits can be shown as they come.

use std::collections::BinaryHeap;

use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, Rows as Found, params_from_iter};

use super::condition::{self, Plan};
use super::{column, hits};
use crate::model::{
    Arrangement, EntryId, FeedId, Filter, Headline, Labels, Listing, Place, Rows, Status, Window,
};

/// More rows than any library has, for lists that are wanted whole.
const MOST: usize = 1 << 40;

/// How far a walk goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// The rows that are wanted.
    pub(super) limit: usize,
    /// The rows that are looked at for them.
    pub(super) looks: usize,
}

impl Reach {
    /// Looks at as many rows as it takes.
    pub(super) fn to(limit: usize) -> Reach {
        Reach { limit, looks: MOST }
    }
}

/// Loads a window; entries that came after `horizon` stay out.
pub(super) fn window(
    conn: &Connection,
    listing: &Listing,
    window: Window,
    horizon: EntryId,
    reach: Reach,
) -> rusqlite::Result<Rows> {
    let (before, after) = parts(conn, listing, window, horizon, reach)?;
    let places = before.places.iter().rev().chain(&after.places);
    let headlines = places.map(|place| headline(conn, *place)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Rows {
        headlines,
        more_before: before.more,
        more_after: after.more,
        looked_before: before.looked,
        looked_after: after.looked,
    })
}

/// Finds the places of a window: those walked back to its first, and those walked on.
fn parts(
    conn: &Connection,
    listing: &Listing,
    window: Window,
    horizon: EntryId,
    reach: Reach,
) -> rusqlite::Result<(Part, Part)> {
    let Listing { filter, arrangement } = listing;
    let plan = &condition::plan(filter);
    if let Some(expression) = &plan.expression {
        return hits::parts(conn, &hits::Search { listing, expression, plan, horizon }, window, reach);
    }
    let walk = |is_forward, from| {
        let direction = arrangement.direction(is_forward);
        places(conn, &Walk { filter, plan, direction, from, horizon, reach }, arrangement)
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
                    let walk = Walk { filter, plan, direction, from: Some(from), horizon, reach };
                    by_feed(conn, &walk, feeds, feed_of(conn, place.id)?)?
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
    let (before, after) = parts(conn, listing, part, horizon, Reach::to(MOST))?;
    Ok(before.places.iter().rev().chain(&after.places).map(|place| place.id).collect())
}

/// Gives the id of the latest arrival: the horizon of a timeline loaded now.
pub(super) fn horizon(conn: &Connection) -> rusqlite::Result<EntryId> {
    conn.prepare_cached("SELECT coalesce(max(id), 0) FROM status")?
        .query_row([], |row| row.get(0).map(EntryId))
}

/// Builds the condition of a filter's marks over `status`.
pub(super) fn marked(filter: &Filter) -> String {
    let mut sql = String::from(if filter.is_hidden { "hidden = 1" } else { "listed = 1" });
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
    plan: &'a Plan,
    direction: Direction,
    from: Option<Place>,
    horizon: EntryId,
    reach: Reach,
}

impl Walk<'_> {
    fn sql(&self, of_feed: bool) -> String {
        let (compare, order) = match self.direction {
            Direction::Newer => (">", "ASC"),
            Direction::Older => ("<", "DESC"),
        };
        let feed = if of_feed { " AND feed = ?" } else { "" };
        format!(
            "SELECT time, id, {} FROM status WHERE {} AND (time, id) {compare} (?, ?) AND id <= ?{feed}{} \
             ORDER BY time {order}, id {order} LIMIT {}",
            self.plan.rest.column(),
            marked(self.filter),
            self.plan.bounds,
            // One row more tells whether there is more.
            self.reach.looks.saturating_add(1),
        )
    }

    /// Gives what the statement asks for: what the condition needs, from where, and the feed where there is one.
    fn values(&self, (time, id): (i64, i64), feed: Option<FeedId>) -> Vec<Value> {
        let bounds = [time, id, self.horizon.0].into_iter().chain(feed.map(|feed| feed.0));
        self.plan.rest.values.iter().cloned().chain(bounds.map(Value::Integer)).collect()
    }

    fn bounds(&self) -> (i64, i64) {
        match (self.from, self.direction) {
            (Some(place), _) => (place.time.as_second(), place.id.0),
            (None, Direction::Newer) => (i64::MIN, i64::MIN),
            (None, Direction::Older) => (i64::MAX, i64::MAX),
        }
    }
}

/// A row met on a walk.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub(super) place: Place,
    /// It is what is looked for.
    pub(super) fits: bool,
}

/// Places in the order walked, and whether the walk could go on.
#[derive(Default)]
pub(super) struct Part {
    pub(super) places: Vec<Place>,
    pub(super) more: bool,
    /// Where the walk ended, where it went as far as it may.
    pub(super) looked: Option<Place>,
    pub(super) looks: usize,
}

impl Part {
    pub(super) fn none() -> Part {
        Part::default()
    }

    /// The side the window was loaded from: there is at least the row it hangs on.
    pub(super) fn unknown() -> Part {
        Part { more: true, ..Part::default() }
    }

    /// Takes the next row met; tells whether the walk goes on.
    pub(super) fn take(&mut self, met: Met, reach: Reach) -> bool {
        let is_enough = self.places.len() >= reach.limit && met.fits;
        if is_enough || self.looks >= reach.looks {
            self.more = true;
            return false;
        }
        self.looks += 1;
        // Unless it ends here, the next row tells more.
        self.looked = (self.looks >= reach.looks).then_some(met.place);
        if met.fits {
            self.places.push(met.place);
        }
        true
    }

    /// Ends the walk: where there is no more, it did not stop anywhere.
    pub(super) fn end(mut self) -> Part {
        if !self.more {
            self.looked = None;
        }
        self
    }
}

fn places(conn: &Connection, walk: &Walk<'_>, arrangement: &Arrangement) -> rusqlite::Result<Part> {
    if let Arrangement::Feeds(feeds) = arrangement {
        let from = walk.from.map(|place| feed_of(conn, place.id)).transpose()?.flatten();
        return by_feed(conn, walk, feeds, from);
    }
    match &walk.filter.feeds {
        None => of_library(conn, walk),
        Some(feeds) => of_feeds(conn, walk, feeds),
    }
}

/// Walks feed by feed, on from a place in one of them.
fn by_feed(
    conn: &Connection,
    walk: &Walk<'_>,
    order: &[FeedId],
    from: Option<FeedId>,
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
    let sql = walk.sql(true);
    let mut part = Part::none();
    for feed in feeds.iter().skip(begin.unwrap_or(0)) {
        let bounds = if from == Some(*feed) { walk.bounds() } else { Walk { from: None, ..*walk }.bounds() };
        let mut statement = conn.prepare_cached(&sql)?;
        for row in statement.query_map(params_from_iter(walk.values(bounds, Some(*feed))), met)? {
            if !part.take(row?, walk.reach) {
                return Ok(part.end());
            }
        }
    }
    Ok(part.end())
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

fn of_library(conn: &Connection, walk: &Walk<'_>) -> rusqlite::Result<Part> {
    let mut part = Part::none();
    let mut statement = conn.prepare_cached(&walk.sql(false))?;
    for row in statement.query_map(params_from_iter(walk.values(walk.bounds(), None)), met)? {
        if !part.take(row?, walk.reach) {
            break;
        }
    }
    Ok(part.end())
}

/// Merges the feeds' own orders: reads one row of each feed, and the rows that are taken.
fn of_feeds(conn: &Connection, walk: &Walk<'_>, feeds: &[FeedId]) -> rusqlite::Result<Part> {
    let sql = walk.sql(true);
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
        if let Some(met) = next(rows)? {
            heads.push((Rank::new(met, walk.direction), source));
        }
    }
    let mut part = Part::none();
    while let Some((rank, source)) = heads.pop()
        && part.take(rank.met(), walk.reach)
    {
        if let Some(met) = next(&mut found[source])? {
            heads.push((Rank::new(met, walk.direction), source));
        }
    }
    Ok(part.end())
}

/// Orders rows so that the heap's greatest is the next one of the walk.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    key: (i64, i64),
    place: Place,
    fits: bool,
}

impl Rank {
    fn new(Met { place, fits }: Met, direction: Direction) -> Rank {
        let (time, id) = (place.time.as_second(), place.id.0);
        let key = match direction {
            Direction::Older => (time, id),
            Direction::Newer => (-time, -id),
        };
        Rank { key, place, fits }
    }

    fn met(&self) -> Met {
        Met { place: self.place, fits: self.fits }
    }
}

fn next(rows: &mut Found<'_>) -> rusqlite::Result<Option<Met>> {
    rows.next()?.map(met).transpose()
}

pub(super) fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { time: column::timestamp(row, 0)?, id: EntryId(row.get(1)?) })
}

pub(super) fn met(row: &Row<'_>) -> rusqlite::Result<Met> {
    let place = place(row)?;
    // What is not known does not hold.
    Ok(Met { place, fits: row.get::<_, Option<bool>>(2)?.unwrap_or_default() })
}

fn headline(conn: &Connection, place: Place) -> rusqlite::Result<Headline> {
    conn.prepare_cached(
        "SELECT s.feed, e.title, e.link, s.read, s.saved, s.highlighted, \
         (SELECT group_concat(name, char(10) ORDER BY name) FROM tag WHERE tag.entry = s.id) FROM status s JOIN entry e ON e.id = s.id WHERE s.id = ?1",
    )?
    .query_row([place.id.0], |row| {
        Ok(Headline {
            id: place.id,
            feed: FeedId(row.get(0)?),
            time: place.time,
            title: row.get(1)?,
            link: column::url(row, 2)?,
            status: Status { read: row.get(3)?, saved: row.get(4)? },
            labels: Labels { tags: tags(row, 6)?, is_highlighted: row.get(5)? },
        })
    })
}

fn tags(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let joined: Option<String> = row.get(column)?;
    Ok(joined.map(|tags| tags.lines().map(str::to_owned).collect()).unwrap_or_default())
}

/// Counts the entries of a filter, up to so many, looking at no more than so many; tells whether there may be more.
pub(super) fn count(conn: &Connection, filter: &Filter, reach: Reach) -> rusqlite::Result<(usize, bool)> {
    let listing = Listing::from(filter.clone());
    let (_, part) = parts(conn, &listing, Window::First, EntryId(i64::MAX), reach)?;
    Ok((part.places.len(), part.more))
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
        let rows = window(&two_feeds(), &Listing::default(), Window::First, ALL, Reach::to(3)).unwrap();
        assert_eq!(titles(&rows), ["b3", "a3", "b2"]);
        assert_eq!((rows.more_before, rows.more_after), (false, true));
    }

    #[test]
    fn windows_join_without_gap_or_repeat() {
        let conn = two_feeds();
        let filter = Filter::default();
        let first = window(&conn, &filter.clone().into(), Window::First, ALL, Reach::to(2)).unwrap();
        let from = Window::After(first.headlines[1].place());
        let second = window(&conn, &filter.clone().into(), from, ALL, Reach::to(9)).unwrap();
        assert_eq!(titles(&first), ["b3", "a3"]);
        assert_eq!(titles(&second), ["b2", "a2", "b1", "a1"]);
        let back = window(
            &conn,
            &filter.clone().into(),
            Window::Before(second.headlines[0].place()),
            ALL,
            Reach::to(1),
        )
        .unwrap();
        assert_eq!(titles(&back), ["a3"]);
        assert!(back.more_before);
    }

    #[test]
    fn a_window_around_a_place_holds_it_once() {
        let conn = two_feeds();
        let all = window(&conn, &Listing::default(), Window::First, ALL, Reach::to(9)).unwrap();
        let around = Window::Around(all.headlines[2].place());
        let rows = window(&conn, &Listing::default(), around, ALL, Reach::to(2)).unwrap();
        assert_eq!(titles(&rows), ["b3", "a3", "b2", "a2"]);
    }

    #[test]
    fn feeds_are_merged_by_time() {
        let conn = two_feeds();
        let filter = Filter { feeds: Some(vec![FeedId(1), FeedId(2)]), ..Filter::default() };
        let merged = window(&conn, &filter.clone().into(), Window::First, ALL, Reach::to(9)).unwrap();
        assert_eq!(merged, window(&conn, &Listing::default(), Window::First, ALL, Reach::to(9)).unwrap());
        let oldest = window(&conn, &filter.clone().into(), Window::Last, ALL, Reach::to(2)).unwrap();
        assert_eq!(titles(&oldest), ["b1", "a1"]);
    }

    #[test]
    fn the_oldest_may_come_first_and_windows_join() {
        let conn = two_feeds();
        let listing = Listing { arrangement: Arrangement::Oldest, ..Listing::default() };
        let first = window(&conn, &listing, Window::First, ALL, Reach::to(4)).unwrap();
        assert_eq!(titles(&first), ["a1", "b1", "a2", "b2"]);
        assert_eq!((first.more_before, first.more_after), (false, true));
        let place = first.headlines[2].place();
        let around = window(&conn, &listing, Window::Around(place), ALL, Reach::to(2)).unwrap();
        assert_eq!(titles(&around), ["a1", "b1", "a2", "b2"]);
        let rest =
            window(&conn, &listing, Window::After(first.headlines[3].place()), ALL, Reach::to(9)).unwrap();
        assert_eq!(titles(&rest), ["a3", "b3"]);
        let last = window(&conn, &listing, Window::Last, ALL, Reach::to(1)).unwrap();
        assert_eq!(titles(&last), ["b3"]);
    }

    #[test]
    fn feeds_may_stand_one_behind_the_other_and_windows_join() {
        let conn = two_feeds();
        let arrangement = Arrangement::Feeds(vec![FeedId(2), FeedId(1)]);
        let listing = Listing { arrangement, ..Listing::default() };
        let whole = window(&conn, &listing, Window::First, ALL, Reach::to(9)).unwrap();
        assert_eq!(titles(&whole), ["b3", "b2", "b1", "a3", "a2", "a1"]);
        for (at, headline) in whole.headlines.iter().enumerate() {
            let place = headline.place();
            let titles_of =
                |part| titles(&window(&conn, &listing, part, ALL, Reach::to(9)).unwrap()).join(" ");
            let all = titles(&whole);
            assert_eq!(titles_of(Window::After(place)), all[at + 1..].join(" "));
            assert_eq!(titles_of(Window::Before(place)), all[..at].join(" "));
            assert_eq!(titles_of(Window::Around(place)), all.join(" "));
        }
        let last = window(&conn, &listing, Window::Last, ALL, Reach::to(4)).unwrap();
        assert_eq!(titles(&last), ["b1", "a3", "a2", "a1"]);
        assert!(last.more_before && !last.more_after);
        let unread = Filter { feeds: Some(vec![FeedId(1)]), ..Filter::default() };
        let one =
            window(&conn, &Listing { filter: unread, ..listing }, Window::First, ALL, Reach::to(2)).unwrap();
        assert_eq!(titles(&one), ["a3", "a2"]);
        assert!(one.more_after);
    }

    #[test]
    fn what_arrived_behind_the_horizon_stays_out() {
        let mut conn = two_feeds();
        let seen = horizon(&conn).unwrap();
        sample::ingest(&mut conn, FeedId(1), &entries(&[("late", 60)]));
        let rows = window(&conn, &Listing::default(), Window::First, seen, Reach::to(1)).unwrap();
        assert_eq!(titles(&rows), ["b3"]);
    }

    #[test]
    fn unread_leaves_read_entries_out() {
        let mut conn = two_feeds();
        let all = window(&conn, &Listing::default(), Window::First, ALL, Reach::to(9)).unwrap();
        sample::transact(&mut conn, |tx| marks::mark(tx, &[all.headlines[0].id], Mark::Read, at(99)));
        let unread = Filter { read: Some(false), ..Filter::default() };
        let rows = window(&conn, &unread.into(), Window::First, ALL, Reach::to(2)).unwrap();
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
                        let plan = &Plan::default();
                        let reach = Reach::to(10);
                        let walk = Walk { filter: &filter, plan, direction, from: None, horizon: ALL, reach };
                        let plan = sample::plan(&conn, &walk.sql(of_feed));
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

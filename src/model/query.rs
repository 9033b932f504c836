//! What a person asks for in words, as data; `search` reads and prints it.
//!
//! A `Query` is what was said. `Query::filter` makes it plain for the store: names become feeds, days become moments.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

use super::{EntryId, FeedId, Filter, Subscriptions, Timestamp};

/// What a person asks for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Query {
    /// What must hold of an entry.
    pub condition: Condition<Term>,
    /// The order wanted, where one was said.
    pub sort: Option<Sort>,
}

/// The order of what is found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// What fits best first.
    Best,
}

/// Conditions, joined. `All` and `Any` hold two or more, and none of their own kind.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Condition<T> {
    /// Always holds.
    #[default]
    Everything,
    /// Each of them holds.
    All(Vec<Condition<T>>),
    /// One of them holds.
    Any(Vec<Condition<T>>),
    /// It does not hold.
    Not(Box<Condition<T>>),
    /// This holds.
    Is(T),
}

/// One condition as a person says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Term {
    /// Words stand in a text.
    Words(Words),
    /// `feed:NAME`: the feed's title or address holds the text.
    Feed(String),
    /// `folder:NAME`: a folder it lies in holds the text in its title.
    Folder(String),
    /// `url:TEXT`: the address it leads to holds the text.
    Url(String),
    /// `lang:de`: its text is in this language.
    Language(String),
    /// `tag:NAME`: the reader gave it this tag.
    Tag(String),
    /// `is:unread`, `is:read`, `is:saved`, `is:new`.
    Kind(Kind),
    /// `since:DAY`: it is from then on.
    Since(Day),
    /// `before:DAY`: it is from before.
    Before(Day),
    /// `newer:2d`: it is no older than that.
    Newer(Age),
    /// `older:1w`: it is older than that.
    Older(Age),
    /// `has:image` and the like.
    Has(Part),
    /// `words:>500`: its text has so many words.
    Length(Comparison, u32),
    /// `/pattern/i`: its title or its address matches.
    Matches(Pattern),
}

/// Words that stand in a text one behind the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// Where they stand; anywhere where nothing is said.
    pub place: Option<TextPlace>,
    /// The words.
    pub text: String,
    /// The last one may go on.
    pub is_prefix: bool,
}

/// A text of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextPlace {
    /// Its headline.
    Title,
    /// Its authors.
    Author,
    /// Its text.
    Body,
}

/// A kind of entry by its status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// Saved.
    Saved,
    /// Arrived since the reader was left.
    New,
    /// A rule hid it.
    Hidden,
    /// A rule made it stand out.
    Highlighted,
}

/// What an entry may come with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A picture in its text.
    Image,
    /// A file.
    Enclosure,
    /// The article of its page.
    FullText,
}

/// How a number is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// Nothing: just that number.
    Exactly,
}

/// A regular expression and what it is held against.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    /// Title or address; either where nothing is said.
    pub place: Option<PatternPlace>,
    /// The expression.
    pub expression: String,
    /// Capital and small letters are the same.
    pub ignores_case: bool,
}

/// What a regular expression is held against.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatternPlace {
    /// The headline.
    Title,
    /// The address it leads to.
    Url,
}

/// A day, or the beginning of a longer time, as a person says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Day {
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `2026`
    Year(i16),
    /// `2026-11`
    Month(i16, i8),
    /// `2026-11-22`
    Date(Date),
    /// `2026-11-22T08:30`
    Minute(DateTime),
}

/// How long ago: `2d`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Age {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: AgeUnit,
}

/// What ages are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgeUnit {
    /// `min`
    Minute,
    /// `h`
    Hour,
    /// `d`
    Day,
    /// `w`
    Week,
    /// `mo`: 30 days
    Month,
    /// `y`: 365 days
    Year,
}

/// One condition made plain for the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// Words stand in a text.
    Words(Words),
    /// It came with one of these feeds.
    Feeds(Vec<FeedId>),
    /// The address it leads to holds the text.
    Url(String),
    /// Its text is in this language.
    Language(String),
    /// The reader gave it this tag.
    Tag(String),
    /// It was read, or not.
    Read(bool),
    /// It is saved.
    Saved,
    /// A rule hid it.
    Hidden,
    /// A rule made it stand out.
    Highlighted,
    /// It arrived after this entry.
    ArrivedAfter(EntryId),
    /// It is from then on.
    Since(Timestamp),
    /// It is from before.
    Before(Timestamp),
    /// It comes with this.
    Has(Part),
    /// Its text has so many words.
    Length(Comparison, u32),
    /// Its title or its address matches.
    Matches(Pattern),
}

/// When and where something is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The moment.
    pub now: Timestamp,
    /// Where days begin.
    pub zone: TimeZone,
    /// The latest entry that was there when the reader was left.
    pub seen: EntryId,
}

impl<T> Condition<T> {
    /// Joins conditions of which all must hold.
    pub fn all(parts: Vec<Condition<T>>) -> Condition<T> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Condition::Everything => {}
                Condition::All(parts) => flat.extend(parts),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Condition::Everything,
            1 => flat.remove(0),
            _ => Condition::All(flat),
        }
    }

    /// Joins conditions of which one must hold; there is at least one.
    pub fn any(parts: Vec<Condition<T>>) -> Condition<T> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Condition::Everything => return Condition::Everything,
                Condition::Any(parts) => flat.extend(parts),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Condition::Any(flat) }
    }

    /// Makes other conditions of its own, joined in the same way.
    pub fn map<U>(&self, make: &impl Fn(&T) -> Condition<U>) -> Condition<U> {
        let each = |parts: &[Condition<T>]| parts.iter().map(|part| part.map(make)).collect();
        match self {
            Condition::Everything => Condition::Everything,
            Condition::All(parts) => Condition::all(each(parts)),
            Condition::Any(parts) => Condition::any(each(parts)),
            Condition::Not(part) => Condition::Not(Box::new(part.map(make))),
            Condition::Is(term) => make(term),
        }
    }

    /// Gives the parts of which all must hold.
    pub fn parts(self) -> Vec<Condition<T>> {
        match self {
            Condition::Everything => Vec::new(),
            Condition::All(parts) => parts,
            other => vec![other],
        }
    }
}

impl Query {
    /// Makes the filter of the query; a feed that nobody follows selects nothing.
    pub fn filter(&self, subscriptions: &Subscriptions, asked: &Asked) -> Filter {
        let mut filter = Filter::default();
        let mut rest = Vec::new();
        for part in self.condition.map(&|term| test(term, subscriptions, asked)).parts() {
            match part {
                Condition::Is(Test::Read(read)) if filter.read.is_none() => filter.read = Some(read),
                Condition::Is(Test::Saved) if filter.saved.is_none() => filter.saved = Some(true),
                Condition::Is(Test::Hidden) => filter.is_hidden = true,
                Condition::Is(Test::Feeds(feeds)) if filter.feeds.is_none() => filter.feeds = Some(feeds),
                part => rest.push(part),
            }
        }
        filter.condition = Condition::all(rest);
        filter
    }
}

fn test(term: &Term, subscriptions: &Subscriptions, asked: &Asked) -> Condition<Test> {
    let test = match term.clone() {
        Term::Words(words) => Test::Words(words),
        Term::Feed(name) => Test::Feeds(subscriptions.named(&name)),
        Term::Folder(name) => Test::Feeds(subscriptions.filed_under(&name)),
        Term::Url(text) => Test::Url(text),
        Term::Language(language) => Test::Language(language),
        Term::Tag(name) => Test::Tag(name),
        Term::Kind(Kind::Unread) => Test::Read(false),
        Term::Kind(Kind::Read) => Test::Read(true),
        Term::Kind(Kind::Saved) => Test::Saved,
        Term::Kind(Kind::Hidden) => Test::Hidden,
        Term::Kind(Kind::Highlighted) => Test::Highlighted,
        Term::Kind(Kind::New) => Test::ArrivedAfter(asked.seen),
        Term::Since(day) => Test::Since(day.begins(asked)),
        Term::Before(day) => Test::Before(day.begins(asked)),
        Term::Newer(age) => Test::Since(age.before(asked.now)),
        Term::Older(age) => Test::Before(age.before(asked.now)),
        Term::Has(part) => Test::Has(part),
        Term::Length(comparison, words) => Test::Length(comparison, words),
        Term::Matches(pattern) => Test::Matches(pattern),
    };
    Condition::Is(test)
}

impl Day {
    /// Gives the moment at which it begins.
    fn begins(self, asked: &Asked) -> Timestamp {
        let today = asked.now.to_zoned(asked.zone.clone()).date();
        let moment = match self {
            Day::Today => today.at(0, 0, 0, 0),
            Day::Yesterday => today.checked_sub(1.day()).unwrap_or(today).at(0, 0, 0, 0),
            Day::Year(year) => jiff::civil::date(year, 1, 1).at(0, 0, 0, 0),
            Day::Month(year, month) => jiff::civil::date(year, month, 1).at(0, 0, 0, 0),
            Day::Date(date) => date.at(0, 0, 0, 0),
            Day::Minute(minute) => minute,
        };
        moment.to_zoned(asked.zone.clone()).map_or(asked.now, |zoned| zoned.timestamp())
    }
}

impl Age {
    /// Gives the moment that long ago.
    fn before(self, now: Timestamp) -> Timestamp {
        const HOUR: i64 = 3_600;
        let seconds = match self.unit {
            AgeUnit::Minute => 60,
            AgeUnit::Hour => HOUR,
            AgeUnit::Day => 24 * HOUR,
            AgeUnit::Week => 7 * 24 * HOUR,
            AgeUnit::Month => 30 * 24 * HOUR,
            AgeUnit::Year => 365 * 24 * HOUR,
        };
        let age = SignedDuration::from_secs(i64::from(self.count).saturating_mul(seconds));
        now.checked_sub(age).unwrap_or(Timestamp::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Counts, Folder, FolderId, Health, Status, Subscription, Url};

    fn asked() -> Asked {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Asked { now: "2026-11-22T12:00:00Z".parse().unwrap(), zone, seen: EntryId(7) }
    }

    fn filter(terms: Vec<Term>) -> Filter {
        let condition = Condition::all(terms.into_iter().map(Condition::Is).collect());
        Query { condition, sort: None }.filter(&Subscriptions::default(), &asked())
    }

    #[test]
    fn what_indexes_serve_is_taken_out_of_the_condition() {
        let filter = filter(vec![Term::Kind(Kind::Unread), Term::Kind(Kind::Saved), Term::Url("x".into())]);
        assert_eq!((filter.read, filter.saved), (Some(false), Some(true)));
        assert_eq!(filter.condition, Condition::Is(Test::Url("x".into())));
        assert!(filter.takes(Status { read: false, saved: true }));
    }

    #[test]
    fn what_is_read_and_unread_stays_a_condition_that_never_holds() {
        let filter = filter(vec![Term::Kind(Kind::Read), Term::Kind(Kind::Unread)]);
        assert_eq!((filter.read, filter.condition), (Some(true), Condition::Is(Test::Read(false))));
    }

    #[test]
    fn a_feed_that_nobody_follows_selects_nothing() {
        assert_eq!(filter(vec![Term::Feed("lwn".into())]).feeds, Some(vec![]));
    }

    #[test]
    fn a_folder_means_the_feeds_in_it_and_below() {
        let folder = |id, parent: Option<i64>, title: &str| Folder {
            id: FolderId(id),
            parent: parent.map(FolderId),
            title: title.into(),
        };
        let subscription = |feed, folder| Subscription {
            feed: FeedId(feed),
            url: Url::parse("http://feed.test/").unwrap(),
            title: String::new(),
            site: None,
            folder,
            counts: Counts::default(),
            health: Health::default(),
        };
        let subscriptions = Subscriptions {
            folders: vec![folder(1, Some(2), "Deep"), folder(2, None, "The World")],
            feeds: vec![subscription(1, Some(FolderId(1))), subscription(2, None)],
            ..Subscriptions::default()
        };
        let query = Query { condition: Condition::Is(Term::Folder("world".into())), sort: None };
        assert_eq!(query.filter(&subscriptions, &asked()).feeds, Some(vec![FeedId(1)]));
    }

    #[test]
    fn days_begin_where_the_reader_is() {
        let begins = |day: Day| day.begins(&asked()).to_string();
        assert_eq!(begins(Day::Today), "2026-11-21T23:00:00Z");
        assert_eq!(begins(Day::Yesterday), "2026-11-20T23:00:00Z");
        assert_eq!(begins(Day::Year(2026)), "2025-12-31T23:00:00Z");
        assert_eq!(begins(Day::Month(2026, 7)), "2026-06-30T22:00:00Z");
    }

    #[test]
    fn ages_reach_back_from_now_and_never_too_far() {
        let before = |count, unit| Age { count, unit }.before(asked().now).to_string();
        assert_eq!(before(2, AgeUnit::Day), "2026-11-20T12:00:00Z");
        assert_eq!(before(90, AgeUnit::Minute), "2026-11-22T10:30:00Z");
        assert_eq!(Age { count: u32::MAX, unit: AgeUnit::Year }.before(asked().now), Timestamp::MIN);
    }
}

//! A walk of random keys, mouse, resizes and late answers over the real update, drawing, tasks and store.
//!
//! `NEWSTERM_WALK=100000` walks so many steps; without it a few thousand are enough for every day.

use std::path::Path;

use tokio::sync::mpsc;

use super::perform::{Outlets, Performer};
use crate::app::{Effect, Event, Gesture, Message, Pointer, Size, State, Ticket, Wishes, exists, update};
use crate::config::{self, MarkRead};
use crate::desk::PictureCache;
use crate::feed;
use crate::model::{EntryId, Filter, Mark, PixelSize, Scope, Status, Subscriptions, Timestamp, Url, Window};
use crate::store::{NewSubscription, Store, Validators};
use crate::tasks::Pictures;
use crate::tui::sample::{self, KeyEvent, Screen};
use crate::tui::{self, Depth, Keyboard, Keymap, Look, Order, Painted, Theme};
use crate::typeset::Picture;
use crate::web::FakeWeb;

/// Steps of the walk where nothing else is said.
const STEPS: usize = 2_500;
/// Every so many steps the screen is drawn.
const DRAWN: u64 = 5;
/// No request of the reader's has this ticket.
const LAST: Ticket = Ticket(u64::MAX);

/// Every so many steps all that is on its way arrives.
const SETTLED: usize = 250;

const FEEDS: [(&str, &str); 3] = [
    ("http://one.test/feed", include_str!("../../assets/demo/kernelpost.atom")),
    ("http://two.test/feed", include_str!("../../assets/demo/longtable.json")),
    ("http://three.test/feed", include_str!("../../assets/demo/tidewater.rss")),
];

/// Numbers that look random and are the same for the same seed (xorshift64*, G. Marsaglia).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn number(&mut self, bound: u16) -> u16 {
        u16::try_from(self.below(bound.into())).unwrap_or(0)
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.next()).unwrap_or(0) % all.len()]
    }

    fn key(&mut self) -> KeyEvent {
        match self.below(20) {
            0..4 => sample::named(*self.one_of(sample::NAMED)),
            4 => sample::character(self.letter(), true),
            5..8 => sample::character(*self.one_of(&['j', 'k', 'l', 'h', 'g', ' ']), false),
            8 => sample::character(*self.one_of(&['字', 'é', '🙂', '\u{301}', 'א']), false),
            _ => sample::character(char::from(b' ' + u8::try_from(self.below(95)).unwrap_or(0)), false),
        }
    }

    fn letter(&mut self) -> char {
        char::from(b'a' + u8::try_from(self.below(26)).unwrap_or(0))
    }

    fn pointer(&mut self, size: Size) -> Pointer {
        use Gesture::{Drag, Press, Release, WheelDown, WheelUp};
        let gesture = *self.one_of(&[Press, Press, Drag, Release, WheelDown, WheelUp]);
        // Some terminals tell of cells that are no longer there.
        Pointer { gesture, column: self.number(size.width + 2), row: self.number(size.height + 2) }
    }

    fn size(&mut self) -> Size {
        const USUAL: &[(u16, u16)] =
            &[(80, 24), (120, 36), (200, 50), (40, 10), (1, 1), (3, 2), (0, 0), (95, 5)];
        let (width, height) = *self.one_of(USUAL);
        if self.below(3) == 0 {
            Size { width: self.number(220), height: self.number(60) }
        } else {
            Size { width, height }
        }
    }
}

/// A reader without a terminal, on a library in a directory.
struct Walker {
    dice: Dice,
    state: State,
    store: Store,
    performer: Performer<FakeWeb>,
    inbox: mpsc::UnboundedReceiver<Event>,
    painted: mpsc::UnboundedReceiver<(Picture, Painted)>,
    keymap: Keymap,
    keyboard: Keyboard,
    screen: Screen,
    theme: Theme,
    pictures: tui::Pictures,
}

impl Walker {
    async fn start(seed: u64, dir: &Path) -> Walker {
        let store = Store::open(&dir.join("library.db")).unwrap();
        let web = FakeWeb::new();
        let now = Timestamp::now();
        for (url, document) in FEEDS {
            let document = document.replace("{{rfc3339 -5h}}", "2026-11-20T12:00:00Z");
            web.serve(url, document.clone());
            let at = Url::parse(url).unwrap();
            let new = NewSubscription { folder: vec!["World".to_owned()], ..NewSubscription::to(at.clone()) };
            let feed = store.add(new, now).await.unwrap().unwrap();
            let parsed = feed::parse(document.as_bytes(), &feed::Source::at(at.clone())).unwrap();
            store.ingest(feed, at, parsed, Validators::default(), now).await.unwrap();
        }
        let mut settings = config::read("").settings;
        // Nothing of this machine is started: the program is run, and does nothing.
        settings.browser = vec!["true".to_owned()];
        let (facts, inbox) = mpsc::unbounded_channel();
        let (outlet, painted) = mpsc::unbounded_channel();
        let cache = Pictures::kept_in(PictureCache::in_directory(dir.join("pictures")));
        let performer =
            Performer::start(store.clone(), web, settings, (cache, None), Outlets { facts, painted: outlet });
        let cell = Some(PixelSize { width: 10, height: 20 });
        let wishes = Wishes {
            mark_read: MarkRead::Open,
            measure: 76,
            pictures: true,
            cell,
            offline: false,
            is_linear: false,
            notify: None,
            zone: jiff::tz::TimeZone::UTC,
        };
        let size = Size { width: 120, height: 36 };
        let keymap = Keymap::embedded();
        let mut state = State::new(size, now, wishes, Scope::Unread);
        state.keys = keymap.all_keys();
        let mut walker = Walker {
            dice: Dice(seed),
            state,
            store,
            performer,
            inbox,
            painted,
            keymap,
            keyboard: Keyboard::default(),
            screen: Screen::new(size),
            theme: Theme::dark(Depth::True),
            pictures: tui::Pictures::default(),
        };
        for effect in walker.state.start() {
            walker.performer.perform(effect);
        }
        walker.settle().await;
        walker
    }

    fn step(&mut self) {
        let message = match self.dice.below(40) {
            0 => Some(Message::Event(Event::Resized(self.dice.size()))),
            1 => Some(Message::Event(Event::ClockTicked)),
            2..7 => Some(Message::Pointed(self.dice.pointer(self.state.size))),
            7..12 => self.inbox.try_recv().ok().map(Message::Event),
            _ => {
                let key = self.dice.key();
                if self.state.is_typing() {
                    tui::typed(key).map(Message::Typed)
                } else {
                    let pressed = self.keyboard.press(&self.keymap, &self.state, key);
                    pressed.map(|(action, times)| {
                        times.map_or(Message::Action(action), |times| Message::Repeated(action, times))
                    })
                }
            }
        };
        if let Some(message) = message {
            self.handle(message);
        }
        if self.dice.below(DRAWN) == 0 {
            self.draw();
        }
    }

    fn handle(&mut self, message: Message) {
        for effect in update(&mut self.state, message, Timestamp::now()) {
            if effect != Effect::Quit {
                self.performer.perform(effect);
            }
        }
        self.look();
    }

    /// What must hold after every message.
    fn look(&self) {
        let timeline = &self.state.timeline;
        let is_there = timeline.cursor.is_none_or(|cursor| timeline.rows.iter().any(|row| row.id == cursor));
        assert!(is_there, "the cursor is on a row that is not there");
        assert!(timeline.cursor.is_some() || timeline.rows.is_empty(), "no row is selected");
        assert!(timeline.top <= timeline.rows.len());
        assert!(exists(&timeline.scope, &self.state.subscriptions), "{:?}", timeline.scope);
        if let Some(page) = &self.state.reader.page {
            assert!(self.state.reader.top <= page.lines().len());
        }
    }

    fn draw(&mut self) {
        while let Ok((picture, painted)) = self.painted.try_recv() {
            self.pictures.insert(picture, painted);
        }
        let look = Look {
            theme: &self.theme,
            keymap: &self.keymap,
            keyboard: &self.keyboard,
            order: Order::Visual,
            links: None,
            pictures: &self.pictures,
        };
        self.screen.draw(&self.state, look);
    }

    /// Waits for all that is on its way, and all that follows from it.
    async fn settle(&mut self) {
        loop {
            // Comes back when all changes asked for before it are done.
            self.performer.perform(Effect::Mark { ticket: LAST, entries: Vec::new(), mark: Mark::Read });
            self.performer.rest().await;
            let mut facts = 0;
            while let Some(event) = self.inbox.recv().await
                && event != (Event::MarkStored { ticket: LAST })
            {
                self.handle(Message::Event(event));
                facts += 1;
            }
            while let Ok(event) = self.inbox.try_recv() {
                self.handle(Message::Event(event));
                facts += 1;
            }
            if facts == 0 {
                return;
            }
        }
    }

    /// What the library holds: what is followed, and how every entry is marked.
    async fn library(&self) -> (Vec<(String, Url, Vec<String>)>, Vec<(EntryId, Status)>) {
        let subscriptions = self.store.subscriptions().await.unwrap();
        let feed = |s: &crate::model::Subscription| {
            (s.title.clone(), s.url.clone(), subscriptions.folder_path(s.folder))
        };
        let mut feeds: Vec<_> = subscriptions.feeds.iter().map(feed).collect();
        feeds.sort();
        let rows =
            self.store.window(Filter::default(), Window::First, EntryId(i64::MAX), 10_000).await.unwrap();
        (feeds, rows.headlines.iter().map(|row| (row.id, row.status)).collect())
    }

    /// The counts that are kept are those of the entries, and those on the screen.
    async fn compare(&self) {
        let subscriptions = self.store.subscriptions().await.unwrap();
        let (_, entries) = self.library().await;
        let unread = entries.iter().filter(|(_, status)| status.is_unread()).count();
        assert_eq!(
            subscriptions.library.unread,
            u64::try_from(unread).unwrap(),
            "the count of unread entries"
        );
        let counts =
            |of: &Subscriptions| of.feeds.iter().map(|feed| (feed.feed, feed.counts)).collect::<Vec<_>>();
        assert_eq!(counts(&self.state.subscriptions), counts(&subscriptions), "the counts on the screen");
    }
}

async fn walk(seed: u64, steps: usize) {
    let dir = tempfile::tempdir().unwrap();
    let mut walker = Walker::start(seed, dir.path()).await;
    for step in 0..steps {
        walker.step();
        if step % SETTLED == 0 {
            walker.settle().await;
            walker.compare().await;
        }
    }
    walker.settle().await;
    walker.compare().await;
    let end = walker.library().await;
    let mut taken_back = 0;
    while walker.store.undo().await.unwrap().is_some() {
        taken_back += 1;
    }
    assert_eq!(
        walker.library().await,
        (Vec::new(), Vec::new()),
        "undone to the start, before any feed was followed"
    );
    for _ in 0..taken_back {
        walker.store.redo().await.unwrap().expect("what was taken back can be done again");
    }
    assert_eq!(walker.library().await, end, "done again");
    walker.performer.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_random_walk_keeps_what_must_hold_and_can_be_undone() {
    let wanted = std::env::var("NEWSTERM_WALK").ok().and_then(|steps| steps.parse().ok());
    let steps = wanted.unwrap_or(STEPS);
    for seed in [1, 20_261_122] {
        walk(seed, steps / 2).await;
    }
}

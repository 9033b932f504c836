//! Screens drawn from states, looked at as text.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use super::{Look, draw};
use crate::app::sample::{act, ailing, opened, rows};
use crate::app::{
    Action, Event, HealthList, Message, Overlay, Pane, Progress, Size, State, Timeline, update,
};
use crate::model::{EntryId, FeedId, Mark, Scope, Subscription, Subscriptions};
use crate::tui::{Depth, Keyboard, Keymap, Order, Pictures, Theme};

fn at(width: u16, height: u16) -> State {
    let mut state = State::sample();
    resize(&mut state, width, height);
    state
}

fn resize(state: &mut State, width: u16, height: u16) {
    let now = state.now;
    update(state, Message::Event(Event::Resized(Size { width, height })), now);
}

/// The pane of the feeds' health.
fn health_at(width: u16, height: u16) -> State {
    let mut state = ailing();
    resize(&mut state, width, height);
    act(&mut state, Action::ShowHealth);
    state
}

fn terminal(state: &State) -> Terminal<TestBackend> {
    let theme = Theme::dark(Depth::True);
    let keymap = Keymap::embedded();
    let keyboard = Keyboard::default();
    let backend = TestBackend::new(state.size.width, state.size.height);
    let mut terminal = Terminal::new(backend).unwrap();
    let pictures = Pictures::default();
    let look = Look {
        theme: &theme,
        keymap: &keymap,
        keyboard: &keyboard,
        order: Order::Visual,
        links: None,
        pictures: &pictures,
    };
    terminal.draw(|frame| draw(frame, state, look)).unwrap();
    terminal
}

fn screen(state: &State) -> String {
    let terminal = terminal(state);
    let buffer = terminal.backend().buffer();
    let row = |y: u16| -> String {
        (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned()
    };
    (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_narrow_terminal_shows_one_pane() {
    insta::assert_snapshot!(screen(&at(60, 10)), @"
     Unread · 5
    ▌●   1h  Kernel Post     Headline 5
     ●   2h  Courier         Headline 4
     ●   3h  Kernel Post     Headline 3
     ●   4h  Courier         Headline 2
     ●   5h  Kernel Post     Headline 1



                                                         ? help
    ");
}

#[test]
fn a_wide_terminal_shows_three_panes() {
    insta::assert_snapshot!(screen(&at(150, 12)), @"
     Feeds                   │ Unread · 5                                            │ Reader
    ▌Unread               5  │▌●   1h  Kernel Post     Headline 5                    │
     All                     │ ●   2h  Courier         Headline 4                    │
     Saved                1  │ ●   3h  Kernel Post     Headline 3                    │
     ▾ World              2  │ ●   4h  Courier         Headline 2                    │
       Courier            2  │ ●   5h  Kernel Post     Headline 1                    │
     Kernel Post          3  │                                                       │
                             │                                                       │
                             │                                                       │
                             │                                                       │
                             │                                                       │
                                                                                                                                                   ? help
    ");
}

#[test]
fn the_title_of_the_article_says_that_its_page_is_on_its_way_and_only_then() {
    for (width, height) in [(150, 24), (100, 24), (40, 10)] {
        let mut state = at(width, height);
        act(&mut state, Action::Open);
        let entry = state.reader.entry.unwrap();
        assert!(!screen(&state).contains("fetching the page…"));
        state.fetching.insert(entry);
        assert!(screen(&state).contains("fetching the page…"), "{}", screen(&state));
        act(&mut state, Action::NextUnread);
        assert!(!screen(&state).contains("fetching the page…"));
    }
}

#[test]
fn a_frame_draws_what_is_in_sight_and_no_more() {
    let drawn = |state: &State| {
        let before = super::line::DRAWN.get();
        screen(state);
        super::line::DRAWN.get() - before
    };
    let mut small = opened("<p>The text.</p>");
    resize(&mut small, 150, 30);
    let mut large = opened(&"<p>A paragraph.</p>".repeat(2_000));
    let feed = large.subscriptions.feeds[0].clone();
    let many = (100..5_100).map(|id| Subscription { feed: FeedId(id), ..feed.clone() });
    large.subscriptions.feeds.extend(many);
    large.timeline.replace(rows((1..2_000).rev()), EntryId(1_999), None, 30);
    resize(&mut large, 150, 30);
    assert!(large.reader.page.as_ref().unwrap().lines().len() > 3_000);
    assert!((10..3 * 30).contains(&drawn(&small)), "{}", drawn(&small));
    assert!((50..3 * 30 + 10).contains(&drawn(&large)), "{}", drawn(&large));
}

#[test]
fn a_tiny_terminal_still_tells_the_news() {
    insta::assert_snapshot!(screen(&at(40, 10)), @"
     Unread · 5
    ▌●   1h  Headline 5
     ●   2h  Headline 4
     ●   3h  Headline 3
     ●   4h  Headline 2
     ●   5h  Headline 1



                                     ? help
    ");
}

#[test]
fn unread_rows_are_strong_and_read_ones_are_not() {
    let mut state = at(60, 12);
    state.timeline.mark(&[state.timeline.rows[1].id], Mark::Read);
    let terminal = terminal(&state);
    let buffer = terminal.backend().buffer();
    let bold = |y: u16| buffer[(30, y)].modifier.contains(Modifier::BOLD);
    assert!(bold(1) && !bold(2) && bold(3));
}

#[test]
fn an_empty_library_says_what_to_do_next() {
    let mut state = at(80, 12);
    state.subscriptions = Subscriptions::default();
    state.timeline = Timeline::of(Scope::Unread, false, Default::default());
    state.timeline.loaded = true;
    assert!(screen(&state).contains("Press C for feeds to begin with"));
}

#[test]
fn a_refresh_shows_how_far_it_is() {
    let mut state = at(80, 12);
    state.refresh = Some(Progress { total: Some(200), done: 41, failed: 3, ..Progress::default() });
    let screen = screen(&state);
    assert!(screen.contains("refreshing 41/200 ▓▓░░░░░░░░  3 failed (e)"), "{screen}");
}

#[test]
fn the_help_lists_every_key_that_fits_and_scrolls_to_the_rest() {
    let mut state = at(80, 150);
    state.overlay = Some(Overlay::Help { top: 0, query: String::new(), behind: None });
    let whole = screen(&state);
    for action in Action::all() {
        assert!(whole.contains(action.words()), "{action:?}");
    }
    let mut small = at(40, 10);
    small.overlay = Some(Overlay::Help { top: 1000, query: String::new(), behind: None });
    assert!(screen(&small).contains("quit at once"));
}

#[test]
fn the_catalogue_shows_its_selected_offer() {
    let mut state = at(80, 20);
    let last = state.catalogue.len() - 1;
    let title = state.catalogue.offer(last).unwrap().1.title.clone();
    state.overlay = Some(Overlay::Catalogue { cursor: last });
    assert!(screen(&state).contains(&title));
}

#[test]
fn the_health_of_the_feeds_stands_in_columns() {
    insta::assert_snapshot!(screen(&health_at(120, 24)), @"
     Feeds' health · 1 failing · 1 gone · 1 moved · 1 dead              r asks again · enter shows the entries · esc closes
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
       feed                                           last  next  status  a week
    ▌! Broken Bugle                                     3d   50m     503     2.5  the server says 503 Service Unavailable
     × Gone Gazette                                    10m           410       0  gone for good
     → Moved Mirror                                    10m   50m     301     120  moved to http://me:***@new.test/feed
     ○ Dormant Diary                                   10m   50m     304       0  nothing new for 14 months
       Courier                                         10m   50m     304     7.0
       Kernel Post                                     10m   50m     304      32





    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     Broken Bugle
     failing    the server says 503 Service Unavailable · 3 failures in a row
     asked      10 minutes ago · status 503 · next in 50 minutes
     last well  3 days ago
     entries    2.5 a week · newest 4 weeks ago · 9 in all
     address    http://me:***@ill.test/4


                                                                                                                     ? help
    ");
}

#[test]
fn a_narrow_pane_of_health_keeps_the_ages_and_the_detail() {
    insta::assert_snapshot!(screen(&health_at(40, 10)), @"
     Health · !1 ×1 →1 ○1        esc closes
       feed                      last  next
    ▌! Broken Bugle                3d   50m▐
     × Gone Gazette               10m
     → Moved Mirror               10m   50m
    ────────────────────────────────────────
     failing    the server says 503 Service
                Unavailable · 3 failures in
                a row …
                                     ? help
    ");
}

#[test]
fn the_detail_tells_each_condition_in_plain_words() {
    let mut state = health_at(110, 24);
    for expected in [
        &[
            "failing    the server says 503 Service Unavailable · 3 failures in a row",
            "last well  3 days ago",
        ][..],
        &["gone       its server says that it is gone for good; it is no longer fetched by itself"],
        &["moved      to http://me:***@new.test/feed, as its server says"],
        &[
            "dead       nothing new for 14 months",
            "asked      10 minutes ago · status 304 · next in 50 minutes",
        ],
        &["well       nothing is wrong with it", "entries    7.0 a week · newest just now · 9 in all"],
    ] {
        let screen = screen(&state);
        for words in expected {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
        act(&mut state, Action::MoveDown);
    }
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let mut state = health_at(160, 24);
    for _ in 0..state.subscriptions.feeds.len() {
        assert!(!screen(&state).contains("secret"));
        act(&mut state, Action::MoveDown);
    }
}

#[test]
fn where_nothing_is_wrong_the_pane_says_so() {
    let mut state = health_at(80, 24);
    state.subscriptions.feeds.truncate(2);
    act(&mut state, Action::GoTop);
    assert!(screen(&state).contains("Feeds' health · 2 feeds, and all is well"));
    state.subscriptions.feeds.clear();
    act(&mut state, Action::GoTop);
    let empty = screen(&state);
    assert!(empty.contains("Feeds' health · no feeds") && empty.contains("Press C for feeds to begin with"));
}

#[test]
fn a_long_problem_leaves_room_for_the_rest() {
    let mut state = health_at(60, 24);
    state.subscriptions.feeds[3].health.problem = Some("not a feed, but a page of words ".repeat(40));
    let screen = screen(&state);
    assert!(screen.contains("failing    not a feed") && screen.contains("…"), "{screen}");
    assert!(screen.contains("address    http://me:***@ill.test/4"), "{screen}");
}

#[test]
fn every_size_can_be_drawn_with_every_focus_and_overlay() {
    let mut state = ailing();
    let overlays = [
        None,
        Some(Overlay::Help { top: 0, query: String::new(), behind: None }),
        Some(Overlay::Catalogue { cursor: 3 }),
        Some(Overlay::Health(HealthList::of(&state))),
        Some(Overlay::Health(HealthList::default())),
    ];
    for (width, height) in
        [(1, 1), (2, 3), (10, 2), (40, 10), (89, 15), (90, 16), (139, 17), (140, 50), (500, 200)]
    {
        for focus in [Pane::Sidebar, Pane::Timeline, Pane::Reader] {
            for overlay in &overlays {
                state.focus = focus;
                state.overlay.clone_from(overlay);
                resize(&mut state, width, height);
                assert_eq!(screen(&state).split('\n').count(), usize::from(height), "{width}x{height}");
            }
        }
    }
}

#[test]
fn escape_characters_in_a_title_never_reach_the_screen() {
    let mut state = at(60, 10);
    state.timeline.rows[0].title = "evil \u{1b}]0;owned\u{7} title".to_owned();
    state.subscriptions.feeds[0].title = "evil \u{1b}]0;owned\u{7} feed".to_owned();
    state.subscriptions.feeds[0].health.problem = Some("evil \u{1b}]0;owned\u{7}\n problem".to_owned());
    for action in [Action::Close, Action::ShowHealth] {
        act(&mut state, action);
        let screen = screen(&state);
        assert!(
            screen.contains("evil") && !screen.contains('\u{1b}') && !screen.contains('\u{7}'),
            "{screen}"
        );
    }
}

#[test]
fn the_cursor_stays_in_sight_in_a_long_list() {
    let mut state = at(60, 10);
    state.timeline.replace(crate::app::sample::rows((1..=100).rev()), state.timeline.horizon, None, 8);
    let now = state.now;
    for _ in 0..50 {
        update(&mut state, Message::Action(Action::MoveDown), now);
    }
    assert!(screen(&state).lines().any(|line| line.starts_with("▌") && line.contains("Headline 50")));
}

#[test]
fn arabic_titles_leave_the_columns_behind_them_in_line() {
    let mut state = health_at(120, 24);
    for feed in &mut state.subscriptions.feeds {
        feed.title = "لا إله الأخبار".to_owned();
    }
    let screen = screen(&state);
    let statuses: Vec<usize> = screen
        .lines()
        .filter_map(|line| line.find(" 304 ").map(|at| super::text::columns(&line[..at])))
        .collect();
    assert!(statuses.len() > 1 && statuses.iter().all(|at| *at == statuses[0]), "{screen}");
    assert!(
        screen.lines().any(|line| line.contains("status")
            && super::text::columns(line.split("status").next().unwrap()) + 2 == statuses[0]),
        "{screen}"
    );
}

#[test]
fn a_screen_that_is_read_aloud_has_words_for_signs_and_the_cursor_on_the_selection() {
    let mut state = at(200, 40);
    state.wishes.is_linear = true;
    let drawn = screen(&state);
    let is_sign = |c: char| ('\u{2500}'..='\u{25ff}').contains(&c);
    assert!(!drawn.contains(is_sign), "{drawn}");
    assert!(drawn.contains(">N"), "{drawn}");
    assert!(!drawn.contains("Feeds"), "one pane at a time: {drawn}");
    state.overlay = Some(Overlay::Help { top: 0, query: String::new(), behind: None });
    assert!(!screen(&state).contains(is_sign));
}

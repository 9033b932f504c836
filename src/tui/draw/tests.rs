//! Screens drawn from states, looked at as text.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use super::{Look, draw};
use crate::app::{Action, Event, Message, Overlay, Pane, Progress, Size, State, Timeline, update};
use crate::model::{Mark, Scope, Subscriptions};
use crate::tui::{Depth, Keymap, Theme, ThemeName};

fn at(width: u16, height: u16) -> State {
    let mut state = State::sample();
    resize(&mut state, width, height);
    state
}

fn resize(state: &mut State, width: u16, height: u16) {
    let now = state.now;
    update(state, Message::Event(Event::Resized(Size { width, height })), now);
}

fn terminal(state: &State) -> Terminal<TestBackend> {
    let theme = Theme::built_in(ThemeName::Dark, Depth::True);
    let keymap = Keymap::embedded();
    let backend = TestBackend::new(state.size.width, state.size.height);
    let mut terminal = Terminal::new(backend).unwrap();
    let look = Look { theme: &theme, keymap: &keymap };
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
    state.timeline = Timeline::of(Scope::Unread, false);
    state.timeline.loaded = true;
    assert!(screen(&state).contains("Press C for feeds to begin with"));
}

#[test]
fn a_refresh_shows_how_far_it_is() {
    let mut state = at(80, 12);
    state.refresh = Some(Progress { total: Some(200), done: 41, failed: 3, ..Progress::default() });
    let screen = screen(&state);
    assert!(screen.contains("refreshing 41/200 ▓▓░░░░░░░░  3 failed"), "{screen}");
}

#[test]
fn the_help_lists_every_key_that_fits_and_scrolls_to_the_rest() {
    let mut state = at(80, 60);
    state.overlay = Some(Overlay::Help { top: 0 });
    let whole = screen(&state);
    for group in Keymap::embedded().groups {
        for binding in group.keys {
            assert!(whole.contains(&binding.desc), "{}", binding.desc);
        }
    }
    let mut small = at(40, 10);
    small.overlay = Some(Overlay::Help { top: 1000 });
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
fn every_size_can_be_drawn_with_every_focus_and_overlay() {
    let overlays = [None, Some(Overlay::Help { top: 0 }), Some(Overlay::Catalogue { cursor: 3 })];
    let mut state = State::sample();
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
    let screen = screen(&state);
    assert!(!screen.contains('\u{1b}') && !screen.contains('\u{7}'));
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

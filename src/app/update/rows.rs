//! Rows of the timeline: asking for them, and taking those still wanted.

use super::{marking, moving, opening};
use crate::app::{Effect, Pending, Search, State, Ticket, Want};
use crate::model::{EntryId, Failure, Place, Rows, Window};

/// Rows between the cursor and an edge at which more are asked for.
const MARGIN: usize = 60;

/// Asks for rows to show instead of those loaded, as of now.
pub(super) fn load(state: &mut State, window: Window, want: Want) -> Vec<Effect> {
    let ticket = wait_for(state, want);
    let listing = state.listing();
    state.timeline.arrangement = listing.arrangement.clone();
    vec![Effect::LoadRows { ticket, listing, window, horizon: None }]
}

/// Asks for the timeline anew, with the cursor where it is.
pub(super) fn reload(state: &mut State) -> Vec<Effect> {
    let timeline = &state.timeline;
    let window = match timeline.selected() {
        Some(row) if !timeline.is_at_top() => Window::Around(row.place()),
        _ => Window::First,
    };
    let want = if timeline.filling { Want::First } else { Want::Keep(timeline.cursor) };
    load(state, window, want)
}

/// Asks for the rows around the cursor again, without what has arrived since.
pub(super) fn reload_seen(state: &mut State) -> Vec<Effect> {
    let timeline = &state.timeline;
    if !timeline.loaded || timeline.pending.is_some() {
        return Vec::new();
    }
    let (cursor, horizon) = (timeline.cursor, timeline.horizon);
    let window = timeline.selected().map_or(Window::First, |row| Window::Around(row.place()));
    let ticket = wait_for(state, Want::Keep(cursor));
    // They stay announced: what is asked for is as old as what is shown.
    if let Some(pending) = &mut state.timeline.pending {
        pending.arrived = 0;
    }
    let listing = state.listing();
    vec![Effect::LoadRows { ticket, listing, window, horizon: Some(horizon) }]
}

/// Asks for more rows when the cursor comes near an edge.
pub(super) fn extend(state: &mut State) -> Vec<Effect> {
    if state.timeline.pending.is_some() {
        return Vec::new();
    }
    let Some((window, want)) = state.timeline.edge(MARGIN) else {
        return Vec::new();
    };
    let ticket = wait_for(state, want);
    let listing = state.listing();
    let horizon = Some(state.timeline.horizon);
    vec![Effect::LoadRows { ticket, listing, window, horizon }]
}

/// Looks for an unread entry beyond the rows loaded.
pub(super) fn seek_unread(state: &mut State, search: Search) -> Vec<Effect> {
    let timeline = &state.timeline;
    let edge = if search.down { timeline.rows.last() } else { timeline.rows.first() };
    let window = match (edge, search) {
        (Some(row), Search { down: true, wrapped: false }) => Window::After(row.place()),
        (Some(row), Search { down: false, wrapped: false }) => Window::Before(row.place()),
        (_, Search { down: true, .. }) => Window::First,
        (_, Search { down: false, .. }) => Window::Last,
    };
    let ticket = wait_for(state, Want::Unread(search));
    let listing = state.listing();
    vec![Effect::FindUnread { ticket, listing, window, horizon: state.timeline.horizon }]
}

/// Takes rows, if they are still wanted.
pub(super) fn loaded(state: &mut State, ticket: Ticket, horizon: EntryId, mut rows: Rows) -> Vec<Effect> {
    let Some(Pending { want, arrived, .. }) = wanted(state, ticket) else {
        return Vec::new();
    };
    let arrived_since = state.timeline.arrived.saturating_sub(arrived);
    marking::overtake(state, &mut rows);
    marking::forget_safe(state);
    let height = state.timeline_height();
    let before = state.timeline.cursor;
    let filter = state.filter();
    let timeline = &mut state.timeline;
    let was_loaded = timeline.loaded;
    match want {
        Want::After => {
            timeline.append(rows);
            timeline.select_if_none(0, height);
        }
        Want::Before => {
            timeline.prepend(rows);
            timeline.select_if_none(usize::MAX, height);
        }
        Want::Keep(cursor) => {
            timeline.carry_over(&filter, &mut rows);
            timeline.replace(rows, horizon, cursor, height);
        }
        Want::First => {
            timeline.replace(rows, horizon, None, height);
            timeline.select(0, height);
        }
        Want::Last => {
            timeline.replace(rows, horizon, None, height);
            timeline.select(usize::MAX, height);
        }
        Want::Jump(entry) => timeline.replace(rows, horizon, Some(entry), height),
        // No rows were asked for.
        Want::Unread(_) => {}
    }
    if !matches!(want, Want::After | Want::Before | Want::Unread(_)) {
        timeline.arrived = arrived_since;
    }
    if !was_loaded {
        timeline.filling = timeline.rows.is_empty();
    }
    let mut effects = extend(state);
    match want {
        Want::Jump(_) => effects.extend(opening::follow_cursor(state)),
        _ if state.timeline.cursor != before => effects.extend(opening::preview(state)),
        _ => {}
    }
    effects
}

/// Says why there are no rows; they can be asked for again.
pub(super) fn failed(state: &mut State, ticket: Ticket, failure: &Failure) -> Vec<Effect> {
    if wanted(state, ticket).is_some() {
        state.timeline.loaded = true;
    }
    state.complain(failure.to_string());
    Vec::new()
}

/// Goes to the unread entry that was found; else begins once more at the other end.
pub(super) fn unread_sought(state: &mut State, ticket: Ticket, place: Option<Place>) -> Vec<Effect> {
    let Some(Want::Unread(search)) = wanted(state, ticket).map(|pending| pending.want) else {
        return Vec::new();
    };
    match place {
        Some(place) if state.timeline.rows.iter().any(|row| row.id == place.id) => {
            let index = state.timeline.rows.iter().position(|row| row.id == place.id);
            let mut effects = moving::select(state, index.unwrap_or(0));
            effects.extend(opening::follow_cursor(state));
            effects
        }
        Some(place) => {
            let ticket = wait_for(state, Want::Jump(place.id));
            let listing = state.listing();
            let horizon = Some(state.timeline.horizon);
            vec![Effect::LoadRows { ticket, listing, window: Window::Around(place), horizon }]
        }
        None if !search.wrapped => seek_unread(state, Search { wrapped: true, ..search }),
        None => {
            state.say("nothing unread here");
            Vec::new()
        }
    }
}

fn wait_for(state: &mut State, want: Want) -> Ticket {
    let ticket = state.ticket();
    state.timeline.pending = Some(Pending { ticket, want, arrived: state.timeline.arrived });
    ticket
}

/// Gives what was wanted with a ticket; none when it is wanted no longer.
fn wanted(state: &mut State, ticket: Ticket) -> Option<Pending> {
    let pending = state.timeline.pending.filter(|pending| pending.ticket == ticket)?;
    state.timeline.pending = None;
    Some(pending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{act, rows, take};
    use crate::app::{Action, Event};
    use crate::model::Mark;

    fn ticket(effects: &[Effect]) -> Ticket {
        effects
            .iter()
            .find_map(|effect| match effect {
                Effect::LoadRows { ticket, .. } | Effect::FindUnread { ticket, .. } => Some(*ticket),
                _ => None,
            })
            .unwrap()
    }

    #[test]
    fn rows_that_come_too_late_are_left_out() {
        let mut state = State::sample();
        let first = ticket(&reload(&mut state));
        let second = ticket(&reload(&mut state));
        let late = Event::RowsLoaded { ticket: first, horizon: EntryId(9), rows: rows([9]) };
        take(&mut state, late);
        assert_eq!(state.timeline.rows.len(), 5);
        let wanted = Event::RowsLoaded { ticket: second, horizon: EntryId(9), rows: rows([9, 5]) };
        take(&mut state, wanted);
        assert_eq!(state.timeline.rows.len(), 2);
        assert_eq!(state.timeline.cursor, Some(EntryId(5)));
    }

    #[test]
    fn the_next_unread_is_sought_beyond_the_rows_loaded() {
        let mut state = State::sample();
        let all: Vec<EntryId> = state.timeline.rows.iter().map(|row| row.id).collect();
        state.timeline.mark(&all, Mark::Read);
        state.timeline.more_after = true;
        let sought = act(&mut state, Action::NextUnread);
        assert!(matches!(sought[..], [Effect::FindUnread { window: Window::After(_), .. }]));
        let again = take(&mut state, Event::UnreadSought { ticket: ticket(&sought), place: None });
        assert!(matches!(again[..], [Effect::FindUnread { window: Window::First, .. }]));
        take(&mut state, Event::UnreadSought { ticket: ticket(&again), place: None });
        assert_eq!(state.notice.unwrap().text, "nothing unread here");
    }

    #[test]
    fn rows_that_could_not_be_had_can_be_asked_for_again() {
        let mut state = State::sample();
        state.timeline.more_after = true;
        let asked = extend(&mut state);
        let failure = Failure { what: "cannot load".into(), why: "busy".into(), hint: None };
        take(&mut state, Event::RowsFailed { ticket: ticket(&asked), failure });
        assert_eq!(extend(&mut state).len(), 1);
    }

    #[test]
    fn what_must_be_looked_for_row_by_row_shows_as_it_comes() {
        let mut state = State::sample();
        state.timeline = state.timeline_of(state.timeline.scope.clone(), false);
        let looked_at = |id| Some(rows([id]).headlines[0].place());
        let nothing = Rows { more_after: true, looked_after: looked_at(7), ..Rows::default() };
        let mut asked = reload(&mut state);
        for (coming, looked) in [(nothing, looked_at(7)), (rows([6]), looked_at(4)), (rows([3]), None)] {
            let is_more = looked.is_some();
            let rows = Rows { more_after: is_more, looked_after: looked, ..coming };
            let loaded = Event::RowsLoaded { ticket: ticket(&asked), horizon: EntryId(9), rows };
            asked = take(&mut state, loaded);
            asked.retain(|effect| matches!(effect, Effect::LoadRows { .. }));
            let on = looked.map(Window::After);
            assert!(
                matches!(&asked[..], [Effect::LoadRows { window, .. }] if Some(*window) == on) == is_more
            );
            assert_eq!(state.timeline.looked(), looked);
        }
        assert_eq!(state.timeline.cursor, Some(EntryId(6)));
        assert_eq!(state.timeline.rows.len(), 2);
    }

    #[test]
    fn the_next_unread_is_not_sought_while_other_rows_are_on_their_way() {
        let mut state = State::sample();
        reload(&mut state);
        assert_eq!(act(&mut state, Action::NextUnread), []);
        assert!(state.timeline.pending.is_some());
    }

    #[test]
    fn a_list_that_was_empty_fills_from_its_top_until_the_reader_moves() {
        let mut state = State::sample();
        state.timeline = state.timeline_of(state.timeline.scope.clone(), false);
        let first = ticket(&reload(&mut state));
        take(&mut state, Event::RowsLoaded { ticket: first, horizon: EntryId(0), rows: rows([]) });
        assert!(state.timeline.filling);
        for ids in [vec![1], vec![3, 1], vec![4, 3, 1]] {
            let ticket = ticket(&reload(&mut state));
            take(&mut state, Event::RowsLoaded { ticket, horizon: EntryId(9), rows: rows(ids) });
        }
        assert_eq!(state.timeline.cursor, Some(EntryId(4)));
        act(&mut state, Action::MoveDown);
        assert!(!state.timeline.filling);
    }
}

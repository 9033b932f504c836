//! Queries that are kept: keeping a search, changing and removing one, and what of them is unread.

use super::{feeds, rows};
use crate::app::state::Load;
use crate::app::{
    Action, Effect, Overlay, Prompt, QueryField, QueryForm, Question, State, Typed, exists, searching,
};
use crate::model::{Deed, EntryId, NewQuery, QueryId, QuerySetting, Scope};
use crate::search;

/// Begins to keep the search that is shown, under a title.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let Scope::Search(words) = &state.timeline.scope else {
        let key = state.keys.get(&Action::Search).and_then(|keys| keys.first()).cloned().unwrap_or_default();
        state.say(format!("search first ({key}): what is found can be kept in the sidebar"));
        return Vec::new();
    };
    let query = words.clone();
    state.prompt = Some(Prompt::new(Question::QueryTitle(query)));
    Vec::new()
}

/// Takes the title of a query to keep, or what was typed of a field.
pub(super) fn typed(state: &mut State, mut prompt: Prompt, typed: Typed) -> Vec<Effect> {
    let text = prompt.text().trim().to_owned();
    match (typed, &prompt.question) {
        (Typed::Cancel, _) => Vec::new(),
        (Typed::Accept, Question::QueryTitle(_)) if text.is_empty() => Vec::new(),
        (Typed::Accept, Question::QueryTitle(query)) => {
            let new = NewQuery { title: text, query: query.clone(), deeds: Vec::new(), is_listed: true };
            // It stays until the answer is there: another query may have that title.
            state.prompt = Some(prompt);
            vec![Effect::KeepQuery(new)]
        }
        (Typed::Accept, Question::QueryField(query, field)) => {
            let (query, setting) = (*query, setting(*field, text));
            let effects = match setting {
                Ok(setting) => vec![Effect::SetQuery { query, setting }],
                Err(problem) => {
                    prompt.problem = Some(problem);
                    Vec::new()
                }
            };
            state.prompt = Some(prompt);
            effects
        }
        _ => {
            prompt.take(typed);
            state.prompt = Some(prompt);
            Vec::new()
        }
    }
}

fn setting(field: QueryField, text: String) -> Result<QuerySetting, String> {
    match field {
        QueryField::Title if text.is_empty() => Err("a query needs a title".to_owned()),
        QueryField::Title => Ok(QuerySetting::Title(text)),
        QueryField::Query => match search::parse_query(&text) {
            Ok(_) => Ok(QuerySetting::Query(text)),
            Err(error) => Err(error.to_string()),
        },
        QueryField::Deeds => Deed::parse_all(&text).map(QuerySetting::Deeds),
        QueryField::Listed => Ok(QuerySetting::Listed(text != "no")),
    }
}

/// Shows a query that was kept.
pub(super) fn kept(state: &mut State, query: QueryId) -> Vec<Effect> {
    state.prompt = None;
    state.say("kept in the sidebar — u takes it back");
    // It is gone to once it is there.
    state.wanted_query = Some(query);
    state.load_subscriptions()
}

/// Says that another query has the title.
pub(super) fn title_taken(state: &mut State) -> Vec<Effect> {
    let words = "another query has that title";
    match &mut state.prompt {
        Some(prompt) => prompt.problem = Some(words.to_owned()),
        None => state.say(words),
    }
    Vec::new()
}

/// Shows that queries are otherwise now.
pub(super) fn changed(state: &mut State) -> Vec<Effect> {
    let is_asked = |prompt: &Prompt| matches!(prompt.question, Question::QueryField(..));
    if state.prompt.as_ref().is_some_and(is_asked) {
        state.prompt = None;
        state.say("changed — u takes it back");
    }
    feeds::changed(state)
}

/// Keeps a query no longer.
pub(super) fn remove(state: &mut State, query: QueryId) -> Vec<Effect> {
    let title = state.subscriptions.query(query).map(|query| query.title.clone()).unwrap_or_default();
    state.say(format!("removed {title} — u brings it back"));
    vec![Effect::RemoveQuery(query)]
}

/// Opens what is set for a query.
pub(super) fn edit(state: &mut State, query: QueryId) -> Vec<Effect> {
    state.overlay = Some(Overlay::QueryForm(QueryForm { query, cursor: 0 }));
    Vec::new()
}

/// Moves among the fields, changes one, or closes them.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Overlay::QueryForm(form)) = &mut state.overlay else {
        return Vec::new();
    };
    let last = QueryField::ALL.len() - 1;
    match action {
        Action::MoveDown => form.cursor = (form.cursor + 1).min(last),
        Action::MoveUp => form.cursor = form.cursor.saturating_sub(1),
        Action::GoTop => form.cursor = 0,
        Action::GoBottom => form.cursor = last,
        Action::Open | Action::Advance | Action::GoRight => return change_field(state),
        Action::Undo => return vec![Effect::Undo],
        Action::Redo => return vec![Effect::Redo],
        Action::Close | Action::Quit | Action::GoLeft | Action::EditFeed => state.overlay = None,
        Action::Leave => return vec![Effect::Quit],
        _ => {}
    }
    Vec::new()
}

fn change_field(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::QueryForm(form)) = &state.overlay else {
        return Vec::new();
    };
    let (query, field) = (form.query, form.field());
    let value = form.value(field, &state.subscriptions);
    if field == QueryField::Listed {
        return vec![Effect::SetQuery { query, setting: QuerySetting::Listed(value == "no") }];
    }
    let mut prompt = Prompt::new(Question::QueryField(query, field));
    prompt.set(&value);
    state.prompt = Some(prompt);
    Vec::new()
}

/// Takes what is followed and kept: counts anew, goes to what was just kept, closes what is gone.
pub(super) fn subscriptions_loaded(state: &mut State) -> Vec<Effect> {
    let is_gone = |form: &QueryForm| state.subscriptions.query(form.query).is_none();
    if matches!(&state.overlay, Some(Overlay::QueryForm(form)) if is_gone(form)) {
        state.overlay = None;
    }
    let mut effects = count(state);
    if let Some(query) = state.wanted_query.take().map(Scope::Query)
        && exists(&query, &state.subscriptions)
    {
        state.searched_from = None;
        effects.extend(feeds::go_to(state, query));
    }
    effects
}

/// Counts what of the queries in the sidebar is unread; one count at a time.
pub(super) fn count(state: &mut State) -> Vec<Effect> {
    let filters = state.unread_of_queries();
    if filters.is_empty() {
        state.query_counts.clear();
        return Vec::new();
    }
    let is_running = state.query_counts_load != Load::Idle;
    state.query_counts_load = if is_running { Load::Stale } else { Load::Running };
    if is_running { Vec::new() } else { vec![Effect::CountQueries(filters)] }
}

/// Takes the counts.
pub(super) fn counted(state: &mut State, counts: Vec<(QueryId, u64, bool)>) -> Vec<Effect> {
    let load = std::mem::replace(&mut state.query_counts_load, Load::Idle);
    state.query_counts =
        counts.into_iter().map(|(query, count, is_more)| (query, (count, is_more))).collect();
    if load == Load::Stale { count(state) } else { Vec::new() }
}

/// Shows what rules did, and tells outside of what they are to tell of.
pub(super) fn rules_ran(state: &mut State, told: &[(String, Vec<EntryId>)]) -> Vec<Effect> {
    let mut effects = state.load_subscriptions();
    effects.extend(rows::reload_seen(state));
    let told = told.iter().map(|(title, entries)| format!("{title}: {} new", entries.len()));
    effects.extend(told.map(Effect::Notify));
    effects
}

/// Tells whether a scope is a search or a query that is kept.
pub(super) fn is_query(state: &State, scope: &Scope) -> bool {
    searching::words(scope, &state.subscriptions).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Event;
    use crate::app::sample::{act as press, loads_rows, take, type_key, type_text};
    use crate::app::sidebar_rows;
    use crate::model::SavedQuery;

    const RAIN: QueryId = QueryId(7);

    /// The sample with a query that is kept.
    fn with_query() -> State {
        let mut state = State::sample();
        let mut subscriptions = state.subscriptions.clone();
        subscriptions.queries.push(SavedQuery {
            id: RAIN,
            title: "Rain".to_owned(),
            query: "rain sort:oldest".to_owned(),
            is_listed: true,
            deeds: Vec::new(),
        });
        take(&mut state, Event::SubscriptionsLoaded(subscriptions));
        state
    }

    #[test]
    fn a_search_is_kept_under_a_title_and_gone_to() {
        let mut state = State::sample();
        assert_eq!(press(&mut state, Action::KeepQuery), []);
        assert!(state.notice.as_ref().unwrap().text.contains("search first"));
        press(&mut state, Action::Search);
        type_text(&mut state, "rain");
        type_key(&mut state, Typed::Accept);
        press(&mut state, Action::KeepQuery);
        type_text(&mut state, "Rain");
        let effects = type_key(&mut state, Typed::Accept);
        let [Effect::KeepQuery(new)] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((new.title.as_str(), new.query.as_str()), ("Rain", "rain"));
        take(&mut state, Event::QueryTitleTaken);
        assert!(state.prompt.as_ref().unwrap().problem.is_some());
        take(&mut state, Event::QueryKept(RAIN));
        assert!(state.prompt.is_none());
        let subscriptions = with_query().subscriptions;
        let effects = take(&mut state, Event::SubscriptionsLoaded(subscriptions));
        assert!(loads_rows(&effects));
        assert_eq!(state.timeline.scope, Scope::Query(RAIN));
        assert_eq!(state.timeline.arrangement, crate::model::Arrangement::Oldest);
    }

    #[test]
    fn what_is_unread_of_queries_stands_in_the_sidebar_and_is_counted_once_at_a_time() {
        let mut state = with_query();
        let subscriptions = state.subscriptions.clone();
        let again = take(&mut state, Event::SubscriptionsLoaded(subscriptions));
        assert!(!again.iter().any(|effect| matches!(effect, Effect::CountQueries(_))));
        let effects = take(&mut state, Event::QueriesCounted(vec![(RAIN, 4, true)]));
        assert!(matches!(&effects[..], [Effect::CountQueries(filters)] if filters[0].1.read == Some(false)));
        assert_eq!(take(&mut state, Event::QueriesCounted(vec![(RAIN, 5, true)])), []);
        let rows = sidebar_rows(&state);
        assert_eq!((rows[3].label, rows[3].count, rows[3].is_more), ("Rain", 5, true));
    }

    #[test]
    fn a_query_is_changed_field_by_field_and_removed() {
        let mut state = with_query();
        state.focus = crate::app::Pane::Sidebar;
        state.sidebar.cursor = Scope::Query(RAIN);
        press(&mut state, Action::EditFeed);
        press(&mut state, Action::MoveDown);
        press(&mut state, Action::Open);
        type_text(&mut state, " (");
        type_key(&mut state, Typed::Accept);
        assert!(state.prompt.as_ref().unwrap().problem.is_some());
        type_key(&mut state, Typed::EraseLine);
        type_text(&mut state, "snow");
        let setting = QuerySetting::Query("snow".to_owned());
        assert_eq!(type_key(&mut state, Typed::Accept)[0], Effect::SetQuery { query: RAIN, setting });
        take(&mut state, Event::QueriesChanged);
        assert!(state.prompt.is_none());
        press(&mut state, Action::Close);
        assert_eq!(press(&mut state, Action::RemoveFeed), [Effect::RemoveQuery(RAIN)]);
    }

    #[test]
    fn a_query_that_is_gone_gives_way_to_unread() {
        let mut state = with_query();
        press(&mut state, Action::GoToAll);
        feeds::go_to(&mut state, Scope::Query(RAIN));
        state.overlay = Some(Overlay::QueryForm(QueryForm { query: RAIN, cursor: 0 }));
        let subscriptions = State::sample().subscriptions;
        take(&mut state, Event::SubscriptionsLoaded(subscriptions));
        assert_eq!((&state.timeline.scope, &state.overlay), (&Scope::Unread, &None));
    }

    #[test]
    fn what_rules_tell_of_is_told_outside() {
        let mut state = State::sample();
        let told = vec![("Rain".to_owned(), vec![EntryId(1), EntryId(2)])];
        let effects = take(&mut state, Event::RulesRan { told });
        assert!(effects.contains(&Effect::Notify("Rain: 2 new".to_owned())));
        assert!(loads_rows(&effects));
    }
}

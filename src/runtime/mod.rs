//! Floor 5: the loop. Keys and facts in, one drawing, effects out.
//!
//! Order: what the first frame shows is loaded and drawn; then the loop handles all messages that
//! wait, draws once, and sleeps until a key, a fact, a signal, the next change of a visible age, or a feed is due.

mod memory;
mod perform;
mod signals;
#[cfg(test)]
mod walk;

use std::io;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::app::{Effect, Event, Message, State, Wishes, update};
use crate::config::{Notify, OnStart, Settings};
use crate::model::{Failure, Timestamp};
use crate::store::{Store, StoreError};
use crate::tasks;
use crate::tui::{
    self, Depth, Input, Keyboard, Keymap, Look, Order, Painted, Painter, Pictures, Terminal, Theme, Themes,
};
use crate::typeset::Picture;
use crate::web::Web;
use perform::{Outlets, Performer};
use signals::Signals;

/// How long the first frame waits for the library before it is drawn without.
const FIRST_FRAME: Duration = Duration::from_millis(150);

/// Names the theme that suits the terminal.
const AUTO: &str = "auto";

/// Messages handled before the next drawing, at most.
const BURST: usize = 100;

/// What the reader runs on.
pub struct Parts<W> {
    /// The library.
    pub store: Store,
    /// The way to the feeds.
    pub web: W,
    /// The settings in force.
    pub settings: Settings,
    /// The pictures of articles.
    pub pictures: tasks::Pictures,
    /// The reader's files, to be read again and changed.
    pub files: Box<dyn OwnFiles>,
    /// What keys bring.
    pub keymap: Keymap,
    /// How it looks on this terminal.
    pub appearance: Appearance,
    /// The network is not to be touched.
    pub offline: bool,
    /// What to say when it starts, such as a mistake in the settings.
    pub notice: Option<String>,
}

/// The files in which the reader says how all should be.
pub trait OwnFiles {
    /// Reads them.
    fn read(&self) -> Read;

    /// Writes a setting into its file.
    fn change(&self, key: &str, value: &str) -> io::Result<()>;
}

/// What the reader's files say.
pub struct Read {
    /// The settings in force.
    pub settings: Settings,
    /// Each setting with its value as it is written.
    pub values: Vec<(String, String)>,
    /// What keys bring.
    pub keymap: Keymap,
    /// All themes.
    pub themes: Themes,
    /// What is wrong with them, each in one line.
    pub mistakes: Vec<String>,
}

/// How the reader looks on its terminal.
pub struct Appearance {
    /// All themes.
    pub themes: Themes,
    /// The theme that suits the terminal's ground.
    pub suited: &'static str,
    /// How many of them the terminal shows.
    pub depth: Depth,
    /// In which order letters are drawn.
    pub order: Order,
    /// The terminal is told of links.
    pub has_links: bool,
    /// The way to paint pictures, where the terminal shows any.
    pub painter: Option<Painter>,
    /// Pictures are shown from the start.
    pub is_illustrated: bool,
}

/// Why the reader ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// The terminal could not be used.
    #[error("cannot use the terminal: {0}")]
    Terminal(#[from] io::Error),
    /// The library could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs the reader until the person leaves. Marks are on disk when this returns.
pub async fn run<W: Web + 'static>(parts: Parts<W>) -> Result<(), ReaderError> {
    let scope = memory::scope(&parts.store).await?;
    let signals = Signals::listen()?;
    let Appearance { themes, suited, depth, order, has_links, painter, is_illustrated } = parts.appearance;
    let terminal = Terminal::enter(order, parts.settings.mouse)?;
    let measure = memory::measure(&parts.store).await?.unwrap_or(parts.settings.measure);
    let cell = painter.as_ref().map(Painter::cell);
    let wishes =
        Wishes { measure, pictures: is_illustrated, cell, ..wishes_of(&parts.settings, parts.offline) };
    let mut state = State::new(terminal.size()?, Timestamp::now(), wishes, scope);
    state.arrange(memory::view(&parts.store).await?);
    state.seen = parts.store.last_seen().await?;
    state.greet(parts.notice);
    state.settings = parts.files.read().values;
    state.theme = memory::theme(&parts.store, &parts.settings.theme).await?;
    state.themes = std::iter::once(AUTO.to_owned()).chain(themes.names()).collect();
    let wardrobe = Wardrobe { themes, suited, depth };
    let (theme, problem) = wardrobe.theme(&state.theme);
    state.greet(problem);
    let (facts, inbox) = mpsc::unbounded_channel();
    let on_start = parts.settings.refresh.on_start;
    let outside = Outside::of(&parts.settings);
    let (outlet, painted) = mpsc::unbounded_channel();
    let outlets = Outlets { facts, painted: outlet };
    let easel = (parts.pictures, painter);
    let performer = Performer::start(parts.store, parts.web, parts.settings, easel, outlets);
    let pictures = Pictures::new(depth);
    let keymap = parts.keymap;
    state.keys = keymap.all_keys();
    let reader = Reader {
        state,
        terminal,
        signals,
        inbox,
        painted,
        performer,
        pictures,
        keymap,
        keyboard: Keyboard::default(),
        files: parts.files,
        outside,
        offline: parts.offline,
        wardrobe,
        theme,
        order,
        has_links,
    };
    reader.run(on_start).await;
    Ok(())
}

/// The themes, and what decides which one is meant.
struct Wardrobe {
    themes: Themes,
    suited: &'static str,
    depth: Depth,
}

impl Wardrobe {
    /// Gives a theme by its name, and says what is wrong with it.
    fn theme(&self, name: &str) -> (Theme, Option<String>) {
        let wanted = if name == AUTO { self.suited } else { name };
        let found = match (wanted, self.suited) {
            // The terminal's own ground would not do.
            ("dark", "light") | ("light", "dark") => self.themes.painted(wanted, self.depth),
            _ => self.themes.get(wanted, self.depth),
        };
        match found {
            Some((theme, complaints)) => {
                let first = complaints.first();
                (theme, first.map(|first| format!("themes/{wanted}.toml:{}: {}", first.line, first.message)))
            }
            None => (Theme::dark(self.depth), Some(format!("there is no theme `{name}` any more"))),
        }
    }
}

/// What of us is seen outside the terminal's cells.
struct Outside {
    has_title: bool,
    notify: Notify,
}

impl Outside {
    fn of(settings: &Settings) -> Outside {
        Outside { has_title: settings.title, notify: settings.notify }
    }
}

/// Gives the settings that bear on the reader; what the terminal and the reader's keys add is for others to say.
fn wishes_of(settings: &Settings, offline: bool) -> Wishes {
    Wishes {
        mark_read: settings.mark_read,
        measure: settings.measure,
        pictures: false,
        cell: None,
        offline,
        is_linear: settings.screen_reader,
        notify: (settings.notify != Notify::Off).then(|| settings.notify_folders.clone()),
        zone: jiff::tz::TimeZone::system(),
    }
}

struct Reader<W> {
    state: State,
    terminal: Terminal,
    signals: Signals,
    inbox: mpsc::UnboundedReceiver<Event>,
    /// Pictures that were painted, each before the fact that it is there.
    painted: mpsc::UnboundedReceiver<(Picture, Painted)>,
    performer: Performer<W>,
    pictures: Pictures,
    keymap: Keymap,
    keyboard: Keyboard,
    files: Box<dyn OwnFiles>,
    outside: Outside,
    offline: bool,
    wardrobe: Wardrobe,
    theme: Theme,
    order: Order,
    has_links: bool,
}

impl<W: Web + 'static> Reader<W> {
    /// Runs to the end, however that comes: marks are brought to the disk after a lost terminal and a panic too.
    async fn run(mut self, on_start: OnStart) {
        let ended = AssertUnwindSafe(self.read(on_start)).catch_unwind().await;
        // The screen is given back first: what is still on its way to the disk shows nothing.
        drop(self.terminal);
        self.performer.finish().await;
        if let Err(panic) = ended {
            std::panic::resume_unwind(panic);
        }
    }

    async fn read(&mut self, on_start: OnStart) {
        self.load_first_frame().await;
        let drawn = self.draw();
        self.performer.perform(Effect::IndexWords { is_wanted: false });
        let _watch = self.performer.watch().await;
        let mut leaving = !drawn || (on_start == OnStart::Due && self.begin_refresh());
        while !leaving {
            let message = self.next().await;
            leaving = self.handle(message) || self.handle_waiting() || !self.draw();
        }
    }

    /// Asks for what the first frame shows, and waits for it a little.
    async fn load_first_frame(&mut self) {
        let deadline = Instant::now() + FIRST_FRAME;
        for effect in self.state.start() {
            self.performer.perform(effect);
        }
        while !self.state.timeline.loaded {
            let Ok(Some(event)) = timeout_at(deadline, self.inbox.recv()).await else {
                return;
            };
            self.handle(Some(Message::Event(event)));
        }
    }

    /// Fetches in the background what has grown old; after the first frame, never before it.
    fn begin_refresh(&mut self) -> bool {
        self.handle(Some(Message::Event(Event::Started)))
    }

    /// Handles what waits already, so that a held key or a burst of facts is drawn once; tells whether to leave.
    fn handle_waiting(&mut self) -> bool {
        for _ in 0..BURST {
            let message = match self.inbox.try_recv() {
                Ok(event) => Some(Message::Event(event)),
                Err(_) => match self.terminal.waiting_input() {
                    Some(input) => self.message_of(input),
                    None => return false,
                },
            };
            if self.handle(message) {
                return true;
            }
        }
        false
    }

    /// Waits for whatever comes first.
    async fn next(&mut self) -> Option<Message> {
        let tick = self.state.next_tick().map(until);
        let refresh = self.state.next_refresh().map(until);
        let shows_keys = self.keyboard.shows_at(std::time::Instant::now()).map(Instant::from_std);
        tokio::select! {
            input = self.terminal.input() => self.message_of(input),
            Some(event) = self.inbox.recv() => Some(Message::Event(event)),
            () = self.signals.wait() => Some(Message::Event(Event::Terminated)),
            () = sleep_until(tick.unwrap_or_else(Instant::now)), if tick.is_some() => {
                Some(Message::Event(Event::ClockTicked))
            }
            () = sleep_until(refresh.unwrap_or_else(Instant::now)), if refresh.is_some() => {
                Some(Message::Event(Event::FeedsDue))
            }
            () = sleep_until(shows_keys.unwrap_or_else(Instant::now)), if shows_keys.is_some() => None,
        }
    }

    fn message_of(&mut self, input: Input) -> Option<Message> {
        match input {
            Input::Key(key) if self.state.is_typing() => tui::typed(key).map(Message::Typed),
            Input::Key(key) => {
                let (action, times) = self.keyboard.press(&self.keymap, &self.state, key)?;
                Some(times.map_or(Message::Action(action), |times| Message::Repeated(action, times)))
            }
            Input::Mouse(_) if self.state.prompt.is_some() => None,
            Input::Mouse(pointer) => Some(Message::Pointed(pointer)),
            Input::Resized(size) => Some(Message::Event(Event::Resized(size))),
            Input::Gone => Some(Message::Event(Event::Terminated)),
        }
    }

    /// Updates the state and sets off what it wants; tells whether to leave.
    fn handle(&mut self, message: Option<Message>) -> bool {
        let Some(message) = message else {
            return false;
        };
        while let Ok((picture, painted)) = self.painted.try_recv() {
            self.pictures.insert(picture, painted);
        }
        let effects = update(&mut self.state, message, Timestamp::now());
        let mut leaving = false;
        for effect in effects {
            leaving |= effect == Effect::Quit;
            if let Effect::ForgetPictures(pictures) = &effect {
                for picture in pictures {
                    self.pictures.remove(picture);
                }
            }
            match effect {
                Effect::Copy(text) => self.copy(&text),
                Effect::Notify(text) => self.notify(&text),
                Effect::ChangeSetting { key, value } => self.change_setting(&key, &value),
                Effect::ReloadSettings => self.reload("settings, keys and themes were read again".to_owned()),
                Effect::Suspend => leaving |= !self.suspend(),
                Effect::UseTheme(name) => {
                    let (theme, problem) = self.wardrobe.theme(&name);
                    self.theme = theme;
                    self.state.greet(problem);
                    self.performer.perform(Effect::UseTheme(name));
                }
                effect => self.performer.perform(effect),
            }
        }
        leaving
    }

    /// Gives the terminal back until the shell wakes us; tells whether there still is one then.
    fn suspend(&mut self) -> bool {
        let resumed = self.terminal.suspend();
        if let Err(error) = &resumed {
            tracing::warn!(%error, "the terminal is gone");
        }
        // It may have another size by now.
        if let Ok(size) = self.terminal.size() {
            self.state.now = Timestamp::now();
            self.handle(Some(Message::Event(Event::Resized(size))));
        }
        resumed.is_ok()
    }

    /// Writes a setting into the reader's file, and has it in force.
    fn change_setting(&mut self, key: &str, value: &str) {
        match self.files.change(key, value) {
            Ok(()) => self.reload(format!("{key} = {value}")),
            Err(error) => {
                let what = format!("cannot keep the setting {key}");
                let failure = Failure { what, why: error.to_string(), hint: None };
                self.handle(Some(Message::Event(Event::Failed(failure))));
            }
        }
    }

    /// Reads the reader's files again. What the way to the feeds was made of stays until the next start.
    fn reload(&mut self, words: String) {
        let Read { settings, values, keymap, themes, mistakes } = self.files.read();
        self.keymap = keymap;
        self.wardrobe.themes = themes;
        self.outside = Outside::of(&settings);
        let (theme, problem) = self.wardrobe.theme(&self.state.theme);
        self.theme = theme;
        if let Err(error) = self.terminal.use_mouse(settings.mouse) {
            tracing::warn!(%error, "the mouse cannot be reached");
        }
        let wishes = Box::new(wishes_of(&settings, self.offline));
        self.performer.use_settings(settings);
        let keys = self.keymap.all_keys();
        let themes = std::iter::once(AUTO.to_owned()).chain(self.wardrobe.themes.names()).collect();
        let notice = mistakes.into_iter().chain(problem).next().map_or(Ok(words), Err);
        let read = Event::SettingsRead { wishes, settings: values, keys, themes, notice };
        self.handle(Some(Message::Event(read)));
    }

    fn notify(&mut self, text: &str) {
        if let Err(error) = self.terminal.notify(self.outside.notify, text) {
            tracing::warn!(%error, "nobody could be told");
        }
    }

    fn copy(&mut self, text: &str) {
        if let Err(error) = self.terminal.copy(text) {
            tracing::warn!(%error, "the clipboard cannot be reached");
        }
    }

    /// Draws the state; tells whether there still is a terminal to draw on.
    fn draw(&mut self) -> bool {
        let title = self.outside.has_title.then(|| title(self.state.subscriptions.library.unread));
        let look = Look {
            theme: &self.theme,
            keymap: &self.keymap,
            keyboard: &self.keyboard,
            order: self.order,
            links: self.has_links.then_some(0),
            pictures: &self.pictures,
        };
        let drawn = self.terminal.draw(&self.state, look).and_then(|()| self.terminal.set_title(title));
        if let Err(error) = &drawn {
            tracing::warn!(%error, "the terminal is gone");
        }
        drawn.is_ok()
    }
}

/// Gives the title of the terminal.
fn title(unread: u64) -> String {
    if unread == 0 { "newsterm".to_owned() } else { format!("({unread}) newsterm") }
}

/// Converts a moment of the calendar to one of the clock, a little late rather than early.
fn until(moment: Timestamp) -> Instant {
    let left = moment.duration_since(Timestamp::now());
    let left = Duration::try_from(left).unwrap_or_default();
    // A week is far enough for any age; more could overflow the clock.
    Instant::now() + left.min(Duration::from_hours(168)) + Duration::from_millis(10)
}

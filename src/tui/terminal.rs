//! The terminal itself: taken over, listened to, and given back on every way out.

use std::io::{self, IsTerminal, Stdout};
use std::mem::ManuallyDrop;
use std::sync::Arc;

use ratatui::Terminal as Screen;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{
    self, Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::crossterm::{cursor, execute, style, terminal};
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};
use tokio::sync::mpsc;

use super::hyperlinks::Linked;
use super::mouse::{LeaveMouse, ReportMouse};
use super::order::{LeaveOrder, TurnText};
use super::title::{BringTitleBack, KeepTitle};
use super::{Depth, Look, Order, draw};
use crate::app::{Gesture, Pointer, Size, State};
use crate::config::Notify;
use crate::typeset::{Page, Target};

/// The screen while it is ours; given back when dropped.
pub struct Terminal {
    /// Never dropped: ratatui would show the cursor once more, and panic where the terminal is gone.
    screen: ManuallyDrop<Screen<Linked<Stdout>>>,
    /// The page whose links the backend knows, and how many there were before it.
    linked: (Option<Arc<Page>>, u8),
    area: Rect,
    inputs: mpsc::UnboundedReceiver<Input>,
    /// The order of letters, and whether the mouse is reported.
    way: (Order, bool),
    /// The title that the terminal has of us.
    title: Option<String>,
}

/// What comes from the terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Mouse(Pointer),
    /// The terminal has another size.
    Resized(Size),
    /// The terminal is gone.
    Gone,
}

impl Terminal {
    /// Takes the terminal over: its other screen, keys unprocessed, no cursor.
    pub fn enter(order: Order, has_mouse: bool) -> io::Result<Terminal> {
        let area = Rect::default();
        // Fixed: ratatui itself would draw at the terminal's size of the moment, which the state may not know yet.
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let open = |()| Screen::with_options(Linked::new(io::stdout()), options);
        let screen = take_over(order, has_mouse).and_then(open);
        match screen {
            Ok(screen) => Ok(Terminal {
                screen: ManuallyDrop::new(screen),
                linked: (None, 0),
                area,
                inputs: listen(),
                way: (order, has_mouse),
                title: None,
            }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }

    /// Gives the terminal back, stops until the shell goes on with the program, and takes it over again. Where there is
    /// no shell that could do that, the system leaves the program running.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.leave_title();
        restore();
        #[cfg(unix)]
        rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
        let (order, has_mouse) = self.way;
        take_over(order, has_mouse)?;
        // All of it is drawn anew.
        (self.area, self.title) = (Rect::default(), None);
        Ok(())
    }

    /// Gives the terminal's size.
    pub fn size(&self) -> io::Result<Size> {
        let (width, height) = terminal::size()?;
        Ok(Size { width, height })
    }

    /// Draws the state; only what changed is written.
    ///
    /// At the size that the state knows: when the terminal has shrunk since, the next message tells, and
    /// what is drawn until then is drawn over.
    pub fn draw(&mut self, state: &State, look: Look<'_>) -> io::Result<()> {
        let area = area_of(state.size);
        if self.area != area {
            self.screen.resize(area)?;
            self.area = area;
        }
        let look = Look { links: look.links.map(|_| self.tell_links(state)), ..look };
        self.screen.draw(|frame| draw(frame, state, look)).map(drop)
    }

    /// Gives the backend the addresses of the page that is drawn; tells the page's generation.
    fn tell_links(&mut self, state: &State) -> u8 {
        let (known, generation) = &mut self.linked;
        let page = state.reader.page.as_ref();
        if page.map(Arc::as_ptr) != known.as_ref().map(Arc::as_ptr) {
            *generation = generation.wrapping_add(1);
            *known = page.cloned();
            let links = page.map(|page| page.links()).unwrap_or_default();
            self.screen.backend_mut().set_targets(links.iter().map(Target::url));
        }
        *generation
    }

    /// Gives the terminal a title, which it loses again with us.
    pub fn set_title(&mut self, title: Option<String>) -> io::Result<()> {
        if self.title == title {
            return Ok(());
        }
        match (&title, &self.title) {
            (Some(title), None) => execute!(io::stdout(), KeepTitle, terminal::SetTitle(title))?,
            (Some(title), Some(_)) => execute!(io::stdout(), terminal::SetTitle(title))?,
            (None, _) => execute!(io::stdout(), BringTitleBack)?,
        }
        self.title = title;
        Ok(())
    }

    /// Tells of something outside the window.
    pub fn notify(&mut self, way: Notify, text: &str) -> io::Result<()> {
        match way {
            Notify::Off => Ok(()),
            Notify::Osc9 => {
                execute!(io::stdout(), style::Print(format_args!("\x1b]9;newsterm: {text}\x1b\\")))
            }
            Notify::Osc777 => {
                execute!(io::stdout(), style::Print(format_args!("\x1b]777;notify;newsterm;{text}\x1b\\")))
            }
            Notify::Bell => execute!(io::stdout(), style::Print('\x07')),
        }
    }

    /// Has the mouse reported, or no longer.
    pub fn use_mouse(&mut self, has_mouse: bool) -> io::Result<()> {
        if self.way.1 != has_mouse {
            self.way.1 = has_mouse;
            if has_mouse { execute!(io::stdout(), ReportMouse)? } else { execute!(io::stdout(), LeaveMouse)? }
        }
        Ok(())
    }

    /// Puts a text on the clipboard of the terminal, wherever that runs (OSC 52).
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Gives the terminal the title back that it had. Errors are left alone as in `restore`.
    fn leave_title(&mut self) {
        drop(self.set_title(None));
    }

    /// Waits for the next input.
    pub async fn input(&mut self) -> Input {
        self.inputs.recv().await.unwrap_or(Input::Gone)
    }

    /// Gives an input that waits already.
    pub fn waiting_input(&mut self) -> Option<Input> {
        self.inputs.try_recv().ok()
    }
}

/// Takes the terminal over: its other screen, keys unprocessed, no cursor.
fn take_over(order: Order, has_mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), terminal::EnterAlternateScreen, cursor::Hide)?;
    if order == Order::Visual {
        execute!(io::stdout(), LeaveOrder)?;
    }
    if has_mouse { execute!(io::stdout(), ReportMouse) } else { Ok(()) }
}

/// Reads the terminal on a thread of its own, until the program ends.
///
/// Not on the drawing thread, nor by the event stream that polls from there: where the terminal has gone away,
/// crossterm 0.29 reads in a circle and never returns.
fn listen() -> mpsc::UnboundedReceiver<Input> {
    let (inputs, inbox) = mpsc::unbounded_channel();
    let listening = std::thread::Builder::new().name("keys".into()).spawn(move || {
        let size_now = || terminal::size().map(|(width, height)| Size { width, height }).ok();
        let mut known = size_now();
        while let Ok(event) = event::read() {
            // crossterm 0.29 drops a resize that comes together with a key.
            let resized = size_now().filter(|size| known.replace(*size).is_some_and(|known| known != *size));
            let input =
                input_of(&event).filter(|input| !matches!(input, Input::Resized(_)) || resized.is_none());
            for input in resized.map(Input::Resized).into_iter().chain(input) {
                if inputs.send(input).is_err() {
                    return;
                }
            }
        }
    });
    listening.expect("the system can start a thread");
    inbox
}

fn area_of(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}

fn input_of(event: &Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(*key)),
        Event::Mouse(event) => Some(Input::Mouse(pointer_of(*event)?)),
        Event::Resize(width, height) => Some(Input::Resized(Size { width: *width, height: *height })),
        _ => None,
    }
}

fn pointer_of(event: MouseEvent) -> Option<Pointer> {
    let gesture = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Gesture::Press,
        MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
        MouseEventKind::Up(MouseButton::Left) => Gesture::Release,
        MouseEventKind::ScrollDown => Gesture::WheelDown,
        MouseEventKind::ScrollUp => Gesture::WheelUp,
        _ => return None,
    };
    Some(Pointer { gesture, column: event.column, row: event.row })
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave_title();
        restore();
    }
}

/// Gives the terminal back. Errors are left alone: on this way out nobody could be told.
fn restore() {
    drop(terminal::disable_raw_mode());
    drop(execute!(io::stdout(), LeaveMouse, TurnText, terminal::LeaveAlternateScreen, cursor::Show));
}

/// Has panics of the drawing thread give the terminal back first; those of others go to the log.
///
/// A parser that panics in its own task is caught there, and must not spoil the screen.
pub fn install_panic_hook() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some("main") {
            if terminal::is_raw_mode_enabled().unwrap_or(false) {
                restore();
            }
            default(panic);
        } else {
            tracing::error!(%panic, "a task panicked");
        }
    }));
}

/// Tells whether there is a terminal to read keys from and draw on.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Tells how many colours the terminal shows, by what the environment says.
pub fn depth(variable: impl Fn(&str) -> Option<String>) -> Depth {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_default();
    let colorterm = variable("COLORTERM").unwrap_or_default();
    if is_set("NO_COLOR") || term == "dumb" {
        Depth::None
    } else if matches!(colorterm.as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
        Depth::True
    } else if term.contains("256color") {
        Depth::Palette
    } else {
        Depth::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(variables: &[(&str, &str)]) -> Depth {
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name);
        depth(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        assert_eq!(depth_of(&[("TERM", "xterm-256color")]), Depth::Palette);
        assert_eq!(depth_of(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(depth_of(&[("TERM", "linux")]), Depth::Sixteen);
        assert_eq!(depth_of(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")]), Depth::None);
        assert_eq!(depth_of(&[("TERM", "xterm"), ("NO_COLOR", "")]), Depth::Sixteen);
    }
}

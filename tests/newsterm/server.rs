//! A web server of feeds that does what a test tells it, on this machine.
//!
//! Every connection is one request. What a path answers may change at any time; what was asked is kept.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// Longest wait for what must come.
const DEADLINE: Duration = Duration::from_secs(30);

/// Serves until it is dropped.
pub(crate) struct FeedServer {
    address: SocketAddr,
    site: Arc<Site>,
}

#[derive(Default)]
struct Site {
    pages: Mutex<HashMap<String, Behaviour>>,
    asked: Mutex<Vec<Asked>>,
    was_asked: Condvar,
    is_closed: AtomicBool,
}

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    path: String,
    headers: Vec<(String, String)>,
}

/// What a path answers.
#[derive(Clone, Debug)]
pub(crate) struct Behaviour {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    gate: Gate,
    ending: Ending,
}

#[derive(Clone, Copy, Debug)]
enum Ending {
    Whole,
    CutOff,
    Endless,
}

/// Holds answers back until a test opens it. Clones are the same gate.
#[derive(Clone, Debug)]
pub(crate) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl FeedServer {
    /// Starts on a free port; every path is 404 at first.
    pub(crate) fn start() -> FeedServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let site = Arc::new(Site::default());
        thread::spawn({
            let site = Arc::clone(&site);
            move || site.accept(&listener)
        });
        FeedServer { address, site }
    }

    /// Gives the address of a path (`/feed.xml`).
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers this from now on.
    pub(crate) fn serve(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.serve_with(path, Behaviour::of(body));
    }

    /// Behaves so from now on.
    pub(crate) fn serve_with(&self, path: &str, behaviour: Behaviour) {
        self.site.pages.lock().unwrap().insert(path.to_owned(), behaviour);
    }

    /// Lists the requests for a path so far, in order.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        self.site.asked(path)
    }

    /// Waits until a path was asked for so many times; those held by a gate count.
    pub(crate) fn wait_asked(&self, path: &str, times: usize) {
        let asked = self.site.asked.lock().unwrap();
        let is_short = |all: &mut Vec<Asked>| all.iter().filter(|asked| asked.path == path).count() < times;
        let (asked, timeout) = self.site.was_asked.wait_timeout_while(asked, DEADLINE, is_short).unwrap();
        drop(asked);
        assert!(!timeout.timed_out(), "waited in vain for {times} requests for {path}");
    }
}

impl Drop for FeedServer {
    fn drop(&mut self) {
        self.site.is_closed.store(true, Ordering::SeqCst);
        // Wakes the accepting thread; where that fails it has ended already.
        drop(TcpStream::connect(self.address));
    }
}

impl Asked {
    /// Gives the value of a header, whatever its case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Behaviour {
    /// Answers this body with 200 and an `ETag` of it, or 304 to one who has it.
    pub(crate) fn of(body: impl Into<Vec<u8>>) -> Behaviour {
        Behaviour {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
            gate: Gate::opened(),
            ending: Ending::Whole,
        }
    }

    /// Answers with this status and no body.
    pub(crate) fn status(status: u16) -> Behaviour {
        Behaviour { status, ..Behaviour::of("") }
    }

    /// Sends the client elsewhere.
    pub(crate) fn redirect(status: u16, to: &str) -> Behaviour {
        Behaviour::status(status).header("location", to)
    }

    /// Adds a header.
    #[must_use]
    pub(crate) fn header(mut self, name: &str, value: &str) -> Behaviour {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Answers only when the gate is open.
    #[must_use]
    pub(crate) fn behind(mut self, gate: &Gate) -> Behaviour {
        self.gate = gate.clone();
        self
    }

    /// Ends in the middle of the body.
    #[must_use]
    pub(crate) fn cut_off(mut self) -> Behaviour {
        self.ending = Ending::CutOff;
        self
    }

    /// Repeats the body for ever.
    #[must_use]
    pub(crate) fn endless(mut self) -> Behaviour {
        self.ending = Ending::Endless;
        self
    }

    fn answer(&self, asked: &Asked, stream: &mut TcpStream) -> std::io::Result<()> {
        let etag = self.etag();
        if self.status == 200 && asked.header("if-none-match") == Some(&etag) {
            return write!(stream, "HTTP/1.1 304 \r\netag: {etag}\r\nconnection: close\r\n\r\n");
        }
        write!(stream, "HTTP/1.1 {} \r\nconnection: close\r\netag: {etag}\r\n", self.status)?;
        for (name, value) in &self.headers {
            write!(stream, "{name}: {value}\r\n")?;
        }
        self.send_body(stream)
    }

    fn send_body(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let length = self.body.len();
        match self.ending {
            Ending::Whole => {
                write!(stream, "content-length: {length}\r\n\r\n")?;
                stream.write_all(&self.body)
            }
            Ending::CutOff => {
                write!(stream, "content-length: {length}\r\n\r\n")?;
                stream.write_all(&self.body[..length / 2])
            }
            Ending::Endless => {
                write!(stream, "\r\n")?;
                loop {
                    stream.write_all(&self.body)?;
                }
            }
        }
    }

    fn etag(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.body.hash(&mut hasher);
        format!("\"{:016x}\"", hasher.finish())
    }
}

impl Gate {
    /// Makes a gate that is closed.
    pub(crate) fn closed() -> Gate {
        Gate(Arc::new((Mutex::new(false), Condvar::new())))
    }

    fn opened() -> Gate {
        Gate(Arc::new((Mutex::new(true), Condvar::new())))
    }

    /// Lets all through, those who wait and those who come.
    pub(crate) fn open(&self) {
        let (is_open, opened) = &*self.0;
        *is_open.lock().unwrap() = true;
        opened.notify_all();
    }

    fn pass(&self) {
        let (is_open, opened) = &*self.0;
        let is_open = is_open.lock().unwrap();
        drop(opened.wait_timeout_while(is_open, DEADLINE, |is_open| !*is_open).unwrap());
    }
}

impl Site {
    fn accept(self: &Arc<Site>, listener: &TcpListener) {
        for stream in listener.incoming() {
            if self.is_closed.load(Ordering::SeqCst) {
                return;
            }
            let site = Arc::clone(self);
            // A client may leave at any time, in the middle of an answer too: that is its affair.
            thread::spawn(move || {
                stream.and_then(|stream| site.talk(stream)).unwrap_or_default();
            });
        }
    }

    fn talk(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let asked = read_request(&stream)?;
        let page = self.pages.lock().unwrap().get(&asked.path).cloned();
        self.asked.lock().unwrap().push(asked.clone());
        self.was_asked.notify_all();
        let page = page.unwrap_or_else(|| Behaviour::status(404));
        page.gate.pass();
        page.answer(&asked, &mut stream)
    }

    fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| asked.path == path).cloned().collect()
    }
}

fn read_request(stream: &TcpStream) -> std::io::Result<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let mut headers = Vec::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    Ok(Asked { path, headers })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn connect(server: &FeedServer, path: &str, headers: &str) -> TcpStream {
        let mut stream = TcpStream::connect(server.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\n{headers}\r\n").unwrap();
        stream
    }

    fn get(server: &FeedServer, path: &str, headers: &str) -> String {
        let mut answer = String::new();
        connect(server, path, headers).read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_page_is_served_once_it_is_there() {
        let server = FeedServer::start();
        assert!(get(&server, "/feed", "").starts_with("HTTP/1.1 404 "));
        server.serve("/feed", "<rss/>");
        assert!(get(&server, "/feed", "").ends_with("\r\n\r\n<rss/>"));
        assert_eq!(server.asked("/feed").len(), 2);
        assert!(server.url("/feed").ends_with("/feed"));
    }

    #[test]
    fn one_who_has_the_page_is_told_so() {
        let server = FeedServer::start();
        server.serve("/feed", "<rss/>");
        let first = get(&server, "/feed", "");
        let etag = first.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
        let again = get(&server, "/feed", &format!("If-None-Match: {etag}\r\n"));
        assert!(again.starts_with("HTTP/1.1 304 "), "{again}");
        assert_eq!(server.asked("/feed")[1].header("if-none-match"), Some(etag));
    }

    #[test]
    fn a_gate_holds_an_answer_until_it_opens() {
        let server = FeedServer::start();
        let gate = Gate::closed();
        server.serve_with("/slow", Behaviour::of("late").behind(&gate));
        let mut stream = connect(&server, "/slow", "");
        server.wait_asked("/slow", 1);
        gate.open();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with("late"));
    }

    #[test]
    fn answers_can_be_redirects_cut_off_and_endless() {
        let server = FeedServer::start();
        server.serve_with("/old", Behaviour::redirect(301, "/new"));
        server.serve_with("/half", Behaviour::of("1234").cut_off());
        server.serve_with("/more", Behaviour::of("again ").endless());
        assert!(get(&server, "/old", "").contains("\r\nlocation: /new\r\n"));
        assert!(get(&server, "/half", "").ends_with("content-length: 4\r\n\r\n12"));
        let mut piece = vec![0; 100_000];
        connect(&server, "/more", "").read_exact(&mut piece).unwrap();
    }
}

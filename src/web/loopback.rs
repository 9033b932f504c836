//! A small web server on this machine, for the library of `newsterm --demo`.
//!
//! Serves what it was given at the start to this machine only: GET and HEAD, with validators. Every request is read
//! within bounds of size and time, so that nothing a stranger on this machine sends can hold or harm it.

use std::collections::HashMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::Url;

/// Longest head of a request in bytes.
const LONGEST_HEAD: u64 = 16_384;
/// Longest wait for a request, the first and the next.
const PATIENCE: Duration = Duration::from_secs(30);

/// What lies at one path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Its MIME type.
    pub content_type: String,
    /// The bytes sent.
    pub body: Vec<u8>,
}

/// Serves pages on an address of its own until it is dropped.
#[derive(Debug)]
pub struct Loopback {
    address: Url,
    task: JoinHandle<()>,
}

type Pages = Arc<HashMap<String, TaggedPage>>;

struct TaggedPage {
    etag: String,
    page: Page,
}

/// What is asked, as far as this server cares.
#[derive(Default, PartialEq, Eq, Debug)]
struct Asked {
    method: String,
    path: String,
    if_none_match: String,
    is_last: bool,
}

impl Loopback {
    /// Serves the pages made for its address, each under its path (`/world.xml`), on a free port.
    pub async fn start(pages: impl FnOnce(&Url) -> HashMap<String, Page>) -> io::Result<Loopback> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = format!("http://{}/", listener.local_addr()?);
        let address = Url::parse(&address).map_err(io::Error::other)?;
        let pages = Arc::new(pages(&address).into_iter().map(|(path, page)| (path, tagged(page))).collect());
        Ok(Loopback { address, task: tokio::spawn(accept(listener, pages)) })
    }

    /// Shows the address of the root, with a slash at its end.
    pub fn address(&self) -> &Url {
        &self.address
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn tagged(page: Page) -> TaggedPage {
    TaggedPage { etag: format!("\"{:016x}\"", xxh3_64(&page.body)), page }
}

async fn accept(listener: TcpListener, pages: Pages) {
    // Ends the connections with this task.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                connections.spawn(talk(stream, Arc::clone(&pages)));
            }
            Some(_) = connections.join_next() => {}
            // Accepting failed with no connection left to wait for: the port is gone.
            else => return,
        }
    }
}

/// Answers request after request, until the other side ends or breaks the rules.
async fn talk(stream: TcpStream, pages: Pages) {
    let mut stream = BufReader::new(stream);
    while let Ok(Ok(Some(asked))) = timeout(PATIENCE, read_request(&mut stream)).await {
        let answer = answer(&asked, &pages);
        if stream.write_all(&answer).await.is_err() || asked.is_last {
            return;
        }
    }
}

async fn read_request(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Asked>> {
    let mut head = stream.take(LONGEST_HEAD);
    let mut line = String::new();
    head.read_line(&mut line).await?;
    let mut asked = first_line(&line);
    loop {
        line.clear();
        head.read_line(&mut line).await?;
        if !line.ends_with('\n') {
            return Ok(None);
        }
        if line.trim().is_empty() {
            return Ok(Some(asked));
        }
        read_header(&mut asked, &line);
    }
}

fn first_line(line: &str) -> Asked {
    let mut words = line.split_ascii_whitespace();
    let mut next = || words.next().unwrap_or_default();
    let (method, target, version) = (next(), next(), next());
    Asked {
        method: method.to_owned(),
        path: target.split('?').next().unwrap_or_default().to_owned(),
        if_none_match: String::new(),
        is_last: version != "HTTP/1.1",
    }
}

fn read_header(asked: &mut Asked, line: &str) {
    let Some((name, value)) = line.split_once(':') else {
        return;
    };
    let value = value.trim();
    match name.to_ascii_lowercase().as_str() {
        "if-none-match" => value.clone_into(&mut asked.if_none_match),
        "connection" if value.eq_ignore_ascii_case("close") => asked.is_last = true,
        // A body is not read, so what follows the head would be taken for the next request.
        "content-length" | "transfer-encoding" => asked.is_last = true,
        _ => {}
    }
}

fn answer(asked: &Asked, pages: &HashMap<String, TaggedPage>) -> Vec<u8> {
    let sends_body = asked.method == "GET";
    if !sends_body && asked.method != "HEAD" {
        return plain("405 Method Not Allowed", asked);
    }
    let Some(TaggedPage { etag, page }) = pages.get(&asked.path) else {
        return plain("404 Not Found", asked);
    };
    if knows(asked, etag) {
        return head("304 Not Modified", asked, &format!("etag: {etag}\r\n"));
    }
    let Page { content_type, body } = page;
    let length = body.len();
    let fields = format!("content-type: {content_type}\r\ncontent-length: {length}\r\netag: {etag}\r\n");
    let mut answer = head("200 OK", asked, &fields);
    if sends_body {
        answer.extend_from_slice(body);
    }
    answer
}

fn knows(asked: &Asked, etag: &str) -> bool {
    let mut tags = asked.if_none_match.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn plain(status: &str, asked: &Asked) -> Vec<u8> {
    head(status, asked, "content-length: 0\r\n")
}

fn head(status: &str, asked: &Asked, fields: &str) -> Vec<u8> {
    let connection = if asked.is_last { "close" } else { "keep-alive" };
    format!("HTTP/1.1 {status}\r\n{fields}connection: {connection}\r\n\r\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::{Answer, HttpClient, Request, Web, WebSettings};

    async fn sample() -> Loopback {
        let page = Page { content_type: "application/rss+xml".to_owned(), body: b"<rss/>".to_vec() };
        Loopback::start(|_| HashMap::from([("/world.xml".to_owned(), page)])).await.unwrap()
    }

    async fn say(server: &Loopback, request: &str) -> String {
        let address = server.address().socket_addrs(|| None).unwrap()[0];
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn the_client_reads_a_page_and_then_finds_it_not_modified() {
        let server = sample().await;
        let url = server.address().join("world.xml").unwrap();
        let client = HttpClient::new(&WebSettings::default()).unwrap();
        let Ok(Answer::Document(document)) = client.get(Request::new(url.clone())).await else {
            panic!("no document");
        };
        assert_eq!(document.bytes, b"<rss/>");
        assert_eq!(document.content_type.as_deref(), Some("application/rss+xml"));
        let again = client.get(Request::new(url.clone()).if_changed(Some(url), document.etag, None)).await;
        assert_eq!(again, Ok(Answer::NotModified));
    }

    #[tokio::test]
    async fn requests_may_follow_each_other_on_one_connection() {
        let server = sample().await;
        let twice = "GET /world.xml?x HTTP/1.1\r\n\r\nHEAD /world.xml HTTP/1.1\r\nConnection: close\r\n\r\n";
        let answer = say(&server, twice).await;
        assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 2);
        assert_eq!(answer.matches("<rss/>").count(), 1);
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        let answer = say(&sample().await, "GET /../etc/passwd HTTP/1.0\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 404 Not Found\r\n"), "{answer}");
    }

    #[tokio::test]
    async fn nothing_can_be_sent_to_it() {
        let answer = say(&sample().await, "POST /world.xml HTTP/1.1\r\nContent-Length: 4\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"), "{answer}");
    }

    #[tokio::test]
    async fn a_head_without_end_is_not_read_for_ever() {
        let server = sample().await;
        let address = server.address().socket_addrs(|| None).unwrap()[0];
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut sent = 0;
        while sent < 100_000_000 && stream.write_all(&[b'x'; 4096]).await.is_ok() {
            sent += 4096;
        }
        assert!(sent < 100_000_000, "the server reads on");
    }

    #[tokio::test]
    async fn the_server_ends_when_it_is_dropped() {
        let server = sample().await;
        let address = server.address().socket_addrs(|| None).unwrap()[0];
        let mut open = TcpStream::connect(address).await.unwrap();
        drop(server);
        // Ended by the drop, with or without a complaint.
        open.read_to_end(&mut Vec::new()).await.unwrap_or_default();
        assert!(TcpStream::connect(address).await.is_err());
    }
}

//! Five hundred feeds on twenty hosts, a tenth of a second away; some fail, one never ends, one drips.
//!
//! What must hold is counted. How long it took is printed beside the ideal (`--nocapture`), and fails nothing.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::commands::{feed_of, opml_of, output_of};
use crate::library::Library;

const FEEDS: usize = 500;
const HOSTS: usize = 20;
const CONCURRENCY: usize = 64;
const PER_HOST: usize = 4;
const LATENCY: Duration = Duration::from_millis(100);
const TOTAL: Duration = Duration::from_secs(8);

const CONFIG: &str = "[refresh]\non_start = \"never\"\nspacing = \"0s\"\nconcurrency = 64\nper_host = 4\n\
                      [limits]\ntotal = \"8s\"\ndocument_mb = 2\n";

/// What a feed's server does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Healthy,
    Failing,
    Endless,
    Dripping,
}

fn kind(feed: usize) -> Kind {
    match feed {
        7 => Kind::Endless,
        13 => Kind::Dripping,
        feed if feed % 20 == 3 => Kind::Failing,
        _ => Kind::Healthy,
    }
}

/// What the servers counted.
#[derive(Default)]
struct Counts {
    requests: HashMap<usize, usize>,
    in_flight: HashMap<usize, usize>,
    most_at_a_host: usize,
    most_of_all: usize,
}

type Shared = Arc<Mutex<Counts>>;

/// Starts the hosts; none where this machine has only one address.
async fn hosts(counts: &Shared) -> Option<Vec<SocketAddr>> {
    let mut addresses = Vec::new();
    for host in 0..HOSTS {
        let Ok(listener) = TcpListener::bind(format!("127.0.0.{}:0", host + 1)).await else {
            eprintln!("skipped: this machine has one loopback address only");
            return None;
        };
        addresses.push(listener.local_addr().unwrap());
        let counts = Arc::clone(counts);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, host, Arc::clone(&counts)));
            }
        });
    }
    Some(addresses)
}

/// Answers one request; the client may leave at any time.
async fn serve(mut stream: TcpStream, host: usize, counts: Shared) {
    let mut head = vec![0; 4096];
    let length = stream.read(&mut head).await.unwrap_or_default();
    let head = String::from_utf8_lossy(&head[..length]);
    let feed = head.split(['/', ' ']).nth(2).and_then(|number| number.parse().ok());
    let Some(feed) = feed else { return };
    begin(&counts, host, feed);
    sleep(LATENCY).await;
    answer(&mut stream, feed, &counts, host).await.unwrap_or_default();
}

fn begin(counts: &Shared, host: usize, feed: usize) {
    let mut counts = counts.lock().unwrap();
    *counts.requests.entry(feed).or_default() += 1;
    *counts.in_flight.entry(host).or_default() += 1;
    counts.most_at_a_host = counts.most_at_a_host.max(counts.in_flight[&host]);
    counts.most_of_all = counts.most_of_all.max(counts.in_flight.values().sum());
}

fn end(counts: &Shared, host: usize) {
    *counts.lock().unwrap().in_flight.get_mut(&host).unwrap() -= 1;
}

async fn answer(stream: &mut TcpStream, feed: usize, counts: &Shared, host: usize) -> std::io::Result<()> {
    let document = feed_of(&format!("Feed {feed}"), &["Alpha", "Beta", "Gamma"]);
    let head =
        |length: usize| format!("HTTP/1.1 200 \r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    // Counted out before the last byte goes, so that the client's next request cannot come first.
    if kind(feed) != Kind::Dripping {
        end(counts, host);
    }
    match kind(feed) {
        Kind::Healthy => stream.write_all((head(document.len()) + &document).as_bytes()).await,
        Kind::Failing => {
            stream.write_all(b"HTTP/1.1 500 \r\nconnection: close\r\ncontent-length: 0\r\n\r\n").await
        }
        Kind::Endless => {
            stream.write_all(b"HTTP/1.1 200 \r\nconnection: close\r\n\r\n").await?;
            loop {
                stream.write_all(document.as_bytes()).await?;
            }
        }
        Kind::Dripping => {
            let dripped = drip(stream, &(head(document.len()) + &document)).await;
            end(counts, host);
            dripped
        }
    }
}

async fn drip(stream: &mut TcpStream, answer: &str) -> std::io::Result<()> {
    for byte in answer.bytes() {
        stream.write_all(&[byte]).await?;
        sleep(LATENCY).await;
    }
    Ok(())
}

/// A library that follows all feeds, spread over the hosts.
fn library_of(addresses: &[SocketAddr]) -> Library {
    let library = Library::new();
    library.config(CONFIG);
    let urls: Vec<String> =
        (0..FEEDS).map(|feed| format!("http://{}/{feed}", addresses[feed % HOSTS])).collect();
    library.file("feeds.opml", opml_of(&urls.iter().map(|url| ("", url.as_str())).collect::<Vec<_>>()));
    output_of(&library, &["import", "feeds.opml"]);
    library
}

/// Fetches all; gives the line of each feed with the time at which it came, and the time of the end.
fn fetch(library: &Library) -> (Vec<(Duration, Value)>, Duration) {
    let mut command = Command::new(cargo_bin!("newsterm"));
    command.args(["fetch", "--json"]).env("NEWSTERM_DIR", library.path()).env("HOME", library.path());
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let lines = lines.map(|line| (start.elapsed(), serde_json::from_str(&line.unwrap()).unwrap())).collect();
    assert_eq!(child.wait().unwrap().code(), Some(3));
    (lines, start.elapsed())
}

#[test]
fn five_hundred_feeds_come_in_whatever_some_of_them_do() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let counts = Shared::default();
    let Some(addresses) = runtime.block_on(hosts(&counts)) else { return };
    let (lines, whole) = fetch(&library_of(&addresses));

    assert_eq!(lines.len(), FEEDS);
    let mut last_healthy = Duration::ZERO;
    for (at, line) in &lines {
        let url = line["url"].as_str().unwrap();
        let feed = url.rsplit('/').next().unwrap().parse().unwrap();
        match kind(feed) {
            Kind::Healthy => {
                assert_eq!((&line["outcome"], &line["new"]), (&"updated".into(), &3.into()), "{url}");
                last_healthy = last_healthy.max(*at);
            }
            Kind::Failing => assert_eq!(line["error"], "the server says 500 Internal Server Error"),
            Kind::Endless => assert_eq!(line["error"], "larger than the limit of 2 MB"),
            Kind::Dripping => assert_eq!(line["error"], "the server did not answer in time"),
        }
    }
    let counts = counts.lock().unwrap();
    assert!((0..FEEDS).all(|feed| counts.requests[&feed] == 1), "each feed is asked once");
    assert!(counts.most_at_a_host <= PER_HOST, "{} at one host", counts.most_at_a_host);
    assert!(counts.most_of_all <= CONCURRENCY, "{} at once", counts.most_of_all);
    tell(last_healthy, whole, counts.most_of_all);
}

fn tell(last_healthy: Duration, whole: Duration, most: usize) {
    let rounds = FEEDS.div_ceil(CONCURRENCY).max(FEEDS.div_ceil(HOSTS).div_ceil(PER_HOST));
    let ideal = LATENCY * u32::try_from(rounds).unwrap();
    let ratio = last_healthy.as_secs_f64() / ideal.as_secs_f64();
    eprintln!(
        "{FEEDS} feeds on {HOSTS} hosts: every healthy one in after {last_healthy:.2?} ({ratio:.2} × the ideal {ideal:.2?}), \
         all ended after {whole:.2?} of {TOTAL:.2?}, {most} requests at once"
    );
}

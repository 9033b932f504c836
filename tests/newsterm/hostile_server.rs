//! A server that does all that a server should not, from the collection beside the project; skipped where that or
//! Python is absent.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use crate::commands::{json_of, output_of, titles};
use crate::library::Library;

/// Short limits of time, for what never ends.
const IMPATIENT: &str = "[refresh]\non_start = \"never\"\nspacing = \"0s\"\nevery = \"0s\"\n\
                         [limits]\nread = \"2s\"\ntotal = \"3s\"\n";
/// The limits that hold by default, for what ends by itself or by its size.
const PATIENT: &str = "[refresh]\non_start = \"never\"\nspacing = \"0s\"\nevery = \"0s\"\n";

/// The server, a process of its own; ended on drop.
struct HostileServer {
    process: Child,
    address: String,
}

impl HostileServer {
    /// Starts the server, where it is there.
    fn start() -> Option<HostileServer> {
        let script = folder().join("make_hostile.py");
        if !script.is_file() {
            eprintln!("skipped: the collection of hostile servers is not here");
            return None;
        }
        let mut command = Command::new("python3");
        command.arg(script).args(["--serve", "0", "300"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let Ok(mut process) = command.spawn() else {
            eprintln!("skipped: there is no python3");
            return None;
        };
        let mut first_line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first_line).unwrap();
        Some(HostileServer { process, address: first_line.trim().trim_end_matches('/').to_owned() })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Makes a library that follows these paths, none fetched yet.
    fn followed(&self, paths: &[&str], config: &str) -> Library {
        let library = Library::new();
        library.config(config);
        for path in paths {
            output_of(&library, &["--offline", "add", &self.url(path)]);
        }
        library
    }

    /// Fetches a path and gives what is told of its feed.
    fn fetched(&self, path: &str, config: &str) -> (Library, Value) {
        let library = self.followed(&[path], config);
        fetch(&library);
        let health = health(&library);
        (library, health)
    }

    /// Checks that a path gives an error of these words and no entries.
    fn assert_fails(&self, path: &str, config: &str, words: &str) {
        let (_library, health) = self.fetched(path, config);
        let problem = health["problem"].as_str().unwrap_or_else(|| panic!("{path}: no problem"));
        assert!(problem.contains(words), "{path}: {problem}");
        assert_eq!((&health["entries"], &health["url"]), (&0.into(), &self.url(path).into()));
    }

    /// Checks that a path gives its two entries.
    fn assert_comes(&self, path: &str) -> (Library, Value) {
        let (library, health) = self.fetched(path, PATIENT);
        assert_eq!((&health["problem"], &health["entries"]), (&Value::Null, &2.into()), "{path}");
        (library, health)
    }
}

impl Drop for HostileServer {
    fn drop(&mut self) {
        self.process.kill().unwrap_or_default();
        drop(self.process.wait());
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/feeds/hostile")
}

/// Fetches all; what comes of it is for the test to say, but it must not have been killed or misused.
fn fetch(library: &Library) -> Vec<Value> {
    let ended = library.newsterm(&["fetch", "--json"]).output().unwrap();
    assert!(matches!(ended.status.code(), Some(0 | 1 | 3)), "{ended:?}");
    let lines = String::from_utf8(ended.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn health(library: &Library) -> Value {
    json_of(library, &["feeds", "--json"]).remove(0)
}

#[test]
fn every_scenario_of_the_collection_is_driven() {
    let Ok(list) = fs::read(folder().join("scenarios.json")) else {
        eprintln!("skipped: the collection of hostile servers is not here");
        return;
    };
    let scenarios: Vec<Value> = serde_json::from_slice(&list).unwrap();
    let here = include_str!("hostile_server.rs");
    for scenario in scenarios {
        let path = scenario["path"].as_str().unwrap();
        assert!(here.contains(&format!("\"{path}\"")), "{path} is driven by no test");
    }
}

#[test]
fn what_brings_no_feed_says_why() {
    let Some(server) = HostileServer::start() else { return };
    let table = [
        ("/loop", "redirected in vain: more than 10 times"),
        ("/pingpong-a", "redirected in vain: more than 10 times"),
        ("/chain/50", "redirected in vain: more than 10 times"),
        ("/redirect-file", "the new address is neither http nor https"),
        ("/401", "credentials are needed"),
        ("/404", "the server says 404 Not Found"),
        ("/short", "the answer broke off: it ended too early"),
        ("/lie-length", "not a feed"),
        ("/cut-gzip", "the answer broke off"),
        ("/bad-encoding", "the answer broke off"),
        ("/bad-chunk", "the answer broke off"),
        ("/304-always", "the server says 304 Not Modified"),
        ("/html", "not a feed"),
        ("/empty", "not a feed"),
    ];
    for (path, words) in table {
        server.assert_fails(path, PATIENT, words);
    }
}

#[test]
fn a_header_of_half_a_megabyte_is_an_error_or_left_out() {
    let Some(server) = HostileServer::start() else { return };
    // Which of them depends on the pieces in which it comes.
    let (_library, health) = server.fetched("/big-header", PATIENT);
    match health["problem"].as_str() {
        Some(problem) => assert!(problem.starts_with("the answer broke off"), "{problem}"),
        None => assert_eq!(health["entries"], 2),
    }
}

#[test]
fn what_is_silent_or_drips_is_ended_by_the_limits_of_time() {
    let Some(server) = HostileServer::start() else { return };
    for path in ["/hang", "/slow"] {
        server.assert_fails(path, IMPATIENT, "the server did not answer in time");
    }
}

#[test]
fn what_brings_a_feed_in_the_end_is_taken() {
    let Some(server) = HostileServer::start() else { return };
    server.assert_comes("/chain/5");
    let (library, _) = server.assert_comes("/etag");
    fetch(&library);
    assert_eq!((&health(&library)["status"], &health(&library)["problem"]), (&304.into(), &Value::Null));
}

#[test]
fn escapes_in_headers_reach_neither_the_output_nor_the_log() {
    let Some(server) = HostileServer::start() else { return };
    let library = server.followed(&["/escape-header"], PATIENT);
    for arguments in [&["fetch"][..], &["fetch", "--json"], &["feeds"], &["feeds", "--json"]] {
        let ended = library.newsterm(arguments).env("NEWSTERM_LOG", "trace").output().unwrap();
        let said = [ended.stdout, ended.stderr].concat();
        assert!(!said.contains(&0x1b) && !said.contains(&0x07), "{}", String::from_utf8_lossy(&said));
    }
    assert_eq!(health(&library)["entries"], 2);
    for log in fs::read_dir(library.path().join("cache/logs")).unwrap() {
        let text = fs::read(log.unwrap().path()).unwrap();
        assert!(!text.contains(&0x1b), "{}", String::from_utf8_lossy(&text));
    }
}

#[test]
fn a_permanent_redirect_is_kept_once_and_the_entries_stay_read() {
    let Some(server) = HostileServer::start() else { return };
    let (library, _) = server.fetched("/permanent", PATIENT);
    output_of(&library, &["mark", "--read", "--query", "is:unread"]);
    fetch(&library);
    fetch(&library);
    let feeds = json_of(&library, &["feeds", "--json"]);
    assert_eq!((feeds.len(), &feeds[0]["url"]), (1, &server.url("/ok").into()));
    assert_eq!((titles(&library, "").len(), titles(&library, "is:unread").len()), (2, 0));
}

#[test]
fn a_feed_that_is_gone_is_no_longer_fetched_by_itself() {
    let Some(server) = HostileServer::start() else { return };
    let (library, health) = server.fetched("/gone", PATIENT);
    assert_eq!((&health["state"], &health["status"]), (&"gone".into(), &410.into()));
    assert!(fetch(&library).is_empty());
    assert_eq!(output_of(&library, &["fetch", "--due"]), "0 new entries · 0 feeds\n");
}

#[test]
fn retry_after_is_kept() {
    let Some(server) = HostileServer::start() else { return };
    for path in ["/429", "/503"] {
        let (library, health) = server.fetched(path, PATIENT);
        assert_eq!(health["failures"], 1, "{path}");
        assert_eq!(fetch(&library)[0]["outcome"], "left_alone", "{path}");
        assert_eq!(output_of(&library, &["fetch", "--due"]), "0 new entries · 0 feeds\n");
    }
}

#[test]
fn one_that_drips_or_is_silent_delays_no_other() {
    let Some(server) = HostileServer::start() else { return };
    let library = server.followed(&["/slow", "/hang", "/ok"], PATIENT);
    let mut command = Command::new(cargo_bin!("newsterm"));
    command.args(["fetch", "--json"]).env("NEWSTERM_DIR", library.path()).env("HOME", library.path());
    let mut fetching = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut first_line = String::new();
    BufReader::new(fetching.stdout.take().unwrap()).read_line(&mut first_line).unwrap();
    // The others are still under way.
    assert!(fetching.try_wait().unwrap().is_none());
    fetching.kill().unwrap();
    fetching.wait().unwrap();
    let first: Value = serde_json::from_str(&first_line).unwrap();
    assert_eq!((&first["url"], &first["new"]), (&server.url("/ok").into(), &2.into()));
}

#[test]
fn an_answer_longer_than_it_says_does_not_mix_with_the_next() {
    let Some(server) = HostileServer::start() else { return };
    let library = server.followed(&["/lie-length", "/ok", "/chain/1"], &format!("{PATIENT}per_host = 1\n"));
    let mut lines = fetch(&library);
    lines.sort_by_key(|line| line["feed"].as_i64());
    assert_eq!(lines[0]["outcome"], "failed");
    assert_eq!((&lines[1]["new"], &lines[2]["new"]), (&2.into(), &2.into()));
}

#[test]
fn bodies_without_end_stop_at_the_limit_of_size_and_take_little_memory() {
    let Some(server) = HostileServer::start() else { return };
    let library = server.followed(&["/bomb", "/endless"], PATIENT);
    let peak = peak_of_fetch(&library);
    for feed in json_of(&library, &["feeds", "--json"]) {
        assert_eq!(feed["problem"], "larger than the limit of 20 MB");
    }
    println!("peak memory over a bomb and an endless body: {} MB", peak / 1_000);
    assert!(peak < 200_000, "{peak} kB");
}

/// Fetches all and gives the most memory that this took, in kilobytes.
fn peak_of_fetch(library: &Library) -> u64 {
    let measure = "import resource, subprocess, sys\n\
                   subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n\
                   print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let mut command = Command::new("python3");
    command.args(["-c", measure]).arg(cargo_bin!("newsterm")).arg("fetch");
    command.env("NEWSTERM_DIR", library.path()).env("HOME", library.path()).env_remove("http_proxy");
    let said = command.output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().parse().unwrap()
}

#[test]
fn the_reader_stays_alive_while_a_server_is_silent() {
    let Some(server) = HostileServer::start() else { return };
    let library = server.followed(&["/hang", "/ok"], PATIENT);
    let mut reader = library.open(120, 30);
    reader.wait_for("Unread · 0");
    reader.press("R");
    reader.wait_for("1/2");
    reader.press("j?");
    reader.wait_for("half a page");
    reader.press("<esc>q");
    assert_eq!(reader.wait_exit(), 0);
}

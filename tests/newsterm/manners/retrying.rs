//! Retry-After, and what happens after errors.

use super::*;
use crate::commands::{follow, json_of, titles};

#[test]
fn a_server_that_asks_to_be_left_alone_is_also_by_hand() {
    for status in [429, 503] {
        let feed = Followed::new(Behaviour::status(status).header("retry-after", "3600"));
        assert_eq!(feed.fetch(&[]), 1);
        assert_eq!(feed.fetch(&[]), 1, "{status}");
        assert_eq!(feed.fetch(&["--due"]), 1, "{status}");
        assert_eq!(feed.fetch(&["1"]), 1, "{status}");
        let line = &json_of(&feed.library, &["fetch", "--json"])[0];
        assert_eq!(line["outcome"], "left_alone");
        assert!(line["until"].as_str().unwrap().ends_with('Z'));
        let said = output_of(&feed.library, &["fetch"]);
        assert_eq!(said, "0 new entries · 1 feed · 1 left alone, as their servers ask\n");
    }
}

#[test]
fn a_wait_that_is_over_holds_nobody() {
    let past = Behaviour::status(503).header("retry-after", "Fri, 01 Jan 2021 00:00:00 GMT");
    let feed = Followed::new(past);
    feed.fetch(&[]);
    assert_eq!(feed.fetch(&[]), 2);
}

#[test]
fn too_many_requests_hold_the_whole_host_and_unavailable_only_the_feed() {
    for (status, expected) in [(429, 1), (503, 2)] {
        let feed = Followed::new(Behaviour::of(document()));
        follow(&feed.library, &feed.server, "/other", &feed_of("Courier", &["Beta"]));
        feed.server.serve_with("/feed", Behaviour::status(status).header("retry-after", "3600"));
        feed.fetch(&["1"]);
        feed.fetch(&[]);
        assert_eq!(feed.server.asked("/other").len(), expected, "{status}");
    }
}

#[test]
fn a_429_behind_a_redirect_holds_the_host_that_said_it_and_not_the_one_that_led_there() {
    let feed = Followed::new(Behaviour::of(document()));
    let busy = feed.server.url("/busy").replace("127.0.0.1", "localhost");
    feed.server.serve_with("/led", Behaviour::redirect(302, &busy));
    feed.server.serve_with("/busy", Behaviour::status(429).header("retry-after", "3600"));
    feed.server.serve("/beside", document());
    output_of(&feed.library, &["--offline", "add", &feed.server.url("/led")]);
    let beside = feed.server.url("/beside").replace("127.0.0.1", "localhost");
    output_of(&feed.library, &["--offline", "add", &beside]);
    feed.fetch(&["2"]);
    assert_eq!(feed.server.asked("/busy").len(), 1);
    assert_eq!(feed.fetch(&[]), 1, "its host said nothing");
    assert_eq!((feed.server.asked("/led").len(), feed.server.asked("/beside").len()), (1, 0));
}

#[test]
fn within_one_refresh_a_host_that_says_429_gets_no_more_requests() {
    let (library, server) = (Library::new(), FeedServer::start());
    library.config("[refresh]\non_start = \"never\"\nspacing = \"0s\"\nper_host = 1\n");
    let paths: Vec<String> = (0..20).map(|number| format!("/{number}")).collect();
    for path in &paths {
        server.serve_with(path, Behaviour::status(429).header("retry-after", "60"));
        output_of(&library, &["--offline", "add", &server.url(path)]);
    }
    library.newsterm(&["fetch"]).assert().code(3);
    assert_eq!(paths.iter().map(|path| server.asked(path).len()).sum::<usize>(), 1);
}

#[test]
fn a_feed_that_fails_is_asked_ever_less_by_itself_until_it_answers() {
    let feed = Followed::new(Behaviour::status(500));
    assert_eq!(feed.fetch(&["--due"]), 1);
    assert_eq!(feed.fetch(&["--due"]), 1, "a first pause");
    let wait = || {
        let health = feed.health();
        let moment =
            |key: &str| -> newsterm::model::Timestamp { health[key].as_str().unwrap().parse().unwrap() };
        moment("next_due").as_second() - moment("checked").as_second()
    };
    let mut waits = vec![wait()];
    for _ in 0..3 {
        feed.fetch(&[]);
        waits.push(wait());
    }
    assert!(waits.is_sorted_by(|one, next| one < next), "{waits:?}");
    assert_eq!(feed.health()["failures"], 4);
    feed.server.serve("/feed", document());
    feed.fetch(&[]);
    assert_eq!((wait(), &feed.health()["failures"]), (0, &0.into()));
}

#[test]
fn old_entries_stay_beside_an_error() {
    let feed = Followed::new(Behaviour::of(document()));
    feed.fetch(&[]);
    let half = Behaviour::of(feed_of("Kernel Post", &["Beta"])).cut_off();
    for broken in [Behaviour::status(404), Behaviour::of(""), half] {
        feed.server.serve_with("/feed", broken);
        feed.fetch(&[]);
        assert!(feed.health()["problem"].is_string(), "{}", feed.health());
        assert_eq!(titles(&feed.library, ""), ["Alpha"]);
    }
}

#[test]
fn a_feed_that_is_gone_is_asked_only_alone_and_by_hand() {
    let feed = Followed::new(Behaviour::status(410));
    assert_eq!(feed.fetch(&[]), 1);
    assert_eq!(feed.health()["state"], "gone");
    assert_eq!(feed.fetch(&[]), 1);
    assert_eq!(feed.fetch(&["--due"]), 1);
    assert!(output_of(&feed.library, &["feeds"]).contains("gone, no longer fetched by itself"));
    feed.server.serve("/feed", document());
    assert_eq!(feed.fetch(&["1"]), 2);
    assert_eq!(feed.health()["state"], "active");
    assert_eq!(feed.fetch(&[]), 3);
}

#[test]
fn a_host_that_said_429_is_not_asked_by_add_either() {
    let feed = Followed::new(Behaviour::status(429).header("retry-after", "3600"));
    feed.server.serve("/other", document());
    feed.fetch(&[]);
    let refused = feed.library.newsterm(&["add", &feed.server.url("/other")]).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("its server asked to be left alone until 20"), "{said}");
    assert!(said.contains("(newsterm --offline add follows it without a look)"), "{said}");
    assert_eq!(feed.server.asked("/other").len(), 0);
    output_of(&feed.library, &["--offline", "add", &feed.server.url("/other")]);
}

//! Real HTTP over loopback: with a proper server where that will do, with a rude one else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use tokio::sync::Barrier;
use wiremock::matchers::{header, header_exists, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::model::Url;
use crate::web::Kind;
use crate::web::names;
use crate::web::rude_server::{self, RudeServer};

/// 50,000 zeros.
const GZIP_BOMB: &[u8] = b"\
    \x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xed\xc1\x01\x0d\x00\x00\x00\xc2\xa0\xf7\x4f\x6d\
    \x0f\x07\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
    \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
    \x00\x00\x00\x00\x00\x00\x00\x4f\x06\x25\xb3\xb7\x16\x50\xc3\x00\x00";

fn settings() -> WebSettings {
    WebSettings { spacing: Duration::ZERO, ..WebSettings::default() }
}

fn impatient() -> WebSettings {
    WebSettings { read_timeout: Duration::from_millis(30), ..settings() }
}

fn small() -> WebSettings {
    WebSettings { max_bytes: 1_000, ..settings() }
}

async fn get(settings: &WebSettings, request: Request) -> Result<Answer, FetchProblem> {
    HttpClient::new(settings).unwrap().get(request).await
}

async fn get_document(url: Url) -> Document {
    match get(&settings(), Request::new(url)).await {
        Ok(Answer::Document(document)) => document,
        other => panic!("no document: {other:?}"),
    }
}

async fn get_problem(settings: &WebSettings, url: Url) -> FetchProblem {
    get(settings, Request::new(url)).await.expect_err("this request must fail")
}

async fn server(answers: &[(&str, ResponseTemplate)]) -> MockServer {
    let server = MockServer::start().await;
    for (at, answer) in answers {
        Mock::given(path(*at)).respond_with(answer.clone()).mount(&server).await;
    }
    server
}

fn redirect(code: u16, to: &str) -> ResponseTemplate {
    ResponseTemplate::new(code).insert_header("location", to)
}

fn url(server: &MockServer, path: &str) -> Url {
    Url::parse(&server.uri()).unwrap().join(path).unwrap()
}

#[tokio::test]
async fn a_document_comes_with_what_its_server_tells() {
    let feed = ResponseTemplate::new(200)
        .insert_header("etag", "\"one\"")
        .insert_header("last-modified", "Sun, 22 Nov 2026 10:00:00 GMT")
        .set_body_raw("<rss/>", "application/rss+xml");
    let server = server(&[("/feed", feed)]).await;
    let document = get_document(url(&server, "/feed")).await;
    assert_eq!(
        document,
        Document {
            room: crate::web::Room::default(),
            bytes: b"<rss/>".to_vec(),
            url: url(&server, "/feed"),
            moved: None,
            content_type: Some("application/rss+xml".to_owned()),
            etag: Some("\"one\"".to_owned()),
            last_modified: Some("Sun, 22 Nov 2026 10:00:00 GMT".to_owned()),
        }
    );
}

#[tokio::test]
async fn the_user_agent_and_the_kinds_wanted_are_told() {
    let server = MockServer::start().await;
    Mock::given(header("user-agent", WebSettings::default().user_agent.as_str()))
        .and(header_exists("accept"))
        .and(header_exists("accept-encoding"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    assert_eq!(get_document(url(&server, "/")).await.bytes, b"");
}

#[tokio::test]
async fn a_known_document_is_asked_for_with_its_validators() {
    let server = MockServer::start().await;
    let date = "Sun, 22 Nov 2026 10:00:00 GMT";
    // By hand, because wiremock's `header` splits a date at its comma.
    let has_date = move |request: &wiremock::Request| {
        request.headers.get("if-modified-since").is_some_and(|value| value == date)
    };
    Mock::given(header("if-none-match", "\"one\""))
        .and(has_date)
        .respond_with(ResponseTemplate::new(304))
        .mount(&server)
        .await;
    let at = url(&server, "/");
    let request =
        Request::new(at.clone()).if_changed(Some(at), Some("\"one\"".to_owned()), Some(date.to_owned()));
    assert_eq!(get(&settings(), request).await, Ok(Answer::NotModified));
}

#[tokio::test]
async fn not_modified_without_being_asked_is_an_error() {
    let server = server(&[("/", ResponseTemplate::new(304))]).await;
    let problem = get_problem(&settings(), url(&server, "/")).await;
    assert_eq!(problem.to_string(), "the server says 304 Not Modified");
}

#[tokio::test]
async fn errors_of_the_server_are_told_by_their_names() {
    let answers = [("/gone", ResponseTemplate::new(404)), ("/broken", ResponseTemplate::new(500))];
    let server = server(&answers).await;
    let gone = get_problem(&settings(), url(&server, "/gone")).await;
    let broken = get_problem(&settings(), url(&server, "/broken")).await;
    assert_eq!(gone.to_string(), "the server says 404 Not Found");
    assert_eq!(broken.to_string(), "the server says 500 Internal Server Error");
}

#[tokio::test]
async fn permanent_redirects_lead_to_the_document_and_move_it() {
    let answers = [
        ("/a", redirect(301, "/b")),
        ("/b", redirect(308, "/c")),
        ("/c", ResponseTemplate::new(200).set_body_string("here")),
    ];
    let server = server(&answers).await;
    let document = get_document(url(&server, "/a")).await;
    assert_eq!(document.bytes, b"here");
    assert_eq!(document.url, url(&server, "/c"));
    assert_eq!(document.moved, Some(url(&server, "/c")));
}

#[tokio::test]
async fn a_redirect_for_now_does_not_move_the_document() {
    let answers = [("/a", redirect(302, "/b")), ("/b", ResponseTemplate::new(200))];
    let server = server(&answers).await;
    let document = get_document(url(&server, "/a")).await;
    assert_eq!(document.url, url(&server, "/b"));
    assert_eq!(document.moved, None);
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = server(&[("/a", redirect(302, "/b")), ("/b", redirect(302, "/a"))]).await;
    let problem = get_problem(&settings(), url(&server, "/a")).await;
    assert_eq!(problem.to_string(), "redirected in vain: more than 10 times");
}

#[tokio::test]
async fn a_redirect_to_a_file_is_not_followed() {
    let server = server(&[("/", redirect(302, "file:///etc/passwd"))]).await;
    let problem = get_problem(&settings(), url(&server, "/")).await;
    assert!(matches!(problem, FetchProblem::BadRedirect(_)), "{problem:?}");
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_a_bad_one() {
    let server = server(&[("/", ResponseTemplate::new(302))]).await;
    let problem = get_problem(&settings(), url(&server, "/")).await;
    assert_eq!(problem.to_string(), "redirected in vain: the server does not say where to");
}

#[tokio::test]
async fn a_compressed_document_is_unpacked() {
    let bomb = ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(GZIP_BOMB);
    let server = server(&[("/", bomb)]).await;
    assert_eq!(get_document(url(&server, "/")).await.bytes, vec![0; 50_000]);
}

#[tokio::test]
async fn a_gzip_bomb_stops_at_the_limit() {
    let bomb = ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(GZIP_BOMB);
    let server = server(&[("/", bomb)]).await;
    let problem = get_problem(&small(), url(&server, "/")).await;
    assert_eq!(problem, FetchProblem::TooLarge { limit_mb: 1 });
}

#[tokio::test]
async fn a_body_announced_too_large_is_not_awaited() {
    let server = RudeServer::silent_after(b"HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n").await;
    let problem = get_problem(&small(), server.url("http")).await;
    assert_eq!(problem, FetchProblem::TooLarge { limit_mb: 1 });
}

#[tokio::test]
async fn an_endless_body_stops_at_the_limit() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let server = RudeServer::endless(head, b"5\r\nagain\r\n").await;
    let problem = get_problem(&small(), server.url("http")).await;
    assert_eq!(problem, FetchProblem::TooLarge { limit_mb: 1 });
}

#[tokio::test]
async fn a_server_that_never_answers_is_left() {
    let server = RudeServer::silent_after(b"").await;
    assert_eq!(get_problem(&impatient(), server.url("http")).await, FetchProblem::TimedOut);
}

#[tokio::test]
async fn a_body_that_stops_flowing_is_left() {
    let server = RudeServer::silent_after(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf").await;
    assert_eq!(get_problem(&impatient(), server.url("http")).await, FetchProblem::TimedOut);
}

#[tokio::test]
async fn the_time_for_all_ends_what_the_time_for_each_step_allows() {
    let settings = WebSettings { total_timeout: Duration::from_millis(30), ..settings() };
    let server = RudeServer::silent_after(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf").await;
    assert_eq!(get_problem(&settings, server.url("http")).await, FetchProblem::TimedOut);
}

#[tokio::test]
async fn a_body_cut_short_is_a_broken_answer() {
    let server = RudeServer::answering(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf").await;
    let problem = get_problem(&settings(), server.url("http")).await;
    assert_eq!(problem.to_string(), "the answer broke off: it ended too early");
}

#[tokio::test]
async fn a_body_that_is_not_compressed_as_it_says_is_a_broken_answer() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 12\r\n\r\nnot gzipped!";
    let server = RudeServer::answering(answer).await;
    let problem = get_problem(&settings(), server.url("http")).await;
    assert_eq!(problem.to_string(), "the answer broke off: it cannot be decompressed");
}

#[tokio::test]
async fn an_answer_in_another_language_is_a_broken_one() {
    let server = RudeServer::answering(b"220 mail.test ESMTP\r\n").await;
    let problem = get_problem(&settings(), server.url("http")).await;
    assert!(matches!(problem, FetchProblem::BrokenAnswer(_)), "{problem:?}");
}

#[tokio::test]
async fn a_header_that_breaks_the_rules_does_not_cost_the_document() {
    let answer =
        b"HTTP/1.1 200 OK\r\nbad name: x\r\ncontent-type : text/xml\r\ncontent-length: 4\r\n\r\nfeed";
    let server = RudeServer::answering(answer).await;
    let document = get_document(server.url("http")).await;
    assert_eq!(document.bytes, b"feed");
    assert_eq!(document.content_type.as_deref(), Some("text/xml"));
}

#[tokio::test]
async fn headers_lose_their_control_characters() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: a\u{9b}31m\tb\r\ncontent-length: 0\r\n\r\n".as_bytes();
    let server = RudeServer::answering(answer).await;
    let document = get_document(server.url("http")).await;
    assert_eq!(document.content_type.as_deref(), Some("a31mb"));
}

#[tokio::test]
async fn a_refused_connection_is_told_in_plain_words() {
    let server = RudeServer::silent_after(b"").await;
    let url = server.url("http");
    drop(server);
    tokio::task::yield_now().await;
    let problem = get_problem(&settings(), url).await;
    assert_eq!(problem.to_string(), "cannot reach the server: the connection was refused");
}

#[tokio::test]
async fn a_server_without_tls_is_told_in_plain_words() {
    let server = RudeServer::answering(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
    let problem = get_problem(&settings(), server.url("https")).await;
    assert_eq!(problem.to_string(), "cannot reach the server: no secure connection can be made");
}

/// A client to which every name means this machine.
fn client_of_names(names: &'static [(&'static str, &'static str)]) -> HttpClient {
    HttpClient::with_names(&settings(), Names::new(names::table(names))).unwrap()
}

fn named(server: &MockServer, name: &str) -> Url {
    let mut url = url(server, "/");
    url.set_host(Some(name)).unwrap();
    url
}

#[tokio::test]
async fn what_a_document_leads_to_is_not_asked_in_a_private_network_whatever_its_name() {
    let server = server(&[("/", ResponseTemplate::new(200).set_body_string("inner"))]).await;
    let client = client_of_names(&[("inner.test", "127.0.0.1")]);
    for address in [named(&server, "inner.test"), url(&server, "/")] {
        let led = client.get(Request::new(address).from_document()).await;
        assert_eq!(
            led.unwrap_err().to_string(),
            "redirected in vain: the new address lies in a private network"
        );
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
    let chosen = client.get(Request::new(named(&server, "inner.test"))).await;
    assert!(matches!(chosen, Ok(Answer::Document(_))), "{chosen:?}");
}

#[tokio::test]
async fn a_private_server_may_lead_to_its_neighbours() {
    let inner = server(&[("/", ResponseTemplate::new(200))]).await;
    let client = client_of_names(&[("one.test", "127.0.0.1"), ("two.test", "127.0.0.1")]);
    let outer = server(&[("/", redirect(302, named(&inner, "two.test").as_str()))]).await;
    let led = client.get(Request::new(named(&outer, "one.test"))).await;
    assert!(matches!(led, Ok(Answer::Document(_))), "{led:?}");
}

#[tokio::test]
async fn what_a_server_tells_for_the_next_time_comes_with_every_end() {
    let fresh = ResponseTemplate::new(200).insert_header("cache-control", "max-age=60");
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "120");
    let server = server(&[("/old", redirect(301, "/fresh")), ("/fresh", fresh), ("/busy", busy)]).await;
    let client = HttpClient::new(&settings()).unwrap();
    let good = client.ask(Request::new(url(&server, "/old"))).await.terms;
    let fresh_for = Duration::from_mins(1);
    let moved = Some(url(&server, "/fresh"));
    assert_eq!(
        good,
        Terms {
            status: Some(200),
            host: good.host.clone(),
            is_reached: true,
            moved,
            fresh_for,
            retry_after: None
        }
    );
    let bad = client.ask(Request::new(url(&server, "/busy"))).await.terms;
    assert_eq!((bad.status, bad.retry_after), (Some(503), Some(Duration::from_mins(2))));
}

#[tokio::test]
async fn a_host_that_says_429_is_not_asked_again_by_this_client() {
    let server = server(&[("/", ResponseTemplate::new(429).insert_header("retry-after", "60"))]).await;
    let client = HttpClient::new(&settings()).unwrap();
    let first = client.ask(Request::new(url(&server, "/"))).await.terms;
    assert_eq!((first.status, first.wait_for_host()), (Some(429), None));
    let second = client.ask(Request::new(url(&server, "/other"))).await.terms;
    assert!(second.wait_for_host().is_some_and(|left| left <= Duration::from_mins(1)));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_page_is_asked_for_as_a_page() {
    let server = server(&[("/", ResponseTemplate::new(200))]).await;
    get(&settings(), Request::new(url(&server, "/")).for_kind(Kind::Page)).await.unwrap();
    let accept = server.received_requests().await.unwrap()[0].headers["accept"].clone();
    assert!(accept.to_str().unwrap().starts_with("text/html"));
}

#[tokio::test]
async fn only_the_web_is_asked() {
    let file = Url::parse("file:///etc/passwd").unwrap();
    let problem = get_problem(&settings(), file).await;
    assert!(matches!(problem, FetchProblem::Unreachable(_)), "{problem:?}");
}

#[tokio::test]
async fn no_more_requests_than_allowed_are_in_flight_to_one_host() {
    let in_flight = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    // Answers in pairs only, so that all requests come through when exactly two may be in flight.
    let pair = Arc::new(Barrier::new(2));
    let counts = (Arc::clone(&in_flight), Arc::clone(&most));
    let server = RudeServer::start(move |mut stream| {
        let ((in_flight, most), pair) = (counts.clone(), Arc::clone(&pair));
        async move {
            rude_server::read_some(&mut stream).await;
            most.fetch_max(in_flight.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            pair.wait().await;
            in_flight.fetch_sub(1, Ordering::SeqCst);
            let answer = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
            rude_server::write(&mut stream, answer).await;
            rude_server::hang_up(stream).await;
        }
    })
    .await;
    let client = HttpClient::new(&WebSettings { per_host: 2, ..settings() }).unwrap();

    let answers = join_all((0..8).map(|_| client.get(Request::new(server.url("http"))))).await;

    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn a_user_agent_that_http_does_not_allow_is_refused() {
    let settings = WebSettings { user_agent: "news\nterm".to_owned(), ..settings() };
    assert_eq!(HttpClient::new(&settings).err(), Some(BadUserAgent));
}

#[tokio::test]
async fn who_refuses_or_hangs_up_is_there_and_who_has_no_name_is_not() {
    let closed = Url::parse(&format!("http://{}/", rude_server::closed_port())).unwrap();
    let no_tls = RudeServer::answering(b"hello\r\n").await;
    let nameless = Url::parse("http://nobody.test/").unwrap();
    for (url, expected) in [(closed, true), (no_tls.url("https"), true), (nameless, false)] {
        let client = HttpClient::with_names(&settings(), names::Names::new(names::table(&[]))).unwrap();
        let reply = client.ask(Request::new(url.clone())).await;
        assert_eq!((reply.terms.is_reached, reply.terms.status), (expected, None), "{url} {reply:?}");
    }
}

#[tokio::test]
async fn what_a_redirect_told_is_not_kept_when_nobody_answers_where_it_leads() {
    let nowhere = format!("http://{}/", rude_server::closed_port());
    let moved = redirect(302, &nowhere).insert_header("cache-control", "max-age=60");
    let server = server(&[("/", moved)]).await;
    let reply = HttpClient::new(&settings()).unwrap().ask(Request::new(url(&server, "/"))).await;
    assert!(matches!(reply.result, Err(FetchProblem::Unreachable(_))), "{reply:?}");
    assert_eq!(reply.terms, Terms { is_reached: true, ..Terms::default() });
}

#[tokio::test]
async fn the_host_that_answers_is_told() {
    let busy = server(&[("/", ResponseTemplate::new(429))]).await;
    let client = client_of_names(&[("one.test", "127.0.0.1"), ("two.test", "127.0.0.1")]);
    let outer = server(&[("/", redirect(302, named(&busy, "two.test").as_str()))]).await;
    let reply = client.ask(Request::new(named(&outer, "one.test"))).await;
    assert_eq!((reply.terms.status, reply.terms.host.as_deref()), (Some(429), Some("two.test")));
}

#[tokio::test]
async fn a_name_of_private_and_open_addresses_leads_into_no_private_network() {
    let inner = server(&[("/", ResponseTemplate::new(200))]).await;
    let outer = server(&[("/", redirect(302, &inner.uri()))]).await;
    let client = client_of_names(&[("both.test", "127.0.0.1"), ("both.test", "93.184.216.34")]);
    let led = client.get(Request::new(named(&outer, "both.test"))).await;
    assert!(matches!(led, Err(FetchProblem::PrivateAddress)), "{led:?}");
    assert_eq!(inner.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn validators_go_to_where_the_copy_lay_and_nowhere_else() {
    let asked = [("/old", redirect(302, "/feed")), ("/feed", ResponseTemplate::new(304))];
    let server = server(&asked).await;
    let request = |copy_of: &str| {
        let tag = Some("\"one\"".to_owned());
        Request::new(url(&server, "/old")).if_changed(Some(url(&server, copy_of)), tag, None)
    };
    assert_eq!(get(&settings(), request("/feed")).await, Ok(Answer::NotModified));
    let stranger = get(&settings(), request("/elsewhere")).await;
    assert!(matches!(stranger, Err(FetchProblem::Status { code: 304, .. })), "{stranger:?}");
    let told = server.received_requests().await.unwrap();
    let conditional: Vec<bool> = told.iter().map(|it| it.headers.contains_key("if-none-match")).collect();
    assert_eq!(conditional, [false, true, false, false]);
}

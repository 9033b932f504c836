//! `newsterm extract`.

use super::*;

const FIELDS: [&str; 12] = [
    "byline",
    "date",
    "file",
    "html",
    "language",
    "lead_image",
    "next_page",
    "obstacle",
    "site",
    "standfirst",
    "text",
    "title",
];

/// A page of the Mill Post: its name, one story, and what stands below each of its stories.
fn page(name: &str, title: &str) -> String {
    let line = |at: i32| {
        format!("<p>The {name} was seen {at} times by the people at the mill, who wrote it down.</p>")
    };
    format!(
        "<!doctype html><html lang=en><head><title>{title} | Mill Post</title>\
         <meta property=og:site_name content='Mill Post'><link rel=canonical href=https://mill.test/{name}></head>\
         <body><div>Mill Post</div><article><h1>{title}</h1><p class=byline>By Ida Brandt</p>\
         <time datetime=2026-11-20>20 November 2026</time>{}<p><a href=/mill?utm_source=x>All about the {name}</a>, \
         with a drawing of it that a child made at school, can be read at the mill.</p>\
         <p>The mill keeps a list of all that was seen, and will gladly tell you what it knows of it.</p></article>\
         </body></html>",
        (2..9).map(line).collect::<String>()
    )
}

fn library() -> Library {
    let library = Library::new();
    library.file("otter.html", page("otter", "Otter seen at the mill"));
    library.file("heron.html", page("heron", "Heron comes back"));
    library.file("stork.html", page("stork", "No stork this year"));
    library
}

fn extracted(library: &Library, arguments: &[&str], code: i32) -> Vec<Value> {
    let ended = library.newsterm(&[&["extract", "--json"], arguments].concat()).assert().code(code);
    json_lines(&String::from_utf8(ended.get_output().stdout.clone()).unwrap())
}

#[test]
fn a_page_is_a_line_of_json() {
    let library = library();
    let line = &extracted(&library, &["otter.html"], 0)[0];
    assert_eq!(fields_of(line), FIELDS);
    let expected = [
        ("file", "otter.html"),
        ("title", "Otter seen at the mill"),
        ("date", "2026-11-20"),
        ("site", "Mill Post"),
        ("language", "en"),
    ];
    for (field, value) in expected {
        assert_eq!(line[field], value, "{field}");
    }
    assert_eq!(line["byline"], serde_json::json!(["Ida Brandt"]));
    for field in ["standfirst", "lead_image", "obstacle", "next_page"] {
        assert!(line[field].is_null(), "{field}");
    }
    let (told, html) = (text(&line["text"]), text(&line["html"]));
    assert!(
        told.starts_with("The otter was seen 2 times by") && told.contains("wrote it down.\n\nThe otter"),
        "{told}"
    );
    assert!(html.contains("href=\"https://mill.test/mill\""), "{html}");
    assert!(!library.path().join("library.db").exists());
}

#[test]
fn a_page_is_shown_with_its_facts_above_its_text() {
    let shown = output_of(&library(), &["extract", "otter.html"]);
    let head = "Otter seen at the mill\n\nMill Post · Ida Brandt · 2026-11-20\n\nThe otter was seen 2 times";
    assert!(shown.starts_with(head), "{shown}");
}

#[test]
fn links_are_completed_by_the_address_given() {
    let library = Library::new();
    library.file("page.html", page("otter", "Otter seen").replace("https://mill.test/otter", ""));
    let line = &extracted(&library, &["--url", "http://other.test/a/b", "page.html"], 0)[0];
    assert!(text(&line["html"]).contains("href=\"http://other.test/mill\""), "{line}");
}

#[test]
fn packed_pages_and_standard_input_are_read_too() {
    let library = Library::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, page("otter", "Otter seen at the mill").as_bytes()).unwrap();
    library.file("otter.html.gz", packed.finish().unwrap());
    assert_eq!(extracted(&library, &["otter.html.gz"], 0)[0]["title"], "Otter seen at the mill");
    let ended =
        library.newsterm(&["extract", "--json", "-"]).write_stdin(page("heron", "Heron comes back")).assert();
    let lines = json_lines(&String::from_utf8(ended.success().get_output().stdout.clone()).unwrap());
    assert_eq!((text(&lines[0]["file"]), text(&lines[0]["title"])), ("-", "Heron comes back"));
}

#[test]
fn pages_are_read_in_order_past_one_that_is_missing() {
    let library = library();
    let lines = extracted(&library, &["missing.html", "otter.html"], 1);
    assert_eq!(fields_of(&lines[0]), ["error", "file"]);
    assert!(text(&lines[0]["error"]).starts_with("cannot be read"));
    assert_eq!(lines[1]["file"], "otter.html");
    let partly = library.newsterm(&["extract", "missing.html", "otter.html"]).assert().code(3);
    assert_says(&partly, "missing.html: cannot be read");
    library.newsterm(&["extract", "missing.html"]).assert().code(1).stdout(is_empty());
}

#[test]
fn a_page_that_holds_no_article_says_what_stands_in_the_way() {
    let library = Library::new();
    library.file(
        "empty.html",
        "<body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
    );
    let line = &extracted(&library, &["empty.html"], 0)[0];
    assert_eq!((text(&line["obstacle"]), text(&line["text"])), ("scripts", ""));
    library.newsterm(&["extract", "empty.html"]).assert().success().stdout(contains("needs JavaScript"));
}

#[test]
fn what_the_pages_of_a_site_share_is_left_out_when_they_are_learnt() {
    let library = library();
    let files = ["otter.html", "heron.html", "stork.html"];
    let shared = "The mill keeps a list of all";
    let kept = |arguments: &[&str]| -> usize {
        let lines = extracted(&library, &[arguments, &files].concat(), 0);
        assert!(lines.iter().all(|line| text(&line["text"]).contains("was seen 8 times")), "{lines:?}");
        lines.iter().filter(|line| text(&line["text"]).contains(shared)).count()
    };
    assert_eq!((kept(&[]), kept(&["--learn"])), (3, 0));
    let wrong = library.newsterm(&["extract", "--learn", "-"]).write_stdin("").assert().code(2);
    assert_says(&wrong, "takes files only");
}

#[test]
fn an_address_is_fetched_unless_the_network_is_not_to_be_touched() {
    let (library, server) = (Library::new(), FeedServer::start());
    let html = Behaviour::of(page("otter", "Otter seen at the mill")).header("content-type", "text/html");
    server.serve_with("/otter", html);
    server.serve_with("/none", Behaviour::status(404));
    let url = server.url("/otter");
    assert_eq!(extracted(&library, &[&url], 0)[0]["title"], "Otter seen at the mill");
    let missing = &extracted(&library, &[&server.url("/none")], 1)[0];
    assert!(text(&missing["error"]).contains("404"), "{missing}");
    let offline = &extracted(&library, &["--offline", &url], 1)[0];
    assert_eq!(fields_of(offline), ["error", "file"]);
    assert_eq!(server.asked("/otter").len(), 1);
    assert!(!library.path().join("library.db").exists());
}

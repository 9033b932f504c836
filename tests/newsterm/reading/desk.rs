//! The browser.

use super::*;

/// A browser that tells how often and with what it was started.
struct Browser {
    told: mpsc::Receiver<String>,
    command: Vec<PathBuf>,
}

impl Browser {
    fn new(library: &Library) -> Browser {
        Browser::new_at(library, "opened")
    }

    fn new_at(library: &Library, name: &str) -> Browser {
        let pipe = library.path().join(name);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let script =
            library.file(&format!("{name}.sh"), format!("printf '%s\\n' \"$@\" >'{}'\n", pipe.display()));
        let (tell, told) = mpsc::channel();
        thread::spawn(move || tell.send(fs::read_to_string(pipe).unwrap()));
        Browser { told, command: vec![PathBuf::from("sh"), script] }
    }

    fn setting(&self) -> String {
        format!("browser = {:?}", [&self.command[..], &[PathBuf::from("--new")]].concat())
    }

    fn was_given(&self) -> String {
        self.told.recv_timeout(DEADLINE).unwrap()
    }
}

#[test]
fn the_browser_gets_the_link_as_one_argument_and_no_shell_sees_it() {
    let library = Library::new();
    let server = FeedServer::start();
    let link = "http://site.test/?q=$(touch owned)&x=`id`;'ls' | cat";
    let feed =
        feed_of("Kernel Post", &["Alpha"]).replace("http://site.test/alpha", &link.replace('&', "&amp;"));
    follow(&library, &server, "/feed.xml", &feed);
    let browser = Browser::new(&library);
    library.config(&browser.setting());
    let reader = open_wide(&library);
    reader.press("o");
    let encoded = "http://site.test/?q=$(touch%20owned)&x=`id`;%27ls%27%20|%20cat";
    assert_eq!(browser.was_given(), format!("--new\n{encoded}\n"));
    reader.wait_for("opening http://site.test/?q=$(touch%20owned)");
    quit(reader);
}

#[test]
fn a_browser_that_is_not_there_is_named() {
    let (library, _server) = library_of(&["Alpha"]);
    library.config("browser = [\"no-such-browser\"]");
    let reader = open_wide(&library);
    reader.press("o");
    reader.wait_for("cannot open the browser: cannot start no-such-browser");
    quit(reader);
}

#[test]
fn comments_and_the_only_file_are_opened_and_of_several_files_one_is_chosen() {
    let library = Library::new();
    let server = FeedServer::start();
    let rss = |items: &str| format!("<rss version='2.0'><channel><title>Cast</title>{items}</channel></rss>");
    let file =
        |name: &str| format!("<enclosure url='http://site.test/{name}' type='audio/mpeg' length='2400000'/>");
    let item = format!(
        "<item><title>Talk</title><link>http://site.test/1</link><comments>http://site.test/1/talk</comments>{}</item>",
        file("talk.mp3") + &file("short.mp3")
    );
    follow(&library, &server, "/feed.xml", &rss(&item));
    let browser = Browser::new(&library);
    library.config(&format!("{}\n{}", browser.setting(), browser.setting().replace("browser =", "player =")));
    let reader = open_wide(&library);
    reader.press("p");
    reader.wait_until(|screen| {
        screen.has("Files of the entry") && screen.has("talk.mp3") && screen.has("2 MB")
    });
    reader.press("j<enter>");
    assert_eq!(browser.was_given(), "--new\nhttp://site.test/short.mp3\n");
    reader.wait_for("opening short.mp3");
    quit(reader);
    let again = Browser::new_at(&library, "comments");
    library.config(&again.setting());
    let reader = open_wide(&library);
    reader.press("c");
    assert_eq!(again.was_given(), "--new\nhttp://site.test/1/talk\n");
    quit(reader);
}

#[test]
fn an_entry_without_comments_or_files_says_so() {
    let (library, _server) = library_of(&["Alpha"]);
    let reader = open_wide(&library);
    reader.press("c");
    reader.wait_for("its feed names no comments");
    reader.press("p");
    reader.wait_for("no files come with this entry");
    quit(reader);
}

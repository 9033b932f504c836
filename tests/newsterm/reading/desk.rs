//! The browser.

use super::*;

/// A browser that tells how often and with what it was started.
struct Browser {
    told: mpsc::Receiver<String>,
    command: Vec<PathBuf>,
}

impl Browser {
    fn new(library: &Library) -> Browser {
        let pipe = library.path().join("opened");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let script = library.file("browser.sh", format!("printf '%s\\n' \"$@\" >'{}'\n", pipe.display()));
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

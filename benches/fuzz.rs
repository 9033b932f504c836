//! Feeds broken feeds to the whole way from bytes to entries, and looks for a panic, a hang or an unclean text.
//!
//! `cargo bench --bench fuzz -- [--seconds N] [--seed N] [FOLDER]`: ten seconds unless told. It starts from a few feeds of
//! every dialect and all files of the folder, and mutates them: bits, bytes, pieces doubled, cut out, moved, spliced with
//! another feed's, and words that mean something to a parser. What it finds it writes to `target/fuzz/` and names.

#![expect(clippy::print_stdout, reason = "its figures are for people")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use newsterm::feed::{self, Source};
use newsterm::model::{ParsedFeed, Url};

/// Longer inputs are cut: a short one finds the same, sooner.
const MAX_SEED: usize = 20_000;

/// No input of this size may take longer, on a machine however busy.
const HANG: Duration = Duration::from_secs(2);

const SEEDS: &[&str] = &[
    "<?xml version='1.0' encoding='utf-8'?><rss version=\"2.0\" xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>\
     <title>T</title><link>http://a.test/</link><ttl>60</ttl><item><title>a &amp; b</title><link>/1</link><guid>1</guid>\
     <dc:creator>J</dc:creator><pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate><description><![CDATA[<p>x</p>]]></description>\
     <enclosure url='http://a.test/1.mp3' length='1' type='audio/mpeg'/></item></channel></rss>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base='http://a.test/'><title type='html'>T &lt;b></title><entry>\
     <id>1</id><title>a</title><link href='1'/><updated>2026-11-22T10:00:00Z</updated><content type='xhtml'><div><p>x</p>\
     </div></content><author><name>J</name><email>j@a.test</email></author></entry></feed>",
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='x'>\
     <title>T</title></channel><item rdf:about='http://a.test/1'><title>a</title></item></rdf:RDF>",
    "<CHANNEL HREF='http://a.test/'><TITLE>T</TITLE><ITEM HREF='1' LASTMOD='2026-11-22'><ABSTRACT>a</ABSTRACT></ITEM></CHANNEL>",
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [{\"id\": 1, \"content_html\": \"<p>x\",\
     \"date_published\": \"2026-11-22T10:00:00Z\", \"authors\": [{\"name\": \"J\"}], \"attachments\": [{\"url\": \"u\"}]}]}",
    "<!DOCTYPE rss [<!ENTITY e 'x'>]><rss xmlns:media='http://search.yahoo.com/mrss/'><item><title>&e;&nbsp;&#150;</title>\
     <media:group><media:content url='u'><media:title>m</media:title></media:content></media:group></item></rss>",
];

const WORDS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE x [",
    b"<!ENTITY a \"",
    b"&a;",
    b"&#",
    b"&#x",
    b";",
    b"\"",
    b"'",
    b"=",
    b" xmlns=\"\"",
    b" xml:base='//'",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"<title>",
    b"</title>",
    b"<link>",
    b"<?xml encoding='",
    b"utf-16",
    b"utf-32le",
    b"shift_jis",
    b"iso-2022-jp",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x1f\x8b\x08\x00",
    b"\x00",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae",
    b"\x1b[2J",
    b"99999999999999999999",
    b"-",
    b"24:00:60",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\\u",
    b"\"items\":",
    b"base64",
    b" mode='",
    b"\n",
];

fn main() {
    let options = Options::read();
    let corpus = corpus(options.folder.as_deref());
    let mut random = Random(options.seed | 1);
    let end = Instant::now() + options.time;
    let (mut runs, mut feeds, mut found) = (0u64, 0u64, 0u64);
    let mut slowest = Duration::ZERO;
    // A panic is told below, once.
    std::panic::set_hook(Box::new(|_| {}));
    while Instant::now() < end {
        let input = mutate(&corpus, &mut random);
        let source = source(&mut random);
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| feed::parse(&input, &source)));
        let took = start.elapsed();
        slowest = slowest.max(took);
        runs += 1;
        let fault = match outcome {
            Err(_) => Some("a panic"),
            Ok(_) if took > HANG => Some("a hang"),
            Ok(Ok(feed)) => {
                feeds += 1;
                unclean(&feed)
            }
            Ok(Err(_)) => None,
        };
        if let Some(fault) = fault {
            found += 1;
            println!("{fault}: {}", keep(&input, found).display());
        }
    }
    println!(
        "{runs} runs, {feeds} of them feeds, {found} faults, slowest {slowest:?}, peak memory {}",
        peak_memory()
    );
    std::process::exit(i32::from(found > 0));
}

struct Options {
    time: Duration,
    seed: u64,
    folder: Option<PathBuf>,
}

impl Options {
    fn read() -> Options {
        let mut options = Options { time: Duration::from_secs(10), seed: 1, folder: None };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut number = || arguments.next().and_then(|number| number.parse().ok()).unwrap_or(1);
            match argument.as_str() {
                "--seconds" => options.time = Duration::from_secs(number()),
                "--seed" => options.seed = number(),
                "--bench" => {}
                folder => options.folder = Some(PathBuf::from(folder)),
            }
        }
        options
    }
}

fn corpus(folder: Option<&Path>) -> Vec<Vec<u8>> {
    let mut corpus: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    let files = folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten();
    for mut seed in files.filter_map(|file| std::fs::read(file.ok()?.path()).ok()) {
        seed.truncate(MAX_SEED);
        corpus.push(seed);
    }
    corpus
}

fn mutate(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(6) {
        let (from, to) = random.range(input.len());
        match random.below(9) {
            0 if !input.is_empty() => input[from.min(to.saturating_sub(1))] ^= 1 << random.below(8),
            1 => drop(input.splice(from..from, [random.byte()])),
            2 => drop(input.drain(from..to)),
            3 => {
                let piece = input[from..to].to_vec();
                drop(input.splice(from..from, piece));
            }
            4 => input.truncate(to),
            5 => {
                let other = &corpus[random.below(corpus.len())];
                let (start, end) = random.range(other.len());
                drop(input.splice(from..to, other[start..end].iter().copied()));
            }
            6 => {
                let word = WORDS[random.below(WORDS.len())].repeat(1 + random.below(200));
                drop(input.splice(from..from, word));
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())];
                drop(input.splice(from..from, word.iter().copied()));
            }
        }
        input.truncate(4 * MAX_SEED);
    }
    input
}

fn source(random: &mut Random) -> Source {
    let types = [
        None,
        Some("text/xml"),
        Some("text/xml; charset=iso-8859-1"),
        Some("application/xml; charset=utf-16"),
        Some("text/html; charset=big5"),
    ];
    Source {
        url: Url::parse("http://feed.test/x").ok().filter(|_| random.below(2) == 0),
        content_type: types[random.below(types.len())].map(str::to_owned),
    }
}

fn unclean(feed: &ParsedFeed) -> Option<&'static str> {
    let texts = feed.entries.iter().flat_map(|entry| {
        let names = entry.authors.iter().chain(&entry.tags);
        names.map(String::as_str).chain([entry.title.as_str()])
    });
    let is_unclean =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if texts.chain([feed.title.as_str()]).any(|text| text.contains(is_unclean)) {
        return Some("an unclean text");
    }
    feed.entries.iter().any(|entry| entry.title.is_empty()).then_some("an empty title")
}

fn keep(input: &[u8], number: u64) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    let file = folder.join(format!("{number}.bin"));
    let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, input));
    kept.map_or_else(|error| PathBuf::from(format!("cannot be kept: {error}")), |()| file)
}

/// The most memory the process has had, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "unknown".to_owned(), |peak| peak.trim().to_owned())
}

/// Xorshift: enough for mutations, and the same ones for the same seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "any number will do")]
        let number = self.next() as usize;
        number % end.max(1)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// A short range within a length.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length + 1);
        let span = self.below(1 + (length - from).min(300));
        (from, from + span)
    }
}

//! Mends what the feed parser refuses in documents that are well formed.
//!
//! Empty elements of extensions (a `media:description` without text is fatal for it), RSS in a namespace of its
//! own or of an old version (it sees no entries there), and JSON Feed whose version is written with `http:`.

use quick_xml::Writer;
use quick_xml::encoding::DecodingReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

const RSS_1: &str = "http://purl.org/rss/1.0/";

/// Writes the document so that the parser can take it; nothing where there is nothing to mend.
pub(super) fn mend(bytes: &[u8], is_xml: bool) -> Option<Vec<u8>> {
    if is_xml { mend_xml(bytes) } else { mend_json(bytes) }
}

fn mend_json(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mended = text.replacen("http://jsonfeed.org/version/", "https://jsonfeed.org/version/", 1).replacen(
        r"http:\/\/jsonfeed.org\/version\/",
        "https://jsonfeed.org/version/",
        1,
    );
    (mended != text).then(|| mended.into_bytes())
}

fn mend_xml(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(DecodingReader::new(bytes));
    let mut mender = Mender { writer: Writer::new(Vec::with_capacity(bytes.len())), held: None };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Eof => return Some(mender.writer.into_inner()),
            // What is written is UTF-8, whatever was declared.
            Event::Decl(declaration) => {
                if let Some(encoding) = declaration.encoder() {
                    reader.get_mut().set_encoding(encoding);
                }
            }
            event => mender.take(event)?,
        }
    }
}

struct Mender {
    writer: Writer<Vec<u8>>,
    /// An element of an extension that has nothing in it so far.
    held: Option<BytesStart<'static>>,
}

impl Mender {
    fn take(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Text(text) if self.held.is_some() && text.trim().is_empty() => Some(()),
            Event::CData(text) if self.held.is_some() && text.trim().is_empty() => Some(()),
            Event::End(_) if self.held.take().is_some() => Some(()),
            Event::Empty(tag) if may_be_left_out(&tag) => self.release(),
            Event::Start(tag) => {
                self.release()?;
                if may_be_left_out(&tag) {
                    self.held = Some(tag.into_owned());
                    return Some(());
                }
                self.write(Event::Start(with_known_namespace(tag)))
            }
            other => {
                self.release()?;
                self.write(other)
            }
        }
    }

    fn release(&mut self) -> Option<()> {
        match self.held.take() {
            Some(tag) => self.write(Event::Start(tag)),
            None => Some(()),
        }
    }

    fn write(&mut self, event: Event<'_>) -> Option<()> {
        self.writer.write_event(event).ok()
    }
}

/// An element of an extension without attributes says nothing when it is empty.
fn may_be_left_out(tag: &BytesStart<'_>) -> bool {
    tag.name().prefix().is_some() && tag.attributes().next().is_none()
}

/// Puts RSS into the namespace in which the parser looks for it: RSS 2.0 into none, RDF into that of RSS 1.0.
fn with_known_namespace(tag: BytesStart<'_>) -> BytesStart<'_> {
    let namespace = match tag.local_name().as_ref() {
        "rss" => None,
        "RDF" => Some(RSS_1),
        _ => return tag,
    };
    let mut mended = BytesStart::new(tag.name().as_ref().to_owned());
    let attributes = tag.attributes().flatten();
    mended.extend_attributes(attributes.filter(|attribute| attribute.key.as_ref() != "xmlns"));
    if let Some(namespace) = namespace {
        mended.push_attribute(("xmlns", namespace));
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn an_empty_element_of_an_extension_does_not_cost_the_feed() {
        let text = "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item><title>a</title>\
                    <media:content url='http://a.test/i.png'><media:description></media:description>\
                    <media:credit><![CDATA[]]></media:credit><media:title/></media:content></item></channel></rss>";
        let feed = parse(text.as_bytes(), None).unwrap();
        assert_eq!(feed.entries[0].title, "a");
    }

    #[test]
    fn rss_in_another_namespace_keeps_its_entries() {
        for head in ["xmlns='https://cyber.harvard.edu/rss/rss.html'", "xmlns='http://unknown.test/'"] {
            let text =
                format!("<rss {head} version='2.0'><channel><item><title>a</title></item></channel></rss>");
            assert_eq!(parse(text.as_bytes(), None).unwrap().entries.len(), 1);
        }
    }

    #[test]
    fn rss_of_the_first_versions_keeps_its_entries() {
        let text = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
                    xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>T</title></channel>\
                    <item><title>ä</title><link>http://a.test/1</link></item></rdf:RDF>";
        assert_eq!(parse(text.as_bytes(), None).unwrap().entries[0].title, "ä");
    }

    #[test]
    fn a_json_feed_may_write_its_version_with_http() {
        for version in ["http://jsonfeed.org/version/1", r"http:\/\/jsonfeed.org\/version\/1"] {
            let text = format!(
                r#"{{"version": "{version}", "title": "T", "items": [{{"id": "1", "title": "a"}}]}}"#
            );
            assert_eq!(parse(text.as_bytes(), None).unwrap().entries.len(), 1);
        }
    }

    #[test]
    fn the_declared_encoding_is_minded() {
        let mut text =
            b"<?xml version='1.0' encoding='iso-8859-1'?><rss xmlns='http://u.test/' version='2.0'>\
                         <channel><item><title>caf"
                .to_vec();
        text.push(0xe9);
        text.extend_from_slice(b"</title></item></channel></rss>");
        assert_eq!(parse(&text, None).unwrap().entries[0].title, "café");
    }
}

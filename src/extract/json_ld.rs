//! What a page tells machines of its article: JSON-LD by schema.org.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;

/// Deeper values are not looked at.
const MAX_DEPTH: usize = 12;

/// An article as the page tells it; what is not told is empty.
#[derive(Default, Debug)]
pub(super) struct Told {
    pub(super) headline: Option<String>,
    pub(super) body: String,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) image: Option<String>,
    pub(super) is_free: Option<bool>,
}

/// Reads the first article that a page tells of.
pub(super) fn told(document: &Document) -> Told {
    let scripts = document.select("script[type='application/ld+json']");
    let values: Vec<Value> = scripts.nodes().iter().filter_map(|script| read(&script.text())).collect();
    let mut told = Told::default();
    let mut known = HashMap::new();
    for value in &values {
        learn(value, &mut known, 0);
    }
    for value in &values {
        visit(value, &known, &mut told, 0);
    }
    told
}

/// What has a name, by its id: elsewhere the id stands for it.
type Known<'v> = HashMap<&'v str, &'v Value>;

fn learn<'v>(value: &'v Value, known: &mut Known<'v>, depth: usize) {
    match value {
        _ if depth > MAX_DEPTH => {}
        Value::Array(values) => values.iter().for_each(|value| learn(value, known, depth + 1)),
        Value::Object(fields) => {
            if let (Some(id), true) = (value["@id"].as_str(), fields.contains_key("name")) {
                known.entry(id).or_insert(value);
            }
            fields.values().for_each(|value| learn(value, known, depth + 1));
        }
        _ => {}
    }
}

/// Reads JSON as pages write it: with line ends in strings, and wrapped in comments.
fn read(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    let text = text.strip_prefix("//<![CDATA[").or_else(|| text.strip_prefix("<![CDATA[")).unwrap_or(text);
    let text = text.strip_suffix("//]]>").or_else(|| text.strip_suffix("]]>")).unwrap_or(text).trim();
    serde_json::from_str(text).ok().or_else(|| {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&text).ok()
    })
}

fn visit(value: &Value, known: &Known, told: &mut Told, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| visit(value, known, told, depth + 1)),
        Value::Object(fields) => {
            if is_article(value) {
                take(value, known, told);
            } else {
                fields.values().for_each(|value| visit(value, known, told, depth + 1));
            }
        }
        _ => {}
    }
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &str| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report";
    match &value["@type"] {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

fn take(value: &Value, known: &Known, told: &mut Told) {
    let text = |name: &str| value[name].as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
    if let Some(body) = text("articleBody")
        && body.len() > told.body.len()
    {
        told.body = body;
    }
    if told.headline.is_some() {
        // The first is the page's own; others are those it leads to.
        return;
    }
    told.headline = text("headline").or_else(|| text("name"));
    told.published = text("datePublished").or_else(|| text("dateCreated"));
    told.modified = text("dateModified");
    told.authors = names(&value["author"], known, true);
    if told.authors.is_empty() {
        told.authors = names(&value["creator"], known, true);
    }
    told.publisher = names(&value["publisher"], known, false).into_iter().next();
    told.image = address(&value["image"]).or_else(|| text("thumbnailUrl"));
    told.is_free = match &value["isAccessibleForFree"] {
        Value::Bool(is_free) => Some(*is_free),
        Value::String(text) => text.to_ascii_lowercase().parse().ok(),
        _ => None,
    };
}

/// Names of people and organisations; of people only where both are named.
fn names(value: &Value, known: &Known, prefers_people: bool) -> Vec<String> {
    let values: Vec<&Value> = match value {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    };
    let referred =
        |value: &Value| value["name"].is_null().then(|| known.get(value["@id"].as_str()?).copied()).flatten();
    let values: Vec<&Value> = values.into_iter().map(|value| referred(value).unwrap_or(value)).collect();
    let is_person = |value: &&&Value| is_kind(value, "Person");
    let has_people = prefers_people && values.iter().any(|value| is_person(&value));
    let values = values.iter().filter(|value| !has_people || is_person(value) || value.is_string());
    let name = |value: &&Value| match value {
        Value::String(name) => vec![name.clone()],
        value => match &value["name"] {
            Value::String(name) => vec![name.clone()],
            Value::Array(names) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => vec![],
        },
    };
    values.flat_map(name).collect()
}

/// Tells whether something is of a kind, be it of others too.
fn is_kind(value: &Value, kind: &str) -> bool {
    match &value["@type"] {
        Value::Array(kinds) => kinds.iter().any(|other| other == kind),
        other => other == kind,
    }
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(url) => Some(url.clone()),
        Value::Array(values) => values.iter().find_map(address),
        Value::Object(fields) => fields.get("url").or_else(|| fields.get("@id")).and_then(address),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scripts: &[&str]) -> Told {
        let script = |json: &&str| format!("<script type='application/ld+json'>{json}</script>");
        told(&Document::from(scripts.iter().map(script).collect::<String>()))
    }

    #[test]
    fn all_of_an_article_is_read() {
        let told = of(&[
            r#"{"@type":"NewsArticle","headline":"Rain falls","articleBody":"It rained.","author":{"name":"Ann Lee"},
            "datePublished":"2026-11-22","dateModified":"2026-11-23","publisher":{"name":"Daily"},
            "image":[{"url":"https://daily.test/rain.jpg"}],"isAccessibleForFree":"False"}"#,
        ]);
        assert_eq!(told.headline.as_deref(), Some("Rain falls"));
        assert_eq!((told.body.as_str(), told.authors), ("It rained.", vec!["Ann Lee".to_owned()]));
        assert_eq!(told.published.as_deref(), Some("2026-11-22"));
        assert_eq!(told.modified.as_deref(), Some("2026-11-23"));
        assert_eq!(told.publisher.as_deref(), Some("Daily"));
        assert_eq!(told.image.as_deref(), Some("https://daily.test/rain.jpg"));
        assert_eq!(told.is_free, Some(false));
    }

    #[test]
    fn the_article_is_found_wherever_it_is() {
        for json in [
            r#"[{"@type":"WebSite","name":"Daily"},{"@type":"BlogPosting","headline":"Rain"}]"#,
            r#"{"@graph":[{"@type":["Thing","NewsArticle"],"headline":"Rain"}]}"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"Report","name":"Rain"}}"#,
            r#"<!-- {"@type":"Article","headline":"Rain"}; -->"#,
            r#"//<![CDATA[
                {"@type":"Article","headline":"Rain"}
            //]]>"#,
            "{\"@type\":\"Article\",\n\"headline\":\"Rain\",\"articleBody\":\"One\nline\"}",
        ] {
            assert_eq!(of(&[json]).headline.as_deref(), Some("Rain"), "{json}");
        }
    }

    #[test]
    fn what_is_no_article_or_broken_tells_nothing() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        for json in ["", "{", "null", r#"{"@type":"Product","name":"Umbrella"}"#, &deep] {
            assert_eq!(of(&[json]).headline, None, "{json}");
        }
        assert_eq!(of(&["{", r#"{"@type":"Article","headline":"Rain"}"#]).headline.as_deref(), Some("Rain"));
    }

    #[test]
    fn the_first_article_is_the_pages_and_the_longest_body() {
        let told = of(&[
            r#"{"@type":"Article","headline":"Rain","author":"Ann Lee"}"#,
            r#"{"@type":"Article","headline":"Snow","author":"Bob Ray","articleBody":"It rained."}"#,
        ]);
        assert_eq!((told.headline.as_deref(), told.body.as_str()), (Some("Rain"), "It rained."));
        assert_eq!(told.authors, ["Ann Lee"]);
    }

    #[test]
    fn people_are_named_and_organisations_where_no_one_is() {
        let table: [(&str, &[&str]); 6] = [
            (r#""Ann Lee""#, &["Ann Lee"]),
            (r#"["Ann Lee",{"@type":"Person","name":"Bob Ray"}]"#, &["Ann Lee", "Bob Ray"]),
            (
                r#"[{"@type":"Organization","name":"Daily"},{"@type":"Person","name":"Bob Ray"}]"#,
                &["Bob Ray"],
            ),
            (r#"{"@type":"Organization","name":"Daily"}"#, &["Daily"]),
            (r#"{"@type":["Person","Thing"],"name":["Ann Lee","Bob Ray"]}"#, &["Ann Lee", "Bob Ray"]),
            ("7", &[]),
        ];
        for (author, expected) in table {
            let told = of(&[&format!(r#"{{"@type":"Article","headline":"Rain","author":{author}}}"#)]);
            assert_eq!(told.authors, expected, "{author}");
        }
    }

    #[test]
    fn an_id_stands_for_what_is_named_elsewhere() {
        let told = of(&[r##"{"@graph":[{"@type":"Article","headline":"Rain","author":{"@id":"#ann"}},
            {"@id":"#ann","@type":"Person","name":"Ann Lee"}]}"##]);
        assert_eq!(told.authors, ["Ann Lee"]);
    }
}

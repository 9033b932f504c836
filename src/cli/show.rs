//! `newsterm show`: one article, clean.

use std::fmt::Write as _;

use anyhow::bail;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Done;
use super::arguments::{Format, ShowArguments};
use super::output::{self, Output};
use super::session::Session;
use crate::html;
use crate::model::{Article, Deed, EntryId, Text, Texts, Timestamp};
use crate::store::RuleTrace;
use crate::tasks;
use crate::typeset::{self, Calendar};

/// Writes the article in the format asked for.
pub(super) async fn run(session: &Session, arguments: &ShowArguments) -> anyhow::Result<Done> {
    let (id, full_text) = (arguments.id, session.settings.full_text);
    let Some(texts) = tasks::open_article(&session.store, id, full_text, Timestamp::now()).await? else {
        bail!("there is no entry {}; newsterm list shows their numbers", arguments.id);
    };
    let article = texts.shown();
    let mut out = Output::new();
    let traces = session.store.rule_traces(id).await?;
    match arguments.format {
        Format::Text => {
            text(&mut out, article, &session.settings.dates)?;
            for trace in &traces {
                out.line(&format!("Rule {}: {}", trace.title, Deed::write_all(&trace.deeds)))?;
            }
        }
        Format::Markdown => out.text(&markdown(article))?,
        Format::Html => out.text(&page(article))?,
        Format::Json => out.json(&json(&texts, &traces))?,
    }
    out.flush()?;
    Ok(Done::All)
}

/// What `--format json` holds: the text that is shown, then each text that there is.
#[derive(Serialize)]
struct JsonArticle<'a> {
    id: EntryId,
    outlet: &'a str,
    published: Option<Timestamp>,
    link: Option<&'a str>,
    read: bool,
    saved: bool,
    tags: &'a [String],
    highlighted: bool,
    rules: Vec<JsonRule<'a>>,
    shown: Text,
    #[serde(flatten)]
    words: JsonText<'a>,
    feed: JsonText<'a>,
    page: Option<JsonText<'a>>,
}

/// What a rule did with it.
#[derive(Serialize)]
struct JsonRule<'a> {
    title: &'a str,
    time: Timestamp,
    #[serde(rename = "do")]
    deeds: String,
}

fn rule(trace: &RuleTrace) -> JsonRule<'_> {
    JsonRule { title: &trace.title, time: trace.at, deeds: Deed::write_all(&trace.deeds) }
}

/// One of the texts of an entry.
#[derive(Serialize)]
struct JsonText<'a> {
    title: &'a str,
    standfirst: Option<&'a str>,
    authors: &'a [String],
    html: &'a str,
    text: String,
}

fn json<'a>(texts: &'a Texts, traces: &'a [RuleTrace]) -> JsonArticle<'a> {
    let article = texts.shown();
    JsonArticle {
        id: article.entry,
        outlet: &article.outlet,
        published: article.published,
        link: article.link.as_ref().map(crate::model::Url::as_str),
        read: article.status.read,
        saved: article.status.saved,
        tags: &article.labels.tags,
        highlighted: article.labels.is_highlighted,
        rules: traces.iter().map(rule).collect(),
        shown: article.text,
        words: words(article),
        feed: words(&texts.feed),
        page: texts.page.as_deref().map(words),
    }
}

fn words(article: &Article) -> JsonText<'_> {
    JsonText {
        title: &article.title,
        standfirst: article.standfirst.as_deref(),
        authors: &article.authors,
        html: article.body.as_str(),
        text: typeset::plain(&article.body),
    }
}

fn text(out: &mut Output, article: &Article, dates: &str) -> std::io::Result<()> {
    let calendar = Calendar::new(TimeZone::system(), dates, |name| std::env::var(name).ok());
    let page = typeset::typeset(article, output::columns(), &calendar);
    for line in page.lines() {
        let line: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        out.line(&line)?;
    }
    Ok(())
}

fn markdown(article: &Article) -> String {
    let mut out = format!("# {}\n\n", html::escape_markdown(&article.title));
    let mut facts = vec![html::escape_markdown(&article.outlet)];
    facts.extend(article.authors.iter().map(|name| html::escape_markdown(name)));
    facts.extend(article.published.map(|date| date.to_string()));
    facts.extend(article.link.as_ref().map(|link| format!("<{link}>")));
    let standfirst = article.standfirst.as_deref().map(|text| format!("*{}*", html::escape_markdown(text)));
    let parts = [Some(facts.join(" · ")), standfirst, Some(html::markdown(&article.body))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    writeln!(out, "{}", parts.join("\n\n")).expect("writing to a string");
    out
}

fn page(article: &Article) -> String {
    let title = html::escape(&article.title);
    let standfirst =
        article.standfirst.as_deref().map(|text| format!("<p><em>{}</em></p>\n", html::escape(text)));
    let standfirst = standfirst.unwrap_or_default();
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body><article>\n<h1>{title}</h1>\n<p>{}</p>\n{standfirst}{}\n</article></body></html>\n",
        html::escape(&article.outlet),
        article.body.as_str()
    )
}

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
use crate::model::{Article, EntryId, Timestamp};
use crate::tasks;
use crate::typeset;

/// Writes the article in the format asked for.
pub(super) async fn run(session: &Session, arguments: &ShowArguments) -> anyhow::Result<Done> {
    let Some(article) = tasks::open_article(&session.store, arguments.id).await? else {
        bail!("there is no entry {}; newsterm list shows their numbers", arguments.id);
    };
    let mut out = Output::new();
    match arguments.format {
        Format::Text => text(&mut out, &article)?,
        Format::Markdown => out.text(&markdown(&article))?,
        Format::Html => out.text(&page(&article))?,
        Format::Json => out.json(&json(&article))?,
    }
    out.flush()?;
    Ok(Done::All)
}

/// What `--format json` holds.
#[derive(Serialize)]
struct JsonArticle<'a> {
    id: EntryId,
    title: &'a str,
    outlet: &'a str,
    authors: &'a [String],
    published: Option<Timestamp>,
    link: Option<&'a str>,
    read: bool,
    saved: bool,
    html: &'a str,
    text: String,
}

fn json(article: &Article) -> JsonArticle<'_> {
    JsonArticle {
        id: article.entry,
        title: &article.title,
        outlet: &article.outlet,
        authors: &article.authors,
        published: article.published,
        link: article.link.as_ref().map(crate::model::Url::as_str),
        read: article.status.read,
        saved: article.status.saved,
        html: article.body.as_str(),
        text: typeset::plain(&article.body),
    }
}

fn text(out: &mut Output, article: &Article) -> std::io::Result<()> {
    let page = typeset::typeset(article, output::columns(), &TimeZone::system());
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
    writeln!(out, "{}\n\n{}", facts.join(" · "), html::markdown(&article.body)).expect("writing to a string");
    out
}

fn page(article: &Article) -> String {
    let title = html::escape(&article.title);
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body><article>\n<h1>{title}</h1>\n<p>{}</p>\n{}\n</article></body></html>\n",
        html::escape(&article.outlet),
        article.body.as_str()
    )
}

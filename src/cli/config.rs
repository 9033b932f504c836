//! `newsterm config`: settings in force with their source, and where things are kept.

use super::Done;
use super::arguments::Place;
use super::output::{Output, complain};
use super::session;
use crate::config::{Places, Source};
use crate::tui::name_of;

/// Prints TOML that could be a settings file, with the rest as comments.
pub(super) fn run(place: &Place) -> anyhow::Result<Done> {
    let places = Places::find(place.dir().as_deref())?;
    let (effective, mut complaints) = session::settings(&places);
    let (keymap, mistakes) = session::keymap(&places);
    complaints.extend(mistakes);
    let mut out = Output::new();
    out.line(&format!("# settings  {}", places.config.display()))?;
    out.line(&format!("# keys      {}", places.keymap.display()))?;
    out.line(&format!("# library   {}", places.library.display()))?;
    out.line(&format!("# cache     {}", places.cache.display()))?;
    out.line(&format!("# logs      {}", places.logs.display()))?;
    for (key, value, source) in &effective.sources {
        let source = match source {
            Source::Default => "default".to_owned(),
            Source::Line(line) => format!("line {line}"),
        };
        out.line(&format!("{:40} # {source}", format!("{key} = {value}")))?;
    }
    for action in keymap.without_keys() {
        out.line(&format!("# no key brings {}", name_of(action)))?;
    }
    out.flush()?;
    for complaint in &complaints {
        complain(complaint);
    }
    Ok(if complaints.is_empty() { Done::All } else { Done::Partly })
}

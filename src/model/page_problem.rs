//! Why an entry's page gave no text. Expected ends are names, not errors.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{FetchProblem, Timestamp};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// Why an entry's page gave no text; the feed's text stays.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PageProblem {
    /// It shows the beginning to those who do not pay or register.
    #[error("the page is for subscribers")]
    Paywall,
    /// It asks for consent before it shows anything.
    #[error("the page asks for consent first")]
    ConsentWall,
    /// It has no text before its scripts ran.
    #[error("the page needs JavaScript")]
    NeedsScripts,
    /// It has no article.
    #[error("no article was found on the page")]
    NoArticle,
    /// The server answered with an error.
    #[error("{}: {code} {}", refusal(*.code), .reason.as_deref().unwrap_or("(no reason given)"))]
    Refused {
        /// The HTTP status code.
        code: u16,
        /// Its name.
        reason: Option<String>,
    },
    /// Its server wants to be left alone, and was not asked.
    #[error("its server asked to be left alone until {}", super::outcome::local(*.until))]
    LeftAlone {
        /// The end of the wait.
        until: Timestamp,
    },
    /// It is larger than the limit.
    #[error("the page is larger than the limit of {limit_mb} MB")]
    TooLarge {
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// The link leads to something else.
    #[error("the link leads to {0}, not to a page")]
    NotAPage(String),
    /// The server took too long.
    #[error("the page does not answer")]
    TimedOut,
    /// The server could not be reached.
    #[error("the page cannot be reached: {0}")]
    Unreachable(String),
    /// It was cut off or garbled on its way.
    #[error("the page broke off: {0}")]
    BrokenAnswer(String),
    /// Too many redirects, or one to where newsterm does not go.
    #[error("the page is redirected in vain: {0}")]
    BadRedirect(String),
    /// It lies where a feed of the open net must not lead to.
    #[error("the page lies in a private network")]
    PrivateAddress,
    /// It took too long to read, or could not be.
    #[error("the page cannot be read")]
    Unreadable,
    /// The command that knows the password gave none.
    #[error("no password for the page: {0}")]
    NoPassword(String),
    /// The entry has no link.
    #[error("this entry has no page of its own")]
    NoLink,
    /// No network is wanted.
    #[error("newsterm is offline, and the page was not fetched before")]
    Offline,
    /// The library could not take it.
    #[error("the page's text cannot be stored: {0}")]
    NotStored(String),
}

impl PageProblem {
    /// Tells how long the page is not asked again by itself. What may be over soon is tried again soon.
    pub fn rest(&self) -> Duration {
        match self {
            PageProblem::Offline | PageProblem::NoLink | PageProblem::NotStored(_) => Duration::ZERO,
            PageProblem::Unreachable(_) | PageProblem::NoPassword(_) => MINUTE,
            PageProblem::TimedOut | PageProblem::BrokenAnswer(_) | PageProblem::LeftAlone { .. } => {
                10 * MINUTE
            }
            PageProblem::Refused { code: 429 | 500.., .. } => 30 * MINUTE,
            PageProblem::Refused { code: 404 | 410, .. } => 7 * DAY,
            PageProblem::Paywall
            | PageProblem::ConsentWall
            | PageProblem::NeedsScripts
            | PageProblem::NoArticle
            | PageProblem::Refused { .. }
            | PageProblem::TooLarge { .. }
            | PageProblem::NotAPage(_)
            | PageProblem::BadRedirect(_)
            | PageProblem::PrivateAddress
            | PageProblem::Unreadable => DAY,
        }
    }
}

impl From<FetchProblem> for PageProblem {
    fn from(problem: FetchProblem) -> PageProblem {
        match problem {
            FetchProblem::Unreachable(why) => PageProblem::Unreachable(why),
            FetchProblem::TimedOut => PageProblem::TimedOut,
            FetchProblem::Status { code, reason } => PageProblem::Refused { code, reason },
            FetchProblem::LeftAlone { until } => PageProblem::LeftAlone { until },
            FetchProblem::TooLarge { limit_mb } => PageProblem::TooLarge { limit_mb },
            FetchProblem::BrokenAnswer(why) => PageProblem::BrokenAnswer(why),
            FetchProblem::BadRedirect(why) => PageProblem::BadRedirect(why),
            FetchProblem::PrivateAddress => PageProblem::PrivateAddress,
            FetchProblem::NotAFeed(_) => PageProblem::Unreadable,
            FetchProblem::NoPassword(why) => PageProblem::NoPassword(why),
            FetchProblem::NotStored(why) => PageProblem::NotStored(why),
        }
    }
}

/// Says what a status means for a reader.
fn refusal(status: u16) -> &'static str {
    match status {
        404 | 410 => "the page is not there",
        429 => "the server has had enough",
        500.. => "the server has trouble",
        _ => "the server refuses",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_named_as_what_it_means() {
        let said = |code, reason: Option<&str>| {
            PageProblem::Refused { code, reason: reason.map(str::to_owned) }.to_string()
        };
        assert_eq!(said(403, Some("Forbidden")), "the server refuses: 403 Forbidden");
        assert_eq!(said(410, Some("Gone")), "the page is not there: 410 Gone");
        assert_eq!(said(503, Some("Service Unavailable")), "the server has trouble: 503 Service Unavailable");
        assert_eq!(said(499, None), "the server refuses: 499 (no reason given)");
    }

    #[test]
    fn what_may_be_over_soon_is_tried_again_sooner() {
        let refused = |code| PageProblem::Refused { code, reason: None };
        let order = [
            PageProblem::Offline,
            PageProblem::Unreachable(String::new()),
            PageProblem::TimedOut,
            refused(503),
            refused(403),
            refused(404),
        ];
        assert!(order.is_sorted_by(|a, b| a.rest() < b.rest()));
        assert_eq!(PageProblem::Paywall.rest(), refused(401).rest());
    }
}

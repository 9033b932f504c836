//! The log: a file a day, a week of them, never the screen.

use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Days of which a file is kept.
const DAYS: usize = 7;

/// Starts the log; where it cannot be written, newsterm goes on without.
///
/// `NEWSTERM_LOG` says how much is told, such as `debug`.
pub(super) fn start(directory: &Path) {
    if std::fs::create_dir_all(directory).is_err() {
        return;
    }
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("newsterm")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(directory);
    let Ok(file) = file else {
        return;
    };
    let filter = EnvFilter::try_from_env("NEWSTERM_LOG").unwrap_or_else(|_| EnvFilter::new("newsterm=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(file);
    // A second log in one process is a test's; the first goes on.
    drop(log.try_init());
}

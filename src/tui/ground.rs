//! Whether the terminal's ground is dark or light.

use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

const DARK: &str = "dark";
const LIGHT: &str = "light";

/// How long a terminal may take to tell its colours; those that cannot say so at once.
const PATIENCE: Duration = Duration::from_millis(100);

/// Finds the theme that suits the terminal's ground: what the environment says, else what the
/// terminal answers, else dark. Must be asked before the terminal is taken over.
pub fn suited(variable: impl Fn(&str) -> Option<String>) -> &'static str {
    match variable("COLORFGBG").as_deref().and_then(ground_of) {
        Some(theme) => theme,
        None => asked(),
    }
}

fn asked() -> &'static str {
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Light) => LIGHT,
        Ok(ThemeMode::Dark) | Err(_) => DARK,
    }
}

/// Reads `15;0`: text and ground among sixteen colours, of which 7 and 9 to 15 are light.
fn ground_of(value: &str) -> Option<&'static str> {
    let ground: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(if ground == 7 || (9..=15).contains(&ground) { LIGHT } else { DARK })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_tells_the_ground() {
        assert_eq!(ground_of("15;0"), Some(DARK));
        assert_eq!(ground_of("0;default;15"), Some(LIGHT));
        assert_eq!(ground_of("default"), None);
    }
}

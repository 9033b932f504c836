//! Settings that are changed from the reader: those of a few values, in the reader's own file.

use super::overlay::{Source, read};

/// Settings that have a few values, each as it is written.
pub const CHOICES: &[(&str, &[&str])] = &[
    ("mark_read", &["\"open\"", "\"preview\"", "\"never\""]),
    ("full_text", &["\"auto\"", "\"always\"", "\"never\""]),
    ("dates", &["\"auto\"", "\"%Y-%m-%d %H:%M\"", "\"%-d %b %Y, %H:%M\"", "\"%b %-d, %Y, %-I:%M %p\""]),
    ("notify", &["\"off\"", "\"osc9\"", "\"osc777\"", "\"bell\""]),
    ("screen_reader", &["true", "false"]),
    ("title", &["true", "false"]),
    ("mouse", &["true", "false"]),
];

/// Writes a setting into a file of settings: in its line where it has one, else before the first table.
pub fn with_setting(file: &str, key: &str, value: &str) -> String {
    let line = read(file).sources.into_iter().find(|(name, ..)| name == key).map(|(.., source)| source);
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    let written = format!("{key} = {value}");
    match line {
        Some(Source::Line(number)) if number >= 1 && number <= lines.len() => lines[number - 1] = written,
        _ => {
            let table = lines.iter().position(|line| line.trim_start().starts_with('['));
            lines.insert(table.unwrap_or(lines.len()), written);
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_a_setting_that_takes_its_values() {
        for (key, values) in CHOICES {
            for value in *values {
                let file = with_setting("", key, value);
                let read = read(&file);
                assert_eq!(read.complaints, [], "{file}");
                assert!(read.sources.iter().any(|(name, set, _)| name == key && set == value), "{file}");
            }
        }
    }

    #[test]
    fn a_setting_is_changed_in_its_line_and_all_else_stays() {
        let file = "# mine\nmeasure = 80\nmark_read = \"never\" # always\n\n[refresh]\nevery = \"2h\"\n";
        let changed = with_setting(file, "mark_read", "\"open\"");
        assert_eq!(changed, "# mine\nmeasure = 80\nmark_read = \"open\"\n\n[refresh]\nevery = \"2h\"\n");
        let added = with_setting(file, "mouse", "false");
        assert_eq!(added, file.replace("[refresh]", "mouse = false\n[refresh]"));
        assert_eq!(with_setting("", "mouse", "false"), "mouse = false\n");
    }
}

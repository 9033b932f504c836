//! Colours code: what each part of it is, by the grammars of editors.
//!
//! The language is the one that the page names, else it is guessed from what the code holds. In doubt code stays as it is.

use std::ops::Range;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::page::append;
use super::{Role, Span, Style};

/// Longer code stays as it is, in bytes; so do lines.
const MAX_CODE: usize = 50_000;
const MAX_LINE: usize = 2_000;

/// So many of a language's marks make it the one.
const MIN_MARKS: usize = 2;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// What scopes of grammars are, the most special first.
#[rustfmt::skip]
const ROLES: [(&str, Role); 16] = [
    ("comment", Role::CodeComment), ("string", Role::CodeString), ("constant.character", Role::CodeString),
    ("constant", Role::CodeNumber), ("keyword.operator", Role::Preformatted), ("keyword", Role::CodeKeyword),
    ("storage.type.function", Role::CodeKeyword), ("storage", Role::CodeKeyword), ("entity.name", Role::CodeName),
    ("entity.other.attribute-name", Role::CodeName), ("support.function", Role::CodeName), ("support.type", Role::CodeName),
    ("variable.function", Role::CodeName), ("markup.inserted", Role::CodeString), ("markup.deleted", Role::CodeKeyword),
    ("markup.heading", Role::CodeName),
];

static SCOPES: LazyLock<Vec<(Scope, Role)>> = LazyLock::new(|| {
    let scope = |(name, role): &(&str, Role)| (Scope::new(name).expect("the names are scopes"), *role);
    ROLES.iter().map(scope).collect()
});

/// What code of a language holds, in the order of how special that is.
#[rustfmt::skip]
const MARKS: [(&str, &[&str]); 15] = [
    ("rs", &["fn ", "let ", "let mut ", "impl ", "pub ", "match ", "::new(", "println!(", "#[derive"]),
    ("go", &["func ", "package ", ":= ", "import (", "fmt.", "chan ", "defer "]),
    ("cpp", &["#include <", "std::", "int main(", "template <", "void ", "printf("]),
    ("java", &["public class ", "public static ", "System.out", "private ", "import java", "@Override"]),
    ("cs", &["using System", "namespace ", "public class ", "Console.Write", "var "]),
    ("php", &["<?php", "$this->", "function ", "echo "]),
    ("py", &["def ", "import ", "self.", "print(", "elif ", "lambda ", "if __name__", "None", ":\n    "]),
    ("rb", &["def ", "\nend", "puts ", "require '", "do |", ".each "]),
    ("js", &["const ", "function ", "=> ", "let ", "console.log", "require(", "document.", "await ", "===", "import "]),
    ("sql", &["SELECT ", "FROM ", "WHERE ", "INSERT INTO ", "CREATE TABLE", "JOIN ", "select ", "from ", "where "]),
    ("html", &["<div", "</", "<html", "<a href", "<p>", "class=\"", "<script"]),
    ("css", &["{\n", "color:", "margin:", "px;", "display:", "@media"]),
    ("diff", &["--- ", "+++ ", "@@ ", "\n-", "\n+"]),
    ("yaml", &["\n- ", ":\n  ", "---\n", "name: ", "version: "]),
    ("sh", &["$ ", "sudo ", "apt ", "#!/bin", "echo ", "cd ", "export ", " | ", "git ", "npm ", "cargo ", "pip "]),
];

/// Gives the spans of code, each of its parts with its role.
pub(super) fn highlight(code: Vec<Span>, language: Option<&str>) -> Vec<Span> {
    let text: String = code.iter().map(|span| span.text.as_str()).collect();
    if text.len() > MAX_CODE {
        return code;
    }
    match syntax(&text, language) {
        Some(syntax) => coloured(&code, &parts(&text, syntax)),
        None => code,
    }
}

fn syntax(text: &str, language: Option<&str>) -> Option<&'static SyntaxReference> {
    let named = language.and_then(|name| SYNTAXES.find_syntax_by_token(name));
    // Two hundred expressions are tried on a first line: only on one that looks as if it told a language.
    let tells = text.starts_with("#!") || text.starts_with("<?") || text.starts_with("<!");
    let by_line = || if tells { SYNTAXES.find_syntax_by_first_line(text) } else { None };
    let found = named.or_else(by_line).or_else(|| {
        let is_json = text.starts_with(['{', '[']) && text.contains("\": ") && text.ends_with(['}', ']']);
        SYNTAXES.find_syntax_by_token(if is_json { "json" } else { guess(text)? })
    })?;
    (found.name != "Plain Text").then_some(found)
}

/// Finds the language of which the code holds most marks.
fn guess(text: &str) -> Option<&'static str> {
    let count = |marks: &[&str]| marks.iter().filter(|mark| text.contains(*mark)).count();
    // Of two alike, the first.
    let best = MARKS.iter().rev().max_by_key(|(_, marks)| count(marks))?;
    (count(best.1) >= MIN_MARKS).then_some(best.0)
}

/// What the parts of a text are, in their order.
fn parts(text: &str, syntax: &SyntaxReference) -> Vec<(Range<usize>, Role)> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut parts = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let operations = if line.len() > MAX_LINE { None } else { state.parse_line(line, &SYNTAXES).ok() };
        let mut last = 0;
        for (at, operation) in operations.unwrap_or_default() {
            parts.push((from + last..from + at, role(&stack)));
            last = at;
            if stack.apply(&operation).is_err() {
                return Vec::new();
            }
        }
        parts.push((from + last..from + line.len(), role(&stack)));
        from += line.len();
    }
    parts
}

/// The role of what stands in some scopes: the innermost that has one.
fn role(stack: &ScopeStack) -> Role {
    let of =
        |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, role)| *role);
    stack.as_slice().iter().rev().find_map(of).unwrap_or(Role::Preformatted)
}

fn coloured(code: &[Span], parts: &[(Range<usize>, Role)]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut parts = parts.iter().peekable();
    let mut from = 0;
    for span in code {
        let end = from + span.text.len();
        let mut at = from;
        while at < end {
            while parts.next_if(|(range, _)| range.end <= at).is_some() {}
            let (to, role) =
                parts.peek().map_or((end, Role::Preformatted), |(range, role)| (range.end.min(end), *role));
            let role = if span.style.role == Role::Preformatted { role } else { span.style.role };
            append(&mut spans, &span.text[at - from..to - from], Style { role, ..span.style }, span.link);
            at = to;
        }
        from = end;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the parts that have a role of their own.
    fn found(code: &str, language: Option<&str>) -> Vec<(String, Role)> {
        let span = Span::new(code, Style::of(Role::Preformatted));
        let spans = highlight(vec![span], language);
        assert_eq!(spans.iter().map(|span| span.text.as_str()).collect::<String>(), code);
        let own = spans.into_iter().filter(|span| span.style.role != Role::Preformatted);
        own.map(|span| (span.text, span.style.role)).collect()
    }

    #[test]
    fn the_parts_of_code_are_told_apart() {
        let found = found("// add\nfn add(a: u8) { \"x\"; 12 }", Some("rust"));
        for part in [
            ("// add\n", Role::CodeComment),
            ("fn", Role::CodeKeyword),
            ("add", Role::CodeName),
            ("\"x\"", Role::CodeString),
            ("12", Role::CodeNumber),
        ] {
            assert!(found.contains(&(part.0.to_owned(), part.1)), "{part:?} in {found:?}");
        }
    }

    #[test]
    fn a_language_is_guessed_from_what_the_code_holds() {
        let table = [
            ("fn main() {\n    let mut a = 1;\n}", Some("rs")),
            ("def f(x):\n    return None", Some("py")),
            ("const a = () => {\n  console.log(1);\n};", Some("js")),
            ("SELECT a FROM b WHERE c", Some("sql")),
            ("$ sudo apt install newsterm", Some("sh")),
            ("#include <stdio.h>\nint main(void) {}", Some("cpp")),
            ("Roses are red,\nviolets are blue.", None),
        ];
        for (code, expected) in table {
            assert_eq!(guess(code), expected, "{code}");
        }
        assert!(!found("{\n  \"a\": 1\n}", None).is_empty());
        assert!(!found("#!/usr/bin/env python\nx = 'y'", None).is_empty());
    }

    #[test]
    fn what_is_no_code_and_what_is_too_long_stays_as_it_is() {
        assert!(found("Roses are red,\nviolets are blue.", None).is_empty());
        assert!(found("let a = 1;", Some("nolanguage")).is_empty());
        assert!(found(&"let a = 1;\n".repeat(6_000), Some("rust")).is_empty());
        assert!(found(&format!("let a = {};", "1".repeat(3_000)), Some("rust")).is_empty());
    }

    #[test]
    fn links_in_code_stay() {
        let link = Span { link: Some(0), ..Span::new("main", Style::of(Role::Link)) };
        let plain = |text| Span::new(text, Style::of(Role::Preformatted));
        let spans = highlight(vec![plain("fn "), link.clone(), plain("() {}")], Some("rust"));
        assert!(spans.contains(&link));
    }
}

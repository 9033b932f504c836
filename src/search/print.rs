//! `Query` → text.

use crate::model::{Kind, Query, Term};

/// Writes a query as a person would; reading it gives the same query.
pub fn print_query(query: &Query) -> String {
    let terms: Vec<String> = query.terms.iter().map(term).collect();
    terms.join(" ")
}

fn term(term: &Term) -> String {
    match term {
        Term::Is(Kind::Unread) => "is:unread".to_owned(),
        Term::Is(Kind::Read) => "is:read".to_owned(),
        Term::Is(Kind::Saved) => "is:saved".to_owned(),
        Term::Feed(name) => format!("feed:{}", quoted(name)),
    }
}

fn quoted(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
    if name.contains(char::is_whitespace) { format!("\"{escaped}\"") } else { escaped }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse_query;
    use super::*;

    #[test]
    fn names_with_blanks_are_quoted() {
        let terms = vec![Term::Is(Kind::Saved), Term::Feed("two \"words\"".to_owned())];
        assert_eq!(print_query(&Query { terms }), r#"is:saved feed:"two \"words\"""#);
    }

    fn any_term() -> impl Strategy<Value = Term> {
        let name = any::<String>().prop_filter("a name is not blank", |name| !name.trim().is_empty());
        prop_oneof![
            Just(Term::Is(Kind::Unread)),
            Just(Term::Is(Kind::Read)),
            Just(Term::Is(Kind::Saved)),
            name.prop_map(Term::Feed),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(terms in prop::collection::vec(any_term(), 0..5)) {
            let query = Query { terms };
            prop_assert_eq!(parse_query(&print_query(&query)), Ok(query));
        }

        #[test]
        fn any_text_is_a_query_or_an_error(text in any::<String>()) {
            drop(parse_query(&text));
        }
    }
}

//! Who wrote.

use super::super::draft::Person;
use super::super::xml::{Element, Vocabulary};

/// Reads a person: name and address as elements, or both in one text.
pub(super) fn read(element: &Element<'_>) -> impl Iterator<Item = Person> + use<> {
    let part = |name: &str| {
        let text = element.child(name).map(Element::text);
        text.filter(|text| !text.trim().is_empty())
    };
    let (name, email) = (part("name"), part("email"));
    let has_parts =
        name.is_some() || email.is_some() || element.child("uri").or(element.child("url")).is_some();
    let person = if has_parts || element.vocabulary == Vocabulary::Atom && element.elements().next().is_some()
    {
        Person { name, email }
    } else {
        in_one(element.text().trim())
    };
    Some(person).filter(|person| person.name.is_some() || person.email.is_some()).into_iter()
}

/// Parts `jane@a.test (Jane Doe)` and `Jane Doe <jane@a.test>`.
pub(in crate::feed) fn in_one(text: &str) -> Person {
    let is_border = |c: char| c.is_whitespace() || "<>()[]\"".contains(c);
    let is_address = |word: &&str| {
        let parts = word.split_once('@');
        parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
    };
    let Some(email) = text.split(is_border).find(is_address) else {
        return Person { name: Some(text.to_owned()).filter(|text| !text.is_empty()), email: None };
    };
    let name = text.replacen(email, "", 1);
    let name = name.replace("mailto:", "");
    let is_empty = name.chars().all(|c| is_border(c) || c == ',');
    let email = email.trim_start_matches("mailto:").to_owned();
    Person { name: (!is_empty).then_some(name), email: Some(email) }
}

//! Pictures and embeds, and what is around them: sources, and what is there for readers without scripts.

use super::Tidy;
use crate::html::embed::{embed_link, has_link};
use crate::html::hidden::is_hidden_object;
use crate::html::pictures::is_picture;
use crate::html::reference::decode_references;
use crate::html::token::{Tag, Token, Tokens};
use crate::html::tracker;

impl<'a> Tidy<'a> {
    /// Takes what is around pictures and embeds.
    pub(super) fn context(&mut self, tag: &Tag<'a>) {
        match tag.name.as_ref() {
            "svg" => self.in_svg = !tag.raw.ends_with("/>"),
            "picture" => self.pictures.start_sources(),
            "source" => self.pictures.source(tag),
            "noscript" => self.noscript(),
            _ => (),
        }
    }

    fn noscript(&mut self) {
        self.pictures.in_noscript = true;
        let content = self.tokens.content_near("noscript").unwrap_or_default();
        if content.contains('<') || !content.contains("&lt;img") {
            return;
        }
        // So writes it who has read the page as a browser with scripts reads it.
        self.tokens.pass(content);
        let content = decode_references(content).into_owned();
        for token in Tokens::new(&content) {
            if let Token::Start(tag) = token
                && is_picture(&tag.name)
            {
                self.picture(&tag);
            }
        }
    }

    pub(super) fn picture(&mut self, tag: &Tag) {
        if self.nesting.start("img", &mut self.out) {
            self.has_shown |= self.pictures.write(tag, &self.nesting, &mut self.out);
            self.part_length = 0;
        }
    }

    pub(super) fn picture_of_button(&mut self, tag: &Tag) {
        if self.pictures.is_photograph(tag) {
            self.has_shown |= self.pictures.write(tag, &self.nesting, &mut self.out);
        }
    }

    pub(super) fn end_context(&mut self, tag: &Tag) {
        match tag.name.as_ref() {
            "picture" => self.has_shown |= self.pictures.end_sources(&mut self.out),
            "noscript" => self.pictures.in_noscript = false,
            "svg" => self.in_svg = false,
            name if self.is_label(name) => self.out.push(' '),
            _ => (),
        }
    }

    pub(super) fn embed(&mut self, tag: &Tag<'a>) {
        let content = self.tokens.content_near(&tag.name).unwrap_or_default();
        if (tracker::is_tiny(tag) || is_hidden_object(tag)) && !has_link(content) {
            return self.tokens.pass(content);
        }
        let Some(embed) = embed_link(tag, content, self.base) else {
            return;
        };
        self.tokens.pass(content);
        let is_again = self.pictures.in_noscript && self.last_embed.as_ref() == Some(&embed);
        if !is_again {
            self.out.push_str(&embed);
            self.part_length = 0;
            self.has_shown = true;
        }
        self.last_embed = Some(embed);
    }
}

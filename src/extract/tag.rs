//! The elements that mean something to an article.

/// Makes an enum of elements, and finds them by their names; `Other` is any other.
macro_rules! elements {
    ($($sort:literal: $($tag:ident $name:literal),+;)+) => {
        /// An element; those that mean nothing here are `Other`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(super) enum Tag {
            $($($tag,)+)+
            Other,
        }

        impl Tag {
            /// Finds an element by its name, in lower case.
            pub(super) fn named(name: &str) -> Tag {
                match name {
                    $($($name => Tag::$tag,)+)+
                    _ => Tag::Other,
                }
            }

            fn sort(self) -> &'static str {
                match self {
                    $($(Tag::$tag)|+ => $sort,)+
                    Tag::Other => "inline",
                }
            }
        }
    };
}

// Text before and behind a block belongs to others; what is silent holds nothing to read.
elements! {
    "block": Address "address", AmpEmbed "amp-embed", Article "article", Aside "aside", Blockquote "blockquote", Body "body",
        Button "button", Caption "caption", Center "center", Dd "dd", Details "details", Dialog "dialog", Dir "dir",
        Div "div", Dl "dl", Dt "dt", Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Footer "footer",
        Form "form", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Header "header", Hgroup "hgroup", Hr "hr",
        Html "html", Label "label", Legend "legend", Li "li", Listing "listing", Main "main", Menu "menu", Nav "nav",
        Ol "ol", Optgroup "optgroup", P "p", Pre "pre", Search "search", Section "section", Summary "summary",
        Table "table", Tbody "tbody", Td "td", Tfoot "tfoot", Th "th", Thead "thead", Tr "tr", Ul "ul";
    "inline": A "a", Abbr "abbr", B "b", Bdi "bdi", Big "big", Br "br", Cite "cite", Code "code", Em "em", Font "font",
        I "i", Img "img", Kbd "kbd", Mark "mark", Picture "picture", Q "q", S "s", Small "small", Span "span",
        Strong "strong", Sub "sub", Sup "sup", Time "time", U "u", Var "var";
    "silent": Area "area", Audio "audio", Base "base", Canvas "canvas", Datalist "datalist", Embed "embed", Head "head",
        Iframe "iframe", Input "input", Link "link", Map "map", Math "math", Meta "meta", Meter "meter",
        Noscript "noscript", Object "object", Option "option", Param "param", Progress "progress", Script "script",
        Select "select", Source "source", Style "style", Svg "svg", Template "template", Textarea "textarea",
        Title "title", Track "track", Video "video";
}

impl Tag {
    /// Gives its number.
    pub(super) fn number(self) -> u8 {
        self as u8
    }

    /// Tells whether it is a block of its own.
    pub(super) fn is_block(self) -> bool {
        self.sort() == "block"
    }

    /// Tells whether nothing in it is text to read.
    pub(super) fn is_silent(self) -> bool {
        self.sort() == "silent"
    }

    /// Tells whether it is a heading below the headline.
    pub(super) fn is_subheading(self) -> bool {
        matches!(self, Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    /// Tells whether it is a heading of any order.
    pub(super) fn is_heading(self) -> bool {
        self == Tag::H1 || self.is_subheading()
    }

    /// Tells whether it shows or plays something that is no text.
    pub(super) fn is_media(self) -> bool {
        matches!(self, Tag::Img | Tag::Picture | Tag::Iframe | Tag::Audio | Tag::Video)
    }
}

/// A set of elements.
#[derive(Clone, Copy, Default)]
pub(super) struct Tags(u128);

impl Tags {
    pub(super) fn with(self, tag: Tag) -> Tags {
        Tags(self.0 | 1 << tag.number())
    }

    pub(super) fn has(self, tag: Tag) -> bool {
        self.0 & 1 << tag.number() != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_sorts_are_told_apart() {
        for (name, is_block, is_silent) in [
            ("p", true, false),
            ("search", true, false),
            ("a", false, false),
            ("x-unknown", false, false),
            ("audio", false, true),
            ("textarea", false, true),
            ("template", false, true),
        ] {
            let tag = Tag::named(name);
            assert_eq!((tag.is_block(), tag.is_silent()), (is_block, is_silent), "{name}");
        }
    }

    #[test]
    fn all_elements_fit_into_a_set() {
        assert!(Tag::Other.number() < 128);
    }
}

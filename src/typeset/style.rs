//! What a piece of text is. The theme says how that looks.

/// How a span of text is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Style {
    /// What the text is.
    pub role: Role,
    /// It carries weight: `strong`, headings.
    pub strong: bool,
    /// It is stressed: `em`, `cite`.
    pub emphasis: bool,
    /// It no longer holds: `del`, `s`.
    pub strikeout: bool,
}

/// What a piece of text is on its page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Role {
    /// Running text.
    #[default]
    Body,
    /// The article's title.
    Title,
    /// What is told about the article: outlet, authors, date.
    Meta,
    /// A heading of the first level.
    Heading1,
    /// A heading of the second level.
    Heading2,
    /// A heading of the third level or below.
    Heading3,
    /// Code within running text.
    Code,
    /// A line of a block of code.
    Preformatted,
    /// A word of the language in a block of code.
    CodeKeyword,
    /// A text in a block of code.
    CodeString,
    /// A number or another constant in a block of code.
    CodeNumber,
    /// A name of a function or type in a block of code.
    CodeName,
    /// A comment in a block of code.
    CodeComment,
    /// The text of a link.
    Link,
    /// Quoted text.
    Quote,
    /// The bar before quoted text.
    QuoteBar,
    /// The bullet or number of a list's item.
    ListMark,
    /// A line between the cells of a table.
    TableBorder,
    /// A cell at a table's head.
    TableHead,
    /// The same, said once more before a cell that stands below it.
    TableLabel,
    /// The caption of a picture or table.
    Caption,
    /// What stands for a picture.
    Image,
    /// The line across the page that parts sections.
    Rule,
    /// Highlighted text.
    Mark,
    /// Text that was looked for.
    Found,
    /// The same, where the reader is.
    FoundHere,
    /// Where a line is broken within a word or a line of code.
    Break,
}

impl Role {
    /// Tells whether this is a heading within the text.
    pub fn is_heading(self) -> bool {
        matches!(self, Role::Heading1 | Role::Heading2 | Role::Heading3)
    }

    /// Tells whether this was drawn by us and is no text of the article.
    pub fn is_drawing(self) -> bool {
        matches!(
            self,
            Role::QuoteBar | Role::ListMark | Role::TableBorder | Role::TableLabel | Role::Rule | Role::Break
        )
    }

    /// Gives the role of inline text within text of this role: a heading's code stays a heading.
    pub(super) fn or_inline(self, inline: Role) -> Role {
        if matches!(self, Role::Body | Role::Quote | Role::Link) { inline } else { self }
    }
}

impl Style {
    /// Makes the plain style of a role.
    pub fn of(role: Role) -> Style {
        Style { role, ..Style::default() }
    }

    /// Makes the weighty style of a role.
    pub fn strong(role: Role) -> Style {
        Style { strong: true, ..Style::of(role) }
    }
}

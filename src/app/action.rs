//! What the reader wants: one list of names for keys, help and manual.

use serde::Deserialize;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A wish of the reader, whichever key brought it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($(#[$doc])* $name,)*
        }

        impl Action {
            /// Every action there is.
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];
        }
    };
}

actions! {
    /// One row down, or one line of the article.
    MoveDown,
    /// One row up, or one line of the article.
    MoveUp,
    /// To the first row; brings in what is new.
    GoTop,
    /// To the last row.
    GoBottom,
    /// Half a pane down.
    HalfPageDown,
    /// Half a pane up.
    HalfPageUp,
    /// A pane down.
    PageDown,
    /// A pane up.
    PageUp,
    /// To the pane on the left.
    GoLeft,
    /// To the pane on the right; from the headlines, opens the article.
    GoRight,
    /// To the next pane, round.
    NextPane,
    /// To the previous pane, round.
    PreviousPane,
    /// To the next feed with unread entries.
    NextFeed,
    /// To the previous feed with unread entries.
    PreviousFeed,
    /// Opens what is selected.
    Open,
    /// Closes what was opened.
    Close,
    /// Scrolls on; at the end of an article, opens the next unread one.
    Advance,
    /// To the next unread entry.
    NextUnread,
    /// To the previous unread entry.
    PreviousUnread,
    /// Opens the entry's page in the browser.
    OpenInBrowser,
    /// Shows the page's text in place of the feed's, or goes back; fetches it where that was not done.
    ToggleText,
    /// Chooses a link by its letters, to follow it.
    FollowLink,
    /// Goes back to where a link was followed.
    Back,
    /// Goes forward again.
    Forward,
    /// Copies the address of the entry.
    CopyAddress,
    /// Copies the article as Markdown.
    CopyArticle,
    /// Selects paragraphs of the article, to copy them.
    SelectParagraphs,
    /// Selects lines of the article, to copy them.
    SelectLines,
    /// Shows the pictures of articles, or the words that stand for them.
    TogglePictures,
    /// Looks for text in the article.
    Find,
    /// Makes the lines of the article shorter.
    Narrower,
    /// Makes the lines of the article longer.
    Wider,
    /// Shows the article alone, or all panes.
    ToggleZen,
    /// Fetches the feed of what is selected.
    RefreshFeed,
    /// Fetches all feeds.
    RefreshAll,
    /// Marks the entry read, or unread.
    ToggleRead,
    /// Marks the whole list read.
    MarkListRead,
    /// Saves the entry, or no longer.
    ToggleSaved,
    /// Takes the last change back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Shows unread entries only, or all.
    ToggleUnreadOnly,
    /// Shows how each feed has been answering.
    ShowHealth,
    /// Shows the starter catalogue.
    ShowCatalogue,
    /// Shows the keys.
    ShowHelp,
    /// Goes back, and out.
    Quit,
    /// Goes out at once.
    Leave,
}

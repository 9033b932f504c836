//! What the reader wants: one table of names and words for keys, help, palette and manual.

use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($group:literal { $($(#[$doc:meta])* $name:ident = $words:literal,)* })*) => {
        /// A wish of the reader, whichever key brought it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($($(#[$doc])* $name,)*)*
        }

        impl Action {
            /// Every action there is, in groups with their headings.
            pub const GROUPS: &'static [(&'static str, &'static [Action])] =
                &[$(($group, &[$(Action::$name,)*]),)*];

            /// Says what the action does, in few words.
            pub fn words(self) -> &'static str {
                match self {
                    $($(Action::$name => $words,)*)*
                }
            }
        }
    };
}

actions! {
    "Moving" {
        /// One row down, or one line of the article.
        MoveDown = "down",
        /// One row up, or one line of the article.
        MoveUp = "up",
        /// To the first row; brings in what is new.
        GoTop = "to the top; brings in new entries",
        /// To the last row.
        GoBottom = "to the bottom",
        /// Half a pane down.
        HalfPageDown = "half a page down",
        /// Half a pane up.
        HalfPageUp = "half a page up",
        /// A pane down.
        PageDown = "a page down",
        /// A pane up.
        PageUp = "a page up",
        /// To the pane on the left.
        GoLeft = "to the pane on the left",
        /// To the pane on the right; from the headlines, opens the article.
        GoRight = "to the right; opens the article",
        /// To the next pane, round.
        NextPane = "next pane",
        /// To the previous pane, round.
        PreviousPane = "previous pane",
        /// To the next feed with unread entries.
        NextFeed = "next feed with unread entries",
        /// To the previous feed with unread entries.
        PreviousFeed = "previous feed with unread entries",
        /// To all unread entries.
        GoToUnread = "to all unread entries",
        /// To all entries.
        GoToAll = "to all entries",
        /// To the saved entries.
        GoToSaved = "to the saved entries",
    }
    "The screen" {
        /// Moves the border beside the pane to the left.
        BorderLeft = "border to the left",
        /// Moves the border beside the pane to the right.
        BorderRight = "border to the right",
        /// Gives the panes the widths that newsterm would.
        EvenPanes = "the usual widths",
        /// Shows the sidebar all the time, or only when it is gone to.
        ToggleSidebar = "sidebar, or only when gone to",
        /// Folds the folder, or unfolds it.
        ToggleFolder = "fold or unfold the folder",
        /// Sorts the headlines in the next way.
        NextOrder = "sort: newest, oldest, by feed",
        /// Puts headings of days or feeds between headlines.
        ToggleHeadings = "headings of days or feeds",
        /// Says below each headline how its text begins.
        ToggleBeginnings = "how texts begin, below headlines",
    }
    "Reading" {
        /// Opens what is selected.
        Open = "open",
        /// Closes what was opened.
        Close = "close",
        /// Scrolls on; at the end of an article, opens the next unread one.
        Advance = "read on, then the next unread",
        /// To the next unread entry.
        NextUnread = "next unread entry",
        /// To the previous unread entry.
        PreviousUnread = "previous unread entry",
        /// Shows the page's text in place of the feed's, or goes back; fetches it where that was not done.
        ToggleText = "the page's whole text, or the feed's",
        /// Opens the next entry, read or not.
        NextEntry = "next entry, read or not",
        /// Opens the previous entry, read or not.
        PreviousEntry = "previous entry, read or not",
        /// Opens the entry's page in the browser.
        OpenInBrowser = "open the page in the browser",
        /// Opens the page with comments on the entry.
        OpenComments = "open the comments",
        /// Opens a file that comes with the entry.
        OpenFiles = "files of the entry: podcast, film",
        /// Chooses a link by its letters, to follow it.
        FollowLink = "choose a link by letters, follow it",
        /// Goes back to where a link was followed.
        Back = "back to where a link was followed",
        /// Goes forward again.
        Forward = "forward again",
        /// Looks for text in the article.
        Find = "find in the article; n and N go on",
        /// Looks for entries in the whole library.
        Search = "search all entries",
        /// Copies the address of the entry.
        CopyAddress = "copy the address of the page",
        /// Copies the article as Markdown.
        CopyArticle = "copy the article as Markdown",
        /// Selects paragraphs of the article, to copy them.
        SelectParagraphs = "select paragraphs; y copies them",
        /// Selects lines of the article, to copy them.
        SelectLines = "select lines; y copies them",
        /// Shows the pictures of articles, or the words that stand for them.
        TogglePictures = "pictures, or words in their place",
        /// Makes the lines of the article shorter.
        Narrower = "shorter lines",
        /// Makes the lines of the article longer.
        Wider = "longer lines",
        /// Shows the article alone, or all panes.
        ToggleZen = "the article alone, or all panes",
    }
    "Marks" {
        /// Marks the entry read, or unread.
        ToggleRead = "mark read or unread",
        /// Saves the entry, or no longer.
        ToggleSaved = "save the entry, or no longer",
        /// Marks the whole list read.
        MarkListRead = "mark the list read",
        /// Marks what stands above the cursor read.
        MarkAbove = "mark all above read",
        /// Marks what stands below the cursor read.
        MarkBelow = "mark all below read",
        /// Begins to select headlines, to mark them together.
        SelectRows = "select headlines, to mark them",
        /// Asks for tags of the entry, or of those selected together.
        Tag = "tag the entry",
        /// Takes the last change back.
        Undo = "take the last change back",
        /// Does again what was taken back.
        Redo = "do it again",
        /// Shows unread entries only, or all.
        ToggleUnreadOnly = "unread entries only, or all",
    }
    "Feeds" {
        /// Keeps the search that is shown in the sidebar.
        KeepQuery = "keep the search in the sidebar",
        /// Fetches the feed of what is selected.
        RefreshFeed = "refresh this feed",
        /// Fetches all feeds.
        RefreshAll = "refresh all feeds",
        /// Fetches no further feeds.
        StopRefresh = "stop refreshing",
        /// Asks for an address, and shows the feeds it leads to.
        AddFeed = "follow a feed",
        /// Opens the settings of the feed, or asks for another name of the folder.
        EditFeed = "settings of the feed or query",
        /// Stops following the feed, or all feeds of the folder.
        RemoveFeed = "remove the feed, folder or query",
        /// Takes the feed or folder under the sidebar's cursor, to file it elsewhere.
        Cut = "take a feed or folder, to move it",
        /// Files what was taken where the sidebar's cursor is.
        Paste = "file here what was taken",
        /// Shows how each feed has been answering.
        ShowHealth = "health of the feeds",
        /// Offers the lists of feeds that other readers left here.
        ImportList = "feeds of another reader: OPML, newsboat",
        /// Shows the starter catalogue.
        ShowCatalogue = "feeds to begin with",
    }
    "newsterm" {
        /// Shows all in the colours of the next theme.
        NextTheme = "the next theme",
        /// Reads settings, keys and themes again.
        ReloadSettings = "read settings, keys, themes again",
        /// Offers everything that can be done or gone to, by its name.
        ShowPalette = "commands, feeds and folders by name",
        /// Shows the keys.
        ShowHelp = "this help",
        /// Gives the terminal back to the shell for a while.
        Suspend = "back to the shell for a while",
        /// Goes back, and out.
        Quit = "back, then quit",
        /// Goes out at once.
        Leave = "quit at once",
    }
}

impl Action {
    /// Lists every action.
    pub fn all() -> impl Iterator<Item = Action> {
        Action::GROUPS.iter().flat_map(|(_, actions)| actions.iter().copied())
    }
}

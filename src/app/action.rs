//! The one table of what a reader can do.
//!
//! Invariant: every action has exactly one entry in [`ACTIONS`]; keymap, palette, help, status line, `diptych keys`
//! and `docs/keys.md` read it and nothing else.

/// Something the reader can ask for. Without payload, so that a key can be bound to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // Each is explained by its entry in the table.
pub enum Action {
    Topic1,
    Topic2,
    Topic3,
    Topic4,
    Topic5,
    Topic6,
    Topic7,
    Topic8,
    Topic9,
    Topic0,
    TopicList,
    Next,
    Previous,
    NextInAll,
    PreviousInAll,
    NextHere,
    PreviousHere,
    RowDown,
    RowUp,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    PassageDown,
    PassageUp,
    Start,
    End,
    FocusNext,
    FocusPrevious,
    Perspective,
    Swap,
    Zoom,
    AddPane,
    ClosePane,
    Link,
    Level,
    AloneDown,
    AloneUp,
    Coverage,
    OnlyTopics,
    OnlyHere,
    Evidence,
    Figures,
    CountCopies,
    MarkWords,
    EntryLeft,
    EntryRight,
    SectionNext,
    SectionPrevious,
    CountNames,
    CountQuoted,
    Facing,
    Everything,
    Open,
    Follow,
    Filter,
    Why,
    Accept,
    Reject,
    Pair,
    Undo,
    Cite,
    CiteStyle,
    Export,
    Note,
    LinkNote,
    Notes,
    Select,
    SelectNext,
    SelectPrevious,
    SelectSentence,
    SelectLonger,
    SelectShorter,
    SelectLater,
    SelectEarlier,
    NoteSave,
    NoteRelation,
    NoteInEditor,
    NoteLeave,
    Search,
    SearchAll,
    ResultMark,
    Cancel,
    Back,
    Forward,
    Jumps,
    Mark,
    GoToMark,
    Information,
    Palette,
    Help,
    Mouse,
    Tour,
    TourSkip,
    Suspend,
    Quit,
    CellLeft,
    CellRight,
    CellsLeft,
    CellsRight,
    CellOpen,
    CellMark,
    CellFilter,
    SortTopics,
    SortColumns,
    ColumnsNext,
    ColumnsPrevious,
    Transpose,
    ListDown,
    ListUp,
    ListPageDown,
    ListPageUp,
    ListStart,
    ListEnd,
    NoteEdit,
    NoteRemove,
    NotePut,
    NotesExport,
    ListChoose,
    ListClose,
}

/// Where the reader is when a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// In the panes.
    Reading,
    /// In the matrix of who speaks of what; keys that mean nothing of their own there count as in the panes.
    Matrix,
    /// In the evidence view; keys that mean nothing of their own there count as in the panes.
    Evidence,
    /// While a stretch of a passage is chosen; keys that mean nothing of their own there count as in the panes.
    Selecting,
    /// In a note that is being written; letters go to it.
    Writing,
    /// In a list with a line to type in, the help among them; letters go to that line.
    List,
    /// In what a search has found, off its line; keys that mean nothing of their own there count as in a list.
    Results,
}

/// Under which heading the help shows an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Jumping to topics and along them.
    Topics,
    /// Moving in a pane.
    Moving,
    /// What the panes show and how they stand.
    Panes,
    /// What stands opposite what.
    Facing,
    /// Who speaks of what.
    Coverage,
    /// Figures, quotes and words.
    Evidence,
    /// What comes of reading: citations, notes, files.
    Working,
    /// Finding, and going back.
    Finding,
    /// The program itself.
    Program,
    /// Inside lists.
    Lists,
}

impl Group {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Topics => "Topics",
            Self::Moving => "Moving",
            Self::Panes => "Panes",
            Self::Facing => "Facing view",
            Self::Coverage => "Coverage",
            Self::Evidence => "Evidence",
            Self::Working => "Citing and writing",
            Self::Finding => "Finding",
            Self::Program => "Program",
            Self::Lists => "In lists",
        }
    }
}

/// All there is to say about an action.
#[derive(Clone, Copy, Debug)]
pub struct ActionSpec {
    /// Which.
    pub action: Action,
    /// Its name in the configuration.
    pub name: &'static str,
    /// Its name for the reader: a few words.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// Its heading.
    pub group: Group,
    /// Where its keys count.
    pub context: Context,
    /// Default keys, in the notation of the `keybinds` crate; the first is shown in hints.
    pub keys: &'static [&'static str],
}

const fn reading(
    action: Action,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    group: Group,
    keys: &'static [&'static str],
) -> ActionSpec {
    ActionSpec {
        action,
        name,
        title,
        help,
        group,
        context: Context::Reading,
        keys,
    }
}

const fn matrix(
    action: Action,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    keys: &'static [&'static str],
) -> ActionSpec {
    ActionSpec {
        action,
        name,
        title,
        help,
        group: Group::Coverage,
        context: Context::Matrix,
        keys,
    }
}

const fn evidence(
    action: Action,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    keys: &'static [&'static str],
) -> ActionSpec {
    ActionSpec {
        action,
        name,
        title,
        help,
        group: Group::Evidence,
        context: Context::Evidence,
        keys,
    }
}

const fn results(
    action: Action,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    keys: &'static [&'static str],
) -> ActionSpec {
    ActionSpec {
        action,
        name,
        title,
        help,
        group: Group::Finding,
        context: Context::Results,
        keys,
    }
}

const fn list(
    action: Action,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    keys: &'static [&'static str],
) -> ActionSpec {
    ActionSpec {
        action,
        name,
        title,
        help,
        group: Group::Lists,
        context: Context::List,
        keys,
    }
}

const fn working(
    action: Action,
    context: Context,
    name: &'static str,
    title: &'static str,
    help: &'static str,
    keys: &'static [&'static str],
) -> ActionSpec {
    ActionSpec {
        action,
        name,
        title,
        help,
        group: Group::Working,
        context,
        keys,
    }
}

/// The table, in the order of the help.
#[rustfmt::skip] // A catalogue reads best with an entry a line.
pub const ACTIONS: &[ActionSpec] = &[
    reading(Action::Topic1, "topic-1", "First topic", "Go to the topic with key 1 in every linked pane; again: its next passage.", Group::Topics, &["1"]),
    reading(Action::Topic2, "topic-2", "Second topic", "Go to the topic with key 2.", Group::Topics, &["2"]),
    reading(Action::Topic3, "topic-3", "Third topic", "Go to the topic with key 3.", Group::Topics, &["3"]),
    reading(Action::Topic4, "topic-4", "Fourth topic", "Go to the topic with key 4.", Group::Topics, &["4"]),
    reading(Action::Topic5, "topic-5", "Fifth topic", "Go to the topic with key 5.", Group::Topics, &["5"]),
    reading(Action::Topic6, "topic-6", "Sixth topic", "Go to the topic with key 6.", Group::Topics, &["6"]),
    reading(Action::Topic7, "topic-7", "Seventh topic", "Go to the topic with key 7.", Group::Topics, &["7"]),
    reading(Action::Topic8, "topic-8", "Eighth topic", "Go to the topic with key 8.", Group::Topics, &["8"]),
    reading(Action::Topic9, "topic-9", "Ninth topic", "Go to the topic with key 9.", Group::Topics, &["9"]),
    reading(Action::Topic0, "topic-0", "Tenth topic", "Go to the topic with key 0.", Group::Topics, &["0"]),
    reading(Action::TopicList, "topic-list", "Topics…", "Choose a topic from a list, with how many passages each source has on it.", Group::Topics, &["t"]),
    reading(Action::Next, "next", "Next on the topic", "Go to the next passage on the topic, in all panes when they are linked; while searching, to the next hit.", Group::Topics, &["n"]),
    reading(Action::Previous, "previous", "Previous on the topic", "Go to the previous passage on the topic, in all panes when they are linked; while searching, to the previous hit.", Group::Topics, &["N"]),
    reading(Action::NextHere, "next-here", "Next on the topic, this pane", "Go to the next passage on the topic in this pane alone, linked or not.", Group::Topics, &[")"]),
    reading(Action::PreviousHere, "previous-here", "Previous on the topic, this pane", "Go to the previous passage on the topic in this pane alone, linked or not.", Group::Topics, &["("]),
    reading(Action::NextInAll, "next-in-all", "Next on the topic, all panes", "Go to the next passage on the topic in every pane, linked or not.", Group::Topics, &["]"]),
    reading(Action::PreviousInAll, "previous-in-all", "Previous on the topic, all panes", "Go to the previous passage on the topic in every pane, linked or not.", Group::Topics, &["["]),

    reading(Action::RowDown, "row-down", "Row down", "Scroll one row down.", Group::Moving, &["j", "Down"]),
    reading(Action::RowUp, "row-up", "Row up", "Scroll one row up.", Group::Moving, &["k", "Up"]),
    reading(Action::PageDown, "page-down", "Page down", "Scroll one page down, keeping two rows of the last.", Group::Moving, &["Space", "PageDown", "Ctrl+f"]),
    reading(Action::PageUp, "page-up", "Page up", "Scroll one page up, keeping two rows of the last.", Group::Moving, &["b", "PageUp", "Ctrl+b"]),
    reading(Action::HalfPageDown, "half-page-down", "Half a page down", "Scroll half a page down.", Group::Moving, &["d", "Ctrl+d"]),
    reading(Action::HalfPageUp, "half-page-up", "Half a page up", "Scroll half a page up.", Group::Moving, &["u", "Ctrl+u"]),
    reading(Action::PassageDown, "passage-down", "Next passage", "Make the next passage of the text the current one.", Group::Moving, &["J", "}"]),
    reading(Action::PassageUp, "passage-up", "Previous passage", "Make the previous passage of the text the current one.", Group::Moving, &["K", "{"]),
    reading(Action::Start, "start", "Start", "Go to the start of the text.", Group::Moving, &["g g", "Home"]),
    reading(Action::End, "end", "End", "Go to the end of the text.", Group::Moving, &["G", "End"]),

    reading(Action::FocusNext, "focus-next", "Other pane", "Move the focus to the next pane.", Group::Panes, &["Tab"]),
    reading(Action::FocusPrevious, "focus-previous", "Pane before", "Move the focus to the previous pane.", Group::Panes, &["Shift+Tab"]),
    reading(Action::Perspective, "perspective", "Show…", "Choose what this pane shows: a document, all of a source, or one voice.", Group::Panes, &["p"]),
    reading(Action::Swap, "swap", "Swap panes", "Change places with the next pane.", Group::Panes, &["x"]),
    reading(Action::Zoom, "zoom", "Zoom", "Show this pane alone; again: all panes.", Group::Panes, &["z"]),
    reading(Action::AddPane, "add-pane", "Add a pane", "Open another pane beside this one (up to four) and choose what it shows.", Group::Panes, &["a"]),
    reading(Action::ClosePane, "close-pane", "Close this pane", "Close the pane with the focus.", Group::Panes, &["c"]),
    reading(Action::Link, "link", "Link the panes", "Linked (⇄): topics move every pane, and scrolling brings what answers the current passage level; again: topics alone do (⇉); again: each pane goes by itself (⇹).", Group::Panes, &["l"]),
    reading(Action::Level, "level", "Level", "Bring what answers the current passage level in the other panes, wherever it stands, and link the panes again.", Group::Panes, &["="]),
    reading(Action::AloneDown, "alone-down", "This pane alone, down", "Scroll this pane one row down and no other; linked panes keep the distance that this makes until they are level again.", Group::Panes, &["Shift+Down", "Ctrl+e"]),
    reading(Action::AloneUp, "alone-up", "This pane alone, up", "Scroll this pane one row up and no other.", Group::Panes, &["Shift+Up", "Ctrl+y"]),

    reading(Action::Facing, "facing", "Facing view", "What the panes say on the topic, row by row: passages that belong together level, and a blank where nothing was found opposite; again: the documents.", Group::Facing, &["v"]),
    reading(Action::Everything, "everything", "Everything", "Leave the topic: the facing view shows every passage.", Group::Facing, &["*"]),
    reading(Action::Open, "open", "Open in the documents", "Go to the passages of the row, or what the evidence lists, in the documents; H returns. There, Enter goes to the next place with the same.", Group::Facing, &["Enter"]),
    reading(Action::Follow, "follow", "Other end", "Go to the other end of a link that crosses the order of the texts.", Group::Facing, &["%"]),
    reading(Action::Filter, "filter", "Which rows", "Show all rows, those with a pair, or those where only one side speaks.", Group::Facing, &["o"]),
    reading(Action::Why, "why", "Why", "Say why the passages of the row stand together, and mark what they share; in the evidence: why a figure is compared with those of the other sides, or is not.", Group::Facing, &["w"]),
    reading(Action::Accept, "accept", "Accept the pair", "Agree that the passages of the row belong together.", Group::Facing, &["Plus"]),
    reading(Action::Reject, "reject", "Reject the pair", "The passages of the row do not belong together.", Group::Facing, &["-"]),
    reading(Action::Pair, "pair", "Pair by hand", "Mark this passage; then, at a passage of another pane: pair the two.", Group::Facing, &["P"]),
    reading(Action::Undo, "undo", "Undo", "Take back the last decision about a pair, or what was last done to a note.", Group::Facing, &["U"]),

    reading(Action::Coverage, "coverage", "Coverage", "Who speaks of what: topics by sources, documents or voices, with how many passages each has; again: the texts.", Group::Coverage, &["C"]),
    reading(Action::OnlyTopics, "only-topics", "Topics only here", "The topics that nobody but the source of this pane speaks of, in the coverage.", Group::Coverage, &["T"]),
    reading(Action::OnlyHere, "only-here", "Passages only here", "What this pane (in the coverage, this cell) says on the topic with nothing found opposite, in the facing view; again: all rows.", Group::Coverage, &["O"]),
    matrix(Action::CellLeft, "cell-left", "Cell to the left", "Go one cell to the left; j and k go down and up.", &["h", "Left"]),
    matrix(Action::CellRight, "cell-right", "Cell to the right", "Go one cell to the right.", &["l", "Right"]),
    matrix(Action::CellsLeft, "cells-left", "Screen to the left", "Go a screenful of cells to the left.", &["<"]),
    matrix(Action::CellsRight, "cells-right", "Screen to the right", "Go a screenful of cells to the right.", &[">"]),
    matrix(Action::CellOpen, "cell-open", "Open the cell", "Open the cell's source on its topic in this pane: its document with most passages on it; H returns.", &["Enter"]),
    matrix(Action::CellMark, "cell-mark", "Mark the cell", "Mark the cell; a second marked cell opens both side by side.", &["Space"]),
    matrix(Action::CellFilter, "cell-filter", "Which topics", "Show only topics that one column alone speaks of; again: all.", &["o"]),
    matrix(Action::SortTopics, "sort-topics", "Sort the topics", "By key, by how much is said on them, or the most unevenly covered first.", &["s"]),
    matrix(Action::SortColumns, "sort-columns", "Sort the columns", "By how much they say on any topic, or by name.", &["S"]),
    matrix(Action::ColumnsNext, "columns-next", "Sources, documents, voices", "Count by documents, by voices, or by sources again.", &["Tab"]),
    matrix(Action::ColumnsPrevious, "columns-previous", "Voices, documents, sources", "Count by the kind of column before.", &["Shift+Tab"]),
    matrix(Action::Transpose, "transpose", "Turn the matrix", "Topics side by side and columns below each other, or back.", &["x"]),

    reading(Action::Evidence, "evidence", "Evidence", "What the panes say on the topic in figures, quotes and words, side by side, each line leading to its passages; again: the texts.", Group::Evidence, &["e"]),
    reading(Action::Figures, "figures", "Figures", "The evidence at its figures: how many, of what, who says so, on one scale.", Group::Evidence, &["f"]),
    reading(Action::MarkWords, "mark-words", "Mark the words", "Mark in the texts the words that each side uses more than the other; again: no marks.", Group::Evidence, &["W"]),
    reading(Action::CountCopies, "count-copies", "Count copies", "Count a text as often as it stands in a column; again: once.", Group::Evidence, &["Y"]),
    evidence(Action::SectionNext, "section-next", "Next part", "Go on to the next part: the tabs at the top.", &["Tab"]),
    evidence(Action::SectionPrevious, "section-previous", "Part before", "Go back to the part before.", &["Shift+Tab"]),
    evidence(Action::EntryLeft, "entry-left", "Side to the left", "Go to the entry of the side to the left; j and k go down and up.", &["h", "Left"]),
    evidence(Action::EntryRight, "entry-right", "Side to the right", "Go to the entry of the side to the right; Enter goes to its passage.", &["l", "Right"]),
    evidence(Action::CountNames, "count-names", "Count names", "Count names of people, places and outlets among the words; again: leave them out.", &["N"]),
    evidence(Action::CountQuoted, "count-quoted", "Count quoted speech", "Count words inside quotation marks; again: leave them out.", &["S"]),

    reading(Action::SearchAll, "search-all", "Search all texts", "Find passages of the whole corpus as you type, by source: words in any form, phrases, AND OR NOT, source: topic: voice: since: until: title:.", Group::Finding, &["S"]),
    results(Action::ResultMark, "result-mark", "Mark what was found", "Once in the list of what was found: mark the passage; a second marked one is opened beside it.", &["Space"]),
    reading(Action::Search, "search", "Search the panes", "Find words in what the panes show as you type, and nowhere else (S searches all texts); small letters find capitals too.", Group::Finding, &["/"]),
    reading(Action::Cite, "cite", "Copy with its citation", "Copy the passage with its citation to the clipboard of the terminal; in the facing view, both sides of the row.", Group::Working, &["y"]),
    reading(Action::CiteStyle, "cite-style", "Style of citations", "Write citations as plain text, Markdown, BibTeX or CSL-JSON.", Group::Working, &["\""]),
    reading(Action::Export, "export", "Write to a file…", "Write (save, export) what is on the screen to a new file: the comparison, the coverage, or the evidence, as HTML, Markdown, CSV or JSON. The ending of a name that is typed chooses too.", Group::Working, &["E"]),
    reading(Action::Note, "note", "Write a note", "Write a note on this passage, or on the words that are chosen; words with # before them are tags.", Group::Working, &["A"]),
    reading(Action::LinkNote, "link-note", "Write a note on the pair", "Write a note on two passages that have to do with each other: agrees, differs, answers, absent, own word.", Group::Working, &["R"]),
    reading(Action::Notes, "notes", "Notes…", "All notes: find one by its words, tags or quotation, go to its place, change it, remove it.", Group::Working, &["B"]),
    reading(Action::Select, "select", "Choose words", "Choose words of this passage, to note or to copy them; with the mouse: drag over them.", Group::Working, &["V"]),
    working(Action::SelectNext, Context::Selecting, "select-next", "Next sentence", "Choose the next sentence instead.", &["j", "Down"]),
    working(Action::SelectPrevious, Context::Selecting, "select-previous", "Sentence before", "Choose the sentence before instead.", &["k", "Up"]),
    working(Action::SelectSentence, Context::Selecting, "select-sentence", "One more sentence", "Choose the next sentence too.", &["J"]),
    working(Action::SelectLonger, Context::Selecting, "select-longer", "One word more", "Choose one word more at the end.", &["l", "Right"]),
    working(Action::SelectShorter, Context::Selecting, "select-shorter", "One word less", "Choose one word less at the end.", &["h", "Left"]),
    working(Action::SelectLater, Context::Selecting, "select-later", "Begin later", "Begin one word later.", &["L", "Shift+Right"]),
    working(Action::SelectEarlier, Context::Selecting, "select-earlier", "Begin earlier", "Begin one word earlier.", &["H", "Shift+Left"]),
    working(Action::NoteSave, Context::Writing, "note-save", "Keep the note", "Keep the note that is being written.", &["Ctrl+s"]),
    working(Action::NoteRelation, Context::Writing, "note-relation", "Relation", "How the two passages have to do with each other.", &["Ctrl+r"]),
    working(Action::NoteInEditor, Context::Writing, "note-in-editor", "In your editor", "Write on in your own editor, which VISUAL or EDITOR names; when it ends, the note goes on here.", &["Ctrl+o"]),
    working(Action::NoteLeave, Context::Writing, "note-leave", "Leave the note", "Leave the note; opened again at the same place, it goes on.", &["Esc", "Ctrl+c"]),

    reading(Action::Cancel, "cancel", "Done", "End the search; take back a mark; stop comparing; leave zoom.", Group::Finding, &["Esc"]),
    reading(Action::Back, "back", "Back", "Return to where you were before the last jump.", Group::Finding, &["H", "Ctrl+o", "Backspace"]),
    reading(Action::Forward, "forward", "Forward", "Undo going back.", Group::Finding, &["L"]),
    reading(Action::Jumps, "jumps", "Jumps…", "Where you have been, the last place first.", Group::Finding, &[";"]),
    reading(Action::Mark, "mark", "Set a mark", "Give this place a letter (the next key) to come back to it, also after the next start.", Group::Finding, &["M"]),
    reading(Action::GoToMark, "go-to-mark", "Go to a mark", "Go to the mark with the letter that is typed next; the status line lists them.", Group::Finding, &["'"]),
    reading(Action::Information, "information", "About this document", "Where the text comes from, why the passage is on the topic, and which lines were left out.", Group::Finding, &["i"]),

    reading(Action::Palette, "palette", "All commands…", "Find a command by its name and run it.", Group::Program, &[":", "Ctrl+p"]),
    reading(Action::Help, "help", "Help", "Every key and what it does; type to search.", Group::Program, &["?", "F1"]),
    reading(Action::Mouse, "mouse", "Mouse on or off", "Off gives selecting with the mouse back to the terminal.", Group::Program, &["m"]),
    reading(Action::Tour, "tour", "Tour on or off", "A strip that says what to press next; at any time again: leave it.", Group::Program, &["F2"]),
    reading(Action::TourSkip, "tour-skip", "Next step of the tour", "Go on with the tour without doing what it asks for.", Group::Program, &["F3"]),
    reading(Action::Suspend, "suspend", "Suspend", "Back to the shell; `fg` returns.", Group::Program, &["Ctrl+z"]),
    reading(Action::Quit, "quit", "Quit", "Leave Diptych.", Group::Program, &["q", "Ctrl+c"]),

    list(Action::ListDown, "list-down", "Entry down", "Go one entry down.", &["Down", "Ctrl+n", "Ctrl+j", "Tab"]),
    list(Action::ListUp, "list-up", "Entry up", "Go one entry up.", &["Up", "Ctrl+p", "Ctrl+k", "Shift+Tab"]),
    list(Action::ListPageDown, "list-page-down", "Entries page down", "Go one page down.", &["PageDown"]),
    list(Action::ListPageUp, "list-page-up", "Entries page up", "Go one page up.", &["PageUp"]),
    list(Action::ListStart, "list-start", "First entry", "Go to the first entry.", &["Ctrl+Home"]),
    list(Action::ListEnd, "list-end", "Last entry", "Go to the last entry.", &["Ctrl+End"]),
    list(Action::NoteEdit, "note-edit", "Change the note", "In the list of notes: write other words.", &["Ctrl+o"]),
    list(Action::NoteRemove, "note-remove", "Remove the note", "In the list of notes: remove it; U brings it back.", &["Ctrl+x"]),
    list(Action::NotePut, "note-put", "Put the note here", "In the list of notes: it is on this passage, or the words that are chosen, from now on.", &["Ctrl+y"]),
    list(Action::NotesExport, "notes-export", "Write the notes to a file…", "In the list of notes: write those that are listed to a new file, as HTML, Markdown, CSV, JSON, JSON-LD or for qualitative analysis.", &["Ctrl+s"]),
    list(Action::ListChoose, "list-choose", "Choose", "Take the entry; in a search, keep the hits.", &["Enter"]),
    list(Action::ListClose, "list-close", "Close", "Close without choosing.", &["Esc", "Ctrl+c"]),
];

impl Action {
    /// Its entry in the table.
    ///
    /// # Panics
    /// Never: a test checks that every action has an entry.
    pub fn spec(self) -> &'static ActionSpec {
        ACTIONS
            .iter()
            .find(|spec| spec.action == self)
            .expect("a test checks that every action has an entry")
    }

    /// The digit of a topic action.
    pub fn topic_key(self) -> Option<char> {
        let name = self.spec().name.strip_prefix("topic-")?;
        name.chars().next().filter(char::is_ascii_digit)
    }
}

//! A few lines of text in the making: a note.
//!
//! Invariant: the cursor is a byte on the edge of a grapheme; rows are made anew from the text and the width, and nothing else.

use crate::corpus::citing::Cited;
use crate::corpus::note::Relation;
use crate::text::{ByteSpan, segment, width, wrap};
use tui_input::InputRequest;

/// Characters of a note at most.
pub const MOST_CHARS: usize = 20_000;

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A new note, on these places.
    New(Vec<Cited>),
    /// Other words for the note with this address.
    Old(String),
}

/// The editor.
#[derive(Clone, Debug)]
pub struct Editor {
    /// What is being written.
    pub subject: Subject,
    /// What it is on, in a few words.
    pub about: String,
    /// The text.
    pub text: String,
    /// Where the next letter goes.
    pub cursor: usize,
    /// How the two places of a link have to do with each other; `None` for a note on one place.
    pub relation: Option<Relation>,
    /// The rows of the text; none from a change of it until it is laid out again.
    pub rows: Vec<ByteSpan>,
    /// Cells of a row, as it was laid out last.
    width_cells: u16,
    /// The first row on the screen.
    pub top: usize,
}

impl Editor {
    /// On a text, at its end.
    pub fn new(subject: Subject, about: String, text: String, relation: Option<Relation>) -> Self {
        Self {
            subject,
            about,
            cursor: text.len(),
            text,
            relation,
            rows: Vec::new(),
            width_cells: u16::MAX,
            top: 0,
        }
    }

    /// Lays the text out in rows of so many cells, and keeps the cursor among the `page` that are seen.
    pub fn prepare(&mut self, width_cells: u16, page: usize) {
        self.width_cells = width_cells;
        self.lay_out();
        let row = self.row();
        self.top = self
            .top
            .clamp(row.saturating_sub(page.saturating_sub(1)), row);
    }

    fn lay_out(&mut self) {
        self.rows.clear();
        let mut start = 0;
        for line in self.text.split('\n') {
            // A cell is left for the cursor behind the last letter.
            for row in wrap::wrap(line, self.width_cells.saturating_sub(1).max(1)) {
                let from = start + row.span.start as usize;
                self.rows
                    .push(ByteSpan::new(from, start + row.span.end as usize));
            }
            start += line.len() + 1;
        }
    }

    /// The row that the cursor is on.
    pub fn row(&self) -> usize {
        let starts = |row: &ByteSpan| row.start as usize <= self.cursor;
        self.rows.iter().rposition(starts).unwrap_or(0)
    }

    /// The cell that the cursor is on.
    pub fn column(&self) -> usize {
        let row = self.rows.get(self.row()).copied().unwrap_or_default();
        let end = self.cursor.max(row.start as usize);
        let before = self.text.get(row.start as usize..end).unwrap_or_default();
        width::line(&crate::text::safe::line(before))
    }

    /// Puts text in at the cursor; controls but line ends are left out.
    pub fn insert(&mut self, text: &str) {
        let room = MOST_CHARS.saturating_sub(self.text.chars().count());
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let is_kept = |c: &char| *c == '\n' || !c.is_control();
        let text: String = text
            .replace('\t', " ")
            .chars()
            .filter(is_kept)
            .take(room)
            .collect();
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
        self.rows.clear();
    }

    /// Puts another text in place of all of it.
    pub fn replace(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.insert(text);
    }

    /// Carries out what a key asks of a line of text.
    pub fn request(&mut self, request: InputRequest) {
        match request {
            InputRequest::InsertChar(character) => self.insert(character.encode_utf8(&mut [0; 4])),
            InputRequest::GoToPrevChar => self.cursor = self.before(),
            InputRequest::GoToNextChar => self.cursor = self.after(),
            InputRequest::GoToStart => self.cursor = self.line().0,
            InputRequest::GoToEnd => self.cursor = self.line().1,
            InputRequest::DeletePrevChar => self.delete(self.before(), self.cursor),
            InputRequest::DeleteNextChar => self.delete(self.cursor, self.after()),
            InputRequest::DeletePrevWord => {
                let before = self.text.get(..self.cursor).unwrap_or_default().trim_end();
                let from = before.rfind(char::is_whitespace);
                let from = from.map_or(0, |at| at + before.get(at..).map_or(0, first_len));
                self.delete(from, self.cursor);
            }
            InputRequest::DeleteLine => {
                let (from, to) = self.line();
                self.delete(from, to);
            }
            _ => {}
        }
    }

    /// Moves the cursor by rows.
    pub fn step(&mut self, rows: isize) {
        // Several keys may come between two frames.
        if self.rows.is_empty() {
            self.lay_out();
        }
        let to = self.row().saturating_add_signed(rows);
        let column = self.column();
        let Some(row) = self
            .rows
            .get(to.min(self.rows.len().saturating_sub(1)))
            .copied()
        else {
            return;
        };
        let (mut cells, mut at) = (0, row.start as usize);
        for (start, grapheme) in segment::graphemes(row.of(&self.text)) {
            if cells >= column {
                break;
            }
            cells += width::line(grapheme);
            at = row.start as usize + start + grapheme.len();
        }
        self.cursor = at;
    }

    /// The line that the cursor is in: its bytes.
    fn line(&self) -> (usize, usize) {
        let before = self.text.get(..self.cursor).unwrap_or_default();
        let after = self.text.get(self.cursor..).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after
            .find('\n')
            .map_or(self.text.len(), |at| self.cursor + at);
        (start, end)
    }

    fn before(&self) -> usize {
        let before = self.text.get(..self.cursor).unwrap_or_default();
        segment::graphemes(before).last().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        let first = segment::graphemes(after).next();
        self.cursor + first.map_or(0, |(_, grapheme)| grapheme.len())
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.rows.clear();
    }
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(text: &str) -> Editor {
        let mut editor = Editor::new(Subject::New(Vec::new()), String::new(), text.into(), None);
        editor.prepare(12, 4);
        editor
    }

    #[test]
    fn the_cursor_steps_by_the_rows_of_the_text_as_it_is_between_two_frames() {
        let subject = Subject::New(Vec::new());
        let mut editor = Editor::new(subject, String::new(), "سلام دنیا\nab".to_owned(), None);
        editor.prepare(20, 5);
        // Rows of before would put the cursor inside a letter.
        editor.request(InputRequest::GoToStart);
        editor.insert("xسx");
        editor.step(-1);
        editor.insert("y");
        editor.step(1);
        editor.request(InputRequest::DeletePrevChar);
        editor.step(-1);
        editor.insert("z");
        assert!(editor.text.is_char_boundary(editor.cursor));
        assert_eq!(editor.text.matches(['y', 'z']).count(), 2);
    }

    #[test]
    fn letters_go_in_and_out_by_graphemes_also_over_lines() {
        let mut editor = editor("");
        editor.insert("cafe\u{301}\r\nزن 👩‍🚀\t!\u{1b}[2J");
        assert_eq!(editor.text, "cafe\u{301}\nزن 👩‍🚀 ![2J");
        for _ in 0.."!".len() + 4 {
            editor.request(InputRequest::DeletePrevChar);
        }
        assert_eq!(editor.text, "cafe\u{301}\nزن 👩‍🚀");
        editor.request(InputRequest::DeletePrevChar);
        assert_eq!(editor.text, "cafe\u{301}\nزن ");
        editor.request(InputRequest::DeletePrevWord);
        editor.request(InputRequest::DeletePrevChar);
        editor.request(InputRequest::DeletePrevChar);
        assert_eq!(editor.text, "caf");
    }

    #[test]
    fn the_cursor_stays_on_the_screen_and_moves_by_rows() {
        let mut editor = editor("one two three four five six\n\nseven");
        assert_eq!(editor.rows.len(), 5);
        assert_eq!((editor.row(), editor.top), (4, 1));
        editor.step(-2);
        assert_eq!(editor.row(), 2);
        editor.step(isize::MIN);
        editor.prepare(12, 4);
        assert_eq!((editor.row(), editor.top), (0, 0));
        editor.request(InputRequest::GoToEnd);
        assert_eq!(editor.cursor, "one two three four five six".len());
        editor.request(InputRequest::DeleteLine);
        assert_eq!(editor.text, "\n\nseven");
    }

    proptest::proptest! {
        #[test]
        fn any_keys_leave_the_cursor_on_the_edge_of_a_character(keys in proptest::collection::vec(0..12_u8, 0..60)) {
            let mut editor = editor("añ 👩‍🚀\nזה");
            for key in keys {
                match key {
                    0 => editor.insert("e\u{301}"),
                    1 => editor.insert("\n"),
                    2 => editor.request(InputRequest::GoToPrevChar),
                    3 => editor.request(InputRequest::GoToNextChar),
                    4 => editor.request(InputRequest::DeletePrevChar),
                    5 => editor.request(InputRequest::DeleteNextChar),
                    6 => editor.request(InputRequest::DeletePrevWord),
                    7 => editor.request(InputRequest::DeleteLine),
                    8 => editor.step(-1),
                    9 => editor.step(1),
                    10 => editor.request(InputRequest::GoToStart),
                    _ => editor.request(InputRequest::GoToEnd),
                }
                editor.prepare(7, 3);
                proptest::prop_assert!(editor.text.is_char_boundary(editor.cursor));
                proptest::prop_assert!(editor.top <= editor.row() && editor.row() < editor.top + 3);
            }
        }
    }
}

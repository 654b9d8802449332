//! A note in the reader's own editor (`$VISUAL`, `$EDITOR`): the terminal is the editor's until it ends.
//!
//! Invariant: the text is in a file that nobody else can read, in a folder of its own that is gone afterwards; whatever becomes of the
//! editor, the note is at least what it was, and what cannot be taken over stays in its file, which is named. Who had the terminal
//! before has it again, in the state in which it was handed over.

use super::{Event, Outside, signals};
use crate::app::editor::MOST_CHARS;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{SystemTime, UNIX_EPOCH};

/// What names the editor, first what counts first.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];
/// What a shell says where there is no such command, and where it cannot be run.
const NOT_FOUND: i32 = 127;
const NOT_RUN: i32 = 126;

/// Lets the reader write on in the editor; the text then, or why it is as it was.
pub fn edit(outside: &mut Outside<'_>, text: &str) -> io::Result<Result<String, String>> {
    let Some((variable, command)) = chosen(|name| std::env::var(name).ok()) else {
        return Ok(Err("neither VISUAL nor EDITOR names an editor".to_owned()));
    };
    let draft = match Draft::new(&std::env::temp_dir(), text) {
        Ok(draft) => draft,
        Err(error) => return Ok(Err(format!("no file for the editor: {error}"))),
    };
    // Two that read the keys of one terminal would each get some of them.
    if !outside.keys.pause() {
        return Ok(Err("the keys could not be handed over".to_owned()));
    }
    let ended = outside.guard.lend(|| {
        signals::leave_keys_to_another();
        let started = start(&command, &draft.file);
        let ended = run(started, outside.events, &outside.jobs.sender());
        signals::take_keys_back();
        ended
    });
    outside.keys.resume();
    let told = match ended? {
        Ok(status) if status.success() => return Ok(draft.take()),
        Ok(status) => match status.code() {
            Some(NOT_FOUND) => "was not found".to_owned(),
            Some(NOT_RUN) => "cannot be run".to_owned(),
            Some(code) => format!("ended with {code}"),
            None => "was ended by a signal".to_owned(),
        },
        Err(error) => format!("could not be started: {error}"),
    };
    Ok(Err(format!("“{command}” ({variable}) {told}")))
}

/// The variable that names an editor, and what it says.
fn chosen(value: impl Fn(&str) -> Option<String>) -> Option<(&'static str, String)> {
    let mut named = VARIABLES
        .into_iter()
        .filter_map(|name| Some((name, value(name)?)));
    named.find(|(_, command)| !command.trim().is_empty())
}

/// What is named may have arguments, as other programs understand it: a shell reads it.
fn start(command: &str, file: &Path) -> io::Result<Child> {
    let script = format!("{command} \"$@\"");
    Command::new("sh")
        .args(["-c", &script, command])
        .arg(file)
        .spawn()
}

/// Waits until the editor ends. What else happens waits, but for being stopped: who stops the editor stops all of us.
fn run(
    started: io::Result<Child>,
    events: &Receiver<Event>,
    sender: &Sender<Event>,
) -> io::Result<ExitStatus> {
    let mut child = started?;
    let ended = sender.clone();
    std::thread::spawn(move || {
        let status = child.wait();
        // Nobody waits for it where the loop has ended.
        let _ = ended.send(Event::EditorEnded(status));
    });
    let mut later = Vec::new();
    let status = loop {
        match events.recv() {
            Ok(Event::EditorEnded(status)) => break status,
            Ok(Event::Suspend) => signals::stop()?,
            Ok(Event::Continued) => {}
            Ok(event @ (Event::Message(_) | Event::Typed(_) | Event::Leave(_))) => {
                later.push(event);
            }
            Err(_) => break Err(io::Error::other("nobody waits for it")),
        }
    };
    for event in later {
        let _ = sender.send(event);
    }
    status
}

/// The text in its file, until it is dropped.
#[derive(Debug)]
struct Draft {
    folder: PathBuf,
    file: PathBuf,
    is_kept: bool,
}

impl Draft {
    /// A new file in a new folder in `temporary`; both are the reader's alone.
    fn new(temporary: &Path, text: &str) -> io::Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |since| since.as_nanos());
        let folder = temporary.join(format!("diptych-{}-{now}", std::process::id()));
        private_folder().create(&folder)?;
        let draft = Self {
            file: folder.join("note.txt"),
            folder,
            is_kept: false,
        };
        let mut file = private_file().open(&draft.file)?;
        file.write_all(text.as_bytes())?;
        Ok(draft)
    }

    /// The text as the editor left it; where it cannot be a note, why, and where it is.
    fn take(mut self) -> Result<String, String> {
        let bytes = fs::read(&self.file).map_err(|error| format!("its file is gone: {error}"))?;
        let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        if text.chars().count() > MOST_CHARS {
            self.is_kept = true;
            let file = self.file.display();
            return Err(format!(
                "it has more than the {MOST_CHARS} characters of a note; it is in {file}"
            ));
        }
        Ok(text)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_kept {
            // What an editor put beside it, a copy of what was before, goes too.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visual_goes_before_editor_and_an_empty_one_names_none() {
        let of = |visual: &str, editor: &str| {
            chosen(|name| Some(if name == "VISUAL" { visual } else { editor }.to_owned()))
        };
        assert_eq!(
            of("code --wait", "vi"),
            Some(("VISUAL", "code --wait".into()))
        );
        assert_eq!(of(" ", "vi"), Some(("EDITOR", "vi".into())));
        assert_eq!(of("", ""), None);
        assert_eq!(chosen(|_| None), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_the_readers_alone_and_gone_afterwards_with_all_beside_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let temporary = tempfile::tempdir().unwrap();
        let draft = Draft::new(temporary.path(), "Whose count? #toll").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&draft.folder), mode(&draft.file)), (0o700, 0o600));
        fs::write(draft.folder.join("note.txt~"), "before").unwrap();
        fs::write(&draft.file, "Whose count?\n\nThe ministry's. #toll\n").unwrap();
        assert_eq!(
            draft.take().unwrap(),
            "Whose count?\n\nThe ministry's. #toll"
        );
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_too_long_for_a_note_stays_in_its_file() {
        let temporary = tempfile::tempdir().unwrap();
        let draft = Draft::new(temporary.path(), "").unwrap();
        let long = "é".repeat(MOST_CHARS + 1);
        fs::write(&draft.file, &long).unwrap();
        let why = draft.take().unwrap_err();
        let file = why.rsplit_once("it is in ").unwrap().1;
        assert_eq!(fs::read_to_string(file).unwrap(), long);
    }

    #[cfg(unix)]
    #[test]
    fn an_editor_may_have_arguments_and_a_file_any_name() {
        let temporary = tempfile::tempdir().unwrap();
        let file = temporary.path().join("it's a \"note\" $HOME.txt");
        fs::write(&file, "one").unwrap();
        let script = "sh -c 'printf \" two\" >> \"$1\"' editor";
        assert!(start(script, &file).unwrap().wait().unwrap().success());
        assert_eq!(fs::read_to_string(&file).unwrap(), "one two");
        let status = start("no-such-editor-at-all 2>/dev/null", &file)
            .unwrap()
            .wait();
        assert_eq!(status.unwrap().code(), Some(NOT_FOUND));
    }
}

//! The command line. Arguments are read here and checked by the command that uses them.
//!
//! Invariant: an option that would be ignored is an error.

mod placed;
mod told;
mod values;

pub use told::{misspelt_command, shown};
pub use values::{
    Bidi, CiteStyle, Columns, ExportFormat, Exported, Listed, LogLevel, NoteRelation, NotesFormat,
    Splitting,
};

use clap::error::{Error, ErrorKind};
use clap::parser::ValueSource;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use placed::{corpus_among, typed_in, with_a_tip};
use std::ffi::OsString;
use std::path::PathBuf;
use told::{COMPLETIONS, EXAMPLES, MANUAL, QUERIES};

/// Reads two accounts of the same events side by side, topic by topic.
///
/// Without a command it opens the reader: on the built-in corpus, on a FOLDER, or on files laid side by side.
#[derive(Debug, Parser)]
#[command(name = "diptych", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    /// A corpus folder, or one to four to lay side by side: files, or documents of a corpus by their ids, `source:ID`, `voice:NAME`.
    /// Nothing for the built-in corpus.
    #[arg(value_name = "FOLDER|FILE|DOC")]
    pub paths: Vec<PathBuf>,
    /// Who puts right-to-left text into visual order: Diptych (for terminals that draw cells as they come), the terminal, or nobody.
    #[arg(long, value_enum)]
    pub bidi: Option<Bidi>,
    /// Start anew: not where the last session left off, nor where a document was left. (Both are kept under the state home, which
    /// `DIPTYCH_STATE_HOME` names; empty, they are not kept.)
    #[arg(long)]
    pub fresh: bool,
    /// A session of its own, by a name: where it left off, and nobody else.
    #[arg(long, value_name = "NAME")]
    pub session: Option<String>,
    /// With --plain: which topic is printed, by its id, title or key.
    #[arg(long)]
    pub topic: Option<String>,
    /// The options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// What `diptych` alone says.
    fn none() -> Self {
        Self {
            paths: Vec::new(),
            bidi: None,
            fresh: false,
            session: None,
            topic: None,
            global: Global {
                corpus: None,
                no_color: false,
                json: false,
                files: Vec::new(),
                plain: false,
                log: None,
                log_level: LogLevel::Info,
            },
            command: None,
        }
    }

    /// Reads the command line, the program's name first. Help and version are errors too, as clap has it.
    pub fn read(line: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let line: Vec<OsString> = line.into_iter().collect();
        // `diptych` alone needs none of clap's tables, which take a fortieth of its start (.15 ms of 6).
        if line.len() <= 1 && std::env::var_os(CORPUS_VARIABLE).is_none() {
            return Ok(Self::none());
        }
        let mut command = Self::command();
        let matches = command.try_get_matches_from_mut(line).map_err(with_a_tip)?;
        let mut arguments = Self::from_arg_matches(&matches)?;
        let typed = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
        // After a path clap takes a command for another path.
        let among_paths = arguments.paths.iter().skip(1).find_map(|path| {
            let is_command = command.find_subcommand(path).is_some();
            path.to_str().filter(|_| is_command && !path.exists())
        });
        let name = among_paths
            .or(matches.subcommand_name())
            .unwrap_or_default();
        let names_command = among_paths.is_some() || arguments.command.is_some();
        if let Some(Command::Search { query, folder, .. }) = &mut arguments.command
            && !typed_in(&matches, "corpus")
        {
            *folder = corpus_among(query);
        }
        let of = arguments.command.as_ref();
        let named = of.map_or_else(Vec::new, Command::texts);
        let is_of_files = named.len() > 1 || named.iter().any(|path| path.is_file());
        let folders = named.iter().find(|path| path.is_dir());
        let wrong = if names_command && !arguments.paths.is_empty() {
            format!("`{name}` takes no path before it: it works on the corpus given with --corpus")
        } else if arguments.command.is_some()
            && !matches!(arguments.command, Some(Command::Tour))
            && typed("bidi")
        {
            format!("--bidi is for the reader; `{name}` prints text as it is stored")
        } else if arguments.command.is_some() && (arguments.fresh || arguments.session.is_some()) {
            format!("--fresh and --session are for the reader, not for `{name}`")
        } else if arguments.command.is_some() && arguments.topic.is_some() {
            format!("--topic stands after `{name}`, where that takes one")
        } else if arguments.topic.is_some() && !arguments.global.plain {
            "--topic goes with --plain; in the reader the topics have keys".to_owned()
        } else if arguments.global.plain && (arguments.fresh || arguments.session.is_some()) {
            "--fresh and --session are for the reader; --plain prints what a first start shows"
                .to_owned()
        } else if arguments.paths.iter().any(|path| path.exists()) && typed("corpus") {
            "give either a path or --corpus, not both".to_owned()
        } else if !named.is_empty() && typed("corpus") {
            "give either FOLDER or --corpus, not both".to_owned()
        } else if let (true, Some(folder)) = (is_of_files, folders) {
            let folder = folder.display();
            format!("{folder} is a folder: name one corpus folder, or files")
        } else if arguments.global.json
            && matches!(
                arguments.command,
                Some(
                    Command::Completions { .. }
                        | Command::Help { .. }
                        | Command::Man
                        | Command::Tour
                )
            )
        {
            format!("`{name}` prints no findings: it has no --json")
        } else if matches!(arguments.command, Some(Command::Tour)) && typed("corpus") {
            "the tour is on the built-in corpus: it takes no --corpus".to_owned()
        } else if arguments.global.plain && arguments.global.json {
            "--plain is for readers, --json for programs: give one of them".to_owned()
        } else if typed("log_level") && arguments.global.log.is_none() {
            "--log-level says how much goes into the file of --log, which is not given".to_owned()
        } else if arguments.command.is_none() && arguments.global.json {
            "--json is for a command, such as `diptych list --json`".to_owned()
        } else {
            // What the line says goes before what the environment does.
            if is_of_files {
                arguments.global.corpus = None;
                arguments.global.files = named;
            } else if let Some(folder) = named.into_iter().next() {
                arguments.global.corpus = Some(folder);
            }
            return Ok(arguments);
        };
        Err(command.error(ErrorKind::ArgumentConflict, wrong))
    }
}

/// Names the corpus where `--corpus` does not.
const CORPUS_VARIABLE: &str = "DIPTYCH_CORPUS";

/// The options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// The corpus folder to work on; the built-in corpus if not given.
    #[arg(long, global = true, value_name = "PATH", env = CORPUS_VARIABLE)]
    pub corpus: Option<PathBuf>,
    /// No colours (as with `NO_COLOR`).
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Print JSON, where a command prints anything.
    #[arg(long, global = true)]
    pub json: bool,
    /// Files to work on instead of a corpus.
    #[arg(skip)]
    pub files: Vec<PathBuf>,
    /// Labelled lines instead of tables and columns, without colours or anything drawn, as for a screen reader; without a command,
    /// what the reader would show.
    #[arg(long, global = true)]
    pub plain: bool,
    /// Add to FILE what the program does and how long that takes; no text of yours is in it.
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// How much of it: from `debug` on also what may quote texts.
    #[arg(long, global = true, value_enum, value_name = "LEVEL", default_value_t = LogLevel::Info)]
    pub log_level: LogLevel,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the documents of a corpus, or its sources or voices.
    List {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// Its sources instead.
        #[arg(long, conflicts_with = "voices")]
        sources: bool,
        /// Its voices instead: who speaks besides the authors.
        #[arg(long)]
        voices: bool,
    },
    /// Print the topics, with how much is said on each.
    Topics {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// Find this many topics in the texts, whatever the corpus names.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
        suggest: Option<u16>,
        /// Write the topics that were found into the corpus.toml of the --corpus folder, for you to edit.
        #[arg(long)]
        write: bool,
    },
    /// Print every passage on a topic, and why it is there.
    Passages {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// The topic: its id, title or key.
        #[arg(long)]
        topic: String,
        /// Only of this document, source:ID or voice:NAME.
        #[arg(long = "in", value_name = "PERSPECTIVE")]
        within: Option<String>,
    },
    /// Print who speaks of what: topics by sources, and what only one of them speaks of.
    Coverage {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// What the columns are.
        #[arg(long, value_enum, default_value_t = Columns::Source)]
        by: Columns,
        /// Count a text as often as it stands in a column, not once.
        #[arg(long)]
        copies: bool,
    },
    /// Print two perspectives side by side: what answers what, and what has nothing opposite.
    Compare {
        /// A document, source:ID, voice:NAME, or a file; or a corpus folder alone.
        left: String,
        /// What to lay beside it; not needed where the first is a folder of two documents or two sources.
        right: Option<String>,
        /// Only on this topic: its id, title or key.
        #[arg(long)]
        topic: Option<String>,
        /// Print passages with nothing opposite in full too, not by their first words.
        #[arg(long, conflicts_with_all = ["json", "html", "markdown", "csv"])]
        all: bool,
        /// As one page of HTML that needs nothing else, every passage in full.
        #[arg(long, conflicts_with_all = ["json", "markdown", "csv"])]
        html: bool,
        /// As Markdown, every passage in full.
        #[arg(long, conflicts_with_all = ["json", "csv"])]
        markdown: bool,
        /// As CSV, for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        /// Into this new file, not to standard output; its ending (html, md, csv, json) says how. Never overwrites.
        #[arg(short, long, value_name = "FILE", conflicts_with = "all")]
        output: Option<PathBuf>,
    },
    /// Print the words that one of two perspectives uses more, or alone, and what each calls the same thing.
    Wording {
        /// A document, source:ID, voice:NAME, or a file; or a corpus folder alone.
        left: String,
        /// What to hold against it; not needed where the first is a folder of two documents or two sources.
        right: Option<String>,
        /// Only on this topic: its id, title or key.
        #[arg(long)]
        topic: Option<String>,
        /// Count names of people, places and outlets too.
        #[arg(long)]
        names: bool,
        /// Count words inside quotation marks too.
        #[arg(long)]
        quoted: bool,
        /// Count a text as often as it stands in a side, not once.
        #[arg(long)]
        copies: bool,
        /// As CSV, for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Print what two perspectives say, laid open: figures, quotes and who speaks, words, and what stands more than once.
    Evidence {
        /// A document, source:ID, voice:NAME, or a file; or a corpus folder alone.
        left: String,
        /// What to hold against it; not needed where the first is a folder of two documents or two sources.
        right: Option<String>,
        /// Say of each figure how it stands to those of the other side, and why it is not compared where it is not.
        #[arg(long, conflicts_with_all = ["json", "csv"])]
        why: bool,
        /// Only on this topic: its id, title or key.
        #[arg(long)]
        topic: Option<String>,
        /// Count names of people, places and outlets among the words too.
        #[arg(long)]
        names: bool,
        /// Count words inside quotation marks too.
        #[arg(long)]
        quoted: bool,
        /// Count a text as often as it stands in a side, not once.
        #[arg(long)]
        copies: bool,
        /// As CSV, for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Print the figures: how many, of what, who says so; or by what they count, source by source.
    Figures {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// Only on this topic: its id, title or key.
        #[arg(long)]
        topic: Option<String>,
        /// Only in this document, source:ID or voice:NAME.
        #[arg(long = "in", value_name = "PERSPECTIVE")]
        within: Option<String>,
        /// Grouped by what they count and when and where, source by source, each with who says so.
        #[arg(long)]
        ledger: bool,
        /// Count a text as often as it stands in a source, not once.
        #[arg(long)]
        copies: bool,
        /// As CSV, for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Print what is quoted, and who gets to speak.
    Quotes {
        /// Of which corpus.
        #[command(flatten)]
        of: Of,
        /// Only on this topic: its id, title or key.
        #[arg(long)]
        topic: Option<String>,
        /// Only in this document, source:ID or voice:NAME.
        #[arg(long = "in", value_name = "PERSPECTIVE")]
        within: Option<String>,
        /// Words held at arm's length and titles too.
        #[arg(long, conflicts_with_all = ["speakers", "shared"])]
        all: bool,
        /// Who gets to speak in each source, with the number of quotations and of words.
        #[arg(long, conflicts_with = "shared")]
        speakers: bool,
        /// What several sources quote in the same words.
        #[arg(long)]
        shared: bool,
        /// Count a text as often as it stands in a source, not once.
        #[arg(long)]
        copies: bool,
        /// As CSV, for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Find passages by their words, the best of each source.
    #[command(after_help = QUERIES)]
    Search {
        /// Words, "a phrase", the start of a wor*, AND OR NOT ( ), and source: topic: voice: since: until: title:. A corpus folder may stand
        /// before or behind them.
        #[arg(required = true)]
        query: Vec<String>,
        /// The folder that stands with them.
        #[arg(skip)]
        folder: Option<PathBuf>,
        /// Only of this source: its id or title, or a part of them.
        #[arg(long)]
        source: Option<String>,
        /// Only on this topic: its id, title or key, or a part of them.
        #[arg(long)]
        topic: Option<String>,
        /// Only what was published then or later.
        #[arg(long, value_name = "YYYY[-MM[-DD]]")]
        since: Option<String>,
        /// Only what was published then or earlier.
        #[arg(long, value_name = "YYYY[-MM[-DD]]")]
        until: Option<String>,
        /// Only in this document, source:ID or voice:NAME.
        #[arg(long = "in", value_name = "PERSPECTIVE")]
        within: Option<String>,
        /// Passages of a source, at most.
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=10_000))]
        limit: u16,
        /// Search the index as it is, without looking which files have changed since: in a large corpus that is most of the time.
        #[arg(long)]
        as_indexed: bool,
        /// As CSV, for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Print a document, or one passage of it (DOC#12).
    Show {
        /// Its id, a part of it that fits no other, or a file.
        document: String,
        /// As the Markdown file it is kept in.
        #[arg(long, conflicts_with = "text")]
        markdown: bool,
        /// The bare text.
        #[arg(long)]
        text: bool,
    },
    /// Print passages with their citations: who, where, when, which passage, and the hash of the document.
    Cite {
        /// The passages, each DOC#12; DOC may be a file.
        #[arg(required = true, value_name = "DOC#N")]
        passages: Vec<String>,
        /// How they are written: plain if not given; with --json it is csl-json.
        #[arg(long, value_enum, conflicts_with = "json")]
        style: Option<CiteStyle>,
        /// Into this new file, not to standard output. Never overwrites.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Hand over the coverage or the evidence as a page of HTML, Markdown, CSV or JSON (a comparison: `compare --html`).
    Export {
        /// What.
        #[command(subcommand)]
        what: Exported,
        /// The format.
        #[arg(long = "as", value_enum, default_value_t = ExportFormat::Html, value_name = "FORMAT", global = true, conflicts_with = "json")]
        format: ExportFormat,
        /// Into this new file, not to standard output. Never overwrites.
        #[arg(long, value_name = "FILE", global = true)]
        output: Option<PathBuf>,
    },
    /// Print your notes on a corpus, with the passages that they are on.
    Notes {
        /// On which texts.
        #[command(flatten)]
        of: Of,
        /// Only those with this tag (a word with # in the note).
        #[arg(long)]
        tag: Option<String>,
        /// Only those that hold these words, or are on a passage that does.
        #[arg(long, value_name = "WORDS")]
        search: Option<String>,
        /// Only those whose place was not found in the texts as they are now.
        #[arg(long)]
        lost: bool,
        /// For another program, or to hand over.
        #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "json")]
        export: Option<NotesFormat>,
        /// Into this new file, not to standard output. Never overwrites.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write a note on a passage; prints its address once it is kept.
    Note {
        /// The passage, DOC#12; DOC may be a file.
        #[arg(value_name = "DOC#N")]
        on: String,
        /// Its words; those with a # before them are tags.
        words: String,
        /// Another passage that it has to do with.
        #[arg(long, value_name = "DOC#N")]
        with: Option<String>,
        /// How the two have to do with each other.
        #[arg(long, value_enum, requires = "with")]
        relation: Option<NoteRelation>,
    },
    /// Print a file as clean Markdown; what was left out goes to standard error.
    Extract {
        /// A web page, book (EPUB), PDF, feed, mail, Markdown or text, or an archive (zip) of these.
        file: PathBuf,
        /// Whether a file that seems to hold several articles is cut into them.
        #[arg(long, value_enum, default_value_t = Splitting::Auto, value_name = "WHEN")]
        split: Splitting,
    },
    /// Bring files, folders, archives and addresses of the web into a corpus folder, which is made if need be. Never overwrites.
    Import {
        /// Web pages, books (EPUB), PDFs, feeds, mail, Markdown or text; folders and zip archives of these; or addresses (https://…).
        #[arg(required = true, value_name = "PATH|URL")]
        files: Vec<PathBuf>,
        /// The corpus folder.
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        /// The day on which the copies were made: dates such as “4 hours ago” count from it.
        #[arg(long, value_name = "YYYY-MM-DD")]
        copied: Option<String>,
        /// Whether a file that seems to hold several articles is cut into them.
        #[arg(long, value_enum, default_value_t = Splitting::Auto, value_name = "WHEN")]
        split: Splitting,
        /// Who published what does not say it itself.
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
    },
    /// Fetch the feeds that corpus.toml names, and bring in their new entries.
    Update {
        /// Of which corpus.
        #[command(flatten)]
        of: OfFolder,
    },
    /// Print what is wrong with a corpus folder.
    Check {
        /// Of which corpus.
        #[command(flatten)]
        of: OfFolder,
    },
    /// Print the configuration with every default, to start from.
    Config {
        /// Where it is looked for, instead.
        #[arg(long)]
        path: bool,
        /// Read the reader's own, and print what is wrong with it, instead.
        #[arg(long, conflicts_with = "path")]
        check: bool,
    },
    /// Read a PDF from standard input; for Diptych itself.
    #[command(hide = true)]
    PdfLines,
    /// Print every key and what it does.
    Keys {
        /// As a Markdown page.
        #[arg(long, conflicts_with = "json")]
        markdown: bool,
    },
    /// Print what a shell needs to complete commands and options.
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Take a tour of two minutes on the built-in corpus: a strip says what to press next.
    Tour,
    /// Print the help on a command, or a chapter of the book: start, reading, comparing, and more.
    Help {
        /// The command, or what to read about; without it, what there is.
        #[arg(value_name = "COMMAND|TOPIC")]
        words: Vec<String>,
    },
    /// Print the manual page, for `man`.
    #[command(after_help = MANUAL)]
    Man,
}

/// The texts that a command works on, by their place in the line.
#[derive(Debug, Args)]
pub struct Of {
    /// The corpus folder (or --corpus PATH), or files as they are.
    #[arg(value_name = "FOLDER|FILE")]
    pub texts: Vec<PathBuf>,
}

/// The corpus folder that a command works on, by its place in the line.
#[derive(Debug, Args)]
pub struct OfFolder {
    /// The corpus folder (or --corpus PATH).
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
}

impl Command {
    /// The folder or the files that were named without --corpus.
    fn texts(&self) -> Vec<PathBuf> {
        match self {
            Self::List { of, .. }
            | Self::Topics { of, .. }
            | Self::Passages { of, .. }
            | Self::Coverage { of, .. }
            | Self::Figures { of, .. }
            | Self::Quotes { of, .. }
            | Self::Notes { of, .. }
            | Self::Export {
                what: Exported::Coverage { of, .. },
                ..
            } => of.texts.clone(),
            Self::Update { of } | Self::Check { of } => of.folder.iter().cloned().collect(),
            Self::Search { folder, .. } => folder.iter().cloned().collect(),
            Self::Compare { .. }
            | Self::Wording { .. }
            | Self::Evidence { .. }
            | Self::Show { .. }
            | Self::Extract { .. }
            | Self::Import { .. }
            | Self::PdfLines
            | Self::Cite { .. }
            | Self::Export {
                what: Exported::Evidence { .. },
                ..
            }
            | Self::Note { .. }
            | Self::Config { .. }
            | Self::Completions { .. }
            | Self::Man
            | Self::Tour
            | Self::Help { .. }
            | Self::Keys { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_means_what_clap_makes_of_it() {
        let by_clap = Arguments::try_parse_from(["diptych"]);
        let by_clap = by_clap.expect("nothing is required");
        // The environment of the test may name a corpus.
        let by_clap = Arguments {
            global: Global {
                corpus: None,
                ..by_clap.global
            },
            ..by_clap
        };
        assert_eq!(format!("{by_clap:?}"), format!("{:?}", Arguments::none()));
    }
}

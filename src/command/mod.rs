//! The subcommands: arguments in, text or JSON out. Every view of the reader has a twin here.
//!
//! Invariant: what was asked for goes to standard output and nothing else does; messages go to standard error.

pub mod arguments;
mod check;
mod cite;
mod columns;
mod compare;
mod completions;
mod config;
mod coverage;
mod csv;
mod evidence;
mod export;
mod extract;
mod figures;
mod files;
pub mod hand_over;
mod help;
mod import;
pub mod keys;
mod list;
mod manual;
mod missing;
mod naming;
mod notes;
pub mod open;
pub mod output;
mod part;
mod passages;
mod pdf_lines;
pub mod plain;
mod problems;
mod progress;
mod quotes;
mod search;
mod select;
mod show;
mod sides;
mod splitting;
mod topics;
mod update;
mod wording;

use crate::analysis;
use crate::analysis::evidence::Options;
use crate::analysis::wording::Included;
use crate::corpus::citing::Style;
use crate::export::Format;
use arguments::{Command, ExportFormat, Global, Listed, NotesFormat};

/// Runs a command; true when what it was asked for could all be done. `columns`: of the terminal that is printed on, where
/// it is one.
#[allow(clippy::too_many_lines, reason = "one arm a command")]
pub fn run(command: &Command, global: &Global, columns: Option<u16>) -> anyhow::Result<bool> {
    let json = global.json;
    if global.plain {
        output::be_plain();
    }
    let columns = columns.filter(|_| !global.plain);
    let corpus = || naming::corpus_or_files(global);
    match command {
        Command::List {
            sources, voices, ..
        } => {
            let listed = match (sources, voices) {
                (true, _) => Listed::Sources,
                (_, true) => Listed::Voices,
                (false, false) => Listed::Documents,
            };
            list::run(&corpus()?, listed, json)?;
        }
        Command::Topics { suggest, write, .. } => {
            let folder = global.corpus.as_deref();
            let most = suggest.map(usize::from);
            return topics::run(&corpus()?, folder, most, *write, json);
        }
        Command::Passages { topic, within, .. } => {
            let corpus = corpus()?;
            let (topics, tagging) = analysis::topics_of(&corpus)?;
            passages::run(&corpus, (&topics, &tagging), topic, within.as_deref(), json)?;
        }
        Command::Coverage { by, copies, .. } => {
            let form = match (json, columns) {
                (true, _) => coverage::Form::Json,
                (false, None) => coverage::Form::Whole,
                (false, Some(columns)) => coverage::Form::Fitting {
                    columns,
                    colours: !global.no_color && output::environment_allows_colours(),
                },
            };
            coverage::run(&corpus()?, (*by).into(), *copies, form)?;
        }
        Command::Compare {
            left,
            right,
            topic,
            all,
            html,
            markdown,
            csv,
            output,
        } => {
            let report = [
                (*html, Format::Html),
                (*markdown, Format::Markdown),
                (*csv, Format::Csv),
            ];
            let report = report.into_iter().find(|(asked, _)| *asked);
            let named = output.as_deref().filter(|_| !json && report.is_none());
            let form = match (named, json, report, columns) {
                (Some(place), ..) => compare::Form::of_file(place)?,
                (_, true, ..) => compare::Form::Json,
                (_, _, Some((_, format)), _) => compare::Form::Report(format),
                (_, false, None, None) => compare::Form::Linear,
                (_, false, None, Some(columns)) => compare::Form::Columns {
                    columns,
                    colours: !global.no_color && output::environment_allows_colours(),
                },
            };
            let asked = compare::Asked {
                left,
                right: right.as_deref(),
                topic: topic.as_deref(),
                all: *all,
                output: output.as_deref(),
            };
            compare::run(global.corpus.as_deref(), &asked, form)?;
        }
        Command::Wording {
            left,
            right,
            topic,
            names,
            quoted,
            copies,
            csv,
        } => {
            let asked = wording::Asked {
                left,
                right: right.as_deref(),
                topic: topic.as_deref(),
                included: Included {
                    names: *names,
                    quoted: *quoted,
                },
                copies: *copies,
            };
            wording::run(
                global.corpus.as_deref(),
                &asked,
                output::Form::of(json, *csv),
            )?;
        }
        Command::Evidence {
            left,
            right,
            why,
            topic,
            names,
            quoted,
            copies,
            csv,
        } => {
            let asked = evidence::Asked {
                left,
                right: right.as_deref(),
                why: *why,
                topic: topic.as_deref(),
                counting: Options {
                    included: Included {
                        names: *names,
                        quoted: *quoted,
                    },
                    all_copies: *copies,
                },
            };
            evidence::run(
                global.corpus.as_deref(),
                &asked,
                output::Form::of(json, *csv),
            )?;
        }
        Command::Figures {
            topic,
            within,
            ledger,
            copies,
            csv,
            ..
        } => {
            let asked = figures::Asked {
                topic: topic.as_deref(),
                within: within.as_deref(),
                ledger: *ledger,
                copies: *copies,
                form: output::Form::of(json, *csv),
            };
            figures::run(&corpus()?, &asked)?;
        }
        Command::Quotes {
            topic,
            within,
            all,
            speakers,
            shared,
            copies,
            csv,
            ..
        } => {
            let asked = quotes::Asked {
                topic: topic.as_deref(),
                within: within.as_deref(),
                copies: *copies,
                what: match (speakers, shared) {
                    (true, _) => quotes::What::Speakers,
                    (_, true) => quotes::What::Shared,
                    (false, false) => quotes::What::Quotes { all: *all },
                },
                form: output::Form::of(json, *csv),
            };
            quotes::run(&corpus()?, &asked)?;
        }
        Command::Search {
            query,
            source,
            topic,
            since,
            until,
            within,
            limit,
            as_indexed,
            csv,
            ..
        } => {
            let asked = search::Asked {
                query: &query.join(" "),
                source: source.as_deref(),
                topic: topic.as_deref(),
                since: since.as_deref(),
                until: until.as_deref(),
                within: within.as_deref(),
                limit: usize::from(*limit),
                as_indexed: *as_indexed,
                form: output::Form::of(json, *csv),
            };
            let colours =
                columns.is_some() && !global.no_color && output::environment_allows_colours();
            search::run(global, &asked, colours)?;
        }
        Command::Show {
            document,
            markdown,
            text,
        } => {
            let form = match (json, markdown, text) {
                (true, ..) => show::Form::Json,
                (_, true, _) => show::Form::Markdown,
                (.., true) => show::Form::Text,
                (false, false, false) => show::Form::Numbered,
            };
            let named = [document.as_str()];
            let named = naming::texts(global.corpus.as_deref(), &named)?;
            show::run(&named.corpus, document, form)?;
        }
        Command::Cite {
            passages,
            style,
            output,
        } => {
            let asked = cite::Asked {
                passages,
                style: match (style, json) {
                    (Some(style), _) => (*style).into(),
                    (None, true) => Style::CslJson,
                    (None, false) => Style::Plain,
                },
                output: output.as_deref(),
            };
            let named: Vec<&str> = passages.iter().map(String::as_str).collect();
            let named = naming::texts(global.corpus.as_deref(), &named)?;
            cite::run(&named.corpus, &asked)?;
        }
        Command::Export {
            what,
            format,
            output,
        } => export::run(
            global,
            what,
            if json { ExportFormat::Json } else { *format },
            output.as_deref(),
        )?,
        Command::Notes {
            tag,
            search,
            lost,
            export,
            output,
            ..
        } => {
            let asked = notes::Asked {
                tag: tag.as_deref(),
                search: search.as_deref(),
                lost: *lost,
                form: match (json, export) {
                    (true, _) | (_, Some(NotesFormat::Json)) => notes::Form::Json,
                    (_, None) => notes::Form::Text,
                    (_, Some(NotesFormat::Html)) => notes::Form::Report(Format::Html),
                    (_, Some(NotesFormat::Markdown)) => notes::Form::Report(Format::Markdown),
                    (_, Some(NotesFormat::Csv)) => notes::Form::Report(Format::Csv),
                    (_, Some(NotesFormat::Jsonld)) => notes::Form::JsonLd,
                    (_, Some(NotesFormat::Qdpx)) => notes::Form::Qdpx,
                },
                output: output.as_deref(),
            };
            notes::run(&corpus()?, &naming::notes_on(global), &asked)?;
        }
        Command::Note {
            on,
            words,
            with,
            relation,
        } => {
            let asked = notes::Written {
                on,
                words,
                with: with.as_deref(),
                relation: relation.map(Into::into),
            };
            notes::write(global.corpus.as_deref(), &asked)?;
        }
        Command::Extract { file, split } => extract::run(file, *split, json)?,
        Command::Import {
            files,
            into,
            copied,
            split,
            source,
        } => {
            let (copied, source) = (copied.as_deref(), source.as_deref());
            return import::run(files, into, copied, *split, source, json);
        }
        Command::Check { .. } => return check::run(global.corpus.as_deref(), json),
        Command::Config { path, check } => return config::run(*path, *check, json),
        Command::Update { .. } => return update::run(global.corpus.as_deref(), json),
        Command::PdfLines => pdf_lines::run()?,
        Command::Keys { markdown } => keys::run(json, *markdown)?,
        Command::Completions { shell } => completions::run(*shell)?,
        Command::Man => manual::run()?,
        Command::Tour => plain::tour()?,
        Command::Help { words } => {
            let colours = output::environment_allows_colours() && !global.no_color;
            help::run(words, columns, columns.is_some() && colours)?;
        }
    }
    Ok(true)
}

//! What the sides that are compared are called in few words.

use crate::app::App;
use crate::app::perspective::Perspective;

/// The name of the side at place `at` among the panes of all sides: its source (its file, where none is stated), or where another side
/// has the same one, its document.
pub fn name(app: &App, panes: &[usize], at: usize) -> String {
    let source = |at: usize| {
        let pane = panes.get(at).and_then(|pane| app.panes.get(*pane))?;
        Some(match &pane.perspective {
            Perspective::Document(at) => app
                .corpus
                .source_or_file(app.corpus.documents.get(*at)?)
                .to_owned(),
            Perspective::Source(id) => app.corpus.source_title(id).to_owned(),
            Perspective::Voice(name) => name.clone(),
        })
    };
    let Some(name) = source(at) else {
        return String::new();
    };
    let is_shared = (0..panes.len())
        .filter(|other| *other != at)
        .any(|other| source(other).as_ref() == Some(&name));
    let pane = &app.panes[panes[at]];
    match &pane.perspective {
        Perspective::Document(at) if is_shared => app.corpus.documents[*at].meta.title.clone(),
        Perspective::Document(_) | Perspective::Source(_) | Perspective::Voice(_) => name,
    }
}

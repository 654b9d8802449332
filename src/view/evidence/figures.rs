//! The figures of the evidence view: what is counted, on which scale, and how the sides stand to each other.

use super::super::cells;
use super::Page;
use super::entry::Cell;
use super::scale::{Axis, number};
use crate::analysis::figures::ledger::{Group, Scale, Verdict, why};
use crate::analysis::figures::scope::Origin;
use crate::analysis::figures::{Figure, FigureKind};
use crate::analysis::wording::Place;
use crate::app::evidence::lines::is_drawn_on_a_scale;
use crate::app::evidence::told::verdicts;
use crate::app::pointed::slot_of;
use crate::text::wrap::wrap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// What the marks on a scale mean.
pub const HOW_THEY_ARE_DRAWN: &str =
    "● so many  ○ about  ├─┤ from … to  ├▸ at least  ◂┤ at most  ≠ overlaps none.";

/// What is said of a figure where no other one comes into question.
pub const NOTHING_TO_COMPARE: &str = "Nothing to compare it with: no other side has a number of its kind that counts the same, is said to be the same, or is near it in size.";

/// From this many cells on there is room for who says so.
const ROOMY: u16 = 34;

impl Page<'_> {
    /// What a group counts, and how the sides stand to each other in it.
    pub(super) fn group_title(&self, group: usize) -> (String, String) {
        let Some(group) = self.evidence.figures.ledger.groups.get(group) else {
            return Default::default();
        };
        (
            counted(group),
            verdicts(
                &self.evidence.figures.all,
                group,
                self.evidence.counted.len(),
            ),
        )
    }

    /// The numbers of a group's scale, and what kind of scale it is.
    pub(super) fn draw_scale(&self, group: usize, y: u16, buffer: &mut Buffer) {
        let Some(group) = self.evidence.figures.ledger.groups.get(group) else {
            return;
        };
        let scale = self.view.plan.scale.clone();
        let kind = match group.scale {
            Scale::Linear { .. } => "on one scale",
            Scale::Log { .. } => "on one scale, by powers of ten",
        };
        let x = self.view.plan.body.x + 2;
        cells::label(
            self.theme,
            buffer,
            x,
            y,
            scale.start.saturating_sub(1),
            kind,
            self.theme.quiet,
        );
        Axis::new(group.scale, scale).draw_numbers(self.theme, y, buffer);
    }

    /// A figure in a line: what it says, and of what.
    pub(super) fn figure_told(&self, figure: usize) -> String {
        let Some(figure) = self.evidence.figures.all.get(figure) else {
            return String::new();
        };
        let mut parts = vec![format!("{}: {}", self.figure_text(figure), bounds(figure))];
        parts.extend(figure.counts.as_ref().map(|phrase| phrase.text.clone()));
        parts.extend(figure.predicate.as_ref().map(|phrase| phrase.text.clone()));
        parts.join(" · ")
    }

    /// A figure as it stands in its passage.
    fn figure_text(&self, figure: &Figure) -> String {
        let text = figure.span.of(self.app.passage_text(figure.passage));
        if figure.quoted {
            format!("“{text}”")
        } else {
            text.to_owned()
        }
    }

    /// Who says so, where, when, and beside what else it stands; then its passage.
    pub(super) fn draw_about_figure(
        &self,
        at: usize,
        places: &[(usize, Place)],
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let Some(figure) = self.evidence.figures.all.get(at) else {
            return;
        };
        if self.view.why {
            self.draw_why(at, figure, area, buffer);
            return;
        }
        let facts = self.facts(at, figure);
        let below = u16::from(area.height > 2 && !facts.is_empty());
        if below > 0 {
            let x = area.x + 2.min(area.width);
            let text = facts.join(" · ");
            cells::label(
                self.theme,
                buffer,
                x,
                area.y,
                area.right(),
                &text,
                self.theme.quiet,
            );
        }
        let rest = Rect {
            y: area.y + below,
            height: area.height - below,
            ..area
        };
        self.draw_passage(places, rest, buffer);
    }

    /// How a figure stands to those of the other sides that come into question, and why it is not compared where it is not.
    fn draw_why(&self, at: usize, figure: &Figure, area: Rect, buffer: &mut Buffer) {
        let figures = &self.evidence.figures;
        let reasons = why(&figures.all, &figures.ledger, at);
        let name = |other: &Figure, side: usize| {
            let number = other.passage.passage + 1;
            format!(
                "{} · {} ¶{number}",
                self.figure_text(other),
                self.side_name(side)
            )
        };
        let mut lines: Vec<String> = reasons
            .iter()
            .filter_map(|reason| {
                let other = figures.all.get(reason.other)?;
                let standing = reason.standing.told(figure, other);
                Some(format!("{}: {standing}", name(other, reason.column)))
            })
            .collect();
        if lines.is_empty() {
            lines.push(NOTHING_TO_COMPARE.to_owned());
        }
        let x = area.x + 2.min(area.width);
        let rows = lines.iter().flat_map(|line| {
            let rows = wrap(line, area.right().saturating_sub(x + 1).max(1));
            rows.into_iter().map(move |row| row.span.of(line))
        });
        for (y, text) in (area.y..area.bottom()).zip(rows) {
            cells::label(
                self.theme,
                buffer,
                x,
                y,
                area.right(),
                text,
                self.theme.quiet,
            );
        }
    }

    fn facts(&self, at: usize, figure: &Figure) -> Vec<String> {
        let mut facts = Vec::new();
        facts.extend(
            figure
                .attributed_to
                .as_ref()
                .map(|phrase| format!("according to {}", phrase.text)),
        );
        if figure.quoted {
            facts.push("inside a quotation".to_owned());
        }
        facts.extend(figure.scope.as_ref().map(|scope| match scope.origin {
            Origin::Sentence => scope.text.clone(),
            Origin::Before => format!("{} (said before)", scope.text),
            Origin::Heading => format!("{} (heading)", scope.text),
        }));
        let document = self.app.corpus.documents.get(figure.passage.document);
        let date = document.and_then(|document| document.meta.date);
        let number = figure.passage.passage + 1;
        facts.push(date.map_or_else(
            || format!("¶{number}"),
            |date| format!("¶{number} of a text of {date}"),
        ));
        let place = Place {
            passage: figure.passage,
            span: figure.span,
        };
        facts.extend(
            self.app
                .copy_note(slot_of(place))
                .map(|note| format!("≡ {note}")),
        );
        facts.extend(self.standing(at));
        facts
    }

    /// How the figures of the other sides stand to those of this one's, where there are more than two sides.
    fn standing(&self, at: usize) -> Vec<String> {
        let figures = &self.evidence.figures;
        if self.evidence.counted.len() < 3 {
            return Vec::new();
        }
        let group = figures
            .groups
            .get(at)
            .and_then(|group| figures.ledger.groups.get(*group));
        let (Some(group), Some(side)) = (group, figures.sides.get(at)) else {
            return Vec::new();
        };
        let with = |wanted: Verdict| -> Vec<String> {
            let pairs = group
                .verdicts
                .iter()
                .filter(|(.., verdict)| *verdict == wanted);
            let others = pairs.filter_map(|(one, other, _)| {
                if one == side {
                    Some(*other)
                } else {
                    (other == side).then_some(*one)
                }
            });
            others.map(|other| self.side_name(other)).collect()
        };
        let said = |(wanted, words): (Verdict, &str)| {
            let names = with(wanted);
            (!names.is_empty()).then(|| format!("{words} {}", names.join(", ")))
        };
        let verdicts = [
            (Verdict::Differs, "differs from"),
            (Verdict::Compatible, "compatible with"),
        ];
        verdicts.into_iter().filter_map(said).collect()
    }
}

impl Cell<'_> {
    /// A figure and who says so, and on the scale of its group.
    pub(super) fn draw_figure(&self, at: usize, (x, end): (u16, u16), buffer: &mut Buffer) {
        let page = self.page;
        let figures = &page.evidence.figures;
        let Some(figure) = figures.all.get(at) else {
            return;
        };
        let group = figures
            .groups
            .get(at)
            .and_then(|group| figures.ledger.groups.get(*group));
        let group = group.filter(|group| is_drawn_on_a_scale(group));
        let entry = group.and_then(|group| group.entries.iter().find(|entry| entry.figure == at));
        let is_alone = group
            .zip(entry)
            .is_some_and(|(group, entry)| group.is_alone(entry));
        let sign = if entry.is_some_and(|entry| entry.doubt.is_some()) {
            "perhaps "
        } else if is_alone {
            "≠ "
        } else {
            ""
        };
        let mut parts = vec![format!("{sign}{}", page.figure_text(figure))];
        let counts = figure.counts.as_ref().map(|phrase| phrase.text.as_str());
        let is_said_above =
            |counts: &str| group.is_some_and(|group| group.title.eq_ignore_ascii_case(counts));
        parts.extend(
            counts
                .filter(|counts| !is_said_above(counts))
                .map(str::to_owned),
        );
        let mut text = parts.join(" · ");
        let who = figure
            .attributed_to
            .as_ref()
            .map(|phrase| phrase.text.as_str());
        if let Some(who) = who.filter(|who| end.saturating_sub(x) >= ROOMY && Some(*who) != counts)
        {
            text.push_str(" — ");
            text.push_str(who);
        }
        // Over a group of elsewhere its title says so.
        let scope = figure
            .scope
            .as_ref()
            .filter(|_| group.is_none_or(|group| group.scope.is_none()));
        if let Some(scope) = scope.filter(|_| end.saturating_sub(x) >= ROOMY) {
            text.push_str(" · ");
            text.push_str(&scope.text);
        }
        let place = Place {
            passage: figure.passage,
            span: figure.span,
        };
        let copied = if page.app.copy_note(slot_of(place)).is_some() {
            "≡ "
        } else {
            ""
        };
        let number = format!("{copied}¶{}", figure.passage.passage + 1);
        self.draw_pair(x, end, &text, &number, buffer);
        if let Some(group) = group {
            let style = if self.is_current {
                page.theme.accent
            } else {
                page.theme.shade
            };
            let axis = Axis::new(group.scale, page.view.plan.scale.clone());
            axis.draw_bounds(page.theme, figure, self.y, style, buffer);
        }
    }
}

/// What a group counts, on one line.
fn counted(group: &Group) -> String {
    let mut parts = vec![group.title.as_str()];
    parts.extend(group.predicate.as_deref());
    let unit = group.unit.as_deref();
    parts.extend(unit.filter(|unit| !group.title.contains(unit)));
    parts.extend(group.is_part.then_some("parts of what is told before"));
    let scope = group
        .scope
        .as_ref()
        .map(|scope| format!("elsewhere: {scope}"));
    parts.extend(scope.as_deref());
    parts.join(" · ")
}

/// The bounds of a figure in digits.
fn bounds(figure: &Figure) -> String {
    let unit = match (figure.kind, figure.unit.as_deref()) {
        (FigureKind::Share, _) => " %".to_owned(),
        (_, Some(unit)) => format!(" {unit}"),
        (_, None) => String::new(),
    };
    let about = if figure.hedge.is_some() { "about " } else { "" };
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low >= high => format!("{about}{}{unit}", number(low)),
        (Some(low), Some(high)) => format!("{} to {}{unit}", number(low), number(high)),
        (Some(low), None) => format!("{}{unit} or more", number(low)),
        (None, Some(high)) => format!("{}{unit} or less", number(high)),
        (None, None) => String::new(),
    }
}

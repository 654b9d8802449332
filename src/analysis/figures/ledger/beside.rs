//! Figures that only may be of what another side counts, laid beside it: what is counted is left out, or what is said is akin.
//!
//! Invariant: nothing laid beside takes part in a verdict; whatever may belong to two groups stays where it is.

use super::super::{Figure, FigureKind};
use super::families::{Families, are_akin};
use super::standing::{is_carried, scopes_differ, times};
use super::{Doubt, Entry, Group, scale};
use std::collections::BTreeMap;

/// Up to so many times the other, two numbers are of one size.
const OF_ONE_SIZE: f64 = 2.0;

/// Smaller numbers are alike by chance.
const LEAST: f64 = 5.0;

/// Among more counts on a side the only one that fits is hardly the right one.
const FEW_COUNTS: usize = 24;

/// What doctors treat after an accident or an attack.
const HURT: &str = "injured";

/// A figure that goes to another group, and why only perhaps.
struct Move {
    entry: Entry,
    to: usize,
    doubt: Doubt,
}

/// Lays beside each other what may be of the same thing.
pub fn lay_beside(families: &Families, figures: &[Figure], groups: &mut Vec<Group>) {
    for group in groups.iter_mut().filter(|group| takes(group)) {
        doubt_unnamed(families, figures, group);
    }
    let mut moves = tended(families, figures, groups);
    moves.extend(implied(families, figures, groups));
    if moves.is_empty() {
        return;
    }
    let is_moved = |entry: &Entry| moves.iter().any(|to| to.entry.figure == entry.figure);
    for group in groups.iter_mut() {
        group.entries.retain(|entry| !is_moved(entry));
    }
    for Move { entry, to, doubt } in moves {
        groups[to].entries.push(Entry {
            doubt: Some(doubt),
            ..entry
        });
    }
    groups.retain(|group| !group.entries.is_empty());
    for group in groups {
        group
            .entries
            .sort_by_key(|entry| (entry.column, entry.figure));
        group.scale = scale(figures, &group.entries);
    }
}

/// "4,000 residents were evacuated", "5,000 had fled": who the second are is left out, so that they may be the first.
fn doubt_unnamed(families: &Families, figures: &[Figure], group: &mut Group) {
    if !group.verdicts.is_empty() {
        return;
    }
    let named = |entry: &Entry| families.class(&figures[entry.figure]).is_some();
    let entries = group.entries.clone();
    for entry in &mut group.entries {
        let figure = &figures[entry.figure];
        let may_be = |other: &Entry| {
            let other_figure = &figures[other.figure];
            other.column != entry.column
                && named(other)
                && times(figure, other_figure) <= OF_ONE_SIZE
                && !scopes_differ(figure, other_figure)
        };
        let is_open = figure.counts.is_none() && families.of(figure).is_some() && !figure.is_part;
        let is_large = figure.high.or(figure.low).is_some_and(|most| most >= LEAST);
        let is_alone = entries
            .iter()
            .all(|other| other.column == entry.column || named(other));
        if is_open && is_large && is_alone && entries.iter().any(may_be) {
            entry.doubt = Some(Doubt::Implied);
        }
    }
}

/// Those whom doctors treat, beside the injured of another side.
fn tended(families: &Families, figures: &[Figure], groups: &[Group]) -> Vec<Move> {
    let is_hurt = |entry: &Entry| families.of(&figures[entry.figure]) == Some(HURT);
    let target = |entry: &Entry| {
        groups.iter().position(|group| {
            takes(group)
                && group
                    .entries
                    .iter()
                    .any(|other| is_hurt(other) && other.column != entry.column)
        })
    };
    let entries = groups.iter().flat_map(|group| &group.entries);
    let entries = entries.filter(|entry| {
        let figure = &figures[entry.figure];
        let is_tended = figure.is_tended && families.of(figure).is_none();
        is_tended && !figure.is_part && !is_elsewhere(figure)
    });
    entries
        .filter_map(|entry| {
            Some(Move {
                entry: *entry,
                to: target(entry)?,
                doubt: Doubt::Akin,
            })
        })
        .collect()
}

/// What says no noun, beside the only thing of another side that its verb and its size fit.
fn implied(families: &Families, figures: &[Figure], groups: &[Group]) -> Vec<Move> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for entry in groups.iter().flat_map(|group| &group.entries) {
        if figures[entry.figure].kind == FigureKind::Count {
            *counts.entry(entry.column).or_default() += 1;
        }
    }
    let is_short = |column: usize| counts.get(&column).is_some_and(|many| *many <= FEW_COUNTS);
    let mut moves: Vec<Move> = Vec::new();
    for group in groups {
        let is_alone = |column: usize| group.entries.iter().all(|other| other.column == column);
        for entry in &group.entries {
            let figure = &figures[entry.figure];
            let is_open = figure.counts.is_none() || is_carried(figure) && is_alone(entry.column);
            if !is_open
                || !is_short(entry.column)
                || figure.is_part
                || figure.is_tended
                || !is_subject(figure)
                || families.of(figure).is_some()
                || is_elsewhere(figure)
            {
                continue;
            }
            let is_fit = |other: &Entry| {
                other.column != entry.column
                    && is_short(other.column)
                    && fits(figure, &figures[other.figure])
            };
            let mut targets = groups.iter().enumerate().filter(|(_, target)| {
                takes(target)
                    && target
                        .entries
                        .iter()
                        .all(|other| other.column != entry.column)
                    && target.entries.iter().any(is_fit)
            });
            if let (Some((to, _)), None) = (targets.next(), targets.next()) {
                moves.push(Move {
                    entry: *entry,
                    to,
                    doubt: Doubt::Implied,
                });
            }
        }
    }
    // Two of a side that both may be the one: neither is known to be.
    let is_only = |one: &Move| {
        moves.iter().all(|other| {
            let is_rival = other.to == one.to && other.entry.column == one.entry.column;
            let (a, b) = (&figures[one.entry.figure], &figures[other.entry.figure]);
            !is_rival || (a.low, a.high) == (b.low, b.high)
        })
    };
    let only: Vec<bool> = moves.iter().map(is_only).collect();
    let mut only = only.into_iter();
    moves.retain(|_| only.next().unwrap_or(false));
    moves
}

/// Whether figures that may be of what a group counts can be laid beside it.
fn takes(group: &Group) -> bool {
    group.kind == FigureKind::Count
        && group.unit.is_none()
        && !group.title.is_empty()
        && !group.is_part
        && group.scope.is_none()
}

/// "About 1,500 had to stay": a number that is the subject of its verb.
fn is_subject(figure: &Figure) -> bool {
    figure.kind == FigureKind::Count
        && figure.unit.is_none()
        && figure
            .predicate
            .as_ref()
            .is_some_and(|verb| verb.span.start >= figure.span.end)
}

/// Whether a figure without a noun may be of what another one counts.
fn fits(open: &Figure, named: &Figure) -> bool {
    let verb = |figure: &Figure| {
        let verb = figure.predicate.as_ref()?;
        (!verb.span.is_empty()).then(|| verb.text.to_lowercase())
    };
    let (Some(one), Some(other)) = (verb(open), verb(named)) else {
        return false;
    };
    let is_large = |figure: &Figure| figure.high.or(figure.low).is_some_and(|most| most >= LEAST);
    named.counts.is_some()
        && !is_carried(named)
        && !named.is_part
        && are_akin(&one, &other)
        && is_large(open)
        && is_large(named)
        && times(open, named) <= OF_ONE_SIZE
        && !is_elsewhere(named)
        && !scopes_differ(open, named)
}

fn is_elsewhere(figure: &Figure) -> bool {
    figure
        .scope
        .as_ref()
        .is_some_and(|scope| scope.is_elsewhere)
}

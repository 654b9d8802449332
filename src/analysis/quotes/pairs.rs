//! Which quotation mark closes which: of all ways to read the marks of a passage, the one that costs least.
//!
//! Invariant: pairs nest and never cross; time and memory are linear in the marks, whatever they are. The search is
//! Viterbi's: the state is the stack of open marks (at most [`DEPTH`]), the costs are those of [`super::marks`].

use super::marks::{Glyph, Mark, NEVER, UNCLOSED};

/// Quotations inside each other that are told apart.
const DEPTH: usize = 4;
/// States kept after each mark.
const BEAM: usize = 16;
/// Marks read together; a passage with more is read in pieces.
const PIECE: usize = 2048;

/// What a quotation mark opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Index of the mark that opens.
    pub(super) open: usize,
    /// Index of the mark that closes; none where the passage ends first.
    pub(super) close: Option<usize>,
}

/// Pairs in the order of their opening.
pub(super) fn pairs(marks: &[Mark], twin: bool) -> Vec<Pair> {
    let mut found = Vec::new();
    for (piece, marks) in marks.chunks(PIECE).enumerate() {
        let base = piece * PIECE;
        let readings = cheapest(marks, twin);
        let mut open: Vec<usize> = Vec::new();
        for (at, reading) in readings.into_iter().enumerate() {
            match reading {
                Reading::None => {}
                Reading::Open => {
                    open.push(found.len());
                    found.push(Pair {
                        open: base + at,
                        close: None,
                    });
                }
                Reading::Close => {
                    if let Some(pair) = open.pop() {
                        found[pair].close = Some(base + at);
                    }
                }
            }
        }
    }
    found
}

/// In the order of preference among ways that cost the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    Open,
    None,
    Close,
}

/// The marks that are open, outermost first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stack {
    glyphs: [Option<Glyph>; DEPTH],
    depth: u8,
}

impl Stack {
    const EMPTY: Self = Self {
        glyphs: [None; DEPTH],
        depth: 0,
    };

    fn top(self) -> Option<Glyph> {
        self.glyphs[..usize::from(self.depth)]
            .last()
            .copied()
            .flatten()
    }

    fn with(mut self, glyph: Glyph) -> Option<Self> {
        *self.glyphs.get_mut(usize::from(self.depth))? = Some(glyph);
        self.depth += 1;
        Some(self)
    }

    fn without_top(mut self) -> Self {
        self.depth = self.depth.saturating_sub(1);
        self.glyphs[usize::from(self.depth)] = None;
        self
    }
}

/// A way to read the marks so far.
#[derive(Clone, Copy)]
struct State {
    stack: Stack,
    cost: u32,
}

/// How a state was reached.
#[derive(Clone, Copy)]
struct Step {
    from: u8,
    reading: Reading,
}

fn cheapest(marks: &[Mark], twin: bool) -> Vec<Reading> {
    let mut states = vec![State {
        stack: Stack::EMPTY,
        cost: 0,
    }];
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(marks.len());
    for mark in marks {
        let mut next: Vec<(State, Step)> = Vec::new();
        for (from, state) in states.iter().enumerate() {
            for (stack, cost, reading) in readings(mark, state.stack, twin) {
                let cost = state.cost + cost;
                let step = Step {
                    from: from as u8,
                    reading,
                };
                match next.iter_mut().find(|(known, _)| known.stack == stack) {
                    // Of two ways at the same cost the one whose quotation is shorter: it opened later or closed earlier.
                    Some(known) if (cost, reading) < (known.0.cost, known.1.reading) => {
                        *known = (State { stack, cost }, step);
                    }
                    Some(_) => {}
                    None => next.push((State { stack, cost }, step)),
                }
            }
        }
        next.sort_by_key(|(state, _)| state.cost);
        next.truncate(BEAM);
        // Costs are kept small: only their differences count.
        let least = next.first().map_or(0, |(state, _)| state.cost);
        states = next
            .iter()
            .map(|(state, _)| State {
                stack: state.stack,
                cost: state.cost - least,
            })
            .collect();
        steps.push(next.into_iter().map(|(_, step)| step).collect());
    }
    let end_cost = |state: &State| state.cost + UNCLOSED * u32::from(state.stack.depth);
    let mut at = states
        .iter()
        .enumerate()
        .min_by_key(|(_, state)| end_cost(state))
        .map_or(0, |(at, _)| at);
    let mut readings: Vec<Reading> = Vec::with_capacity(marks.len());
    for step in steps.iter().rev() {
        let step = step[at];
        readings.push(step.reading);
        at = usize::from(step.from);
    }
    readings.reverse();
    readings
}

/// What a mark may be where these marks are open: the marks open after it, and the cost.
fn readings(mark: &Mark, stack: Stack, twin: bool) -> impl Iterator<Item = (Stack, u32, Reading)> {
    let top = stack.top();
    let close = top
        .and_then(|opener| mark.glyph.closes(opener, twin))
        .map(|cost| (stack.without_top(), cost + mark.close, Reading::Close));
    let nesting = top.map_or(0, |outer| mark.glyph.nests_in(outer));
    let open = stack
        .with(mark.glyph)
        .map(|stack| (stack, mark.open + nesting, Reading::Open));
    let none = Some((stack, mark.none, Reading::None));
    [close, open, none]
        .into_iter()
        .flatten()
        .filter(|(_, cost, reading)| *cost < NEVER || *reading == Reading::None)
}

//! Figures drawn on a common scale, with characters that can be told apart without colour.
//!
//! Invariant: a mark stands where its value is, to the nearest cell, and nothing is drawn outside the columns given.

use super::super::cells;
use super::super::theme::Theme;
use crate::analysis::figures::Figure;
use crate::analysis::figures::ledger::Scale;
use crate::text::width;
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use std::ops::Range;

/// Cells kept free on either side, for what is open to that side.
const MARGIN: u16 = 3;
/// The most numbers on a scale.
const MOST_TICKS: usize = 6;

/// A scale in some columns of the screen.
pub struct Axis {
    scale: Scale,
    columns: Range<u16>,
}

impl Axis {
    pub fn new(scale: Scale, columns: Range<u16>) -> Self {
        Self { scale, columns }
    }

    /// The column of a value.
    fn column(&self, value: f64) -> u16 {
        let start = self.columns.start.saturating_add(MARGIN);
        let end = self.columns.end.saturating_sub(MARGIN + 1);
        let room = f64::from(end.saturating_sub(start));
        let at = start.saturating_add((self.scale.place(value) * room).round() as u16);
        at.min(self.columns.end.saturating_sub(1))
            .max(self.columns.start)
    }

    /// The values that are named, in order.
    fn ticks(&self) -> Vec<f64> {
        match self.scale {
            Scale::Linear { from, to } => {
                let step = nice_step((to - from) / MOST_TICKS as f64);
                let first = (from / step).ceil();
                (0..=MOST_TICKS * 2)
                    .map(|at| (first + at as f64) * step)
                    .take_while(|value| *value <= to)
                    .collect()
            }
            Scale::Log { from, to } => {
                let lowest = from.log10().ceil() as i32;
                let highest = to.log10().floor() as i32;
                (lowest..=highest).map(|power| 10f64.powi(power)).collect()
            }
        }
    }

    /// The numbers of the scale, as many as stand free of each other.
    pub fn draw_numbers(&self, theme: &Theme, y: u16, buffer: &mut Buffer) {
        let mut free_from = self.columns.start;
        for value in self.ticks() {
            let text = number(value);
            let cells = width::line(&text) as u16;
            let start = self.column(value).saturating_sub(cells / 2);
            let start = start.min(self.columns.end.saturating_sub(cells));
            if start >= free_from {
                let limit = self.columns.end;
                free_from = cells::label(theme, buffer, start, y, limit, &text, theme.quiet) + 1;
            }
        }
    }

    /// The bounds of a figure, over faint marks where the numbers stand.
    pub fn draw_bounds(
        &self,
        theme: &Theme,
        figure: &Figure,
        y: u16,
        style: Style,
        buffer: &mut Buffer,
    ) {
        let limit = self.columns.end;
        let mut put = |x: u16, shown: &str, style: Style| {
            if self.columns.contains(&x) {
                cells::sign(theme, buffer, x, y, limit, shown, style);
            }
        };
        for value in self.ticks() {
            put(self.column(value), "┊", theme.quiet);
        }
        let at = |value: f64| self.column(value);
        match (figure.low, figure.high) {
            (Some(low), Some(high)) if at(low) == at(high) => {
                let mark = if figure.hedge.is_some() { "○" } else { "●" };
                put(at(low), mark, style);
            }
            (Some(low), Some(high)) => {
                (at(low) + 1..at(high)).for_each(|x| put(x, "─", style));
                put(at(low), "├", style);
                put(at(high), "┤", style);
            }
            (Some(low), None) => {
                put(at(low), "├", style);
                (at(low) + 1..at(low) + MARGIN).for_each(|x| put(x, "─", style));
                put(at(low) + MARGIN, "▸", style);
            }
            (None, Some(high)) => {
                put(at(high), "┤", style);
                let start = at(high).saturating_sub(MARGIN);
                (start + 1..at(high)).for_each(|x| put(x, "─", style));
                put(start, "◂", style);
            }
            (None, None) => {}
        }
    }
}

/// A step of 1, 2 or 5 times a power of ten, at least as long as wanted.
fn nice_step(wanted: f64) -> f64 {
    if wanted <= 0.0 || !wanted.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(wanted.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    steps
        .into_iter()
        .find(|step| *step >= wanted)
        .unwrap_or(power * 10.0)
}

/// A number as a reader says it: `3 919`, `1.5 million`.
pub fn number(value: f64) -> String {
    let scales = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
    let large = scales.into_iter().find(|(scale, _)| value.abs() >= *scale);
    if let Some((scale, name)) = large {
        return format!("{} {name}", decimal(value / scale));
    }
    if value.fract() != 0.0 {
        return decimal(value);
    }
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        // Four digits are read at a glance.
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 3 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{grouped}")
}

/// At most two places, none of them 0 at the end.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::FigureKind;
    use crate::corpus::PassageId;
    use crate::text::ByteSpan;
    use crate::view::theme::{Background, Depth};
    use ratatui::layout::{Position, Rect};

    fn figure(low: Option<f64>, high: Option<f64>, hedge: Option<&str>) -> Figure {
        Figure {
            passage: PassageId {
                document: 0,
                passage: 0,
            },
            span: ByteSpan::default(),
            number: ByteSpan::default(),
            low,
            high,
            kind: FigureKind::Count,
            unit: None,
            counts: None,
            head: None,
            predicate: None,
            hedge: hedge.map(str::to_owned),
            attributed_to: None,
            attributed_as: None,
            attribution_note: None,
            is_part: false,
            is_tended: false,
            quoted: false,
            scope: None,
        }
    }

    fn drawn(scale: Scale, cells: u16, figure: &Figure) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, cells, 1));
        let theme = Theme::new(Depth::None, Background::Unknown);
        Axis::new(scale, 0..cells).draw_bounds(&theme, figure, 0, Style::new(), &mut buffer);
        let symbol = |x| {
            buffer
                .cell(Position::new(x, 0))
                .unwrap()
                .symbol()
                .to_owned()
        };
        (0..cells).map(symbol).collect()
    }

    const LOG: Scale = Scale::Log {
        from: 100.0,
        to: 100_000.0,
    };

    #[test]
    fn bounds_are_told_apart_by_their_characters() {
        let bar = |low, high, hedge| drawn(LOG, 37, &figure(low, high, hedge));
        assert_eq!(
            bar(Some(1e3), Some(1e3), None),
            "   ┊         ●         ┊         ┊   "
        );
        assert_eq!(
            bar(Some(1e3), Some(1e3), Some("about")),
            "   ┊         ○         ┊         ┊   "
        );
        assert_eq!(
            bar(Some(1e3), Some(1e4), None),
            "   ┊         ├─────────┤         ┊   "
        );
        assert_eq!(
            bar(Some(1e5), None, None),
            "   ┊         ┊         ┊         ├──▸"
        );
        assert_eq!(
            bar(None, Some(1e2), None),
            "◂──┤         ┊         ┊         ┊   "
        );
    }

    #[test]
    fn nothing_is_drawn_outside_whatever_the_width() {
        let scales = [
            LOG,
            Scale::Linear { from: 0.0, to: 0.0 },
            Scale::Linear {
                from: -5.0,
                to: 1e300,
            },
            Scale::Log {
                from: 1e-300,
                to: 1e300,
            },
        ];
        for scale in scales {
            for cells in 0..40 {
                for (low, high) in [
                    (Some(0.0), None),
                    (None, Some(1e308)),
                    (Some(-1e300), Some(1e300)),
                ] {
                    let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 1));
                    let theme = Theme::new(Depth::None, Background::Unknown);
                    let axis = Axis::new(scale, 10..10 + cells);
                    axis.draw_numbers(&theme, 0, &mut buffer);
                    axis.draw_bounds(
                        &theme,
                        &figure(low, high, None),
                        0,
                        Style::new(),
                        &mut buffer,
                    );
                    for x in (0..10).chain(10 + cells..60) {
                        assert_eq!(buffer.cell(Position::new(x, 0)).unwrap().symbol(), " ");
                    }
                }
            }
        }
    }

    #[test]
    fn numbers_are_grouped_and_large_ones_named() {
        let said = [3919.0, 35_000.0, 950.0, 1_500_000.0, 2e9, 0.5, -1200.0].map(number);
        assert_eq!(
            said,
            [
                "3 919",
                "35 000",
                "950",
                "1.5 million",
                "2 billion",
                "0.5",
                "-1 200"
            ]
        );
    }
}

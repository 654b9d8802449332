//! Screens of a terminal as SVG: text as text, a row that comes again only once.

use std::collections::HashMap;
use std::fmt::Write as _;

/// Cells are so many units wide and high.
const CELL: (f64, f64) = (8.0, 17.0);
/// Around the screen.
const MARGIN: f64 = 12.0;
/// From the top of a cell to the line that letters stand on.
const BASE: f64 = 13.0;
/// How long a screen of a session is seen.
pub const SECONDS_A_FRAME: f64 = 3.5;

const GROUND: &str = "#16191d";
const INK: &str = "#d6dbe0";
const WORDS: &str = "#8fb8d8";

/// One or several screens.
pub struct Picture<'p> {
    /// What it shows, for who does not see it.
    pub title: &'p str,
    /// The screens, one after the other.
    pub frames: Vec<Frame>,
}

/// One screen.
pub struct Frame {
    columns: u16,
    rows: Vec<String>,
    words: Option<String>,
}

#[derive(Clone, PartialEq)]
struct Look {
    ink: String,
    ground: Option<String>,
    /// Names of the classes in the style sheet.
    classes: Vec<&'static str>,
}

impl Frame {
    /// A screen as it stands, with words under it.
    pub fn of(parser: &vt100::Parser, words: Option<&str>) -> Self {
        let screen = parser.screen();
        let (rows, columns) = screen.size();
        let (rows, columns): (u16, u16) = (rows.into(), columns.into());
        Self {
            columns,
            rows: (0..rows)
                .map(|row| drawn_row(screen, row, columns))
                .collect(),
            words: words.map(str::to_owned),
        }
    }
}

impl Picture<'_> {
    /// The file.
    pub fn write(&self) -> String {
        let (cell, line) = CELL;
        let first = &self.frames[0];
        let width = f64::from(first.columns) * cell + 2.0 * MARGIN;
        let words = if first.words.is_some() {
            line + 6.0
        } else {
            0.0
        };
        let height = first.rows.len() as f64 * line + words + 2.0 * MARGIN;
        let title = escaped(self.title);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" xml:space=\"preserve\" role=\"img\">\n\
             <title>{title}</title>\n<style>{}</style>\n\
             <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{GROUND}\"/>\n",
            self.style()
        );
        let mut known: HashMap<&str, usize> = HashMap::new();
        let several = self.frames.len() > 1;
        if several {
            out.push_str("<defs>\n");
            for row in self.frames.iter().flat_map(|frame| &frame.rows) {
                let next = known.len();
                if !row.is_empty() && !known.contains_key(row.as_str()) {
                    known.insert(row, next);
                    let _ = writeln!(out, "<g id=\"r{next}\">{row}</g>");
                }
            }
            out.push_str("</defs>\n");
        }
        for (at, frame) in self.frames.iter().enumerate() {
            let class = if several {
                format!(" class=\"f f{at}\"")
            } else {
                String::new()
            };
            let _ = writeln!(out, "<g{class} transform=\"translate({MARGIN} {MARGIN})\">");
            for (row, drawn) in frame.rows.iter().enumerate() {
                let y = row as f64 * line;
                match known.get(drawn.as_str()) {
                    Some(id) => {
                        let _ = writeln!(out, "<use href=\"#r{id}\" y=\"{y}\"/>");
                    }
                    None if drawn.is_empty() => {}
                    None => {
                        let _ = writeln!(out, "<g transform=\"translate(0 {y})\">{drawn}</g>");
                    }
                }
            }
            if let Some(words) = &frame.words {
                let y = frame.rows.len() as f64 * line + BASE + 6.0;
                let words = escaped(words);
                let _ = writeln!(out, "<text class=\"w\" x=\"0\" y=\"{y}\">{words}</text>");
            }
            out.push_str("</g>\n");
        }
        out.push_str("</svg>\n");
        out
    }

    fn style(&self) -> String {
        let mut style = format!(
            "text{{font:13px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:{INK};white-space:pre}}\
             .b{{font-weight:700}}.i{{font-style:italic}}.u{{text-decoration:underline}}.d{{opacity:.6}}\
             .w{{fill:{WORDS};font-weight:700}}"
        );
        let frames = self.frames.len();
        if frames > 1 {
            let share = 100.0 / frames as f64;
            let all = frames as f64 * SECONDS_A_FRAME;
            let _ = write!(
                style,
                "@keyframes s{{0%{{visibility:visible}}{share}%{{visibility:hidden}}100%{{visibility:hidden}}}}\
                 .f{{visibility:hidden;animation:s {all}s step-end infinite}}"
            );
            for at in 0..frames {
                let delay = at as f64 * SECONDS_A_FRAME;
                let _ = write!(style, ".f{at}{{animation-delay:{delay}s}}");
            }
            // Who wants nothing to move sees the first screen.
            style.push_str(
                "@media(prefers-reduced-motion){.f{animation:none}.f0{visibility:visible}}",
            );
        }
        style
    }
}

/// A row: grounds first, then runs of the same look, each as wide as its cells whatever the font.
fn drawn_row(screen: &vt100::Screen, row: u16, columns: u16) -> String {
    let mut runs: Vec<(u16, u16, Look, String)> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        if cell.is_wide_continuation() {
            continue;
        }
        let look = Look::of(cell);
        let text = if cell.has_contents() {
            cell.contents()
        } else {
            " "
        };
        let cells = if cell.is_wide() { 2 } else { 1 };
        match runs.last_mut() {
            Some((_, wide, last, run)) if *last == look => {
                run.push_str(text);
                *wide += cells;
            }
            Some(_) | None => runs.push((column, cells, look, text.to_owned())),
        }
    }
    let (cell, line) = CELL;
    let mut out = String::new();
    for (column, wide, look, _) in &runs {
        if let Some(ground) = &look.ground {
            let (x, width) = (f64::from(*column) * cell, f64::from(*wide) * cell);
            let _ = write!(
                out,
                "<rect x=\"{x}\" width=\"{width}\" height=\"{line}\" fill=\"{ground}\"/>"
            );
        }
    }
    for (column, _, look, text) in &runs {
        let shown = text.trim_end();
        let lead = shown.len() - shown.trim_start().len();
        let shown = shown.trim_start();
        if shown.is_empty() {
            continue;
        }
        let x = (f64::from(*column) + lead as f64) * cell;
        let width = cells_of(shown) as f64 * cell;
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{BASE}\" textLength=\"{width}\"{}>{}</text>",
            look.attributes(),
            escaped(shown)
        );
    }
    out
}

fn cells_of(text: &str) -> usize {
    diptych::text::width::line(text)
}

impl Look {
    fn of(cell: &vt100::Cell) -> Self {
        let ink = colour(cell.fgcolor()).unwrap_or_else(|| INK.to_owned());
        let ground = colour(cell.bgcolor());
        let (ink, ground) = if cell.inverse() {
            (ground.unwrap_or_else(|| GROUND.to_owned()), Some(ink))
        } else {
            (ink, ground)
        };
        let attributes = [
            (cell.bold(), "b"),
            (cell.italic(), "i"),
            (cell.underline(), "u"),
            (cell.dim(), "d"),
        ];
        let set = attributes.iter().filter(|(is_set, _)| *is_set);
        Self {
            ink,
            ground,
            classes: set.map(|(_, class)| *class).collect(),
        }
    }

    fn attributes(&self) -> String {
        let mut attributes = String::new();
        if !self.classes.is_empty() {
            let _ = write!(attributes, " class=\"{}\"", self.classes.join(" "));
        }
        if self.ink != INK {
            let _ = write!(attributes, " style=\"fill:{}\"", self.ink);
        }
        attributes
    }
}

fn colour(colour: vt100::Color) -> Option<String> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        vt100::Color::Idx(index) => panic!("colour {index} differs from terminal to terminal"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

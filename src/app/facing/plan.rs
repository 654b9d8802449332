//! How the screen is divided in the facing view. Pure: the panes' areas in, the facing view's out.

use crate::app::screen::{Area, PaneArea, STACK_BELOW, Screen};

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The panes that have a cell in each row, each with its column; one column for all where cells stand one under the other.
    pub columns: Vec<PaneArea>,
    /// Whether cells stand one under the other.
    pub stacked: bool,
    /// The lines of the rows, over the whole width.
    pub body: Area,
    /// The panel that says why, under them; empty while it is closed.
    pub why: Area,
}

/// The fewest lines of rows that the panel leaves, and of the panel itself.
const LEAST_BODY: u16 = 4;
const LEAST_PANEL: u16 = 3;

/// The most lines of the panel: the same whatever it says, so that the texts above it stand still.
const MOST_PANEL: u16 = 8;

/// Divides a planned screen among `panes` panes; which of them have a cell.
pub fn plan(screen: &Screen, panes: usize, why: bool) -> (Vec<usize>, Plan) {
    let Some((_, first)) = screen.panes.first() else {
        return (Vec::new(), Plan::default());
    };
    let stacked = screen.size.width < STACK_BELOW || screen.panes.len() < 2;
    let (cells, columns, top) = if stacked {
        let title = Area {
            height: first.title.height.min(1),
            ..first.title
        };
        let rule = Area {
            height: 0,
            ..first.rule
        };
        let column = PaneArea {
            title,
            rule,
            ..*first
        };
        ((0..panes).collect(), vec![column], title.bottom())
    } else {
        let (cells, columns): (Vec<usize>, Vec<PaneArea>) = screen.panes.iter().copied().unzip();
        (cells, columns, first.text.y)
    };
    let bottom = if screen.status.height > 0 {
        screen.status.y
    } else {
        screen.size.bottom()
    };
    let height = bottom.saturating_sub(top);
    let under = if why && height >= LEAST_BODY + LEAST_PANEL {
        (height / 3).clamp(LEAST_PANEL, MOST_PANEL)
    } else {
        0
    };
    let body = Area {
        x: 0,
        y: top,
        width: screen.size.width,
        height: height - under,
    };
    let why = Area {
        y: body.bottom(),
        height: under,
        ..body
    };
    let plan = Plan {
        columns,
        stacked,
        body,
        why,
    };
    (cells, plan)
}

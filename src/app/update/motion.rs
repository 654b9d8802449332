//! Moving in the panes, and back and forward through jumps.

use crate::app::perspective::Perspective;
use crate::app::{App, Station, Stop};

/// How many jumps are remembered.
const REMEMBERED_JUMPS: usize = 200;

impl App {
    pub(super) fn scroll(&mut self, rows: i64) {
        self.lead(|pane, corpus| {
            let scrolled = pane.scroll(corpus, rows);
            pane.keep_current_visible(corpus, scrolled);
        });
    }

    /// The wheel: over the focused pane it scrolls as keys do, over another one that alone.
    pub(super) fn scroll_pane(&mut self, pane: usize, rows: i64) {
        if pane == self.focus {
            self.scroll(rows);
        } else {
            self.scroll_alone(pane, rows);
        }
    }

    /// Scrolls by half pages; a whole page keeps two rows of the last in sight.
    pub(super) fn scroll_pages(&mut self, halves: i64) {
        let height = i64::from(self.focused().height.max(1));
        let rows = if halves.abs() == 1 {
            height / 2
        } else {
            height - 2
        };
        self.scroll(rows.max(1) * halves.signum());
    }

    pub(super) fn step_passage(&mut self, step: isize) {
        if let Some(slot) = self.focused().neighbour(step) {
            self.lead(|pane, corpus| pane.reveal(corpus, slot));
        } else {
            let end = if step > 0 { "end" } else { "start" };
            self.notice = Some(format!("This is the {end} of the text"));
        }
    }

    pub(super) fn show_edge(&mut self, end: bool) {
        self.remember();
        self.lead(|pane, corpus| {
            let edge = if end {
                pane.show_end(corpus);
                pane.contents.len().saturating_sub(1)
            } else {
                pane.show_start(corpus);
                1
            };
            let edge = pane.contents.get(edge).or_else(|| pane.contents.get(0));
            pane.current = edge.unwrap_or_default();
        });
    }

    pub(in crate::app) fn station(&self) -> Station {
        let panes = self
            .panes
            .iter()
            .map(|pane| Stop {
                perspective: pane.perspective.clone(),
                top: pane.top,
                current: pane.current,
                topic: pane.topic,
            })
            .collect();
        Station {
            panes,
            focus: self.focus,
            facing: self.facing_stop(),
            coverage: self.coverage_stop(),
            evidence: self.evidence_stop(),
        }
    }

    /// Before a jump: makes the present place one to come back to.
    pub(super) fn remember(&mut self) {
        let here = self.station();
        self.remember_station(here);
        self.stepping = false;
    }

    /// Before a step along a topic or hits: steps in a row are gone back over at once.
    pub(super) fn remember_step(&mut self) {
        if !self.stepping {
            self.remember();
        }
        self.stepping = true;
    }

    pub(super) fn remember_station(&mut self, station: Station) {
        self.pointed = None;
        if self.back.last() == Some(&station) {
            return;
        }
        if self.back.len() >= REMEMBERED_JUMPS {
            self.back.remove(0);
        }
        self.back.push(station);
        self.forward.clear();
    }

    pub(super) fn back(&mut self) {
        let Some(station) = self.back.pop() else {
            self.notice = Some("No earlier place to go back to".to_owned());
            return;
        };
        let here = self.station();
        self.forward.push(here);
        self.travel(station);
    }

    pub(super) fn forward(&mut self) {
        let Some(station) = self.forward.pop() else {
            self.notice = Some("No later place to go forward to".to_owned());
            return;
        };
        let here = self.station();
        self.back.push(here);
        self.travel(station);
    }

    pub(in crate::app) fn travel(&mut self, station: Station) {
        self.pointed = None;
        let perspectives: Vec<Perspective> = station
            .panes
            .iter()
            .map(|stop| stop.perspective.clone())
            .collect();
        if perspectives
            .iter()
            .ne(self.panes.iter().map(|pane| &pane.perspective))
        {
            self.show(perspectives);
        }
        for (pane, stop) in self.panes.iter_mut().zip(station.panes) {
            pane.top = stop.top;
            pane.current = stop.current;
            pane.topic = stop.topic;
            pane.hit = None;
        }
        self.focus = station.focus.min(self.panes.len() - 1);
        self.stepping = false;
        self.mark_topics();
        self.recount_search();
        self.return_to_facing(station.facing);
        self.return_to_coverage(station.coverage);
        self.return_to_evidence(station.evidence);
    }
}

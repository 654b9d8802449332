//! What is wrong with a corpus, said in one line beside what was asked for.
//!
//! Invariant: it is said once, whatever else is read of the corpus: one process prints for one reader.

use super::output;
use crate::corpus::Problem;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

static IS_TOLD: AtomicBool = AtomicBool::new(false);

/// How many problems there are, and the first; nothing where there is none. `folder`: where to look for all of them.
pub(super) fn in_a_line(problems: &[Problem], folder: Option<&Path>) -> Option<String> {
    let first = problems.first()?;
    let count = output::counted(problems.len(), "problem");
    let line = match first.line {
        0 => String::new(),
        line => format!(":{line}"),
    };
    let folder = folder.map_or_else(String::new, |folder| format!(" {}", folder.display()));
    Some(format!(
        "{count} in this corpus (diptych check{folder}), the first: {}{line}: {}",
        first.file, first.problem
    ))
}

/// Says so on standard error.
pub(super) fn tell(problems: &[Problem], folder: &Path) {
    if let Some(told) = in_a_line(problems, Some(folder))
        && !IS_TOLD.swap(true, Ordering::Relaxed)
    {
        output::tell(&told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_problem_is_named_with_its_place_and_where_the_others_are() {
        let problem = |file: &str, line| Problem {
            file: file.to_owned(),
            line,
            problem: "it is torn".to_owned(),
        };
        let problems = [problem("weir.md", 0), problem("mill.md", 4)];
        let told = |from: usize| in_a_line(&problems[from..], Some(Path::new("valley")));
        assert_eq!(
            told(0).as_deref(),
            Some(
                "2 problems in this corpus (diptych check valley), the first: weir.md: it is torn"
            )
        );
        assert_eq!(
            told(1).as_deref(),
            Some(
                "1 problem in this corpus (diptych check valley), the first: mill.md:4: it is torn"
            )
        );
        assert_eq!(told(2), None);
    }
}

//! Calls into readers of other people, which may panic on a broken file.
//!
//! Invariant: a panic inside such a call becomes a `None`, and the program's hook is asked to print nothing of it ([`is_on`]):
//! it may come while the terminal belongs to the reader, and it says nothing that a reader could use.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether this thread is inside a guarded call.
pub fn is_on() -> bool {
    DEPTH.with(|depth| depth.get() > 0)
}

/// What the call gives; `None` where it panicked.
pub(super) fn call<T>(call: impl FnOnce() -> T) -> Option<T> {
    DEPTH.with(|depth| depth.set(depth.get() + 1));
    let result = catch_unwind(AssertUnwindSafe(call));
    DEPTH.with(|depth| depth.set(depth.get() - 1));
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_nothing_and_the_guard_ends_with_it() {
        assert!(!is_on());
        assert_eq!(call(is_on), Some(true));
        let depth = call(|| -> usize {
            assert!(is_on(), "guarded");
            Vec::<usize>::new()[std::hint::black_box(0)]
        });
        assert_eq!(depth, None);
        assert!(!is_on());
    }
}

//! The same work on many things, on all processors.
//!
//! Invariant: results come in the order of what they are from, so that nothing depends on which thread was faster.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads at most: beyond that memory is the limit.
const MOST_THREADS: usize = 8;

/// Work on less text than this is done at once: a thread takes longer to wake up. (At 50 KB two threads save a
/// millisecond of the nine that a start takes.)
const WORTH_A_THREAD_BYTES: usize = 16 << 10;

/// `work` on each of `things`, which hold about `bytes` of text together. A panic in it is passed on.
pub fn map<'t, T: Sync, R: Send>(
    things: &'t [T],
    bytes: usize,
    work: impl Fn(&'t T) -> R + Sync,
) -> Vec<R> {
    map_with(things, bytes, || (), |(), thing| work(thing))
}

/// As [`map`], where each thread has something of its own that it builds up while it works.
pub fn map_with<'t, T: Sync, R: Send, S>(
    things: &'t [T],
    bytes: usize,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &'t T) -> R + Sync,
) -> Vec<R> {
    let processors = if bytes < WORTH_A_THREAD_BYTES {
        1
    } else {
        processors()
    };
    let threads = processors.min(MOST_THREADS).min(things.len());
    if threads <= 1 {
        let mut own = start();
        return things.iter().map(|thing| work(&mut own, thing)).collect();
    }
    // Things are taken one by one: they are of very different sizes.
    let next = AtomicUsize::new(0);
    let some = || {
        let mut own = start();
        let taken = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            things.get(at).map(|thing| (at, work(&mut own, thing)))
        });
        taken.collect::<Vec<_>>()
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
        let mut results = some();
        for other in others {
            match other.join() {
                Ok(more) => results.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// How many processors there are. The system is asked once: it reads several files for the answer.
fn processors() -> usize {
    static COUNT: OnceLock<usize> = OnceLock::new();
    *COUNT.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_their_things() {
        let things: Vec<usize> = (0..1000).collect();
        let slow_first = |thing: &usize| {
            std::thread::sleep(std::time::Duration::from_micros(1000 - *thing as u64));
            thing * 2
        };
        assert_eq!(
            map(&things, usize::MAX, slow_first),
            (0..2000).step_by(2).collect::<Vec<_>>()
        );
        assert_eq!(map(&[] as &[usize], 0, |thing| *thing), Vec::<usize>::new());
    }
}

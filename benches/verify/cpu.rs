//! CPU time of this process, which other work on the machine changes little.

use rustix::time::{ClockId, clock_gettime};

/// Seconds of CPU that the quickest of some runs took.
pub(crate) fn best(times: usize, mut run: impl FnMut()) -> f64 {
    let cpu = || {
        let now = clock_gettime(ClockId::ProcessCPUTime);
        std::time::Duration::new(now.tv_sec.try_into().unwrap_or(0), now.tv_nsec.try_into().unwrap_or(0))
    };
    (0..times).fold(f64::INFINITY, |least, _| {
        let start = cpu();
        run();
        least.min((cpu() - start).as_secs_f64())
    })
}

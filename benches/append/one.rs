//! One pledge at a time, against bare durable replacements of as many files of the same sizes.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use ikrar_log::intake::{Intake, Taken};
use ikrar_log::medium::{Folder, Item, Medium};
use ikrar_log::published::Published;
use ikrar_log::store::{Head, Writer};
use ikrar_log::verify::open_checkpoint;

use crate::Error;
use crate::registry::Registry;

const UNITS: usize = 16;

/// Appends so many pledges, each with a writer of its own, and after each replaces as many files.
pub(crate) fn measure(out: &Path, appends: usize) -> Result<(), Error> {
    let registry = Registry::generate(out, UNITS, appends)?;
    drop(registry.start()?);
    let log = out.join("log");
    let (state_folder, bare_folder) = (registry.beside("state")?, registry.beside("bare")?);
    let mut state = registry.state.clone();
    let (mut costs, mut bare_costs, mut files) = (Vec::new(), Vec::new(), 0);
    for pledge in &registry.pledges {
        let log = Counted { folder: Folder::new(&log), sizes: RefCell::default() };
        let published = Published::new(Folder::new(&state_folder));
        let pledge = std::slice::from_ref(pledge);

        let start = Instant::now();
        let mut writer = Writer::open(&log, |store, bytes| -> Result<Head, Error> {
            let opened = open_checkpoint(bytes, &registry.trust).map_err(|finding| finding.detail.to_string())?;
            let head = Head { size: opened.size(), root: *opened.root() };
            published.admit(&registry.trust.origin, store, head)?;
            Ok(head)
        })?;
        let mut intake = Intake::new(state, registry.now);
        let taken = intake.take(pledge, writer.store())?;
        let head = writer.append(intake.entries(), |head| registry.checkpoint(head))?;
        published.record(&registry.trust.origin, head)?;
        drop(writer);
        costs.push(start.elapsed());

        assert!(matches!(taken.as_slice(), [Taken::Logged { no_effect: None, .. }]));
        state = intake.state().clone();
        let mut sizes = log.sizes.take();
        // The record of what was published: as long as this.
        sizes.push(format!("ikrar published v1\n{}\n{}\n{}\n", registry.trust.origin, head.size, head.root).len());
        files += sizes.len();
        let contents: Vec<Vec<u8>> = sizes.iter().map(|size| vec![0x55; *size]).collect();
        let start = Instant::now();
        for (number, content) in contents.iter().enumerate() {
            replace(&bare_folder, &format!("file-{number}"), content)?;
        }
        bare_costs.push(start.elapsed());
    }
    let (cost, bare) = (median(&mut costs), median(&mut bare_costs));
    let total = |costs: &[Duration]| costs.iter().sum::<Duration>().as_secs_f64();
    println!("{} appends of one pledge, {files} files in all", costs.len());
    println!("{:<52} {:>8.3} ms by the clock", "append of one, median", cost * 1e3);
    println!("{:<52} {:>8.3} ms by the clock", "as many bare durable replacements, median", bare * 1e3);
    let ratio = |name: &str, ratio: f64| println!("{name:<60} {ratio:>7.2}");
    ratio("append ÷ replacements, of the sums", total(&costs) / total(&bare_costs));
    ratio("append ÷ replacements, of the medians (must 1.3, stretch 1.1)", cost / bare);
    Ok(())
}

/// A file, its folder, nothing else.
fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".tmp-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|refused| refused.error)?;
    File::open(folder)?.sync_all()
}

fn median(costs: &mut [Duration]) -> f64 {
    costs.sort_unstable();
    costs.get(costs.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

/// A folder that tells the sizes of the files that were put in place.
struct Counted {
    folder: Folder,
    sizes: RefCell<Vec<usize>>,
}

impl Medium for &Counted {
    type Lock = File;

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        self.folder.read(path, cap)
    }

    fn read_range(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        self.folder.read_range(path, offset, length)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        self.folder.list(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.sizes.borrow_mut().push(bytes.len());
        self.folder.write(path, bytes)
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.folder.create_dir(path)
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        self.folder.sync_dir(path)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.folder.remove(path)
    }

    fn remove_dir(&self, path: &str) -> io::Result<()> {
        self.folder.remove_dir(path)
    }

    fn lock(&self, path: &str) -> io::Result<Option<File>> {
        self.folder.lock(path)
    }
}

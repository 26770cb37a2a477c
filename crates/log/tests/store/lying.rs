//! A medium in memory that does what a disk may do: it forgets at a power cut what was not synced, keeps torn
//! temporary files, runs full, and refuses.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::rc::Rc;

use ikrar_log::medium::{Item, Medium, TEMPORARY_PREFIX};

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Dir,
    File(Rc<Vec<u8>>),
}

type Names = BTreeMap<String, Node>;

/// What happens at which operation, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// Nothing.
    None,
    /// The power fails: this operation is half done or not done, and every later one fails.
    CutAt(u64),
    /// This one operation fails; what follows works.
    FailAt(u64, ErrorKind),
    /// This and every later change fails.
    FailFrom(u64, ErrorKind),
}

#[derive(Debug)]
pub(crate) struct Lying {
    live: RefCell<Names>,
    durable: RefCell<Names>,
    locked: Rc<Cell<bool>>,
    trouble: Cell<Trouble>,
    operations: Cell<u64>,
    written: Cell<u64>,
    reads: Cell<u64>,
}

/// Frees the lock when dropped.
#[derive(Debug)]
pub(crate) struct Held(Rc<Cell<bool>>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Lying {
    pub(crate) fn new() -> Self {
        Self::of(Names::new())
    }

    fn of(names: Names) -> Self {
        Self {
            live: RefCell::new(names.clone()),
            durable: RefCell::new(names),
            locked: Rc::default(),
            trouble: Cell::new(Trouble::None),
            operations: Cell::new(0),
            written: Cell::new(0),
            reads: Cell::new(0),
        }
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.operations.set(0);
        self.trouble.set(trouble);
    }

    pub(crate) fn operations(&self) -> u64 {
        self.operations.get()
    }

    pub(crate) fn reads(&self) -> u64 {
        self.reads.get()
    }

    /// The disk after the power came back. Of what was not synced, each name may have lasted or not: with luck 0 none
    /// has, with 1 all have, else a coin per name.
    pub(crate) fn after_power_cut(&self, luck: u64) -> Self {
        let (live, durable) = (self.live.borrow(), self.durable.borrow());
        let mut coin = luck;
        let mut names = Names::new();
        let mut all: Vec<&String> = live.keys().chain(durable.keys()).collect();
        all.sort();
        all.dedup();
        for path in all {
            coin = coin.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let lasted = match luck {
                0 => false,
                1 => true,
                _ => coin >> 63 == 1,
            };
            let side = if lasted { &live } else { &durable };
            let parent = path.rsplit_once('/').map(|(parent, _)| parent);
            let reachable = parent.is_none_or(|parent| names.contains_key(parent));
            if let Some(node) = side.get(path).filter(|_| reachable) {
                names.insert(path.clone(), node.clone());
            }
        }
        Self::of(names)
    }

    /// The same disk for a process that starts anew, without a power cut.
    pub(crate) fn after_crash(&self) -> Self {
        let copy = Self::of(self.live.borrow().clone());
        copy.durable.replace(self.durable.borrow().clone());
        copy
    }

    /// Paths of all files.
    pub(crate) fn files(&self) -> Vec<String> {
        let live = self.live.borrow();
        live.iter().filter(|(_, node)| **node != Node::Dir).map(|(path, _)| path.clone()).collect()
    }

    /// Puts a file there behind the writer's back, durably, with the folders above it.
    pub(crate) fn plant(&self, path: &str, bytes: Vec<u8>) {
        for names in [&self.live, &self.durable] {
            let mut names = names.borrow_mut();
            for (at, _) in path.match_indices('/') {
                names.insert(path[..at].to_owned(), Node::Dir);
            }
            names.insert(path.to_owned(), Node::File(Rc::new(bytes.clone())));
        }
    }

    pub(crate) fn unplant(&self, path: &str) {
        self.live.borrow_mut().remove(path).expect("the file is there");
        self.durable.borrow_mut().remove(path);
    }

    pub(crate) fn peek(&self, path: &str) -> Vec<u8> {
        match self.live.borrow().get(path) {
            Some(Node::File(bytes)) => bytes.to_vec(),
            other => panic!("{path}: {other:?}"),
        }
    }

    /// Counts an operation that changes something, and fails it if its time has come.
    fn step(&self) -> io::Result<()> {
        let at = self.operations.replace(self.operations.get() + 1);
        match self.trouble.get() {
            Trouble::CutAt(cut) if at >= cut => Err(io::Error::other("power cut")),
            Trouble::FailAt(fail, kind) if at == fail => Err(kind.into()),
            Trouble::FailFrom(fail, kind) if at >= fail => Err(kind.into()),
            _ => Ok(()),
        }
    }

    fn set(&self, path: &str, node: Option<Node>) {
        match node {
            Some(node) => self.live.borrow_mut().insert(path.to_owned(), node),
            None => self.live.borrow_mut().remove(path),
        };
    }

    fn children(names: &Names, folder: &str) -> Vec<(String, Node)> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let inside = names.iter().filter_map(|(path, node)| Some((path, path.strip_prefix(&prefix)?, node)));
        inside.filter(|(_, name, _)| !name.contains('/')).map(|(path, _, node)| (path.clone(), node.clone())).collect()
    }

    fn is_dir(&self, path: &str) -> io::Result<()> {
        match self.live.borrow().get(path) {
            _ if path.is_empty() => Ok(()),
            Some(Node::Dir) => Ok(()),
            Some(Node::File(_)) => Err(ErrorKind::NotADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }
}

impl Medium for Lying {
    type Lock = Held;

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        self.reads.set(self.reads.get() + 1);
        match self.live.borrow().get(path) {
            Some(Node::File(bytes)) if bytes.len() > cap => Err(ErrorKind::FileTooLarge.into()),
            Some(Node::File(bytes)) => Ok(bytes.to_vec()),
            Some(Node::Dir) => Err(ErrorKind::InvalidInput.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        self.is_dir(path)?;
        let children = Self::children(&self.live.borrow(), path);
        let name = |path: &str| path.rsplit_once('/').map_or(path, |(_, name)| name).to_owned();
        let mut items: Vec<Item> =
            children.iter().map(|(path, node)| Item { name: name(path), is_dir: *node == Node::Dir }).collect();
        items.sort();
        Ok(items)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = Node::File(Rc::new(bytes.to_vec()));
        let temporary = format!("{TEMPORARY_PREFIX}{}", self.written.replace(self.written.get() + 1));
        // Made.
        self.step()?;
        self.set(&temporary, Some(Node::File(Rc::default())));
        // Written: a cut here tears it; so does a full disk.
        let torn = bytes[..bytes.len() / 2].to_vec();
        self.set(&temporary, Some(Node::File(Rc::new(torn))));
        self.step()?;
        // Synced: until then its bytes are in no way certain.
        self.step()?;
        self.set(&temporary, Some(file.clone()));
        // Renamed.
        self.step()?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.is_dir(folder)?;
        self.set(&temporary, None);
        self.set(path, Some(file));
        Ok(())
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        self.step()?;
        if self.is_dir(path).is_err() {
            self.is_dir(path.rsplit_once('/').map_or("", |(folder, _)| folder))?;
            self.set(path, Some(Node::Dir));
        }
        Ok(())
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        self.step()?;
        self.is_dir(path)?;
        let mut durable = self.durable.borrow_mut();
        for (gone, _) in Self::children(&durable, path) {
            durable.remove(&gone);
        }
        durable.extend(Self::children(&self.live.borrow(), path));
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.step()?;
        match self.live.borrow_mut().remove(path) {
            Some(Node::File(_)) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn remove_dir(&self, path: &str) -> io::Result<()> {
        self.step()?;
        self.is_dir(path)?;
        if !Self::children(&self.live.borrow(), path).is_empty() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        self.set(path, None);
        Ok(())
    }

    fn lock(&self, path: &str) -> io::Result<Option<Held>> {
        if !self.live.borrow().contains_key(path) {
            self.step()?;
            self.set(path, Some(Node::File(Rc::default())));
        }
        Ok((!self.locked.replace(true)).then(|| Held(Rc::clone(&self.locked))))
    }
}

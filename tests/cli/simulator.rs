//! A pledge terminal in the test's own process: the same code as on a device, on flash in memory, behind a TCP port.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use ikrar_terminal::frame::{Received, Receiver, Sender};
use ikrar_terminal::{Layout, Memory, Terminal};

use crate::flash::{Flash, Random};

const UNITS: usize = 64;
const MESSAGE: usize = 2_304;
const W: usize = 4;
const LAYOUT: Layout = Layout { keys: 0, journal: 512, page_size: 4_096, pages: 4 };
const LENGTH: usize = 512 + 4 * 4_096;
const JOURNAL_SEED: u8 = 72;

/// A device that is switched on.
pub(crate) struct Simulator {
    pub(crate) address: String,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Vec<u8>>>,
}

impl Simulator {
    /// A new device, whose randomness makes the unit's key from this seed.
    pub(crate) fn new(unit_seed: u8) -> Self {
        Self::with_memory(vec![0xA5; LENGTH], unit_seed)
    }

    /// A device with these contents of its flash.
    pub(crate) fn with_memory(cells: Vec<u8>, unit_seed: u8) -> Self {
        Self::lying(cells, unit_seed, |_| {})
    }

    /// A device whose messages another changes on their way; an empty one is where the line breaks.
    pub(crate) fn lying(cells: Vec<u8>, unit_seed: u8, lie: impl Fn(&mut Vec<u8>) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let memory = Box::leak(Box::new(Memory::<UNITS, MESSAGE>::new()));
            let mut seeds = [unit_seed, JOURNAL_SEED].into_iter();
            let flash = Flash::<W>::with(cells, Random(1));
            let mut terminal =
                Terminal::boot(memory, flash, &LAYOUT, |seed| *seed = [seeds.next().unwrap(); 32]).unwrap();
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let mut stream = stream.unwrap();
                stream.set_nodelay(true).unwrap();
                stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
                let mut piece = [0; 512];
                loop {
                    match stream.read(&mut piece) {
                        Ok(0) => break,
                        Ok(read) => {
                            let mut answer = Vec::new();
                            for byte in &piece[..read] {
                                terminal.take(*byte, &mut |part| answer.extend_from_slice(part));
                            }
                            let line = reframed(&answer, &lie);
                            if line.is_none_or(|line| stream.write_all(&line).is_err()) {
                                break;
                            }
                        }
                        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                            if stopped.load(Ordering::SeqCst) {
                                break;
                            }
                        }
                        Err(_) => break,
                    }
                }
            }
            terminal.into_flash().cells
        });
        Self { address, stop, thread: Some(thread) }
    }

    /// Switches it off; what its flash holds.
    pub(crate) fn off(mut self) -> Vec<u8> {
        self.halt().unwrap()
    }

    fn halt(&mut self) -> Option<Vec<u8>> {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(&self.address);
        self.thread.take()?.join().ok()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.halt();
    }
}

/// The same frames, with other messages; none where the line breaks.
fn reframed(answer: &[u8], lie: &impl Fn(&mut Vec<u8>)) -> Option<Vec<u8>> {
    let (mut receiver, mut buffer, mut line) = (Receiver::new(), vec![0; 5_000], Vec::new());
    for byte in answer {
        if let Received::Message(length) = receiver.take(*byte, &mut buffer) {
            let mut message = buffer[..length].to_vec();
            lie(&mut message);
            if message.is_empty() {
                return None;
            }
            let mut out = |part: &[u8]| line.extend_from_slice(part);
            let mut sender = Sender::new(&mut out);
            sender.push(&message);
            sender.finish();
        }
    }
    Some(line)
}

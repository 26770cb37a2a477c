//! Targets about devices: what came out of one, and what goes in.

use core::convert::Infallible;

use embedded_storage::nor_flash::{ErrorType, NorFlash, ReadNorFlash};
use ikrar_core::digest::{Id, PublicKey};
use ikrar_log::journal_export::{JournalExport, verify};
use ikrar_log::trust::TrustRoot;
use ikrar_terminal::wire::{Answer, decode};
use ikrar_terminal::{Layout, Memory, Terminal, frame};

/// The export of a journal.
pub fn journal_export(bytes: &[u8]) {
    let Ok(export) = JournalExport::decode(bytes) else { return };
    assert_eq!(export.encode().unwrap(), bytes);
    let trust = TrustRoot {
        registry_name: String::new(),
        registry: Id::ZERO,
        authority: PublicKey::ZERO,
        origin: "example.org/ikrar".to_owned(),
        log_key: PublicKey::ZERO,
        log_since: 0,
        policy: None,
    };
    let seen = verify(&export, &trust);
    assert!(seen.checked + seen.unchecked <= seen.entries);
}

const LAYOUT: Layout = Layout { keys: 0, journal: 512, page_size: 4_096, pages: 3 };
const OFF_AND_ON: usize = 0xFFFF;

/// What goes over a device's line: u16 BE length ‖ message, again and again; a length of 65,535 switches it off and on.
pub fn device_line(bytes: &[u8]) {
    let mut cells = vec![0xFF; 512 + 3 * 4_096];
    let mut rest = bytes;
    // Each turn of this loop is a boot; the memory is lost, the flash stays.
    while !rest.is_empty() {
        let mut memory = Box::new(Memory::<6, 2_304>::new());
        let mut terminal = Terminal::boot(&mut memory, Ram(&mut cells), &LAYOUT, |seed| *seed = [7; 32]).unwrap();
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let length = usize::from(u16::from_be_bytes(*length));
            rest = after;
            if length == OFF_AND_ON {
                break;
            }
            let (message, after) = after.split_at(length.min(after.len()));
            rest = after;
            if !message.is_empty() {
                ask(&mut terminal, message);
            }
        }
        if rest.len() < 2 {
            return;
        }
    }
}

/// One answer to one message, whatever it is.
fn ask(terminal: &mut Terminal<'_, Ram<'_>, 6>, message: &[u8]) {
    let (mut line, mut answer) = (Vec::new(), Vec::new());
    let mut out = |part: &[u8]| line.extend_from_slice(part);
    let mut sender = frame::Sender::new(&mut out);
    sender.push(message);
    sender.finish();
    line.iter().for_each(|byte| terminal.take(*byte, &mut |part| answer.extend_from_slice(part)));
    let mut receiver = frame::Receiver::new();
    let mut buffer = vec![0; 5_000];
    let mut lengths = Vec::new();
    for byte in answer {
        if let frame::Received::Message(length) = receiver.take(byte, &mut buffer) {
            lengths.push(length);
        }
    }
    let [length] = lengths[..] else { panic!("{} answers to one message", lengths.len()) };
    decode::<Answer<'_>>(&buffer[..length]).unwrap();
}

/// Flash that never fails, in words of four bytes: misuse panics.
struct Ram<'c>(&'c mut [u8]);

impl ErrorType for Ram<'_> {
    type Error = Infallible;
}

impl ReadNorFlash for Ram<'_> {
    const READ_SIZE: usize = 4;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Infallible> {
        let from = usize::try_from(offset).unwrap();
        bytes.copy_from_slice(&self.0[from..from + bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.0.len()
    }
}

impl NorFlash for Ram<'_> {
    const WRITE_SIZE: usize = 4;
    const ERASE_SIZE: usize = 512;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Infallible> {
        self.0[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()].fill(0xFF);
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Infallible> {
        let from = usize::try_from(offset).unwrap();
        let cells = &mut self.0[from..from + bytes.len()];
        assert!(cells.iter().all(|cell| *cell == 0xFF), "a word is programmed twice");
        cells.copy_from_slice(bytes);
        Ok(())
    }
}

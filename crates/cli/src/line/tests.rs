use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::rc::Rc;

use ikrar_terminal::wire::VERSION;

use super::*;

/// What the other end says to each request, byte for byte; `None` is silence.
type Script = Rc<RefCell<VecDeque<Option<Vec<u8>>>>>;

struct Fake {
    script: Script,
    /// What was written, frame by frame.
    heard: Rc<RefCell<Vec<u8>>>,
}

impl Read for Fake {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut script = self.script.borrow_mut();
        match script.pop_front() {
            None => Ok(0),
            Some(None) => Err(ErrorKind::TimedOut.into()),
            Some(Some(mut bytes)) => {
                let rest = bytes.split_off(bytes.len().min(buffer.len()));
                buffer[..bytes.len()].copy_from_slice(&bytes);
                if !rest.is_empty() {
                    script.push_front(Some(rest));
                }
                Ok(bytes.len())
            }
        }
    }
}

impl Write for Fake {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.heard.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Port for Fake {
    fn limit(&mut self, _silence: Duration) -> io::Result<()> {
        Ok(())
    }
}

fn line(script: impl IntoIterator<Item = Option<Vec<u8>>>) -> Line {
    let script = Rc::new(RefCell::new(script.into_iter().collect()));
    let mut line = Line::over(Box::new(Fake { script, heard: Rc::default() }), "fake".to_owned()).unwrap();
    // The next request has the number 8.
    line.number = 7;
    line
}

fn frame(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = |part: &[u8]| bytes.extend_from_slice(part);
    let mut sender = Sender::new(&mut out);
    sender.push(message);
    sender.finish();
    bytes
}

fn said(number: u8, answer: &Answer<'_>) -> Option<Vec<u8>> {
    let mut buffer = [0; 200];
    Some(frame(encode(number, answer, &mut buffer).unwrap()))
}

fn ask(script: impl IntoIterator<Item = Option<Vec<u8>>>) -> Result<String, LineError> {
    line(script).ask(&Request::Base).map(|answer| format!("{answer:?}"))
}

#[test]
fn an_answer_to_another_run_is_taken_for_ours() {
    let told = ask([said(3, &Answer::End), said(8, &Answer::Done)]);
    assert_eq!(told.unwrap(), "Done");
    // What was on the line before, and the device's refusal of it.
    let told =
        ask([Some(b"half an answer\0".to_vec()), said(0, &Answer::Refused(Refusal::Garbled)), said(8, &Answer::Done)]);
    assert_eq!(told.unwrap(), "Done");
}

#[test]
fn a_refusal_of_what_arrived_damaged_is_lost() {
    for after in [vec![None], vec![]] {
        let script = [said(0, &Answer::Refused(Refusal::Malformed))].into_iter().chain(after);
        assert_eq!(line(script).ask(&Request::Base).unwrap(), Answer::Refused(Refusal::Malformed));
    }
}

#[test]
fn silence_and_the_end_of_a_line_look_alike() {
    assert!(matches!(ask([None]), Err(LineError::Silent)));
    assert!(matches!(ask([]), Err(LineError::Closed)));
    let half = said(8, &Answer::Done).unwrap()[..3].to_vec();
    assert!(matches!(ask([Some(half)]), Err(LineError::Closed)));
}

#[test]
fn lies_take_memory_or_time_without_bound() {
    // One endless frame, zeros without end, frames of rubbish, and answers that are never ours.
    for piece in [vec![0x55; 8_192], vec![0; 8_192], frame(b"rubbish"), said(3, &Answer::Done).unwrap()] {
        let repeated: Vec<u8> = piece.iter().copied().cycle().take(2 * HEARD).collect();
        assert!(matches!(ask([Some(repeated)]), Err(LineError::Garbled)));
    }
    // With our number and a good CRC, and no answer.
    assert!(matches!(ask([Some(frame(&[VERSION, 8, 99]))]), Err(LineError::Garbled)));
    assert!(matches!(ask([Some(frame(&[9, 8, 0]))]), Err(LineError::Garbled)));
}

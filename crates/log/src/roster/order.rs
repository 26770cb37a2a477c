//! Parents before children.

use std::collections::HashMap;

use super::error::{Fault, RosterError};
use super::{Draft, Row};

/// The most units from the one under the root down to a leaf.
const MAX_DEPTH: usize = 32;

/// Where a row stands while the order is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Waiting,
    /// On the way from the current row up.
    Climbing,
    /// Placed, at this depth.
    Placed(usize),
}

/// Takes each row in the order of the file, its waiting ancestors first.
pub(super) fn parents_first(drafts: Vec<Draft<'_>>, known: &dyn Fn(&str) -> bool) -> Result<Vec<Row>, RosterError> {
    let index: HashMap<&str, usize> = drafts.iter().enumerate().map(|(at, d)| (d.row.unit.as_str(), at)).collect();
    let mut above = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let Some(parent) = draft.row.parent.as_deref() else {
            above.push(None);
            continue;
        };
        let at = index.get(parent).copied();
        if at.is_none() && !known(parent) {
            return Err(draft.parent.error(Fault::UnknownParent));
        }
        above.push(at);
    }

    let mut marks = vec![Mark::Waiting; drafts.len()];
    let mut order = Vec::with_capacity(drafts.len());
    for start in 0..drafts.len() {
        let mut path = Vec::new();
        let mut next = Some(start);
        let mut depth = 0;
        while let Some(at) = next {
            match marks[at] {
                Mark::Waiting => {
                    marks[at] = Mark::Climbing;
                    path.push(at);
                    next = above[at];
                }
                Mark::Climbing => return Err(cycle(&drafts, &path, at)),
                Mark::Placed(reached) => {
                    depth = reached;
                    next = None;
                }
            }
        }
        for at in path.into_iter().rev() {
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(drafts[at].unit.error(Fault::TooDeep));
            }
            marks[at] = Mark::Placed(depth);
            order.push(at);
        }
    }

    let mut rows: Vec<Option<Row>> = drafts.into_iter().map(|draft| Some(draft.row)).collect();
    Ok(order.into_iter().filter_map(|at| rows[at].take()).collect())
}

/// The cycle that a climb ran into at `again`, told from the parent field of its first row in the file.
fn cycle(drafts: &[Draft<'_>], path: &[usize], again: usize) -> RosterError {
    let mut ring: Vec<usize> = path.iter().copied().skip_while(|&at| at != again).collect();
    let first = ring.iter().copied().min().unwrap_or(again);
    let turn = ring.iter().position(|&at| at == first).unwrap_or(0);
    ring.rotate_left(turn);
    ring.push(first);
    let names: Vec<&str> = ring.iter().map(|&at| drafts[at].row.unit.as_str()).collect();
    let parent = &drafts[first].parent;
    RosterError::at(parent.line, parent.column, &names.join(" → "), Fault::Cycle)
}

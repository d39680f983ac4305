//! What is asked of the ranking, and the documents that may be among the first of it.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use pyo3::prelude::*;

use crate::ordering::Order;

pub const TITLE: u64 = 1 << 63;
/// What rounding in another order can take off or add.
pub const SLACK: f64 = 1e-9;

/// A document that may be among the first.
pub struct Candidate {
    pub doc: usize,
    /// What it may score at most.
    pub most: f64,
    /// What its terms bring.
    pub total: f64,
    /// The weight of the query's pairs that it has, for the bound of its passages.
    pub held: f64,
    pub sure: bool,
    /// A bit for each run that may be in it, in one piece, and the highest for the title.
    pub gains: u64,
}

/// What is asked beside the plan.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// How many leaves must match.
    pub least: usize,
    /// How many documents from the first on.
    pub wanted: usize,
    pub counts_leaves: bool,
    /// A byte for each document of the snapshot, 0 where it is left out.
    pub passes: Option<&'a [u8]>,
    /// The order that is wanted; that of the scores for None.
    pub order: Option<&'a Order>,
    /// The same for what Python knows to match: 1 where it may, 2 where it surely does.
    pub known: Option<&'a [u8]>,
    /// Called before each segment and each text, with the number of texts; raises when it is time to end.
    pub check: Option<&'a Py<PyAny>>,
    /// Answers what only Python knows: a document, and whether it matches (-2), has the title (-1) or a run.
    pub ask: &'a Py<PyAny>,
}

impl Asked<'_> {
    /// Return whether filters let a document through.
    #[inline]
    pub fn lets_through(&self, doc: usize) -> bool {
        self.passes.is_none_or(|passes| passes.get(doc).is_some_and(|one| *one != 0))
    }
}

#[derive(PartialEq)]
pub struct Float(pub f64);

impl Eq for Float {}

impl PartialOrd for Float {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Float {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Room for the candidates of most queries.
const FIRST_ROOM: usize = 64;
/// Some times this is still a number.
const MOST_WANTED: usize = 1 << 40;

/// Keeps what may be among the first: nothing that scores less than as many others surely do.
pub struct Pool {
    wanted: usize,
    sure: BinaryHeap<Reverse<Float>>,
    kept: Vec<Candidate>,
    threshold: f64,
    room: usize,
}

impl Pool {
    /// Keep as many as are wanted: no index has as many documents as the greatest number that is taken.
    pub fn of(wanted: usize) -> Pool {
        let wanted = wanted.min(MOST_WANTED);
        let threshold = if wanted == 0 { f64::INFINITY } else { f64::NEG_INFINITY };
        let (sure, kept) = (BinaryHeap::with_capacity(wanted.min(FIRST_ROOM) + 1), Vec::with_capacity(FIRST_ROOM));
        Pool { wanted, sure, kept, threshold, room: 1024 }
    }

    pub fn wanted(&self) -> usize {
        self.wanted
    }

    /// Return what as many documents as are wanted surely score, at least.
    pub fn threshold(&self) -> f64 {
        self.threshold
    }

    pub fn take(&mut self, one: Candidate) {
        if one.most < self.threshold {
            return;
        }
        if one.sure {
            self.sure.push(Reverse(Float(one.total)));
            if self.sure.len() > self.wanted {
                self.sure.pop();
            }
            if self.sure.len() == self.wanted {
                self.threshold = self.sure.peek().map_or(self.threshold, |Reverse(Float(worst))| *worst);
            }
        }
        self.kept.push(one);
        if self.kept.len() > self.room {
            let threshold = self.threshold;
            self.kept.retain(|one| one.most >= threshold);
            self.room = self.room.max(2 * self.kept.len());
        }
    }

    pub fn in_order(mut self) -> Vec<Candidate> {
        let threshold = self.threshold;
        self.kept.retain(|one| one.most >= threshold);
        self.kept.sort_by(|one, other| other.most.total_cmp(&one.most));
        self.kept
    }
}

/// What was done already for a segment.
pub struct Begun {
    /// Documents that the pool has, or that are to be summed up.
    pub docs: Vec<u16>,
    /// Those of which the best postings do not tell all, each with what it may have at most.
    pub open: Vec<(u16, f64)>,
    /// What any other document has at most.
    pub rest: f64,
}

impl Begun {
    pub const NOTHING: Begun = Begun { docs: Vec::new(), open: Vec::new(), rest: f64::INFINITY };

    /// Return whether nothing that the pool does not have can be among the first.
    pub fn is_enough_for(&self, pool: &Pool) -> bool {
        let most = self.open.iter().fold(self.rest, |most, (_, other)| most.max(*other));
        is_below(most, pool.threshold())
    }
}

/// Return whether something is surely less than the least that is wanted, whatever was rounded.
pub fn is_below(most: f64, least: f64) -> bool {
    most < least - SLACK * least.abs()
}

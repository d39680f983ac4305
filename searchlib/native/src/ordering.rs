//! What filters let through, and an order of documents other than that of their scores; Python makes both of a commit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;

use crate::data::Read;
use crate::snapshot::Snapshot;

/// The documents of a commit that filters let through: a byte for each, 0 where it is left out.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Passing(pub Vec<u8>);

#[pymethods]
impl Passing {
    #[new]
    fn new(py: Python<'_>, each: PyBuffer<u8>) -> PyResult<Passing> {
        Ok(Passing(each.to_vec(py)?))
    }
}

/// A number for each document of a commit: those with the least come first, equal ones by id.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Order(Vec<u32>);

#[pymethods]
impl Order {
    #[new]
    fn new(py: Python<'_>, keys: PyBuffer<u32>) -> PyResult<Order> {
        Ok(Order(keys.to_vec(py)?))
    }
}

impl Order {
    pub fn key(&self, doc: usize) -> u32 {
        self.0.get(doc).copied().unwrap_or(u32::MAX)
    }
}

/// A document in an order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub key: u32,
    /// The number of its id in its segment; in one list these are in the order of the ids.
    pub id: u32,
    pub doc: usize,
    pub sure: bool,
}

/// Put the documents of one list in order; with enough that surely match the others are left out.
pub fn sorted(mut found: Vec<Entry>, wanted: usize) -> Vec<Entry> {
    if found.len() > wanted && wanted > 0 && found.iter().all(|one| one.sure) {
        found.select_nth_unstable(wanted - 1);
        found.truncate(wanted);
    }
    found.sort_unstable();
    found
}

/// Call for the documents of all lists in one order, with whether each surely matches, until that is enough.
pub fn walk(snapshot: &Snapshot, lists: &[Vec<Entry>], mut found: impl FnMut(usize, bool) -> Read<bool>) -> Read<()> {
    let is_one = lists.iter().filter(|list| !list.is_empty()).count() < 2;
    let head = |number: usize, at: usize| -> Read<Option<_>> {
        let Some(one) = lists[number].get(at) else { return Ok(None) };
        let id = if is_one { Vec::new() } else { snapshot.id_of(one.doc)? };
        Ok(Some(Reverse((one.key, id, number, at))))
    };
    let mut heads = BinaryHeap::new();
    for number in 0..lists.len() {
        heads.extend(head(number, 0)?);
    }
    while let Some(Reverse((_, _, number, at))) = heads.pop() {
        let one = lists[number][at];
        if !found(one.doc, one.sure)? {
            break;
        }
        heads.extend(head(number, at + 1)?);
    }
    Ok(())
}

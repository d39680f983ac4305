//! Sets of documents as Python keeps them, and what the pairs of a commit say of single characters.
//!
//! `docsets.py` and `row_lookup.py` do the same with arrays.

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::data::Read;
use crate::detached;
use crate::scoring;
use crate::segment::Field;
use crate::snapshot::Snapshot;

type Docs = PyBuffer<i64>;

fn given_back(py: Python<'_>, docs: impl IntoIterator<Item = i64>) -> Py<PyBytes> {
    let bytes: Vec<u8> = docs.into_iter().flat_map(i64::to_ne_bytes).collect();
    PyBytes::new(py, &bytes).unbind()
}

/// Return which of ascending documents are among others, which ascend too.
fn among(docs: &[i64], others: &[i64], wanted: bool) -> Vec<i64> {
    let mut rest = others;
    let mut found = Vec::with_capacity(docs.len());
    for doc in docs {
        // From one to the next there are few others, or most are passed over.
        let step = rest.iter().take(8).take_while(|other| *other < doc).count();
        rest = &rest[step..];
        if step == 8 {
            rest = &rest[rest.partition_point(|other| other < doc)..];
        }
        if (rest.first() == Some(doc)) == wanted {
            found.push(*doc);
        }
    }
    found
}

/// Return the documents that are in both of two ascending sets.
#[pyfunction]
pub fn both(py: Python<'_>, first: Docs, second: Docs) -> PyResult<Py<PyBytes>> {
    let (first, second) = (first.to_vec(py)?, second.to_vec(py)?);
    let (few, many) = if first.len() <= second.len() { (&first, &second) } else { (&second, &first) };
    Ok(given_back(py, among(few, many, true)))
}

/// Return those of ascending documents that are not among others.
#[pyfunction]
pub fn without(py: Python<'_>, docs: Docs, others: Docs) -> PyResult<Py<PyBytes>> {
    Ok(given_back(py, among(&docs.to_vec(py)?, &others.to_vec(py)?, false)))
}

/// Return the documents that are in any of several sets.
#[pyfunction]
pub fn either(py: Python<'_>, sets: Vec<Docs>) -> PyResult<Py<PyBytes>> {
    let mut found = Vec::new();
    for set in sets {
        found.extend(set.to_vec(py)?);
    }
    found.sort_unstable();
    found.dedup();
    Ok(given_back(py, found))
}

/// Return the live documents that hold all of some words or pairs, ascending: numbers of eight bytes.
#[pyfunction]
pub fn holding(py: Python<'_>, snapshot: Py<Snapshot>, terms: Vec<String>, pairs: bool) -> PyResult<Py<PyBytes>> {
    let found = detached(py, || scoring::holding(snapshot.get(), &terms, pairs))?;
    Ok(given_back(py, found.into_iter().map(|doc| doc as i64)))
}

fn fields(snapshot: &Snapshot) -> impl Iterator<Item = &Field> {
    snapshot.places.iter().filter_map(|place| place.segment.get().pairs.as_ref())
}

/// Return whether some article has a unit or a pair, deleted ones included.
#[pyfunction]
pub fn has_pair(snapshot: &Snapshot, pair: &str) -> PyResult<bool> {
    let chars: Vec<char> = pair.chars().collect();
    for field in fields(snapshot) {
        if field.terms.number_of(&chars)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Return the characters that are between two others in pairs, or next to one: of these the `most` frequent.
#[pyfunction]
pub fn neighbours(
    py: Python<'_>,
    snapshot: Py<Snapshot>,
    left: Option<char>,
    right: Option<char>,
    most: usize,
) -> PyResult<String> {
    detached(py, || {
        let mut found = String::new();
        for field in fields(snapshot.get()) {
            let behind = left.map(|char| field.terms.after(char)).transpose()?;
            let before = right.map(|char| field.terms.before(char)).transpose()?;
            match (behind, before) {
                (Some(behind), Some(before)) => {
                    let mut chars: Vec<char> = before.into_iter().map(|(char, _)| char).collect();
                    chars.sort_unstable();
                    found.extend(behind.iter().map(|(char, _)| char).filter(|char| chars.binary_search(char).is_ok()));
                }
                (Some(side), None) | (None, Some(side)) => found.extend(most_frequent(field, side, most)?),
                (None, None) => {}
            }
        }
        Ok(found)
    })
}

/// Return the characters of the most frequent of some pairs; of equally frequent ones the first.
fn most_frequent(field: &Field, pairs: Vec<(char, usize)>, most: usize) -> Read<Vec<char>> {
    let mut counted = Vec::with_capacity(pairs.len());
    for (char, number) in pairs {
        counted.push((std::cmp::Reverse(field.postings.doc_freq(number)?), number, char));
    }
    counted.sort_unstable();
    counted.truncate(most);
    Ok(counted.into_iter().map(|(_, _, char)| char).collect())
}

/// Return the pairs of each segment, in their order, that begin with one of some characters and end with one.
#[pyfunction]
pub fn pairs_of(py: Python<'_>, snapshot: Py<Snapshot>, firsts: &str, seconds: &str) -> PyResult<Vec<String>> {
    let [mut firsts, mut seconds] = [firsts, seconds].map(|text| text.chars().collect::<Vec<char>>());
    for chars in [&mut firsts, &mut seconds] {
        chars.sort_unstable();
        chars.dedup();
    }
    detached(py, || {
        let mut found = Vec::new();
        for field in fields(snapshot.get()) {
            for first in &firsts {
                let whole = field.terms.whole_after(*first)?;
                let fits = whole.into_iter().filter(|second| seconds.binary_search(second).is_ok());
                found.extend(fits.map(|second| String::from_iter([*first, second])));
            }
        }
        Ok(found)
    })
}

//! The compiled kernel of searchlib: it answers plain queries from the files of segments, and writes their text fields.
//!
//! Nothing that a file says is believed: each offset is checked where it is used, and what does
//! not fit becomes an error. `unsafe` are the bytes of the map (`data`), and a call of the system's allocator (`memory`).

mod any_term;
mod articles;
mod batch;
mod begun;
mod best;
mod best_postings;
mod bm25f;
mod building;
mod columns;
mod counting;
mod counting_tables;
mod cutting;
mod data;
mod dictionary;
mod docs;
mod encoding;
mod folding;
mod forms;
mod healing;
mod kinds;
mod lists;
mod marked;
mod memory;
mod merging;
mod names;
mod ordering;
mod page_lines;
mod page_pairs;
mod page_texts;
mod passages;
mod pieces;
mod plain;
mod plain_lines;
mod plan;
mod pool;
mod postings;
mod probing;
mod ranking;
mod relaxed;
mod runs;
mod scoring;
mod segment;
mod sentences;
mod snapshot;
mod snippets;
mod symbols;
mod tables;
mod tally;
mod terms;
mod text_query;
mod texts;
mod words;

use std::panic::{catch_unwind, AssertUnwindSafe};

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::data::{Map, Read, Section};
use crate::pool::Asked;
use crate::ranking::{count, looked_up, rank, rank_closest};
use crate::words::Match;

/// The number that `searchlib/native/__init__.py` expects; it changes with the functions here.
const INTERFACE: u32 = 29;

type Hits = Vec<(usize, f64, usize)>;

/// Run something without the interpreter; what cannot be becomes an error.
fn detached<T: Send>(py: Python<'_>, run: impl FnOnce() -> Read<T> + Send) -> PyResult<T> {
    let found = py.detach(|| catch_unwind(AssertUnwindSafe(run)));
    Ok(found.map_err(|_| PyValueError::new_err("the kernel came upon what cannot be"))??)
}

/// What is asked beside a query: what filters let through, in which order, and what is called to end in time.
#[derive(FromPyObject)]
struct Within(Option<Py<ordering::Passing>>, Option<Py<ordering::Order>>, Option<Py<PyAny>>);

impl Within {
    fn asked<'a>(&'a self, least: usize, wanted: usize, ask: &'a Py<PyAny>) -> Asked<'a> {
        let Within(passing, order, check) = self;
        let passes = passing.as_ref().map(|passing| passing.get().0.as_slice());
        let order = order.as_ref().map(Py::get);
        Asked { least, wanted, counts_leaves: false, passes, order, known: None, check: check.as_ref(), ask }
    }
}

/// Return the first documents of a plan with their scores, and which were first before passages were read.
///
/// Args are those of `ranking.rs`, `Asked`. The interpreter is free meanwhile.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
#[pyo3(signature = (snapshot, plan, least, wanted, ask, within, counts_leaves=false, known=None))]
fn search(
    py: Python<'_>,
    snapshot: Py<snapshot::Snapshot>,
    plan: Py<plan::Plan>,
    least: usize,
    wanted: usize,
    ask: Py<PyAny>,
    within: Within,
    counts_leaves: bool,
    known: Option<PyBuffer<u8>>,
) -> PyResult<(Hits, Vec<usize>)> {
    let known = known.map(|buffer| buffer.to_vec(py)).transpose()?;
    let asked = Asked { counts_leaves, known: known.as_deref(), ..within.asked(least, wanted, &ask) };
    let page = detached(py, || rank(snapshot.get(), plan.get(), &asked))?;
    Ok((page.hits, page.first))
}

type PlainHits = Vec<(usize, f64, String)>;

/// Return a page of hits with their ids; None where Python must read what is asked, or an id is no text.
fn page_of(
    snapshot: &snapshot::Snapshot,
    plan: &plan::Plan,
    (offset, limit): (usize, usize),
    ask: &Py<PyAny>,
    within: &Within,
) -> Read<Option<PlainHits>> {
    let found = rank(snapshot, plan, &within.asked(plan.leaves.len(), offset + limit, ask))?;
    with_ids(snapshot, found.hits, offset)
}

/// Return hits from the `offset`th on with their ids; None where an id is no text.
fn with_ids(snapshot: &snapshot::Snapshot, found: Hits, offset: usize) -> Read<Option<PlainHits>> {
    let mut hits = Vec::with_capacity(found.len().saturating_sub(offset));
    for (doc, score, _) in found.into_iter().skip(offset) {
        let Ok(id) = String::from_utf8(snapshot.id_of(doc)?) else { return Ok(None) };
        hits.push((doc, score, id));
    }
    Ok(Some(hits))
}

/// Read a plain query and return the documents from the `offset`th on, with scores and ids.
///
/// Says as well whether an unspaced run of several words is in it. Returns None when Python must read the query; no hits
/// for `auto` mean that no document has all words.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
fn search_plain(
    py: Python<'_>,
    reader: Py<plain::PlainReader>,
    snapshot: Py<snapshot::Snapshot>,
    query: &str,
    how: &str,
    forms: Option<Vec<text_query::Part>>,
    offset: usize,
    limit: usize,
    ask: Py<PyAny>,
    within: Within,
) -> PyResult<Option<(PlainHits, bool)>> {
    let how = Match::of(how);
    detached(py, || {
        let Some(plan) = reader.get().read(query, how, forms.as_deref())? else { return Ok(None) };
        let hits = page_of(snapshot.get(), &plan, (offset, limit), &ask, &within)?;
        // Of a later page that is empty nobody knows whether an earlier one is.
        let hits = hits.filter(|hits| how != Match::Auto || !hits.is_empty() || (offset == 0 && limit > 0));
        Ok(hits.map(|hits| (hits, !plan.runs.is_empty())))
    })
}

/// Return the documents that hold any of a text, from the `offset`th on, with scores and ids.
///
/// `clean` is the text as `scoring/query_terms.py` reads it, in simplified characters; `parts` are what of it is
/// written in other ways: each as it is, how else, and whether it is a number. None where Python must read it.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
fn search_text(
    py: Python<'_>,
    reader: Py<plain::PlainReader>,
    snapshot: Py<snapshot::Snapshot>,
    clean: &str,
    parts: Vec<text_query::Part>,
    offset: usize,
    limit: usize,
    ask: Py<PyAny>,
    within: Within,
) -> PyResult<Option<PlainHits>> {
    detached(py, || match reader.get().text(clean, &parts)? {
        Some(plan) => page_of(snapshot.get(), &plan, (offset, limit), &ask, &within),
        None => Ok(None),
    })
}

/// Return the documents that are closest to a query as `auto` relaxes it, from the `offset`th on, with scores and ids.
///
/// Args are those of `PlainReader::relaxed`, and of `search_text`. Returns with them how many of its leaves had to
/// stand. None where Python must read it, or nothing is close.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
fn search_relaxed(
    py: Python<'_>,
    reader: Py<plain::PlainReader>,
    snapshot: Py<snapshot::Snapshot>,
    words: Vec<relaxed::Word>,
    text: &str,
    parts: Vec<text_query::Part>,
    forms_of: Py<PyAny>,
    fewest: usize,
    offset: usize,
    limit: usize,
    ask: Py<PyAny>,
    within: Within,
) -> PyResult<Option<(PlainHits, usize)>> {
    let forms = |pieces: &[String], texts: &[String]| {
        Ok(Python::attach(|py| forms_of.call1(py, (pieces, texts))?.extract(py))?)
    };
    detached(py, || {
        let Some((plan, least)) = reader.get().relaxed(&words, text, &parts, forms, fewest)? else { return Ok(None) };
        let asked = within.asked(least, offset + limit, &ask);
        let Some((page, least)) = rank_closest(snapshot.get(), &plan, &asked)? else { return Ok(None) };
        Ok(with_ids(snapshot.get(), page.hits, offset)?.map(|hits| (hits, least)))
    })
}

/// Count the documents that match a plan of which at least `least` leaves must stand.
#[pyfunction]
#[pyo3(name = "count")]
fn count_plan(
    py: Python<'_>,
    snapshot: Py<snapshot::Snapshot>,
    plan: Py<plan::Plan>,
    least: usize,
    ask: Py<PyAny>,
    within: Within,
) -> PyResult<usize> {
    detached(py, || count(snapshot.get(), plan.get(), &within.asked(least, 0, &ask)))
}

/// Return the checksum of a read-only buffer of bytes.
#[pyfunction]
fn crc32(data: &Bound<'_, PyAny>) -> PyResult<u32> {
    let all = Section::of(&Map::of(data)?, 0, data.len()?)?;
    Ok(crc32fast::hash(all.bytes()))
}

/// Return the checksums of the pages of a read-only buffer, each of `size` bytes but the last.
#[pyfunction]
fn page_checks<'py>(py: Python<'py>, data: &Bound<'py, PyAny>, size: usize) -> PyResult<Bound<'py, PyBytes>> {
    let all = Section::of(&Map::of(data)?, 0, data.len()?)?;
    let checks: Vec<u8> = all.bytes().chunks(size.max(1)).flat_map(|page| crc32fast::hash(page).to_le_bytes()).collect();
    Ok(PyBytes::new(py, &checks))
}

/// Return the texts of a plan's terms with what words and pairs of the same text weigh together.
#[pyfunction]
fn weigh(snapshot: &snapshot::Snapshot, plan: &plan::Plan) -> PyResult<Vec<(String, f64)>> {
    let weighed = plan.weighed(&looked_up(snapshot, plan)?.1);
    Ok(weighed.into_iter().map(|(text, weight)| (text.into_iter().filter_map(char::from_u32).collect(), weight)).collect())
}

/// Count the documents of a plain query that `search_plain` answered; None where Python must.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
fn count_plain(
    py: Python<'_>,
    reader: Py<plain::PlainReader>,
    snapshot: Py<snapshot::Snapshot>,
    query: &str,
    how: &str,
    forms: Option<Vec<text_query::Part>>,
    ask: Py<PyAny>,
    within: Within,
) -> PyResult<Option<usize>> {
    let how = Match::of(how);
    detached(py, || {
        let Some(plan) = reader.get().read(query, how, forms.as_deref())? else { return Ok(None) };
        Ok(Some(count(snapshot.get(), &plan, &within.asked(plan.leaves.len(), 0, &ask))?))
    })
}

/// What marks and cuts the articles of the answer to one plain query.
#[pyclass(frozen, module = "searchlib.native._kernel")]
struct PlainMarker(snippets::Marker);

type Passage = (String, usize, Vec<(usize, usize)>, &'static str);

#[pymethods]
impl PlainMarker {
    /// Prepare for a query that `search_plain` answered; None where Python must mark.
    #[staticmethod]
    fn of(
        reader: &plain::PlainReader,
        snapshot: &snapshot::Snapshot,
        query: &str,
        how: &str,
        forms: Option<Vec<text_query::Part>>,
    ) -> PyResult<Option<PlainMarker>> {
        let Some(plan) = reader.read(query, Match::of(how), forms.as_deref())?.filter(|plan| !plan.any && plan.runs.is_empty()) else { return Ok(None) };
        let Some(phrases) = plan.phrases() else { return Ok(None) };
        let is_one = phrases.len() == 1;
        let weighed = if is_one { Vec::new() } else { plan.weighed(&looked_up(snapshot, &plan)?.1) };
        Ok(snippets::Marker::of(&phrases, &weighed).map(PlainMarker))
    }

    /// Return up to `count` passages of a document: text, start, marks and field; None where Python must look.
    fn snippets(
        &self,
        py: Python<'_>,
        snapshot: Py<snapshot::Snapshot>,
        doc: usize,
        count: usize,
    ) -> PyResult<Option<Vec<Passage>>> {
        detached(py, || {
            let snapshot = snapshot.get();
            let texts = snapshot.texts_of(doc)?;
            let found = self.0.snippets(&texts, &snapshot.fields, count, snapshot.tables.get());
            let each = |one: snippets::Snippet| (one.text, one.start, one.marks, one.field);
            Ok(found.map(|found| found.into_iter().map(each).collect()))
        })
    }

    /// Return where the query is in a document's headline, disjoint; None where Python must look.
    fn headline_marks(
        &self,
        py: Python<'_>,
        snapshot: Py<snapshot::Snapshot>,
        doc: usize,
    ) -> PyResult<Option<Vec<(usize, usize)>>> {
        detached(py, || {
            let snapshot = snapshot.get();
            let texts = snapshot.texts_of(doc)?;
            Ok(self.0.headline_marks(&texts, &snapshot.fields, snapshot.tables.get()))
        })
    }
}

#[pymodule]
fn _kernel(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", env!("CARGO_PKG_VERSION"))?;
    module.add("INTERFACE", INTERFACE)?;
    module.add_class::<tables::Tables>()?;
    module.add_class::<segment::Segment>()?;
    module.add_class::<snapshot::Snapshot>()?;
    module.add_class::<plan::Plan>()?;
    module.add_class::<ordering::Passing>()?;
    module.add_class::<ordering::Order>()?;
    module.add_class::<plain::PlainReader>()?;
    module.add_class::<plain_lines::LineReader>()?;
    module.add_class::<page_texts::PageFolder>()?;
    module.add_class::<columns::ColumnReader>()?;
    module.add_class::<healing::Healer>()?;
    module.add_class::<PlainMarker>()?;
    module.add_class::<counting_tables::CountingTables>()?;
    module.add_class::<counting::TextCounter>()?;
    module.add_class::<counting::CountedTexts>()?;
    module.add_class::<building::SegmentTexts>()?;
    module.add_class::<symbols::Packer>()?;
    module.add_class::<symbols::Unpacker>()?;
    module.add_function(wrap_pyfunction!(count_plan, module)?)?;
    module.add_function(wrap_pyfunction!(count_plain, module)?)?;
    module.add_function(wrap_pyfunction!(crc32, module)?)?;
    module.add_function(wrap_pyfunction!(page_checks, module)?)?;
    module.add_function(wrap_pyfunction!(merging::merge_texts, module)?)?;
    module.add_function(wrap_pyfunction!(page_lines::may_list, module)?)?;
    module.add_function(wrap_pyfunction!(page_texts::unfold_in_order, module)?)?;
    module.add_function(wrap_pyfunction!(page_pairs::coverage, module)?)?;
    module.add_function(wrap_pyfunction!(page_pairs::belonging, module)?)?;
    module.add_function(wrap_pyfunction!(weigh, module)?)?;
    module.add_function(wrap_pyfunction!(docs::both, module)?)?;
    module.add_function(wrap_pyfunction!(docs::either, module)?)?;
    module.add_function(wrap_pyfunction!(docs::without, module)?)?;
    module.add_function(wrap_pyfunction!(docs::holding, module)?)?;
    module.add_function(wrap_pyfunction!(docs::has_pair, module)?)?;
    module.add_function(wrap_pyfunction!(docs::neighbours, module)?)?;
    module.add_function(wrap_pyfunction!(docs::pairs_of, module)?)?;
    module.add_function(wrap_pyfunction!(search_plain, module)?)?;
    module.add_function(wrap_pyfunction!(search_text, module)?)?;
    module.add_function(wrap_pyfunction!(search_relaxed, module)?)?;
    module.add_function(wrap_pyfunction!(search, module)?)
}

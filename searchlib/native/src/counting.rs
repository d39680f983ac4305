//! A batch of articles counted: which words, characters and pairs each document has, and how often in each field.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use crc32fast::hash as crc32;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::batch::{Counted, Counting, Edge};
use crate::cutting::Cutter;
use crate::data::{Fault, Read};
use crate::folding::{Advice, Folding, Folds, POISONED};

const KEPT_RUNS: usize = 1 << 16;
/// Longer runs are asked about each time: they hardly come again, and would take memory.
const KEPT_RUN_BYTES: usize = 256;
const SIGNALS_CHARS: usize = 1 << 20;

/// What Python says of a run that is not ASCII.
pub struct Run {
    pub words: Vec<String>,
    /// Text, and whether its first and last characters are digits; an empty one is a border.
    pub units: Vec<(String, bool, bool)>,
    pub bare: String,
}

/// What counting rests on, made once in a process: how characters fold, and the dictionary.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct CountingTables {
    folding: Folding,
    pub cutter: Arc<Cutter>,
    run: Py<PyAny>,
    runs: RwLock<HashMap<String, Arc<Run>>>,
}

#[pymethods]
impl CountingTables {
    /// Take the dictionary's file, its nodes and the logarithm of its sum, and what Python is asked (`Advice`, `Run`).
    #[new]
    #[allow(clippy::too_many_arguments)]
    fn new(
        dictionary: pyo3::buffer::PyBuffer<u8>,
        nodes: usize,
        log_total: f64,
        fates: Py<PyAny>,
        kinds: Py<PyAny>,
        resolved: Py<PyAny>,
        cleaned: Py<PyAny>,
        run: Py<PyAny>,
        py: Python<'_>,
    ) -> PyResult<CountingTables> {
        let cutter = Arc::new(Cutter::of(&dictionary.to_vec(py)?, nodes, log_total)?);
        let folding = Folding::of(Advice { fates, kinds, resolved, cleaned });
        Ok(CountingTables { folding, cutter, run, runs: RwLock::default() })
    }
}

impl CountingTables {
    /// Return what Python says of a run, which is asked once.
    pub fn run_of(&self, text: &str) -> Read<Arc<Run>> {
        if let Some(known) = self.runs.read().map_err(|_| POISONED)?.get(text) {
            return Ok(known.clone());
        }
        let (words, units, bare) = Python::attach(|py| self.run.call1(py, (text,))?.extract(py))?;
        let made = Arc::new(Run { words, units, bare });
        if text.len() > KEPT_RUN_BYTES {
            return Ok(made);
        }
        let mut runs = self.runs.write().map_err(|_| POISONED)?;
        if runs.len() >= KEPT_RUNS {
            runs.clear();
        }
        runs.insert(text.to_owned(), made.clone());
        Ok(made)
    }
}

/// A field's text of a document, in UTF-8.
type Text = (usize, u16, PyBackedBytes);
/// Field, document, and the units between which a text was cut.
type Bridge = (usize, u16, Edge, Edge);

/// Counts batches for one commit; several threads may use it.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct TextCounter {
    tables: Py<CountingTables>,
    fields: usize,
    is_stopped: AtomicBool,
}

#[pymethods]
impl TextCounter {
    /// Take the tables, and how many text fields there are.
    #[new]
    fn new(tables: Py<CountingTables>, fields: usize) -> TextCounter {
        TextCounter { tables, fields, is_stopped: AtomicBool::new(false) }
    }

    /// Have counting end soon, with an error, in every thread.
    fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Count texts, which are in the order of their documents and then of their fields.
    ///
    /// Args:
    ///     first: The first document's number.
    ///     size: How many documents there are.
    ///     texts: Field, document and text.
    ///     bridges: Pairs of units between which a text was cut.
    ///     headlines: Of which the checksums are wanted.
    ///
    /// Returns:
    ///     The batch; the checksums; for each field, how many words each document has, in four bytes each.
    fn count(
        &self,
        py: Python<'_>,
        first: usize,
        size: usize,
        texts: Vec<Text>,
        bridges: Vec<Bridge>,
        headlines: Vec<PyBackedBytes>,
    ) -> PyResult<(CountedTexts, Vec<u32>, Vec<Py<PyBytes>>)> {
        let tables = self.tables.get();
        let counted = py.detach(|| -> Read<_> {
            let mut batch = Counting::of(tables, self.fields, first, size);
            let mut folds = Folds::default();
            let checks = headlines.iter().map(|text| {
                tables.folding.fold(text, &mut folds)?;
                Ok(crc32(batch.bare(&folds.text)?.as_bytes()))
            });
            let checks: Vec<u32> = checks.collect::<Read<_>>()?;
            let mut chars = 0;
            let mut bridges = bridges.iter().peekable();
            let mut texts = texts.iter().peekable();
            while let Some((field, doc, text)) = texts.next() {
                chars += text.len();
                if chars > SIGNALS_CHARS {
                    chars = 0;
                    Python::attach(|py| py.check_signals())?;
                    if self.is_stopped.load(Ordering::Relaxed) {
                        return Err(Fault::Damaged("counting was stopped"));
                    }
                }
                tables.folding.fold(text, &mut folds)?;
                batch.text(&folds.text, *field)?;
                let next = texts.peek().map(|(field, doc, _)| (*field, *doc));
                if next != Some((*field, *doc)) {
                    while let Some((_, _, one, two)) = bridges.next_if(|at| (at.0, at.1) == (*field, *doc)) {
                        batch.bridge(one, two, *field);
                    }
                    batch.end_field(*field, *doc);
                    if next.is_none_or(|(_, next)| next != *doc) {
                        batch.end_doc(*doc);
                    }
                }
            }
            let lengths = std::mem::take(&mut batch.lengths);
            Ok((batch.finish(), checks, lengths))
        })?;
        let (batch, checks, lengths) = counted;
        let packed = |of: Vec<u32>| of.iter().flat_map(|length| length.to_le_bytes()).collect::<Vec<u8>>();
        let lengths = lengths.into_iter().map(|of| PyBytes::new(py, &packed(of)).unbind()).collect();
        Ok((CountedTexts { batch: Mutex::new(Some(batch)) }, checks, lengths))
    }
}

/// A batch that has been counted; a segment takes it.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct CountedTexts {
    pub batch: Mutex<Option<Counted>>,
}


//! A batch of articles counted: which words, characters and pairs each document has, and how often in each field.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex;

use crc32fast::hash as crc32;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::batch::{Counted, Counting, Edge};
use crate::counting_tables::CountingTables;
use crate::data::{Fault, Read};
use crate::folding::Folds;

const SIGNALS_CHARS: usize = 1 << 20;

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
            let bytes = texts.iter().map(|(_, _, text)| text.len()).sum();
            let mut batch = Counting::of(tables, self.fields, first, size, bytes);
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


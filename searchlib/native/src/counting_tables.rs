//! What counting rests on: how characters fold, the dictionary, and what Python says of runs that are not ASCII.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use pyo3::prelude::*;

use crate::cutting::Cutter;
use crate::data::Read;
use crate::folding::{Advice, Folding, POISONED};

const KEPT_RUNS: usize = 1 << 16;
/// Longer runs are asked about each time: they hardly come again, and would take memory.
const KEPT_RUN_BYTES: usize = 256;

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
    pub folding: Folding,
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

//! The text fields of a segment: batches that were counted, merged term by term and encoded.

use std::cmp::Reverse;
use std::collections::binary_heap::{BinaryHeap, PeekMut};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::best_postings::{Choosing, Scale};
use crate::batch::{Counted, Unit, WordCode, FIRST_UNIT};
use crate::counting::CountedTexts;
use crate::counting_tables::CountingTables;
use crate::cutting::{Cutter, Word};
use crate::data::{Fault, Read};
use crate::encoding::{narrow, packed, Made, Postings, Terms};
use crate::folding::POISONED;
use crate::names::{Names, Quick};
use crate::tally::{Lists, Rows};

/// Keys from here on stand for terms that are not packed, by their place.
const FIRST_STRING: u64 = 1 << 63;
const SIGNALS_TERMS: usize = 1 << 16;

/// Takes the batches of a segment in their order, then gives the sections of its text fields.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct SegmentTexts {
    tables: Py<CountingTables>,
    fields: Vec<String>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    batches: Vec<TakenBatch>,
    strings: Names,
    units: Names,
    about_units: Vec<Unit>,
    units_of: Vec<usize>,
}

struct TakenBatch {
    counted: Counted,
    /// The numbers in the segment of the batch's strings and units.
    strings: Vec<u32>,
    units: Vec<u32>,
}

#[pymethods]
impl SegmentTexts {
    /// Take the tables, and the text fields in their order.
    #[new]
    fn new(tables: Py<CountingTables>, fields: Vec<String>) -> SegmentTexts {
        let taken = Taken::of(fields.len());
        SegmentTexts { tables, fields, taken: Mutex::new(taken) }
    }

    /// Take the next batch, which is used up.
    fn add(&self, batch: &CountedTexts) -> PyResult<()> {
        let counted = batch.batch.lock().map_err(|_| POISONED)?.take();
        let counted = counted.ok_or_else(|| PyValueError::new_err("a batch is taken once"))?;
        let mut taken = self.taken.lock().map_err(|_| POISONED)?;
        let taken = &mut *taken;
        let strings = counted.strings.iter().map(|text| taken.strings.number(text)).collect();
        let mut units = Vec::with_capacity(counted.units.len());
        for (text, about) in counted.units.iter().zip(&counted.about_units) {
            let number = taken.units.number(text);
            if number as usize == taken.about_units.len() {
                taken.about_units.push(Unit { fields: 0, ..*about });
            }
            let known = &mut taken.about_units[number as usize].fields;
            for (field, count) in taken.units_of.iter_mut().enumerate() {
                *count += usize::from((about.fields & !*known) >> field.min(63) & 1 > 0);
            }
            *known |= about.fields;
            units.push(number);
        }
        taken.batches.push(TakenBatch { counted, strings, units });
        Ok(())
    }

    /// Return how many different units, of letters and figures, the field has that has the most.
    fn units(&self) -> PyResult<usize> {
        Ok(self.taken.lock().map_err(|_| POISONED)?.units_of.iter().max().copied().unwrap_or(0))
    }

    /// Give each section, in the order of the file, to `write`: name, type of its numbers, bytes.
    ///
    /// What was taken is used up; other batches may follow. With more than one thread words and grams are done at once.
    /// Without scales the best postings are left out.
    fn write(
        &self,
        py: Python<'_>,
        write: &Bound<'_, PyAny>,
        words: &str,
        grams: &str,
        scales: Option<Vec<GivenScale>>,
        threads: usize,
    ) -> PyResult<()> {
        let anew = Taken::of(self.fields.len());
        let taken = std::mem::replace(&mut *self.taken.lock().map_err(|_| POISONED)?, anew);
        let cutter = self.tables.get().cutter.clone();
        let fields = &self.fields;
        let scales = scales.map(scales_of);
        let made = py.detach(|| -> Read<Vec<Made>> {
            let (mut made, of_grams) = at_once(
                threads,
                |is_stopped| taken.words(&cutter, words, fields, scales.as_ref(), is_stopped),
                |is_stopped| taken.grams(grams, fields, scales.as_ref(), is_stopped),
            )?;
            made.extend(of_grams);
            Ok(made)
        })?;
        drop(taken);
        for (name, kind, bytes) in made {
            write.call1((name, kind, PyBytes::new(py, &bytes)))?;
        }
        Ok(())
    }
}

/// A text field's weight, its mean length, and the length of each document in four bytes.
pub type GivenScale = (f64, f64, Vec<u8>);

pub fn scales_of(given: Vec<GivenScale>) -> Arc<[Scale]> {
    let length = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    let scale = |(weight, mean, lengths): GivenScale| {
        Scale { weight, mean, lengths: lengths.chunks_exact(4).map(length).collect() }
    };
    given.into_iter().map(scale).collect()
}

/// Do two things, both at once where there are several threads; the second may see to signals.
pub fn at_once<T: Send>(
    threads: usize,
    first: impl FnOnce(&AtomicBool) -> Read<T> + Send,
    second: impl FnOnce(&AtomicBool) -> Read<T>,
) -> Read<(T, T)> {
    let is_stopped = AtomicBool::new(false);
    let (first, second) = if threads > 1 {
        std::thread::scope(|scope| {
            let other = scope.spawn(|| first(&is_stopped));
            let second = second(&is_stopped);
            is_stopped.store(second.is_err(), Ordering::Relaxed);
            (other.join().unwrap_or(Err(POISONED)), second)
        })
    } else {
        (first(&is_stopped), second(&is_stopped))
    };
    // The signal, not what it stopped, is what is told.
    let second = second?;
    Ok((first?, second))
}

/// End with an error where a signal came, or another thread ended with one.
pub fn look_up(is_stopped: &AtomicBool) -> Read<()> {
    if is_stopped.load(Ordering::Relaxed) {
        return Err(Fault::Damaged("writing was stopped"));
    }
    Ok(Python::attach(|py| py.check_signals())?)
}

/// Some of a batch's terms in the order of their keys, and the place of each in its lists.
struct Stream<'a> {
    keys: &'a [u64],
    terms: Option<&'a [u32]>,
    lists: &'a Lists,
    codes: &'a [u32],
}

impl Taken {
    fn of(fields: usize) -> Taken {
        Taken { units_of: vec![0; fields], ..Taken::default() }
    }

    fn words(
        &self,
        cutter: &Cutter,
        prefix: &str,
        fields: &[String],
        scales: Option<&Arc<[Scale]>>,
        is_stopped: &AtomicBool,
    ) -> Read<Vec<Made>> {
        let mut of_node = vec![0u64; cutter.nodes()];
        let mut long: Vec<(Vec<u8>, WordCode)> = Vec::new();
        let mut of_string = vec![0u64; self.strings.len()];
        for code in self.batches.iter().flat_map(|batch| &batch.counted.words.terms) {
            if let WordCode::Of(Word::Node(node)) = code {
                let slot = &mut of_node[*node as usize];
                if *slot == 0 {
                    let text = cutter.text(*node);
                    *slot = packed(&text).unwrap_or(FIRST_STRING);
                    if *slot == FIRST_STRING {
                        long.push((text.into_bytes(), *code));
                    }
                }
            }
        }
        for (number, text) in self.strings.iter().enumerate() {
            match packed(&String::from_utf8_lossy(text)) {
                Some(key) => of_string[number] = key,
                None => long.push((text.to_vec(), WordCode::String(number as u32))),
            }
        }
        long.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        for (key, (_, code)) in (FIRST_STRING..).zip(&long) {
            match code {
                WordCode::Of(Word::Node(node)) => of_node[*node as usize] = key,
                WordCode::String(string) => of_string[*string as usize] = key,
                WordCode::Of(Word::Char(_)) => {}
            }
        }
        let key_of = |batch: &TakenBatch, code: &WordCode| match code {
            WordCode::Of(Word::Node(node)) => of_node[*node as usize],
            WordCode::Of(Word::Char(char)) => u64::from(*char) << 42,
            WordCode::String(string) => of_string[batch.strings[*string as usize] as usize],
        };
        let ordered: Vec<(Vec<u64>, Vec<u32>)> = self
            .batches
            .iter()
            .map(|batch| in_order(batch.counted.words.terms.iter().map(|code| key_of(batch, code)), 0))
            .collect();
        let (kinds, codes) = kinds(fields, self.batches.iter().map(|batch| &batch.counted.words.rows));
        let streams = self.batches.iter().zip(&ordered).zip(&codes).map(|((batch, (keys, terms)), codes)| Stream {
            keys,
            terms: Some(terms),
            lists: &batch.counted.words.lists,
            codes,
        });
        let strings: Vec<&[u8]> = long.iter().map(|(text, _)| text.as_slice()).collect();
        self.field(prefix, streams.collect(), &strings, kinds, scales, is_stopped)
    }

    fn grams(
        &self,
        prefix: &str,
        fields: &[String],
        scales: Option<&Arc<[Scale]>>,
        is_stopped: &AtomicBool,
    ) -> Read<Vec<Made>> {
        let code_of = |batch: &TakenBatch, code: u32| match code.checked_sub(FIRST_UNIT) {
            Some(unit) => FIRST_UNIT + batch.units[unit as usize],
            None => code,
        };
        let pair_of = |batch: &TakenBatch, (first, second): &(u32, u32)| {
            u64::from(code_of(batch, *first)) << 32 | u64::from(code_of(batch, *second))
        };
        let mut of_pair: HashMap<u64, u64, Quick> = HashMap::default();
        let mut long: Vec<(String, u64)> = Vec::new();
        for batch in &self.batches {
            for term in &batch.counted.grams.terms {
                let pair = pair_of(batch, term);
                of_pair.entry(pair).or_insert_with(|| {
                    let text = self.gram_text((pair >> 32) as u32, pair as u32);
                    packed(&text).unwrap_or_else(|| {
                        long.push((text, pair));
                        FIRST_STRING
                    })
                });
            }
        }
        long.sort_unstable();
        for (key, (_, pair)) in (FIRST_STRING..).zip(&long) {
            of_pair.insert(*pair, key);
        }
        let key_of = |batch: &TakenBatch, term: &(u32, u32)| of_pair.get(&pair_of(batch, term)).copied().unwrap_or(0);
        let ordered: Vec<(Vec<u64>, Vec<u32>)> = self
            .batches
            .iter()
            .map(|batch| {
                let first = batch.counted.han.len();
                in_order(batch.counted.grams.terms.iter().map(|term| key_of(batch, term)), first)
            })
            .collect();
        let (kinds, codes) = kinds(fields, self.batches.iter().map(|batch| &batch.counted.grams.rows));
        let mut streams = Vec::with_capacity(2 * self.batches.len());
        for ((batch, (keys, terms)), codes) in self.batches.iter().zip(&ordered).zip(&codes) {
            let lists = &batch.counted.grams.lists;
            streams.push(Stream { keys: &batch.counted.han, terms: None, lists, codes });
            streams.push(Stream { keys, terms: Some(terms), lists, codes });
        }
        let strings: Vec<&[u8]> = long.iter().map(|(text, _)| text.as_bytes()).collect();
        self.field(prefix, streams, &strings, kinds, scales, is_stopped)
    }

    /// Return a unit, or a pair as `grams.join_pair` writes it.
    fn gram_text(&self, first: u32, second: u32) -> String {
        let about = |code: u32| {
            let unit = code.checked_sub(FIRST_UNIT)? as usize;
            Some((String::from_utf8_lossy(self.units.get(unit)).into_owned(), self.about_units[unit]))
        };
        let text = |code: u32| {
            about(code).map_or_else(|| char::from_u32(code).map(String::from).unwrap_or_default(), |(text, _)| text)
        };
        if second == 0 {
            return text(first);
        }
        let is_alike = match (about(first), about(second)) {
            (Some((_, one)), Some((_, other))) => one.ends_with_digit == other.begins_with_digit,
            _ => false,
        };
        format!("{}{}{}", text(first), if is_alike { " " } else { "" }, text(second))
    }

    /// Merge the lists of a field's terms and encode them.
    fn field(
        &self,
        prefix: &str,
        streams: Vec<Stream<'_>>,
        strings: &[&[u8]],
        kinds: KindsOf,
        scales: Option<&Arc<[Scale]>>,
        is_stopped: &AtomicBool,
    ) -> Read<Vec<Made>> {
        let last_doc = streams.iter().flat_map(|stream| &stream.lists.docs).max();
        let Some(last_doc) = last_doc else { return Ok(Vec::new()) };
        let best = scales.map(|scales| Choosing::of(scales.clone(), kinds.rows));
        let mut postings = Postings::of(usize::from(*last_doc), best);
        let mut terms = Terms::default();
        // Key and stream in one number, which is compared at once.
        let entry = |key: u64, number: usize| Reverse(u128::from(key) << 32 | number as u128);
        let mut heap: BinaryHeap<Reverse<u128>> = BinaryHeap::new();
        for (number, stream) in streams.iter().enumerate().filter(|(_, stream)| !stream.keys.is_empty()) {
            heap.push(entry(stream.keys[0], number));
        }
        let mut places = vec![0usize; streams.len()];
        let (mut docs, mut codes): (Vec<u16>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut count = 0;
        let mut open: Option<u64> = None;
        while let Some(mut top) = heap.peek_mut() {
            let (key, number) = ((top.0 >> 32) as u64, top.0 as u32 as usize);
            let at = places[number];
            places[number] += 1;
            if let Some(before) = open.filter(|open| *open != key) {
                postings.add(&docs, &codes);
                docs.clear();
                codes.clear();
                if before < FIRST_STRING {
                    terms.push_packed(before);
                }
                count += 1;
                if count % SIGNALS_TERMS == 0 {
                    look_up(is_stopped)?;
                }
            }
            open = Some(key);
            let stream = &streams[number];
            let range = stream.lists.range(stream.terms.map_or(at, |terms| terms[at] as usize));
            docs.extend_from_slice(&stream.lists.docs[range.clone()]);
            codes.extend(range.map(|place| stream.codes[stream.lists.row(place) as usize]));
            match stream.keys.get(at + 1) {
                Some(next) => *top = entry(*next, number),
                None => {
                    PeekMut::pop(top);
                }
            }
        }
        postings.add(&docs, &codes);
        open.filter(|open| *open < FIRST_STRING).into_iter().for_each(|open| terms.push_packed(open));
        strings.iter().for_each(|string| terms.push_string(string));
        let mut made = Vec::new();
        terms.finish(prefix, &mut made);
        postings.finish(prefix, &kinds.columns, &mut made);
        made.extend(kinds.made.into_iter().map(|(name, kind, bytes)| (format!("{prefix}/{name}"), kind, bytes)));
        Ok(made)
    }
}

/// Return keys in their order, each with its place, counted from `first`.
fn in_order(keys: impl Iterator<Item = u64>, first: usize) -> (Vec<u64>, Vec<u32>) {
    let mut pairs: Vec<(u64, u32)> = keys.zip(first as u32..).collect();
    pairs.sort_unstable();
    pairs.into_iter().unzip()
}

/// The kinds of a field.
pub struct KindsOf {
    pub made: Vec<Made>,
    /// The fields that any posting has.
    pub columns: Vec<usize>,
    /// By code, the first for none: the fields that have the term, and how often.
    pub rows: Vec<Vec<(usize, u32)>>,
}

/// Return a field's kinds, and for each batch the code of each of its rows.
pub fn kinds<'a>(fields: &[String], tables: impl Iterator<Item = &'a Rows> + Clone) -> (KindsOf, Vec<Vec<u32>>) {
    let mut numbers: HashMap<&[u32], usize> = HashMap::new();
    let mut rows: Vec<(u64, &[u32])> = Vec::new();
    for table in tables.clone() {
        // A row that is the beginning of others may have no postings of its own.
        for (row, postings) in table.postings.iter().enumerate().filter(|(_, postings)| **postings > 0) {
            let number = *numbers.entry(table.row(row)).or_insert_with(|| {
                rows.push((0, table.row(row)));
                rows.len() - 1
            });
            rows[number].0 += postings;
        }
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|one, other| {
        let (one, other) = (&rows[*one], &rows[*other]);
        other.0.cmp(&one.0).then_with(|| one.1.iter().rev().cmp(other.1.iter().rev()))
    });
    let mut codes = vec![0u32; rows.len()];
    for (code, number) in (1..).zip(&order) {
        codes[*number] = code;
    }
    let columns: Vec<usize> = (0..fields.len()).filter(|field| rows.iter().any(|(_, row)| row[*field] > 0)).collect();
    let table: Vec<u32> =
        order.iter().flat_map(|number| columns.iter().map(|column| rows[*number].1[*column])).collect();
    let names: String = columns.iter().map(|column| format!("{}\n", fields[*column])).collect();
    let (kind, bytes) = narrow(&table);
    let made = vec![("kinds".to_owned(), kind, bytes), ("columns".to_owned(), "|u1", names.into_bytes())];
    let of_table = |table: &Rows| {
        (0..table.postings.len()).map(|row| numbers.get(table.row(row)).map_or(0, |number| codes[*number])).collect()
    };
    let held = |row: &[u32]| columns.iter().map(|column| (*column, row[*column])).filter(|(_, count)| *count > 0).collect();
    let of_code = std::iter::once(Vec::new()).chain(order.iter().map(|number| held(rows[*number].1))).collect();
    let each = tables.map(of_table).collect();
    (KindsOf { made, columns, rows: of_code }, each)
}

//! The text fields of several segments made one, list by list: `codec/merging.py` says of which, and writes them.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyBytes, PyDict};

use crate::best_postings::{Choosing, Scale};
use crate::building::{at_once, kinds, look_up, scales_of, GivenScale};
use crate::data::{Fault, Read};
use crate::detached;
use crate::encoding::{Made, Postings, Terms};
use crate::folding::POISONED;
use crate::lists::{decode, layout, MAX_UNIVERSE};
use crate::postings::List;
use crate::segment::{self, Directory};
use crate::tally::Rows;
use crate::terms::Walk;

/// Number of terms after which what is done of the sections is written.
const TERMS_AT_ONCE: usize = 1 << 12;

/// A map with its directory of sections, its documents, the new number of the first, and which are left out.
type GivenSource<'py> = (Bound<'py, PyAny>, Bound<'py, PyDict>, usize, usize, Vec<usize>);

struct Source {
    fields: [Option<segment::Field>; 2],
    size: usize,
    /// The new number of each document, as far as it is kept.
    numbers: Vec<Option<u16>>,
    /// Where none is left out: the new number of the first.
    shift: Option<u16>,
}

/// Merge the fields of words and of pairs, whose sections are verified, and give all bytes to `write`.
///
/// Args:
///     write: Takes the name of a section, the type of its numbers, and some of its bytes, in their order.
///     sources: In the order of their documents.
///     fields: The text fields, in their order.
///     names: Those of the fields of words and of pairs.
///     scales: What the best postings are chosen by.
///     threads: With more than one both fields are merged at once.
///     piece: A section of which so many bytes are done is written so far; a multiple of 8.
///
/// Returns:
///     The names of the sections in the order of the file, with the types of their numbers.
#[pyfunction]
pub fn merge_texts(
    py: Python<'_>,
    write: Py<PyAny>,
    sources: Vec<GivenSource<'_>>,
    fields: Vec<String>,
    names: [String; 2],
    scales: Vec<GivenScale>,
    threads: usize,
    piece: usize,
) -> PyResult<Vec<(String, &'static str)>> {
    let sources = sources.into_iter().map(|(map, sections, size, first, deleted)| {
        let directory = Directory::of(&map, sections)?;
        let found = [directory.field(&names[0])?, directory.field(&names[1])?];
        let mut numbers = vec![Some(0); size];
        for doc in &deleted {
            *numbers.get_mut(*doc).ok_or(Fault::Damaged("a deleted document is not there"))? = None;
        }
        let kept = size.saturating_sub(deleted.len());
        if first.saturating_add(kept) > MAX_UNIVERSE {
            return Err(Fault::Damaged("a segment has too many documents"));
        }
        let shift = deleted.is_empty().then_some(first as u16);
        for (number, next) in numbers.iter_mut().flatten().zip(first..) {
            *number = next as u16;
        }
        Ok(Source { fields: found, size, numbers, shift })
    });
    let sources = sources.collect::<Read<Vec<Source>>>()?;
    if piece == 0 || piece % 8 > 0 {
        return Err(PyValueError::new_err("a piece is so many times 8 bytes"));
    }
    let scales = scales_of(scales);
    let write = |made: Vec<Made>| {
        Python::attach(|py| -> Read<()> {
            for (name, kind, bytes) in &made {
                for some in bytes.chunks(piece) {
                    write.call1(py, (name, *kind, PyBytes::new(py, some)))?;
                }
            }
            Ok(())
        })
    };
    // One at a time: whoever takes the bytes need not be ready for two.
    let write = Mutex::new(write);
    let merge = |field: usize, is_stopped: &AtomicBool| {
        let read = sources.iter().filter_map(|source| Some((source, source.fields[field].as_ref()?)));
        let merging = Merging {
            prefix: &names[field],
            piece,
            readers: read.map(|(source, field)| Reader::of(source, field)).collect::<Read<_>>()?,
            write: &mut |made| write.lock().map_err(|_| POISONED)?(made),
        };
        merging.run(&fields, &scales, is_stopped)
    };
    let both = || at_once(threads, |stopped| merge(0, stopped), |stopped| merge(1, stopped));
    let (mut order, pairs) = detached(py, both)?;
    order.extend(pairs);
    Ok(order)
}

/// One field that becomes a part of another.
struct Merging<'a> {
    prefix: &'a str,
    piece: usize,
    readers: Vec<Reader<'a>>,
    write: &'a mut dyn FnMut(Vec<Made>) -> Read<()>,
}

impl Merging<'_> {
    fn run(
        mut self,
        fields: &[String],
        scales: &Arc<[Scale]>,
        is_stopped: &AtomicBool,
    ) -> Read<Vec<(String, &'static str)>> {
        let mut last_doc = None;
        for reader in self.readers.iter().rev() {
            last_doc = last_doc.or(reader.last_doc()?);
        }
        let Some(last_doc) = last_doc else { return Ok(Vec::new()) };
        let tables = self.readers.iter().map(|reader| reader.table(fields)).collect::<Read<Vec<Rows>>>()?;
        let (kinds, codes) = kinds(fields, tables.iter());
        for (reader, codes) in self.readers.iter_mut().zip(codes) {
            reader.codes = codes;
        }
        let best = Choosing::of(scales.clone(), kinds.rows);
        let mut field = Field {
            prefix: self.prefix,
            piece: self.piece,
            terms: Terms::default(),
            postings: Postings::of(usize::from(last_doc), Some(best)),
            made: Vec::new(),
        };
        let mut list = List::default();
        let mut count = 0;
        let mut end_term = |field: &mut Field<'_>| {
            count += 1;
            if count % TERMS_AT_ONCE > 0 {
                return Ok(());
            }
            look_up(is_stopped)?;
            (self.write)(field.take_full())
        };
        while let Some(term) = self.readers.iter().filter_map(|reader| reader.terms.packed()).min() {
            list.clear();
            for reader in self.readers.iter_mut().filter(|reader| reader.terms.packed() == Some(term)) {
                reader.take(&mut list)?;
            }
            if !list.docs.is_empty() {
                field.terms.push_packed(term);
                field.postings.add(&list.docs, &list.codes);
            }
            end_term(&mut field)?;
        }
        let mut term = Vec::new();
        while let Some(next) = self.readers.iter().filter_map(|reader| reader.terms.string()).min() {
            term.clear();
            term.extend_from_slice(next);
            list.clear();
            for reader in self.readers.iter_mut().filter(|reader| reader.terms.string() == Some(&term)) {
                reader.take(&mut list)?;
            }
            if !list.docs.is_empty() {
                field.terms.push_string(&term);
                field.postings.add(&list.docs, &list.codes);
            }
            end_term(&mut field)?;
        }
        let Field { prefix, terms, postings, mut made, .. } = field;
        terms.finish(prefix, &mut made);
        postings.finish(prefix, &kinds.columns, &mut made);
        made.extend(kinds.made.into_iter().map(|(name, kind, bytes)| (format!("{prefix}/{name}"), kind, bytes)));
        let order = made.iter().map(|(name, kind, _)| (name.clone(), *kind)).collect();
        (self.write)(made)?;
        Ok(order)
    }
}

/// A field that is written while it is merged.
struct Field<'a> {
    prefix: &'a str,
    piece: usize,
    terms: Terms,
    postings: Postings,
    made: Vec<Made>,
}

impl Field<'_> {
    /// Return what is done of the sections where it is much.
    fn take_full(&mut self) -> Vec<Made> {
        self.terms.take_full(self.prefix, self.piece, &mut self.made);
        self.postings.take_full(self.prefix, self.piece, &mut self.made);
        std::mem::take(&mut self.made)
    }
}

/// Reads one field of a source, term after term.
struct Reader<'a> {
    source: &'a Source,
    field: &'a segment::Field,
    terms: Walk<'a>,
    lists: Lists<'a>,
    codes: Vec<u32>,
}

impl<'a> Reader<'a> {
    fn of(source: &'a Source, field: &'a segment::Field) -> Read<Reader<'a>> {
        let (terms, lists) = (Walk::of(&field.terms)?, Lists::of(field, source.size));
        if field.terms.len() != field.postings.sizes.len() {
            return Err(Fault::Damaged("terms are not as many as their lists"));
        }
        Ok(Reader { source, field, terms, lists, codes: Vec::new() })
    }

    /// Take the documents of the next term that are kept, by their new numbers, and their new codes.
    fn take(&mut self, into: &mut List) -> Read<()> {
        let first = into.docs.len();
        self.lists.next(Some(&mut into.docs), &mut into.codes)?;
        if let Some(shift) = self.source.shift {
            into.docs[first..].iter_mut().for_each(|doc| *doc += shift);
        } else {
            self.source.keep(first, into);
        }
        for code in &mut into.codes[first..] {
            *code = self.codes.get(*code as usize).copied().filter(|code| *code > 0).ok_or(UNKNOWN_KIND)?;
        }
        self.terms.next()
    }

    /// Return the last document that is kept and has any term, by its new number.
    fn last_doc(&self) -> Read<Option<u16>> {
        let last_kept = self.source.numbers.iter().flatten().last().copied();
        let mut lists = Lists::of(self.field, self.source.size);
        let mut list = List::default();
        let mut last = None;
        while lists.term < self.field.postings.sizes.len() && last < last_kept {
            list.clear();
            lists.next(Some(&mut list.docs), &mut list.codes)?;
            last = last.max(list.docs.iter().rev().find_map(|doc| self.source.numbers[usize::from(*doc)]));
        }
        Ok(last)
    }

    /// Return the table of kinds, and how many postings that are kept have each.
    fn table(&self, fields: &[String]) -> Read<Rows> {
        let (names, kinds) = (&self.field.columns, &self.field.kinds);
        let places = names.iter().map(|name| fields.iter().position(|field| field == name));
        let places = places.collect::<Option<Vec<_>>>().ok_or(Fault::Damaged("a text field is not known"))?;
        let mut counts = vec![0; fields.len() * self.field.code_end];
        for code in 1..self.field.code_end {
            for (column, place) in places.iter().enumerate() {
                let count = u32::try_from(kinds.at((code - 1) * names.len() + column)?);
                counts[code * fields.len() + place] = count.map_err(|_| Fault::Damaged("a term is too frequent"))?;
            }
        }
        let mut postings = vec![0u64; self.field.code_end];
        let mut lists = Lists::of(self.field, self.source.size);
        let mut list = List::default();
        while lists.term < self.field.postings.sizes.len() {
            list.clear();
            if self.source.shift.is_some() {
                lists.next(None, &mut list.codes)?;
            } else {
                lists.next(Some(&mut list.docs), &mut list.codes)?;
                self.source.keep(0, &mut list);
            }
            for code in &list.codes {
                *postings.get_mut(*code as usize).ok_or(UNKNOWN_KIND)? += 1;
            }
        }
        Ok(Rows::of_table(fields.len(), counts, postings))
    }
}

const UNKNOWN_KIND: Fault = Fault::Damaged("a posting is of a kind that is not there");

impl Source {
    /// Renumber the documents of a list from a place on, and leave out those that are not kept.
    fn keep(&self, first: usize, list: &mut List) {
        let List { docs, codes } = list;
        let mut kept = first;
        for place in first..docs.len() {
            if let Some(number) = self.numbers[usize::from(docs[place])] {
                (docs[kept], codes[kept]) = (number, codes[place]);
                kept += 1;
            }
        }
        docs.truncate(kept);
        codes.truncate(kept);
    }
}

/// The lists of a field, one after another.
struct Lists<'a> {
    field: &'a segment::Field,
    limit: usize,
    /// The next term, and where what it has is, if its list is short; the next of the long ones.
    term: usize,
    byte: usize,
    bit: usize,
    half: usize,
    long: usize,
}

impl<'a> Lists<'a> {
    fn of(field: &'a segment::Field, limit: usize) -> Lists<'a> {
        Lists { field, limit, term: 0, byte: 0, bit: 0, half: 0, long: 0 }
    }

    /// Append the documents of the next term, where they are asked for, and the code of each.
    fn next(&mut self, docs: Option<&mut Vec<u16>>, codes: &mut Vec<u32>) -> Read<()> {
        let postings = &self.field.postings;
        let size = postings.short_size(self.term)?;
        self.term += 1;
        if size == 0 {
            let list = postings.nth_long(self.long, self.term - 1, self.limit)?;
            self.long += 1;
            if let Some(docs) = docs {
                decode(&postings.long_docs, list.byte, list.size, postings.universe, self.limit, docs)?;
            }
            return postings.long_codes(list.start, list.half, list.wide, list.size, codes);
        }
        if let Some(docs) = docs {
            decode(&postings.short_docs, self.byte, size, postings.universe, self.limit, docs)?;
        }
        self.byte += layout(size, postings.universe).0;
        let (start, end) = (self.bit, self.bit + size);
        let repeats = postings.short_repeats.part(start >> 3, end.div_ceil(8) - (start >> 3))?;
        for bit in start & 7..(start & 7) + size {
            codes.push(1);
            if repeats[bit >> 3] >> (bit & 7) & 1 > 0 {
                let half = postings.short_counts.byte(self.half >> 1)? >> ((self.half & 1) << 2) & 15;
                self.half += 1;
                codes.pop();
                codes.push(u32::from(half) + 2);
            }
        }
        self.bit = end;
        Ok(())
    }
}

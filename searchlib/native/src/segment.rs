//! One segment as the kernel reads it: its two fields of words and pairs, lengths, ids and articles.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use pyo3::types::{PyAny, PyDict};

use crate::articles::Articles;
use crate::best_postings::{BestPostings, UNSAID};
use crate::data::{Fault, Map, Numbers, Read, Section, U32s};
use crate::lists::MAX_UNIVERSE;
use crate::postings::{List, Postings};
use crate::terms::Terms;

/// Who asks for headlines more often than this has their order.
const MOST_ASKED: usize = 16;
/// So few of those that nobody has seem to be there.
const BITS_FOR_EACH: usize = 8;

pub struct Field {
    pub terms: Terms,
    pub postings: Postings,
    /// Segments of older formats have none.
    pub best: Option<BestPostings>,
    /// The text fields, in their order.
    pub columns: Vec<String>,
    /// How often each column has the term of a posting, by code; the first, which stands for none, is not there.
    pub kinds: Numbers,
    /// Codes of postings are below this.
    pub code_end: usize,
}

/// Documents in the order of the checksums of their headlines.
struct ByHeadline {
    docs: Vec<u16>,
    /// A bit for each beginning of so many bits that some checksum has: most that is asked for has none of these.
    begins: Vec<u64>,
    bits: u32,
}

impl ByHeadline {
    fn of(checks: &U32s<'_>, size: usize) -> ByHeadline {
        let count = checks.len().min(size).min(MAX_UNIVERSE);
        let check = |doc: usize| checks.at(doc).unwrap_or(u32::MAX);
        let mut keys: Vec<u64> = (0..count).map(|doc| u64::from(check(doc)) << 16 | doc as u64).collect();
        keys.sort_unstable();
        let bits = (BITS_FOR_EACH * count).max(64).next_power_of_two().ilog2();
        let mut begins = vec![0; 1 << (bits - 6)];
        for key in &keys {
            let begin = (key >> 16) as u32 >> (32 - bits);
            begins[begin as usize >> 6] |= 1u64 << (begin & 63);
        }
        ByHeadline { docs: keys.into_iter().map(|key| key as u16).collect(), begins, bits }
    }

    /// Return the documents with a checksum, ascending.
    fn with_check(&self, checks: &U32s<'_>, check: u32) -> Vec<u16> {
        let begin = check >> (32 - self.bits);
        if self.begins[begin as usize >> 6] >> (begin & 63) & 1 == 0 {
            return Vec::new();
        }
        let at = |doc: &u16| checks.at(usize::from(*doc)).unwrap_or(u32::MAX);
        let start = self.docs.partition_point(|doc| at(doc) < check);
        self.docs[start..].iter().take_while(|doc| at(doc) == check).copied().collect()
    }
}

/// The file of one segment, and which of its documents are deleted in one commit.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Segment {
    pub size: usize,
    pub live: Option<Vec<bool>>,
    pub words: Option<Field>,
    pub pairs: Option<Field>,
    pub lengths: HashMap<String, Numbers>,
    pub articles: Articles,
    /// Of each document the checksum of its headline, folded and bare; segments of older formats have none.
    headlines: Option<Section>,
    /// The documents in the order of these, for who asks often.
    by_headline: OnceLock<ByHeadline>,
    asked: AtomicUsize,
    id_numbers: Section,
    id_terms: Terms,
}

/// A file of sections.
pub struct Directory<'py> {
    map: Arc<Map>,
    sections: Bound<'py, PyDict>,
}

impl<'py> Directory<'py> {
    /// Take a map, and where each section is in it.
    pub fn of(map: &Bound<'_, PyAny>, sections: Bound<'py, PyDict>) -> Read<Directory<'py>> {
        Ok(Directory { map: Map::of(map)?, sections })
    }

    fn find(&self, name: &str) -> Read<Option<(Section, usize)>> {
        let Some(found) = self.sections.get_item(name)? else { return Ok(None) };
        let (offset, length, _, kind): (usize, usize, u32, String) = found.extract()?;
        let width = kind.get(2..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        Ok(Some((Section::of(&self.map, offset, length)?, width)))
    }

    /// Return a section of which each part is verified when it is read.
    fn in_parts(&self, name: &str) -> Read<Section> {
        Ok(self.find(name)?.ok_or(Fault::Damaged("a section is missing"))?.0)
    }

    /// Return a section that is verified.
    fn section(&self, name: &str) -> Read<Section> {
        self.in_parts(name)?.verified()
    }

    fn numbers(&self, name: &str) -> Read<Numbers> {
        self.section(name)?;
        self.numbers_in_parts(name)
    }

    fn numbers_in_parts(&self, name: &str) -> Read<Numbers> {
        let (section, width) = self.find(name)?.ok_or(Fault::Damaged("a section is missing"))?;
        Numbers::of(section, width)
    }

    fn terms(&self, name: &str) -> Read<Terms> {
        Terms::of(
            self.section(&format!("{name}/alphabet"))?,
            self.section(&format!("{name}/groups"))?,
            self.numbers_in_parts(&format!("{name}/rest"))?,
            self.in_parts(&format!("{name}/strings"))?,
            self.section(&format!("{name}/blocks_at"))?,
            &self.section(&format!("{name}/shape"))?,
        )
    }

    /// Return a field that has terms.
    pub fn field(&self, name: &str) -> Read<Option<Field>> {
        if self.find(&format!("{name}/sizes"))?.is_none() {
            return Ok(None);
        }
        let section = |part: &str| self.section(&format!("{name}/{part}"));
        let in_parts = |part: &str| self.in_parts(&format!("{name}/{part}"));
        let postings = Postings::of(
            [
                in_parts("sizes")?,
                section("blocks")?,
                in_parts("short_docs")?,
                in_parts("short_repeats")?,
                in_parts("short_counts")?,
                section("long_terms")?,
                section("long_starts")?,
                in_parts("long_docs")?,
                in_parts("long_counts")?,
                in_parts("long_halves")?,
                in_parts("long_bytes")?,
                section("huge_at")?,
                section("huge")?,
            ],
            &section("universe")?,
        )?;
        let said = String::from_utf8(section("columns")?.bytes().to_vec());
        let said = said.map_err(|_| Fault::Damaged("the names of fields cannot be read"))?;
        let columns: Vec<String> = said.lines().map(str::to_owned).collect();
        let rows = self.numbers(&format!("{name}/kinds"))?;
        if columns.is_empty() || rows.len() % columns.len() != 0 {
            return Err(Fault::Damaged("the table of frequencies has no such columns"));
        }
        let code_end = rows.len() / columns.len() + 1;
        let best = match self.find(&format!("{name}/best"))? {
            Some(_) => {
                let scale = self.numbers(&format!("{name}/best_scale"))?;
                Some(BestPostings::of(section("best_terms")?, in_parts("best")?, &scale)?)
            }
            None => None,
        };
        Ok(Some(Field { terms: self.terms(name)?, postings, best, columns, kinds: rows, code_end }))
    }
}

/// Return the places of a number among others, ascending.
fn with_check(bytes: &[u8], check: u32) -> Vec<u16> {
    let wanted = check.to_le_bytes();
    let mut docs = Vec::new();
    for (row, chunk) in bytes.chunks(64).enumerate() {
        // Sixteen at a time, so that nothing is decided for most.
        let each = || chunk.chunks_exact(4).map(|four| four == wanted);
        if each().fold(false, |any, is_it| any | is_it) {
            docs.extend(each().enumerate().filter(|(_, is_it)| *is_it).map(|(at, _)| (16 * row + at) as u16));
        }
    }
    docs
}

#[pymethods]
impl Segment {
    /// Take a map, its directory of sections, the number of documents, and the deleted ones.
    #[new]
    fn new(
        file: &Bound<'_, PyAny>,
        sections: Bound<'_, PyDict>,
        size: usize,
        deleted: Vec<usize>,
    ) -> PyResult<Segment> {
        Ok(Segment::open(file, sections, size, deleted)?)
    }
}

impl Segment {
    fn open(map: &Bound<'_, PyAny>, sections: Bound<'_, PyDict>, size: usize, deleted: Vec<usize>) -> Read<Segment> {
        let directory = Directory::of(map, sections)?;
        if let Some((checks, _)) = directory.find("page_checks")? {
            directory.map.verify_by(&checks)?;
        }
        let mut lengths = HashMap::new();
        for name in directory.sections.keys() {
            let name: String = name.extract()?;
            if let Some(field) = name.strip_prefix("lengths/") {
                lengths.insert(field.to_owned(), directory.numbers(&name)?);
            }
        }
        if lengths.values().any(|numbers| numbers.len() != size) {
            return Err(Fault::Damaged("lengths are not those of the documents"));
        }
        let live = (!deleted.is_empty()).then(|| {
            let mut live = vec![true; size];
            for doc in deleted {
                if let Some(one) = live.get_mut(doc) {
                    *one = false;
                }
            }
            live
        });
        Ok(Segment {
            size,
            live,
            words: directory.field("text")?,
            pairs: directory.field("text_grams")?,
            lengths,
            articles: Articles::of(
                [
                    directory.in_parts("articles/blocks")?,
                    directory.section("articles/offsets")?,
                    directory.section("articles/checks")?,
                    directory.section("articles/firsts")?,
                    directory.section("articles/starts")?,
                ],
                directory.find("articles/symbols")?.map(|(section, _)| section),
                || directory.section("articles/dictionary"),
            )?,
            headlines: directory.find("headlines")?.map(|(section, _)| section.verified()).transpose()?,
            by_headline: OnceLock::new(),
            asked: AtomicUsize::new(0),
            id_numbers: directory.section("ids")?,
            id_terms: directory.terms("id")?,
        })
    }

    pub fn field(&self, is_pair: bool) -> Option<&Field> {
        if is_pair { self.pairs.as_ref() } else { self.words.as_ref() }
    }

    /// Return the live documents whose headlines have a checksum, ascending.
    pub fn headed(&self, check: u32) -> Read<Vec<u16>> {
        let Some(section) = &self.headlines else { return Ok(Vec::new()) };
        let mut docs = match self.by_headline.get() {
            Some(order) => order.with_check(&section.u32s(), check),
            None => {
                // A process that asks once does without an order.
                if self.asked.fetch_add(1, Ordering::Relaxed) > MOST_ASKED {
                    let _ = self.by_headline.set(ByHeadline::of(&section.u32s(), self.size));
                }
                with_check(section.bytes(), check)
            }
        };
        let is_live = |doc: usize| self.live.as_ref().is_none_or(|live| live.get(doc) == Some(&true));
        docs.retain(|doc| usize::from(*doc) < self.size && is_live(usize::from(*doc)));
        Ok(docs)
    }

    /// Return the number of a document's id: short ids are numbered in their order, and so are the others.
    pub fn id_number(&self, doc: usize) -> Read<u32> {
        self.id_numbers.u32s().at(doc)
    }

    /// Return whether the id of a number is a short one.
    pub fn is_short(&self, id_number: u32) -> bool {
        self.id_terms.is_short(id_number as usize)
    }

    /// Return the UTF-8 of a document's id, which sorts as its code points do.
    pub fn id_of(&self, doc: usize) -> Read<Vec<u8>> {
        self.id_terms.term_of(self.id_number(doc)? as usize)
    }

    /// Call for those of ascending documents that hold a term, with the place of each and the code.
    pub fn probe(&self, is_pair: bool, number: usize, docs: &[u16], mut found: impl FnMut(usize, u32)) -> Read<()> {
        let Some(field) = self.field(is_pair) else { return Ok(()) };
        let mut is_known = true;
        field.postings.probe(number, self.size, docs, |at, code| {
            is_known &= (code as usize) < field.code_end;
            found(at, code);
        })?;
        if is_known { Ok(()) } else { Err(Fault::Damaged("a posting is of a kind that is not there")) }
    }

    /// Return the best postings of a term; none for a short list, and where the file does not say.
    pub fn best_of(&self, is_pair: bool, number: usize) -> Read<Vec<(u16, u8, u32)>> {
        let Some((field, best)) = self.field(is_pair).and_then(|field| Some((field, field.best.as_ref()?))) else {
            return Ok(Vec::new());
        };
        let best = best.of_term(number)?;
        if best.iter().any(|(.., code)| *code < UNSAID && *code as usize >= field.code_end) {
            return Err(Fault::Damaged("a posting is of a kind that is not there"));
        }
        Ok(best)
    }

    pub fn is_live(&self, doc: u16) -> bool {
        let doc = usize::from(doc);
        doc < self.size && self.live.as_ref().is_none_or(|live| live.get(doc) == Some(&true))
    }

    /// Call for those of ascending documents that hold a term, with the place of each and its rank in the list.
    pub fn ranks(&self, is_pair: bool, number: usize, docs: &[u16], mut found: impl FnMut(usize, usize)) -> Read<()> {
        let Some(field) = self.field(is_pair) else { return Ok(()) };
        field.postings.ranks(number, self.size, docs, |at, rank| {
            found(at, rank);
            Ok(())
        })
    }

    /// Put the codes of some documents of a term in the place of their ranks in its list, which ascend.
    pub fn codes_of(&self, is_pair: bool, number: usize, ranks: &mut [u32]) -> Read<()> {
        let Some(field) = self.field(is_pair) else { return Ok(()) };
        field.postings.codes_of(number, self.size, ranks)?;
        let kinds = u32::try_from(field.code_end).unwrap_or(u32::MAX);
        if ranks.iter().fold(true, |all, code| all & (*code < kinds)) {
            return Ok(());
        }
        Err(Fault::Damaged("a posting is of a kind that is not there"))
    }

    /// Read the live documents of a term and, when asked for, the code of each.
    pub fn read(&self, is_pair: bool, number: usize, with_codes: bool, into: &mut List) -> Read<()> {
        let Some(field) = self.field(is_pair) else {
            into.clear();
            return Ok(());
        };
        field.postings.read(number, self.size, with_codes, into)?;
        let kinds = u32::try_from(field.code_end).unwrap_or(u32::MAX);
        if with_codes && into.codes.iter().fold(false, |any, code| any | (*code >= kinds)) {
            return Err(Fault::Damaged("a posting is of a kind that is not there"));
        }
        if let Some(live) = &self.live {
            let mut kept = 0;
            for place in 0..into.docs.len() {
                if live[usize::from(into.docs[place])] {
                    into.docs[kept] = into.docs[place];
                    if with_codes {
                        into.codes[kept] = into.codes[place];
                    }
                    kept += 1;
                }
            }
            into.docs.truncate(kept);
            into.codes.truncate(if with_codes { kept } else { 0 });
        }
        Ok(())
    }
}

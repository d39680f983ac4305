//! One commit: its segments with what documents' lengths make of a frequency.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::articles::{texts_of, Texts};
use crate::bm25f::{discount, K1};
use crate::data::{Fault, Numbers, Read};
use crate::names::Quick;
use crate::segment::{Field, Segment};
use crate::tables::Tables;

/// Lengths below this have their discount in a table.
const TABLED: usize = 4096;
/// Lengths below this have what a term brings in a table, where its frequency is one of the most usual.
const SATURATED: usize = 2048;
const USUAL: usize = 16;
/// As many bytes of texts stay open: some four hundred articles of news.
const MOST_OPEN: usize = 2 << 20;

/// What the frequencies of one field in one segment are multiplied by.
pub struct Discount {
    lengths: Option<Numbers>,
    table: Arc<[f64]>,
    mean: f64,
}

impl Discount {

    /// Return what looks the discounts of documents up.
    pub fn lookup(&self) -> Lookup<'_> {
        let (bytes, width) = self.lengths.as_ref().map_or((&[][..], 0), Numbers::raw);
        Lookup { bytes, width, discount: self }
    }
}

/// The lengths of one field, at hand for many documents.
#[derive(Clone, Copy)]
pub struct Lookup<'a> {
    bytes: &'a [u8],
    width: usize,
    discount: &'a Discount,
}

impl Lookup<'_> {
    /// Return the length of a document; the lengths are those of all documents.
    #[inline(always)]
    pub fn length(&self, doc: usize) -> usize {
        match self.width {
            1 => self.bytes.get(doc).map_or(0, |one| usize::from(*one)),
            2 => match self.bytes.get(2 * doc..).and_then(|rest| rest.first_chunk()) {
                Some(two) => usize::from(u16::from_le_bytes(*two)),
                None => 0,
            },
            0 => 0,
            _ => self.discount.lengths.as_ref().and_then(|lengths| lengths.at(doc).ok()).unwrap_or(0) as usize,
        }
    }

    /// Return what is multiplied by for the length of a document.
    #[inline(always)]
    pub fn at(&self, doc: usize) -> f64 {
        let length = self.length(doc);
        match self.discount.table.get(length) {
            Some(discount) => *discount,
            None => discount(length as f64, self.discount.mean),
        }
    }
}

/// Return the mean length of a field over the live documents that have it; 1 where none has.
fn mean_length(segments: &[Py<Segment>], field: &str) -> Read<f64> {
    let (mut sum, mut having) = (0u64, 0u64);
    for segment in segments {
        let segment = segment.get();
        let Some(lengths) = segment.lengths.get(field) else { continue };
        for doc in 0..segment.size {
            let length = lengths.at(doc)?;
            if length > 0 && segment.live.as_ref().is_none_or(|live| live[doc]) {
                (sum, having) = (sum.saturating_add(length), having + 1);
            }
        }
    }
    Ok(if having == 0 { 1.0 } else { sum as f64 / having as f64 })
}

/// A segment in a commit.
pub struct Place {
    pub segment: Py<Segment>,
    /// Its first document.
    pub first: usize,
    /// Of each of the snapshot's fields.
    pub discounts: Vec<Discount>,
    /// For words and for pairs: what each code stands for.
    pub kinds: [Kinds; 2],
    /// For words and for pairs: of each field how much more a weighted frequency may come to than its file has it, by
    /// the weight that is asked for; none where the file does not say.
    pub stretches: [Vec<(usize, f64)>; 2],
}

impl Place {
    /// Return how much more the weighted frequency of a posting may come to than its file has it; None for any much.
    pub fn stretch(&self, is_pair: bool, boosts: &[f64]) -> Option<f64> {
        let each = self.stretches[usize::from(is_pair)].iter();
        let most = each.map(|(field, stretch)| stretch * boosts.get(*field).copied().unwrap_or(f64::NAN));
        most.reduce(|one, other| if one > other { one } else { other }).filter(|most| most.is_finite() && *most >= 0.0)
    }
}

/// Return for each column of a field its number among all, and how much its frequencies count more than in the file.
fn stretches(field: Option<&Field>, numbers: &HashMap<&str, usize>, means: &[f64]) -> Vec<(usize, f64)> {
    let Some((field, best)) = field.and_then(|field| Some((field, field.best.as_ref()?))) else { return Vec::new() };
    if best.scale.len() != field.columns.len() {
        return Vec::new();
    }
    let each = field.columns.iter().zip(&best.scale).filter_map(|(name, (weight, mean))| {
        let number = *numbers.get(name.as_str())?;
        Some((number, (means.get(number)? / mean).max(1.0) / weight))
    });
    each.collect()
}

/// What the codes of one field's postings stand for, in the numbers of the snapshot's fields.
#[derive(Default)]
pub struct Kinds {
    ends: Vec<u32>,
    counts: Vec<(u32, f64)>,
    /// Of the most usual codes, those that stand for one field: what they bring, with the default weights.
    usual: Vec<Option<Usual>>,
}

/// What a term brings that one field has so and so often, by the length of that field.
pub struct Usual {
    pub field: usize,
    pub saturated: Arc<[f64]>,
}

/// What one code of a field brings, at hand for many documents; of some codes nothing is known.
#[derive(Clone, Copy, Default)]
pub struct UsualOf<'a> {
    /// The lengths of the field, each of one byte or of two.
    lengths: &'a [u8],
    is_wide: bool,
    by_length: &'a [f64],
}

impl UsualOf<'_> {
    /// Return what a posting brings.
    #[inline(always)]
    pub fn saturated(&self, doc: usize) -> Option<f64> {
        let length = if self.is_wide {
            usize::from(u16::from_le_bytes(*self.lengths.get(2 * doc..)?.first_chunk()?))
        } else {
            usize::from(*self.lengths.get(doc)?)
        };
        self.by_length.get(length).copied()
    }
}

impl Kinds {
    fn of(field: Option<&Field>, numbers: &HashMap<&str, usize>) -> PyResult<Kinds> {
        let Some(field) = field else { return Ok(Kinds::default()) };
        let mut columns = Vec::new();
        for name in &field.columns {
            let number = numbers.get(name.as_str());
            columns.push(*number.ok_or_else(|| PyValueError::new_err("a text field is not known"))? as u32);
        }
        let mut kinds = Kinds { ends: vec![0], ..Kinds::default() };
        for row in 0..field.code_end - 1 {
            for (at, column) in columns.iter().enumerate() {
                let count = field.kinds.at(row * columns.len() + at)?;
                if count > 0 {
                    kinds.counts.push((*column, count as f64));
                }
            }
            kinds.ends.push(kinds.counts.len() as u32);
        }
        kinds.counts.shrink_to_fit();
        Ok(kinds)
    }

    /// Return what the usual codes bring, but for those that must be counted.
    pub fn usual<'a>(&'a self, fields: &[(Lookup<'a>, f64)]) -> Vec<UsualOf<'a>> {
        let of = |usual: &'a Usual| {
            let lengths = fields.get(usual.field)?.0;
            let is_known = lengths.width == 1 || lengths.width == 2;
            is_known.then_some(UsualOf { lengths: lengths.bytes, is_wide: lengths.width == 2, by_length: &usual.saturated })
        };
        self.usual.iter().map(|one| one.as_ref().and_then(of).unwrap_or_default()).collect()
    }

    /// Return the fields that hold a posting's term, and how often each does.
    #[inline]
    pub fn counts(&self, code: u32) -> &[(u32, f64)] {
        let end = self.ends.get(code as usize).copied().unwrap_or(0) as usize;
        let start = (code as usize).checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.counts.get(start as usize..end).unwrap_or(&[])
    }
}

#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Snapshot {
    pub places: Vec<Place>,
    pub fields: Vec<String>,
    pub live: usize,
    pub tables: Py<Tables>,
    pub names: Vec<Vec<u32>>,
    /// The default weight of each field.
    pub boosts: Vec<f64>,
    open: Mutex<Open>,
}

/// The texts that were read last.
#[derive(Default)]
struct Open {
    texts: HashMap<usize, Arc<Texts>, Quick>,
    order: VecDeque<usize>,
    size: usize,
}

impl Open {
    fn keep(&mut self, doc: usize, texts: &Arc<Texts>) {
        let size = texts.size();
        if size > MOST_OPEN / 16 || self.texts.insert(doc, texts.clone()).is_some() {
            return;
        }
        self.order.push_back(doc);
        self.size += size;
        while self.size > MOST_OPEN {
            let Some(oldest) = self.order.pop_front() else { break };
            self.size -= self.texts.remove(&oldest).map_or(0, |texts| texts.size());
        }
    }
}

#[pymethods]
impl Snapshot {
    /// Take segments, the number of live documents, and each text field with its weight.
    #[new]
    fn new(
        segments: Vec<Py<Segment>>,
        live: usize,
        fields: Vec<(String, f64)>,
        tables: Py<Tables>,
    ) -> PyResult<Snapshot> {
        let numbers: HashMap<&str, usize> =
            fields.iter().enumerate().map(|(number, (name, _))| (name.as_str(), number)).collect();
        let means = fields.iter().map(|(name, _)| mean_length(&segments, name)).collect::<Read<Vec<f64>>>()?;
        let by_length: Vec<Arc<[f64]>> =
            means.iter().map(|mean| (0..TABLED).map(|length| discount(length as f64, *mean)).collect()).collect();
        let mut known: HashMap<(u32, u64), Arc<[f64]>> = HashMap::new();
        let mut saturated = |field: u32, count: f64| {
            let found = known.entry((field, count.to_bits())).or_insert_with(|| {
                let (discounts, boost) = (&by_length[field as usize], fields[field as usize].1);
                let weighted = discounts[..SATURATED].iter().map(|discount| discount * count * boost);
                weighted.map(|weighted| weighted / (K1 + weighted)).collect()
            });
            found.clone()
        };
        let mut places = Vec::new();
        let mut first = 0;
        for segment in segments {
            let held = segment.get();
            let mut kinds = [Kinds::of(held.words.as_ref(), &numbers)?, Kinds::of(held.pairs.as_ref(), &numbers)?];
            for one in &mut kinds {
                let codes = 0..one.ends.len().min(USUAL) as u32;
                one.usual = codes
                    .map(|code| match one.counts(code) {
                        [(field, count)] => {
                            Some(Usual { field: *field as usize, saturated: saturated(*field, *count) })
                        }
                        _ => None,
                    })
                    .collect();
            }
            let discounts = fields
                .iter()
                .zip(means.iter().zip(&by_length))
                .map(|((name, _), (mean, table))| Discount {
                    lengths: held.lengths.get(name).cloned(),
                    table: table.clone(),
                    mean: *mean,
                })
                .collect();
            let size = held.size;
            let stretches = [&held.words, &held.pairs].map(|field| stretches(field.as_ref(), &numbers, &means));
            places.push(Place { segment, first, discounts, kinds, stretches });
            first += size;
        }
        let names = fields.iter().map(|(name, _)| name.chars().map(u32::from).collect()).collect();
        let boosts = fields.iter().map(|(_, boost)| *boost).collect();
        Ok(Snapshot {
            places,
            fields: fields.into_iter().map(|(name, _)| name).collect(),
            live,
            tables,
            names,
            boosts,
            open: Mutex::default(),
        })
    }

    /// Return the id of a document, None where it is no text.
    #[pyo3(name = "id_of")]
    fn text_of_id(&self, doc: usize) -> PyResult<Option<String>> {
        Ok(String::from_utf8(self.id_of(doc)?).ok())
    }
}

impl Snapshot {
    /// Return the segment of a document, and its number there.
    pub fn place_of(&self, doc: usize) -> Option<(&Place, usize)> {
        let after = self.places.partition_point(|place| place.first <= doc);
        let place = self.places.get(after.checked_sub(1)?)?;
        Some((place, doc - place.first))
    }

    /// Return the texts of a document; the last few stay open, as who searches looks at what was found.
    pub fn texts_of(&self, doc: usize) -> Read<Arc<Texts>> {
        // Nobody waits for another thread, nor for one that a fork left behind: who finds it locked reads again.
        if let Some(found) = self.open.try_lock().ok().and_then(|open| open.texts.get(&doc).cloned()) {
            return Ok(found);
        }
        let (place, inside) = self.place_of(doc).ok_or(Fault::Damaged("a document is in no segment"))?;
        let json = place.segment.get().articles.json(inside, self.tables.get())?;
        let texts = Arc::new(texts_of(json, &self.names)?);
        if let Ok(mut open) = self.open.try_lock() {
            open.keep(doc, &texts);
        }
        Ok(texts)
    }

    pub fn id_of(&self, doc: usize) -> Read<Vec<u8>> {
        match self.place_of(doc) {
            Some((place, inside)) => place.segment.get().id_of(inside),
            None => Ok(Vec::new()),
        }
    }
}

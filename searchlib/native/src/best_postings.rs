//! The postings of a long list that bring most, chosen and read: `codec/best_postings.py` says what they are for.

use std::sync::Arc;

use crate::bm25f::{discount, K1};
use crate::data::{Fault, Numbers, Read, Section};

/// Lists of so many documents have their best postings apart.
pub const LEAST: usize = 256;
/// Postings of a list that are apart.
const COUNT: usize = 16;
const BYTES: usize = 5 * COUNT;
/// Of a code that is not less the list tells.
pub const UNSAID: u32 = 65535;
const TOP: f64 = 255.0;
/// Codes and lengths below these have their bound in a table.
const TABLED_CODES: usize = 32;
const TABLED: usize = 2048;

/// A text field of a segment: its weight, its mean length and the length of each document.
pub struct Scale {
    pub weight: f64,
    pub mean: f64,
    pub lengths: Vec<u32>,
}

impl Scale {
    fn share(&self, length: u32, count: u32) -> f64 {
        discount(f64::from(length), self.mean) * f64::from(count) * self.weight
    }

    fn length(&self, doc: u16) -> u32 {
        self.lengths.get(usize::from(doc)).copied().unwrap_or(0)
    }
}

/// Chooses the best postings of a field, list by list.
pub struct Choosing {
    scales: Arc<[Scale]>,
    /// Of each code, from 1 on, the fields that it stands for, and how often each has the term.
    rows: Vec<Vec<(usize, u32)>>,
    /// Of the first codes that stand for one field the bound by the length of that.
    tables: Vec<Option<(usize, Vec<u8>)>>,
    bounds: Vec<u8>,
    terms: Vec<u32>,
    chosen: Vec<u8>,
}

fn rounded_up(total: f64) -> u8 {
    (total / (K1 + total) * TOP).ceil() as u8
}

impl Choosing {
    pub fn of(scales: Arc<[Scale]>, rows: Vec<Vec<(usize, u32)>>) -> Choosing {
        let table = |row: &Vec<(usize, u32)>| match row.as_slice() {
            [(field, count)] => scales.get(*field).map(|scale| {
                (*field, (0..TABLED as u32).map(|length| rounded_up(0.0 + scale.share(length, *count))).collect())
            }),
            _ => None,
        };
        let tables = rows.iter().take(TABLED_CODES).map(table).collect();
        Choosing { tables, scales, rows, bounds: Vec::new(), terms: Vec::new(), chosen: Vec::new() }
    }

    fn bound(&self, doc: u16, code: u32) -> u8 {
        let code = code as usize;
        if let Some(Some((field, table))) = self.tables.get(code) {
            if let Some(bound) = table.get(self.scales[*field].length(doc) as usize) {
                return *bound;
            }
        }
        let row = self.rows.get(code).map_or(&[][..], Vec::as_slice);
        let shares = row.iter().filter_map(|(field, count)| {
            let scale = self.scales.get(*field)?;
            Some(scale.share(scale.length(doc), *count))
        });
        rounded_up(shares.fold(0.0, |sum, share| sum + share))
    }

    /// Choose of a long list, by bound and then by document.
    pub fn add(&mut self, term: u32, docs: &[u16], codes: &[u32]) {
        if docs.len() < LEAST {
            return;
        }
        let mut bounds = std::mem::take(&mut self.bounds);
        bounds.clear();
        bounds.extend(docs.iter().zip(codes).map(|(doc, code)| self.bound(*doc, *code)));
        let mut counts = [0u32; 256];
        bounds.iter().for_each(|bound| counts[usize::from(*bound)] += 1);
        let mut above = 0;
        let mut least = 255;
        while above + (counts[least] as usize) < COUNT && least > 0 {
            above += counts[least] as usize;
            least -= 1;
        }
        let mut equal = COUNT - above;
        let mut best: Vec<(u8, u16, u32)> = Vec::with_capacity(COUNT);
        let each = docs.iter().zip(codes).zip(&bounds).filter(|(_, bound)| usize::from(**bound) >= least);
        for ((doc, code), bound) in each {
            if usize::from(*bound) > least || equal > 0 {
                equal -= usize::from(usize::from(*bound) == least);
                best.push((255 - bound, *doc, *code));
            }
        }
        best.sort_unstable();
        self.terms.push(term);
        for (under, doc, code) in best {
            self.chosen.extend(doc.to_le_bytes());
            self.chosen.push(255 - under);
            self.chosen.extend((code.min(UNSAID) as u16).to_le_bytes());
        }
        self.bounds = bounds;
    }

    /// Return the sections: terms, postings, and the scale of each field among the columns.
    pub fn finish(self, columns: &[usize]) -> [(&'static str, &'static str, Vec<u8>); 3] {
        let scale = columns.iter().filter_map(|field| self.scales.get(*field));
        let scale = scale.flat_map(|scale| [scale.weight, scale.mean]).flat_map(f64::to_le_bytes).collect();
        let terms = self.terms.iter().copied().flat_map(u32::to_le_bytes).collect();
        [("best_terms", "<u4", terms), ("best", "|u1", self.chosen), ("best_scale", "<f8", scale)]
    }
}

/// The best postings of a field's long lists, as its file has them.
pub struct BestPostings {
    terms: Section,
    rows: Section,
    /// The weight and the mean length of each column that the bounds were computed with.
    pub scale: Vec<(f64, f64)>,
}

impl BestPostings {
    pub fn of(terms: Section, rows: Section, scale: &Numbers) -> Read<BestPostings> {
        let numbers = (0..scale.len()).map(|at| Ok(f64::from_bits(scale.at(at)?))).collect::<Read<Vec<f64>>>()?;
        let scale = numbers.chunks_exact(2).map(|two| (two[0], two[1])).collect();
        if terms.u32s().len().checked_mul(BYTES) != Some(rows.len()) {
            return Err(Fault::Damaged("best postings are not as many as their lists"));
        }
        Ok(BestPostings { terms, rows, scale })
    }

    /// Return documents, the best first, each with what its posting brings at most, and its code; none for a short list.
    pub fn of_term(&self, term: usize) -> Read<Vec<(u16, u8, u32)>> {
        let terms = self.terms.u32s();
        let place = terms.bisect_left(term as u32, 0, terms.len())?;
        if place >= terms.len() || terms.at(place)? as usize != term {
            return Ok(Vec::new());
        }
        let row = self.rows.part(place * BYTES, BYTES)?;
        let two = |low: u8, high: u8| u16::from_le_bytes([low, high]);
        Ok(row.chunks_exact(5).map(|five| (two(five[0], five[1]), five[2], two(five[3], five[4]).into())).collect())
    }
}

//! How often each term occurs in each field of some documents, counted one document after another.

use std::collections::HashMap;

/// A posting's row is one byte, this where it needs more.
pub const MORE: u8 = 255;
const SMALL: usize = 32;
const RANGE_BITS: u32 = 12;

/// Rows of counts, one count for each field; row 0 has none.
pub struct Rows {
    fields: usize,
    counts: Vec<u32>,
    small: Vec<u32>,
    others: HashMap<(u32, u32, u32), u32>,
    pub postings: Vec<u64>,
}

impl Rows {
    pub fn of(fields: usize) -> Rows {
        let (counts, small) = (vec![0; fields], vec![0; fields * SMALL]);
        Rows { fields, counts, small, others: HashMap::new(), postings: vec![0] }
    }

    /// Take a table, row by row, and how many postings have each of its rows.
    pub fn of_table(fields: usize, counts: Vec<u32>, postings: Vec<u64>) -> Rows {
        Rows { fields, counts, small: Vec::new(), others: HashMap::new(), postings }
    }

    pub fn row(&self, row: usize) -> &[u32] {
        &self.counts[row * self.fields..(row + 1) * self.fields]
    }

    /// Return the row that has a count more than another; fields come in their order, so it has one origin.
    fn with(&mut self, row: u32, field: usize, count: u32) -> u32 {
        let small = field * SMALL + count as usize;
        let is_small = row == 0 && (count as usize) < SMALL;
        if is_small && self.small[small] > 0 {
            return self.small[small];
        }
        let next = self.postings.len() as u32;
        let key = (row, field as u32, count);
        let made = if is_small { next } else { *self.others.entry(key).or_insert(next) };
        if made == next {
            let start = row as usize * self.fields;
            self.counts.extend_from_within(start..start + self.fields);
            let last = self.counts.len() - self.fields + field;
            self.counts[last] = count;
            self.postings.push(0);
        }
        if is_small {
            self.small[small] = made;
        }
        made
    }
}

/// Counts terms, which are numbered as they come; a term's postings are those of ascending documents.
pub struct Tally {
    pub rows: Rows,
    /// For each term: how often it occurs in this field of this document, and its row of the fields before.
    open: Vec<(u32, u32)>,
    in_field: Vec<u32>,
    in_doc: Vec<u32>,
    sizes: Vec<u32>,
    postings: Vec<(u32, u32)>,
    docs: Vec<(u16, usize)>,
}

/// The postings of a batch, term by term.
pub struct Lists {
    /// Where the postings of each term end, in the order that was asked for.
    pub ends: Vec<u32>,
    pub docs: Vec<u16>,
    rows: Vec<u8>,
    more: Vec<(u32, u32)>,
}

impl Lists {
    /// Return where the postings of a term stand.
    pub fn range(&self, term: usize) -> std::ops::Range<usize> {
        let start = if term > 0 { self.ends[term - 1] as usize } else { 0 };
        start..self.ends[term] as usize
    }

    pub fn row(&self, place: usize) -> u32 {
        match self.rows[place] {
            MORE => {
                let found = self.more.binary_search_by_key(&(place as u32), |(at, _)| *at);
                found.map_or(0, |found| self.more[found].1)
            }
            row => u32::from(row),
        }
    }
}

impl Tally {
    /// Begin to count about so many terms.
    pub fn of(fields: usize, terms: usize) -> Tally {
        Tally {
            rows: Rows::of(fields),
            open: Vec::with_capacity(terms),
            in_field: Vec::new(),
            in_doc: Vec::new(),
            sizes: Vec::with_capacity(terms),
            postings: Vec::new(),
            docs: Vec::new(),
        }
    }

    /// Return the number of a term that has not been met.
    pub fn new_term(&mut self) -> u32 {
        self.open.push((0, 0));
        self.sizes.push(0);
        (self.open.len() - 1) as u32
    }

    #[inline]
    pub fn count(&mut self, term: u32) {
        let (count, row) = &mut self.open[term as usize];
        if *count == 0 {
            self.in_field.push(term);
            if *row == 0 {
                self.in_doc.push(term);
            }
        }
        *count += 1;
    }

    pub fn end_field(&mut self, field: usize) {
        for term in self.in_field.drain(..) {
            let (count, row) = &mut self.open[term as usize];
            *row = self.rows.with(*row, field, *count);
            *count = 0;
        }
    }

    pub fn end_doc(&mut self, doc: u16) {
        for term in self.in_doc.drain(..) {
            let row = std::mem::take(&mut self.open[term as usize].1);
            self.sizes[term as usize] += 1;
            self.rows.postings[row as usize] += 1;
            self.postings.push((term, row));
        }
        self.docs.push((doc, self.postings.len()));
    }

    /// Return the postings term by term; `order` has each term once.
    pub fn lists(self, order: &[u32]) -> (Rows, Lists) {
        let mut ends = Vec::with_capacity(order.len());
        let mut places = vec![0u32; order.len()];
        let mut end = 0;
        for term in order {
            places[*term as usize] = end;
            end += self.sizes[*term as usize];
            ends.push(end);
        }
        let (mut docs, mut rows) = (vec![0u16; end as usize], vec![0u8; end as usize]);
        let mut more = Vec::new();
        let mut done = 0;
        for (doc, until) in &self.docs {
            for (term, row) in &self.postings[done..*until] {
                let place = &mut places[*term as usize];
                docs[*place as usize] = *doc;
                rows[*place as usize] = u8::try_from(*row).unwrap_or(MORE);
                if *row >= u32::from(MORE) {
                    more.push((*place, *row));
                }
                *place += 1;
            }
            done = *until;
        }
        more.sort_unstable();
        (self.rows, Lists { ends, docs, rows, more })
    }
}

/// Sort numbers, which are below a power of two.
pub fn sorted(mut numbers: Vec<u64>, first_bit: u32, bits: u32) -> Vec<u64> {
    let mut other = vec![0u64; numbers.len()];
    for shift in (first_bit..first_bit + bits).step_by(RANGE_BITS as usize) {
        let digit = |number: u64| (number >> shift) as usize & ((1 << RANGE_BITS) - 1);
        let mut places = [0u32; 1 << RANGE_BITS];
        for number in &numbers {
            places[digit(*number)] += 1;
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for number in &numbers {
            let place = &mut places[digit(*number)];
            other[*place as usize] = *number;
            *place += 1;
        }
        std::mem::swap(&mut numbers, &mut other);
    }
    numbers
}

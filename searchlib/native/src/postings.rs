//! The postings of one field: a term's documents and the code of each. `codec/postings.py` has the layout.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::OnceLock;

use crate::data::{Fault, Read, Section, LINE};
use crate::lists::{decode, layout, MAX_UNIVERSE};

pub const BLOCK: usize = 64;
pub const LONG: usize = 128;
pub const FEW: u32 = 3;
pub const HALF: u32 = 15;
/// A query asks for each of its lists several times.
const RECENT: usize = 128;
pub const BYTES_FROM: u32 = FEW + 1 + HALF;

/// Bytes that are fetched of a list that is soon read.
const FETCHED_DOCS: usize = 16 * LINE;
const FETCHED_CODES: usize = 4 * LINE;

const LONG_IS_MISSING: Fault = Fault::Damaged("a long list is missing");

/// The four quarters of each byte.
const QUARTERS: [[u32; 4]; 256] = {
    let mut quarters = [[0; 4]; 256];
    let mut place = 0;
    while place < 4 * 256 {
        quarters[place / 4][place % 4] = (place as u32 / 4) >> (2 * (place % 4)) & 3;
        place += 1;
    }
    quarters
};

pub struct Postings {
    pub sizes: Section,
    pub blocks: Section,
    pub short_docs: Section,
    pub short_repeats: Section,
    pub short_counts: Section,
    pub long_terms: Section,
    pub long_starts: Section,
    pub long_docs: Section,
    pub long_counts: Section,
    pub long_halves: Section,
    pub long_bytes: Section,
    pub huge_at: Section,
    pub huge: Section,
    pub universe: usize,
    short_bytes: OnceLock<[u16; LONG]>,
    /// Where the long lists are that were asked for last: the term, from 1 on, and below it the place.
    recent: Box<[AtomicU64; RECENT]>,
}

/// Where a long list begins: its codes among the quarters, its documents, its halves and its bytes.
pub struct LongList {
    pub start: usize,
    pub byte: usize,
    pub half: usize,
    pub wide: usize,
    pub size: usize,
}

/// Documents, ascending, and the code of each.
#[derive(Default)]
pub struct List {
    pub docs: Vec<u16>,
    pub codes: Vec<u32>,
}

impl List {
    pub fn clear(&mut self) {
        self.docs.clear();
        self.codes.clear();
    }
}

impl Postings {
    #[allow(clippy::too_many_arguments)]
    pub fn of(sections: [Section; 13], universe: &Section) -> Read<Postings> {
        let universe = universe.u32s().at(0)? as usize;
        if universe > MAX_UNIVERSE {
            return Err(Fault::Damaged("a segment has too many documents"));
        }
        let [sizes, blocks, short_docs, short_repeats, short_counts, long_terms, long_starts, long_docs, long_counts, long_halves, long_bytes, huge_at, huge] =
            sections;
        Ok(Postings {
            sizes,
            blocks,
            short_docs,
            short_repeats,
            short_counts,
            long_terms,
            long_starts,
            long_docs,
            long_counts,
            long_halves,
            long_bytes,
            huge_at,
            huge,
            universe,
            short_bytes: OnceLock::new(),
            recent: Box::new([const { AtomicU64::new(0) }; RECENT]),
        })
    }

    /// Return how many documents hold a term that has a short list; 0 for a long one.
    pub fn short_size(&self, term: usize) -> Read<usize> {
        Ok(usize::from(self.sizes.byte(term)?))
    }

    /// Return how many documents hold a term, deleted ones included.
    pub fn doc_freq(&self, term: usize) -> Read<usize> {
        // For a long list no page of the sizes need be read.
        let Some(place) = self.find_long(term)? else {
            return match self.short_size(term)? {
                0 => Err(LONG_IS_MISSING),
                size => Ok(size),
            };
        };
        let starts = self.long_starts.u32s();
        let (start, end) = (starts.at(4 * place)?, starts.at(4 * place + 4)?);
        end.checked_sub(start).map(|size| size as usize).ok_or(Fault::Damaged("a list ends before it begins"))
    }

    /// Have the beginning of a term's long list fetched while others are looked up.
    pub fn fetch(&self, term: usize) {
        if let Ok(LongList { start, byte, half, .. }) = self.long_list(term, self.universe) {
            self.long_docs.fetch(byte, FETCHED_DOCS, LINE);
            self.long_counts.fetch(start >> 2, FETCHED_CODES, LINE);
            self.long_halves.fetch(half >> 1, LINE, LINE);
        }
    }

    pub fn long_place(&self, term: usize) -> Read<usize> {
        self.find_long(term)?.ok_or(LONG_IS_MISSING)
    }

    /// Return the place of a term among those with long lists.
    fn find_long(&self, term: usize) -> Read<Option<usize>> {
        let recent = &self.recent[term % RECENT];
        let known = recent.load(Ordering::Relaxed);
        if known >> 32 == term as u64 + 1 {
            return Ok(Some(known as u32 as usize));
        }
        let terms = self.long_terms.u32s();
        let place = terms.bisect_left(term as u32, 0, terms.len())?;
        let is_there = place < terms.len() && terms.at(place)? as usize == term;
        if is_there {
            recent.store((term as u64 + 1) << 32 | place as u64, Ordering::Relaxed);
        }
        Ok(is_there.then_some(place))
    }

    /// Read a term's documents and, when asked for, the code of each.
    pub fn read(&self, term: usize, limit: usize, with_codes: bool, into: &mut List) -> Read<()> {
        into.clear();
        let size = self.short_size(term)?;
        if size > 0 {
            return self.read_short(term, size, limit, with_codes, into);
        }
        let LongList { start, byte, half, wide, size } = self.long_list(term, limit)?;
        decode(&self.long_docs, byte, size, self.universe, limit, &mut into.docs)?;
        if with_codes {
            self.long_codes(start, half, wide, size, &mut into.codes)?;
        }
        Ok(())
    }

    /// Return where the parts of a term's long list begin.
    pub fn long_list(&self, term: usize, limit: usize) -> Read<LongList> {
        self.long_at(self.long_place(term)?, limit)
    }

    /// Return where the parts of a long list begin that is the next one: of the term, if any.
    pub fn nth_long(&self, place: usize, term: usize, limit: usize) -> Read<LongList> {
        match self.long_terms.u32s().at(place) {
            Ok(found) if found as usize == term => self.long_at(place, limit),
            _ => Err(LONG_IS_MISSING),
        }
    }

    fn long_at(&self, place: usize, limit: usize) -> Read<LongList> {
        let starts = self.long_starts.u32s();
        let at = |offset: usize| starts.at(4 * place + offset).map(|number| number as usize);
        let (start, byte, half, wide, end) = (at(0)?, at(1)?, at(2)?, at(3)?, at(4)?);
        let size = end.checked_sub(start).filter(|size| *size <= limit);
        let size = size.ok_or(Fault::Damaged("a list is longer than there are documents"))?;
        Ok(LongList { start, byte, half, wide, size })
    }

    fn read_short(&self, term: usize, size: usize, limit: usize, with_codes: bool, into: &mut List) -> Read<()> {
        let sizes = self.short_bytes.get_or_init(|| {
            let mut bytes = [0; LONG];
            for (size, bytes) in bytes.iter_mut().enumerate().skip(1) {
                *bytes = layout(size, self.universe).0 as u16;
            }
            bytes
        });
        let row = 3 * (term / BLOCK);
        let before = self.sizes.part(term - term % BLOCK, term % BLOCK)?;
        let blocks = self.blocks.u32s();
        let mut byte = blocks.at(row)? as usize;
        let first = blocks.at(row + 1)? as usize;
        let mut start = first;
        for other in before {
            byte += usize::from(*sizes.get(usize::from(*other)).unwrap_or(&0));
            start += usize::from(*other);
        }
        decode(&self.short_docs, byte, size, self.universe, limit, &mut into.docs)?;
        if !with_codes {
            return Ok(());
        }
        let repeats = self.short_repeats.part(first >> 3, (start + size).div_ceil(8) - (first >> 3))?;
        let (start, first) = (start - first + (first & 7), first & 7);
        let half = blocks.at(row + 2)? as usize + ones_between(repeats, first, start);
        let count = ones_between(repeats, start, start + size);
        let halves = self.short_counts.part(half >> 1, (half + count).div_ceil(2) - (half >> 1))?;
        let mut half = half & 1;
        into.codes.extend((start..start + size).map(|place| {
            if repeats[place >> 3] >> (place & 7) & 1 == 0 {
                return 1;
            }
            half += 1;
            half_in(halves, half - 1) + 2
        }));
        Ok(())
    }

    /// Append the codes of a long list, whose parts begin at these places.
    pub fn long_codes(&self, start: usize, half: usize, wide: usize, size: usize, into: &mut Vec<u32>) -> Read<()> {
        let last = start.checked_add(size).ok_or(Fault::Damaged("a list is too long"))?;
        let quarters = self.long_counts.part(start >> 2, last.div_ceil(4) - (start >> 2))?;
        let begun = into.len();
        // Of the first byte some quarters may belong to the list before.
        let (first, others) = quarters.split_at(quarters.len().min(1));
        let of_first = first.iter().flat_map(|byte| &QUARTERS[usize::from(*byte)][start & 3..]);
        into.extend(of_first);
        let known = into.len();
        into.resize(known + 4 * others.len(), 0);
        for (four, byte) in into[known..].chunks_exact_mut(4).zip(others) {
            four.copy_from_slice(&QUARTERS[usize::from(*byte)]);
        }
        into.truncate(begun + size);
        let into = &mut into[begun..];
        let zeros = || zeros_in(quarters, start & 3, size);
        let count: usize = zeros().map(|(_, ones)| ones.count_ones() as usize).sum();
        let halves = self.long_halves.part(half >> 1, (half + count).div_ceil(2) - (half >> 1))?;
        let (mut half, mut wide) = (half & 1, wide);
        for (row, mut ones) in zeros() {
            while ones != 0 {
                let place = (32 * row + ones.trailing_zeros() as usize / 2).checked_sub(start & 3);
                let found = half_in(halves, half);
                half += 1;
                ones &= ones - 1;
                let mut code = found + FEW + 1;
                if found == HALF {
                    code = self.wide_code(wide)?;
                    wide += 1;
                }
                if let Some(slot) = place.and_then(|place| into.get_mut(place)) {
                    *slot = code;
                }
            }
        }
        Ok(())
    }
}

impl Postings {
    /// Return the code of a byte, or beyond it.
    pub fn wide_code(&self, place: usize) -> Read<u32> {
        let byte = self.long_bytes.byte(place)?;
        if byte == u8::MAX {
            let (huge_at, huge) = (self.huge_at.u32s(), self.huge.u32s());
            let at = huge_at.bisect_left(place as u32, 0, huge_at.len())?;
            if at < huge_at.len() && huge_at.at(at)? as usize == place {
                return huge.at(at);
            }
        }
        Ok(u32::from(byte) + BYTES_FROM)
    }
}

/// Return the bits of eight bytes, zeros behind the end.
#[inline]
pub fn word_at(bytes: &[u8], row: usize) -> u64 {
    match bytes.get(8 * row..).unwrap_or(&[]) {
        rest if rest.len() >= 8 => rest.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight)),
        rest => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Return a bit for each of thirty-two quarters that is zero.
#[inline]
pub fn zero_quarters(word: u64) -> u64 {
    !(word | word >> 1) & 0x5555_5555_5555_5555
}

/// Yield rows of thirty-two quarters, with a bit for each zero among `size` of them from a place in the first byte on.
fn zeros_in(quarters: &[u8], first: usize, size: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
    let end = first + size;
    (0..end.div_ceil(32)).map(move |row| {
        let before = if row == 0 { (1 << (2 * first)) - 1 } else { 0 };
        let behind = if end - 32 * row < 32 { u64::MAX << (2 * (end - 32 * row)) } else { 0 };
        (row, zero_quarters(word_at(quarters, row)) & !before & !behind)
    })
}

/// Return a number of half a byte, which is there.
#[inline]
pub fn half_in(halves: &[u8], place: usize) -> u32 {
    u32::from(halves[place >> 1] >> ((place & 1) << 2) & 15)
}

/// Return how many bits are set between two places, which are there.
fn ones_between(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut ones = 0;
    let mut place = start;
    while place < end {
        let byte = bytes[place >> 3];
        let count = (8 - (place & 7)).min(end - place);
        let mask = if count == 8 { u8::MAX } else { (1u8 << count) - 1 };
        ones += (byte >> (place & 7) & mask).count_ones() as usize;
        place += count;
    }
    ones
}

//! A few documents looked up in a long list, of which the rest is passed over. `codec/postings.py` has the layout.

use crate::data::{Fault, Read, Section};
use crate::lists::{layout, Kind};
use crate::postings::{half_in, word_at, zero_quarters, List, LongList, Postings, FEW, HALF};
use crate::marked::{each_common, each_of_both};

/// A list less than so many times as long as the documents that are looked up in it is sooner read as a whole.
const MERGED: usize = 12;
/// Of the codes of a list that is so many times as long as what is asked of it only those are verified that are read.
const SPARSE: usize = 16;

impl Postings {
    /// Call for those of ascending documents that hold a term, with the place of each and the code.
    pub fn probe(&self, term: usize, limit: usize, docs: &[u16], mut found: impl FnMut(usize, u32)) -> Read<()> {
        if self.short_size(term)? > 0 {
            let mut list = List::default();
            self.read(term, limit, true, &mut list)?;
            each_common(docs, &list.docs, |at, posting| found(at, list.codes[posting]));
            return Ok(());
        }
        let mut codes = Codes::of(self, &self.long_list(term, limit)?, docs.len())?;
        self.ranks(term, limit, docs, |at, rank| {
            found(at, codes.at(rank)?);
            Ok(())
        })
    }

    /// Call for those of ascending documents that hold a term, with the place of each and its rank in the list.
    pub fn ranks(
        &self,
        term: usize,
        limit: usize,
        docs: &[u16],
        mut found: impl FnMut(usize, usize) -> Read<()>,
    ) -> Read<()> {
        let is_short = self.short_size(term)? > 0;
        let (byte, size, kind) = if is_short { (0, 0, Kind::Plain) } else {
            let LongList { byte, size, .. } = self.long_list(term, limit)?;
            (byte, size, layout(size, self.universe).1)
        };
        if kind == Kind::Plain || (kind != Kind::Bitmap && size < MERGED * docs.len()) {
            let mut others = List::default();
            self.read(term, limit, false, &mut others)?;
            return each_of_both(docs, &others.docs, limit, found);
        }
        let total = layout(size, self.universe).0;
        if let Kind::Split(low) = kind {
            let mut split = Split::of(&self.long_docs, byte, total, size, low)?;
            for (at, doc) in docs.iter().enumerate() {
                if let Some(rank) = split.rank_of(*doc)? {
                    found(at, rank)?;
                }
            }
            return Ok(());
        }
        let bytes = self.long_docs.part(byte, total)?;
        let (mut row, mut word, mut rank) = (0, word_at(bytes, 0), 0);
        for (at, doc) in docs.iter().enumerate() {
            let (own_row, bit) = (usize::from(*doc >> 6), doc & 63);
            while row < own_row {
                rank += word.count_ones() as usize;
                row += 1;
                word = word_at(bytes, row);
            }
            if word >> bit & 1 == 1 {
                let before = word & ((1 << bit) - 1);
                found(at, rank + before.count_ones() as usize)?;
            }
        }
        Ok(())
    }

    /// Put the codes of a term's documents in the place of their ranks, which ascend.
    pub fn codes_of(&self, term: usize, limit: usize, ranks: &mut [u32]) -> Read<()> {
        if self.short_size(term)? > 0 {
            let mut list = List::default();
            self.read(term, limit, true, &mut list)?;
            ranks.iter_mut().for_each(|rank| *rank = list.codes.get(*rank as usize).copied().unwrap_or(0));
            return Ok(());
        }
        let mut codes = Codes::of(self, &self.long_list(term, limit)?, ranks.len())?;
        for rank in ranks {
            *rank = codes.at(*rank as usize)?;
        }
        Ok(())
    }
}

/// A list of which the high bits are the zeros before each document's one, and the low bits are in a row.
struct Split<'a> {
    /// Where the low bits are; those of few documents are looked at.
    section: &'a Section,
    lows: usize,
    size: usize,
    highs: &'a [u8],
    low: u32,
    /// The eight bytes of the high bits that were looked at last, and how many zeros are before them.
    row: usize,
    word: u64,
    zeros: usize,
}

impl<'a> Split<'a> {
    fn of(section: &'a Section, start: usize, total: usize, size: usize, low: u32) -> Read<Split<'a>> {
        let low_bytes = if low == 8 { size } else { size.div_ceil(2) };
        let highs = section.part(start + low_bytes, total - low_bytes)?;
        Ok(Split { section, lows: start, size, highs, low, row: 0, word: word_at(highs, 0), zeros: 0 })
    }

    #[inline]
    fn low_of(&self, rank: usize) -> Read<u16> {
        if self.low == 8 {
            return Ok(u16::from(self.section.byte(self.lows + rank)?));
        }
        Ok(u16::from(self.section.byte(self.lows + (rank >> 1))? >> ((rank & 1) << 2) & 15))
    }

    /// Return how many documents are before one, None when it is not in the list; documents are asked for in order.
    #[inline]
    fn rank_of(&mut self, doc: u16) -> Read<Option<usize>> {
        let (high, wanted) = (usize::from(doc >> self.low), doc & ((1 << self.low) - 1));
        // Before the ones of all documents with these high bits come as many zeros.
        while self.zeros + (self.word.count_zeros() as usize) < high {
            self.zeros += self.word.count_zeros() as usize;
            self.row += 1;
            self.word = word_at(self.highs, self.row);
        }
        let mut bit = 0;
        if high > 0 {
            bit = 64 * self.row + place_of_one(!self.word, high - self.zeros - 1) + 1;
        }
        let Some(mut rank) = bit.checked_sub(high) else { return Ok(None) };
        while rank < self.size && self.highs.get(bit >> 3).is_some_and(|byte| byte >> (bit & 7) & 1 == 1) {
            let low = self.low_of(rank)?;
            if low >= wanted {
                return Ok((low == wanted).then_some(rank));
            }
            (bit, rank) = (bit + 1, rank + 1);
        }
        Ok(None)
    }
}

/// The codes of a long list, by the ranks of its documents, which ascend.
struct Codes<'a> {
    postings: &'a Postings,
    quarters: Verified<'a>,
    halves: Verified<'a>,
    first: usize,
    size: usize,
    /// The thirty-two quarters before which zeros were counted, and where the code of half a byte is for their first.
    row: usize,
    half: usize,
    /// Where the next code of a byte is, after those of the halves before `passed`.
    wide: usize,
    passed: usize,
}

impl<'a> Codes<'a> {
    /// Take a list of which so many codes are asked for at most.
    fn of(postings: &'a Postings, list: &LongList, asked: usize) -> Read<Codes<'a>> {
        let LongList { start, half, wide, size, .. } = *list;
        let last = start.checked_add(size).ok_or(Fault::Damaged("a list is too long"))?;
        let mut quarters = Verified { section: &postings.long_counts, bytes: &[], first: start >> 2 };
        if size < SPARSE * asked {
            quarters.until(last.div_ceil(4))?;
        }
        let halves = Verified { section: &postings.long_halves, bytes: &[], first: half >> 1 };
        Ok(Codes { postings, quarters, halves, first: start & 3, size, row: 0, half, wide, passed: half })
    }

    /// Return thirty-two quarters, those before the list as if they were not zero.
    #[inline]
    fn word(&self, row: usize) -> u64 {
        let before = if row == 0 { (1 << (2 * self.first)) - 1 } else { 0 };
        word_at(self.quarters.bytes, row) | before
    }

    #[inline]
    fn at(&mut self, rank: usize) -> Read<u32> {
        if rank >= self.size {
            return Err(Fault::Damaged("a list has more documents than it says"));
        }
        let place = self.first + rank;
        let code = self.quarters.byte(place >> 2)? >> (2 * (place & 3)) & 3;
        if code > 0 {
            return Ok(u32::from(code));
        }
        // Zeros are counted where one is found: most codes do without.
        let (row, end) = (place >> 5, (self.first + self.size).div_ceil(4));
        let bytes = self.quarters.until(self.quarters.first + end.min(8 * (row + 1)))?;
        if self.row < row {
            self.half += zeros(self.word(self.row));
            // Those that are passed over are whole: several are counted at once.
            let passed = bytes.get(8 * (self.row + 1)..8 * row).unwrap_or(&[]);
            let words = passed.chunks_exact(8).filter_map(|eight| eight.first_chunk());
            self.half += words.map(|eight| zeros(u64::from_le_bytes(*eight))).sum::<usize>();
            self.row = row;
        }
        let behind = u64::MAX << (2 * (place & 31));
        self.of_half(self.half + zeros(self.word(row) | behind))
    }

    fn of_half(&mut self, half: usize) -> Read<u32> {
        let bytes = self.halves.until((half >> 1) + 1)?;
        let from = 2 * self.halves.first;
        let found = half_in(bytes, half - from);
        if found < HALF {
            return Ok(found + FEW + 1);
        }
        self.wide += full_halves(bytes, self.passed - from, half - from);
        self.passed = half;
        self.postings.wide_code(self.wide)
    }
}

/// The bytes of a section from one on, verified as far as they were asked for.
struct Verified<'a> {
    section: &'a Section,
    bytes: &'a [u8],
    first: usize,
}

impl<'a> Verified<'a> {
    /// Return one of the bytes, verified by itself.
    #[inline]
    fn byte(&self, place: usize) -> Read<u8> {
        match self.bytes.get(place) {
            Some(byte) => Ok(*byte),
            None => self.section.byte(self.first + place),
        }
    }

    #[inline]
    fn until(&mut self, end: usize) -> Read<&'a [u8]> {
        let known = self.first + self.bytes.len();
        if known < end {
            self.section.part(known, end - known)?;
            self.bytes = self.section.unverified(self.first, end - self.first)?;
        }
        Ok(self.bytes)
    }
}

/// Return how many numbers of half a byte between two places, which are there, have all bits set.
fn full_halves(bytes: &[u8], start: usize, end: usize) -> usize {
    let is_full = |place: usize| usize::from(half_in(bytes, place) == HALF);
    let (first, last) = (start.next_multiple_of(2), end & !1);
    if first >= last {
        return (start..end).map(is_full).sum();
    }
    let full = |byte: &u8| usize::from(byte >> 4 == 15) + usize::from(byte & 15 == 15);
    let inside: usize = bytes[first >> 1..last >> 1].iter().map(full).sum();
    (start..first).chain(last..end).map(is_full).sum::<usize>() + inside
}

/// Return the place of a bit that is set and has so many set ones before it, without deciding anything.
#[inline]
fn place_of_one(word: u64, before: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let pairs = word - (word >> 1 & 0x5555_5555_5555_5555);
    let fours = (pairs & 0x3333_3333_3333_3333) + (pairs >> 2 & 0x3333_3333_3333_3333);
    // In each byte how many ones are in it and in those below it; then a bit for each with no more than are passed.
    let ends = ((fours + (fours >> 4)) & (0x0F * ONES)).wrapping_mul(ONES);
    let passed = ((before as u64 * ONES) | (0x80 * ONES)).wrapping_sub(ends) & (0x80 * ONES);
    let place = 8 * ((passed >> 7).wrapping_mul(ONES) >> 56) as u32;
    let left = before as u64 - ((ends << 8).checked_shr(place).unwrap_or(0) & 0xFF);
    let mut byte = word.checked_shr(place).unwrap_or(0) & 0xFF;
    for number in 0..7 {
        byte &= if number < left { byte.wrapping_sub(1) } else { u64::MAX };
    }
    place as usize + byte.trailing_zeros() as usize
}

/// Return how many of thirty-two quarters are zero.
#[inline]
fn zeros(word: u64) -> usize {
    zero_quarters(word).count_ones() as usize
}

//! Deflates the blocks of articles (RFC 1951), each as a stream of its own that may refer to one dictionary.
//!
//! The dictionary is looked through once; zlib would copy its whole state for each block. Matches are found
//! lazily, as by zlib's level 4, and all of a block's symbols are coded by one pair of Huffman codes, up to
//! `SYMBOLS` of them. What is written depends on the dictionary and the block alone.

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

use crc32fast::hash as crc32;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::detached;

const WINDOW: usize = 1 << 15;
const LEAST: usize = 3;
const MOST: usize = 258;
/// A match of three bytes from farther away costs more than the three.
const FAR: usize = 4096;
/// The number of places that are compared at most, a match that is long enough to be taken at once, and one so
/// long that no longer one is looked for.
const CHAIN: usize = 10;
const LAZY: usize = 6;
const NICE: usize = 32;
const HASH_BITS: u32 = 15;
/// Of a block: few bits, so that the table stays in the processor's first cache.
const BLOCK_HASH_BITS: u32 = 12;
const SYMBOLS: usize = 1 << 15;
const STORED: usize = 0xFFFF;
const END: usize = 256;
/// In which order the lengths of the codes of code lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Deflates blocks with one dictionary.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct BlockDeflater(Dictionary);

struct Dictionary {
    bytes: Vec<u8>,
    /// By hash, the last place and one more, and by place the one before with the same hash, and one more.
    heads: Vec<u16>,
    before: Vec<u16>,
}

#[pymethods]
impl BlockDeflater {
    /// Take the dictionary; of one that is longer than the window, its end.
    #[new]
    fn new(dictionary: &[u8]) -> BlockDeflater {
        let bytes = dictionary[dictionary.len().saturating_sub(WINDOW)..].to_vec();
        let mut heads = vec![0; 1 << HASH_BITS];
        let mut before = vec![0; bytes.len()];
        for (at, three) in bytes.windows(LEAST).enumerate() {
            let head: &mut u16 = &mut heads[hash(three)];
            before[at] = *head;
            *head = at as u16 + 1;
        }
        BlockDeflater(Dictionary { bytes, heads, before })
    }

    /// Return blocks deflated, one after another, with the size and the checksum of each.
    ///
    /// The interpreter is free meanwhile. The bytes do not depend on the number of threads.
    fn deflate<'py>(
        &self,
        py: Python<'py>,
        blocks: Vec<PyBackedBytes>,
        threads: usize,
    ) -> PyResult<(Bound<'py, PyBytes>, Vec<usize>, Vec<u32>)> {
        let share = blocks.len().div_ceil(threads.clamp(1, 64)).max(1);
        let packed = detached(py, || {
            thread::scope(|scope| {
                let parts: Vec<_> =
                    blocks.chunks(share).map(|part| scope.spawn(|| self.0.deflate_all(part))).collect();
                let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
                Ok(joined.collect::<Vec<_>>())
            })
        })?;
        let all = packed.concat();
        let joined = all.concat();
        let sizes = all.iter().map(Vec::len).collect();
        let checks = all.iter().map(|block| crc32(block)).collect();
        Ok((PyBytes::new(py, &joined), sizes, checks))
    }
}

impl Dictionary {
    fn deflate_all(&self, blocks: &[PyBackedBytes]) -> Vec<Vec<u8>> {
        let mut deflating = Deflating::of(self);
        blocks.iter().map(|block| deflating.deflate(block)).collect()
    }
}

fn hash(bytes: &[u8]) -> usize {
    let three = u32::from(bytes[0]) | u32::from(bytes[1]) << 8 | u32::from(bytes[2]) << 16;
    (three.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)) as usize
}

/// Return how many bytes two slices of one length begin with that are the same.
fn same_bytes(one: &[u8], other: &[u8]) -> usize {
    let (ones, others) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest = ones.remainder().iter().zip(others.remainder());
    let eights = |chunk: &[u8]| u64::from_le_bytes(chunk.try_into().unwrap_or_default());
    let whole = one.len() - rest.len();
    for (at, (one, other)) in ones.zip(others).enumerate() {
        let differs = eights(one) ^ eights(other);
        if differs != 0 {
            return 8 * at + differs.trailing_zeros() as usize / 8;
        }
    }
    whole + rest.take_while(|(one, other)| one == other).count()
}

#[derive(Clone, Copy, Default)]
struct Found {
    length: usize,
    distance: usize,
}

/// What one thread needs for block after block.
struct Deflating<'a> {
    dictionary: &'a Dictionary,
    /// The dictionary, then the block.
    data: Vec<u8>,
    /// Where the block's numbers begin: those of blocks before are less.
    base: u32,
    /// By hash, the number of the last place in the block; by place in the window, the number before it.
    heads: Vec<u32>,
    before: Vec<u32>,
    symbols: Vec<u32>,
    out: Bits,
}

impl<'a> Deflating<'a> {
    fn of(dictionary: &'a Dictionary) -> Self {
        Deflating {
            dictionary,
            data: dictionary.bytes.clone(),
            base: 1,
            heads: vec![0; 1 << BLOCK_HASH_BITS],
            before: vec![0; WINDOW],
            symbols: Vec::with_capacity(SYMBOLS),
            out: Bits::default(),
        }
    }

    fn deflate(&mut self, block: &[u8]) -> Vec<u8> {
        let start = self.dictionary.bytes.len();
        self.data.truncate(start);
        self.data.extend_from_slice(block);
        let numbers = u32::try_from(self.data.len()).unwrap_or(u32::MAX);
        if self.base.checked_add(numbers).is_none() {
            self.base = 1;
            self.heads.fill(0);
        }
        let (mut at, mut written) = (start, start);
        while at < self.data.len() {
            let mut found = self.longest(at);
            self.insert(at);
            while (LEAST..LAZY).contains(&found.length) {
                let next = self.longest(at + 1);
                if next.length <= found.length {
                    break;
                }
                self.symbols.push(u32::from(self.data[at]));
                at += 1;
                self.insert(at);
                found = next;
            }
            if found.length < LEAST {
                self.symbols.push(u32::from(self.data[at]));
                at += 1;
            } else {
                self.symbols.push(1 << 31 | ((found.length - LEAST) << 16 | (found.distance - 1)) as u32);
                for passed in at + 1..at + found.length {
                    self.insert(passed);
                }
                at += found.length;
            }
            if self.symbols.len() >= SYMBOLS {
                self.out.write(&self.symbols, &self.data[written..at], false);
                self.symbols.clear();
                written = at;
            }
        }
        self.out.write(&self.symbols, &self.data[written..], true);
        self.symbols.clear();
        self.base += numbers - start as u32;
        self.out.take()
    }

    /// Number a place of the block, so that what comes later finds it.
    fn insert(&mut self, at: usize) {
        if at + LEAST <= self.data.len() {
            let number = self.base + (at - self.dictionary.bytes.len()) as u32;
            let head = &mut self.heads[hash(&self.data[at..]) >> (HASH_BITS - BLOCK_HASH_BITS)];
            self.before[number as usize % WINDOW] = *head;
            *head = number;
        }
    }

    /// Return the longest of the matches that are looked at, the nearest of those as long; none below three bytes.
    fn longest(&self, at: usize) -> Found {
        let mut found = Found { length: LEAST - 1, distance: 0 };
        if at + LEAST > self.data.len() {
            return found;
        }
        let start = self.dictionary.bytes.len();
        let farthest = at.saturating_sub(WINDOW);
        let hashed = hash(&self.data[at..]);
        let mut left = CHAIN;
        let mut number = self.heads[hashed >> (HASH_BITS - BLOCK_HASH_BITS)];
        while number >= self.base && left > 0 {
            let place = start + (number - self.base) as usize;
            if place < farthest || self.extend(at, place, &mut found) {
                return found;
            }
            left -= 1;
            let earlier = self.before[number as usize % WINDOW];
            if earlier >= number {
                return found;
            }
            number = earlier;
        }
        let mut place = usize::from(self.dictionary.heads[hashed]);
        while place > farthest && left > 0 {
            if self.extend(at, place - 1, &mut found) {
                return found;
            }
            left -= 1;
            place = usize::from(self.dictionary.before[place - 1]);
        }
        found
    }

    /// Take a match if it is longer than what was found; return whether that is enough.
    #[inline]
    fn extend(&self, at: usize, place: usize, found: &mut Found) -> bool {
        let most = MOST.min(self.data.len() - at);
        if found.length >= most {
            return true;
        }
        if self.data[place + found.length] != self.data[at + found.length] {
            return false;
        }
        let length = same_bytes(&self.data[place..place + most], &self.data[at..at + most]);
        if length > found.length && (length > LEAST || at - place <= FAR) {
            *found = Found { length, distance: at - place };
        }
        found.length >= NICE
    }
}

/// A stream of bits, the lowest of a byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn put(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// Write what is held, up to a whole byte.
    fn align(&mut self) {
        let bytes = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&self.held.to_le_bytes()[..bytes]);
        (self.held, self.count) = (0, 0);
    }

    /// Return all that was written, up to a whole byte.
    fn take(&mut self) -> Vec<u8> {
        self.align();
        std::mem::take(&mut self.bytes)
    }

    /// Write symbols in the form that is shortest; `raw` is what they stand for.
    fn write(&mut self, symbols: &[u32], raw: &[u8], is_last: bool) {
        let coding = Coding::of(symbols);
        let (own, fixed) = (coding.header_bits() + coding.bits(&coding.codes), coding.bits(fixed_codes()));
        if raw.len() + 4 * raw.len().div_ceil(STORED).max(1) < (own.min(fixed) + 3).div_ceil(8) {
            self.write_stored(raw, is_last);
            return;
        }
        let codes = if fixed <= own { fixed_codes() } else { &coding.codes };
        self.put(u32::from(is_last) | if fixed <= own { 1 << 1 } else { 2 << 1 }, 3);
        if fixed > own {
            coding.write_header(self);
        }
        for &symbol in symbols {
            if symbol >> 31 == 0 {
                self.put_code(codes.literals[symbol as usize]);
                continue;
            }
            let (length, distance) = (symbol >> 16 & 0xFF, symbol & 0x7FFF);
            let (code, extra, bits) = length_code(length);
            self.put_code(codes.literals[code]);
            self.put(extra, bits);
            let (code, extra, bits) = distance_code(distance);
            self.put_code(codes.distances[code]);
            self.put(extra, bits);
        }
        self.put_code(codes.literals[END]);
    }

    fn put_code(&mut self, (code, length): (u16, u8)) {
        self.put(u32::from(code), u32::from(length));
    }

    fn write_stored(&mut self, raw: &[u8], is_last: bool) {
        let mut pieces = raw.chunks(STORED).peekable();
        while let Some(piece) = pieces.next() {
            self.put(u32::from(is_last && pieces.peek().is_none()), 3);
            self.align();
            self.put(piece.len() as u32, 16);
            self.put(!piece.len() as u32 & 0xFFFF, 16);
            self.bytes.extend_from_slice(piece);
        }
    }
}

/// Return the code of a length less three, and its further bits.
fn length_code(length: u32) -> (usize, u32, u32) {
    if length == (MOST - LEAST) as u32 {
        return (285, 0, 0);
    }
    let (step, extra, bits) = steps(length, 2);
    (257 + step, extra, bits)
}

/// Return the code of a distance less one, and its further bits.
fn distance_code(distance: u32) -> (usize, u32, u32) {
    steps(distance, 1)
}

/// Return which of the steps a value is on that become twice as wide after each `1 << fine` of them.
fn steps(value: u32, fine: u32) -> (usize, u32, u32) {
    if value < 2 << fine {
        return (value as usize, 0, 0);
    }
    let bits = value.ilog2() - fine;
    (((bits << fine) + (value >> bits)) as usize, value & ((1 << bits) - 1), bits)
}

/// The codes of literals, ends and lengths, and of distances: each with its length in bits.
struct Codes {
    literals: Vec<(u16, u8)>,
    distances: Vec<(u16, u8)>,
}

fn fixed_codes() -> &'static Codes {
    static FIXED: OnceLock<Codes> = OnceLock::new();
    FIXED.get_or_init(|| {
        let lengths = |symbol| match symbol {
            144..=255 => 9,
            256..=279 => 7,
            _ => 8,
        };
        let literals: Vec<u8> = (0..288).map(lengths).collect();
        Codes { literals: codes_of(&literals), distances: codes_of(&[5; 30]) }
    })
}

/// How often each symbol occurs, and the codes that are best for that.
struct Coding {
    literals: [u32; 286],
    distances: [u32; 30],
    codes: Codes,
    /// The lengths of both codes as they are written: symbol, further bits and how many.
    written: Vec<(usize, u32, u32)>,
    of_lengths: Vec<(u16, u8)>,
    most_literals: usize,
    most_distances: usize,
}

impl Coding {
    fn of(symbols: &[u32]) -> Coding {
        let (mut literals, mut distances) = ([0; 286], [0; 30]);
        for &symbol in symbols {
            if symbol >> 31 == 0 {
                literals[symbol as usize] += 1;
            } else {
                literals[length_code(symbol >> 16 & 0xFF).0] += 1;
                distances[distance_code(symbol & 0x7FFF).0] += 1;
            }
        }
        literals[END] += 1;
        let (first, second) = (code_lengths(&literals, 15), code_lengths(&distances, 15));
        let used = |lengths: &[u8], least: usize| {
            lengths.iter().rposition(|&length| length > 0).map_or(least, |last| least.max(last + 1))
        };
        let (most_literals, most_distances) = (used(&first, 257), used(&second, 1));
        let written = in_runs(&[&first[..most_literals], &second[..most_distances]].concat());
        let mut counts = [0; 19];
        for &(symbol, _, _) in &written {
            counts[symbol] += 1;
        }
        Coding {
            literals,
            distances,
            codes: Codes { literals: codes_of(&first), distances: codes_of(&second) },
            written,
            of_lengths: codes_of(&code_lengths(&counts, 7)),
            most_literals,
            most_distances,
        }
    }

    /// Return how many bits the symbols take with some codes.
    fn bits(&self, codes: &Codes) -> usize {
        let sum = |counts: &[u32], codes: &[(u16, u8)], extra: fn(usize) -> usize| -> usize {
            let each = counts.iter().zip(codes).enumerate();
            each.map(|(at, (&count, code))| count as usize * (usize::from(code.1) + extra(at))).sum()
        };
        sum(&self.literals, &codes.literals, |code| match code {
            265..=284 => (code - 261) / 4,
            _ => 0,
        }) + sum(&self.distances, &codes.distances, |code| (code / 2).saturating_sub(1))
    }

    fn lengths_written(&self) -> usize {
        ORDER.iter().rposition(|&symbol| self.of_lengths[symbol].1 > 0).map_or(4, |last| 4.max(last + 1))
    }

    fn header_bits(&self) -> usize {
        let bits_of = |&(symbol, _, bits): &(usize, u32, u32)| usize::from(self.of_lengths[symbol].1) + bits as usize;
        let runs = self.written.iter().map(bits_of);
        14 + 3 * self.lengths_written() + runs.sum::<usize>()
    }

    fn write_header(&self, out: &mut Bits) {
        let count = self.lengths_written();
        out.put((self.most_literals - 257) as u32, 5);
        out.put((self.most_distances - 1) as u32, 5);
        out.put((count - 4) as u32, 4);
        for &symbol in &ORDER[..count] {
            out.put(u32::from(self.of_lengths[symbol].1), 3);
        }
        for &(symbol, extra, bits) in &self.written {
            out.put_code(self.of_lengths[symbol]);
            out.put(extra, bits);
        }
    }
}

/// Return lengths of codes as they are written: repeated ones as 16, and zeros as 17 or 18, with how many.
fn in_runs(lengths: &[u8]) -> Vec<(usize, u32, u32)> {
    let mut written = Vec::new();
    for run in lengths.chunk_by(|one, other| one == other) {
        let (length, mut left) = (usize::from(run[0]), run.len());
        while length == 0 && left >= 3 {
            let taken = left.min(138);
            written.push(if taken > 10 { (18, taken as u32 - 11, 7) } else { (17, taken as u32 - 3, 3) });
            left -= taken;
        }
        if length > 0 {
            written.push((length, 0, 0));
            left -= 1;
            while left >= 3 {
                let taken = left.min(6);
                written.push((16, taken as u32 - 3, 2));
                left -= taken;
            }
        }
        written.extend((0..left).map(|_| (length, 0, 0)));
    }
    written
}

/// Return the lengths of the best prefix code of which none is longer than `most`: two symbols at least have one.
fn code_lengths(counts: &[u32], most: usize) -> Vec<u8> {
    let counted = counts.iter().enumerate().filter(|(_, &count)| count > 0);
    let mut used: Vec<(u32, usize)> = counted.map(|(symbol, &count)| (count, symbol)).collect();
    for symbol in 0..2 {
        if used.len() < 2 && counts[symbol] == 0 {
            used.push((1, symbol));
        }
    }
    used.sort_unstable();
    let mut at_length = vec![0_usize; most + 1];
    for depth in depths(&used) {
        at_length[depth.min(most)] += 1;
    }
    let mut total: usize = (1..=most).map(|length| at_length[length] << (most - length)).sum();
    while total > 1 << most {
        at_length[most] -= 1;
        let shorter = (1..most).rev().find(|&length| at_length[length] > 0).unwrap_or(0);
        at_length[shorter] -= 1;
        at_length[shorter + 1] += 2;
        total -= 1;
    }
    let mut lengths = vec![0; counts.len()];
    let mut rarest = used.iter();
    for length in (1..=most).rev() {
        for &(_, symbol) in rarest.by_ref().take(at_length[length]) {
            lengths[symbol] = length as u8;
        }
    }
    lengths
}

/// Return how deep each symbol is in the Huffman tree of ascending counts: two queues, of symbols and of nodes.
fn depths(used: &[(u32, usize)]) -> Vec<usize> {
    let symbols = used.len();
    let mut weights: Vec<u64> = used.iter().map(|&(count, _)| u64::from(count)).collect();
    let mut parents = vec![0; 2 * symbols - 1];
    let (mut symbol, mut node) = (0, symbols);
    while weights.len() < 2 * symbols - 1 {
        let next = weights.len();
        let mut weight = 0;
        for _ in 0..2 {
            let is_symbol = symbol < symbols && (node >= next || weights[symbol] <= weights[node]);
            let least = if is_symbol { &mut symbol } else { &mut node };
            weight += weights[*least];
            parents[*least] = next;
            *least += 1;
        }
        weights.push(weight);
    }
    let mut depths = vec![0; 2 * symbols - 1];
    for at in (0..2 * symbols - 2).rev() {
        depths[at] = depths[parents[at]] + 1;
    }
    depths.truncate(symbols);
    depths
}

/// Return the canonical code of each length, its bits turned round as they are written.
fn codes_of(lengths: &[u8]) -> Vec<(u16, u8)> {
    let mut next = [0_u16; 17];
    for &length in lengths {
        next[usize::from(length) + 1] += u16::from(length > 0);
    }
    for length in 1..17 {
        next[length] = (next[length] + next[length - 1]) << 1;
    }
    let mut codes = Vec::with_capacity(lengths.len());
    for &length in lengths {
        let code = &mut next[usize::from(length)];
        codes.push(if length == 0 { (0, 0) } else { (code.reverse_bits() >> (16 - length), length) });
        *code += u16::from(length > 0);
    }
    codes
}

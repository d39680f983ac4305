//! Sections of a field: its terms and postings in the bytes that `embedded/codec/__init__.py` lays down.

use crate::best_postings::Choosing;
use crate::postings::{BLOCK, BYTES_FROM, FEW, HALF, LONG};

const SHORT_MOST: u32 = 17;
const BYTE: u32 = 255;
const UNIVERSE_STEP: usize = 256;

const PACKED_BITS: u32 = 21;
const PACKED_MASK: u64 = (1 << PACKED_BITS) - 1;
const STRINGS_IN_BLOCK: usize = 16;
const MOST_SHARED: usize = 31;

/// A section: name, type of its numbers as numpy writes it, bytes.
pub type Made = (String, &'static str, Vec<u8>);

#[derive(Clone, Copy)]
enum Layout {
    Plain,
    Bitmap,
    Split(u32),
}

/// Return how many bytes a list takes and how: see `lists.py`, `layout`.
fn layout(size: usize, universe: usize) -> (usize, Layout) {
    let split = |low: u32| {
        let lows = if low == 8 { size } else { size.div_ceil(2) };
        lows + (size + ((universe - 1) >> low)).div_ceil(8)
    };
    let mut best = (universe.div_ceil(8), Layout::Bitmap);
    for low in [4, 8] {
        if split(low) < best.0 {
            best = (split(low), Layout::Split(low));
        }
    }
    if 2 * size * 5 <= best.0 * 7 {
        (2 * size, Layout::Plain)
    } else {
        best
    }
}

fn append_list(docs: &[u16], universe: usize, into: &mut Vec<u8>) {
    let (total, how) = layout(docs.len(), universe);
    let start = into.len();
    into.resize(start + total, 0);
    let list = &mut into[start..];
    match how {
        Layout::Plain => {
            for (two, doc) in list.chunks_exact_mut(2).zip(docs) {
                two.copy_from_slice(&doc.to_le_bytes());
            }
        }
        Layout::Bitmap => docs.iter().for_each(|doc| list[usize::from(doc >> 3)] |= 1 << (doc & 7)),
        Layout::Split(low) => {
            let lows = if low == 8 { docs.len() } else { docs.len().div_ceil(2) };
            for (rank, doc) in docs.iter().enumerate() {
                if low == 8 {
                    list[rank] = *doc as u8;
                } else {
                    list[rank >> 1] |= ((doc & 15) as u8) << ((rank & 1) << 2);
                }
                let bit = rank + usize::from(doc >> low);
                list[lows + (bit >> 3)] |= 1 << (bit & 7);
            }
        }
    }
}

/// Small numbers packed into bytes, the first into the low bits.
struct Bits {
    width: usize,
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    fn of(width: usize) -> Bits {
        Bits { width, bytes: Vec::new(), count: 0 }
    }

    fn push(&mut self, number: u8) {
        let bit = self.count * self.width;
        if bit % 8 == 0 {
            self.bytes.push(0);
        }
        self.bytes[bit / 8] |= number << (bit % 8);
        self.count += 1;
    }
}

fn u32s(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// Return numbers as wide as the greatest needs, and their type.
pub fn narrow(numbers: &[u32]) -> (&'static str, Vec<u8>) {
    match numbers.iter().max().copied().unwrap_or(0) {
        0..=0xFF => ("|u1", numbers.iter().map(|number| *number as u8).collect()),
        0x100..=0xFFFF => ("<u2", numbers.iter().flat_map(|number| (*number as u16).to_le_bytes()).collect()),
        _ => ("<u4", u32s(numbers.iter().copied())),
    }
}

/// Encodes the lists of a field, term by term.
pub struct Postings {
    universe: usize,
    sizes: Vec<u8>,
    short_docs: Vec<u8>,
    repeats: Bits,
    short_counts: Bits,
    blocks: Vec<u32>,
    long_terms: Vec<u32>,
    long_docs: Vec<u8>,
    long_counts: Bits,
    halves: Bits,
    bytes: Vec<u8>,
    huge: Vec<(u32, u32)>,
    long_starts: Vec<u32>,
    best: Choosing,
}

impl Postings {
    /// Take the last document that any list has, and what chooses the best postings of each.
    pub fn of(last_doc: usize, best: Choosing) -> Postings {
        Postings {
            universe: (last_doc + 1).div_ceil(UNIVERSE_STEP) * UNIVERSE_STEP,
            sizes: Vec::new(),
            short_docs: Vec::new(),
            repeats: Bits::of(1),
            short_counts: Bits::of(4),
            blocks: Vec::new(),
            long_terms: Vec::new(),
            long_docs: Vec::new(),
            long_counts: Bits::of(2),
            halves: Bits::of(4),
            bytes: Vec::new(),
            huge: Vec::new(),
            long_starts: Vec::new(),
            best,
        }
    }

    /// Encode a term's documents, ascending, and what stands for how often each has it.
    pub fn add(&mut self, docs: &[u16], counts: &[u32]) {
        if self.sizes.len() % BLOCK == 0 {
            let at = [self.short_docs.len(), self.repeats.count, self.short_counts.count];
            self.blocks.extend(at.map(|place| place as u32));
        }
        if docs.len() < LONG && counts.iter().all(|count| *count <= SHORT_MOST) {
            self.sizes.push(docs.len() as u8);
            append_list(docs, self.universe, &mut self.short_docs);
            for count in counts {
                self.repeats.push(u8::from(*count > 1));
                if *count > 1 {
                    self.short_counts.push((*count - 2) as u8);
                }
            }
            return;
        }
        self.best.add(self.sizes.len() as u32, docs, counts);
        self.long_terms.push(self.sizes.len() as u32);
        self.sizes.push(0);
        self.start_long();
        append_list(docs, self.universe, &mut self.long_docs);
        for count in counts.iter().copied() {
            self.long_counts.push(if count > FEW { 0 } else { count as u8 });
            if count > FEW {
                self.halves.push((count - FEW - 1).min(HALF) as u8);
            }
            if count >= BYTES_FROM {
                let more = count - BYTES_FROM;
                if more >= BYTE {
                    self.huge.push((self.bytes.len() as u32, count));
                }
                self.bytes.push(more.min(BYTE) as u8);
            }
        }
    }

    fn start_long(&mut self) {
        let at = [self.long_counts.count, self.long_docs.len(), self.halves.count, self.bytes.len()];
        self.long_starts.extend(at.map(|place| place as u32));
    }

    /// Add the sections in the order of the file, with the fields among the columns.
    pub fn finish(mut self, prefix: &str, columns: &[usize], made: &mut Vec<Made>) {
        self.start_long();
        let mut add = |name: &str, kind, bytes| made.push((format!("{prefix}/{name}"), kind, bytes));
        add("sizes", "|u1", self.sizes);
        add("universe", "<u4", u32s([self.universe as u32]));
        add("short_docs", "|u1", self.short_docs);
        add("short_repeats", "|u1", self.repeats.bytes);
        add("short_counts", "|u1", self.short_counts.bytes);
        add("blocks", "<u4", u32s(self.blocks));
        add("long_terms", "<u4", u32s(self.long_terms));
        add("long_docs", "|u1", self.long_docs);
        add("long_counts", "|u1", self.long_counts.bytes);
        add("long_halves", "|u1", self.halves.bytes);
        add("long_bytes", "|u1", self.bytes);
        add("huge_at", "<u4", u32s(self.huge.iter().map(|(at, _)| *at)));
        add("huge", "<u4", u32s(self.huge.iter().map(|(_, count)| *count)));
        add("long_starts", "<u4", u32s(self.long_starts));
        for (name, kind, bytes) in self.best.finish(columns) {
            add(name, kind, bytes);
        }
    }
}

/// Return a short term as a number, as `term_dict.py` packs it; None for a long one.
pub fn packed(term: &str) -> Option<u64> {
    let mut chars = term.chars().map(u64::from);
    let (first, second, third) = (chars.next()?, chars.next(), chars.next());
    let is_han = |code: u64| (0x3400..=0x9FFF).contains(&code);
    if chars.next().is_some() {
        return None;
    }
    if third.is_some() && ![Some(first), second, third].into_iter().flatten().all(is_han) {
        return None;
    }
    let codes = [first, second.unwrap_or(0), third.unwrap_or(0)];
    Some(codes.iter().fold(0, |number, code| number << PACKED_BITS | code))
}

/// Add the sections of a field's terms; both kinds ascend.
pub fn write_terms(prefix: &str, packed: &[u64], strings: &[&[u8]], made: &mut Vec<Made>) {
    let column = |term: u64, place: u32| (term >> (PACKED_BITS * place) & PACKED_MASK) as usize;
    let greatest = packed.iter().flat_map(|term| [0, 1, 2].map(|place| column(*term, place))).max().unwrap_or(0);
    let mut ranks = vec![0u32; greatest + 1];
    packed.iter().for_each(|term| [0, 1, 2].into_iter().for_each(|place| ranks[column(*term, place)] = 1));
    ranks[0] = 0;
    let mut alphabet: Vec<u32> = Vec::new();
    for (code, rank) in ranks.iter_mut().enumerate().filter(|(_, rank)| **rank > 0) {
        alphabet.push(code as u32);
        *rank = alphabet.len() as u32;
    }
    let has_three = packed.iter().any(|term| column(*term, 0) > 0);
    let third_bits = if has_three { usize::BITS - alphabet.len().leading_zeros() } else { 0 };
    let rest_of = |term: &u64| {
        let second = u64::from(ranks[column(*term, 1)]) << third_bits;
        second | if has_three { u64::from(ranks[column(*term, 0)]) } else { 0 }
    };
    let rest: Vec<u64> = packed.iter().map(rest_of).collect();
    let (kind, width) = match rest.iter().max().copied().unwrap_or(0) {
        0..=0xFFFF => ("<u2", 2),
        0x1_0000..=0xFFFF_FFFF => ("<u4", 4),
        _ => ("<u8", 8),
    };
    let ends = alphabet.iter().copied().chain([greatest as u32 + 1]);
    let groups = ends.map(|code| packed.partition_point(|term| column(*term, 2) < code as usize) as u32);
    let groups = u32s(groups);
    let mut add = |name: &str, kind, bytes| made.push((format!("{prefix}/{name}"), kind, bytes));
    add("alphabet", "<u4", u32s(alphabet));
    add("groups", "<u4", groups);
    add("rest", kind, rest.iter().flat_map(|number| number.to_le_bytes()[..width].to_vec()).collect());
    let (data, places) = front_coded(strings);
    add("strings", "|u1", data);
    add("blocks_at", "<u4", u32s(places));
    add("shape", "<u4", u32s([third_bits, strings.len() as u32]));
}

/// Return strings, each without what it shares with the one before, and where each block begins.
fn front_coded(strings: &[&[u8]]) -> (Vec<u8>, Vec<u32>) {
    let (mut data, mut places) = (Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for (number, string) in strings.iter().enumerate() {
        let mut shared = string.iter().zip(before).take(MOST_SHARED).take_while(|(one, other)| one == other).count();
        if number % STRINGS_IN_BLOCK == 0 {
            places.push(data.len() as u32);
            shared = 0;
        }
        data.push(shared as u8);
        data.extend_from_slice(&string[shared..]);
        data.push(0xFF);
        before = string;
    }
    (data, places)
}

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

/// A section in the making, of which what is done may be taken before the rest is there.
struct Part {
    name: &'static str,
    kind: &'static str,
    bytes: Vec<u8>,
    /// Bytes that were taken.
    taken: usize,
    /// Small numbers are packed into bytes, the first into the low bits: how many bits one has, and how many there are.
    width: usize,
    count: usize,
}

impl Part {
    fn of(name: &'static str, kind: &'static str) -> Part {
        Part { name, kind, bytes: Vec::new(), taken: 0, width: 8, count: 0 }
    }

    fn packed(name: &'static str, width: usize) -> Part {
        Part { width, ..Part::of(name, "|u1") }
    }

    fn len(&self) -> usize {
        self.taken + self.bytes.len()
    }

    /// Add a small number.
    fn push(&mut self, number: u8) {
        let shift = self.count * self.width % 8;
        match self.bytes.last_mut() {
            Some(last) if shift > 0 => *last |= number << shift,
            _ => self.bytes.push(number),
        }
        self.count += 1;
    }

    /// Add a number of four bytes.
    fn push_u32(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    /// Take what is there, but for a byte that is not full.
    fn take(&mut self) -> Vec<u8> {
        let is_open = self.count * self.width % 8 > 0;
        let rest = self.bytes.split_off(self.bytes.len() - usize::from(is_open));
        self.taken += self.bytes.len();
        std::mem::replace(&mut self.bytes, rest)
    }
}

/// Add what is done of those sections of which so many bytes are.
fn take_full(prefix: &str, piece: usize, parts: &mut [&mut Part], made: &mut Vec<Made>) {
    for part in parts.iter_mut().filter(|part| part.bytes.len() >= piece) {
        made.push((format!("{prefix}/{}", part.name), part.kind, part.take()));
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
    terms: usize,
    sizes: Part,
    bound: Part,
    short_docs: Part,
    repeats: Part,
    short_counts: Part,
    blocks: Part,
    long_terms: Part,
    long_docs: Part,
    long_counts: Part,
    halves: Part,
    bytes: Part,
    huge_at: Part,
    huge: Part,
    long_starts: Part,
    best: Option<Choosing>,
}

impl Postings {
    /// Take the last document that any list has, and what chooses the best postings of each.
    pub fn of(last_doc: usize, best: Option<Choosing>) -> Postings {
        let universe = (last_doc + 1).div_ceil(UNIVERSE_STEP) * UNIVERSE_STEP;
        let mut bound = Part::of("universe", "<u4");
        bound.push_u32(universe as u32);
        Postings {
            universe,
            terms: 0,
            sizes: Part::of("sizes", "|u1"),
            bound,
            short_docs: Part::of("short_docs", "|u1"),
            repeats: Part::packed("short_repeats", 1),
            short_counts: Part::packed("short_counts", 4),
            blocks: Part::of("blocks", "<u4"),
            long_terms: Part::of("long_terms", "<u4"),
            long_docs: Part::of("long_docs", "|u1"),
            long_counts: Part::packed("long_counts", 2),
            halves: Part::packed("long_halves", 4),
            bytes: Part::of("long_bytes", "|u1"),
            huge_at: Part::of("huge_at", "<u4"),
            huge: Part::of("huge", "<u4"),
            long_starts: Part::of("long_starts", "<u4"),
            best,
        }
    }

    /// Encode a term's documents, ascending, and what stands for how often each has it.
    pub fn add(&mut self, docs: &[u16], counts: &[u32]) {
        if self.terms % BLOCK == 0 {
            let at = [self.short_docs.len(), self.repeats.count, self.short_counts.count];
            at.into_iter().for_each(|place| self.blocks.push_u32(place as u32));
        }
        let term = self.terms as u32;
        self.terms += 1;
        if docs.len() < LONG && counts.iter().all(|count| *count <= SHORT_MOST) {
            self.sizes.bytes.push(docs.len() as u8);
            append_list(docs, self.universe, &mut self.short_docs.bytes);
            for count in counts {
                self.repeats.push(u8::from(*count > 1));
                if *count > 1 {
                    self.short_counts.push((*count - 2) as u8);
                }
            }
            return;
        }
        if let Some(best) = &mut self.best {
            best.add(term, docs, counts);
        }
        self.long_terms.push_u32(term);
        self.sizes.bytes.push(0);
        self.start_long();
        append_list(docs, self.universe, &mut self.long_docs.bytes);
        for count in counts.iter().copied() {
            self.long_counts.push(if count > FEW { 0 } else { count as u8 });
            if count > FEW {
                self.halves.push((count - FEW - 1).min(HALF) as u8);
            }
            if count >= BYTES_FROM {
                let more = count - BYTES_FROM;
                if more >= BYTE {
                    self.huge_at.push_u32(self.bytes.len() as u32);
                    self.huge.push_u32(count);
                }
                self.bytes.bytes.push(more.min(BYTE) as u8);
            }
        }
    }

    fn start_long(&mut self) {
        let at = [self.long_counts.count, self.long_docs.len(), self.halves.count, self.bytes.len()];
        at.into_iter().for_each(|place| self.long_starts.push_u32(place as u32));
    }

    /// Return the sections in the order of the file.
    fn parts(&mut self) -> [&mut Part; 14] {
        [
            &mut self.sizes,
            &mut self.bound,
            &mut self.short_docs,
            &mut self.repeats,
            &mut self.short_counts,
            &mut self.blocks,
            &mut self.long_terms,
            &mut self.long_docs,
            &mut self.long_counts,
            &mut self.halves,
            &mut self.bytes,
            &mut self.huge_at,
            &mut self.huge,
            &mut self.long_starts,
        ]
    }

    /// Add what is done of those sections of which so many bytes are.
    pub fn take_full(&mut self, prefix: &str, piece: usize, made: &mut Vec<Made>) {
        take_full(prefix, piece, &mut self.parts(), made);
    }

    /// Add the sections in the order of the file, or their rest, with the fields among the columns.
    pub fn finish(mut self, prefix: &str, columns: &[usize], made: &mut Vec<Made>) {
        self.start_long();
        for part in self.parts() {
            made.push((format!("{prefix}/{}", part.name), part.kind, std::mem::take(&mut part.bytes)));
        }
        for (name, kind, bytes) in self.best.into_iter().flat_map(|best| best.finish(columns)) {
            made.push((format!("{prefix}/{name}"), kind, bytes));
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

/// Takes the terms of a field in their order, the short ones first.
pub struct Terms {
    packed: Vec<u64>,
    strings: Part,
    blocks_at: Part,
    count: usize,
    before: Vec<u8>,
}

impl Default for Terms {
    fn default() -> Terms {
        let (strings, blocks_at) = (Part::of("strings", "|u1"), Part::of("blocks_at", "<u4"));
        Terms { packed: Vec::new(), strings, blocks_at, count: 0, before: Vec::new() }
    }
}

impl Terms {
    pub fn push_packed(&mut self, term: u64) {
        self.packed.push(term);
    }

    /// Take a term in UTF-8, of which what it shares with the one before is left out.
    pub fn push_string(&mut self, string: &[u8]) {
        let mut shared = string.iter().zip(&self.before).take(MOST_SHARED).take_while(|(one, other)| one == other).count();
        if self.count % STRINGS_IN_BLOCK == 0 {
            self.blocks_at.push_u32(self.strings.len() as u32);
            shared = 0;
        }
        self.strings.bytes.push(shared as u8);
        self.strings.bytes.extend_from_slice(&string[shared..]);
        self.strings.bytes.push(0xFF);
        self.before.clear();
        self.before.extend_from_slice(string);
        self.count += 1;
    }

    /// Add what is done of those sections of which so many bytes are.
    pub fn take_full(&mut self, prefix: &str, piece: usize, made: &mut Vec<Made>) {
        take_full(prefix, piece, &mut [&mut self.strings, &mut self.blocks_at], made);
    }

    /// Add the sections in the order of the file, or their rest.
    pub fn finish(self, prefix: &str, made: &mut Vec<Made>) {
        let packed = self.packed;
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
        let (kind, width) = match packed.iter().map(rest_of).max().unwrap_or(0) {
            0..=0xFFFF => ("<u2", 2),
            0x1_0000..=0xFFFF_FFFF => ("<u4", 4),
            _ => ("<u8", 8),
        };
        let mut rest = Vec::with_capacity(width * packed.len());
        packed.iter().for_each(|term| rest.extend_from_slice(&rest_of(term).to_le_bytes()[..width]));
        let ends = alphabet.iter().copied().chain([greatest as u32 + 1]);
        let groups = ends.map(|code| packed.partition_point(|term| column(*term, 2) < code as usize) as u32);
        let groups = u32s(groups);
        let mut add = |name: &str, kind, bytes| made.push((format!("{prefix}/{name}"), kind, bytes));
        add("alphabet", "<u4", u32s(alphabet));
        add("groups", "<u4", groups);
        add("rest", kind, rest);
        add("strings", "|u1", self.strings.bytes);
        add("blocks_at", "<u4", self.blocks_at.bytes);
        add("shape", "<u4", u32s([third_bits, self.count as u32]));
    }
}

//! Raw deflate opened into a buffer that begins with what it may refer back to: RFC 1951.
//!
//! Blocks of articles are small, so that reading the tables of a block counts as much as what follows. A
//! table is filled by doubling; the few codes that are longer than its bits are found one bit after another.

use crate::data::{Fault, Read};

/// What is repeated is mostly shorter than this.
const AT_ONCE: usize = 16;
/// The longest code.
const LONGEST: usize = 15;
/// Symbols below this are bytes, this one ends a block, those above it are lengths.
const END: usize = 256;
const CODES: usize = 288;
const DISTANCES: usize = 32;
/// In this order come the lengths of the codes for lengths of codes.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIRST_LENGTHS: [(u16, u8); 29] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2),
    (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5),
    (163, 5), (195, 5), (227, 5), (258, 0),
];
const FIRST_DISTANCES: [(u16, u8); 30] = [
    (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4), (49, 4), (65, 5),
    (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8), (1025, 9), (1537, 9), (2049, 10),
    (3073, 10), (4097, 11), (6145, 11), (8193, 12), (12289, 12), (16385, 13), (24577, 13),
];

/// What is kept of a symbol beside its code: see `Table::entries`.
const IS_BYTE: u32 = 1 << 8;
const IS_END: u32 = 1 << 9;
const IS_NONE: u32 = 1 << 10;
const MEANINGS: [u32; CODES] = {
    let mut meanings = [IS_NONE; CODES];
    let mut symbol = 0;
    while symbol < CODES {
        if symbol < END {
            meanings[symbol] = IS_BYTE | (symbol as u32) << 16;
        } else if symbol == END {
            meanings[symbol] = IS_END;
        } else if symbol - END - 1 < FIRST_LENGTHS.len() {
            meanings[symbol] = meaning_of(FIRST_LENGTHS[symbol - END - 1]);
        }
        symbol += 1;
    }
    meanings
};
const MEANINGS_OF_DISTANCES: [u32; DISTANCES] = {
    let mut meanings = [IS_NONE; DISTANCES];
    let mut symbol = 0;
    while symbol < FIRST_DISTANCES.len() {
        meanings[symbol] = meaning_of(FIRST_DISTANCES[symbol]);
        symbol += 1;
    }
    meanings
};
const MEANINGS_OF_LENGTHS: [u32; ORDER.len()] = {
    let mut meanings = [0; ORDER.len()];
    let mut symbol = 0;
    while symbol < ORDER.len() {
        meanings[symbol] = (symbol as u32) << 16;
        symbol += 1;
    }
    meanings
};

/// Return a symbol that stands for a number with some more bits: how many these are, and the number.
const fn meaning_of((first, more): (u16, u8)) -> u32 {
    (first as u32) << 16 | (more as u32) << 4
}

/// Why opening ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// All is there.
    Done,
    /// There is no more room.
    Full,
}

/// What a thread opens with, kept for the next time.
pub struct Inflater {
    codes: Table<1024>,
    distances: Table<256>,
    lengths: Table<128>,
}

impl Inflater {
    pub fn new() -> Inflater {
        Inflater {
            codes: Table::of(&MEANINGS),
            distances: Table::of(&MEANINGS_OF_DISTANCES),
            lengths: Table::of(&MEANINGS_OF_LENGTHS),
        }
    }

    /// Open `packed` into `room` from a place on; return where that ends, and why.
    pub fn open(&mut self, packed: &[u8], room: &mut [u8], from: usize) -> Read<(usize, Ended)> {
        self.opened(packed, room, from).ok_or(Fault::Damaged("a block of articles cannot be opened"))
    }

    fn opened(&mut self, packed: &[u8], room: &mut [u8], from: usize) -> Option<(usize, Ended)> {
        let mut bits = Bits::of(packed, 0);
        let mut at = from;
        loop {
            bits.fill();
            let is_last = bits.take(1) == 1;
            let ended = match bits.take(2) {
                0 => stored(&mut bits, room, &mut at)?,
                1 => {
                    self.fixed()?;
                    self.coded(&mut bits, room, &mut at)?
                }
                2 => {
                    self.dynamic(&mut bits)?;
                    self.coded(&mut bits, room, &mut at)?
                }
                _ => return None,
            };
            bits.check()?;
            if ended == Ended::Full || is_last {
                return Some((at, ended));
            }
        }
    }

    /// Take the codes that need not be written.
    fn fixed(&mut self) -> Option<()> {
        let mut sizes = [8u8; CODES];
        sizes[144..256].fill(9);
        sizes[256..280].fill(7);
        self.codes.fill(&sizes)?;
        self.distances.fill(&[5; DISTANCES])
    }

    /// Read the codes that come before a block.
    fn dynamic(&mut self, bits: &mut Bits) -> Option<()> {
        let (codes, distances) = (bits.take(5) as usize + 257, bits.take(5) as usize + 1);
        let count = bits.take(4) as usize + 4;
        let mut sizes = [0u8; ORDER.len()];
        for place in &ORDER[..count] {
            bits.fill();
            sizes[*place] = bits.take(3) as u8;
        }
        self.lengths.fill(&sizes)?;
        let mut sizes = [0u8; CODES + DISTANCES];
        let all = sizes.get_mut(..codes + distances)?;
        let mut next = 0;
        while next < all.len() {
            bits.fill();
            let (size, times) = match self.lengths.next(bits)? >> 16 {
                16 => (*all.get(next.wrapping_sub(1))?, 3 + bits.take(2)),
                17 => (0, 3 + bits.take(3)),
                18 => (0, 11 + bits.take(7)),
                size => (size as u8, 1),
            };
            let end = next + times as usize;
            all.get_mut(next..end)?.fill(size);
            next = end;
        }
        bits.check()?;
        let (codes, distances) = all.split_at(codes);
        self.codes.fill(codes)?;
        self.distances.fill(distances)
    }

    /// Open a block of codes.
    fn coded(&self, from: &mut Bits, room: &mut [u8], place: &mut usize) -> Option<Ended> {
        // Copies, which need not be in memory.
        let (mut bits, mut at) = (*from, *place);
        let ended = loop {
            bits.fill();
            let mut entry = self.codes.next(&mut bits)?;
            if entry & IS_BYTE != 0 {
                // Three codes are in what was filled.
                for _ in 0..2 {
                    let Some(slot) = room.get_mut(at) else { break };
                    *slot = (entry >> 16) as u8;
                    at += 1;
                    entry = self.codes.next(&mut bits)?;
                    if entry & IS_BYTE == 0 {
                        break;
                    }
                }
                if entry & IS_BYTE != 0 {
                    let Some(slot) = room.get_mut(at) else { break Ended::Full };
                    *slot = (entry >> 16) as u8;
                    at += 1;
                    continue;
                }
                bits.fill();
            }
            if entry & (IS_END | IS_NONE) != 0 {
                if entry & IS_END != 0 {
                    break Ended::Done;
                }
                return None;
            }
            let length = bits.number(entry);
            let entry = self.distances.next(&mut bits)?;
            if entry & IS_NONE != 0 {
                return None;
            }
            let source = at.checked_sub(bits.number(entry))?;
            if !copied(room, source, at, length) {
                at = room.len();
                break Ended::Full;
            }
            at += length;
        };
        (*from, *place) = (bits, at);
        Some(ended)
    }
}

/// Open what `zlib.compress` wrote, which comes to no more than `most` bytes.
pub fn open_zlib(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let (head, rest) = packed.split_first_chunk::<2>()?;
    let (body, check) = rest.split_last_chunk::<4>()?;
    let is_plain = head[0] & 15 == 8 && head[1] & 32 == 0 && u16::from_be_bytes(*head) % 31 == 0;
    let mut room = vec![0; most];
    let (end, ended) = Inflater::new().opened(body, &mut room, 0)?;
    room.truncate(end);
    let is_whole = is_plain && ended == Ended::Done && adler(&room) == u32::from_be_bytes(*check);
    is_whole.then_some(room)
}

/// Return the checksum that is written behind zlib's data.
fn adler(bytes: &[u8]) -> u32 {
    const BASE: u64 = 65521;
    let add = |(one, all): (u64, u64), byte: &u8| {
        let one = one + u64::from(*byte);
        (one, all + one)
    };
    let (one, all) = bytes.chunks(4096).fold((1, 0), |sums, part| {
        let (one, all) = part.iter().fold(sums, add);
        (one % BASE, all % BASE)
    });
    (all << 16 | one) as u32
}

/// Open a block that is stored as it is.
fn stored(bits: &mut Bits, room: &mut [u8], at: &mut usize) -> Option<Ended> {
    bits.check()?;
    let start = bits.place - bits.count as usize / 8;
    let [low, high, not_low, not_high] = *bits.bytes.get(start..).and_then(|rest| rest.first_chunk())?;
    if [low, high] != [!not_low, !not_high] {
        return None;
    }
    let length = usize::from(u16::from_le_bytes([low, high]));
    let bytes = bits.bytes.get(start + 4..start + 4 + length)?;
    *bits = Bits::of(bits.bytes, start + 4 + length);
    let fits = length.min(room.len() - *at);
    room[*at..*at + fits].copy_from_slice(&bytes[..fits]);
    *at += fits;
    Some(if fits < length { Ended::Full } else { Ended::Done })
}

/// Copy what was opened before to a place; return whether all of it fits.
#[inline(always)]
fn copied(room: &mut [u8], source: usize, at: usize, length: usize) -> bool {
    let (before, behind) = room.split_at_mut(at);
    let from = before.get(source..).unwrap_or(&[]);
    if length <= AT_ONCE {
        if let (Some(from), Some(to)) = (from.first_chunk::<AT_ONCE>(), behind.first_chunk_mut::<AT_ONCE>()) {
            *to = *from; // what is after the end is written later
            return true;
        }
    }
    match (from.get(..length), behind.get_mut(..length)) {
        (Some(from), Some(to)) => to.copy_from_slice(from),
        _ => {
            let (distance, end) = (at - source, (at + length).min(room.len()));
            for place in at..end {
                room[place] = room[place - distance];
            }
        }
    }
    at + length <= room.len()
}

/// The bits of some bytes, from the lowest on; behind the last come zeros, which may not be taken.
#[derive(Clone, Copy)]
struct Bits<'a> {
    bytes: &'a [u8],
    place: usize,
    held: u64,
    count: u32,
    /// How many bytes of zeros were added.
    missing: usize,
}

impl<'a> Bits<'a> {
    fn of(bytes: &'a [u8], place: usize) -> Bits<'a> {
        Bits { bytes, place, held: 0, count: 0, missing: 0 }
    }

    /// Hold 56 bits or more.
    #[inline(always)]
    fn fill(&mut self) {
        if let Some(eight) = self.bytes.get(self.place..).and_then(|rest| rest.first_chunk()) {
            self.held |= u64::from_le_bytes(*eight).wrapping_shl(self.count);
            self.place = self.place.wrapping_add((63 ^ self.count as usize) >> 3);
            self.count |= 56;
        } else {
            *self = self.filled_slowly();
        }
    }

    #[cold]
    fn filled_slowly(mut self) -> Self {
        while self.count < 56 {
            let byte = self.bytes.get(self.place).copied();
            self.missing += usize::from(byte.is_none());
            self.held |= u64::from(byte.unwrap_or(0)) << self.count;
            self.place += 1;
            self.count += 8;
        }
        self
    }

    #[inline(always)]
    fn take(&mut self, count: u32) -> u32 {
        // All that is taken was filled: `check` sees to the end, and the wrapping that cannot be costs nothing.
        let found = self.held & (1u64.wrapping_shl(count).wrapping_sub(1));
        self.held = self.held.wrapping_shr(count);
        self.count = self.count.wrapping_sub(count);
        found as u32
    }

    /// Take the bits that belong to a symbol, and return the number that it stands for.
    #[inline(always)]
    fn number(&mut self, entry: u32) -> usize {
        ((entry >> 16) + self.take(entry >> 4 & 15)) as usize
    }

    /// See that nothing was taken that is not there.
    fn check(&self) -> Option<()> {
        if 8 * self.missing > self.count as usize { None } else { Some(()) }
    }
}

/// What codes stand for, in a table of `SIZE` entries, a power of two.
struct Table<const SIZE: usize> {
    /// By the bits that come next: what the symbol stands for in the upper half, and from the lowest bit on the length
    /// of its code, in four bits, how many more bits belong to it, in four, and what it is. 0 for longer codes.
    entries: [u32; SIZE],
    /// The same of all symbols, without the codes.
    meanings: &'static [u32],
    /// How many codes there are of each length, and their symbols in order.
    counts: [u16; LONGEST + 1],
    symbols: [u16; CODES],
}

impl<const SIZE: usize> Table<SIZE> {
    fn of(meanings: &'static [u32]) -> Table<SIZE> {
        Table { entries: [0; SIZE], meanings, counts: [0; LONGEST + 1], symbols: [0; CODES] }
    }

    /// Take the length of each symbol's code, 0 for none.
    fn fill(&mut self, sizes: &[u8]) -> Option<()> {
        self.counts = [0; LONGEST + 1];
        sizes.iter().for_each(|size| self.counts[usize::from(*size & 15)] += 1);
        self.counts[0] = 0;
        let mut places = [0u16; LONGEST + 2];
        let mut left = 1i32;
        for size in 1..=LONGEST {
            left = 2 * left - i32::from(self.counts[size]);
            if left < 0 {
                return None;
            }
            places[size + 1] = places[size] + self.counts[size];
        }
        for (symbol, size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
            let place = &mut places[usize::from(*size & 15)];
            self.symbols[usize::from(*place)] = symbol as u16;
            *place += 1;
        }
        let (mut next, mut code, mut known) = (0, 0usize, 1);
        self.entries[0] = 0;
        for size in 1..=SIZE.trailing_zeros() as usize {
            let (low, high) = self.entries[..2 * known].split_at_mut(known);
            high.copy_from_slice(low);
            known *= 2;
            for symbol in &self.symbols[next..next + usize::from(self.counts[size])] {
                self.entries[code] = self.meanings[usize::from(*symbol)] | size as u32;
                // The next code, of which the first bit is the lowest.
                let zeros = !code & (known - 1);
                let top: usize = zeros.checked_ilog2().map_or(0, |bit| 1 << bit);
                code = code & top.wrapping_sub(1) | top;
            }
            next += usize::from(self.counts[size]);
        }
        Some(())
    }

    /// Take a code, and return what it stands for.
    #[inline(always)]
    fn next(&self, bits: &mut Bits) -> Option<u32> {
        let mut entry = self.entries[bits.held as usize & (SIZE - 1)];
        if entry == 0 {
            entry = self.long(bits.held)?;
        }
        bits.take(entry & 15);
        Some(entry)
    }

    #[cold]
    fn long(&self, bits: u64) -> Option<u32> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for size in 1..=LONGEST {
            code |= (bits >> (size - 1) & 1) as usize;
            let count = usize::from(self.counts[size]);
            if code < first + count {
                return Some(self.meanings[usize::from(self.symbols[place + code - first])] | size as u32);
            }
            place += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

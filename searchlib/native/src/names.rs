//! Texts with a number each, given in the order in which they come.

use std::hash::{BuildHasherDefault, Hasher};

/// Hashes what few things are kept by here: so few that it need not be safe from collisions that somebody has chosen.
#[derive(Default, Clone, Copy)]
pub struct QuickHasher(u64);

pub type Quick = BuildHasherDefault<QuickHasher>;

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(FACTOR);
        self.0 ^= self.0 >> 32;
    }

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(FACTOR)
    }
}

const FEWEST: usize = 1 << 12;

/// Numbers below 2^36, each with one below 2^28: in eight bytes, as most are not at hand when they are wanted.
pub struct Numbered {
    slots: Vec<u64>,
    count: usize,
}

pub const NUMBER_BITS: u32 = 28;

impl Numbered {
    /// Begin with room for so many keys.
    pub fn of(keys: usize) -> Numbered {
        Numbered { slots: vec![0; (2 * keys).next_power_of_two().max(FEWEST)], count: 0 }
    }

    /// Return the number of a key, that of `new` for a key that has not been met; no key is 0.
    #[inline]
    pub fn number(&mut self, key: u64, new: impl FnOnce() -> u32) -> u32 {
        if self.count * 2 >= self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        if self.slots[slot] == 0 {
            self.slots[slot] = key << NUMBER_BITS | u64::from(new());
            self.count += 1;
        }
        self.slots[slot] as u32 & ((1 << NUMBER_BITS) - 1)
    }

    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(FACTOR) >> 32) as usize & mask;
        while self.slots[slot] != 0 && self.slots[slot] >> NUMBER_BITS != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let larger = vec![0; self.slots.len() * 2];
        for held in std::mem::replace(&mut self.slots, larger).into_iter().filter(|held| *held > 0) {
            let slot = self.slot(held >> NUMBER_BITS);
            self.slots[slot] = held;
        }
    }
}

const EMPTY: u32 = u32::MAX;

/// Texts one after another, and a table that finds them.
#[derive(Default)]
pub struct Names {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: Vec<u32>,
}

impl Names {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, number: usize) -> &[u8] {
        let start = if number > 0 { self.ends[number - 1] } else { 0 };
        &self.bytes[start..self.ends[number]]
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|number| self.get(number))
    }

    /// Return the number of a text, the next one for a text that has not been met.
    pub fn number(&mut self, text: &[u8]) -> u32 {
        if self.len() * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(text);
        if self.table[slot] == EMPTY {
            self.table[slot] = self.len() as u32;
            self.bytes.extend_from_slice(text);
            self.ends.push(self.bytes.len());
        }
        self.table[slot]
    }

    fn slot(&self, text: &[u8]) -> usize {
        let mask = self.table.len() - 1;
        let mut hasher = QuickHasher::default();
        hasher.write_u64(text.len() as u64);
        hasher.write(text);
        let mut slot = (hasher.finish() >> 32) as usize & mask;
        while self.table[slot] != EMPTY && self.get(self.table[slot] as usize) != text {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.table = vec![EMPTY; (self.table.len() * 2).max(64)];
        for number in 0..self.len() {
            let slot = self.slot(self.get(number));
            self.table[slot] = number as u32;
        }
    }
}

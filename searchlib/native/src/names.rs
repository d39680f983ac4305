//! Texts with a number each, given in the order in which they come.

use std::hash::{BuildHasherDefault, Hasher};

/// Hashes the numbers that terms have here: no one else chooses them, so it need not be safe from collisions.
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

const EMPTY: u32 = u32::MAX;

/// Texts behind each other, and a table that finds them.
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

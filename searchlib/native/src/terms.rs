//! The terms of one field: a term to its number, and a number to its term. `codec/term_dict.py` has the layout.

use crate::data::{Fault, Numbers, Read, Section};

const PACKED_CHARS: usize = 3;
const BLOCK: usize = 16;
const END: u8 = 255;
const FIRST_HAN: u32 = 0x4E00;
const HAN: usize = 0x5200;
const SHARES_TOO_MUCH: Fault = Fault::Damaged("a term shares more than there is");
/// Lines of the processor's memory that are fetched of where a term may be.
const FETCHED: usize = 12;

pub struct Terms {
    alphabet: Section,
    groups: Section,
    rest: Numbers,
    strings: Section,
    blocks_at: Section,
    third_bits: u32,
    string_count: usize,
    /// The ranks of common Han, from `FIRST_HAN` on; empty where there are too many for two bytes.
    ranks: Vec<u16>,
}

impl Terms {
    pub fn of(
        alphabet: Section,
        groups: Section,
        rest: Numbers,
        strings: Section,
        blocks_at: Section,
        shape: &Section,
    ) -> Read<Terms> {
        let third_bits = shape.u32s().at(0)?;
        let string_count = shape.u32s().at(1)? as usize;
        if third_bits > 31 {
            return Err(Fault::Damaged("the shape of a term dictionary is wrong"));
        }
        Ok(Terms { ranks: ranks_of_han(&alphabet)?, alphabet, groups, rest, strings, blocks_at, third_bits, string_count })
    }

    pub fn len(&self) -> usize {
        self.rest.len() + self.string_count
    }

    /// Return the number of a term, None when the field does not have it.
    pub fn number_of(&self, term: &[char]) -> Read<Option<usize>> {
        if is_packable(term) {
            return self.short(term);
        }
        let data = encoded(term);
        let found = self.string_place(&data)?;
        Ok(found.map(|place| self.rest.len() + place))
    }

    /// Have what tells the number of a short term fetched while others are looked up.
    pub fn fetch(&self, term: &[char]) {
        let range = || is_packable(term).then(|| self.group(term[0]).ok()).flatten();
        if let Some((start, end)) = range() {
            self.rest.fetch(start, end, FETCHED);
        }
    }

    /// Return whether the term of a number is among the short ones; these are in order, and so are the others.
    pub fn is_short(&self, number: usize) -> bool {
        number < self.rest.len()
    }

    /// Return the UTF-8 of the term of a number.
    pub fn term_of(&self, number: usize) -> Read<Vec<u8>> {
        if number >= self.rest.len() {
            return self.string(number - self.rest.len());
        }
        let groups = self.groups.u32s();
        let group = groups.bisect_right(number as u32)?.checked_sub(1);
        let group = group.ok_or(Fault::Damaged("a term is in no group"))?;
        self.rest.verify(number, number + 1)?;
        let rest = self.rest.at(number)?;
        let third = rest & ((1 << self.third_bits) - 1);
        let mut term = Vec::with_capacity(12);
        for rank in [group as u64 + 1, rest >> self.third_bits, third] {
            if rank > 0 {
                let place = usize::try_from(rank - 1).map_err(|_| Fault::Damaged("a rank is too great"))?;
                push_code(&mut term, self.alphabet.u32s().at(place)?);
            }
        }
        Ok(term)
    }

    fn rank(&self, char: char) -> Read<u64> {
        let place = (char as u32).checked_sub(FIRST_HAN).map(|place| place as usize);
        if let Some(rank) = place.and_then(|place| self.ranks.get(place)) {
            return Ok(u64::from(*rank));
        }
        let alphabet = self.alphabet.u32s();
        let code = char as u32;
        let place = alphabet.bisect_left(code, 0, alphabet.len())?;
        let is_there = place < alphabet.len() && alphabet.at(place)? == code;
        Ok(if is_there { place as u64 + 1 } else { 0 })
    }

    fn short(&self, term: &[char]) -> Read<Option<usize>> {
        let mut ranks = [0u64; PACKED_CHARS];
        for (place, char) in term.iter().enumerate() {
            ranks[place] = self.rank(*char)?;
            if ranks[place] == 0 || (place == 2 && self.third_bits == 0) {
                return Ok(None);
            }
        }
        let rest = (ranks[1] << self.third_bits) | ranks[2];
        let groups = self.groups.u32s();
        let start = groups.at(ranks[0] as usize - 1)? as usize;
        let end = groups.at(ranks[0] as usize)? as usize;
        let place = self.rest.bisect_verified(rest, start, end)?;
        Ok(if place < end && self.rest.at(place)? == rest { Some(place) } else { None })
    }

    /// Return the second character of each short term that begins with one, 0 for none, with the term's number.
    pub fn after(&self, char: char) -> Read<Vec<(char, usize)>> {
        let (start, end) = self.group(char)?;
        self.rest.verify(start, end)?;
        (start..end).map(|number| Ok((self.char_of(self.rest.at(number)? >> self.third_bits)?, number))).collect()
    }

    /// Return the characters after one in terms of two, in their order.
    pub fn whole_after(&self, char: char) -> Read<Vec<char>> {
        let (start, end) = self.group(char)?;
        self.rest.verify(start, end)?;
        let mut found = Vec::new();
        for number in start..end {
            let rest = self.rest.at(number)?;
            if rest & ((1 << self.third_bits) - 1) == 0 {
                found.push(self.char_of(rest >> self.third_bits)?);
            }
        }
        Ok(found)
    }

    /// Return the first character of each short term of which one is the second, with the term's number.
    pub fn before(&self, char: char) -> Read<Vec<(char, usize)>> {
        let rank = self.rank(char)?;
        let mut found = Vec::new();
        if rank == 0 {
            return Ok(found);
        }
        self.rest.verify(0, self.rest.len())?;
        let groups = self.groups.u32s();
        let mut group = 0;
        for number in 0..self.rest.len() {
            if self.rest.at(number)? >> self.third_bits != rank {
                continue;
            }
            while groups.at(group + 1)? as usize <= number {
                group += 1;
            }
            found.push((self.char_of(group as u64 + 1)?, number));
        }
        Ok(found)
    }

    /// Return where the terms that begin with a character are among the short ones.
    fn group(&self, char: char) -> Read<(usize, usize)> {
        match self.rank(char)? as usize {
            0 => Ok((0, 0)),
            rank => Ok((self.groups.u32s().at(rank - 1)? as usize, self.groups.u32s().at(rank)? as usize)),
        }
    }

    /// Return the character of a rank, 0 for none, and for what is no character of a text.
    fn char_of(&self, rank: u64) -> Read<char> {
        let Some(place) = rank.checked_sub(1) else { return Ok('\0') };
        let place = usize::try_from(place).map_err(|_| Fault::Damaged("a rank is too great"))?;
        Ok(char::from_u32(self.alphabet.u32s().at(place)?).unwrap_or('\0'))
    }

    /// Return the coded strings of a block, one after the other.
    fn block(&self, block: usize) -> Read<&[u8]> {
        let places = self.blocks_at.u32s();
        let start = places.at(block)? as usize;
        let end = if block + 1 < places.len() { places.at(block + 1)? as usize } else { self.strings.len() };
        let length = end.checked_sub(start).ok_or(Fault::Damaged("a block of terms ends before it begins"))?;
        self.strings.part(start, length)
    }

    fn string_place(&self, data: &[u8]) -> Read<Option<usize>> {
        let (mut low, mut high) = (0, self.blocks_at.u32s().len());
        while low < high {
            let middle = (low + high) / 2;
            let block = self.block(middle)?;
            let head = block.get(1..).and_then(|rest| rest.split(|byte| *byte == END).next());
            if head.ok_or(Fault::Damaged("a block of terms is empty"))? <= data {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low == 0 {
            return Ok(None);
        }
        let mut string: Vec<u8> = Vec::with_capacity(48);
        for (place, coded) in pieces(self.block(low - 1)?).enumerate() {
            extend(&mut string, coded)?;
            if string == data {
                return Ok(Some((low - 1) * BLOCK + place));
            }
        }
        Ok(None)
    }

    fn string(&self, place: usize) -> Read<Vec<u8>> {
        if place >= self.string_count {
            return Err(Fault::Damaged("a term is beyond its section"));
        }
        let (block, wanted) = (self.block(place / BLOCK)?, place % BLOCK);
        let mut ends = [0; BLOCK];
        let mut found = block.iter().enumerate().filter(|(_, byte)| **byte == END);
        for end in &mut ends[..=wanted] {
            *end = found.next().ok_or(Fault::Damaged("a block of terms is cut short"))?.0;
        }
        let coded = |number: usize| {
            let start = if number > 0 { ends[number - 1] + 1 } else { 0 };
            block[start..ends[number]].split_first().ok_or(Fault::Damaged("a term is empty"))
        };
        let (shared, own) = coded(wanted)?;
        let mut missing = usize::from(*shared);
        let mut string = vec![0; missing + own.len()];
        string[missing..].copy_from_slice(own);
        // Of the terms before it only what it shares with them is read.
        let mut others = (0..wanted).rev();
        while missing > 0 {
            let (shared, own) = coded(others.next().ok_or(SHARES_TOO_MUCH)?)?;
            let shared = usize::from(*shared);
            if shared < missing {
                string[shared..missing].copy_from_slice(own.get(..missing - shared).ok_or(SHARES_TOO_MUCH)?);
                missing = shared;
            }
        }
        Ok(string)
    }
}

/// Goes through the terms of a field in the order of their numbers.
pub struct Walk<'a> {
    terms: &'a Terms,
    number: usize,
    /// The place in the alphabet of the first character.
    group: usize,
    packed: u64,
    string: Vec<u8>,
    /// What follows in the block of longer terms.
    rest: &'a [u8],
}

impl<'a> Walk<'a> {
    pub fn of(terms: &'a Terms) -> Read<Walk<'a>> {
        let mut walk = Walk { terms, number: 0, group: 0, packed: 0, string: Vec::new(), rest: &[] };
        walk.read()?;
        Ok(walk)
    }

    /// Return the term, packed as `term_dict.py` does it; None for a longer one, and after the last.
    pub fn packed(&self) -> Option<u64> {
        self.terms.is_short(self.number).then_some(self.packed)
    }

    /// Return the UTF-8 of the term; None for a short one, and after the last.
    pub fn string(&self) -> Option<&[u8]> {
        (!self.terms.is_short(self.number) && self.number < self.terms.len()).then_some(&self.string)
    }

    /// Go to the next term, which is greater.
    pub fn next(&mut self) -> Read<()> {
        self.number += 1;
        self.read()
    }

    fn read(&mut self) -> Read<()> {
        const IN_DISORDER: Fault = Fault::Damaged("terms are not in their order");
        let terms = self.terms;
        if self.number >= terms.len() {
            return Ok(());
        }
        if let Some(place) = self.number.checked_sub(terms.rest.len()) {
            if place % BLOCK == 0 {
                self.rest = terms.block(place / BLOCK)?;
            }
            let length = self.rest.iter().position(|byte| *byte == END);
            let length = length.ok_or(Fault::Damaged("a block of terms is cut short"))?;
            let shared = usize::from(self.rest[0]);
            let tail = self.string.get(shared..).unwrap_or(&[]);
            let own = self.rest.get(1..length).unwrap_or(&[]);
            if place > 0 && own <= tail {
                return Err(IN_DISORDER);
            }
            extend(&mut self.string, &self.rest[..length])?;
            self.rest = &self.rest[length + 1..];
            return Ok(());
        }
        let groups = terms.groups.u32s();
        while groups.at(self.group + 1)? as usize <= self.number {
            self.group += 1;
        }
        let rest = terms.rest.at(self.number)?;
        let code = |rank: u64| match usize::try_from(rank).map(|rank| rank.checked_sub(1)) {
            Ok(Some(place)) => Ok(u64::from(terms.alphabet.u32s().at(place)?)),
            Ok(None) => Ok(0),
            Err(_) => Err(Fault::Damaged("a rank is too great")),
        };
        let (second, third) = (rest >> terms.third_bits, rest & ((1 << terms.third_bits) - 1));
        let packed = code(self.group as u64 + 1)? << 42 | code(second)? << 21 | code(third)?;
        if self.number > 0 && packed <= self.packed {
            return Err(IN_DISORDER);
        }
        self.packed = packed;
        Ok(())
    }
}

/// Return for each common Han its rank in an alphabet, 0 for those that are not in it.
fn ranks_of_han(alphabet: &Section) -> Read<Vec<u16>> {
    let alphabet = alphabet.u32s();
    if alphabet.len() >= usize::from(u16::MAX) {
        return Ok(Vec::new());
    }
    let first = alphabet.bisect_left(FIRST_HAN, 0, alphabet.len())?;
    if alphabet.at(first).map_or(true, |code| code >= FIRST_HAN + HAN as u32) {
        return Ok(Vec::new());
    }
    let mut ranks = vec![0; HAN];
    for place in first..alphabet.len() {
        let slot = alphabet.at(place)?.checked_sub(FIRST_HAN).and_then(|code| ranks.get_mut(code as usize));
        if let Some(slot) = slot {
            *slot = place as u16 + 1;
        }
    }
    Ok(ranks)
}

/// Yield the coded strings of a block; each ends with 255.
fn pieces(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    block.split_inclusive(|byte| *byte == END).filter_map(|one| one.strip_suffix(&[END]))
}

/// Make the string before one into this one.
fn extend(string: &mut Vec<u8>, coded: &[u8]) -> Read<()> {
    let (shared, own) = coded.split_first().ok_or(Fault::Damaged("a term is empty"))?;
    if usize::from(*shared) > string.len() {
        return Err(SHARES_TOO_MUCH);
    }
    string.truncate(usize::from(*shared));
    string.extend_from_slice(own);
    Ok(())
}

fn is_packable(term: &[char]) -> bool {
    if term.len() == PACKED_CHARS {
        return term.iter().all(|char| ('\u{3400}'..='\u{9fff}').contains(char));
    }
    !term.is_empty() && term.len() < PACKED_CHARS && !term.contains(&'\0')
}

fn encoded(term: &[char]) -> Vec<u8> {
    term.iter().collect::<String>().into_bytes()
}

/// Append a code point as UTF-8; a lone surrogate as three bytes, as Python's `surrogatepass` does.
pub fn push_code(into: &mut Vec<u8>, code: u32) {
    match char::from_u32(code) {
        Some(char) => into.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        None => into.extend_from_slice(&[
            0xE0 | (code >> 12 & 0x0F) as u8,
            0x80 | (code >> 6 & 0x3F) as u8,
            0x80 | (code & 0x3F) as u8,
        ]),
    }
}

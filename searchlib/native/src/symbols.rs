//! Texts as numbers of two bytes, each of what is frequent in a segment: `codec/symbols.py` has the layout.

use std::cmp::Reverse;
use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyAny, PyBytes};

use crate::data::{Fault, Map, Read, Section};
use crate::detached;
use crate::names::Quick;
use crate::tables::utf8;

/// A symbol's characters in the order of its bytes, none of them 0 or beyond the first plane; zeros follow.
type Symbol = u64;

const MOST_CHARS: usize = 4;
const CHAR_BITS: usize = 16;
const ROUNDS: usize = 3;
/// Codes from here on say in which plane the character is that follows.
const FIRST_PLANE: usize = 0xFFEF;
/// A symbol takes as many bytes in the table as this times what it saves whenever it is used for two characters.
const COST: u64 = 4;
/// Codes that are looked up before their characters are put together.
const AT_ONCE: usize = 128;
const BAD_CODES: Fault = Fault::Damaged("an article is not whole");

/// Return how many characters a symbol has; one of zeros alone, which nobody writes, has one.
#[inline]
fn length(symbol: Symbol) -> usize {
    (symbol | 1).ilog2() as usize / CHAR_BITS + 1
}

/// Return a number by which symbols are in the order of their texts.
fn rank(symbol: Symbol) -> u64 {
    (0..MOST_CHARS).fold(0, |rank, at| rank << CHAR_BITS | symbol >> (CHAR_BITS * at) & 0xFFFF)
}

fn joined(one: Symbol, other: Symbol) -> Symbol {
    one | other << (CHAR_BITS * length(one))
}

/// Return whether a character may be part of a symbol.
fn is_storable(char: u32) -> bool {
    matches!(char, 1..=0xD7FF | 0xE000..=0xFFFF)
}

/// The symbols of a segment that is written.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Packer {
    symbols: Vec<Symbol>,
    codes: HashMap<Symbol, u16, Quick>,
    /// Of the first two characters of symbols: a bit for each length that these have.
    lengths: HashMap<u64, u8, Quick>,
    singles: Vec<Option<u16>>,
}

#[pymethods]
impl Packer {
    /// Choose symbols by some texts in UTF-8, one part in `share` of all that are to be packed.
    #[new]
    fn new(py: Python<'_>, sample: Vec<PyBackedBytes>, share: u64) -> PyResult<Packer> {
        detached(py, || {
            let texts: Read<Vec<Vec<u32>>> = sample.iter().map(|text| utf8(text)).collect();
            Ok(Packer::chosen(&texts?, share))
        })
    }

    /// Return the table as it is written.
    #[getter]
    fn table<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.symbols.iter().flat_map(|symbol| symbol.to_le_bytes()).collect::<Vec<u8>>())
    }

    /// Pack texts that are in UTF-8, in so many threads.
    fn pack<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<PyBackedBytes>,
        threads: usize,
    ) -> PyResult<Vec<Bound<'py, PyBytes>>> {
        let size = texts.len().div_ceil(threads.max(1)).max(1);
        let packed = detached(py, || {
            let pack = |texts: &[PyBackedBytes]| -> Read<Vec<Vec<u8>>> {
                texts.iter().map(|text| Ok(self.packed(&utf8(text)?))).collect()
            };
            std::thread::scope(|scope| {
                let mut parts = texts.chunks(size);
                let first = parts.next().unwrap_or(&[]);
                let others: Vec<_> = parts.map(|part| scope.spawn(move || pack(part))).collect();
                let mut all = pack(first)?;
                for other in others {
                    all.extend(other.join().map_err(|_| crate::folding::POISONED)??);
                }
                Ok(all)
            })
        })?;
        Ok(packed.iter().map(|bytes| PyBytes::new(py, bytes)).collect())
    }
}

impl Packer {
    fn of(symbols: Vec<Symbol>) -> Packer {
        let mut packer = Packer {
            codes: HashMap::with_capacity_and_hasher(symbols.len(), Quick::default()),
            lengths: HashMap::with_capacity_and_hasher(symbols.len(), Quick::default()),
            singles: vec![None; 1 << CHAR_BITS],
            symbols,
        };
        for (code, symbol) in packer.symbols.iter().enumerate() {
            match length(*symbol) {
                1 => packer.singles[*symbol as usize] = Some(code as u16),
                length => {
                    packer.codes.insert(*symbol, code as u16);
                    *packer.lengths.entry(*symbol & 0xFFFF_FFFF).or_default() |= 1 << length;
                }
            }
        }
        packer
    }

    /// Choose symbols: `codec/symbols.py` says how.
    fn chosen(sample: &[Vec<u32>], share: u64) -> Packer {
        let mut uses = vec![0u64; 1 << CHAR_BITS];
        for char in sample.iter().flatten().filter(|char| is_storable(**char)) {
            uses[*char as usize] += 1;
        }
        let each = uses.iter().zip(0u64..).filter(|(uses, _)| **uses > 0);
        let mut gains: Vec<(Reverse<u64>, u64)> = each.map(|(uses, char)| (Reverse(*uses), rank(char))).collect();
        gains.sort_unstable();
        gains.truncate(FIRST_PLANE);
        let singles = gains.len();
        for _ in 0..ROUNDS {
            let packer = Packer::of(gains.iter().map(|(_, symbol)| rank(*symbol)).collect());
            let mut found = packer.joinable(sample);
            found.sort_unstable();
            gains.truncate(singles);
            gains.extend(found.chunk_by(|one, other| one == other).filter(|same| same.len() > 1).map(|same| {
                let gain = same.len() * (length(same[0]) - 1);
                (Reverse(gain as u64), rank(same[0]))
            }));
            gains[singles..].sort_unstable();
            gains.truncate(FIRST_PLANE);
        }
        gains.retain(|(Reverse(gain), _)| gain * share > COST);
        let mut symbols: Vec<Symbol> = gains.iter().map(|(_, symbol)| rank(*symbol)).collect();
        let count = symbols.len() as u64;
        symbols.retain(|symbol| length(*symbol) > 1 || *symbol < count);
        Packer::of(symbols)
    }

    /// Return the longer symbols of texts, whenever one is used, and what two neighbours come to.
    fn joinable(&self, sample: &[Vec<u32>]) -> Vec<Symbol> {
        let mut found = Vec::new();
        for text in sample {
            let mut before = 0;
            let mut rest = text.as_slice();
            while let Some(char) = rest.first() {
                let (symbol, length) = self.next(rest);
                let symbol = match symbol {
                    Some(code) => self.symbols[usize::from(code)],
                    None if is_storable(*char) => u64::from(*char),
                    None => 0,
                };
                if length > 1 {
                    found.push(symbol);
                }
                if before != 0 && symbol != 0 && self::length(before) + length <= MOST_CHARS {
                    found.push(joined(before, symbol));
                }
                before = symbol;
                rest = &rest[length..];
            }
        }
        found
    }

    /// Return the code of the longest symbol with which a text begins, and how many characters that takes.
    #[inline]
    fn next(&self, text: &[u32]) -> (Option<u16>, usize) {
        let char_at = |at: usize| text.get(at).copied().filter(|char| *char < 1 << CHAR_BITS).map(u64::from);
        if let [Some(one), Some(other)] = [char_at(0), char_at(1)] {
            let two = one | other << CHAR_BITS;
            let lengths = self.lengths.get(&two).copied().unwrap_or(0);
            if lengths >> 3 > 0 {
                let three = char_at(2).map(|char| two | char << (2 * CHAR_BITS));
                let four = three.zip(char_at(3)).map(|(three, char)| three | char << (3 * CHAR_BITS));
                for (longer, length) in [(four, 4), (three, 3)] {
                    let longer = longer.filter(|_| lengths >> length & 1 > 0);
                    if let Some(code) = longer.and_then(|symbol| self.codes.get(&symbol)) {
                        return (Some(*code), length);
                    }
                }
            }
            if lengths >> 2 & 1 > 0 {
                return (self.codes.get(&two).copied(), 2);
            }
        }
        (char_at(0).and_then(|char| self.singles[char as usize]), 1)
    }

    fn packed(&self, text: &[u32]) -> Vec<u8> {
        let mut packed = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(char) = rest.first() {
            let (code, length) = self.next(rest);
            match code {
                Some(code) => packed.extend(code.to_le_bytes()),
                None => {
                    if !(self.symbols.len()..FIRST_PLANE).contains(&(*char as usize)) {
                        packed.extend(((FIRST_PLANE as u32 + (char >> CHAR_BITS)) as u16).to_le_bytes());
                    }
                    packed.extend((*char as u16).to_le_bytes());
                }
            }
            rest = &rest[length..];
        }
        packed
    }
}

/// Opens what was packed with the symbols of one file.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Unpacker(Section);

#[pymethods]
impl Unpacker {
    /// Take a map, and where in it the table is, which Python has verified.
    #[new]
    fn new(file: &Bound<'_, PyAny>, offset: usize, length: usize) -> PyResult<Unpacker> {
        Ok(Unpacker(Section::of(&Map::of(file)?, offset, length)?))
    }

    /// Open as much as is whole; return it in UTF-32, and how many bytes were opened.
    fn begin<'py>(&self, py: Python<'py>, packed: &[u8]) -> PyResult<(Bound<'py, PyBytes>, usize)> {
        let (codes, opened) = begun(self.0.bytes(), packed)?;
        let text = PyBytes::new_with(py, codes.len() * size_of::<u32>(), |bytes| {
            for (four, code) in bytes.chunks_exact_mut(size_of::<u32>()).zip(&codes) {
                four.copy_from_slice(&code.to_le_bytes());
            }
            Ok(())
        })?;
        Ok((text, opened))
    }
}

/// Open a text with a table of symbols.
pub fn unpacked(table: &[u8], packed: &[u8]) -> Read<Vec<u32>> {
    let (text, opened) = begun(table, packed)?;
    if opened < packed.len() { Err(BAD_CODES) } else { Ok(text) }
}

/// Open as much as is whole, all or all but two bytes, and return how many; each two have four characters at most.
fn begun(table: &[u8], packed: &[u8]) -> Read<(Vec<u32>, usize)> {
    if packed.len() % 2 > 0 {
        return Err(BAD_CODES);
    }
    let mut text = Vec::with_capacity(packed.len() + packed.len() / 4);
    let mut symbols = [[0; 8]; AT_ONCE];
    let mut room = [0u32; MOST_CHARS * (AT_ONCE + 1)];
    let mut rest = packed;
    while !rest.is_empty() {
        let (some, others) = rest.split_at(rest.len().min(2 * AT_ONCE));
        let mut has_planes = false;
        // They are all over the table: while one is waited for the next are on their way.
        for (symbol, code) in symbols.iter_mut().zip(some.chunks_exact(2)) {
            let code = u16::from_le_bytes([code[0], code[1]]);
            *symbol = symbol_of(table, code);
            has_planes |= usize::from(code) >= FIRST_PLANE;
        }
        let mut known = 0;
        if !has_planes {
            for symbol in &symbols[..some.len() / 2] {
                known += put(symbol, &mut room, known);
            }
            text.extend_from_slice(&room[..known]);
            rest = others;
            continue;
        }
        let mut codes = rest.chunks_exact(2).map(|code| u16::from_le_bytes([code[0], code[1]]));
        for _ in 0..AT_ONCE {
            let Some(code) = codes.next() else { break };
            let Some(plane) = usize::from(code).checked_sub(FIRST_PLANE) else {
                known += put(&symbol_of(table, code), &mut room, known);
                continue;
            };
            let Some(low) = codes.next() else {
                text.extend_from_slice(&room[..known]);
                return Ok((text, packed.len() - 2));
            };
            room[known] = (plane as u32) << CHAR_BITS | u32::from(low);
            known += 1;
        }
        text.extend_from_slice(&room[..known]);
        rest = &rest[rest.len() - 2 * codes.len()..];
    }
    Ok((text, packed.len()))
}

/// Return what a code stands for: one that is not in the table is a character.
#[inline(always)]
fn symbol_of(table: &[u8], code: u16) -> [u8; 8] {
    let found = table.get(8 * usize::from(code)..).and_then(|rest| rest.first_chunk::<8>());
    found.copied().unwrap_or(Symbol::from(code).to_le_bytes())
}

/// Put the characters of a symbol at a place, and return how many these are.
#[inline(always)]
fn put(symbol: &[u8; 8], room: &mut [u32], place: usize) -> usize {
    if let Some(four) = room.get_mut(place..).and_then(|rest| rest.first_chunk_mut::<MOST_CHARS>()) {
        let at = |place: usize| u32::from(u16::from_le_bytes([symbol[2 * place], symbol[2 * place + 1]]));
        *four = [at(0), at(1), at(2), at(3)];
    }
    length(Symbol::from_le_bytes(*symbol))
}

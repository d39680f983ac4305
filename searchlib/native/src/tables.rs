//! What characters are to a query: which are written otherwise, dropped, or end a sentence. Python makes them.

use std::collections::HashMap;
use std::sync::Mutex;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::data::{Fault, Read};

pub const OTHER: u8 = 0;
pub const END: u8 = 1;
pub const TRANSPARENT: u8 = 2;

const UTF8: u8 = 0xFF;
/// How many characters the first plane has.
pub const BMP: usize = 1 << 16;
const SIZE: usize = 0x30000;
const DOUBLE_TRAILS: usize = 190;
const FIRST_DOUBLE: u8 = 0x81;
const SUPPLEMENTARY: usize = 189_000;
const BAD_TEXT: Fault = Fault::Damaged("a text is not in its encoding");

/// Tables of characters, the same for all indexes.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct Tables {
    /// What each character below `SIZE` is to a query that does not have it.
    classes: Vec<u8>,
    /// What each character of the first plane folds to, where that is one other character; else itself.
    folded: Vec<u16>,
    folded_beyond: HashMap<u32, u32>,
    /// What each character of the first plane folds from beside itself: both, in order.
    unfolded: Vec<(u16, u16)>,
    /// Whether a character folds to several, so that only Python knows.
    several: Vec<bool>,
    several_beyond: Vec<(u32, u32)>,
    /// Marks that two headlines may differ in where they are next to Han.
    marks: Vec<u32>,
    /// What each two bytes of GB18030 stand for, 0 where they stand for nothing.
    doubles: Box<[u16; BMP]>,
    fours: Vec<u16>,
    /// A copy of the classes of the first plane for the next query that writes its own characters into it.
    spare: Mutex<Option<Box<[u8; BMP]>>>,
}

#[pymethods]
impl Tables {
    /// Take the classes, characters with what each folds to, ranges that fold to several, marks, and GB18030's pairs.
    ///
    /// `doubles` are what its sequences of two bytes stand for, in UTF-16; those of four bytes stand for
    /// all other characters in their order.
    #[new]
    fn new(
        classes: &[u8],
        from: &str,
        to: &str,
        several: Vec<(u32, u32)>,
        marks: &str,
        doubles: &[u8],
    ) -> PyResult<Tables> {
        let doubles: Vec<u16> = doubles.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        if classes.len() != SIZE || doubles.len() != 126 * DOUBLE_TRAILS {
            return Err(PyValueError::new_err("tables of another size"));
        }
        let mut by_pair = Box::new([0u16; BMP]);
        for (row, codes) in doubles.chunks_exact(DOUBLE_TRAILS).enumerate() {
            let trails = (0x40..=0xFE_usize).filter(|trail| *trail != 0x7F);
            for (trail, code) in trails.zip(codes) {
                by_pair[(usize::from(FIRST_DOUBLE) + row) << 8 | trail] = *code;
            }
        }
        let mut is_double = vec![false; BMP];
        for code in &doubles {
            is_double[usize::from(*code)] = true;
        }
        let fours: Vec<u16> = (0x80..=u16::MAX)
            .filter(|code| !is_double[usize::from(*code)] && !(0xD800..=0xDFFF).contains(code))
            .collect();
        let mut tables = Tables {
            classes: classes.to_vec(),
            folded: (0..BMP).map(|code| code as u16).collect(),
            folded_beyond: HashMap::new(),
            unfolded: Vec::new(),
            several: vec![false; BMP],
            several_beyond: Vec::new(),
            marks: marks.chars().map(u32::from).collect(),
            doubles: by_pair,
            fours,
            spare: Mutex::new(None),
        };
        for (code, to) in from.chars().map(u32::from).zip(to.chars().map(u32::from)) {
            match (tables.folded.get_mut(code as usize), u16::try_from(to)) {
                (Some(slot), Ok(to)) => *slot = to,
                _ => {
                    // One of the first plane that folds to one beyond it does not exist; it would stay itself.
                    tables.folded_beyond.insert(code, to);
                }
            }
        }
        let each = tables.folded.iter().enumerate().map(|(code, to)| (*to, code as u16));
        tables.unfolded = each.filter(|(to, code)| to != code).collect();
        tables.unfolded.sort_unstable();
        for (first, last) in several {
            if (last as usize) < BMP {
                tables.several[first as usize..=last as usize].fill(true);
            } else {
                tables.several_beyond.push((first, last));
            }
        }
        Ok(tables)
    }
}

impl Tables {
    #[inline]
    pub fn class(&self, code: u32) -> u8 {
        self.classes.get(code as usize).copied().unwrap_or(OTHER)
    }

    /// Return the classes of the first plane.
    pub fn low_classes(&self) -> &[u8; BMP] {
        self.classes.first_chunk().unwrap_or(&[OTHER; BMP])
    }

    /// Return a copy of these for one query.
    pub fn borrow_classes(&self) -> Box<[u8; BMP]> {
        // Nobody waits for another thread, nor for one that a fork left behind.
        let spare = self.spare.try_lock().ok().and_then(|mut spare| spare.take());
        spare.unwrap_or_else(|| Box::new(*self.low_classes()))
    }

    /// Take a copy back for the next query; some of its characters were written.
    pub fn return_classes(&self, mut copy: Box<[u8; BMP]>, written: &[u16]) {
        let classes = self.low_classes();
        for char in written {
            copy[usize::from(*char)] = classes[usize::from(*char)];
        }
        if let Ok(mut spare) = self.spare.try_lock() {
            *spare = Some(copy);
        }
    }

    /// Yield the characters of the first plane that fold to one, itself not among them.
    pub fn unfolded(&self, code: u32) -> impl Iterator<Item = u16> + '_ {
        let code = u16::try_from(code).ok();
        let start = code.map_or(self.unfolded.len(), |code| self.unfolded.partition_point(|(to, _)| *to < code));
        self.unfolded[start..].iter().take_while(move |(to, _)| Some(*to) == code).map(|(_, from)| *from)
    }

    /// Return the simplified character that one stands for, or itself.
    #[inline]
    pub fn folded(&self, code: u32) -> u32 {
        match self.folded.get(code as usize) {
            Some(to) => u32::from(*to),
            None => self.folded_beyond.get(&code).copied().unwrap_or(code),
        }
    }

    /// Return whether a character is a mark that does not count in a headline beside Han.
    pub fn is_mark(&self, code: u32) -> bool {
        self.marks.contains(&code)
    }

    /// Return whether a character folds to several, or as its neighbours tell.
    #[inline]
    pub fn is_several(&self, code: u32) -> bool {
        match self.several.get(code as usize) {
            Some(several) => *several,
            None => self.several_beyond.iter().any(|(first, last)| (first..=last).contains(&&code)),
        }
    }

    /// Decode GB18030, or UTF-8 after a 255, as the writer of articles has it; `codes` is room to do it in.
    pub fn decoded(&self, data: &[u8], codes: &mut Vec<u32>) -> Read<Vec<u32>> {
        if data.first() == Some(&UTF8) {
            return utf8(&data[1..]);
        }
        // There are never more characters than bytes; most take two, and are many in a row.
        if codes.len() < data.len() {
            codes.resize(data.len(), 0);
        }
        let (mut rest, mut known) = (data, 0);
        while let [first, after @ ..] = rest {
            let room = codes.get_mut(known..).ok_or(BAD_TEXT)?;
            if *first < 0x80 {
                let count = rest.iter().take_while(|byte| **byte < 0x80).count();
                let (single, behind) = rest.split_at(count);
                room.iter_mut().zip(single).for_each(|(code, byte)| *code = u32::from(*byte));
                (rest, known) = (behind, known + count);
                continue;
            }
            let mut count = 0;
            for (code, pair) in room.iter_mut().zip(rest.chunks_exact(2)) {
                *code = u32::from(self.doubles[usize::from(u16::from_be_bytes([pair[0], pair[1]]))]);
                if *code == 0 {
                    break;
                }
                count += 1;
            }
            if count > 0 {
                (rest, known) = (&rest[2 * count..], known + count);
                continue;
            }
            let [second, after @ ..] = after else { return Err(BAD_TEXT) };
            let [third, fourth, after @ ..] = after else { return Err(BAD_TEXT) };
            room[0] = self.of_four([*first, *second, *third, *fourth])?;
            (rest, known) = (after, known + 1);
        }
        Ok(codes[..known].to_vec())
    }

    /// Return what four bytes of GB18030 stand for.
    #[cold]
    fn of_four(&self, [first, second, third, fourth]: [u8; 4]) -> Read<u32> {
        let is_lead = |byte: u8| (FIRST_DOUBLE..=0xFE).contains(&byte);
        if !(is_lead(first) && second.is_ascii_digit() && is_lead(third) && fourth.is_ascii_digit()) {
            return Err(BAD_TEXT);
        }
        let row = usize::from(first - FIRST_DOUBLE);
        let linear = ((row * 10 + usize::from(second - b'0')) * 126 + usize::from(third - FIRST_DOUBLE)) * 10
            + usize::from(fourth - b'0');
        let code = match self.fours.get(linear) {
            Some(code) => u32::from(*code),
            None => (linear.checked_sub(SUPPLEMENTARY).ok_or(BAD_TEXT)? + BMP) as u32,
        };
        if code > 0x10_FFFF { Err(BAD_TEXT) } else { Ok(code) }
    }
}

/// Decode UTF-8 in which lone surrogates may be, as Python's `surrogatepass` has it.
pub fn utf8(data: &[u8]) -> Read<Vec<u32>> {
    let mut codes = Vec::with_capacity(data.len());
    let mut place = 0;
    while let Some(first) = data.get(place).copied() {
        let (length, mut code) = match first {
            0..=0x7F => (1, u32::from(first)),
            0xC2..=0xDF => (2, u32::from(first & 0x1F)),
            0xE0..=0xEF => (3, u32::from(first & 0x0F)),
            0xF0..=0xF4 => (4, u32::from(first & 0x07)),
            _ => return Err(BAD_TEXT),
        };
        for byte in data.get(place + 1..place + length).ok_or(BAD_TEXT)? {
            if byte & 0xC0 != 0x80 {
                return Err(BAD_TEXT);
            }
            code = code << 6 | u32::from(byte & 0x3F);
        }
        codes.push(code);
        place += length;
    }
    Ok(codes)
}

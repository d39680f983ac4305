//! Texts folded for counting: `embedded/codec/batches.py` says what to; Python tells each character's fate once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::RwLock;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::data::{Fault, Read};

pub const END_OF_LINE: u8 = 1;
pub const SPACE: u8 = 2;
pub const CONNECTOR: u8 = 3;
pub const OTHER: u8 = 4;
pub const RARE_HAN: u8 = 5;
pub const COMMON_HAN: u8 = 6;
const GONE: u8 = 7;
const MANY: u8 = 8;
const JOINING: u8 = 9;

const BITS: u32 = 21;
const CODE_MASK: u32 = (1 << BITS) - 1;
const ALL_CODES: usize = 0x11_0000;
const UNKNOWN: u32 = 0;
const BORDER: u32 = (END_OF_LINE as u32) << BITS | 10;
const STOP: &[u8] = "。".as_bytes();
const NUMERALS: &str = "一二三四五六七八九十百千〇零";

/// A character that a text has been folded to, with its kind.
#[derive(Clone, Copy)]
pub struct Folded(u32);

impl Folded {
    pub fn kind(self) -> u8 {
        (self.0 >> BITS) as u8
    }

    pub fn code(self) -> u32 {
        self.0 & CODE_MASK
    }

    fn is_figure(self) -> bool {
        self.kind() == OTHER && (48..58).contains(&self.code())
    }

    fn is(self, kind: u8, char: char) -> bool {
        self.kind() == kind && self.code() == char as u32
    }
}

/// What Python is asked about texts and characters.
pub struct Advice {
    /// Codes to the characters that each becomes, as numbers of kind and code.
    pub fates: Py<PyAny>,
    /// Codes to kind and code of each itself.
    pub kinds: Py<PyAny>,
    /// UTF-8 to UTF-8: `resolved`.
    pub resolved: Py<PyAny>,
    /// UTF-8 to UTF-8: `clean_and_simplify`.
    pub cleaned: Py<PyAny>,
}

/// The fates of all characters that have been met.
pub struct Folding {
    advice: Advice,
    values: Vec<AtomicU32>,
    several: RwLock<HashMap<u32, Vec<u32>>>,
    kinds: RwLock<HashMap<u32, u32>>,
}

/// What folding a text needs, kept for the next one.
#[derive(Default)]
pub struct Folds {
    raw: Vec<u32>,
    values: Vec<Folded>,
    /// The folded text.
    pub text: Vec<Folded>,
}

impl Folding {
    pub fn of(advice: Advice) -> Folding {
        let values = (0..ALL_CODES).map(|_| AtomicU32::new(UNKNOWN)).collect();
        Folding { advice, values, several: RwLock::default(), kinds: RwLock::default() }
    }

    /// Fold a text in UTF-8, in which lone surrogates may be; the interpreter is taken where it must be asked.
    pub fn fold(&self, text: &[u8], folds: &mut Folds) -> Read<()> {
        self.look_up(text, folds)?;
        if is_told_by_neighbours(&folds.values) {
            let told = asked(&self.advice.resolved, text)?;
            self.look_up(&told, folds)?;
        }
        if folds.values.iter().any(|value| value.kind() == JOINING) {
            return self.fold_sentences(text, folds);
        }
        folds.text.clear();
        self.spread(folds)
    }

    /// Fold a text with characters that join: sentences, over whose ends nothing joins, without one fold quickly.
    fn fold_sentences(&self, text: &[u8], folds: &mut Folds) -> Read<()> {
        let mut whole = Vec::new();
        for sentence in sentences(text) {
            self.look_up(sentence, folds)?;
            let joins = folds.values.iter().any(|value| value.kind() == JOINING);
            if joins {
                let clean = asked(&self.advice.cleaned, sentence)?;
                self.classify(&clean, folds)?;
            } else if is_told_by_neighbours(&folds.values) {
                let told = asked(&self.advice.resolved, sentence)?;
                self.look_up(&told, folds)?;
            }
            folds.text.clear();
            self.spread(folds)?;
            whole.append(&mut folds.text);
            whole.push(Folded(BORDER));
        }
        folds.text = whole;
        Ok(())
    }

    fn value(&self, code: u32) -> u32 {
        self.values.get(code as usize).map_or(BORDER, |value| value.load(Ordering::Relaxed))
    }

    /// Find what each character of a text becomes.
    fn look_up(&self, text: &[u8], folds: &mut Folds) -> Read<()> {
        decode(text, &mut folds.raw)?;
        folds.values.clear();
        folds.values.extend(folds.raw.iter().map(|code| Folded(self.value(*code))));
        if folds.values.iter().all(|value| value.0 != UNKNOWN) {
            return Ok(());
        }
        let mut unknown: Vec<u32> = folds.raw.iter().copied().filter(|code| self.value(*code) == UNKNOWN).collect();
        unknown.sort_unstable();
        unknown.dedup();
        let fates: Vec<Vec<u32>> = Python::attach(|py| self.advice.fates.call1(py, (unknown.clone(),))?.extract(py))?;
        let mut several = self.several.write().map_err(|_| POISONED)?;
        for (code, fate) in unknown.iter().zip(fates) {
            let value = match fate.as_slice() {
                [] => u32::from(GONE) << BITS,
                [one] => *one,
                _ => {
                    several.insert(*code, fate);
                    u32::from(MANY) << BITS
                }
            };
            self.values[*code as usize].store(value, Ordering::Relaxed);
        }
        drop(several);
        folds.values.clear();
        folds.values.extend(folds.raw.iter().map(|code| Folded(self.value(*code))));
        Ok(())
    }

    /// Take a text that is clean: each character is by itself.
    fn classify(&self, clean: &[u8], folds: &mut Folds) -> Read<()> {
        decode(clean, &mut folds.raw)?;
        let known = self.kinds.read().map_err(|_| POISONED)?;
        let mut unknown: Vec<u32> = folds.raw.iter().copied().filter(|code| !known.contains_key(code)).collect();
        drop(known);
        if !unknown.is_empty() {
            unknown.sort_unstable();
            unknown.dedup();
            let kinds: Vec<u32> = Python::attach(|py| self.advice.kinds.call1(py, (unknown.clone(),))?.extract(py))?;
            self.kinds.write().map_err(|_| POISONED)?.extend(unknown.into_iter().zip(kinds));
        }
        let known = self.kinds.read().map_err(|_| POISONED)?;
        folds.values.clear();
        folds.values.extend(folds.raw.iter().map(|code| Folded(known.get(code).copied().unwrap_or(BORDER))));
        Ok(())
    }

    /// Put in the characters of those that become several, and leave out what is gone and spaces next to Han.
    fn spread(&self, folds: &mut Folds) -> Read<()> {
        let mut spaces = 0;
        let mut is_after_han = false;
        let mut put = |text: &mut Vec<Folded>, value: Folded| {
            if value.kind() == SPACE {
                if !is_after_han {
                    spaces += 1;
                    text.push(value);
                }
                return;
            }
            is_after_han = value.kind() >= RARE_HAN;
            if is_after_han && spaces > 0 {
                text.truncate(text.len() - spaces);
            }
            spaces = 0;
            text.push(value);
        };
        for (code, value) in folds.raw.iter().zip(&folds.values) {
            match value.kind() {
                GONE => {}
                MANY => {
                    let several = self.several.read().map_err(|_| POISONED)?;
                    for one in several.get(code).into_iter().flatten() {
                        put(&mut folds.text, Folded(*one));
                    }
                }
                _ => put(&mut folds.text, *value),
            }
        }
        Ok(())
    }
}

/// Return the pieces of a text, each with the `。` or the line feed at its end.
fn sentences(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends_at = |place: &usize| rest[*place] == b'\n' || rest[*place..].starts_with(STOP);
        let length = |place: usize| if rest[place] == b'\n' { 1 } else { STOP.len() };
        let end = (0..rest.len()).find(ends_at).map_or(rest.len(), |place| place + length(place));
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence)
    })
}

pub const POISONED: Fault = Fault::Damaged("a thread of the kernel has failed");

fn asked(callable: &Py<PyAny>, text: &[u8]) -> Read<Vec<u8>> {
    Ok(Python::attach(|py| callable.call1(py, (PyBytes::new(py, text),))?.extract(py))?)
}

/// Return whether a text has signs that `resolved` may change.
fn is_told_by_neighbours(values: &[Folded]) -> bool {
    let at = |place: usize| values.get(place).copied().unwrap_or(Folded(BORDER));
    values.iter().enumerate().any(|(place, value)| {
        let before = if place > 0 { at(place - 1) } else { Folded(BORDER) };
        match (value.kind(), char::from_u32(value.code())) {
            (CONNECTOR, Some(',')) => before.is_figure() && at(place + 1).is_figure(),
            (CONNECTOR, Some('.')) => {
                let is_list = at(place + 2).is(COMMON_HAN, '月')
                    || at(place + 3).is(COMMON_HAN, '月')
                    || at(place + 5).is(COMMON_HAN, '年');
                is_list && before.is_figure() && at(place + 1).is_figure()
            }
            (OTHER, Some('0' | 'o')) => {
                before.kind() >= RARE_HAN && char::from_u32(before.code()).is_some_and(|char| NUMERALS.contains(char))
            }
            _ => false,
        }
    })
}

/// Decode UTF-8 in which lone surrogates may be; Python has encoded it.
fn decode(data: &[u8], codes: &mut Vec<u32>) -> Read<()> {
    codes.clear();
    codes.reserve(data.len());
    let mut rest = data;
    loop {
        rest = match rest {
            [] => return Ok(()),
            [one @ 0..=0x7F, rest @ ..] => {
                codes.push(u32::from(*one));
                rest
            }
            [one @ 0xC0..=0xDF, two, rest @ ..] => {
                codes.push(u32::from(one & 0x1F) << 6 | u32::from(two & 0x3F));
                rest
            }
            [one @ 0xE0..=0xEF, two, three, rest @ ..] => {
                let high = u32::from(one & 0x0F) << 12 | u32::from(two & 0x3F) << 6;
                codes.push(high | u32::from(three & 0x3F));
                rest
            }
            [one @ 0xF0..=0xF4, two, three, four, rest @ ..] => {
                let high = u32::from(one & 0x07) << 18 | u32::from(two & 0x3F) << 12;
                codes.push(high | u32::from(three & 0x3F) << 6 | u32::from(four & 0x3F));
                rest
            }
            _ => return Err(Fault::Damaged("a text is not in UTF-8")),
        }
    }
}

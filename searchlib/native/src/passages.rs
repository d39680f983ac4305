//! The best passage of an article: the share of the query that one or two sentences hold.
//!
//! `scoring/passages.py` says what is computed, and computes the same with arrays.

use std::collections::HashMap;

use crate::names::Quick;
use crate::tables::{self, Tables, BMP};

const END: u16 = tables::END as u16;
const TRANSPARENT: u16 = tables::TRANSPARENT as u16;
const NEXT: u16 = 6;
const MOST_CHARS: usize = 20_000;
const LEAD_SENTENCES: usize = 3;
const DIGIT: u8 = 3;
const LETTER: u8 = 4;
/// The code of a character is among the others.
const ELSEWHERE: u8 = u8::MAX;
/// Number of characters that are looked at before those of them that may begin a term.
const ROW: usize = 64;
/// The last of 64 bits.
const LAST_BIT: u8 = 63;

/// Looks for the weighted terms of one query; at most 128 of them.
pub struct Passages<'a> {
    tables: &'a Tables,
    /// Of each character of the first plane: its code, or `ELSEWHERE`.
    table: Option<Box<[u8; BMP]>>,
    /// Those of these that were written for this query.
    written: Vec<u16>,
    /// The codes of the query's characters.
    codes: HashMap<u32, u16, Quick>,
    kinds: Vec<u8>,
    /// The terms by the codes of their first characters.
    starts: Vec<Vec<Start>>,
    terms: Vec<Vec<u16>>,
    weights: Vec<f64>,
    total: f64,
    /// Of each code in `table`, behind which codes, in their lowest bits, there may be a term or an end.
    begins: Box<[u64; 256]>,
}

/// How a term begins.
struct Start {
    /// The code of its second character, 0 where there is none.
    second: u16,
    number: usize,
    /// Whether that is all of it, and nothing next to it can be a part of it.
    is_whole: bool,
}

/// What share of the query the best passage holds, and the lead.
#[derive(Clone, Copy)]
pub struct Shares {
    pub passage: f64,
    pub lead: f64,
}

impl Drop for Passages<'_> {
    fn drop(&mut self) {
        if let Some(table) = self.table.take() {
            self.tables.return_classes(table, &self.written);
        }
    }
}

impl<'a> Passages<'a> {
    /// Take terms with weights, and for characters that are not Han what they are and how else they are written.
    pub fn of(terms: &[(Vec<u32>, f64)], written: &[(u32, u8, Vec<u32>)], tables: &'a Tables) -> Passages<'a> {
        let mut codes = HashMap::default();
        let mut kinds = vec![tables::OTHER; usize::from(NEXT)];
        kinds[usize::from(DIGIT)] = DIGIT;
        kinds[usize::from(LETTER)] = LETTER;
        for (term, _) in terms {
            for char in term {
                let next = kinds.len() as u16;
                if let std::collections::hash_map::Entry::Vacant(slot) = codes.entry(*char) {
                    slot.insert(next);
                    kinds.push(tables::OTHER);
                }
            }
        }
        for (char, kind, others) in written {
            if let Some(code) = codes.get(char).copied() {
                kinds[usize::from(code)] = *kind;
                for other in others {
                    codes.insert(*other, code);
                }
            }
        }
        let coded: Vec<Vec<u16>> =
            terms.iter().map(|(term, _)| term.iter().map(|char| codes[char]).collect()).collect();
        let mut starts: Vec<Vec<Start>> = kinds.iter().map(|_| Vec::new()).collect();
        for (number, term) in coded.iter().enumerate() {
            if let Some(first) = term.first() {
                let is_whole = term.len() < 3 && term.iter().all(|code| kinds[usize::from(*code)] == tables::OTHER);
                starts[usize::from(*first)].push(Start { second: term.get(1).copied().unwrap_or(0), number, is_whole });
            }
        }
        let weights: Vec<f64> = terms.iter().map(|(_, weight)| *weight).collect();
        let mut table = tables.borrow_classes();
        let mut written = Vec::new();
        let mut set = |char: u32, code: u16| {
            if let Ok(char) = u16::try_from(char) {
                table[usize::from(char)] = u8::try_from(code).unwrap_or(ELSEWHERE);
                written.push(char);
            }
        };
        for (char, code) in &codes {
            set(*char, *code);
        }
        for (char, code) in &codes {
            tables.unfolded(*char).for_each(|other| set(u32::from(other), *code));
        }
        let mut begins = Box::new([0; 256]);
        for code in [tables::END, tables::TRANSPARENT, ELSEWHERE] {
            begins[usize::from(code)] = u64::MAX;
        }
        let bit = |code: u16| 1u64 << (code as u8 & LAST_BIT);
        for (code, begun) in starts.iter().enumerate() {
            for start in begun {
                begins[code.min(usize::from(ELSEWHERE))] |= match start.second {
                    0 => u64::MAX,
                    second => bit(second) | bit(TRANSPARENT) | bit(u16::from(ELSEWHERE)),
                };
            }
        }
        let total = weights.iter().sum();
        let table = Some(table);
        Passages { tables, table, written, codes, kinds, starts, terms: coded, total, weights, begins }
    }

    pub fn total(&self) -> f64 {
        self.total
    }

    #[inline(always)]
    fn classes(&self) -> &[u8; BMP] {
        self.table.as_deref().unwrap_or(self.tables.low_classes())
    }

    #[inline]
    fn code_of(&self, char: u32) -> u16 {
        match self.classes().get(char as usize) {
            Some(code) if *code != ELSEWHERE => u16::from(*code),
            _ => self.code_elsewhere(char),
        }
    }

    #[cold]
    fn code_elsewhere(&self, char: u32) -> u16 {
        let found = self.codes.get(&self.tables.folded(char)).or_else(|| self.codes.get(&char));
        found.copied().unwrap_or_else(|| self.tables.class(char).into())
    }

    /// Return what the best passage and the lead of an article hold; `body` is where its body begins.
    ///
    /// Its characters come in parts, with an end of a line before each.
    pub fn shares<'b>(&self, parts: impl Iterator<Item = &'b [u32]>, body: usize) -> Shares {
        let table = self.classes();
        // Where each begins, and what it holds.
        let mut sentences: Vec<(usize, u128)> = Vec::new();
        let mut is_after_end = false;
        let mut lead = None;
        let mut place = 0;
        for part in parts {
            if place > MOST_CHARS {
                break;
            }
            let part = &part[..part.len().min(MOST_CHARS - place)];
            if !is_after_end {
                sentences.push((place, 0));
            }
            is_after_end = true;
            let mut next = 0;
            let mut look = |at: usize| {
                is_after_end &= at == next;
                next = at + 1;
                let code = self.code_of(part[at]);
                if code == END {
                    if !is_after_end {
                        sentences.push((place + next, 0));
                    }
                    is_after_end = true;
                } else if code != TRANSPARENT {
                    is_after_end = false;
                    if code >= NEXT {
                        if let Some((_, held)) = sentences.last_mut() {
                            *held |= self.standing(code, at, part);
                        }
                    }
                }
            };
            // Where most characters are no term begins, nor an end; where one may is found without deciding anything.
            let mut before = tables::OTHER;
            let begins = |before: u8, code: u8| self.begins[usize::from(before)] >> (code & LAST_BIT);
            for (row, some) in part.chunks(ROW).enumerate() {
                let mut found = 0;
                for char in some {
                    let code = table.get(*char as usize).copied().unwrap_or(ELSEWHERE);
                    found = found >> 1 | begins(before, code) << LAST_BIT;
                    before = code;
                }
                found >>= ROW - some.len();
                while found != 0 {
                    look((ROW * row + found.trailing_zeros() as usize).wrapping_sub(1));
                    found &= found - 1;
                }
            }
            if begins(before, tables::END) & 1 > 0 {
                look(part.len().wrapping_sub(1));
            }
            is_after_end &= next == part.len();
            if lead.is_none() {
                lead = self.lead_in(part, place, body);
            }
            place += 1 + part.len();
        }
        let lead_from = lead.map(|place| sentences.partition_point(|(begin, _)| *begin <= place) - 1);
        let lead_end = lead_from.unwrap_or(sentences.len()) + LEAD_SENTENCES;
        let (mut single, mut double, mut lead, mut all) = (0.0f64, 0.0f64, 0.0f64, 0u128);
        for (number, (_, held)) in sentences.iter().enumerate() {
            let both = held | sentences.get(number + 1).map_or(0, |(_, held)| *held);
            all |= held;
            if both == 0 {
                continue;
            }
            let weight = self.weight(both);
            single = single.max(self.weight(*held));
            double = double.max(weight);
            if number < lead_end {
                lead = lead.max(weight);
            }
        }
        let whole = self.weight(all);
        Shares { passage: (single + double + whole) / (3.0 * self.total), lead: lead / self.total }
    }

    /// Return where in an article the lead begins: behind the beginning of the body, at what is not transparent.
    fn lead_in(&self, part: &[u32], start: usize, body: usize) -> Option<usize> {
        if start > body {
            return Some(start);
        }
        let is_seen = |char: &u32| self.code_of(*char) != TRANSPARENT;
        let inside = part.iter().skip(body - start).position(is_seen)?;
        Some(body + 1 + inside)
    }

    /// Return a bit for each term that is at a place, where its first character is.
    fn standing(&self, code: u16, place: usize, part: &[u32]) -> u128 {
        let behind = part.get(place + 1).map_or(END, |char| self.code_of(*char));
        let mut held = 0;
        for Start { second, number, is_whole } in &self.starts[usize::from(code)] {
            let goes_on = *second == behind || *second == 0;
            if (goes_on && *is_whole)
                || ((goes_on || behind == TRANSPARENT) && self.stands(&self.terms[*number], place, part))
            {
                held |= 1 << number;
            }
        }
        held
    }

    /// Return whether a term is at a place; what is transparent may be between its characters.
    fn stands(&self, term: &[u16], start: usize, part: &[u32]) -> bool {
        let Some((first, others)) = term.split_first() else { return false };
        let code_at = |place: usize| part.get(place).map(|char| self.code_of(*char));
        let mut last = start;
        for wanted in others {
            last += 1;
            while code_at(last) == Some(TRANSPARENT) {
                last += 1;
            }
            if code_at(last) != Some(*wanted) {
                return false;
            }
        }
        let goes_on = |code: u16, neighbour: Option<usize>| {
            let kind = self.kinds[usize::from(code)];
            kind != tables::OTHER && neighbour.and_then(code_at).is_some_and(|code| self.kinds[usize::from(code)] == kind)
        };
        !goes_on(*first, start.checked_sub(1)) && !goes_on(term[term.len() - 1], Some(last + 1))
    }

    fn weight(&self, held: u128) -> f64 {
        let mut rest = held;
        let mut sum = 0.0;
        while rest != 0 {
            sum += self.weights[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        sum
    }
}

//! The best passage of an article: the share of the query that one or two sentences hold.
//!
//! `scoring/passages.py` says what is computed, and computes the same with arrays.

use std::collections::HashMap;

use crate::tables::{Tables, END, OTHER, TRANSPARENT};

const NEXT: u16 = 6;
const MOST_CHARS: usize = 20_000;
const LEAD_SENTENCES: usize = 3;
const DIGIT: u8 = 3;
const LETTER: u8 = 4;
/// Codes are looked at so many at a time.
const AT_ONCE: usize = 8;
/// The code of a character is among the others.
const ELSEWHERE: u8 = u8::MAX;

/// Looks for the weighted terms of one query; at most 128 of them.
pub struct Passages {
    /// Of each character of the first plane: its code, or `ELSEWHERE`.
    table: Vec<u8>,
    /// The codes of the query's characters.
    codes: HashMap<u32, u16>,
    kinds: Vec<u8>,
    starts: Vec<Vec<usize>>,
    terms: Vec<Vec<u16>>,
    weights: Vec<f64>,
    total: f64,
}

/// What share of the query the best passage holds, and the lead.
pub struct Shares {
    pub passage: f64,
    pub lead: f64,
}

impl Passages {
    /// Take terms with weights, and for characters that are not Han what they are and how else they are written.
    pub fn of(terms: &[(Vec<u32>, f64)], written: &[(u32, u8, Vec<u32>)], tables: &Tables) -> Passages {
        let mut codes = HashMap::new();
        let mut kinds = vec![OTHER; usize::from(NEXT)];
        kinds[usize::from(DIGIT)] = DIGIT;
        kinds[usize::from(LETTER)] = LETTER;
        for (term, _) in terms {
            for char in term {
                let next = kinds.len() as u16;
                if let std::collections::hash_map::Entry::Vacant(slot) = codes.entry(*char) {
                    slot.insert(next);
                    kinds.push(OTHER);
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
        let mut starts = vec![Vec::new(); kinds.len()];
        for (number, term) in coded.iter().enumerate() {
            if let Some(first) = term.first() {
                starts[usize::from(*first)].push(number);
            }
        }
        let weights: Vec<f64> = terms.iter().map(|(_, weight)| *weight).collect();
        let mut table = tables.low_classes().to_vec();
        let mut set = |char: u32, code: u16| {
            if let Some(slot) = table.get_mut(char as usize) {
                *slot = u8::try_from(code).unwrap_or(ELSEWHERE);
            }
        };
        for (char, code) in &codes {
            set(*char, *code);
        }
        for (char, code) in &codes {
            tables.unfolded(*char).for_each(|other| set(u32::from(other), *code));
        }
        Passages { table, codes, kinds, starts, terms: coded, total: weights.iter().sum(), weights }
    }

    pub fn total(&self) -> f64 {
        self.total
    }

    #[inline]
    fn code_of(&self, char: u32, tables: &Tables) -> u16 {
        match self.table.get(char as usize) {
            Some(code) if *code != ELSEWHERE => u16::from(*code),
            _ => self.code_elsewhere(char, tables),
        }
    }

    #[cold]
    fn code_elsewhere(&self, char: u32, tables: &Tables) -> u16 {
        let found = self.codes.get(&tables.folded(char)).or_else(|| self.codes.get(&char));
        found.copied().unwrap_or_else(|| tables.class(char).into())
    }

    /// Return what the best passage and the lead of an article hold; `body` is where its body begins.
    ///
    /// `given` is room for codes: its characters come in parts, with an end of a line between two.
    pub fn shares<'a>(
        &self,
        parts: impl Iterator<Item = &'a [u32]>,
        body: usize,
        tables: &Tables,
        given: &mut Vec<u16>,
    ) -> Shares {
        let end = u16::from(END);
        given.clear();
        for part in parts {
            given.push(end);
            let left = MOST_CHARS.saturating_sub(given.len() - 1);
            given.extend(part[..left.min(part.len())].iter().map(|char| self.code_of(*char, tables)));
        }
        given.truncate(MOST_CHARS + 1);
        if given.is_empty() {
            given.push(end);
        }
        given.push(end);
        let mut sentences: Vec<u128> = Vec::new();
        let mut lead_from = None;
        let mut before = OTHER.into();
        let mut next = 0;
        let last = given.len() - 1;
        while next < last {
            // Most characters are none of the query's, nor a border.
            if next + AT_ONCE <= last && given[next..next + AT_ONCE].iter().fold(0, |any, code| any | code) == 0 {
                before = OTHER.into();
                next += AT_ONCE;
                if lead_from.is_none() && next - 1 > body {
                    lead_from = Some(sentences.len() - 1);
                }
                continue;
            }
            let (place, code) = (next, given[next]);
            next += 1;
            if code == u16::from(TRANSPARENT) {
                continue;
            }
            if code == end && before != end {
                sentences.push(0);
            }
            before = code;
            if lead_from.is_none() && place > body {
                lead_from = Some(sentences.len() - 1);
            }
            if code < NEXT {
                continue;
            }
            for number in &self.starts[usize::from(code)] {
                if self.stands(&self.terms[*number], place, given) {
                    if let Some(last) = sentences.last_mut() {
                        *last |= 1 << number;
                    }
                }
            }
        }
        let lead_end = lead_from.unwrap_or(sentences.len()) + LEAD_SENTENCES;
        let (mut single, mut double, mut lead, mut all) = (0.0f64, 0.0f64, 0.0f64, 0u128);
        for (number, held) in sentences.iter().enumerate() {
            let both = held | sentences.get(number + 1).copied().unwrap_or(0);
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

    /// Return whether a term stands at a place; what is transparent may be between its characters.
    fn stands(&self, term: &[u16], start: usize, given: &[u16]) -> bool {
        let Some((first, others)) = term.split_first() else { return false };
        let mut last = start;
        for wanted in others {
            let behind = given.get(last + 1..given.len() - 1).unwrap_or(&[]);
            let next = behind.iter().position(|code| *code != u16::from(TRANSPARENT));
            let Some(next) = next.filter(|next| behind[*next] == *wanted) else { return false };
            last += next + 1;
        }
        let goes_on = |code: u16, neighbour: Option<usize>| {
            let kind = self.kinds[usize::from(code)];
            let beside = neighbour.and_then(|place| given.get(place));
            kind != OTHER && beside.is_some_and(|code| self.kinds[usize::from(*code)] == kind)
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

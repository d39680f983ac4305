//! The best passage of an article: the share of the query that one or two sentences hold.
//!
//! `embedded/search/passages.py` says what is computed, and computes the same with arrays.

use std::collections::HashMap;

use crate::tables::{Tables, END, OTHER, TRANSPARENT};

const NEXT: u16 = 6;
const MOST_CHARS: usize = 20_000;
const LEAD_SENTENCES: usize = 3;
const DIGIT: u8 = 3;
const LETTER: u8 = 4;

/// Looks for the weighted terms of one query; at most 128 of them.
pub struct Passages {
    /// Of each character of the first plane: its code, 0 where the query does not have it.
    codes: Vec<u16>,
    beyond: HashMap<u32, u16>,
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
    pub fn of(terms: &[(Vec<u32>, f64)], written: &[(u32, u8, Vec<u32>)]) -> Passages {
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
        let mut low = vec![0; 1 << 16];
        let mut beyond = HashMap::new();
        for (char, code) in codes {
            match low.get_mut(char as usize) {
                Some(slot) => *slot = code,
                None => {
                    beyond.insert(char, code);
                }
            }
        }
        Passages { codes: low, beyond, kinds, starts, terms: coded, total: weights.iter().sum(), weights }
    }

    pub fn total(&self) -> f64 {
        self.total
    }

    #[inline]
    fn code_of(&self, char: u32, tables: &Tables) -> u16 {
        for one in [tables.folded(char), char] {
            let code = match self.codes.get(one as usize) {
                Some(code) => *code,
                None => self.beyond.get(&one).copied().unwrap_or(0),
            };
            if code != 0 {
                return code;
            }
        }
        u16::from(tables.class(char))
    }

    /// Return what the best passage and the lead of an article hold; `body` is where its body begins.
    pub fn shares(&self, text: &[u32], body: usize, tables: &Tables) -> Shares {
        let text = &text[..text.len().min(MOST_CHARS)];
        let end = u16::from(END);
        let mut given = Vec::with_capacity(text.len() + 2);
        given.push(end);
        given.extend(text.iter().map(|char| self.code_of(*char, tables)));
        given.push(end);
        let kept: Vec<usize> =
            (0..given.len() - 1).filter(|place| given[*place] != u16::from(TRANSPARENT)).collect();
        let mut sentences: Vec<u128> = Vec::new();
        let mut lead_from = None;
        let mut before = OTHER.into();
        for (rank, place) in kept.iter().enumerate() {
            let code = given[*place];
            if code == end && before != end {
                sentences.push(0);
            }
            before = code;
            if lead_from.is_none() && *place > body {
                lead_from = Some(sentences.len() - 1);
            }
            if code < NEXT {
                continue;
            }
            for number in &self.starts[usize::from(code)] {
                if self.stands(&self.terms[*number], rank, &kept, &given) {
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

    fn stands(&self, term: &[u16], rank: usize, kept: &[usize], given: &[u16]) -> bool {
        let Some(places) = kept.get(rank..rank + term.len()) else { return false };
        if !places.iter().zip(term).all(|(place, code)| given[*place] == *code) {
            return false;
        }
        let kind_at = |place: usize| given.get(place).map_or(OTHER, |code| self.kinds[usize::from(*code)]);
        let (first, last) = (places[0], places[places.len() - 1]);
        let goes_on = |code: u16, neighbour: usize| {
            let kind = self.kinds[usize::from(code)];
            kind != OTHER && kind_at(neighbour) == kind
        };
        !goes_on(term[0], first - 1) && !goes_on(term[term.len() - 1], last + 1)
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

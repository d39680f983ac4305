//! A text read for its terms, and for what of it is written in other ways elsewhere.
//!
//! Python has cleaned the text and found its other forms; the terms are those of `scoring/query_terms.py`, and
//! what is counted together is that of `scoring/synthetic_terms.py`.

use std::collections::{HashMap, HashSet};

use crate::data::Read;
use crate::kinds::{ascii, first_pair, joined, kind_of, stretches, Kind, PAIRED};
use crate::names::Quick;
use crate::plain::{Found, PlainReader, MOST_CHARS};
use crate::plan::{Form, Plan, Sure, Term, Way};
use crate::runs::{self, MAX_TERM_CHARS};

/// As `scoring/rescoring.py` has it.
const LEAST_WORDS_OF_A_TEXT: usize = 2;
const CONNECTORS: &[u8] = b"-&/_.,";

/// A part of a text: as it is written there, how else, and whether it is a number.
pub type Part = (String, Vec<String>, bool);

/// The terms of a text, and all of its units in a row.
pub struct Reading {
    pub found: Found,
    bare: String,
    /// How many units each row has.
    pub rows: Vec<usize>,
}

/// A unit of a row, with what part of its weight it keeps.
type Unit = (Vec<char>, f64);

impl PlainReader {
    /// Return the plan of a text; None when Python must read it.
    pub fn text(&self, clean: &str, parts: &[Part]) -> Read<Option<Plan>> {
        let Some(Reading { found, bare, .. }) = self.reading(clean)? else { return Ok(None) };
        if bare.is_empty() {
            return Ok(None);
        }
        let heavy = found.words.iter().filter(|(_, part)| *part == 1.0).count();
        let plan = self.plan(found, Vec::new(), bare, heavy >= LEAST_WORDS_OF_A_TEXT);
        if parts.is_empty() {
            return Ok(Some(plan));
        }
        let mut forms = Forms::of(plan);
        for (literal, others, is_number) in parts {
            let Some(asked) = self.reading(literal)? else { return Ok(None) };
            let mut group = Vec::new();
            if literal.chars().count() < PAIRED || !is_han(literal) {
                forms.add_way(literal, &asked.found, false);
            }
            for other in others {
                let Some(there) = self.reading(other)? else { return Ok(None) };
                group.extend(forms.in_place_of(&asked.found, &there.found));
                forms.add_way(other, &there.found, *is_number);
            }
            forms.plan.groups.push(group);
        }
        Ok(Some(forms.finished()))
    }

    /// Return the terms of a text; None when it has characters that Python must look at.
    pub fn reading(&self, text: &str) -> Read<Option<Reading>> {
        let chars: Vec<char> = text.chars().collect();
        let kinds: Option<Vec<Kind>> = chars.iter().map(|char| kind_of(*char)).collect();
        let Some(kinds) = kinds.filter(|kinds| kinds.len() <= MOST_CHARS) else { return Ok(None) };
        let mut words: Vec<(String, f64)> = Vec::new();
        let mut weights = vec![1.0; chars.len()];
        for (start, end, kind) in stretches(&kinds) {
            match kind {
                Kind::Han => {
                    let mut first = start;
                    for last in self.dictionary.cut(&chars[start..end])? {
                        let word: String = chars[first..start + last].iter().collect();
                        let weight = self.weight(&word);
                        weights[first..start + last].fill(weight);
                        words.push((word, weight));
                        first = start + last;
                    }
                }
                Kind::RareHan => words.extend(chars[start..end].iter().map(|char| (char.to_string(), 1.0))),
                Kind::Other => {
                    let run = ascii(&chars[start..end]);
                    if run.len() >= MAX_TERM_CHARS {
                        return Ok(None);
                    }
                    if !is_border(&run) {
                        runs::words(&run, |word| words.push((String::from_utf8_lossy(word).into_owned(), 1.0)));
                    }
                }
                _ => {}
            }
        }
        // Where every word is light there is nothing beside which to be light.
        if words.iter().all(|(_, weight)| *weight < 1.0) {
            weights.fill(1.0);
            words.iter_mut().for_each(|(_, weight)| *weight = 1.0);
        }
        let mut found = Found::default();
        for (word, weight) in words {
            found.word(word, weight);
        }
        let mut bare = String::new();
        let mut rows = Vec::new();
        let mut end_row = |row: &mut Vec<Unit>, found: &mut Found| {
            if !row.is_empty() {
                rows.push(row.len());
            }
            end_row(row, found, &mut bare);
        };
        let mut row: Vec<Unit> = Vec::new();
        let mut room = Vec::new();
        for (start, end, kind) in stretches(&kinds) {
            match kind {
                Kind::Han | Kind::RareHan => row.extend((start..end).map(|place| (vec![chars[place]], weights[place]))),
                Kind::Space => {}
                Kind::Border => end_row(&mut row, &mut found),
                Kind::Other => {
                    let run = ascii(&chars[start..end]);
                    if is_border(&run) {
                        end_row(&mut row, &mut found);
                        continue;
                    }
                    runs::units(&run, &mut room, |unit| match unit {
                        None => end_row(&mut row, &mut found),
                        Some(unit) => row.push((unit.iter().map(|byte| char::from(*byte)).collect(), 1.0)),
                    });
                }
            }
        }
        end_row(&mut row, &mut found);
        Ok(Some(Reading { found, bare, rows }))
    }
}

/// Return whether a run has nothing but signs that join what is on both sides.
fn is_border(run: &[u8]) -> bool {
    run.iter().all(|byte| CONNECTORS.contains(byte))
}

pub fn is_han(text: &str) -> bool {
    text.chars().all(|char| kind_of(char) == Some(Kind::Han))
}

/// Take the pairs of a row, or its only unit.
fn end_row(row: &mut Vec<Unit>, found: &mut Found, bare: &mut String) {
    if let [(unit, weight)] = row.as_slice() {
        found.pair(unit, *weight);
    }
    for both in row.windows(2) {
        let weight = both[0].1.min(both[1].1);
        found.pair(&joined(&both[0].0, &both[1].0), weight);
    }
    bare.extend(row.drain(..).flat_map(|(unit, _)| unit));
}

/// A plan to which other forms are added.
pub struct Forms {
    pub plan: Plan,
    number_of: HashMap<(bool, Vec<char>), usize, Quick>,
    /// The terms that the text is scored by come first.
    scored: usize,
}

impl Forms {
    pub fn of(plan: Plan) -> Forms {
        let each = plan.terms.iter().enumerate();
        let number_of = each.map(|(number, term)| ((term.is_pair, term.chars.clone()), number)).collect();
        Forms { scored: plan.terms.len(), plan, number_of }
    }

    /// Return the number of a term, a new one when nothing is scored by it.
    pub fn number(&mut self, is_pair: bool, chars: &[char]) -> usize {
        let terms = &mut self.plan.terms;
        *self.number_of.entry((is_pair, chars.to_vec())).or_insert_with(|| {
            terms.push(Term { chars: chars.to_vec(), is_pair, share: 0.0, first: None, in_passages: false });
            terms.len() - 1
        })
    }

    /// Have a form find what has none of the terms.
    fn add_way(&mut self, text: &str, found: &Found, is_number: bool) {
        let pairs: Vec<usize> = found.pairs.iter().map(|(pair, _)| self.number(true, pair)).collect();
        if pairs.is_empty() {
            return;
        }
        let chars: Vec<char> = text.chars().collect();
        let sure = match chars.len() {
            _ if is_number || !is_han(text) => Sure::Never,
            ..=PAIRED => Sure::Always,
            _ => Sure::Word(self.number(false, &chars)),
        };
        self.plan.also.push(Way { pairs, sure, chars: Vec::new() });
    }

    /// Return the plan; a pair that only other forms have tells of the text's terms too, as it does in the arrays.
    pub fn finished(mut self) -> Plan {
        let in_groups: HashSet<usize> =
            self.plan.groups.iter().flatten().flat_map(|form| form.terms.iter().copied()).collect();
        for number in 0..self.scored {
            let term = &self.plan.terms[number];
            if term.first.is_none() {
                let pair = self.number_of.get(&(true, first_pair(&term.chars).into_owned())).copied();
                self.plan.terms[number].first = pair.filter(|pair| in_groups.contains(pair));
            }
        }
        self.plan
    }

    /// Return what counts together in place of the terms of a part: pairs of another form that the part lacks.
    pub fn in_place_of(&mut self, asked: &Found, there: &Found) -> Option<Form> {
        let words_there: HashSet<&str> = there.words.iter().map(|(word, _)| word.as_str()).collect();
        let pairs_there: HashSet<&[char]> = there.pairs.iter().map(|(pair, _)| pair.as_slice()).collect();
        let pairs_asked: HashSet<&[char]> = asked.pairs.iter().map(|(pair, _)| pair.as_slice()).collect();
        let mut literal = Vec::new();
        let words = asked.words.iter().filter(|(word, _)| !words_there.contains(word.as_str()));
        let words = words.map(|(word, _)| (false, word.chars().collect::<Vec<char>>()));
        let pairs = asked.pairs.iter().filter(|(pair, _)| !pairs_there.contains(pair.as_slice()));
        for term in words.chain(pairs.map(|(pair, _)| (true, pair.clone()))) {
            literal.extend(self.number_of.get(&term).copied().filter(|number| *number < self.scored));
        }
        if literal.is_empty() {
            return None;
        }
        let own = there.pairs.iter().filter(|(pair, _)| !pairs_asked.contains(pair.as_slice()));
        let terms: Vec<usize> = own.map(|(pair, _)| self.number(true, pair)).collect();
        (!terms.is_empty()).then_some(Form { terms, literal })
    }
}

//! What reads plain queries without Python: the dictionary, what characters and stop words are, and how a plan is made.
//!
//! `words` reads words and phrases, `text_query` texts, `relaxed` what `auto` asks for of many words. A plan is the one
//! that Python makes of the same query (`embedded/search/plans.py`).

use std::collections::{HashMap, HashSet};

use crc32fast::hash as crc32;
use pyo3::prelude::*;

use crate::dictionary::Dictionary;
use crate::kinds::first_pair;
use crate::names::Quick;
use crate::plan::{Plan, Term, Title, Way};

const WORD_SHARE: f64 = 1.25;
const PAIR_SHARE: f64 = 0.75;
const QUESTION: f64 = 0.2;
const FUNCTION: f64 = 0.6;
/// `auto` requires so many words at most.
pub const MOST_REQUIRED: usize = 4;
pub const MOST_CHARS: usize = 500;
const COUNTED: &str = "个位名天年月日号点岁次种部首条只家块篇份句集项届场座所支国本款层轮";
const FIRST_HAN: u32 = 0x4E00;

/// What reads plain queries; made once in a process.
#[pyclass(frozen, module = "searchlib.native._kernel")]
pub struct PlainReader {
    pub dictionary: Dictionary,
    /// From U+4E00 on: whether a character is written in one way only, and asks and joins nothing.
    plain: Vec<bool>,
    /// The same for those that may be part of something with other forms.
    variable: Vec<bool>,
    /// The same for those of which a word that may be meant as an operator is made.
    signs: Vec<bool>,
    /// Of each character that is not Han what it is in a passage, and how else it is written.
    pub written: Vec<(u32, u8, Vec<u32>)>,
    questions: HashSet<String, Quick>,
    pub functions: HashSet<String, Quick>,
    /// Stop words of one character that are hardly ever part of a name.
    pub sure_characters: HashSet<String, Quick>,
    boosts: Vec<f64>,
}

#[pymethods]
impl PlainReader {
    /// Take the dictionary's file, its nodes and the logarithm of its sum, and what Python says of characters.
    #[new]
    #[allow(clippy::too_many_arguments)]
    fn new(
        dictionary: &Bound<'_, PyAny>,
        nodes: usize,
        log_total: f64,
        plain: &str,
        variable: &str,
        signs: &str,
        written: Vec<(u32, u8, Vec<u32>)>,
        questions: Vec<String>,
        functions: Vec<String>,
        sure_characters: Vec<String>,
        boosts: Vec<f64>,
    ) -> PyResult<PlainReader> {
        let table = |chars: &str| {
            let mut found = vec![false; 0xA000 - FIRST_HAN as usize];
            for char in chars.chars() {
                if let Some(slot) = (char as u32).checked_sub(FIRST_HAN).and_then(|at| found.get_mut(at as usize)) {
                    *slot = true;
                }
            }
            found
        };
        Ok(PlainReader {
            dictionary: Dictionary::of(dictionary, nodes, log_total)?,
            plain: table(plain),
            variable: table(variable),
            signs: table(signs),
            written,
            questions: questions.into_iter().collect(),
            functions: functions.into_iter().collect(),
            sure_characters: sure_characters.into_iter().collect(),
            boosts,
        })
    }
}

/// The terms of a plan as they are found.
#[derive(Default)]
pub struct Found {
    pub words: Vec<(String, f64)>,
    pub word_of: HashMap<String, usize, Quick>,
    pub pairs: Vec<(Vec<char>, f64)>,
    pub pair_of: HashMap<Vec<char>, usize, Quick>,
}

impl Found {
    pub fn word(&mut self, text: String, part: f64) {
        match self.word_of.get(&text) {
            Some(place) => self.words[*place].1 = self.words[*place].1.max(part),
            None => {
                self.word_of.insert(text.clone(), self.words.len());
                self.words.push((text, part));
            }
        }
    }

    pub fn pair(&mut self, pair: &[char], part: f64) -> usize {
        match self.pair_of.get(pair) {
            Some(place) => {
                self.pairs[*place].1 = self.pairs[*place].1.max(part);
                *place
            }
            None => {
                self.pair_of.insert(pair.to_vec(), self.pairs.len());
                self.pairs.push((pair.to_vec(), part));
                self.pairs.len() - 1
            }
        }
    }

    /// Take the pairs of a row, or its only character, and return their places.
    pub fn row(&mut self, row: &[char], parts: &[f64]) -> Vec<usize> {
        if row.len() == 1 {
            return vec![self.pair(row, parts[0])];
        }
        let places = (1..row.len()).map(|at| self.pair(&row[at - 1..=at], parts[at - 1].min(parts[at])));
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl PlainReader {
    /// Return whether a character is Han that means nothing else; `as_it_is` takes also what may have other forms.
    pub fn is_plain(&self, char: char, as_it_is: bool) -> bool {
        is_in(&self.plain, char) || (as_it_is && is_in(&self.variable, char))
    }

    /// Return whether a character of a clean word is Han in simplified script, or ASCII.
    pub fn is_simplified(&self, char: char) -> bool {
        char.is_ascii() || self.is_plain(char, true) || is_in(&self.signs, char)
    }

    /// Return whether a text has characters that may be part of something with other forms.
    pub fn may_vary(&self, text: &str) -> bool {
        text.chars().any(|char| char.is_ascii_alphanumeric() || is_in(&self.variable, char))
    }

    pub fn plan(&self, found: Found, leaves: Vec<Vec<Way>>, bare: String, passages: bool) -> Plan {
        let count = found.words.len();
        let first = |text: &[char]| found.pair_of.get(first_pair(text).as_ref()).map(|pair| pair + count);
        let mut terms = Vec::with_capacity(count + found.pairs.len());
        for (text, part) in &found.words {
            let chars: Vec<char> = text.chars().collect();
            let first = first(&chars);
            terms.push(Term { chars, is_pair: false, share: WORD_SHARE * part, first, in_passages: true });
        }
        for (chars, part) in &found.pairs {
            let first = first(chars);
            let chars = chars.clone();
            // A pair with a space is of two words of letters, or two numbers.
            let in_passages = !chars.contains(&' ');
            terms.push(Term { chars, is_pair: true, share: PAIR_SHARE * part, first, in_passages });
        }
        let mut others = [false; 1 << 7];
        for char in terms.iter().flat_map(|term| &term.chars).filter(|char| char.is_ascii()) {
            others[*char as usize] = true;
        }
        let is_there = |code: &u32| others.get(*code as usize) == Some(&true);
        let each = self.written.iter().take_while(|_| others.contains(&true));
        let written = each.filter(|(code, ..)| is_there(code)).cloned().collect();
        Plan {
            terms,
            any: leaves.is_empty(),
            given: false,
            groups: Vec::new(),
            also: Vec::new(),
            leaves,
            runs: Vec::new(),
            title: Some(Title {
                check: crc32(bare.as_bytes()),
                bare: bare.chars().map(u32::from).collect(),
            }),
            boosts: self.boosts.clone(),
            passages,
            written,
        }
    }

    /// Return what part of its weight a word keeps: see `analysis/stopwords.py`.
    pub fn weight(&self, word: &str) -> f64 {
        if self.is_question(word) {
            QUESTION
        } else if self.functions.contains(word) {
            FUNCTION
        } else {
            1.0
        }
    }

    pub fn is_question(&self, word: &str) -> bool {
        self.questions.contains(word) || asks(word)
    }
}

fn is_in(table: &[bool], char: char) -> bool {
    (char as u32).checked_sub(FIRST_HAN).and_then(|at| table.get(at as usize)).copied().unwrap_or(false)
}

/// Return whether a word is a question word that is made as it is needed: 哪 or 几 with what is counted.
fn asks(word: &str) -> bool {
    if !word.starts_with(['多', '第', '哪', '几']) {
        return false;
    }
    let chars: Vec<char> = word.chars().collect();
    let counted = |chars: &[char]| match chars {
        [] => true,
        [one] => COUNTED.contains(*one),
        _ => false,
    };
    match chars.as_slice() {
        ['多', '少', rest @ ..] => rest.len() < 2,
        ['多', one] => "久大长高远重深宽快厚".contains(*one),
        ['第', '几', rest @ ..] => counted(rest),
        ['哪', '一' | '几' | '些', rest @ ..] => counted(rest),
        ['哪', rest @ ..] => counted(rest),
        ['几', one] => COUNTED.contains(*one),
        ['几', '周' | '个' | '小' | '分' | '公' | '块' | '点' | '年', _] => {
            ["周年", "个月", "小时", "分钟", "公里", "块钱", "点钟", "年级"].iter().any(|one| word.ends_with(one))
        }
        _ => false,
    }
}

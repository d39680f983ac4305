//! Words of Han and one phrase in quotes, read without Python, which says how else they are written.
//!
//! An unspaced run of several words is found in pieces; anything else than such words, for `auto` a stop word among
//! them too, is left to Python.

use std::collections::HashSet;

use crate::data::Read;
use crate::kinds::PAIRED;
use crate::plain::{Found, PlainReader, MOST_CHARS, MOST_REQUIRED};
use crate::plan::{Plan, Run, Sure, Term, Way};
use crate::text_query::{Forms, Part};

const LEAST_WORDS: usize = 3;
const MOST_WORDS: usize = 16;
const MOST_OF_A_PHRASE: usize = 40;

/// How a query is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Match {
    All,
    Auto,
    Any,
}

impl Match {
    pub fn of(how: &str) -> Match {
        match how {
            "all" => Match::All,
            "auto" => Match::Auto,
            _ => Match::Any,
        }
    }
}

/// A word of a query, or an unspaced run of several.
struct Asked {
    chars: Vec<char>,
    pairs: Vec<usize>,
    /// What must stand.
    pieces: Vec<String>,
}

impl Asked {
    fn is_run(&self) -> bool {
        !matches!(self.pieces.as_slice(), [only] if only.chars().eq(self.chars.iter().copied()))
    }
}

impl PlainReader {
    /// Return the plan of a query; None when Python must read it.
    ///
    /// `forms` are what of its words is written in other ways; None: it may not have such words.
    pub fn read(&self, query: &str, how: Match, forms: Option<&[Part]>) -> Read<Option<Plan>> {
        if query.len() > 4 * MOST_CHARS {
            return Ok(None);
        }
        let quoted = query.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        if let (Some(quoted), true) = (quoted, how != Match::Any) {
            return self.phrase(quoted, forms);
        }
        let words: Vec<&str> = query.split([' ', '\u{3000}']).filter(|word| !word.is_empty()).collect();
        match how {
            Match::Any => Ok(None),
            _ if words.len() > MOST_WORDS => Ok(None),
            _ => self.words(&words, how, forms),
        }
    }

    /// Read a phrase in quotes.
    fn phrase(&self, quoted: &str, forms: Option<&[Part]>) -> Read<Option<Plan>> {
        let chars: Vec<char> = quoted.chars().collect();
        if chars.is_empty() || chars.len() > MOST_OF_A_PHRASE {
            return Ok(None);
        }
        if !chars.iter().all(|char| self.is_plain(*char, forms.is_some())) {
            return Ok(None);
        }
        let mut found = Found::default();
        let pairs = self.row(&mut found, &chars, &self.dictionary.cut(&chars)?);
        let count = found.words.len();
        let pairs: Vec<usize> = pairs.iter().map(|pair| pair + count).collect();
        let (known, behind) = (found.word_of.get(quoted).copied(), count + found.pairs.len());
        let sure = if chars.len() > 2 { Sure::Word(known.unwrap_or(behind)) } else { Sure::Always };
        let way = Way { pairs, sure, chars: chars.iter().map(|char| *char as u32).collect() };
        let mut plan = self.plan(found, vec![vec![way]], quoted.to_owned(), false);
        if sure == Sure::Word(behind) {
            let first = None;
            plan.terms.push(Term { chars, is_pair: false, share: 0.0, first, in_passages: false });
        }
        self.with_forms(plan, &[(0, quoted)], forms)
    }

    /// Take the words, which end at `ends`, and pairs of one text of Han by itself, and return the places of its pairs.
    fn row(&self, found: &mut Found, chars: &[char], ends: &[usize]) -> Vec<usize> {
        let mut words = Vec::with_capacity(ends.len());
        let mut start = 0;
        for end in ends {
            let text: String = chars[start..*end].iter().collect();
            words.push((start, self.weight(&text), text));
            start = *end;
        }
        let all_light = words.iter().all(|(_, weight, _)| *weight < 1.0);
        let mut parts = vec![1.0; chars.len()];
        for ((start, weight, text), end) in words.into_iter().zip(ends) {
            let weight = if all_light { 1.0 } else { weight };
            parts[start..*end].fill(weight);
            found.word(text, weight);
        }
        found.row(chars, &parts)
    }

    fn words(&self, words: &[&str], how: Match, forms: Option<&[Part]>) -> Read<Option<Plan>> {
        let mut found = Found::default();
        let mut each: Vec<Asked> = Vec::new();
        for word in words {
            let chars: Vec<char> = word.chars().collect();
            if !chars.iter().all(|char| self.is_plain(*char, forms.is_some())) {
                return Ok(None);
            }
            let ends = self.dictionary.cut(&chars)?;
            let Some(pieces) = self.asked_pieces(word, &chars, &ends, how)? else { return Ok(None) };
            let pairs = self.row(&mut found, &chars, &ends);
            each.push(Asked { chars, pairs, pieces });
        }
        let content = || each.iter().flat_map(|one| &one.pieces);
        let is_long = content().count() > MOST_REQUIRED && content().collect::<HashSet<_>>().len() > MOST_REQUIRED;
        if each.is_empty() || (how == Match::Auto && is_long) {
            return Ok(None);
        }
        let heavy = found.words.iter().filter(|(_, part)| *part == 1.0).count();
        let is_one_phrase = each.len() == 1 && !each[0].is_run();
        let bare: String = each.iter().flat_map(|one| &one.chars).collect();
        let count = found.words.len();
        let mut runs = Vec::new();
        for one in each.iter().filter(|one| one.is_run()) {
            runs.push(Run {
                pairs: one.pairs.iter().map(|pair| pair + count).collect(),
                chars: one.chars.iter().map(|char| *char as u32).collect(),
                own: self.own_terms(&found, &one.chars)?,
            });
        }
        let passages = !is_one_phrase && heavy >= LEAST_WORDS;
        if runs.is_empty() {
            let leaves = each.into_iter().map(|one| vec![way_of(&found, one)]).collect();
            let phrases: Vec<(usize, &str)> = words.iter().copied().enumerate().collect();
            return self.with_forms(self.plan(found, leaves, bare, passages), &phrases, forms);
        }
        let plan = self.plan(found, vec![Vec::new()], bare, passages);
        let mut all = Forms::of(Plan { leaves: Vec::new(), runs, ..plan });
        let mut phrases = Vec::new();
        for (word, one) in words.iter().zip(&each) {
            if !one.is_run() {
                phrases.push((all.plan.leaves.len(), *word));
            }
            for piece in &one.pieces {
                let Some(way) = self.way_of(&mut all, piece, false)? else { return Ok(None) };
                all.plan.leaves.push(vec![way]);
            }
        }
        self.with_forms(all.plan, &phrases, forms)
    }

    /// Return what of a word must stand: itself, or its pieces where it is an unspaced run; None when Python must say.
    fn asked_pieces(&self, word: &str, chars: &[char], ends: &[usize], how: Match) -> Read<Option<Vec<String>>> {
        let mut pieces = vec![word.to_owned()];
        if how != Match::Auto && (chars.len() <= PAIRED || ends.len() == 1) {
            return Ok(Some(pieces));
        }
        let mut start = 0;
        let each = ends.iter().map(|end| chars[std::mem::replace(&mut start, *end)..*end].iter().collect());
        let cut: Vec<String> = each.collect();
        if chars.len() > PAIRED && cut.len() > 1 {
            pieces.clear();
            for piece in self.pieces(chars)? {
                if !pieces.contains(&piece) {
                    pieces.push(piece);
                }
            }
        }
        if pieces.as_slice() == [word] {
            // Of stop words `auto` asks for less than all.
            let is_light = self.is_stop_word(word) || cut.iter().any(|word| self.is_stop_word(word));
            return Ok((how != Match::Auto || !is_light).then_some(pieces));
        }
        if self.may_vary(word) {
            return Ok(None);
        }
        if how == Match::Auto {
            if cut.iter().chain(&pieces).any(|word| self.is_question(word)) {
                return Ok(None);
            }
            pieces.retain(|piece| !self.is_stop_word(piece));
        }
        Ok((!pieces.is_empty()).then_some(pieces))
    }

    /// Return the numbers of the terms of a run in their order: words, then pairs.
    fn own_terms(&self, found: &Found, chars: &[char]) -> Read<Vec<usize>> {
        let mut own = Vec::new();
        let mut start = 0;
        for end in self.dictionary.cut(chars)? {
            let word: String = chars[start..end].iter().collect();
            own.extend(found.word_of.get(&word).copied());
            start = end;
        }
        own.extend(chars.windows(PAIRED).filter_map(|pair| found.pair_of.get(pair)).map(|pair| pair + found.words.len()));
        let mut known = HashSet::new();
        own.retain(|number| known.insert(*number));
        Ok(own)
    }

    /// Have phrases, each with its leaf, be found and scored by their other forms too; None where these are not covered.
    fn with_forms(&self, plan: Plan, phrases: &[(usize, &str)], each: Option<&[Part]>) -> Read<Option<Plan>> {
        let Some(each @ [_, ..]) = each else { return Ok(Some(plan)) };
        let mut forms = Forms::of(plan);
        for (leaf, word) in phrases {
            let Some((_, others, is_number)) = each.iter().find(|(literal, ..)| literal == word) else { continue };
            let Some(asked) = self.reading(word)? else { return Ok(None) };
            let mut group = Vec::new();
            for other in others {
                let Some(there) = self.reading(other)? else { return Ok(None) };
                group.extend(forms.in_place_of(&asked.found, &there.found));
                let Some(way) = self.way_of(&mut forms, other, *is_number)? else { return Ok(None) };
                forms.plan.leaves[*leaf].push(way);
            }
            forms.plan.groups.push(group);
        }
        Ok(Some(forms.finished()))
    }
}

/// Return a word of a query as a phrase; where it is longer than a pair it is one word of the dictionary, or is read.
fn way_of(found: &Found, one: Asked) -> Way {
    let word = if one.chars.len() > PAIRED { one.pieces.first().and_then(|word| found.word_of.get(word)) } else { None };
    let count = found.words.len();
    Way {
        pairs: one.pairs.into_iter().map(|pair| pair + count).collect(),
        sure: match word {
            Some(word) => Sure::Word(*word),
            None if one.chars.len() > PAIRED => Sure::Never,
            None => Sure::Always,
        },
        chars: one.chars.into_iter().map(u32::from).collect(),
    }
}

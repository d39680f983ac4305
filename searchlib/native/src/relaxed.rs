//! A query of many words read as `auto` relaxes it: by how many of its pieces an article is found.
//!
//! `query/auto.py` says what these are; it is ranked as the text of its words is.

use std::collections::{HashMap, HashSet};

use crate::data::Read;
use crate::kinds::PAIRED;
use crate::pieces::is_border;
use crate::plain::PlainReader;
use crate::plan::{Plan, Sure, Way};
use crate::text_query::{is_han, Forms, Part};

/// A word of a query, clean, and its content words where it is not of Han alone.
pub type Word = (String, Option<Vec<String>>);

impl PlainReader {
    /// Return the plan of a query and how many of its leaves must stand at most; None when Python must read it.
    ///
    /// `words` are those of the query, clean, with their pieces where Python has cut them; `text` is all of them as
    /// one text, and `parts` what of it is written in other ways. `forms_of` is called with all pieces and with texts
    /// that may have other forms, and returns those of each, and whether they are numbers. With fewer than `fewest`
    /// content words all are asked for first.
    pub fn relaxed(
        &self,
        words: &[Word],
        text: &str,
        parts: &[Part],
        forms_of: impl FnOnce(&[String], &[String]) -> Read<Vec<(Vec<String>, bool)>>,
        fewest: usize,
    ) -> Read<Option<(Plan, usize)>> {
        let mut content: Vec<String> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        for (word, pieces) in words {
            let pieces = match pieces {
                _ if !word.chars().all(|char| self.is_simplified(char)) => return Ok(None),
                Some(pieces) => pieces.clone(),
                None => self.content(word)?,
            };
            content.extend(pieces.into_iter().filter(|piece| known.insert(piece.clone())));
        }
        if content.len() < fewest {
            return Ok(None);
        }
        let mut ways = Vec::with_capacity(content.len());
        for piece in &content {
            ways.push(self.loosened(piece)?);
        }
        let varying: Vec<String> = ways.iter().flatten().filter(|way| self.may_vary(way)).cloned().collect();
        let forms = forms_of(&content, &varying)?;
        let others: HashMap<&str, &(Vec<String>, bool)> = varying.iter().map(String::as_str).zip(&forms).collect();
        let Some(plan) = self.text(text, parts)? else { return Ok(None) };
        let mut forms = Forms::of(plan);
        let mut leaves = Vec::with_capacity(ways.len());
        for ways in &ways {
            let mut leaf = Vec::with_capacity(ways.len());
            for way in ways {
                leaf.push(self.way_of(&mut forms, way, false)?);
                if let Some((others, is_number)) = others.get(way.as_str()) {
                    for other in others {
                        leaf.push(self.way_of(&mut forms, other, *is_number)?);
                    }
                }
            }
            let Some(leaf) = leaf.into_iter().collect() else { return Ok(None) };
            leaves.push(leaf);
        }
        let plan = Plan { leaves, any: false, also: Vec::new(), ..forms.plan };
        let least = plan.leaves.len().div_ceil(2);
        Ok(Some((plan, least)))
    }

    /// Return in what a piece counts as held: its shortest parts that mean nearly as much, or the piece.
    fn loosened(&self, piece: &str) -> Read<Vec<String>> {
        let chars: Vec<char> = piece.chars().collect();
        if chars.len() <= PAIRED || !is_han(piece) {
            return Ok(vec![piece.to_owned()]);
        }
        let parts = self.looser_pieces(&chars)?;
        Ok(if parts.is_empty() { vec![piece.to_owned()] } else { parts })
    }

    /// Return a phrase by its pairs; None where it has none.
    pub fn way_of(&self, forms: &mut Forms, text: &str, is_number: bool) -> Read<Option<Way>> {
        let inside = text.trim_matches(|char| is_border(&char));
        let chars: Vec<char> = inside.chars().collect();
        if is_number || !is_han(inside) {
            return Ok(match self.reading(inside)? {
                Some(read) if !read.found.pairs.is_empty() => {
                    let pairs = read.found.pairs.iter().map(|(pair, _)| forms.number(true, pair)).collect();
                    let is_sure = !is_number && matches!(read.rows.as_slice(), [..=PAIRED]);
                    Some(Way { pairs, sure: if is_sure { Sure::Always } else { Sure::Never }, chars: Vec::new() })
                }
                _ => None,
            });
        }
        let rows: Vec<&[char]> = if chars.len() == 1 { vec![&chars] } else { chars.windows(PAIRED).collect() };
        let mut pairs: Vec<usize> = rows.into_iter().map(|pair| forms.number(true, pair)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let sure = if chars.len() > PAIRED { Sure::Word(forms.number(false, &chars)) } else { Sure::Always };
        let chars = chars.into_iter().map(u32::from).collect();
        Ok((!inside.is_empty()).then_some(Way { pairs, sure, chars }))
    }

    /// Return the content words of a word or an unspaced run of Han.
    fn content(&self, word: &str) -> Read<Vec<String>> {
        let chars: Vec<char> = word.chars().collect();
        let mut pieces = self.pieces(&chars)?;
        let is_one = pieces.iter().all(|piece| *piece == pieces[0]);
        if is_one && pieces.first().is_none_or(|only| only == word.trim_matches(|char| is_border(&char))) {
            pieces = vec![word.to_owned()];
        }
        pieces.retain(|piece| !self.is_stop_word(piece));
        Ok(pieces)
    }
}

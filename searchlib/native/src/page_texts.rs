//! Texts of pages folded and given their own characters again, as `pages` does it character by character.

use std::collections::HashMap;

use pyo3::prelude::*;

use crate::page_lines::{is_space, Chars};

const LAST_BASIC: char = '\u{ffff}';

/// What each character of a page becomes for its rules.
#[pyclass(frozen)]
pub struct PageFolder {
    changed: Chars,
    basic: Vec<char>,
    others: HashMap<char, char>,
    words: Vec<(char, char)>,
    lasts: Chars,
}

impl PageFolder {
    fn folded(&self, char: char) -> char {
        if !self.changed.has(char) && char <= LAST_BASIC {
            return char;
        }
        self.basic.get(char as usize).copied().unwrap_or_else(|| self.others.get(&char).copied().unwrap_or(char))
    }
}

#[pymethods]
impl PageFolder {
    /// Take what is folded, what each character of it becomes, and words of two characters that are looked for.
    #[new]
    fn new(written: &str, folded: &str, words: Vec<(char, char)>) -> Self {
        let mut basic: Vec<char> = (0..1 << 16).map(|code| char::from_u32(code).unwrap_or_default()).collect();
        let mut others = HashMap::new();
        for (char, made) in written.chars().zip(folded.chars()) {
            match basic.get_mut(char as usize) {
                Some(known) => *known = made,
                None => drop(others.insert(char, made)),
            }
        }
        let lasts = Chars::of(words.iter().map(|&(_, last)| last));
        Self { changed: Chars::of(written.chars()), basic, others, words, lasts }
    }

    /// Return a text folded, None where nothing changes; and whether one of the words is in it.
    fn fold(&self, text: &str) -> (Option<String>, bool) {
        let folded = self.changed_from(text);
        let has_words = self.has_words(folded.as_deref().unwrap_or(text));
        (folded, has_words)
    }
}

impl PageFolder {
    fn has_words(&self, text: &str) -> bool {
        let mut before = '\0';
        text.chars().any(|char| {
            let is_word = self.lasts.has(char) && self.words.contains(&(before, char));
            before = char;
            is_word
        })
    }

    fn changed_from(&self, text: &str) -> Option<String> {
        let (first, _) = text.char_indices().find(|&(_, char)| self.folded(char) != char)?;
        let mut folded = String::with_capacity(text.len());
        folded.push_str(&text[..first]);
        folded.extend(text[first..].chars().map(|char| self.folded(char)));
        Some(folded)
    }
}

/// Return the same, where only white space was taken out or put in: most texts are healed so. Else None.
fn unfold_closed(value: &str, page: &str, folded: &str) -> Option<String> {
    let mut written = folded.chars().zip(page.chars()).filter(|&(char, _)| !is_space(char));
    let mut made = String::with_capacity(value.len());
    for char in value.chars() {
        let is_same = |&(read, _): &(char, char)| read == char;
        made.push(if is_space(char) { char } else { written.next().filter(is_same)?.1 });
    }
    Some(made)
}

/// Return a text that was made of a folded one with the characters of the page, as `_align` of `pages/folded.py`.
#[pyfunction]
pub fn unfold_in_order(value: &str, page: &str, folded: &str) -> String {
    if let Some(made) = unfold_closed(value, page, folded) {
        return made;
    }
    let bare: String = folded.chars().filter(|&char| !is_space(char)).collect();
    let mut written = folded.chars().zip(page.chars()).filter(|&(char, _)| !is_space(char)).map(|(_, char)| char);
    let mut rest = bare.as_str();
    let mut made = String::with_capacity(value.len());
    // Take the place where some characters are, and as many from the page.
    let mut take = |part: &str, made: &mut String| {
        let begins = rest.starts_with(part).then_some(0);
        let Some(found) = begins.or_else(|| rest.find(part)) else { return false };
        written.by_ref().take(rest[..found].chars().count()).for_each(drop);
        made.extend(written.by_ref().take(part.chars().count()));
        rest = &rest[found + part.len()..];
        true
    };
    let mut left = value;
    while let Some(first) = left.chars().next() {
        let end = left.find(|char| is_space(char) != is_space(first)).unwrap_or(left.len());
        let (part, behind) = left.split_at(end);
        left = behind;
        if is_space(first) {
            made.push_str(part);
        } else if !take(part, &mut made) {
            for char in part.chars() {
                if !take(char.encode_utf8(&mut [0; 4]), &mut made) {
                    made.push(char);
                }
            }
        }
    }
    made
}

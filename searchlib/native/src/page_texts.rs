//! Texts of pages folded, healed and given their own characters again, as `pages` does it character by character.

use std::collections::HashMap;

use pyo3::prelude::*;

use crate::page_lines::{is_han, is_space, Chars};

const LINE_WRAP: char = '\x0b';
const LAST_BASIC: char = '\u{ffff}';

/// What each character of a page becomes for its rules.
#[pyclass(frozen)]
pub struct PageFolder {
    changed: Chars,
    basic: Vec<char>,
    others: HashMap<char, char>,
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
    /// Take what is folded, and what each character of it becomes.
    #[new]
    fn new(written: &str, folded: &str) -> Self {
        let mut basic: Vec<char> = (0..1 << 16).map(|code| char::from_u32(code).unwrap_or_default()).collect();
        let mut others = HashMap::new();
        for (char, made) in written.chars().zip(folded.chars()) {
            match basic.get_mut(char as usize) {
                Some(known) => *known = made,
                None => drop(others.insert(char, made)),
            }
        }
        Self { changed: Chars::of(written.chars()), basic, others }
    }

    /// Return a text folded, None where nothing changes.
    fn fold(&self, text: &str) -> Option<String> {
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

/// Takes out the spaces that column and OCR left in a text.
#[pyclass(frozen)]
pub struct SpaceCloser {
    opening: Chars,
    closing: Chars,
    marks: Chars,
    slack: f64,
}

/// Return whether a character is one of the spaces that a page may have inside a line.
fn is_inner_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{3000}' | '\u{feff}' | LINE_WRAP)
}

/// Return how wide a text is set, in Han characters.
fn width(text: &str) -> f64 {
    text.chars().map(|char| if char == ' ' || char.is_ascii_alphanumeric() { 0.5 } else { 1.0 }).sum()
}

impl SpaceCloser {
    fn is_real(&self, left: char, right: char, is_wrapped: bool, is_quoted: bool) -> bool {
        if left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric() {
            return !(is_wrapped && left.is_ascii_digit() && right.is_ascii_digit());
        }
        if is_wrapped {
            return false;
        }
        if is_han(left) && is_han(right) {
            return is_quoted;
        }
        (right.is_ascii_alphanumeric() || !self.marks.has(left))
            && (left.is_ascii_alphanumeric() || !self.marks.has(right))
    }
}

#[pymethods]
impl SpaceCloser {
    #[new]
    fn new(opening: &str, closing: &str, marks: &str, slack: f64) -> Self {
        let [opening, closing, marks] = [opening, closing, marks].map(|chars| Chars::of(chars.chars()));
        Self { opening, closing, marks, slack }
    }

    /// Return a text without the spaces that are line ends or inside words, and whether its last line is full.
    ///
    /// No space is at its ends. `column` is how wide its lines are, where it is known.
    fn close(&self, text: &str, lead_width: f64, column: Option<f64>) -> (String, bool) {
        let full = column.map(|column| column - self.slack);
        let mut made = String::with_capacity(text.len());
        let (mut line, mut depth, mut is_straight) = (lead_width, 0usize, false);
        let mut rest = text;
        while let Some(end) = rest.find(is_inner_space) {
            let part = &rest[..end];
            let behind = rest[end..].trim_start_matches(is_inner_space);
            let space = &rest[end..rest.len() - behind.len()];
            for char in part.chars() {
                is_straight ^= char == '"';
            }
            let opened = part.chars().filter(|&char| self.opening.has(char)).count();
            let closed = part.chars().filter(|&char| self.closing.has(char)).count();
            depth = (depth + opened).saturating_sub(closed);
            let mut is_wrapped = space.contains(LINE_WRAP);
            if let Some(full) = full {
                line += width(part);
                is_wrapped |= line >= full;
            }
            made.push_str(part);
            if let (Some(left), Some(right)) = (part.chars().next_back(), behind.chars().next()) {
                let may_be = !is_wrapped || (left.is_ascii() && right.is_ascii());
                if may_be && self.is_real(left, right, is_wrapped, depth > 0 || is_straight) {
                    made.push(' ');
                }
            }
            line = if is_wrapped { 0.0 } else { line + 0.5 };
            rest = behind;
        }
        made.push_str(rest);
        (made, full.is_none_or(|full| line + width(rest) >= full))
    }

    /// Return how wide each line of a text is, cut at its spaces, tabs and line ends.
    fn widths(&self, text: &str) -> Vec<f64> {
        let lines = text.split([' ', '\t', '\u{3000}', LINE_WRAP]);
        lines.filter(|line| !line.is_empty()).map(width).collect()
    }
}

//! The body of an article made of the paragraphs of its page, as `heal` of `pages/healing.py` does it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyTuple;

use crate::page_lines::{is_han, is_space, Chars};

const LINE_WRAP: char = '\x0b';

/// What `pages/healing.py` says of characters and sizes.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Rules {
    opening: String,
    closing: String,
    marks: String,
    edges: String,
    stops: String,
    behind_stop: String,
    slack: f64,
    indent: f64,
    column: f64,
    ocr_column: f64,
    ocr_lines: usize,
    doubled: usize,
    ending: usize,
}

/// What is read of a piece.
struct Paragraph {
    text: PyBackedStr,
    has_spaces: bool,
    is_section: bool,
    is_tail: bool,
    lead_width: f64,
}

/// Where the fields of a `Piece` are.
const TEXT: usize = 2;
const ROLE: usize = 3;
const IS_TAIL: usize = 12;
const LEAD_WIDTH: usize = 17;

impl Paragraph {
    fn of(piece: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let text: PyBackedStr = piece.get_item(TEXT)?.extract()?;
        Ok(Self {
            has_spaces: text.contains(is_inner_space),
            text,
            is_section: piece.get_item(ROLE)?.eq(intern!(piece.py(), "section"))?,
            is_tail: piece.get_item(IS_TAIL)?.extract()?,
            lead_width: piece.get_item(LEAD_WIDTH)?.extract()?,
        })
    }
}

/// Makes one text of paragraphs that columns and OCR broke.
#[pyclass(frozen)]
pub struct Healer {
    opening: Chars,
    closing: Chars,
    marks: Chars,
    edges: Chars,
    stops: Chars,
    behind_stop: Chars,
    rules: Rules,
    opens_paragraph: Py<PyAny>,
}

/// Return whether a character is one of the spaces that a page may have inside a line.
fn is_inner_space(char: char) -> bool {
    // What is between is most of a page.
    (char <= '\u{3000}' || char == '\u{feff}') && matches!(char, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{3000}' | '\u{feff}' | LINE_WRAP)
}

/// Return how wide a text is set, in Han characters.
pub fn width(text: &str) -> f64 {
    text.chars().map(|char| if char == ' ' || char.is_ascii_alphanumeric() { 0.5 } else { 1.0 }).sum()
}

/// Return how wide each line of a text is, cut at its spaces, tabs and line ends.
fn widths(text: &str) -> Vec<f64> {
    let lines = text.split([' ', '\t', '\u{3000}', LINE_WRAP]);
    lines.filter(|line| !line.is_empty()).map(width).collect()
}

fn widest(widths: &[f64]) -> f64 {
    widths.iter().copied().fold(0.0, f64::max)
}

/// Return whether a space is between two parts of a broken line: between Latin words, not inside a number.
fn is_apart(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let is_latin = left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric();
    is_latin && !(left.is_ascii_digit() && right.is_ascii_digit())
}

/// Join the lines of a text without other white space; Latin words stay apart.
fn join_wraps(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let (mut before, mut rest) = (None, text.chars());
    while let Some(char) = rest.next() {
        if char != LINE_WRAP {
            made.push(char);
        } else if is_apart(before, rest.clone().next()) {
            made.push(' ');
        }
        before = Some(char);
    }
    made
}

impl Healer {
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

    /// Return a text without the spaces that are line ends or inside words, and whether its last line is full.
    ///
    /// No space is at its ends. `column` is how wide its lines are, where it is known.
    fn close(&self, text: &str, lead_width: f64, column: Option<f64>) -> (String, bool) {
        let full = column.map(|column| column - self.rules.slack);
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

    /// As `_close_spaces` of a text with spaces: `own` is the column that it shows itself, `usual` that of the article.
    fn close_spaces(&self, text: &str, lead_width: f64, own: Option<f64>, usual: Option<f64>) -> (String, bool) {
        let slack = self.rules.slack;
        let fits = |&column: &f64| own.is_some() || widest(&widths(text)) <= column + self.rules.indent + slack;
        let column = own.or(usual).filter(fits);
        if text.contains(|char| char != LINE_WRAP && is_inner_space(char)) {
            return self.close(text, lead_width, column);
        }
        let last = text.rsplit(LINE_WRAP).next().unwrap_or_default();
        (join_wraps(text), column.is_none_or(|column| width(last) >= column - slack))
    }

    /// Return how wide the column was in which a text was set, when its spaces show it.
    fn column(&self, paragraph: &Paragraph) -> Option<f64> {
        if paragraph.is_section || !paragraph.has_spaces {
            return None;
        }
        let mut lines = widths(&paragraph.text);
        if lines.len() < self.rules.ocr_lines || widest(&lines) > self.rules.ocr_column {
            return None;
        }
        *lines.first_mut()? += paragraph.lead_width;
        let widest = widest(&lines);
        let inner = &lines[..lines.len() - 1];
        let least = widest - self.rules.slack - self.rules.indent;
        let full = inner.iter().filter(|&&line| line >= least).count();
        (widest >= self.rules.column && full * 5 >= inner.len() * 3).then_some(widest)
    }

    /// Return whether a paragraph ends where no sentence ends.
    fn is_unfinished(&self, text: &str) -> bool {
        let mut ending = text.chars().rev().take(self.rules.ending).skip_while(|&char| self.behind_stop.has(char));
        !ending.next().is_some_and(|char| self.stops.has(char))
    }
}

#[pymethods]
impl Healer {
    /// Take the rules, and what finds the beginning of a paragraph that goes on with nothing.
    #[new]
    fn new(rules: Rules, opens_paragraph: Py<PyAny>) -> Self {
        let chars = |chars: &str| Chars::of(chars.chars());
        Self {
            opening: chars(&rules.opening),
            closing: chars(&rules.closing),
            marks: chars(&rules.marks),
            edges: chars(&rules.edges),
            stops: chars(&rules.stops),
            behind_stop: chars(&rules.behind_stop),
            rules,
            opens_paragraph,
        }
    }

    /// Return the body that some pieces of a page make.
    fn heal(&self, py: Python<'_>, pieces: Vec<Bound<'_, PyTuple>>) -> PyResult<String> {
        let pieces = pieces.iter().map(Paragraph::of).collect::<PyResult<Vec<_>>>()?;
        let columns: Vec<Option<f64>> = pieces.iter().map(|piece| self.column(piece)).collect();
        let mut shown: Vec<f64> = columns.iter().copied().flatten().collect();
        shown.sort_unstable_by(f64::total_cmp);
        let usual = shown.get(shown.len() / 2).copied();
        let mut healed = String::with_capacity(pieces.iter().map(|piece| piece.text.len() + 1).sum());
        let mut seen: BTreeSet<Cow<'_, str>> = BTreeSet::new();
        let mut is_first = true;
        let mut before = Cow::Borrowed("");
        let mut is_open = false;
        let mut last = None;
        for (piece, column) in pieces.iter().zip(columns) {
            let text = &*piece.text;
            if piece.is_section {
                let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
                healed.push_str(if is_first { "" } else { "\n" });
                healed.push_str(&words.join(" "));
                is_first = false;
                last = text.trim_end_matches(is_space).chars().next_back();
                is_open = false;
                continue;
            }
            let key = if piece.has_spaces { text.replace(is_inner_space, "").into() } else { Cow::Borrowed(text) };
            if key.is_empty() || ((key == before || !is_open) && seen.contains(&key)) {
                // A piece that is there twice is there in place of what it went on with.
                is_open = is_open && key != before;
                continue;
            }
            if key.chars().nth(self.rules.doubled - 1).is_some() {
                seen.insert(key.clone());
            }
            before = key;
            let bare = text.trim_matches(|char| self.edges.has(char));
            let (made, is_full) = if piece.has_spaces && bare.contains(is_inner_space) {
                let (made, is_full) = self.close_spaces(bare, piece.lead_width, column, usual);
                (made.into(), Some(is_full))
            } else {
                (Cow::Borrowed(bare), None)
            };
            let opens = || self.opens_paragraph.bind(py).call1((&*made,))?.is_truthy();
            let goes_on = !is_first && (piece.is_tail || (is_open && !opens()?));
            if goes_on && is_apart(last, made.chars().next()) {
                healed.push(' ');
            } else if !goes_on && !is_first {
                healed.push('\n');
            }
            healed.push_str(&made);
            is_first = false;
            last = made.chars().next_back();
            let fills = |column| piece.lead_width + width(&made) >= column - self.rules.slack;
            is_open = self.is_unfinished(&made) && is_full.unwrap_or_else(|| column.or(usual).is_none_or(fills));
        }
        Ok(healed)
    }
}

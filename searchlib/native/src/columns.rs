//! How wide the columns were in which a page's lines were broken, as `pages/columns.py` finds it.

use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyTuple;

use crate::healing::width;
use crate::page_lines::Chars;

/// Where the fields of a `Block` are.
const TEXT: usize = 2;
const GAP: usize = 3;
const LEVEL: usize = 4;
const LEAD: usize = 5;
const INDENTED: usize = 6;

/// What `pages/columns.py` says of characters and sizes.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Rules {
    stops: String,
    behind_stop: String,
    slack: f64,
    tight: f64,
    open_slack: f64,
    indent: f64,
    column: f64,
    max_column: f64,
    widest: usize,
    heads: usize,
    few: usize,
    opened: String,
    closed: String,
    items: String,
}

/// What a line is in its column: a bit for each.
const FILLS: u8 = 1;
const OVER: u8 = 2;
const ENDS: u8 = 4;
/// Characters of the label of an item at most, its colon included: 地址：.
const LABEL: usize = 7;
/// Characters with which alike items begin.
const ALIKE: usize = 2;

/// What is read of a line.
struct Line {
    text: PyBackedStr,
    chars: usize,
    /// White space that the line is moved in by, of the first line of a paragraph.
    lead: Option<PyBackedStr>,
    is_heading: bool,
    /// Whether a paragraph may begin here, for what is before the line.
    begins: bool,
}

/// Lines of one length: the length, how many are nearly so long, how many nearly and exactly, and how much may lack.
struct Found {
    size: f64,
    near: usize,
    weight: usize,
    slack: f64,
}

fn count(text: &str) -> f64 {
    text.chars().count() as f64
}

/// Finds the column of a page of many lines.
#[pyclass(frozen)]
pub struct ColumnReader {
    rules: Rules,
    stops: Chars,
    behind_stop: Chars,
    opened: Chars,
    closed: Chars,
    items: Chars,
}

/// By which measure, the size, the lengths of all lines, the slack, what each line is, whether they may be items.
type Column = (usize, f64, Vec<f64>, f64, Vec<u8>, bool);

#[pymethods]
impl ColumnReader {
    #[new]
    fn new(rules: Rules) -> Self {
        let chars = |chars: &str| Chars::of(chars.chars());
        Self {
            stops: chars(&rules.stops),
            behind_stop: chars(&rules.behind_stop),
            opened: chars(&rules.opened),
            closed: chars(&rules.closed),
            items: chars(&rules.items),
            rules,
        }
    }

    /// Return whether there are enough lines that go on, and the column in which these were broken.
    fn read(&self, blocks: Vec<Bound<'_, PyTuple>>) -> PyResult<(bool, Option<Column>)> {
        let lines = blocks.iter().map(Self::line).collect::<PyResult<Vec<_>>>()?;
        let is_inner = |&place: &usize| !(lines[place + 1].begins || lines[place].is_heading);
        let inner: Vec<usize> = (0..lines.len().saturating_sub(1)).filter(is_inner).collect();
        if inner.len() < self.rules.few {
            return Ok((false, None));
        }
        Ok((true, self.column_of(&lines, &inner)))
    }
}

impl ColumnReader {
    fn line(block: &Bound<'_, PyTuple>) -> PyResult<Line> {
        let text: PyBackedStr = block.get_item(TEXT)?.extract()?;
        let is_heading = block.get_item(LEVEL)?.is_truthy()?;
        let is_indented = block.get_item(INDENTED)?.is_truthy()?;
        let chars = text.chars().count();
        let lead = if is_indented { Some(block.get_item(LEAD)?.extract()?) } else { None };
        let begins = is_heading || is_indented || block.get_item(GAP)?.is_truthy()?;
        Ok(Line { text, chars, lead, is_heading, begins })
    }

    fn column_of(&self, lines: &[Line], inner: &[usize]) -> Option<Column> {
        let rules = &self.rules;
        let short = inner.iter().filter(|&&place| lines[place].chars <= rules.widest).count();
        if short * 10 < inner.len() * 6 {
            return None;
        }
        let moved_in = |line: &Line, measure: fn(&str) -> f64| {
            line.lead.as_deref().map_or(0.0, |lead| measure(lead).min(rules.indent))
        };
        let widths: Vec<f64> = lines.iter().map(|line| width(&line.text) + moved_in(line, width)).collect();
        let counts: Vec<f64> = lines.iter().map(|line| line.chars as f64 + moved_in(line, count)).collect();
        let (by_width, by_count) = (self.best(inner, &widths)?, self.best(inner, &counts)?);
        let (measure, found, lengths) =
            if by_count.weight > by_width.weight { (1, by_count, counts) } else { (0, by_width, widths) };
        let over = found.size + rules.open_slack;
        // A headline or byline over its text: no edge has cut the first of two lines where the second is longer.
        let heads = inner.iter().filter(|&&place| lengths[place + 1] > over && over >= lengths[place]).count();
        let beyond: f64 = lengths.iter().filter(|&&length| length > over).sum();
        if heads * rules.heads > found.near || beyond * 2.0 > lengths.iter().sum() {
            return None; // most of the text is in lines that no edge has cut
        }
        let ends = |&&place: &&usize| self.ends_sentence(&lines[place]);
        let last = inner.iter().filter(|&&place| lengths[place] < found.size - rules.slack).filter(ends).count();
        let is_wide = (rules.column..=rules.max_column).contains(&found.size);
        if !(is_wide && found.near * 10 >= (inner.len() - last) * 6) {
            return None;
        }
        let is_full = |&&place: &&usize| (lengths[place] - found.size).abs() <= rules.slack;
        let sentences = inner.iter().filter(is_full).filter(ends).count();
        if sentences * 2 >= found.near {
            return None;
        }
        let marks = lines.iter().zip(&lengths).map(|(line, &length)| self.marks(line, length, &found)).collect();
        Some((measure, found.size, lengths, found.slack, marks, self.may_be_items(lines)))
    }

    fn marks(&self, line: &Line, length: f64, column: &Found) -> u8 {
        let (text, lacks) = (&*line.text, column.size - length);
        let is_bold = text.len() > 4 && text.starts_with("**") && text.ends_with("**");
        let last = |chars: &Chars| text.rfind(|char| chars.has(char)).map_or(0, |place| place + 1);
        let is_open = || last(&self.opened) > last(&self.closed);
        let may_fill = lacks <= self.rules.open_slack && !(line.is_heading || is_bold);
        let fills = may_fill && (lacks <= column.slack || is_open());
        let is_over = length > column.size + self.rules.open_slack;
        u8::from(fills) * FILLS | u8::from(is_over) * OVER | u8::from(self.ends_sentence(line)) * ENDS
    }

    fn ends_sentence(&self, line: &Line) -> bool {
        let last = line.text.chars().rev().find(|&char| !self.behind_stop.has(char));
        last.is_some_and(|char| self.stops.has(char))
    }

    /// Return whether most lines may begin as the items of a list do, or alike.
    fn may_be_items(&self, lines: &[Line]) -> bool {
        let mut alike: HashMap<&str, usize> = HashMap::new();
        let mut marked = 0;
        for line in lines {
            let text = &*line.text;
            let end = text.char_indices().nth(ALIKE).map_or(text.len(), |(end, _)| end);
            *alike.entry(&text[..end]).or_default() += 1;
            let begins = text.starts_with(|char: char| self.items.has(char) || char.is_numeric());
            marked += usize::from(begins || text.chars().take(LABEL).any(|char| char == ':' || char == '：'));
        }
        alike.into_values().max().unwrap_or_default().max(marked) * 2 > lines.len()
    }

    /// Return the length that most inner lines nearly have.
    fn best(&self, inner: &[usize], lengths: &[f64]) -> Option<Found> {
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        for &place in inner {
            *sizes.entry(lengths[place].round_ties_even() as i64).or_default() += 1;
        }
        let count = |size: i64| sizes.get(&size).copied().unwrap_or_default();
        let around = |&size: &i64| (count(size - 1) + count(size) + count(size + 1), size);
        let (_, middle) = sizes.keys().map(around).max()?;
        let (times, size) = (middle - 1..=middle + 1).map(|size| (count(size), size)).max()?;
        let size = size as f64;
        let near = inner.iter().map(|&place| lengths[place]).filter(|length| (length - size).abs() <= self.rules.slack);
        let (near, full) = near.fold((0, 0), |(near, full), length| {
            (near + 1, full + usize::from(length >= size - self.rules.tight))
        });
        let slack = if full * 20 >= near * 19 { self.rules.tight } else { self.rules.slack };
        Some(Found { size, near, weight: near + times, slack })
    }
}

//! How much of one text another says: pairs of Han characters side by side, numbers and words of other scripts whole.

use std::collections::{HashMap, HashSet};

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

fn is_han(char: char) -> bool {
    matches!(char, '一'..='\u{9fff}' | '㐀'..='䶿')
}

fn is_latin(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '.' || char == '%'
}

/// Call with each pair and word of a text.
fn each_pair<'a>(text: &'a str, mut found: impl FnMut(&'a str)) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if is_latin(first) {
            let (word, behind) = rest.split_at(rest.find(|char| !is_latin(char)).unwrap_or(rest.len()));
            found(word);
            rest = behind;
            continue;
        }
        let behind = &rest[first.len_utf8()..];
        let next = behind.chars().next().filter(|&next| is_han(first) && is_han(next));
        if let Some(next) = next {
            found(&rest[..first.len_utf8() + next.len_utf8()]);
        }
        rest = behind;
    }
}

/// Return the share of a head's pairs that a text has, as `coverage` of `pages/decks.py`.
#[pyfunction]
pub fn coverage(head: &str, text: &str) -> f64 {
    let mut pairs = HashSet::new();
    each_pair(head, |pair| {
        pairs.insert(pair);
    });
    let held = pairs.iter().filter(|pair| text.contains(**pair)).count();
    held as f64 / pairs.len().max(1) as f64
}

/// Where a pair is: in a first text, in which of the parts of a second one first and last.
#[derive(Default)]
struct Pair {
    is_own: bool,
    first: Option<usize>,
    last: Option<usize>,
}

/// Return for each place in a second text how much more what is from there on says of a first text.
///
/// As `belonging` of `pages/continuations.py`.
#[pyfunction]
pub fn belonging(own: &str, heads: Vec<PyBackedStr>, parts: Vec<PyBackedStr>, places: Vec<usize>) -> Vec<f64> {
    let mut pairs: HashMap<&str, Pair> = HashMap::new();
    each_pair(own, |pair| pairs.entry(pair).or_default().is_own = true);
    let all = pairs.len();
    for head in &heads {
        each_pair(head, |pair| pairs.entry(pair).or_default().first = Some(0));
    }
    for (place, part) in parts.iter().enumerate() {
        each_pair(part, |pair| {
            let pair = pairs.entry(pair).or_default();
            pair.first.get_or_insert(place + 1);
            pair.last = Some(place);
        });
    }
    let share = |count: usize, of: usize| count as f64 / (of + 1) as f64;
    let belongs = |place: usize| {
        let (mut owned, mut shared, mut others) = (0, 0, 0);
        for pair in pairs.values() {
            let is_rest = pair.last.is_some_and(|last| last >= place);
            let is_other = pair.first.is_some_and(|first| first <= place);
            owned += usize::from(is_rest && pair.is_own);
            shared += usize::from(is_rest && is_other);
            others += usize::from(is_other);
        }
        share(owned, all) - share(shared, others)
    };
    places.into_iter().map(belongs).collect()
}

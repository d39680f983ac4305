//! The best passages of an article for a plain query: `highlight/selection.py` says what is chosen, and how.

use std::collections::HashMap;

use crate::articles::Texts;
use crate::sentences::{
    boundary_before, cells, fits, fitting, parts, sentence_ends, stripped, Known, Span, Unknown,
};
use crate::tables::Tables;
use crate::texts::end_of;

const MAX_CELLS: i64 = 160;
const SHORT_CELLS: i64 = 40;
const MOST_MEASURED: usize = 1000;
const FIELDS: [&str; 9] = [
    "body", "subtitle", "overline", "sections", "byline", "dateline", "authors", "column", "publication",
];
/// Terms are bits of a number.
const MOST_TERMS: usize = 127;

/// Finds the phrases of one plain query, and knows what they weigh.
pub struct Marker {
    /// Simplified, each once, in the order of the query.
    phrases: Vec<Vec<u32>>,
    /// The terms that each phrase holds.
    terms: Vec<u128>,
    weights: Vec<f64>,
}

/// A passage of one field, and where in it the query stands.
pub struct Snippet {
    pub text: String,
    pub start: usize,
    pub marks: Vec<Span>,
    pub field: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    start: usize,
    end: usize,
    phrase: usize,
}

impl Marker {
    /// Take phrases, and the texts of terms with what they weigh; None when there are too many of these.
    pub fn of(phrases: &[Vec<u32>], weighed: &[(Vec<u32>, f64)]) -> Option<Marker> {
        let mut weights: Vec<f64> = weighed.iter().map(|(_, weight)| *weight).collect();
        let most = weights.iter().copied().fold(0.0, f64::max);
        let mut terms = Vec::new();
        if weights.len() + phrases.len() > MOST_TERMS {
            return None;
        }
        for phrase in phrases {
            let is_in = |term: &[u32]| phrase.windows(term.len().max(1)).any(|piece| piece == term);
            let held = weighed.iter().enumerate().filter(|(_, (term, _))| is_in(term));
            let mut bits = held.fold(0u128, |bits, (number, _)| bits | 1 << number);
            if bits == 0 {
                bits = 1 << weights.len();
                weights.push(if most > 0.0 { most } else { phrase.len() as f64 });
            }
            terms.push(bits);
        }
        Some(Marker { phrases: phrases.to_vec(), terms, weights })
    }

    /// Return up to `count` passages of an article; None where Python must look.
    pub fn snippets(&self, texts: &Texts, names: &[String], count: usize, tables: &Tables) -> Option<Vec<Snippet>> {
        let texts_in = |field: &str| {
            let number = names.iter().position(|name| name == field);
            texts.iter().filter(move |(other, text)| Some(*other) == number && !text.is_empty()).map(|(_, text)| text)
        };
        for field in FIELDS {
            for text in texts_in(field) {
                let places = self.places(text, tables)?;
                if !places.is_empty() {
                    return self.best(text, field, &places, count).ok();
                }
            }
        }
        // Only the headline has it: the beginning of the body stands without marks.
        for field in ["body", "headline"] {
            if let Some(text) = texts_in(field).next() {
                let places = self.places(text, tables)?;
                let beginning = [Place { start: 0, end: 0, phrase: 0 }];
                let passages = Passages { text, ends: sentence_ends(text).ok()?, places: &beginning };
                let window = passages.of(0).ok()?.first().copied().unwrap_or((0, 0));
                return Some(vec![snippet(text, field, window, &places).ok()?]);
            }
        }
        Some(Vec::new())
    }

    /// Return where the phrases are in the headline, disjoint; None where Python must look.
    pub fn headline_marks(&self, texts: &Texts, names: &[String], tables: &Tables) -> Option<Vec<Span>> {
        let number = names.iter().position(|name| name == "headline");
        match texts.iter().find(|(field, _)| Some(*field) == number) {
            Some((_, text)) => Some(disjoint(&self.places(text, tables)?, (0, text.len()))),
            None => Some(Vec::new()),
        }
    }

    fn places(&self, text: &[u32], tables: &Tables) -> Option<Vec<Place>> {
        if text.iter().any(|code| tables.is_several(*code)) {
            return None;
        }
        let mut found = Vec::new();
        for (number, phrase) in self.phrases.iter().enumerate() {
            let Some(first) = phrase.first() else { continue };
            let mut start = 0;
            while start < text.len() {
                let end = if tables.folded(text[start]) == *first { end_of(phrase, text, start, tables) } else { None };
                match end {
                    Some(end) => {
                        found.push(Place { start, end, phrase: number });
                        start = end;
                    }
                    None => start += 1,
                }
            }
        }
        found.sort_by_key(|place| (place.start, usize::MAX - place.end, place.phrase));
        Some(found)
    }

    fn best(&self, text: &[u32], field: &'static str, places: &[Place], count: usize) -> Known<Vec<Snippet>> {
        let passages = Passages { text, ends: sentence_ends(text)?, places };
        let mut scale = Scale { weights: &self.weights, known: HashMap::new() };
        let mut sentences = Vec::new();
        for (start, end) in passages.sentences() {
            sentences.push(self.held(&passages, start, end + MAX_CELLS as usize));
        }
        let mut measured: Vec<Option<Vec<Held>>> = sentences.iter().map(|_| None).collect();
        let (mut chosen, mut covered) = (Vec::new(), 0u128);
        while chosen.len() < count {
            let mut order: Vec<usize> = (0..sentences.len()).collect();
            let ranks: Vec<Rank> = sentences.iter().map(|one| scale.rank(one, covered)).collect();
            order.sort_by(|one, other| compare(&ranks[*other], &ranks[*one]));
            let mut best: Option<(Rank, Held)> = None;
            for (number, sentence) in order.iter().enumerate() {
                let is_enough = |best: &Rank| number >= MOST_MEASURED || compare(best, &ranks[*sentence]).is_ge();
                if best.as_ref().is_some_and(|(rank, _)| is_enough(rank)) {
                    break;
                }
                if measured[*sentence].is_none() {
                    let windows = passages.of(sentences[*sentence].start)?;
                    let windows = windows.into_iter().map(|(start, end)| self.held(&passages, start, end));
                    measured[*sentence] = Some(windows.collect());
                }
                for window in measured[*sentence].iter().flatten() {
                    if chosen.iter().any(|(first, last)| window.end > *first && *last > window.start) {
                        continue;
                    }
                    let rank = scale.rank(window, covered);
                    if best.as_ref().is_none_or(|(before, _)| compare(&rank, before).is_gt()) {
                        best = Some((rank, *window));
                    }
                }
            }
            let Some((_, window)) = best else { break };
            chosen.push((window.start, window.end));
            covered |= window.terms;
        }
        chosen.iter().map(|window| snippet(text, field, *window, places)).collect()
    }

    fn held(&self, passages: &Passages<'_>, start: usize, end: usize) -> Held {
        let (mut terms, mut places) = (0, 0);
        for place in passages.places_from(start, end) {
            if place.end <= end {
                terms |= self.terms[place.phrase];
                places += 1;
            }
        }
        Held { start, end, terms, places }
    }
}

/// Weighs sets of terms; equal sums are equal, however they were added.
struct Scale<'a> {
    weights: &'a [f64],
    known: HashMap<u128, f64>,
}

impl Scale<'_> {
    fn rank(&mut self, held: &Held, covered: u128) -> Rank {
        (self.weight(held.terms & !covered), self.weight(held.terms), held.places, held.start)
    }

    fn weight(&mut self, terms: u128) -> f64 {
        if terms == 0 {
            return 0.0;
        }
        let weights = self.weights;
        *self.known.entry(terms).or_insert_with(|| {
            let (mut rest, mut sum) = (terms, 0.0);
            while rest != 0 {
                sum += weights[rest.trailing_zeros() as usize];
                rest &= rest - 1;
            }
            format!("{sum:.6}").parse().unwrap_or(sum)
        })
    }
}

/// A passage, or what any passage of a sentence lies in; the terms and the number of places in it.
#[derive(Clone, Copy)]
struct Held {
    start: usize,
    end: usize,
    terms: u128,
    places: usize,
}

type Rank = (f64, f64, usize, usize);

/// Compare two ranks: of equals the one that begins earlier is greater.
fn compare(one: &Rank, other: &Rank) -> std::cmp::Ordering {
    let weights = one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1));
    weights.then(one.2.cmp(&other.2)).then(other.3.cmp(&one.3))
}

/// The passages that begin with a part of the text where a place is, and go on while they fit.
struct Passages<'a> {
    text: &'a [u32],
    ends: Vec<usize>,
    places: &'a [Place],
}

impl Passages<'_> {
    fn first_place(&self, start: usize) -> usize {
        self.places.partition_point(|place| place.start < start)
    }

    fn places_from(&self, start: usize, end: usize) -> &[Place] {
        self.places.get(self.first_place(start)..self.first_place(end)).unwrap_or(&[])
    }

    fn number_at(&self, place: usize) -> usize {
        self.ends.partition_point(|end| *end <= place).min(self.ends.len() - 1)
    }

    fn bounds(&self, number: usize) -> Span {
        (number.checked_sub(1).map_or(0, |before| self.ends[before]), self.ends[number])
    }

    /// Return the sentences that have a place in them, white space included.
    fn sentences(&self) -> Vec<Span> {
        let mut found = Vec::new();
        let mut next = 0;
        while next < self.places.len() {
            let (start, end) = self.bounds(self.number_at(self.places[next].start));
            found.push((start, end));
            next = self.first_place(end).max(next + 1);
        }
        found
    }

    fn span(&self, number: usize) -> Known<Span> {
        let (start, end) = self.bounds(number);
        stripped(self.text, start, end)
    }

    /// Return the passages that begin in the sentence that begins at `start`.
    fn of(&self, start: usize) -> Known<Vec<Span>> {
        let number = self.number_at(start);
        let (first, last) = self.span(number)?;
        let own = parts(self.text, first, last, MAX_CELLS)?;
        let mut found = Vec::new();
        for (part, (begin, stop)) in own.iter().copied().enumerate() {
            let Some(place) = self.places.get(self.first_place(begin)).filter(|place| place.start < stop) else {
                continue;
            };
            let mut begin = begin;
            let mut last = self.extended(begin, stop, &own[part + 1..], number)?;
            if place.end > last {
                begin = boundary_before(self.text, place.start)?;
                last = fitting(self.text, begin, last.max(place.end), MAX_CELLS)?;
            }
            found.push((begin, last));
        }
        Ok(found)
    }

    /// Return where a passage ends that takes in what follows in its paragraph, or after a very short one.
    fn extended(&self, begin: usize, mut last: usize, following: &[Span], number: usize) -> Known<usize> {
        let mut width = cells(self.text.get(begin..last).ok_or(Unknown)?)?;
        let behind = (number + 1..self.ends.len()).map(|number| self.span(number));
        for next in following.iter().map(|one| Ok(*one)).chain(behind) {
            let (start, end) = next?;
            if start == end {
                continue;
            }
            let is_other = self.text.get(last..start).is_some_and(|between| between.contains(&0x0A));
            if (is_other && width > SHORT_CELLS) || !fits(self.text, last, end, MAX_CELLS - width)? {
                break;
            }
            width += cells(self.text.get(last..end).ok_or(Unknown)?)?;
            last = end;
        }
        Ok(last)
    }
}

/// Return a passage with the places marked that lie in it.
fn snippet(text: &[u32], field: &'static str, window: Span, places: &[Place]) -> Known<Snippet> {
    let (first, last) = window;
    let chars: Option<String> = text.get(first..last).ok_or(Unknown)?.iter().map(|code| char::from_u32(*code)).collect();
    Ok(Snippet { text: chars.ok_or(Unknown)?, start: first, marks: disjoint(places, window), field })
}

/// Return what of a window is found, from its beginning on; what touches is one.
fn disjoint(places: &[Place], (first, last): Span) -> Vec<Span> {
    let mut marks: Vec<Span> = Vec::new();
    let mut inside: Vec<Span> = places
        .iter()
        .filter(|place| first <= place.start && place.end <= last)
        .map(|place| (place.start - first, place.end - first))
        .collect();
    inside.sort_unstable();
    for (start, end) in inside {
        match marks.last_mut() {
            Some(before) if start <= before.1 => before.1 = before.1.max(end),
            _ => marks.push((start, end)),
        }
    }
    marks
}

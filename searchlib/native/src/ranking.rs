//! The first documents of a query, in order: candidates by what they may score, read until it is certain.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use pyo3::prelude::*;

use crate::articles::Texts;
use crate::data::{Fault, Read};
use crate::memory::give_back;
use crate::names::Quick;
use crate::ordering::{walk, Order};
use crate::passages::{Passages, Shares};
use crate::plan::{Plan, Sure, Way};
use crate::pool::{Asked, Candidate, Float, Pool, TITLE};
use crate::scoring::{doc_freqs, numbers_of, Reading, Weights, SURE};
use crate::snapshot::Snapshot;
use crate::texts::{is_title, stands_in, Answer};

/// As `scoring/rescoring.py` has them.
const FIRST: usize = 50;
/// As `scoring/relaxing.py` has them.
const CLOSEST: usize = 10;
const CLOSEST_SHARE: f64 = 0.333_333_333_333_333_3;
const POWER: f64 = 4.0;
const LEAD_WEIGHT: f64 = 0.05;
const PAIR_PART: f64 = 0.5;
const MOST_TERMS: usize = 128;
const DECIMALS: f64 = 1e6;
const AT_ONCE: usize = 1;
/// With more candidates than this the memory that they took is given back.
const MANY: usize = 1 << 15;
const FIRST_HAN: u32 = 0x4E00;
/// A character that more than one article in so many holds says little of a few.
const COMMON: usize = 3;

/// A page in order, and how the answer came about.
pub struct Page {
    /// Document, score, and how many of the leaves are in it, where that was asked for.
    pub hits: Vec<(usize, f64, usize)>,
    /// What was first before passages were looked into.
    pub first: Vec<usize>,
}

/// What is known of one query, kept while it is asked again with another number of leaves.
struct Ranker<'a> {
    snapshot: &'a Snapshot,
    plan: &'a Plan,
    asked: Asked<'a>,
    weights: Weights,
    readings: Vec<Reading<'a>>,
    passages: Option<(Passages<'a>, Anywhere)>,
    read: HashMap<usize, Arc<Texts>, Quick>,
    shares: HashMap<usize, Shares, Quick>,
}

pub fn rank(snapshot: &Snapshot, plan: &Plan, asked: &Asked<'_>) -> Read<Page> {
    Ranker::of(snapshot, plan, asked)?.rank()
}

/// Rank what is closest to a plan whose leaves need not all stand: as many as in one of the closest that has fewest.
///
/// `scoring/relaxing.py` says which are the closest. Returns how many had to stand too, None where nothing is close.
pub fn rank_closest(snapshot: &Snapshot, plan: &Plan, asked: &Asked<'_>) -> Read<Option<(Page, usize)>> {
    let first = Asked { least: 1, wanted: CLOSEST, counts_leaves: false, order: None, ..*asked };
    let mut ranker = Ranker::of(snapshot, plan, &first)?;
    let mut page = ranker.rank()?;
    let Some((_, best, _)) = page.hits.first() else { return Ok(None) };
    let nearly = best * CLOSEST_SHARE;
    let closest = page.hits.iter().filter(|(_, score, _)| *score >= nearly).map(|(doc, ..)| *doc);
    let least = ranker.fewest_leaves(closest.collect(), asked.least)?;
    ranker.asked = Asked { least, ..*asked };
    let looked_at: Vec<usize> = page.first.iter().copied().chain(page.hits.iter().map(|(doc, ..)| *doc)).collect();
    if asked.order.is_some() || asked.wanted > CLOSEST || !ranker.all_have(&looked_at, least)? {
        page = ranker.rank()?;
    }
    page.hits.truncate(asked.wanted);
    Ok(Some((page, least)))
}

/// Return how many documents match.
pub fn count(snapshot: &Snapshot, plan: &Plan, asked: &Asked<'_>) -> Read<usize> {
    let mut ranker = Ranker::of(snapshot, plan, asked)?;
    let mut total = 0;
    for number in 0..ranker.readings.len() {
        ranker.check(0)?;
        let (surely, open) = ranker.readings[number].counted(asked)?;
        total += surely;
        for doc in open {
            total += usize::from(ranker.matches(doc)?);
            ranker.read.clear();
        }
    }
    Ok(total)
}

type Numbers = Vec<Option<usize>>;

/// Return the numbers of the terms in each segment, and what each term brings at most.
pub fn looked_up(snapshot: &Snapshot, plan: &Plan) -> Read<(Vec<Numbers>, Vec<f64>)> {
    let mut numbers = Vec::with_capacity(snapshot.places.len());
    let mut freqs = vec![0usize; plan.terms.len()];
    for place in &snapshot.places {
        let own = numbers_of(plan, place)?;
        for (sum, freq) in freqs.iter_mut().zip(doc_freqs(plan, place, &own)?) {
            *sum += freq;
        }
        numbers.push(own);
    }
    let count = snapshot.live.max(1);
    let each = plan.terms.iter().zip(freqs).map(|(term, freq)| {
        if freq > count {
            return Err(Fault::Damaged("more documents hold a term than there are"));
        }
        let (count, freq) = (count as f64, freq as f64);
        Ok(term.share * (1.0 + (count - freq + 0.5) / (freq + 0.5)).ln())
    });
    Ok((numbers, each.collect::<Read<Vec<f64>>>()?))
}

impl<'a> Ranker<'a> {
    fn of(snapshot: &'a Snapshot, plan: &'a Plan, asked: &Asked<'a>) -> Read<Ranker<'a>> {
        let (numbers, factors) = looked_up(snapshot, plan)?;
        let (passages, held) = match (asked.order, asked.wanted) {
            (None, 1..) => passages_of(snapshot, plan, &factors),
            _ => (None, vec![0.0; factors.len()]),
        };
        let weights = Weights {
            runs: plan.runs.iter().map(|run| run.own.iter().map(|term| factors[*term]).sum()).collect(),
            title: factors.iter().sum(),
            held,
            factors,
            is_usual: plan.boosts == snapshot.boosts,
        };
        let each = snapshot.places.iter().zip(numbers);
        let readings = each.map(|(place, numbers)| Reading::of(plan, place, numbers)).collect();
        let (read, shares) = (HashMap::default(), HashMap::default());
        Ok(Ranker { snapshot, plan, asked: *asked, weights, readings, passages, read, shares })
    }

    /// Return whether what may be among the first is found by its terms, and not by all that must stand.
    fn goes_by_terms(&self) -> bool {
        let plan = self.plan;
        let is_any = plan.any || self.asked.least < plan.leaves.len();
        is_any && plan.runs.is_empty() && plan.boosts.iter().all(|boost| *boost > 0.0)
    }

    fn rank(&mut self) -> Read<Page> {
        let asked = self.asked;
        if let Some(order) = asked.order {
            let found = self.in_order(order)?;
            return Ok(Page { hits: self.as_hits(&found)?, first: Vec::new() });
        }
        let wanted = if self.passages.is_some() { asked.wanted.max(FIRST) } else { asked.wanted };
        let mut pool = Pool::of(wanted);
        let by_terms = self.goes_by_terms();
        if !by_terms {
            for reading in &mut self.readings {
                reading.begin(&self.weights, &asked, &mut pool)?;
            }
        }
        for number in 0..self.readings.len() {
            self.check(0)?;
            let reading = &mut self.readings[number];
            if by_terms {
                reading.each_of_any(&self.weights, &asked, &mut pool)?;
            } else {
                reading.each(&self.weights, &asked, &mut pool)?;
            }
            let is_sure = self.plan.leaves.iter().flatten().all(|way| way.sure == Sure::Always);
            if is_sure && (!by_terms || self.plan.any) {
                reading.forget_lists(); // nobody asks again what is in its documents
            }
        }
        let mut best = self.certain(pool.in_order(), wanted)?;
        let mut first = Vec::new();
        if let Some((passages, anywhere)) = self.passages.take() {
            let tail = best.split_off(best.len().min(FIRST));
            first = best.iter().map(|one| one.doc).collect();
            best = self.by_passages(best, &passages, &anywhere, asked.wanted.min(FIRST))?;
            best.extend(tail);
            self.passages = Some((passages, anywhere));
        }
        best.truncate(asked.wanted);
        Ok(Page { hits: self.as_hits(&best)?, first })
    }

    /// Return how many leaves that one of some documents has which has fewest, `most` at most.
    fn fewest_leaves(&mut self, docs: Vec<usize>, most: usize) -> Read<usize> {
        let surely = |doc: usize| self.readings.iter().find_map(|reading| reading.leaves_of(doc)).map_or(0, |one| one.0);
        let mut each: Vec<(usize, usize)> = docs.into_iter().map(|doc| (surely(doc), doc)).collect();
        each.sort_unstable();
        let mut least = most;
        for (surely, doc) in each {
            if surely >= least {
                break; // only texts can tell more of one that surely has fewer
            }
            least = least.min(self.leaves_in(doc)?);
        }
        Ok(least)
    }

    /// Return whether some documents surely have so many leaves.
    fn all_have(&mut self, docs: &[usize], least: usize) -> Read<bool> {
        for reading in &mut self.readings {
            let known = reading.known_by_leaves(least)?;
            let inside = docs.iter().filter_map(|doc| doc.checked_sub(reading.place.first));
            if inside.filter_map(|doc| known.get(doc)).any(|one| *one != SURE) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn as_hits(&mut self, found: &[Scored]) -> Read<Vec<(usize, f64, usize)>> {
        let mut hits = Vec::with_capacity(found.len());
        for one in found {
            let held = if self.asked.counts_leaves { self.leaves_in(one.doc)? } else { 0 };
            hits.push((one.doc, one.score, held));
        }
        Ok(hits)
    }

    /// Return the first documents in an order that is not that of their scores; only these are scored.
    fn in_order(&mut self, order: &Order) -> Read<Vec<Scored>> {
        let (snapshot, asked) = (self.snapshot, self.asked);
        let mut lists = Vec::new();
        for number in 0..self.readings.len() {
            self.check(0)?;
            lists.extend(self.readings[number].in_order(order, &asked)?);
        }
        let mut page = Vec::new();
        walk(snapshot, &lists, |doc, sure| {
            if page.len() < asked.wanted && (sure || self.matches(doc)?) {
                page.push(doc);
            } else {
                self.read.remove(&doc);
            }
            Ok(page.len() < asked.wanted)
        })?;
        let mut scored = HashMap::new();
        for number in 0..self.readings.len() {
            let reading = &mut self.readings[number];
            let (first, size) = (reading.place.first, reading.place.segment.get().size);
            let inside = page.iter().filter_map(|doc| doc.checked_sub(first).filter(|doc| *doc < size));
            let mut docs: Vec<u16> = inside.map(|doc| doc as u16).collect();
            docs.sort_unstable();
            let mut candidates = Vec::new();
            reading.each_of(docs, &self.weights, |one| candidates.push(one))?;
            for one in candidates {
                scored.insert(one.doc, Scored { doc: one.doc, score: self.score(&one)?, held: one.held });
            }
        }
        Ok(page.iter().filter_map(|doc| scored.get(doc).copied()).collect())
    }

    fn check(&self, texts: usize) -> Read<()> {
        if let Some(check) = self.asked.check {
            Python::attach(|py| check.call1(py, (texts,)).map(|_| ()))?;
        }
        Ok(())
    }

    fn ask(&self, doc: usize, about: i64) -> Read<bool> {
        Ok(Python::attach(|py| self.asked.ask.call1(py, (doc, about))?.extract(py))?)
    }

    /// Return what documents lack of what may be anywhere: of a Han character its own list tells.
    ///
    /// What postings do not tell of may be in a document that has none of it: so much less is lacking.
    fn lacking(&self, found: &[Scored], anywhere: &Anywhere) -> Read<Vec<f64>> {
        let sum = |weights: &mut dyn Iterator<Item = f64>| weights.sum::<f64>();
        let singles = sum(&mut anywhere.singles.iter().map(|(_, weight)| *weight));
        let unsure = sum(&mut anywhere.unsure.iter().map(|(_, weight)| *weight));
        let mut lacking = vec![singles - unsure; found.len()];
        if anywhere.singles.is_empty() {
            return Ok(lacking);
        }
        for reading in &self.readings {
            let segment = reading.place.segment.get();
            let inside = found.iter().enumerate().map(|(number, one)| (one.doc.wrapping_sub(reading.place.first), number));
            let mut inside: Vec<(usize, usize)> = inside.filter(|(doc, _)| *doc < segment.size).collect();
            inside.sort_unstable();
            let docs: Vec<u16> = inside.iter().map(|(doc, _)| *doc as u16).collect();
            if docs.is_empty() {
                continue;
            }
            for (first, weight) in &anywhere.unsure {
                reading.probe(*first, &reading.marked(&docs), |at, _| lacking[inside[at].1] += weight)?;
            }
            let Some(field) = segment.field(true) else { continue };
            for (char, weight) in &anywhere.singles {
                let Some(number) = field.terms.number_of(&[*char])? else { continue };
                if COMMON * field.postings.doc_freq(number)? < segment.size {
                    segment.probe(true, number, &docs, |at, _| lacking[inside[at].1] -= weight)?;
                } else {
                    inside.iter().for_each(|(_, number)| lacking[*number] -= weight);
                }
            }
        }
        Ok(lacking)
    }

    /// Return the first documents whose scores are certain, in order.
    fn certain(&mut self, candidates: Vec<Candidate>, wanted: usize) -> Read<Vec<Scored>> {
        let few = candidates.len().min(wanted + 1);
        let mut found: Vec<Scored> = Vec::with_capacity(few);
        let mut best = BinaryHeap::with_capacity(few);
        let are_many = candidates.len() > MANY;
        for one in candidates {
            if best.len() >= wanted && best.peek().is_none_or(|Reverse(Float(worst))| *worst > one.most) {
                break;
            }
            if !one.sure && !self.matches(one.doc)? {
                self.read.remove(&one.doc); // of texts that do not match there may be very many
                continue;
            }
            let score = self.score(&one)?;
            best.push(Reverse(Float(score)));
            if best.len() > wanted {
                best.pop();
            }
            found.push(Scored { doc: one.doc, score, held: one.held });
        }
        if are_many {
            give_back();
        }
        self.sort(&mut found, wanted)?;
        found.truncate(wanted);
        Ok(found)
    }

    /// Return the score of a document, with what it gains where its texts say so.
    fn score(&mut self, one: &Candidate) -> Read<f64> {
        let mut score = one.total;
        if one.most > one.total {
            for number in 0..self.weights.runs.len() {
                if one.gains >> number & 1 == 1 && self.stands(one.doc, number)? {
                    score += self.weights.runs[number];
                }
            }
            if one.gains & TITLE != 0 && self.has_title(one.doc)? {
                score += self.weights.title;
            }
        }
        Ok(score)
    }

    /// Sort by score, equal ones by id; ids are read only where the first `wanted` depend on them.
    fn sort(&self, found: &mut [Scored], wanted: usize) -> Read<()> {
        found.sort_by(|one, other| other.score.total_cmp(&one.score));
        let mut start = 0;
        while start < found.len().min(wanted) {
            let mut end = start + 1;
            while end < found.len() && found[end].score == found[start].score {
                end += 1;
            }
            if end > start + 1 {
                let mut keyed = Vec::with_capacity(end - start);
                for one in &found[start..end] {
                    keyed.push((self.snapshot.id_of(one.doc)?, *one));
                }
                keyed.sort_by(|one, other| one.0.cmp(&other.0));
                for (slot, (_, one)) in found[start..end].iter_mut().zip(keyed) {
                    *slot = one;
                }
            }
            start = end;
        }
        Ok(())
    }

    /// Put the first documents in order again by their best passages; as few texts are read as that takes.
    fn by_passages(
        &mut self,
        best: Vec<Scored>,
        passages: &Passages<'_>,
        anywhere: &Anywhere,
        wanted: usize,
    ) -> Read<Vec<Scored>> {
        let most = self.weights.title;
        let gained = |score: f64, passage: f64, lead: f64| {
            score + most * passage.powf(POWER) + LEAD_WEIGHT * most * lead
        };
        let bound = |held: f64| rounded((anywhere.weight + held) / passages.total() + 1.0 / DECIMALS).min(1.0);
        let each = best.iter().zip(self.lacking(&best, anywhere)?);
        let mut waiting: Vec<(f64, Scored)> = each
            .map(|(one, lacking)| (one, bound(one.held - lacking.max(0.0))))
            .map(|(one, most_held)| (gained(one.score, most_held, most_held), *one))
            .collect();
        waiting.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut found: Vec<Scored> = Vec::new();
        let mut next = 0;
        while next < waiting.len() {
            if found.len() >= wanted {
                self.sort(&mut found, 0)?;
                if wanted == 0 || found[wanted - 1].score > waiting[next].0 {
                    break;
                }
            }
            let end = (next + AT_ONCE.max(wanted.saturating_sub(found.len()))).min(waiting.len());
            for (_, one) in &waiting[next..end] {
                self.check(1)?;
                let shares = self.shares(one.doc, passages)?;
                let most_held = bound(one.held);
                let (passage, lead) = (rounded(shares.passage).min(most_held), rounded(shares.lead).min(most_held));
                found.push(Scored { score: gained(one.score, passage, lead), ..*one });
            }
            next = end;
        }
        let count = found.len();
        self.sort(&mut found, count)?;
        found.truncate(wanted);
        Ok(found)
    }

    /// Return what the best passage of a document holds, and its lead.
    fn shares(&mut self, doc: usize, passages: &Passages<'_>) -> Read<Shares> {
        if let Some(known) = self.shares.get(&doc) {
            return Ok(*known);
        }
        let texts = self.texts(doc)?;
        let names = &self.snapshot.fields;
        let body = names.iter().position(|name| name == "body").unwrap_or(0);
        let counts = |field: usize| self.plan.boosts.get(field).is_some_and(|boost| *boost != 0.0);
        let counted = || texts.iter().filter(|(field, _)| counts(*field));
        let start = counted().filter(|(field, _)| *field < body).map(|(_, text)| text.len() + 1).sum();
        let found = passages.shares(counted().map(|(_, text)| text), start);
        self.shares.insert(doc, found);
        Ok(found)
    }

    fn texts(&mut self, doc: usize) -> Read<Arc<Texts>> {
        if let Some(texts) = self.read.get(&doc) {
            return Ok(texts.clone());
        }
        let texts = self.snapshot.texts_of(doc)?;
        self.read.insert(doc, texts.clone());
        Ok(texts)
    }

    fn phrase_in(&mut self, doc: usize, chars: &[u32]) -> Read<Answer> {
        let texts = self.texts(doc)?;
        let tables = self.snapshot.tables.get();
        let mut answer = Answer::No;
        for (_, text) in texts.iter() {
            match stands_in(chars, text, tables) {
                Answer::Yes => return Ok(Answer::Yes),
                Answer::Unknown => answer = Answer::Unknown,
                Answer::No => {}
            }
        }
        Ok(answer)
    }

    /// Return whether a document has a leaf in one of the ways in which it may be written.
    fn any_way_in(&mut self, doc: usize, ways: &[Way]) -> Read<Answer> {
        let mut answer = Answer::No;
        for way in ways {
            let found = match self.by_postings(doc, way)? {
                Answer::Unknown if !way.chars.is_empty() => self.phrase_in(doc, &way.chars)?,
                known => known,
            };
            match found {
                Answer::Yes => return Ok(Answer::Yes),
                Answer::Unknown => answer = Answer::Unknown,
                Answer::No => {}
            }
        }
        Ok(answer)
    }

    /// Return whether a document has a phrase, where the terms that it has tell.
    fn by_postings(&self, doc: usize, way: &Way) -> Read<Answer> {
        for reading in &self.readings {
            let inside = doc.checked_sub(reading.place.first).filter(|doc| *doc < reading.place.segment.get().size);
            let Some(inside) = inside else { continue };
            let has = |term: usize| -> Read<bool> {
                let mut is_held = false;
                reading.probe(term, &reading.marked(&[inside as u16]), |_, _| is_held = true)?;
                Ok(is_held)
            };
            for pair in &way.pairs {
                if !has(*pair)? {
                    return Ok(Answer::No);
                }
            }
            let is_sure = match way.sure {
                Sure::Always => true,
                Sure::Word(word) => has(word)?,
                Sure::Never => false,
            };
            return Ok(if is_sure { Answer::Yes } else { Answer::Unknown });
        }
        Ok(Answer::Unknown)
    }

    fn matches(&mut self, doc: usize) -> Read<bool> {
        self.check(1)?;
        let plan = self.plan;
        let (mut yes, mut unknown) = (0, 0);
        for ways in &plan.leaves {
            let answer = self.any_way_in(doc, ways)?;
            yes += usize::from(answer == Answer::Yes);
            unknown += usize::from(answer == Answer::Unknown);
        }
        if plan.leaves.is_empty() {
            return self.ask(doc, -2);
        }
        if yes >= self.asked.least {
            return Ok(true);
        }
        if yes + unknown < self.asked.least {
            return Ok(false);
        }
        if self.asked.least == plan.leaves.len() {
            return self.ask(doc, -2);
        }
        Ok(self.leaves_in(doc)? >= self.asked.least)
    }

    fn leaves_in(&mut self, doc: usize) -> Read<usize> {
        let plan = self.plan;
        let counted = self.readings.iter().find_map(|reading| reading.leaves_of(doc));
        if let Some((surely, _)) = counted.filter(|(surely, may)| surely == may) {
            return Ok(surely);
        }
        let mut count = 0;
        for (number, ways) in plan.leaves.iter().enumerate() {
            let answer = self.any_way_in(doc, ways)?;
            count += usize::from(match answer {
                Answer::Yes => true,
                Answer::No => false,
                Answer::Unknown => self.ask(doc, -3 - number as i64)?,
            });
        }
        Ok(count)
    }

    fn stands(&mut self, doc: usize, number: usize) -> Read<bool> {
        self.check(1)?;
        let plan = self.plan;
        match self.phrase_in(doc, &plan.runs[number].chars)? {
            Answer::Yes => Ok(true),
            Answer::No => Ok(false),
            Answer::Unknown => self.ask(doc, number as i64),
        }
    }

    fn has_title(&mut self, doc: usize) -> Read<bool> {
        self.check(1)?;
        let Some(title) = &self.plan.title else { return Ok(false) };
        let texts = self.texts(doc)?;
        let tables = self.snapshot.tables.get();
        let headline = self.snapshot.fields.iter().position(|name| name == "headline");
        for (_, text) in texts.iter().filter(|(field, _)| Some(*field) == headline) {
            match is_title(&title.bare, text, tables) {
                Answer::Yes => return Ok(true),
                Answer::Unknown => return self.ask(doc, -1),
                Answer::No => {}
            }
        }
        Ok(false)
    }
}

/// Return what looks into passages, with what may be anywhere, and what each term adds to their bound.
fn passages_of<'a>(
    snapshot: &'a Snapshot,
    plan: &Plan,
    factors: &[f64],
) -> (Option<(Passages<'a>, Anywhere)>, Vec<f64>) {
    let mut held = vec![0.0; factors.len()];
    if !plan.passages {
        return (None, held);
    }
    let mut texts: Vec<(Vec<u32>, f64, Option<usize>)> = Vec::new();
    let mut known: HashMap<Vec<u32>, usize, Quick> = HashMap::default();
    for (term, factor) in plan.terms.iter().zip(factors) {
        if *factor == 0.0 || !term.in_passages {
            continue;
        }
        let text: Vec<u32> = term.chars.iter().map(|char| u32::from(*char)).collect();
        let weight = if term.is_pair { PAIR_PART } else { 1.0 } * factor;
        match known.get(&text) {
            Some(place) => texts[*place].1 += weight,
            None => {
                known.insert(text.clone(), texts.len());
                texts.push((text, weight, term.first));
            }
        }
    }
    texts.sort_by(|one, other| other.1.total_cmp(&one.1));
    texts.truncate(MOST_TERMS);
    let mut anywhere = Anywhere::default();
    for (text, weight, first) in &texts {
        if let Some(first) = first {
            held[*first] += weight;
            // Letters and figures may be in a passage where postings have others.
            if text.iter().any(|code| *code < FIRST_HAN) {
                anywhere.unsure.push((*first, *weight));
            }
            continue;
        }
        anywhere.weight += weight;
        if let [code @ FIRST_HAN..=0x9FFF] = text.as_slice() {
            anywhere.singles.extend(char::from_u32(*code).map(|char| (char, *weight)));
        }
    }
    let weighted: Vec<(Vec<u32>, f64)> = texts.into_iter().map(|(text, weight, _)| (text, weight)).collect();
    let tables = snapshot.tables.get();
    (Some((Passages::of(&weighted, &plan.written, tables), anywhere)), held)
}

fn rounded(share: f64) -> f64 {
    (share * DECIMALS).round_ties_even() / DECIMALS
}

/// The terms of passages that no pair of the query tells of.
#[derive(Default)]
struct Anywhere {
    weight: f64,
    /// Those of one Han character, each with its weight.
    singles: Vec<(char, f64)>,
    /// Of terms with letters or figures the pairs that tell of them, though not for sure, each with the weight.
    unsure: Vec<(usize, f64)>,
}

#[derive(Clone, Copy)]
struct Scored {
    doc: usize,
    score: f64,
    held: f64,
}

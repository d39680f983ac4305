//! Those of the documents with all that must stand that may be among the first.
//!
//! What a document scores at most is known from the codes of the pairs that it must have: a word is in no field more
//! often than its first pair. Only what may be among the first is looked up in the lists of words and summed up.

use crate::data::Read;
use crate::plan::Plan;
use crate::pool::{Asked, Pool};
use crate::postings::List;
use crate::scoring::{Reading, Weights};

/// Fewer documents for each that is wanted are summed up at once.
const FEW: usize = 4;
const FEWEST: usize = 8;
/// This many for each that is wanted are summed up first, as nobody knows yet what is too little.
const LIKELIEST: usize = 2;
/// What rounding in another order can take off or add.
const SLACK: f64 = 1e-9;
const HAN: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// What each of some pairs can bring with its words, of what it brings at most, and what all else can bring.
struct Reach {
    of_pairs: Vec<f64>,
    rest: f64,
}

/// Return the pair, among the terms, without which a word of Han is in no text, and no more often than this.
fn pair_of(plan: &Plan, term: usize) -> Option<usize> {
    let word = &plan.terms[term];
    let is_han = !word.is_pair && word.chars.iter().all(|char| HAN.contains(char));
    word.first.filter(|first| is_han && plan.terms.get(*first).is_some_and(|pair| pair.is_pair))
}

impl Reading<'_> {
    fn reach(&self, pairs: &[usize], weights: &Weights) -> Reach {
        let mut reach = Reach { of_pairs: vec![0.0; pairs.len()], rest: self.most_of_forms(weights) };
        for (term, factor) in weights.factors.iter().enumerate().filter(|(term, _)| self.numbers[*term].is_some()) {
            let pair = pair_of(self.plan, term).unwrap_or(term);
            match pairs.iter().position(|other| *other == pair) {
                Some(at) => reach.of_pairs[at] += factor,
                None => reach.rest += factor,
            }
        }
        reach
    }

    /// Give the pool those that may be among the first of the documents that have all of some pairs.
    pub fn best_of_all(&mut self, pairs: &[usize], weights: &Weights, asked: &Asked<'_>, pool: &mut Pool) -> Read<()> {
        if pairs.is_empty() || pairs.iter().any(|pair| self.numbers[*pair].is_none()) {
            return Ok(());
        }
        let fields = self.fields(weights);
        let reach = self.reach(pairs, weights);
        let gains = self.gains(weights)?;
        let gained: f64 = gains.iter().filter(|gain| !gain.docs.is_empty()).map(|gain| gain.value).sum();
        let mut order = Vec::with_capacity(pairs.len());
        for (at, pair) in pairs.iter().enumerate() {
            order.push((self.freq(*pair)?, *pair, reach.of_pairs[at]));
        }
        order.sort_unstable_by_key(|(freq, pair, _)| (*freq, *pair));
        let Some((&(_, first, first_reach), others)) = order.split_first() else { return Ok(()) };
        // Where nothing is too little yet, codes are read of what has all pairs, else of all that is looked up.
        let segment = self.place.segment.get();
        let is_late = !others.is_empty() && pool.threshold() == f64::NEG_INFINITY && segment.live.is_none();
        let scorer = self.scorer_of(&fields, first, first_reach);
        let (mut docs, mut most, mut ranks) = (Vec::new(), Vec::new(), Vec::new());
        if is_late {
            let mut list = List::default();
            segment.read(true, self.numbers[first].unwrap_or(0), false, &mut list)?;
            docs = list.docs;
            ranks.extend(0..docs.len());
            most.resize(docs.len(), 0.0);
        } else {
            let list = self.list(first)?;
            docs.extend_from_slice(&list.docs);
            most.extend(list.docs.iter().zip(&list.codes).map(|(doc, code)| scorer.score(usize::from(*doc), *code)));
        }
        // What the pairs that were not looked at can bring, with all else.
        let mut left = gained + reach.rest + others.iter().map(|(.., reach)| reach).sum::<f64>();
        for (_, pair, reach) in others {
            if !is_late {
                keep_from(pool.threshold() - left, &mut docs, &mut most);
            }
            left -= reach;
            self.read_for(*pair, docs.len())?;
            let scorer = self.scorer_of(&fields, *pair, *reach);
            let before = std::mem::take(&mut docs);
            let mut kept = 0;
            self.probe(*pair, &self.marked(&before), |at, code| {
                docs.push(before[at]);
                most[kept] = most[at] + scorer.score(usize::from(before[at]), code);
                if is_late {
                    ranks[kept] = ranks[at];
                }
                kept += 1;
            })?;
            most.truncate(kept);
            ranks.truncate(kept);
        }
        if is_late {
            segment.codes_at(true, self.numbers[first].unwrap_or(0), &ranks, |at, code| {
                most[at] += scorer.score(usize::from(docs[at]), code);
            })?;
        }
        most.iter_mut().for_each(|most| *most += reach.rest);
        let marked = self.marked(&docs);
        for gain in &gains {
            marked.each_common(&gain.docs, |at, _| most[at] += gain.value);
        }
        let inside = self.place.first;
        keep(&mut docs, &mut most, |doc, _| asked.lets_through(inside + usize::from(doc)));
        keep_from(pool.threshold(), &mut docs, &mut most);
        if docs.len() > FEW * pool.wanted().max(FEWEST) {
            let likeliest = LIKELIEST * pool.wanted();
            let mut room = most.clone();
            let (_, nth, _) = room.select_nth_unstable_by(likeliest, |one, other| other.total_cmp(one));
            let nth = *nth;
            let mut chosen = Vec::with_capacity(likeliest);
            keep(&mut docs, &mut most, |doc, most| {
                let is_chosen = most >= nth && chosen.len() < likeliest;
                if is_chosen {
                    chosen.push(doc);
                }
                !is_chosen
            });
            let chosen = self.with_all(chosen)?;
            self.add_up(&chosen, weights, &fields, &gains, |one| pool.take(one))?;
            keep_from(pool.threshold(), &mut docs, &mut most);
        }
        let rest = self.with_all(docs)?;
        self.add_up(&rest, weights, &fields, &gains, |one| pool.take(one))
    }
}

/// Keep the documents that may have so much.
fn keep_from(least: f64, docs: &mut Vec<u16>, most: &mut Vec<f64>) {
    let least = least - SLACK * least.abs();
    if least > 0.0 {
        keep(docs, most, |_, most| most >= least);
    }
}

/// Keep some documents and what each has at most.
fn keep(docs: &mut Vec<u16>, most: &mut Vec<f64>, mut is_kept: impl FnMut(u16, f64) -> bool) {
    let mut kept = 0;
    for at in 0..docs.len().min(most.len()) {
        let (doc, value) = (docs[at], most[at]);
        docs[kept] = doc;
        most[kept] = value;
        kept += usize::from(is_kept(doc, value));
    }
    docs.truncate(kept);
    most.truncate(kept);
}

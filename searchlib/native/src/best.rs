//! Those of the documents with all that must stand that may be among the first.
//!
//! What a document scores at most is known from the codes of the pairs that it must have: a word is in no field more
//! often than its first pair. Only what may be among the first is looked up in the lists of words and summed up.
//!
//! The file has the best postings of each long list. Where the first documents are among those, nobody asks for others:
//! for one word hardly anything else is read.

use crate::begun::most_of;
use crate::data::Read;
use crate::plan::Plan;
use crate::pool::{is_below, Asked, Begun, Pool, SLACK};
use crate::postings::List;
use crate::scoring::{Fields, Gain, Reading, Scorer, Weights};

/// Fewer documents for each that is wanted are summed up at once.
const FEW: usize = 4;
const FEWEST: usize = 8;
/// This many for each that is wanted are summed up first, as nobody knows yet what is too little.
const LIKELIEST: usize = 2;
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
        if self.begun.as_ref().is_some_and(|begun| begun.is_enough_for(pool)) {
            return Ok(());
        }
        let (fields, gains) = match self.prepared.take() {
            Some(prepared) => prepared,
            None => (self.fields(weights), self.gains(weights)?),
        };
        let begun = match self.begun.take() {
            Some(begun) => begun,
            None if pool.threshold() == f64::NEG_INFINITY => Begun::NOTHING,
            None => self.among_best(pairs, weights, &fields, &gains, asked, pool)?,
        };
        self.sum_up_open(&begun, pairs, weights, &fields, &gains, pool)?;
        if is_below(begun.rest, pool.threshold()) {
            return Ok(());
        }
        let reach = self.reach(pairs, weights);
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
        let mut holders = self.holders_of(first, is_late)?;
        if is_late {
            for (_, pair, _) in others {
                self.keep_holders(&mut holders, *pair, true)?;
            }
            for (at, (_, pair, reach)) in order.iter().enumerate() {
                segment.codes_of(true, self.numbers[*pair].unwrap_or(0), &mut holders.codes[at].1)?;
                holders.add_codes(at, &self.scorer_of(&fields, *pair, *reach));
            }
        } else {
            holders.add_codes(0, &self.scorer_of(&fields, first, first_reach));
            // What the pairs that were not looked at can bring, with all else.
            let mut left = gained + reach.rest;
            let mut tops = Vec::with_capacity(others.len());
            for (_, pair, reach) in others {
                tops.push(reach * self.most_of_list(*pair)?);
                left += tops[tops.len() - 1];
            }
            for (at, ((_, pair, reach), top)) in others.iter().zip(tops).enumerate() {
                holders.keep_from(pool.threshold() - left);
                left -= top;
                self.keep_holders(&mut holders, *pair, false)?;
                holders.add_codes(at + 1, &self.scorer_of(&fields, *pair, *reach));
            }
        }
        holders.most.iter_mut().for_each(|most| *most += reach.rest);
        for gain in gains.iter().filter(|gain| !gain.docs.is_empty()) {
            self.marked(&holders.docs).each_common(&gain.docs, |at, _| holders.most[at] += gain.value);
        }
        let inside = self.place.first;
        holders.keep(|doc, _| asked.lets_through(inside + usize::from(doc)) && begun.docs.binary_search(&doc).is_err());
        holders.keep_from(pool.threshold());
        if holders.docs.len() > FEW * pool.wanted().max(FEWEST) {
            let chosen = holders.take_likeliest(LIKELIEST * pool.wanted());
            self.sum_up(chosen, weights, &fields, &gains, pool)?;
            holders.keep_from(pool.threshold());
        }
        self.sum_up(holders, weights, &fields, &gains, pool)
    }

    /// Return the documents of a pair with their codes, or with their ranks in its list.
    fn holders_of(&mut self, pair: usize, by_rank: bool) -> Read<Holders> {
        let (docs, codes) = if by_rank {
            let mut list = List::default();
            self.place.segment.get().read(true, self.numbers[pair].unwrap_or(0), false, &mut list)?;
            let ranks = (0u32..).take(list.docs.len()).collect();
            (list.docs, ranks)
        } else {
            let list = self.list(pair)?;
            (list.docs.clone(), list.codes.clone())
        };
        Ok(Holders { most: vec![0.0; docs.len()], docs, codes: vec![(pair, codes)] })
    }

    /// Keep those that have another pair too, with their codes, or with their ranks in its list.
    fn keep_holders(&mut self, holders: &mut Holders, pair: usize, by_rank: bool) -> Read<()> {
        let count = holders.docs.len();
        let (mut places, mut codes) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut found = |at: usize, code: u32| {
            places.push(at);
            codes.push(code);
        };
        if by_rank {
            let number = self.numbers[pair].unwrap_or(0);
            self.place.segment.get().ranks(true, number, &holders.docs, |at, rank| found(at, rank as u32))?;
        } else {
            self.read_for(pair, count)?;
            self.probe(pair, &self.marked(&holders.docs), found)?;
        }
        holders.keep_at(&places);
        holders.codes.push((pair, codes));
        Ok(())
    }
}

/// Documents that have all pairs that were looked up, ascending.
struct Holders {
    docs: Vec<u16>,
    /// What each has at most, by the pairs that were added.
    most: Vec<f64>,
    /// Of each pair the code of each document; its rank in the list of the pair as long as codes are not read.
    codes: Vec<(usize, Vec<u32>)>,
}

impl Holders {
    /// Add what the codes of a pair bring, which was looked up as the nth.
    fn add_codes(&mut self, number: usize, scorer: &Scorer<'_>) {
        let Some((_, codes)) = self.codes.get(number) else { return };
        for ((most, doc), code) in self.most.iter_mut().zip(&self.docs).zip(codes) {
            *most += scorer.score(usize::from(*doc), *code);
        }
    }

    /// Keep those at some places, which ascend.
    fn keep_at(&mut self, places: &[usize]) {
        if places.len() < self.docs.len() {
            keep_at(&mut self.docs, places);
            keep_at(&mut self.most, places);
            self.codes.iter_mut().for_each(|(_, codes)| keep_at(codes, places));
        }
    }

    /// Return those at some places, which ascend.
    fn at(&self, places: &[usize]) -> Holders {
        let of = |codes: &Vec<u32>| places.iter().map(|at| codes[*at]).collect();
        Holders {
            docs: places.iter().map(|at| self.docs[*at]).collect(),
            most: places.iter().map(|at| self.most[*at]).collect(),
            codes: self.codes.iter().map(|(pair, codes)| (*pair, of(codes))).collect(),
        }
    }

    fn keep(&mut self, is_kept: impl Fn(u16, f64) -> bool) {
        let each = self.docs.iter().zip(&self.most).enumerate();
        let places: Vec<usize> = each.filter(|(_, (doc, most))| is_kept(**doc, **most)).map(|(at, _)| at).collect();
        self.keep_at(&places);
    }

    /// Keep those that may have so much.
    fn keep_from(&mut self, least: f64) {
        let least = least - SLACK * least.abs();
        if least > 0.0 {
            self.keep(|_, most| most >= least);
        }
    }

    /// Take out as many as are wanted of those that may have most; there are more.
    fn take_likeliest(&mut self, wanted: usize) -> Holders {
        let mut room = self.most.clone();
        let (_, nth, _) = room.select_nth_unstable_by(wanted, |one, other| other.total_cmp(one));
        let (mut chosen, mut others) = (Vec::with_capacity(wanted), Vec::with_capacity(self.docs.len()));
        for (at, most) in self.most.iter().enumerate() {
            let is_chosen = most >= nth && chosen.len() < wanted;
            if is_chosen { &mut chosen } else { &mut others }.push(at);
        }
        let taken = self.at(&chosen);
        self.keep_at(&others);
        taken
    }
}

impl<'a> Reading<'a> {
    /// Give the pool those of which the best postings do not tell all, where they may be among the first.
    fn sum_up_open(
        &mut self,
        begun: &Begun,
        pairs: &[usize],
        weights: &Weights,
        fields: &Fields<'a>,
        gains: &[Gain],
        pool: &mut Pool,
    ) -> Read<()> {
        let open = begun.open.iter().filter(|(_, most)| !is_below(*most, pool.threshold()));
        let docs: Vec<u16> = open.map(|(doc, _)| *doc).collect();
        let mut holders = Holders { most: vec![0.0; docs.len()], docs, codes: Vec::new() };
        for pair in pairs {
            if holders.docs.is_empty() {
                return Ok(());
            }
            self.keep_holders(&mut holders, *pair, false)?;
        }
        self.sum_up(holders, weights, fields, gains, pool)
    }

    /// Give the pool documents that have all pairs of the leaves.
    fn sum_up(
        &mut self,
        holders: Holders,
        weights: &Weights,
        fields: &Fields<'a>,
        gains: &[Gain],
        pool: &mut Pool,
    ) -> Read<()> {
        let found = self.with_all(holders.docs)?;
        self.add_up(&found, &holders.codes, weights, fields, gains, |one| pool.take(one))
    }

    /// Return what the best posting of a pair brings at most, as a part of its factor.
    fn most_of_list(&self, pair: usize) -> Read<f64> {
        let (Some(number), Some(stretch)) = (self.numbers[pair], self.place.stretch(true, &self.plan.boosts)) else {
            return Ok(1.0);
        };
        let best = self.place.segment.get().best_of(true, number)?;
        Ok(best.first().map_or(1.0, |(_, bound, _)| most_of(*bound, stretch)))
    }
}

/// Keep what is at some places, which ascend.
fn keep_at<T: Copy>(all: &mut Vec<T>, places: &[usize]) {
    for (to, from) in places.iter().enumerate() {
        all[to] = all[*from];
    }
    all.truncate(places.len());
}

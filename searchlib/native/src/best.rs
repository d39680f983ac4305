//! Those of the documents with all that must stand that may be among the first.
//!
//! What a document scores at most is known from the codes of the pairs that it must have: a word is in no field more
//! often than its first pair. Only what may be among the first is looked up in the lists of words and summed up.
//!
//! The file has the best postings of each long list. Where the first documents are among those, nobody asks for others:
//! for one word hardly anything else is read.

use crate::data::Read;
use crate::plan::Plan;
use crate::pool::{Asked, Pool};
use crate::postings::List;
use crate::scoring::{Fields, Gain, Reading, Scorer, Weights};

/// Fewer documents for each that is wanted are summed up at once.
const FEW: usize = 4;
const FEWEST: usize = 8;
/// This many for each that is wanted are summed up first, as nobody knows yet what is too little.
const LIKELIEST: usize = 2;
/// What rounding in another order can take off or add.
const SLACK: f64 = 1e-9;
/// With more wanted a file's best postings are seldom enough for the first segment.
const MOST_OF_BEST: usize = 12;
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
        let Some(known) = self.among_best(pairs, weights, &fields, &gains, asked, pool)? else { return Ok(()) };
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
        holders.keep(|doc, _| asked.lets_through(inside + usize::from(doc)) && known.binary_search(&doc).is_err());
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
    /// Give the pool those of the best postings of all lists that may be among the first.
    ///
    /// Returns these, ascending, or None where no other document can be among the first.
    fn among_best(
        &mut self,
        pairs: &[usize],
        weights: &Weights,
        fields: &Fields<'a>,
        gains: &[Gain],
        asked: &Asked<'_>,
        pool: &mut Pool,
    ) -> Read<Option<Vec<u16>>> {
        let is_one = self.plan.leaves.len() == 1 && pool.wanted() <= MOST_OF_BEST;
        if !is_one && pool.threshold() == f64::NEG_INFINITY {
            return Ok(Some(Vec::new()));
        }
        let Some(lists) = self.best_lists(pairs, weights)? else { return Ok(Some(Vec::new())) };
        let gained: f64 = gains.iter().filter(|gain| !gain.is_of_title()).map(|gain| gain.value).sum();
        // What a document has at most that is among the best of no list.
        let rest = lists.iter().map(|list| list.rest).sum::<f64>() + self.most_of_forms(weights) + gained;
        if !is_one && !is_below(rest, pool.threshold()) {
            return Ok(Some(Vec::new()));
        }
        let mut each: Vec<(u16, f64)> = lists.iter().flat_map(|list| list.more.iter().copied()).collect();
        let titles = gains.iter().filter(|gain| gain.is_of_title());
        each.extend(titles.flat_map(|gain| gain.docs.iter().map(|doc| (*doc, gain.value))));
        each.sort_unstable_by_key(|(doc, _)| *doc);
        let (segment, first) = (self.place.segment.get(), self.place.first);
        let mut docs: Vec<u16> = Vec::new();
        for one in each.chunk_by(|(doc, _), (other, _)| doc == other) {
            let (doc, most) = (one[0].0, one.iter().fold(rest, |most, (_, more)| most + more));
            if !is_below(most, pool.threshold()) && segment.is_live(doc) && asked.lets_through(first + usize::from(doc)) {
                docs.push(doc);
            }
        }
        let mut holders = Holders { most: vec![0.0; docs.len()], docs, codes: Vec::new() };
        for pair in pairs {
            if holders.docs.is_empty() {
                break;
            }
            self.keep_holders(&mut holders, *pair, false)?;
        }
        let docs = holders.docs.clone();
        self.sum_up(holders, weights, fields, gains, pool)?;
        Ok((!is_below(rest, pool.threshold())).then_some(docs))
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
        Ok(best.first().map_or(1.0, |(_, bound)| most_of(*bound, stretch)))
    }

    /// Return the best of the list of each term; None where a pair has a short list, or bounds are not known.
    fn best_lists(&mut self, pairs: &[usize], weights: &Weights) -> Read<Option<Vec<BestOf>>> {
        let mut lists = Vec::new();
        let stretches = [false, true].map(|is_pair| self.place.stretch(is_pair, &self.plan.boosts));
        for (term, factor) in weights.factors.iter().copied().enumerate() {
            let (is_pair, Some(number)) = (self.plan.terms[term].is_pair, self.numbers[term]) else { continue };
            let best = self.place.segment.get().best_of(is_pair, number)?;
            let stretch = stretches[usize::from(is_pair)];
            if let (Some(stretch), Some((_, last))) = (stretch, best.last()) {
                let rest = factor * most_of(*last, stretch);
                let more = best.iter().map(|(doc, bound)| (*doc, (factor * most_of(*bound, stretch) - rest).max(0.0)));
                lists.push(BestOf { rest, more: more.collect() });
            } else if pairs.contains(&term) || stretch.is_none() {
                return Ok(None);
            } else if factor > 0.0 {
                let more = self.list(term)?.docs.iter().map(|doc| (*doc, factor)).collect();
                lists.push(BestOf { rest: 0.0, more });
            }
        }
        Ok(Some(lists))
    }
}

/// Keep what is at some places, which ascend.
fn keep_at<T: Copy>(all: &mut Vec<T>, places: &[usize]) {
    for (to, from) in places.iter().enumerate() {
        all[to] = all[*from];
    }
    all.truncate(places.len());
}

/// The best postings of one list.
struct BestOf {
    /// What any other posting brings at most.
    rest: f64,
    /// Documents, each with what it may bring more.
    more: Vec<(u16, f64)>,
}

/// Return what a posting brings at most whose weighted frequency may be so many times that of the file.
fn most_of(bound: u8, stretch: f64) -> f64 {
    let share = f64::from(bound) / f64::from(u8::MAX);
    if bound == u8::MAX { 1.0 } else { share * stretch / (1.0 - share + share * stretch) }
}

/// Return whether something is surely less than the least that is wanted, whatever was rounded.
fn is_below(most: f64, least: f64) -> bool {
    most < least - SLACK * least.abs()
}

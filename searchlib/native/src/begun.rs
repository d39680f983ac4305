//! What the best postings of lists tell before any list is read.
//!
//! The file has the best postings of each long list, with their codes. Of a document that is among those of all lists
//! of a query they tell the score; of any other they tell what it has at most. So the first documents for one word are
//! hardly ever looked for elsewhere, however many segments there are.

use crate::best_postings::UNSAID;
use crate::data::Read;
use crate::plan::Sure;
use crate::pool::{is_below, Asked, Begun, Candidate, Pool};
use crate::scoring::{Fields, Gain, Reading, Weights};

/// With more wanted a file's best postings are seldom enough for the first segment.
const MOST_OF_BEST: usize = 12;

impl<'a> Reading<'a> {
    /// Give the pool the best postings of a word, before other ones of any segment are looked for.
    ///
    /// After that what is least among the first is known so well that hardly any list is read.
    pub fn begin(&mut self, weights: &Weights, asked: &Asked<'_>, pool: &mut Pool) -> Read<()> {
        let is_asked_for = self.is_of_one(pool) && !self.plan.given && !self.plan.any;
        let Some(pairs) = self.pairs_of_all(asked.least).filter(|_| is_asked_for) else { return Ok(()) };
        if pairs.is_empty() || pairs.iter().any(|pair| self.numbers[*pair].is_none()) {
            return Ok(());
        }
        let (fields, gains) = (self.fields(weights), self.gains(weights)?);
        self.begun = Some(self.among_best(&pairs, weights, &fields, &gains, asked, pool)?);
        self.prepared = Some((fields, gains));
        Ok(())
    }

    /// Return whether it is likely that the best postings are enough.
    fn is_of_one(&self, pool: &Pool) -> bool {
        self.plan.leaves.len() == 1 && pool.wanted() <= MOST_OF_BEST
    }

    /// Give the pool those of the best postings of all lists that may be among the first.
    pub fn among_best(
        &mut self,
        pairs: &[usize],
        weights: &Weights,
        fields: &Fields<'a>,
        gains: &[Gain],
        asked: &Asked<'_>,
        pool: &mut Pool,
    ) -> Read<Begun> {
        let Some(lists) = self.best_lists(pairs, weights, fields)? else { return Ok(Begun::NOTHING) };
        let gained: f64 = gains.iter().filter(|gain| !gain.is_of_title()).map(|gain| gain.value).sum();
        // What a document has at most that is among the best of no list.
        let rest = lists.iter().map(|list| list.rest).sum::<f64>() + self.most_of_forms(weights) + gained;
        if !self.is_of_one(pool) && !is_below(rest, pool.threshold()) {
            return Ok(Begun::NOTHING);
        }
        let mut each: Vec<(u16, f64)> = Vec::with_capacity(lists.iter().map(|list| list.best.len()).sum());
        each.extend(lists.iter().flat_map(|list| list.best.iter().map(|one| (one.doc, one.more))));
        let titles = || gains.iter().filter(|gain| gain.is_of_title());
        each.extend(titles().flat_map(|gain| gain.docs.iter().map(|doc| (*doc, gain.value))));
        // Plain numbers are sorted in a third of the time.
        let mut order: Vec<u64> = (0u64..).zip(&each).map(|(at, (doc, _))| u64::from(*doc) << 48 | at).collect();
        order.sort_unstable();
        let (segment, first) = (self.place.segment.get(), self.place.first);
        // Texts and lists tell of what else a document may gain, and of passages.
        let is_told = gains.iter().all(Gain::is_of_title)
            && self.plan.groups.is_empty()
            && weights.held.iter().all(|held| *held == 0.0);
        let mut begun = Begun { docs: Vec::new(), open: Vec::new(), rest };
        for one in order.chunk_by(|one, other| one >> 48 == other >> 48) {
            let more = one.iter().filter_map(|key| each.get(*key as u32 as usize));
            let (doc, most) = ((one[0] >> 48) as u16, more.fold(rest, |most, (_, more)| most + more));
            let inside = first + usize::from(doc);
            if is_below(most, pool.threshold()) || !segment.is_live(doc) || !asked.lets_through(inside) {
                continue;
            }
            begun.docs.push(doc);
            match self.told(doc, pairs, &lists, weights, fields).filter(|_| is_told) {
                Some((total, sure)) => {
                    let titled = titles().find(|gain| gain.docs.binary_search(&doc).is_ok());
                    let (more, gains) = titled.map_or((0.0, 0), |gain| (gain.value, gain.flag));
                    pool.take(Candidate { doc: inside, most: total + more, total, held: 0.0, sure, gains });
                }
                None => begun.open.push((doc, most)),
            }
        }
        Ok(begun)
    }

    /// Return what a document has, and whether it surely matches, where the best postings of all lists tell.
    fn told(
        &self,
        doc: u16,
        pairs: &[usize],
        lists: &[BestOf],
        weights: &Weights,
        fields: &Fields<'a>,
    ) -> Option<(f64, bool)> {
        // Whether a term is in it: None where its list must be read.
        let has = |term: usize| match lists.iter().find(|list| list.term == term) {
            Some(list) if list.code_of(doc).is_some() => Some(true),
            Some(list) => list.is_whole.then_some(false),
            None => self.numbers[term].is_none().then_some(false),
        };
        if !pairs.iter().all(|pair| has(*pair) == Some(true)) {
            return None;
        }
        let mut sure = true;
        for way in self.plan.leaves.iter().flatten() {
            sure &= match way.sure {
                Sure::Always => true,
                Sure::Word(word) => has(word)?,
                Sure::Never => false,
            };
        }
        let mut total = 0.0;
        for list in lists.iter().filter(|list| self.plan.terms[list.term].share > 0.0) {
            match list.code_of(doc) {
                Some(code) if code < UNSAID => {
                    total += self.scorer(fields, weights, list.term).score(usize::from(doc), code);
                }
                None if list.is_whole => {}
                _ => return None,
            }
        }
        Some((total, sure))
    }

    /// Return the best of the list of each term; None where a pair has a short list, or bounds are not known.
    fn best_lists(&mut self, pairs: &[usize], weights: &Weights, fields: &Fields<'a>) -> Read<Option<Vec<BestOf>>> {
        let mut lists = Vec::new();
        let stretches = [false, true].map(|is_pair| self.place.stretch(is_pair, &self.plan.boosts));
        for (term, factor) in weights.factors.iter().copied().enumerate() {
            let (is_pair, Some(number)) = (self.plan.terms[term].is_pair, self.numbers[term]) else { continue };
            let best = self.place.segment.get().best_of(is_pair, number)?;
            let stretch = stretches[usize::from(is_pair)];
            if let (Some(stretch), Some((_, last, _))) = (stretch, best.last()) {
                let rest = factor * most_of(*last, stretch);
                let more = |bound: u8| (factor * most_of(bound, stretch) - rest).max(0.0);
                let best = best.iter().map(|(doc, bound, code)| Best { doc: *doc, more: more(*bound), code: *code });
                lists.push(BestOf { term, rest, best: best.collect(), is_whole: false });
            } else if pairs.contains(&term) || stretch.is_none() {
                return Ok(None);
            } else if factor > 0.0 {
                let scorer = self.scorer_of(fields, term, factor);
                let list = self.list(term)?;
                let each = list.docs.iter().zip(&list.codes);
                let more = |doc: u16, code: u32| scorer.score(usize::from(doc), code);
                let best = each.map(|(doc, code)| Best { doc: *doc, more: more(*doc, *code), code: *code }).collect();
                lists.push(BestOf { term, rest: 0.0, best, is_whole: true });
            }
        }
        Ok(Some(lists))
    }
}

/// The best postings of one list, or all of a short one.
struct BestOf {
    term: usize,
    /// What any other posting brings at most.
    rest: f64,
    best: Vec<Best>,
    is_whole: bool,
}

struct Best {
    doc: u16,
    /// What it may bring more than the others.
    more: f64,
    code: u32,
}

impl BestOf {
    /// Return the code of a document, where it is among these.
    fn code_of(&self, doc: u16) -> Option<u32> {
        if self.is_whole {
            return self.best.binary_search_by_key(&doc, |one| one.doc).ok().map(|at| self.best[at].code);
        }
        self.best.iter().find(|one| one.doc == doc).map(|one| one.code)
    }
}

/// Return what a posting brings at most whose weighted frequency may be so many times that of the file.
pub fn most_of(bound: u8, stretch: f64) -> f64 {
    let share = f64::from(bound) / f64::from(u8::MAX);
    if bound == u8::MAX { 1.0 } else { share * stretch / (1.0 - share + share * stretch) }
}

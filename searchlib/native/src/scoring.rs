//! All documents of a segment that may match, with what their terms bring: BM25F as `scoring.py` has it.
//!
//! Sums are made term by term in the order of the plan, and field by field inside a term, in
//! double precision: the same numbers, to the last bit, as the arrays give.

use std::cell::Cell;

use crate::bm25f::K1;
use crate::data::{Fault, Read};
use crate::ordering::{sorted, Entry, Order};
use crate::plan::{Plan, Sure, Way};
use crate::pool::{Asked, Begun, Candidate, Pool, TITLE};
use crate::postings::{List, LONG};
use crate::snapshot::{Kinds, Lookup, Place, Snapshot, UsualOf};

/// A list so many times as long as the documents that are looked up in it is not read as a whole.
const FEW: usize = 8;
/// What is said of a document that may match, and of one that surely does.
pub const MAY: u8 = 1;
pub const SURE: u8 = 2;

/// What is the same for all segments.
pub struct Weights {
    /// What each term brings at most.
    pub factors: Vec<f64>,
    /// What having each term adds to the bound of passages.
    pub held: Vec<f64>,
    /// What each run brings in one piece, and the title.
    pub runs: Vec<f64>,
    pub title: f64,
    /// Whether the fields have their default weights.
    pub is_usual: bool,
}

/// The number of each term in a segment.
pub fn numbers_of(plan: &Plan, place: &Place) -> Read<Vec<Option<usize>>> {
    let segment = place.segment.get();
    for term in &plan.terms {
        if let Some(field) = segment.field(term.is_pair) {
            field.terms.fetch(&term.chars);
        }
    }
    plan.terms
        .iter()
        .map(|term| match segment.field(term.is_pair) {
            Some(field) => field.terms.number_of(&term.chars),
            None => Ok(None),
        })
        .collect()
}

/// Return how many live documents of a segment hold each term.
pub fn doc_freqs(plan: &Plan, place: &Place, numbers: &[Option<usize>]) -> Read<Vec<usize>> {
    let segment = place.segment.get();
    let mut list = List::default();
    let mut freqs = Vec::with_capacity(numbers.len());
    for (term, number) in plan.terms.iter().zip(numbers) {
        freqs.push(match (segment.field(term.is_pair), number) {
            (Some(field), Some(number)) if segment.live.is_none() => {
                let freq = field.postings.doc_freq(*number)?;
                // For one word hardly any list is read.
                if freq >= LONG && plan.leaves.len() != 1 {
                    field.postings.fetch(*number);
                }
                freq
            }
            (Some(_), Some(number)) => {
                segment.read(term.is_pair, *number, false, &mut list)?;
                list.docs.len()
            }
            _ => 0,
        });
    }
    Ok(freqs)
}

/// Return the live documents of a commit that hold all of some words or pairs, ascending.
pub fn holding(snapshot: &Snapshot, terms: &[String], is_pair: bool) -> Read<Vec<usize>> {
    let plan = Plan::of_terms(terms, is_pair);
    let all: Vec<usize> = (0..terms.len()).collect();
    let mut found = Vec::new();
    for place in &snapshot.places {
        let docs = Reading::of(&plan, place, numbers_of(&plan, place)?).holding_all(&all)?;
        found.extend(docs.into_iter().map(|doc| place.first + usize::from(doc)));
    }
    Ok(found)
}

/// One segment, of which lists are read when they are first needed.
pub struct Reading<'a> {
    pub plan: &'a Plan,
    pub place: &'a Place,
    pub numbers: Vec<Option<usize>>,
    pub lists: Vec<Option<List>>,
    leaves: Option<Leaves>,
    pub begun: Option<Begun>,
    /// What was looked up when it was begun.
    pub prepared: Option<(Fields<'a>, Vec<Gain>)>,
}

/// How many of the leaves each document of a segment may have, and how many it surely has.
struct Leaves {
    may: Vec<u16>,
    surely: Vec<u16>,
}

/// The documents that a segment answers with; all of them surely where nothing else is said.
pub struct Found {
    docs: Vec<u16>,
    sure: Option<Vec<bool>>,
}

/// Of some terms the codes of the documents that are added up, where they are known.
pub type Known = [(usize, Vec<u32>)];

/// What some documents may gain beside their terms.
pub struct Gain {
    pub flag: u64,
    pub value: f64,
    pub docs: Vec<u16>,
}

thread_local! {
    /// Room for the lists of the next query of this thread.
    static ROOMS: Cell<Vec<List>> = const { Cell::new(Vec::new()) };
}

/// Maximum number of rooms that are kept, and of documents in the list of one.
const MOST_ROOMS: usize = 24;
const LONGEST_ROOM: usize = 1 << 13;

/// The rooms for lists that a thread keeps.
struct Rooms;

impl Rooms {
    /// Return room for a list.
    fn take() -> List {
        let mut rooms = ROOMS.take();
        let mut list = rooms.pop().unwrap_or_default();
        ROOMS.set(rooms);
        list.clear();
        list
    }

    /// Take lists that nobody asks for any more.
    fn give(lists: &mut [Option<List>]) {
        let mut rooms = ROOMS.take();
        let kept = lists.iter_mut().filter_map(Option::take).filter(|list| list.docs.capacity() <= LONGEST_ROOM);
        let free = MOST_ROOMS.saturating_sub(rooms.len());
        rooms.extend(kept.take(free));
        ROOMS.set(rooms);
        lists.fill_with(|| None);
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        Rooms::give(&mut self.lists);
    }
}

impl<'a> Reading<'a> {
    pub fn of(plan: &'a Plan, place: &'a Place, numbers: Vec<Option<usize>>) -> Reading<'a> {
        let lists = plan.terms.iter().map(|_| None).collect();
        Reading { plan, place, numbers, lists, leaves: None, begun: None, prepared: None }
    }

    pub fn list(&mut self, term: usize) -> Read<&List> {
        if self.lists[term].is_none() {
            let mut list = Rooms::take();
            if let Some(number) = self.numbers[term] {
                self.place.segment.get().read(self.plan.terms[term].is_pair, number, true, &mut list)?;
            }
            self.lists[term] = Some(list);
        }
        self.lists[term].as_ref().ok_or(Fault::Damaged("a list was not read"))
    }

    /// Let go of the lists that were read.
    pub fn forget_lists(&mut self) {
        Rooms::give(&mut self.lists);
    }

    /// Read a list that is not much longer than the number of documents to be looked up in it.
    pub fn read_for(&mut self, term: usize, count: usize) -> Read<()> {
        if self.lists[term].is_none() && self.freq(term)? < FEW * count {
            self.list(term)?;
        }
        Ok(())
    }

    /// Return the documents that hold all of some pairs.
    pub fn holding_all(&mut self, pairs: &[usize]) -> Read<Vec<u16>> {
        if pairs.is_empty() || pairs.iter().any(|pair| self.numbers[*pair].is_none()) {
            return Ok(Vec::new());
        }
        let mut sizes = Vec::with_capacity(pairs.len());
        for pair in pairs {
            sizes.push((self.freq(*pair)?, *pair));
        }
        sizes.sort_unstable();
        let mut docs = self.list(sizes[0].1)?.docs.clone();
        for (_, pair) in &sizes[1..] {
            if docs.is_empty() {
                break;
            }
            docs = self.places_in(*pair, &docs)?.into_iter().map(|at| docs[at]).collect();
        }
        Ok(docs)
    }

    /// Return the places of those of ascending live documents that hold a term; a long list is not read for few.
    fn places_in(&mut self, term: usize, docs: &[u16]) -> Read<Vec<usize>> {
        self.read_for(term, docs.len())?;
        let mut places = Vec::with_capacity(docs.len());
        self.probe(term, &self.marked(docs), |at, _| places.push(at))?;
        Ok(places)
    }

    pub fn freq(&self, term: usize) -> Read<usize> {
        match (self.place.segment.get().field(self.plan.terms[term].is_pair), self.numbers[term]) {
            (Some(field), Some(number)) => field.postings.doc_freq(number),
            _ => Ok(0),
        }
    }

    fn sure_of(&mut self, way: &Way, docs: &[u16]) -> Read<Vec<bool>> {
        Ok(match way.sure {
            Sure::Always => vec![true; docs.len()],
            Sure::Never => vec![false; docs.len()],
            Sure::Word(word) => {
                let mut sure = vec![false; docs.len()];
                for at in self.places_in(word, docs)? {
                    sure[at] = true;
                }
                sure
            }
        })
    }

    /// Return what every leaf may match: each must, unless fewer are enough.
    fn matching(&mut self, least: usize) -> Read<Found> {
        match self.pairs_of_all(least) {
            Some(pairs) => {
                let docs = self.holding_all(&pairs)?;
                self.with_all(docs)
            }
            None => Ok(Found::of(&self.known_by_leaves(least)?)),
        }
    }

    /// Return all pairs of the leaves where each of these must stand, in its only way; None elsewhere.
    pub fn pairs_of_all(&self, least: usize) -> Option<Vec<usize>> {
        let leaves = &self.plan.leaves;
        let is_all = least == leaves.len() && leaves.iter().all(|ways| ways.len() == 1);
        is_all.then(|| {
            let mut pairs: Vec<usize> = leaves.iter().flatten().flat_map(|way| way.pairs.iter().copied()).collect();
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        })
    }

    /// Say of documents that have all pairs of the leaves which surely have these.
    pub fn with_all(&mut self, docs: Vec<u16>) -> Read<Found> {
        let plan = self.plan;
        let mut sure: Option<Vec<bool>> = None;
        for way in plan.leaves.iter().flatten().filter(|way| way.sure != Sure::Always) {
            let own = self.sure_of(way, &docs)?;
            sure = Some(match sure {
                Some(before) => before.iter().zip(own).map(|(one, other)| *one && other).collect(),
                None => own,
            });
        }
        Ok(Found { docs, sure })
    }

    /// Return for each document of the segment what `least` leaves say: `SURE`, `MAY`, or 0.
    pub fn known_by_leaves(&mut self, least: usize) -> Read<Vec<u8>> {
        if self.leaves.is_none() {
            self.leaves = Some(self.count_leaves()?);
        }
        let Some(Leaves { may, surely }) = &self.leaves else { return Ok(Vec::new()) };
        let least = u16::try_from(least).unwrap_or(u16::MAX);
        let each = may.iter().zip(surely);
        Ok(each.map(|(may, surely)| u8::from(*may >= least) * MAY.max(u8::from(*surely >= least) * SURE)).collect())
    }

    /// Return how many leaves a document of the snapshot surely has, and may have, where they were counted.
    pub fn leaves_of(&self, doc: usize) -> Option<(usize, usize)> {
        let (inside, leaves) = (doc.checked_sub(self.place.first)?, self.leaves.as_ref()?);
        Some((usize::from(*leaves.surely.get(inside)?), usize::from(*leaves.may.get(inside)?)))
    }

    fn count_leaves(&mut self) -> Read<Leaves> {
        let (plan, size) = (self.plan, self.place.segment.get().size);
        let mut counts = Leaves { may: vec![0; size], surely: vec![0; size] };
        let mut each: Vec<(u16, bool)> = Vec::new();
        for ways in plan.leaves.iter().take(usize::from(u16::MAX)) {
            each.clear();
            for way in ways {
                let docs = self.holding_all(&way.pairs)?;
                let sure = self.sure_of(way, &docs)?;
                each.extend(docs.into_iter().zip(sure));
            }
            if ways.len() > 1 {
                each.sort_unstable_by_key(|(doc, sure)| (*doc, !sure));
                each.dedup_by_key(|(doc, _)| *doc);
            }
            for (doc, sure) in &each {
                counts.may[usize::from(*doc)] += 1;
                counts.surely[usize::from(*doc)] += u16::from(*sure);
            }
        }
        Ok(counts)
    }

    /// Return what scores are made of in this segment.
    pub fn fields(&self, weights: &Weights) -> Fields<'a> {
        let each = self.place.discounts.iter().zip(&self.plan.boosts);
        let each: Vec<(Lookup<'a>, f64)> = each.map(|(one, boost)| (one.lookup(), *boost)).collect();
        let usual = |kinds: &'a Kinds| if weights.is_usual { kinds.usual(&each) } else { Vec::new() };
        let [words, pairs] = &self.place.kinds;
        Fields { usual: [usual(words), usual(pairs)], each }
    }

    pub fn scorer<'b>(&self, fields: &'b Fields<'a>, weights: &Weights, term: usize) -> Scorer<'b>
    where
        'a: 'b,
    {
        self.scorer_of(fields, term, weights.factors[term])
    }

    /// Return what scores the postings of a term by another factor than its own.
    pub fn scorer_of<'b>(&self, fields: &'b Fields<'a>, term: usize, factor: f64) -> Scorer<'b>
    where
        'a: 'b,
    {
        let is_pair = usize::from(self.plan.terms[term].is_pair);
        let (kinds, usual) = (&self.place.kinds[is_pair], fields.usual[is_pair].as_slice());
        Scorer { fields: &fields.each, kinds, usual, factor }
    }

    /// Return the documents that may match, whether filters let them through or not.
    fn found(&mut self, asked: &Asked<'_>) -> Read<Found> {
        match (self.plan.given, self.plan.any) {
            (true, _) => Ok(self.given(asked)),
            (_, true) => self.holding_any(asked),
            _ => self.matching(asked.least),
        }
    }

    /// Return what filters let through of the documents that may match.
    fn passing(&mut self, asked: &Asked<'_>) -> Read<Found> {
        let found = self.found(asked)?;
        if asked.passes.is_none() {
            return Ok(found);
        }
        let first = self.place.first;
        let kept = || (0..found.docs.len()).filter(|at| asked.lets_through(first + usize::from(found.docs[*at])));
        let sure = found.sure.as_ref().map(|sure| kept().map(|at| sure[at]).collect());
        Ok(Found { docs: kept().map(|at| found.docs[at]).collect(), sure })
    }

    /// Return how many documents surely match, and those of which only the texts can tell.
    pub fn counted(&mut self, asked: &Asked<'_>) -> Read<(usize, Vec<usize>)> {
        let found = self.passing(asked)?;
        let open = found.each().filter(|(_, sure)| !sure).map(|(doc, _)| self.place.first + usize::from(doc));
        let open: Vec<usize> = open.collect();
        Ok((found.docs.len() - open.len(), open))
    }

    /// Return the documents that may match in an order, as many as decide which are the first.
    ///
    /// Those with short ids are in order, and so are the others.
    pub fn in_order(&mut self, order: &Order, asked: &Asked<'_>) -> Read<[Vec<Entry>; 2]> {
        let found = self.passing(asked)?;
        let segment = self.place.segment.get();
        let mut lists = [Vec::new(), Vec::new()];
        for (inside, sure) in found.each() {
            let (inside, doc) = (usize::from(inside), self.place.first + usize::from(inside));
            let id = segment.id_number(inside)?;
            lists[usize::from(segment.is_short(id))].push(Entry { key: order.key(doc), id, doc, sure });
        }
        Ok(lists.map(|list| sorted(list, asked.wanted)))
    }

    /// Give all documents that may match, or those of them that may be among the first, to the pool.
    pub fn each(&mut self, weights: &Weights, asked: &Asked<'_>, pool: &mut Pool) -> Read<()> {
        match self.pairs_of_all(asked.least) {
            Some(pairs) if !self.plan.given && !self.plan.any => self.best_of_all(&pairs, weights, asked, pool),
            _ => {
                let found = self.passing(asked)?;
                let (fields, gains) = (self.fields(weights), self.gains(weights)?);
                self.add_up(&found, &[], weights, &fields, &gains, |one| pool.take(one))
            }
        }
    }

    /// Add up the terms of some documents that surely match; they ascend.
    pub fn each_of(&mut self, docs: Vec<u16>, weights: &Weights, take: impl FnMut(Candidate)) -> Read<()> {
        let (fields, gains) = (self.fields(weights), self.gains(weights)?);
        self.add_up(&Found { docs, sure: None }, &[], weights, &fields, &gains, take)
    }

    /// Return what documents may gain beside their terms, and which.
    pub fn gains(&mut self, weights: &Weights) -> Read<Vec<Gain>> {
        let plan = self.plan;
        let mut gains = Vec::with_capacity(plan.runs.len() + 1);
        for (number, run) in plan.runs.iter().enumerate() {
            gains.push(Gain { flag: 1 << number, value: weights.runs[number], docs: self.holding_all(&run.pairs)? });
        }
        gains.push(Gain { flag: TITLE, value: weights.title, docs: self.titles()? });
        Ok(gains)
    }

    /// Add up the terms of some documents that may match.
    pub fn add_up(
        &mut self,
        found: &Found,
        known: &Known,
        weights: &Weights,
        fields: &Fields<'a>,
        gains: &[Gain],
        mut take: impl FnMut(Candidate),
    ) -> Read<()> {
        let plan = self.plan;
        if found.docs.is_empty() {
            return Ok(());
        }
        let mut sums = vec![[0.0f64; 2]; found.docs.len()];
        let marked = self.marked(&found.docs);
        for term in 0..plan.terms.len() {
            let held = weights.held[term];
            if self.numbers[term].is_none() || !(plan.terms[term].share > 0.0 || held > 0.0) {
                continue;
            }
            let scorer = self.scorer(fields, weights, term);
            let mut add = |at: usize, code: u32| {
                let sum: &mut [f64; 2] = &mut sums[at];
                sum[0] += scorer.score(usize::from(found.docs[at]), code);
                sum[1] += held;
            };
            if let Some((_, codes)) = known.iter().find(|(other, _)| *other == term) {
                codes.iter().enumerate().for_each(|(at, code)| add(at, *code));
                continue;
            }
            self.read_for(term, found.docs.len())?;
            self.probe(term, &marked, add)?;
        }
        self.each_form(&marked, weights, fields, |at, value| sums[at][0] += value)?;
        let first = self.place.first;
        let mut each: Vec<(f64, u64)> = sums.iter().map(|[total, _]| (*total, 0)).collect();
        for gain in gains {
            marked.each_common(&gain.docs, |at, _| {
                let (most, flags) = &mut each[at];
                (*most, *flags) = (*most + gain.value, *flags | gain.flag);
            });
        }
        for (at, ((doc, [total, held]), (most, flags))) in found.docs.iter().zip(sums).zip(each).enumerate() {
            let sure = found.sure.as_ref().is_none_or(|sure| sure[at]);
            take(Candidate { doc: first + usize::from(*doc), most, total, held, sure, gains: flags });
        }
        Ok(())
    }

    /// Return the documents that hold any of the terms, and those that Python knows besides.
    fn holding_any(&mut self, asked: &Asked<'_>) -> Read<Found> {
        let mut known = self.known_or_also_found(asked)?;
        for term in (0..self.plan.terms.len()).filter(|term| self.plan.terms[*term].share > 0.0) {
            for doc in &self.list(term)?.docs {
                known[usize::from(*doc)] = SURE;
            }
        }
        Ok(Found::of(&known))
    }

    /// Return the documents that Python knows.
    fn given(&self, asked: &Asked<'_>) -> Found {
        Found::of(self.known(asked))
    }

    /// Return what is known of the documents of the segment beside their terms: by Python, or by other forms.
    pub fn known_or_also_found(&mut self, asked: &Asked<'_>) -> Read<Vec<u8>> {
        let plan = self.plan;
        let mut known = self.known(asked).to_vec();
        known.resize(self.place.segment.get().size, 0);
        for way in &plan.also {
            let docs = self.holding_all(&way.pairs)?;
            let sure = self.sure_of(way, &docs)?;
            for (doc, sure) in docs.iter().zip(sure) {
                let one = &mut known[usize::from(*doc)];
                *one = (*one).max(if sure { SURE } else { MAY });
            }
        }
        Ok(known)
    }

    /// Return what Python knows of the documents of the segment.
    pub fn known<'b>(&self, asked: &'b Asked<'_>) -> &'b [u8] {
        let (first, size) = (self.place.first, self.place.segment.get().size);
        let known = asked.known.and_then(|known| known.get(first..)).unwrap_or(&[]);
        known.get(..size).unwrap_or(known)
    }
}

impl Gain {
    pub fn is_of_title(&self) -> bool {
        self.flag == TITLE
    }
}

impl Found {
    /// Yield the documents, with whether each surely matches.
    fn each(&self) -> impl Iterator<Item = (u16, bool)> + '_ {
        let is_sure = |at: usize| self.sure.as_ref().is_none_or(|sure| sure[at]);
        self.docs.iter().enumerate().map(move |(at, doc)| (*doc, is_sure(at)))
    }

    fn of(known: &[u8]) -> Found {
        let docs: Vec<u16> = known.iter().enumerate().filter(|(_, one)| **one > 0).map(|(doc, _)| doc as u16).collect();
        let sure = docs.iter().map(|doc| known[usize::from(*doc)] == SURE).collect();
        Found { docs, sure: Some(sure) }
    }
}

/// What scores are made of in one segment.
pub struct Fields<'a> {
    /// Of each text field its discounts and its weight.
    each: Vec<(Lookup<'a>, f64)>,
    /// For words and for pairs what the usual codes bring; empty where the weights are not the default ones.
    usual: [Vec<UsualOf<'a>>; 2],
}

/// Scores the postings of one term.
pub struct Scorer<'a> {
    fields: &'a [(Lookup<'a>, f64)],
    kinds: &'a Kinds,
    usual: &'a [UsualOf<'a>],
    pub factor: f64,
}

impl Scorer<'_> {
    #[inline(always)]
    pub fn score(&self, doc: usize, code: u32) -> f64 {
        match self.usual.get(code as usize).and_then(|usual| usual.saturated(doc)) {
            Some(saturated) => saturated * self.factor,
            None => self.counted(doc, code),
        }
    }

    /// Add to the sums of all documents of a segment what a term brings.
    #[inline(never)]
    pub fn add_up(&self, list: &List, sums: &mut [f32]) {
        for (doc, code) in list.docs.iter().zip(&list.codes) {
            let doc = usize::from(*doc);
            if let Some(sum) = sums.get_mut(doc) {
                *sum += self.score(doc, *code) as f32;
            }
        }
    }

    #[inline(never)]
    fn counted(&self, doc: usize, code: u32) -> f64 {
        saturated(self.weighted(doc, code), self.factor)
    }

    /// Return the frequency of a posting, weighted and discounted.
    #[inline(always)]
    pub fn weighted(&self, doc: usize, code: u32) -> f64 {
        // Nearly all that come here have the term in two fields; a loop would have to guess where it ends.
        match self.kinds.counts(code) {
            [one] => self.weighted_in(doc, one),
            [one, other] => self.weighted_in(doc, one) + self.weighted_in(doc, other),
            more => more.iter().fold(0.0, |sum, one| sum + self.weighted_in(doc, one)),
        }
    }

    /// Return the frequency in one field.
    #[inline(always)]
    fn weighted_in(&self, doc: usize, (field, count): &(u32, f64)) -> f64 {
        match self.fields.get(*field as usize) {
            Some((discounts, boost)) => discounts.at(doc) * count * boost,
            None => 0.0,
        }
    }
}

/// Return what a weighted frequency brings.
#[inline]
pub fn saturated(weighted: f64, factor: f64) -> f64 {
    weighted / (K1 + weighted) * factor
}

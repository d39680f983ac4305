//! The documents of a segment that hold any of the terms and may be among the first.
//!
//! Lists are added up from the rarest term on. Once what the others can still bring is less than what
//! so many documents have as are wanted, no new document can come among these (MAXSCORE): the
//! common terms, which have the most postings, are only looked up where it matters. These first
//! sums are in single precision; who may be among the first is summed up in the order of the plan.

use std::cell::Cell;

use crate::data::Read;
use crate::marked::Marked;
use crate::pool::{Asked, Candidate, Pool, TITLE};
use crate::scoring::{Reading, Weights, MAY, SURE};

/// What rounding in single precision, and another order, can take off or add.
const SLACK: f32 = 1e-3;
/// With more candidates than this for each that is wanted, another term is looked up to leave some out.
const CANDIDATES: usize = 2;
/// With no more documents than this for each that is wanted it is sooner to look at all of them.
const FEW: usize = 6;
/// A list that is longer than this part of the segment costs more than looking at all sums.
const LONG: usize = 8;
/// While the terms left can bring more than this part of all, it is too early to look.
const EARLY: f32 = 0.4;
/// Sums are passed over so many at a time.
const AT_ONCE: usize = 64;
/// Number of sums that are compared with one number before those that are not below it are taken.
const COMPARED: usize = 16;

thread_local! {
    /// Room for the sums of the next query of this thread.
    static SUMS: Cell<Vec<f32>> = const { Cell::new(Vec::new()) };
}

/// The sums of all documents of a segment, in single precision.
struct Sums {
    sums: Vec<f32>,
    /// The greatest of each row of sums when that was last looked at.
    greatest: Vec<f32>,
    wanted: usize,
    /// As many documents as are wanted have this at least.
    worst: f32,
    room: Vec<f32>,
}

impl Sums {
    fn of(size: usize, wanted: usize, worst: f32) -> Sums {
        let mut sums = SUMS.take();
        sums.clear();
        sums.resize(size, 0.0);
        Sums { sums, greatest: Vec::new(), wanted, worst, room: Vec::new() }
    }

    /// Look which sum is that of the last of those wanted.
    fn settle(&mut self) {
        self.greatest.clear();
        self.greatest.extend(self.sums.chunks(AT_ONCE).map(greatest_of));
        // The greatest sums of rows are of as many documents, which leaves few others to look at.
        self.room.clear();
        self.room.extend_from_slice(&self.greatest);
        self.take_worst();
        let docs = self.docs_from(self.worst.max(f32::MIN_POSITIVE));
        self.settle_among(&docs);
    }

    /// The same where all that may be wanted are some documents.
    fn settle_among(&mut self, docs: &[u16]) {
        self.room.clear();
        self.room.extend(docs.iter().map(|doc| self.sums[usize::from(*doc)]).filter(|sum| *sum >= self.worst));
        self.take_worst();
    }

    fn take_worst(&mut self) {
        if self.wanted > 0 && self.room.len() >= self.wanted {
            let (_, found, _) = self.room.select_nth_unstable_by(self.wanted - 1, |one, other| other.total_cmp(one));
            self.worst = self.worst.max(*found);
        }
    }

    /// Return the documents whose sums are not below one; nothing was added since it was settled.
    fn docs_from(&self, least: f32) -> Vec<u16> {
        let mut docs = Vec::new();
        let rows = self.sums.chunks(AT_ONCE).zip(&self.greatest).enumerate();
        for (row, (chunk, _)) in rows.filter(|(_, (_, greatest))| **greatest >= least) {
            for (number, some) in chunk.chunks(COMPARED).enumerate() {
                let mut found = match some.first_chunk() {
                    Some(all) => not_below(all, least),
                    None => some.iter().rev().fold(0, |found, sum| found << 1 | u16::from(*sum >= least)),
                };
                while found != 0 {
                    let at = found.trailing_zeros() as usize;
                    docs.push((row * AT_ONCE + number * COMPARED + at) as u16);
                    found &= found - 1;
                }
            }
        }
        docs
    }

    /// Return whether less than this is too little.
    fn is_too_little(&self, most: f32) -> bool {
        most * (1.0 + SLACK) < self.worst * (1.0 - SLACK)
    }
}

impl Drop for Sums {
    fn drop(&mut self) {
        SUMS.set(std::mem::take(&mut self.sums));
    }
}

/// Move those to the front that are kept, and return how many these are; nothing is decided for any.
fn keep(docs: &mut [u16], is_kept: impl Fn(u16) -> bool) -> usize {
    let mut kept = 0;
    for at in 0..docs.len() {
        let doc = docs[at];
        docs[kept] = doc;
        kept += usize::from(is_kept(doc));
    }
    kept
}

/// Return a bit for each number that is not below one.
fn not_below(numbers: &[f32; COMPARED], least: f32) -> u16 {
    (0..COMPARED).fold(0, |found, at| found | u16::from(numbers[at] >= least) << at)
}

/// Return the greatest of some numbers that are not negative.
fn greatest_of(row: &[f32]) -> f32 {
    let greater = |one: f32, other: f32| if one > other { one } else { other };
    // Four at a time, so that nothing is decided for any.
    let fours = row.chunks_exact(4);
    let rest = fours.remainder().iter().fold(0.0, |most, sum| greater(most, *sum));
    let each = fours.fold([0.0f32; 4], |most, four| std::array::from_fn(|at| greater(most[at], four[at])));
    each.into_iter().fold(rest, greater)
}

impl Reading<'_> {
    /// Give the pool all documents that may be among the first of those that hold any of the terms.
    ///
    /// Where the plan has leaves, so many as are asked for must stand. All text fields have a weight, so that
    /// whatever holds a term scores.
    pub fn each_of_any(&mut self, weights: &Weights, asked: &Asked<'_>, pool: &mut Pool) -> Read<()> {
        let (plan, place) = (self.plan, self.place);
        let (size, first) = (place.segment.get().size, place.first);
        let by_leaves = if plan.leaves.is_empty() { Vec::new() } else { self.known_by_leaves(asked.least)? };
        let open = by_leaves.iter().enumerate().filter(|(doc, one)| **one == MAY && asked.lets_through(first + doc));
        let open: Vec<u16> = open.map(|(doc, _)| doc as u16).collect();
        let is_few = !by_leaves.is_empty() && {
            let surely = by_leaves.iter().filter(|one| **one == SURE).count();
            surely < FEW * pool.wanted() || open.len() * LONG > size
        };
        if is_few {
            return self.each(weights, asked, pool);
        }
        let mut order: Vec<usize> = (0..plan.terms.len())
            .filter(|term| self.numbers[*term].is_some() && weights.factors[*term] > 0.0)
            .collect();
        order.sort_by(|one, other| weights.factors[*other].total_cmp(&weights.factors[*one]));
        // What the terms from each on can bring.
        let mut rest = vec![0.0f32; order.len() + 1];
        for (at, term) in order.iter().enumerate().rev() {
            rest[at] = rest[at + 1] + weights.factors[*term] as f32;
        }
        let is_passed =
            |doc: usize| by_leaves.get(doc).is_none_or(|one| *one == SURE) && asked.lets_through(first + doc);
        let all_pass = by_leaves.is_empty() && asked.passes.is_none();
        let fields = self.fields(weights);
        let worst = pool.threshold().max(0.0) as f32;
        let mut sums = Sums::of(size, pool.wanted(), worst);
        let mut next = 0;
        while let Some(term) = order.get(next).copied() {
            if rest[next] < EARLY * rest[0] && self.freq(term)? * LONG > size {
                sums.settle();
            }
            if sums.is_too_little(rest[next]) {
                break;
            }
            self.list(term)?;
            let Some(list) = &self.lists[term] else { continue };
            let scorer = self.scorer(&fields, weights, term);
            if all_pass {
                scorer.add_up(list, &mut sums.sums);
            } else {
                for (doc, code) in list.docs.iter().zip(&list.codes).filter(|(doc, _)| is_passed(usize::from(**doc))) {
                    sums.sums[usize::from(*doc)] += scorer.score(usize::from(*doc), *code) as f32;
                }
            }
            next += 1;
        }
        sums.settle();
        let is_possible = |sums: &Sums, sum: f32, next: usize| (sum > 0.0) & !sums.is_too_little(sum + rest[next]);
        let least = (sums.worst * (1.0 - SLACK) / (1.0 + SLACK) - rest[next]).max(f32::MIN_POSITIVE);
        let mut docs = sums.docs_from(least);
        while docs.len() > CANDIDATES * sums.wanted.max(16) {
            let Some(term) = order.get(next).copied() else { break };
            self.read_for(term, docs.len())?;
            let scorer = self.scorer(&fields, weights, term);
            self.probe(term, &self.marked(&docs), |at, code| {
                let doc = usize::from(docs[at]);
                sums.sums[doc] += scorer.score(doc, code) as f32;
            })?;
            next += 1;
            sums.settle_among(&docs);
            let kept = keep(&mut docs, |doc| is_possible(&sums, sums.sums[usize::from(doc)], next));
            docs.truncate(kept);
        }
        let titles = self.titles()?;
        docs.extend(titles.iter().filter(|doc| is_passed(usize::from(**doc))));
        // Other forms bring something beside the terms, also where none of these is.
        let with_forms = rest[next] + self.most_of_forms(weights) as f32;
        // What is found by other forms alone can have no more than these bring.
        let is_any = asked.known.is_some() || !plan.also.is_empty();
        let is_bare = |doc: &u16| sums.sums[usize::from(*doc)] == 0.0;
        let is_needed = asked.known.is_some() || !sums.is_too_little(with_forms) || titles.iter().any(is_bare);
        let mut known = if is_any && is_needed { self.known_or_also_found(asked)? } else { Vec::new() };
        let mut others = self.holding_forms()?;
        for way in plan.leaves.iter().flatten() {
            if way.pairs.iter().all(|pair| plan.terms[*pair].share == 0.0) {
                others.extend(self.holding_all(&way.pairs)?);
            }
        }
        let also = known.iter().enumerate().filter(|(_, one)| **one > 0).map(|(doc, _)| doc as u16);
        docs.extend(others.into_iter().chain(also).filter(|doc| {
            let doc = usize::from(*doc);
            is_passed(doc) && !sums.is_too_little(sums.sums[doc] + with_forms)
        }));
        docs.extend(open);
        docs.sort(); // they come in a few runs, which are merged
        docs.dedup();
        let marked = self.marked(&docs);
        let mut found = vec![(0.0f64, 0.0f64, false); docs.len()];
        for term in 0..plan.terms.len() {
            let held = weights.held[term];
            if self.numbers[term].is_none() || !(plan.terms[term].share > 0.0 || held > 0.0) {
                continue;
            }
            let scorer = self.scorer(&fields, weights, term);
            self.probe(term, &marked, |at, code| {
                let (sum, holds, is_held) = &mut found[at];
                *sum += scorer.score(usize::from(docs[at]), code);
                *holds += held;
                *is_held = true;
            })?;
        }
        self.each_form(&marked, weights, &fields, |at, value| found[at].0 += value)?;
        if !by_leaves.is_empty() {
            known = by_leaves;
            found.iter_mut().for_each(|(_, _, is_held)| *is_held = false);
        }
        for (doc, (total, held, is_held)) in docs.iter().zip(found) {
            let said = known.get(usize::from(*doc)).copied().unwrap_or(0);
            if is_held || said > 0 {
                let is_title = titles.binary_search(doc).is_ok();
                let (most, gains) = if is_title { (total + weights.title, TITLE) } else { (total, 0) };
                let sure = is_held || said == SURE;
                pool.take(Candidate { doc: first + usize::from(*doc), most, total, held, sure, gains });
            }
        }
        Ok(())
    }

    /// Return ascending documents of the segment that are looked up in the lists of all terms.
    pub fn marked<'b>(&self, docs: &'b [u16]) -> Marked<'b> {
        Marked::of(docs, self.place.segment.get().size, self.plan.terms.len())
    }

    /// Call for those of live documents that hold a term, with the place of each and the code.
    pub fn probe(&self, term: usize, docs: &Marked<'_>, mut found: impl FnMut(usize, u32)) -> Read<()> {
        let Some(number) = self.numbers[term] else { return Ok(()) };
        if let Some(list) = &self.lists[term] {
            if docs.docs == list.docs {
                list.codes.iter().enumerate().for_each(|(at, code)| found(at, *code));
            } else {
                docs.each_common(&list.docs, |at, posting| found(at, list.codes[posting]));
            }
            return Ok(());
        }
        self.place.segment.get().probe(self.plan.terms[term].is_pair, number, docs.docs, found)
    }

    /// Return the documents whose headlines have the checksum of the title, ascending.
    pub fn titles(&self) -> Read<Vec<u16>> {
        match &self.plan.title {
            Some(title) => self.place.segment.get().headed(title.check),
            None => Ok(Vec::new()),
        }
    }
}

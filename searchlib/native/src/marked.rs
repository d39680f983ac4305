//! Some documents of a segment, each found by its number: what of a list is among them takes no search.

use std::cell::OnceCell;

use crate::data::Read;

/// With fewer documents, or for fewer lists, it is sooner to look for each document in a list.
const FEW: usize = 8;
const FEW_LISTS: usize = 5;
/// The same of a list so many times as long.
const LONG: usize = 16;
/// The same of a list of fewer than this part of the segment, unless the others have asked for the places already.
const SHORT: usize = 512;

/// Documents of a list that are compared before those that were found are used.
const AT_ONCE: usize = 64;

/// Ascending documents of a segment.
pub struct Marked<'a> {
    pub docs: &'a [u16],
    size: usize,
    is_worth_it: bool,
    rows: OnceCell<Vec<Row>>,
}

/// A bit for each of sixty-four documents that is among them, and how many come before these.
type Row = (u64, u32);

impl<'a> Marked<'a> {
    /// Take documents of a segment of `size`, which are looked up in so many lists.
    pub fn of(docs: &'a [u16], size: usize, lists: usize) -> Marked<'a> {
        let is_worth_it = docs.len() >= FEW && (lists >= FEW_LISTS || docs.len() >= size / 64);
        Marked { docs, size, is_worth_it, rows: OnceCell::new() }
    }

    fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            let mut rows = vec![(0, 0); self.size.div_ceil(64)];
            for doc in self.docs {
                if let Some((bits, _)) = rows.get_mut(usize::from(doc >> 6)) {
                    *bits |= 1 << (doc & 63);
                }
            }
            let mut before = 0;
            for (bits, count) in &mut rows {
                *count = before;
                before += u64::count_ones(*bits);
            }
            rows
        })
    }

    /// Call with the places of what these documents and an ascending list have in common.
    #[inline]
    pub fn each_common(&self, others: &[u16], mut found: impl FnMut(usize, usize)) {
        let is_short = others.len() < self.size / SHORT && self.rows.get().is_none();
        if !self.is_worth_it || is_short || others.len() > LONG * self.docs.len() {
            return each_common(self.docs, others, found);
        }
        let rows = self.rows();
        let mut hits = [0u8; AT_ONCE];
        for (number, some) in others.chunks(AT_ONCE).enumerate() {
            let mut count = 0;
            for (place, doc) in some.iter().enumerate() {
                hits[count & (AT_ONCE - 1)] = place as u8;
                let (bits, _) = rows.get(usize::from(doc >> 6)).copied().unwrap_or_default();
                count += (bits >> (doc & 63) & 1) as usize;
            }
            for place in hits.iter().take(count).map(|place| usize::from(*place)) {
                let Some((bits, before)) = rows.get(usize::from(some[place] >> 6)) else { continue };
                let behind = bits & ((1 << (some[place] & 63)) - 1);
                found((before + behind.count_ones()) as usize, AT_ONCE * number + place);
            }
        }
    }
}

/// Call with the places of what two ascending lists have in common.
pub fn each_common(docs: &[u16], others: &[u16], mut found: impl FnMut(usize, usize)) {
    let mut place = 0;
    if others.len() < docs.len() {
        for (at, doc) in others.iter().enumerate() {
            place = first_from(docs, place, *doc);
            if docs.get(place) == Some(doc) {
                found(place, at);
            }
        }
        return;
    }
    for (at, doc) in docs.iter().enumerate() {
        place = first_from(others, place, *doc);
        if others.get(place) == Some(doc) {
            found(at, place);
        }
    }
}

/// Call with the places of what two ascending lists of documents below `size` have in common, in few decisions.
///
/// Where one list is so much longer that most of it would be passed over `each_common` is sooner done.
pub fn each_of_both(
    docs: &[u16],
    others: &[u16],
    size: usize,
    mut found: impl FnMut(usize, usize) -> Read<()>,
) -> Read<()> {
    let mut rows = vec![0u64; size.div_ceil(64).max(1)];
    for doc in docs {
        if let Some(row) = rows.get_mut(usize::from(doc >> 6)) {
            *row |= 1 << (doc & 63);
        }
    }
    let mut at = 0;
    let mut hits = [0u8; AT_ONCE];
    for (number, some) in others.chunks(AT_ONCE).enumerate() {
        let mut count = 0;
        for (place, doc) in some.iter().enumerate() {
            hits[count & (AT_ONCE - 1)] = place as u8;
            let row = rows.get(usize::from(doc >> 6)).copied().unwrap_or(0);
            count += (row >> (doc & 63) & 1) as usize;
        }
        for place in hits.iter().take(count).map(|place| usize::from(*place)) {
            at = first_from(docs, at, some[place]);
            found(at, AT_ONCE * number + place)?;
        }
    }
    Ok(())
}

/// Return the first place from one on whose document is not below another: a gallop, then a bisection.
#[inline]
fn first_from(docs: &[u16], from: usize, doc: u16) -> usize {
    let mut low = from;
    let mut step = 1;
    while docs.get(low + step - 1).is_some_and(|other| *other < doc) {
        low += step;
        step *= 2;
    }
    let high = (low + step - 1).min(docs.len());
    if high <= low {
        return low;
    }
    low + docs[low..high].partition_point(|other| *other < doc)
}

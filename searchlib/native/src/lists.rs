//! Ascending lists of documents: `codec/lists.py` has the layouts, of which size and bound choose one.

use crate::data::{Fault, Read, Section};

/// Documents of a segment are below this.
pub const MAX_UNIVERSE: usize = 1 << 16;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Split(u32),
    Bitmap,
}

/// Return how many bytes a list takes, and its layout.
pub fn layout(size: usize, universe: usize) -> (usize, Kind) {
    let split = |low: u32| {
        let low_bytes = if low == 8 { size } else { size.div_ceil(2) };
        low_bytes + (size + (universe.saturating_sub(1) >> low)).div_ceil(8)
    };
    let (four, eight, bitmap) = (split(4), split(8), universe.div_ceil(8));
    // Of equal sizes the one with fewer low bits comes first, a bitmap before all.
    let mut best = (bitmap, Kind::Bitmap);
    if four < best.0 {
        best = (four, Kind::Split(4));
    }
    if eight < best.0 {
        best = (eight, Kind::Split(8));
    }
    if 2 * size * 5 <= best.0 * 7 {
        return (2 * size, Kind::Plain);
    }
    best
}

/// Append the documents of the list that begins at a byte; they ascend and are below `limit`.
pub fn decode(data: &Section, start: usize, size: usize, universe: usize, limit: usize, into: &mut Vec<u16>) -> Read<()> {
    let (total, kind) = layout(size, universe);
    let bytes = data.part(start, total)?;
    let first = into.len();
    match kind {
        Kind::Plain => into.extend(bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]))),
        Kind::Bitmap => {
            into.resize(first + size, 0);
            let found = &mut into[first..];
            let mut count = 0;
            each_bit(bytes, |bit, rank| {
                if let Some(slot) = found.get_mut(rank) {
                    *slot = bit as u16;
                }
                count = rank + 1;
            });
            if count != size {
                into.truncate(first);
            }
        }
        Kind::Split(low) => {
            let (lows, highs) = bytes.split_at(if low == 8 { size } else { size.div_ceil(2) });
            into.resize(first + size, 0);
            let found = &mut into[first..];
            let mut count = 0;
            each_bit(highs, |bit, rank| {
                if let Some(slot) = found.get_mut(rank) {
                    *slot = (bit.wrapping_sub(rank) << low) as u16;
                }
                count = rank + 1;
            });
            // The low bits by themselves, many at a time.
            if low == 8 {
                found.iter_mut().zip(lows).for_each(|(doc, low)| *doc |= u16::from(*low));
            } else {
                let mut pairs = found.chunks_exact_mut(2);
                for (both, pair) in (&mut pairs).zip(lows) {
                    both[0] |= u16::from(pair & 15);
                    both[1] |= u16::from(pair >> 4);
                }
                let last = lows.last().map_or(0, |pair| u16::from(pair & 15));
                pairs.into_remainder().iter_mut().for_each(|doc| *doc |= last);
            }
            if count != size {
                into.truncate(first);
            }
        }
    }
    let found = &into[first..];
    // All are compared, so that nothing is decided for each.
    let next = found.iter().skip(1);
    if found.len() != size || !found.iter().zip(next).fold(true, |ascends, (one, next)| ascends & (one < next)) {
        return Err(Fault::Damaged("a list of documents does not ascend"));
    }
    if found.last().is_some_and(|last| usize::from(*last) >= limit) {
        return Err(Fault::Damaged("a list has a document that is not there"));
    }
    Ok(())
}

/// Call with the place of each set bit, and how many are before it.
#[inline]
fn each_bit(bytes: &[u8], mut found: impl FnMut(usize, usize)) {
    let mut rank = 0;
    let mut base = 0;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = u64::from_le_bytes(chunk.try_into().unwrap_or([0; 8]));
        while word != 0 {
            found(base + word.trailing_zeros() as usize, rank);
            rank += 1;
            word &= word - 1;
        }
        base += 64;
    }
    for byte in chunks.remainder() {
        let mut bits = *byte;
        while bits != 0 {
            found(base + bits.trailing_zeros() as usize, rank);
            rank += 1;
            bits &= bits - 1;
        }
        base += 8;
    }
}

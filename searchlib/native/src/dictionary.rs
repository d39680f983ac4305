//! jieba's cut on the dictionary's file, to the last bit: `analysis/dictionary.py` has the layout.

use std::sync::Arc;

use pyo3::prelude::*;

use crate::data::{Fault, Map, Numbers, Read, Section};

const HEAD: usize = 64;
const FIRST_HAN: u64 = 0x4E00;
const HAN: usize = 0x5200;

pub struct Dictionary {
    firsts: Section,
    frequencies: Section,
    chars: Numbers,
    /// Of each common Han the node of the words that begin with it, 0 for none.
    roots: Vec<u32>,
    log_total: f64,
}

impl Dictionary {
    /// Take the file, which Python has verified, with its number of nodes and the logarithm of its sum.
    pub fn of(file: &Bound<'_, PyAny>, nodes: usize, log_total: f64) -> Read<Dictionary> {
        let map: Arc<Map> = Map::of(file)?;
        let firsts = Section::of(&map, HEAD, 4 * (nodes + 1))?;
        let frequencies = Section::of(&map, HEAD + 4 * (nodes + 1), 4 * nodes)?;
        let chars = Numbers::of(Section::of(&map, HEAD + 4 * (2 * nodes + 1), 2 * nodes)?, 2)?;
        let mut roots = vec![0; HAN];
        for node in firsts.u32s().at(0)? as usize..firsts.u32s().at(1)? as usize {
            let code = chars.at(node)?.checked_sub(FIRST_HAN);
            if let Some(slot) = code.and_then(|code| roots.get_mut(code as usize)) {
                *slot = node as u32;
            }
        }
        Ok(Dictionary { firsts, frequencies, chars, roots, log_total })
    }

    /// Return the node of a character that goes on from one, 0 for none.
    fn next(&self, node: usize, char: char) -> Read<usize> {
        let code = u64::from(char as u32);
        if node == 0 {
            let root = code.checked_sub(FIRST_HAN).and_then(|code| self.roots.get(code as usize));
            return Ok(root.map_or(0, |root| *root as usize));
        }
        let firsts = self.firsts.u32s();
        let last = firsts.at(node + 1)? as usize;
        let found = self.chars.bisect_left(code, firsts.at(node)? as usize, last)?;
        Ok(if found < last && self.chars.at(found)? == code { found } else { 0 })
    }

    /// Return where each word of a run of Han ends, along its most probable path.
    pub fn cut(&self, run: &[char]) -> Read<Vec<usize>> {
        let frequencies = self.frequencies.u32s();
        let count = run.len();
        let mut values = vec![0.0f64; count + 1];
        let mut ends: Vec<usize> = (1..=count).collect();
        for start in (0..count).rev() {
            let mut best: Option<f64> = None;
            let mut node = 0;
            for (place, char) in run.iter().enumerate().skip(start) {
                node = self.next(node, *char)?;
                if node == 0 {
                    break;
                }
                let frequency = frequencies.at(node)?;
                if frequency > 0 {
                    let value = f64::from(frequency).ln() - self.log_total + values[place + 1];
                    if best.is_none_or(|best| value >= best) {
                        best = Some(value);
                        ends[start] = place + 1;
                    }
                }
            }
            values[start] = best.unwrap_or(-self.log_total + values[start + 1]);
        }
        let mut found = Vec::with_capacity(count);
        let mut start = 0;
        while start < count {
            start = *ends.get(start).ok_or(Fault::Damaged("a cut does not go on"))?;
            found.push(start);
        }
        Ok(found)
    }
}

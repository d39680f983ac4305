//! jieba's cut of much text: the dictionary's file with its first level spread out and its logarithms taken.
//!
//! The words are those of `dictionary`, to the last tie; a word is told by its node, so that no text is made of it.

use crate::data::{part, Read};

const HEAD: usize = 64;
const FIRST_HAN: u32 = 0x4E00;
const LAST_HAN: u32 = 0x9FD5;

/// A word: a node of the dictionary, or a character that it does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    Node(u32),
    Char(u32),
}

pub struct Cutter {
    firsts: Vec<u32>,
    chars: Vec<u16>,
    parents: Vec<u32>,
    /// Logarithm of the share of each node's frequency; NaN for a mere beginning.
    weights: Vec<f64>,
    roots: Vec<u32>,
    log_total: f64,
}

/// What a cut needs beside the dictionary, kept for the next one.
#[derive(Default)]
pub struct Route {
    values: Vec<f64>,
    steps: Vec<(u32, u32)>,
}

impl Cutter {
    /// Take the dictionary's file, which Python has verified, with its number of nodes and the logarithm of its sum.
    pub fn of(file: &[u8], nodes: usize, log_total: f64) -> Read<Cutter> {
        let u32s = |bytes: &[u8]| -> Vec<u32> {
            bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
        };
        let firsts = u32s(part(file, HEAD, 4 * (nodes + 1))?);
        let frequencies = u32s(part(file, HEAD + 4 * (nodes + 1), 4 * nodes)?);
        let chars: Vec<u16> = part(file, HEAD + 4 * (2 * nodes + 1), 2 * nodes)?
            .chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
            .collect();
        let weights = frequencies
            .iter()
            .map(|frequency| if *frequency > 0 { f64::from(*frequency).ln() - log_total } else { f64::NAN })
            .collect();
        let mut parents = vec![0u32; nodes];
        let mut roots = vec![0u32; (LAST_HAN - FIRST_HAN + 1) as usize];
        for node in 0..nodes {
            let children = firsts[node] as usize..(firsts[node + 1] as usize).min(nodes);
            for child in children {
                parents[child] = node as u32;
                let place = u32::from(chars[child]).checked_sub(FIRST_HAN).map(|place| place as usize);
                if let Some(slot) = place.filter(|_| node == 0).and_then(|place| roots.get_mut(place)) {
                    *slot = child as u32;
                }
            }
        }
        Ok(Cutter { firsts, chars, parents, weights, roots, log_total })
    }

    pub fn nodes(&self) -> usize {
        self.chars.len()
    }

    /// Return the text of a node.
    pub fn text(&self, node: u32) -> String {
        let mut codes = Vec::new();
        let mut node = node as usize;
        while node > 0 && codes.len() < self.chars.len() {
            codes.push(self.chars[node]);
            node = self.parents[node] as usize;
        }
        codes.reverse();
        String::from_utf16_lossy(&codes)
    }

    fn root(&self, code: u32) -> u32 {
        let place = code.checked_sub(FIRST_HAN).map_or(usize::MAX, |place| place as usize);
        self.roots.get(place).copied().unwrap_or(0)
    }

    fn child(&self, node: u32, code: u32) -> u32 {
        let node = node as usize;
        let (first, end) = (self.firsts[node] as usize, self.firsts[node + 1] as usize);
        let Some(children) = self.chars.get(first..end) else { return 0 };
        let Ok(code) = u16::try_from(code) else { return 0 };
        children.binary_search(&code).map_or(0, |place| (first + place) as u32)
    }

    /// Cut a run of Han (一 to 鿕) along its most probable path; of equal ones the longer word first.
    pub fn cut(&self, run: &[u32], route: &mut Route, mut found: impl FnMut(Word)) {
        let count = run.len();
        route.values.resize(count + 1, 0.0);
        route.steps.resize(count, (0, 0));
        route.values[count] = 0.0;
        for start in (0..count).rev() {
            let mut node = self.root(run[start]);
            // A character that no word begins with goes by itself, as does one that is no word.
            let mut step = (1, node);
            let mut best: Option<f64> = None;
            let mut place = start;
            while node != 0 {
                let weight = self.weights[node as usize];
                place += 1;
                if !weight.is_nan() {
                    let value = weight + route.values[place];
                    if best.is_none_or(|best| value >= best) {
                        best = Some(value);
                        step = ((place - start) as u32, node);
                    }
                }
                if place == count {
                    break;
                }
                node = self.child(node, run[place]);
            }
            route.steps[start] = step;
            route.values[start] = best.unwrap_or(-self.log_total + route.values[start + 1]);
        }
        let mut start = 0;
        while start < count {
            let (length, node) = route.steps[start];
            found(if node > 0 { Word::Node(node) } else { Word::Char(run[start]) });
            start += length as usize;
        }
    }
}

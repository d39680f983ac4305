//! jieba's cut of much text: the dictionary's file with its first level spread out and its logarithms taken.
//!
//! The words are those of `dictionary`, to the last tie; a word is told by its node, so that no text is made of it.

use crate::data::{part, Fault, Read};

const HEAD: usize = 64;
const FIRST_HAN: u32 = 0x4E00;
const LAST_HAN: u32 = 0x9FD5;

/// A word: a node of the dictionary, or a character that it does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    Node(u32),
    Char(u32),
}

/// Children from this many on are bisected before they are compared one by one.
const FEW: usize = 32;

/// Of a node's mark: whether it has children; the rest is the place of its weight, 0 for a mere beginning.
const HAS_CHILDREN: u16 = 1 << 15;

pub struct Cutter {
    /// Two bytes of each node are all that most are looked at for: they are mostly far away.
    marks: Vec<u16>,
    firsts: Vec<u32>,
    chars: Vec<u16>,
    parents: Vec<u32>,
    roots: Vec<u32>,
    /// The logarithms of the shares that words have of all frequencies, each once.
    weights: Vec<f64>,
    log_total: f64,
}

/// What a cut needs beside the dictionary, kept for the next one.
#[derive(Default)]
pub struct Route {
    values: Vec<f64>,
    steps: Vec<(u32, u32)>,
}

const TOO_MANY: Fault = Fault::Damaged("the dictionary has more different frequencies than are numbered here");

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
        let mut distinct = frequencies.clone();
        distinct.push(0);
        distinct.sort_unstable();
        distinct.dedup();
        let weights = distinct.iter().map(|frequency| f64::from(*frequency).ln() - log_total).collect();
        if distinct.len() > usize::from(HAS_CHILDREN) {
            return Err(TOO_MANY);
        }
        let mark = |(frequency, ends): (&u32, &[u32])| {
            let weight = distinct.partition_point(|one| one < frequency) as u16;
            weight | if ends[1] > ends[0] { HAS_CHILDREN } else { 0 }
        };
        let marks = frequencies.iter().zip(firsts.windows(2)).map(mark).collect();
        let mut parents = vec![0u32; nodes];
        let mut roots = vec![0u32; (LAST_HAN - FIRST_HAN + 1) as usize];
        for (number, ends) in firsts.windows(2).enumerate() {
            for child in ends[0] as usize..(ends[1] as usize).min(nodes) {
                parents[child] = number as u32;
                let place = u32::from(chars[child]).checked_sub(FIRST_HAN).map(|place| place as usize);
                if let Some(slot) = place.filter(|_| number == 0).and_then(|place| roots.get_mut(place)) {
                    *slot = child as u32;
                }
            }
        }
        Ok(Cutter { marks, firsts, chars, parents, roots, weights, log_total })
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
        let Ok(code) = u16::try_from(code) else { return 0 };
        let mut first = self.firsts[node as usize] as usize;
        let Some(mut children) = self.chars.get(first..self.firsts[node as usize + 1] as usize) else { return 0 };
        while children.len() > FEW {
            let (low, high) = children.split_at(children.len() / 2);
            if high[0] <= code {
                first += low.len();
                children = high;
            } else {
                children = low;
            }
        }
        // All are compared: that takes a few vector instructions and no branch.
        let place = children.iter().fold(0u16, |count, char| count.wrapping_add(u16::from(*char < code)));
        let place = usize::from(place);
        if children.get(place) == Some(&code) { (first + place) as u32 } else { 0 }
    }

    /// Return the node of the words that begin with two characters, 0 for none.
    pub fn node_of_pair(&self, first: u32, second: u32) -> u32 {
        match self.root(first) {
            0 => 0,
            root => self.child(root, second),
        }
    }

    /// Cut a run of Han (一 to 鿕) along its most probable path; of equal ones the longer word first.
    ///
    /// Each two characters in a row are looked up for their pair anyway: `pairs` has the node of each.
    pub fn cut(&self, run: &[u32], pairs: &[u32], route: &mut Route, mut found: impl FnMut(Word)) {
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
                let mark = self.marks[node as usize];
                let weight = usize::from(mark & !HAS_CHILDREN);
                place += 1;
                if weight > 0 {
                    let value = self.weights[weight] + route.values[place];
                    if best.is_none_or(|best| value >= best) {
                        best = Some(value);
                        step = ((place - start) as u32, node);
                    }
                }
                if place == count || mark & HAS_CHILDREN == 0 {
                    break;
                }
                node = if place == start + 1 { pairs[start] } else { self.child(node, run[place]) };
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

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

/// What a node is looked at for, in as little memory as can be: the next one is mostly far away.
struct Node {
    first: u32,
    children: u16,
    /// The place of its weight; `NO_WORD` for a mere beginning.
    weight: u16,
}

const NO_WORD: u16 = 0;

pub struct Cutter {
    nodes: Vec<Node>,
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

impl Node {
    fn children(&self) -> std::ops::Range<usize> {
        self.first as usize..self.first as usize + usize::from(self.children)
    }
}

const TOO_LARGE: Fault = Fault::Damaged("the dictionary has more words than can be numbered here");

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
        let mut nodes: Vec<Node> = Vec::with_capacity(nodes);
        for (frequency, ends) in frequencies.iter().zip(firsts.windows(2)) {
            let children = ends[1].checked_sub(ends[0]).and_then(|count| u16::try_from(count).ok());
            let weight = u16::try_from(distinct.partition_point(|one| one < frequency)).ok();
            let (Some(children), Some(weight)) = (children, weight) else { return Err(TOO_LARGE) };
            nodes.push(Node { first: ends[0], children, weight });
        }
        let mut parents = vec![0u32; nodes.len()];
        let mut roots = vec![0u32; (LAST_HAN - FIRST_HAN + 1) as usize];
        for (number, node) in nodes.iter().enumerate() {
            for child in node.children().start..node.children().end.min(nodes.len()) {
                parents[child] = number as u32;
                let place = u32::from(chars[child]).checked_sub(FIRST_HAN).map(|place| place as usize);
                if let Some(slot) = place.filter(|_| number == 0).and_then(|place| roots.get_mut(place)) {
                    *slot = child as u32;
                }
            }
        }
        Ok(Cutter { nodes, chars, parents, roots, weights, log_total })
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

    fn child(&self, node: &Node, code: u32) -> u32 {
        let Ok(code) = u16::try_from(code) else { return 0 };
        let Some(mut children) = self.chars.get(node.children()) else { return 0 };
        let mut first = node.first as usize;
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
        let place = children.iter().filter(|char| **char < code).count();
        if children.get(place) == Some(&code) { (first + place) as u32 } else { 0 }
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
                let about = &self.nodes[node as usize];
                place += 1;
                if about.weight != NO_WORD {
                    let value = self.weights[usize::from(about.weight)] + route.values[place];
                    if best.is_none_or(|best| value >= best) {
                        best = Some(value);
                        step = ((place - start) as u32, node);
                    }
                }
                if place == count {
                    break;
                }
                node = self.child(about, run[place]);
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

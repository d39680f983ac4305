//! What is asked: Python reads the query, and puts what its tree means into plain numbers and texts.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A word or a pair of characters.
pub struct Term {
    pub chars: Vec<char>,
    pub is_pair: bool,
    /// What it counts beside its idf; 0 for one that only finds.
    pub share: f64,
    /// The pair without which it does not stand in a text; None where there is none among the terms.
    pub first: Option<usize>,
    /// Whether it counts in a passage.
    pub in_passages: bool,
}

/// Whether a document that has all pairs of a phrase surely has the phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    Always,
    /// Where it has this word.
    Word(usize),
    /// Its texts must be read.
    Never,
}

/// A phrase of Han.
pub struct Way {
    pub pairs: Vec<usize>,
    pub sure: Sure,
    pub chars: Vec<u32>,
}

/// A run of several words, and what it brings to be in one piece.
pub struct Run {
    pub pairs: Vec<usize>,
    pub chars: Vec<u32>,
    pub own: Vec<usize>,
}

/// Another form of something: what all of it stands for, and terms that it has and terms that it stands in for.
pub struct Form {
    pub terms: Vec<usize>,
    pub literal: Vec<usize>,
}

pub struct Title {
    pub check: u32,
    pub bare: Vec<u32>,
}

/// A query for one index: see `embedded/search/plans.py`.
#[pyclass(frozen, module = "searchlib.native._kernel")]
#[derive(Default)]
pub struct Plan {
    pub terms: Vec<Term>,
    /// What must be in a document, each in one of some ways.
    pub leaves: Vec<Vec<Way>>,
    /// Whether a document with any of the terms will do; there are no leaves then.
    pub any: bool,
    /// Whether Python knows what may match; there are no leaves then.
    pub given: bool,
    /// By any of these too a document is found that has none of the terms: other forms of parts of a text.
    pub also: Vec<Way>,
    /// Of each phrase that has other forms these: a document counts the one that brings most.
    pub groups: Vec<Vec<Form>>,
    pub runs: Vec<Run>,
    pub title: Option<Title>,
    /// The weight of each text field, in the order of the snapshot's.
    pub boosts: Vec<f64>,
    pub passages: bool,
    pub written: Vec<(u32, u8, Vec<u32>)>,
}

impl Plan {
    /// Return what asks for some words or pairs alone.
    pub fn of_terms(texts: &[String], is_pair: bool) -> Plan {
        let term = |text: &String| {
            let chars = text.chars().collect();
            Term { chars, is_pair, share: 0.0, first: None, in_passages: false }
        };
        Plan { terms: texts.iter().map(term).collect(), ..Plan::default() }
    }

    /// Return what must stand, each phrase once, in the order of the query; None where one has other forms.
    pub fn phrases(&self) -> Option<Vec<Vec<u32>>> {
        let mut found: Vec<Vec<u32>> = Vec::new();
        for ways in &self.leaves {
            let [way] = ways.as_slice() else { return None };
            if !found.contains(&way.chars) {
                found.push(way.chars.clone());
            }
        }
        Some(found)
    }

    /// Return the texts of the terms with what words and pairs of the same text weigh together.
    pub fn weighed(&self, factors: &[f64]) -> Vec<(Vec<u32>, f64)> {
        let mut found: Vec<(Vec<u32>, f64)> = Vec::new();
        for (term, factor) in self.terms.iter().zip(factors).filter(|(_, factor)| **factor != 0.0) {
            let text: Vec<u32> = term.chars.iter().map(|char| u32::from(*char)).collect();
            match found.iter_mut().find(|(other, _)| *other == text) {
                Some((_, weight)) => *weight += factor,
                None => found.push((text, *factor)),
            }
        }
        found
    }
}

type GivenTerm = (String, bool, f64, i64, bool);
type GivenWay = (Vec<usize>, i64, String);
type GivenForm = (Vec<usize>, Vec<usize>);
type GivenRun = (Vec<usize>, String, Vec<usize>);

fn codes(text: &str) -> Vec<u32> {
    text.chars().map(u32::from).collect()
}

#[pymethods]
impl Plan {
    #[new]
    #[allow(clippy::too_many_arguments)]
    fn new(
        terms: Vec<GivenTerm>,
        leaves: Vec<Vec<GivenWay>>,
        any_term: bool,
        given: bool,
        groups: Vec<Vec<GivenForm>>,
        runs: Vec<GivenRun>,
        title: Option<(u32, String)>,
        boosts: Vec<f64>,
        passages: bool,
        written: Vec<(u32, u8, Vec<u32>)>,
    ) -> PyResult<Plan> {
        let count = terms.len();
        if boosts.iter().any(|boost| !boost.is_finite() || *boost < 0.0) {
            return Err(PyValueError::new_err("a weight is no number from 0 on"));
        }
        let of_pairs = leaves.iter().flatten().flat_map(|(pairs, ..)| pairs);
        let of_runs = runs.iter().flat_map(|(pairs, _, own)| pairs.iter().chain(own));
        let of_words = leaves.iter().flatten().filter(|(_, sure, _)| *sure >= count as i64).count();
        let of_forms = groups.iter().flatten().flat_map(|(terms, literal)| terms.iter().chain(literal));
        if of_pairs.chain(of_runs).chain(of_forms).any(|number| *number >= count) || of_words > 0 {
            return Err(PyValueError::new_err("a plan names a term that it does not have"));
        }
        let way = |(pairs, sure, text): GivenWay| Way {
            pairs,
            sure: usize::try_from(sure).map_or(Sure::Always, Sure::Word),
            chars: codes(&text),
        };
        Ok(Plan {
            terms: terms
                .into_iter()
                .map(|(text, is_pair, share, first, in_passages)| Term {
                    chars: text.chars().collect(),
                    is_pair,
                    share,
                    first: usize::try_from(first).ok().filter(|first| *first < count),
                    in_passages,
                })
                .collect(),
            leaves: leaves.into_iter().map(|ways| ways.into_iter().map(way).collect()).collect(),
            any: any_term,
            given,
            also: Vec::new(),
            groups: groups
                .into_iter()
                .map(|forms| forms.into_iter().map(|(terms, literal)| Form { terms, literal }).collect())
                .collect(),
            runs: runs
                .into_iter()
                .map(|(pairs, text, own)| Run { pairs, chars: codes(&text), own })
                .collect(),
            title: title.map(|(check, bare)| Title { check, bare: codes(&bare) }),
            boosts,
            passages,
            written,
        })
    }
}

//! What other forms of a phrase bring: `scoring/synthetic_terms.py` says what is counted together, and how.

use crate::data::Read;
use crate::marked::Marked;
use crate::plan::Form;
use crate::scoring::{saturated, Fields, Reading, Weights};

/// What another form of a phrase counts, beside 1 for the form that was asked for.
const EQUIVALENT_SHARE: f64 = 0.8;

impl Form {
    /// Return the most that it brings.
    fn most(&self, weights: &Weights) -> f64 {
        EQUIVALENT_SHARE * self.literal.iter().map(|term| weights.factors[*term]).sum::<f64>()
    }
}

impl<'a> Reading<'a> {
    /// Return the most that all groups of forms can bring together.
    pub fn most_of_forms(&self, weights: &Weights) -> f64 {
        let most = |forms: &Vec<Form>| forms.iter().map(|form| form.most(weights)).fold(0.0, f64::max);
        self.plan.groups.iter().map(most).sum()
    }

    /// Return the documents that hold all terms of any form, ascending.
    pub fn holding_forms(&mut self) -> Read<Vec<u16>> {
        let plan = self.plan;
        let mut docs = Vec::new();
        for form in plan.groups.iter().flatten() {
            docs.extend(self.holding_all(&form.terms)?);
        }
        docs.sort_unstable();
        docs.dedup();
        Ok(docs)
    }

    /// Call for each group and each of ascending documents to which it brings something.
    pub fn each_form(
        &self,
        marked: &Marked<'_>,
        weights: &Weights,
        fields: &Fields<'a>,
        mut found: impl FnMut(usize, f64),
    ) -> Read<()> {
        let docs = marked.docs;
        for forms in &self.plan.groups {
            let mut best = vec![0.0f64; docs.len()];
            for form in forms {
                let mut held = vec![(0usize, f64::INFINITY, 0.0f64); docs.len()];
                for term in &form.terms {
                    let scorer = self.scorer(fields, weights, *term);
                    self.probe(*term, marked, |at, code| {
                        let (count, least, _) = &mut held[at];
                        *count += 1;
                        *least = least.min(scorer.weighted(usize::from(docs[at]), code));
                    })?;
                }
                for term in &form.literal {
                    let scorer = self.scorer(fields, weights, *term);
                    self.probe(*term, marked, |at, code| {
                        let weighted = scorer.weighted(usize::from(docs[at]), code);
                        held[at].2 += saturated(weighted, scorer.factor);
                    })?;
                }
                let most = form.most(weights);
                for (best, (count, least, off)) in best.iter_mut().zip(held) {
                    if count == form.terms.len() {
                        *best = best.max(saturated(least, most) - off);
                    }
                }
            }
            for (at, value) in best.into_iter().enumerate().filter(|(_, value)| *value > 0.0) {
                found(at, value);
            }
        }
        Ok(())
    }
}

//! What a frequency counts in a field of some length: `scoring/bm25f.py` has the formula.

/// How much a long field is discounted.
const B: f64 = 0.75;
/// How slowly repetitions saturate.
pub const K1: f64 = 1.2;

/// Return what one occurrence counts in a field of a length.
pub fn discount(length: f64, mean: f64) -> f64 {
    // The steps and their order are those of `bm25f.length_discount`.
    let relative = length.max(1.0) / mean;
    1.0 / ((1.0 - B) + B * relative)
}

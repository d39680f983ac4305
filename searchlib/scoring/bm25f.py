"""
BM25F: how well an article answers, from how often and where it holds the query's terms.

The frequencies of a term in all fields are weighted and added before they
saturate (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple
weighted fields", CIKM 2004), so a word in the headline with weight 4 counts as
four in a body of mean length, and many words never outweigh many terms:

    tf~(d)    = sum over fields f of  weight_f * tf_f(d) / (1 - b + b * length_f(d) / mean_length_f)
    score(d)  = sum over terms t of   share_t * idf_t * tf~(d) / (k1 + tf~(d))

The terms are the query's words and its pairs of neighbouring characters. A
term's share is that of its unit, less for a light word (`stopwords`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from searchlib.arrays import F64, AnyArray, np
from searchlib.scoring.terms import Unit

K1 = 1.2
"""How slowly repetitions saturate; the usual value."""

B = 0.75
"""How much the frequencies of a long field are discounted, 0 to 1; the usual value, in every field."""

SHARES: Mapping[Unit, float] = {"word": 1.25, "pair": 0.75}
"""
What a word and a pair of characters count: two together for a word of two characters.

From 5 : 2.5 to 5 : 3.5 nothing measured moves by more than 0.001; equal shares
cost 0.002 on questions, words alone 0.03 on headlines.
"""

EQUIVALENT_SHARE = 0.8
"""What another form of a phrase counts, beside 1 for the form that was asked for."""


def length_discount(lengths: AnyArray, mean_length: float, share: float = B) -> F64:
    """
    Return what the frequencies in a field of some lengths are multiplied by, one entry a length.

    Args:
        lengths: Words in the field, 0 or more; an empty field counts as one word.
        mean_length: Of the articles that have the field, in words, greater than 0.
        share: How much of the length counts, 0 to 1.

    Source:
        The denominator of tf~ in the module's formula.
    """
    relative = np.maximum(lengths, 1) / mean_length
    discount: F64 = 1 / (1 - share + share * relative)
    return discount


def idf(doc_freq: int, doc_count: int) -> float:
    """
    Weigh how rare a term is.

    The one inside the logarithm keeps the weight above zero even for a
    term found in every article, so a common word never pushes a hit down.

    Args:
        doc_freq: Articles holding the term in any field, 0 to *doc_count*.
        doc_count: Articles in the index, at least 1.

    Returns:
        Weight in nats, greater than 0.

    Raises:
        ValueError: A count is out of range; the message shows both.

    Source:
        Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020, Lucene variant.

    >>> round(idf(1, 2), 4)  # ln 2
    0.6931
    """
    if not 0 <= doc_freq <= doc_count or doc_count < 1:
        raise ValueError(f"doc_freq={doc_freq} is not within 0 and doc_count={doc_count}")
    return math.log(1 + (doc_count - doc_freq + 0.5) / (doc_freq + 0.5))


def saturate(weighted_tf: Any, factors: Any) -> Any:
    """Return the score of a term from its tf~ and its factor, share × idf: floats, or arrays of them."""
    return weighted_tf / (K1 + weighted_tf) * factors

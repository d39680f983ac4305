"""
How an article is laid down in a cluster's index: its mapping, and the document of an article.

    doc         the article's line of JSON, as the embedded engine keeps it: the only thing in `_source`
    u_all       all texts as units with positions (`stream`), the body last: where a phrase is looked for
    u_FIELD     the same of one field but the body
    w_FIELD     its words, g_FIELD its pairs of characters: frequencies, for ranking
    w_rest …    those of all fields but headline and body together
    n_FIELD     its length in words
    c_all       how often a word is in the article beyond once, a token for each bit of that number
    values      its stored values as `key=value`: filters and facets; keys: the keys that it has
    traits      what of its texts only reading them can tell apart; bare: hashes of its bare headlines
    date        YYYYMMDD where it is known in full; order: articles in the order in which they came
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from operator import add
from typing import Any, NamedTuple

from searchlib.analysis import BORDER, Analyzer, border_text, clean_text, rows_of_units, simplify
from searchlib.analysis.grams import join_pair
from searchlib.dates import number_of
from searchlib.model import TEXT_FIELDS, Article
from searchlib.opensearch.stream import BODY, HAN_ROW, texts_tokens, token_of, tokens_of
from searchlib.stored_values import full_date, stored_values

FORMAT = 1
"""The version of what is written; another number is another format."""

META = "searchlib"
"""The key in the mapping's `_meta` under which the index says of itself what `describe` returns."""

UNITS, WORDS, PAIRS, LENGTH, COUNTS = "u_", "w_", "g_", "n_", "c_"
ALL, REST = "all", "rest"
HEADLINE, BODY_FIELD = "headline", "body"
RANKED = (HEADLINE, BODY_FIELD, REST)
"""What the words and pairs of all fields are in."""

ID, DATE, ORDER, FILE, DIGEST = "id", "date", "order", "file", "digest"
VALUES, KEYS, TRAITS, BARE, DOC = "values", "keys", "traits", "bare", "doc"

Json = dict[str, Any]


class Layout:
    """The names of an index's fields; those of its own are numbered, because a key may have any name."""

    def __init__(self, own: Mapping[str, float]) -> None:
        self.own = dict(own)
        self.texts = (*TEXT_FIELDS, *self.own)
        self._names = {name: name for name in TEXT_FIELDS} | {
            name: f"x{n}" for n, name in enumerate(self.own)
        }

    def name(self, field: str) -> str:
        """Return what a text field is called in the cluster."""
        return self._names[field]

    def mapping(self, about: Json) -> Json:
        """Return the mapping of an index; *about* is what it says of itself."""
        properties: Json = {
            DOC: {"type": "keyword", "index": False, "doc_values": False},
            DATE: {"type": "integer"},
            ORDER: {"type": "long"},
            DIGEST: {"type": "keyword", "index": False, "doc_values": False},
            UNITS + ALL: _units(),
            COUNTS + ALL: _terms(is_ranked=False),
        }
        properties |= {name: {"type": "keyword"} for name in (ID, FILE, VALUES, KEYS, TRAITS, BARE)}
        for name in (*map(self.name, self.texts), REST):
            if name not in {BODY_FIELD, REST}:
                properties[UNITS + name] = _units()
            for kind in (WORDS, PAIRS):
                properties[kind + name] = _terms(is_ranked=name in RANKED)
            properties[LENGTH + name] = {"type": "integer", "index": False}
        return {
            "dynamic": "strict",
            "_meta": {META: about},
            "_source": {"includes": [DOC, DIGEST, FILE]},
            "properties": properties,
        }

    def document(self, article: Article, record: bytes, analyzer: Analyzer, file: str, order: int) -> Json:
        """Return the document of an article; *record* is its line of JSON."""
        text = record.decode("utf-8", "surrogatepass")
        found: Json = {
            DOC: text if _is_sound(text) else json.dumps(json.loads(text)),
            DIGEST: digest_of(record),
            ID: article.id,
            ORDER: order,
            VALUES: list(dict.fromkeys(stored_values(article))),
        }
        found[KEYS] = list(dict.fromkeys(value.partition("=")[0] for value in found[VALUES]))
        published = full_date(article.date)
        if published:
            found[DATE] = number_of(published)
        if file:
            found[FILE] = file
        self._put_texts(found, article, analyzer)
        return found

    def _put_texts(self, found: Json, article: Article, analyzer: Analyzer) -> None:
        """Add the tokens of an article's texts to its document."""
        units: dict[str, list[str]] = {}
        rest = _Terms([], [])
        counts: Counter[str] = Counter()
        traits: set[str] = set()
        for field in self.texts:
            texts = article.texts(field)
            if not texts:
                continue
            cleaned = [clean_text(text) for text in texts]
            units[field], has = texts_tokens(texts, cleaned)
            traits |= has
            terms = _terms_of(cleaned, analyzer)
            terms.put(found, self.name(field))
            counts.update(terms.words)
            if field not in {HEADLINE, BODY_FIELD}:
                rest.words.extend(terms.words)
                rest.pairs.extend(terms.pairs)
        body = units.pop(BODY_FIELD, [])
        found |= {UNITS + self.name(field): " ".join(tokens) for field, tokens in units.items()}
        found[UNITS + ALL] = " ".join([*chain.from_iterable(units.values()), BODY, *body])
        rest.put(found, REST)
        found[COUNTS + ALL] = " ".join(
            token
            for word, count in counts.items()
            if count > 1
            for token in count_tokens(token_of(word), count)
        )
        if traits:
            found[TRAITS] = sorted(traits)
        bare = [bare_hash(text) for text in article.texts(HEADLINE)]
        if bare:
            found[BARE] = bare


def count_tokens(word: str, count: int) -> Iterator[str]:
    r"""
    Yield a token for each bit of how often a word is in an article beyond once.

    >>> list(count_tokens("党建", 1)), list(count_tokens("党建", 6))
    ([], ['党建\x7f0', '党建\x7f2'])
    """
    return (bit_token(word, bit) for bit in range((count - 1).bit_length()) if (count - 1) >> bit & 1)


def bit_token(word: str, bit: int) -> str:
    """Return the token of a word and a bit of its count."""
    return f"{word}\x7f{bit}"


class _Terms(NamedTuple):
    """What a field is ranked by."""

    words: list[str]
    pairs: list[str]

    def put(self, found: Json, name: str) -> None:
        """Add them to a document."""
        if self.words:
            found[WORDS + name] = tokens_of(self.words)
            found[LENGTH + name] = len(self.words)
        if self.pairs:
            found[PAIRS + name] = tokens_of(self.pairs)


def _terms_of(cleaned: Sequence[str], analyzer: Analyzer) -> _Terms:
    """Return the words and pairs of some texts that are clean."""
    return _Terms(
        [word for clean in cleaned for word in analyzer.words(clean)],
        [pair for clean in cleaned for pair in pairs_of(clean)],
    )


def _units() -> Json:
    return {"type": "text", "analyzer": "whitespace", "norms": False}


def _terms(*, is_ranked: bool) -> Json:
    options = "freqs" if is_ranked else "docs"
    return {"type": "text", "analyzer": "whitespace", "index_options": options, "norms": is_ranked}


def _is_sound(text: str) -> bool:
    """Return whether a text can be written in UTF-8: one with half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def pairs_of(clean: str) -> list[str]:
    """
    Return the pairs of neighbouring units of a text that `clean_text` made.

    >>> pairs_of("联东u谷,5g")
    ['联东', '东u', 'u谷', '5g']
    """
    found: list[str] = []
    for line in simplify(border_text(clean)).split(BORDER):
        if HAN_ROW.fullmatch(line):
            found += map(add, line, line[1:])
        else:
            found += (join_pair(*pair) for row in rows_of_units(line) for pair in pairwise(row))
    return found


def bare_hash(headline: str) -> str:
    """Return what is the same for two headlines that differ in marks, spaces, script, width and case only."""
    bare = simplify(border_text(clean_text(headline))).replace("\n", "").replace(" ", "")
    return hashlib.blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def digest_of(record: bytes) -> str:
    """Return what tells an article's record from any other."""
    return hashlib.blake2b(record, digest_size=16).hexdigest()


def describe(index: str, fingerprint: Mapping[str, str], own: Mapping[str, float], versions: Json) -> Json:
    """Return what a new index says of itself."""
    return {
        "format": FORMAT,
        "index": index,
        "fingerprint": dict(fingerprint),
        "fields": dict(own),
        "versions": versions,
    }


def settings(shards: int | None, replicas: int | None) -> Json:
    """
    Return the settings of a new index.

    Without a number of replicas there is one as soon as there are two nodes, so that a single node is green.
    """
    found: Json = {
        "index.codec": "best_compression",
        "index.number_of_shards": shards or 1,
        "index.refresh_interval": "-1",  # what is written is shown by the end of its call, not in the middle
        "index.max_result_window": 10_000,
    }
    if replicas is None:
        found["index.auto_expand_replicas"] = "0-1"
    else:
        found["index.number_of_replicas"] = replicas
    return found

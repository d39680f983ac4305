"""Several segments to one, in arrays: terms ranked anew, documents numbered anew, deleted ones left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from searchlib.arrays import I64, U64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.article_store import Articles, ArticleWriter
from searchlib.embedded.codec.field_sections import Occurrences, SortedField, ranks_of_ids
from searchlib.embedded.codec.freq_profiles import Kinds, joined
from searchlib.embedded.codec.schema import field_names
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.embedded.codec.term_dict import TermDict


def merge(segments: Sequence[OpenSegment], path: Path) -> int:
    """
    Write the live documents of *segments*, in their order, as one segment.

    Returns:
        The number of documents, at least 1 and at most `MAX_DOCS`.
    """
    renumbered = _renumbered(segments)
    with SectionWriter(path) as writer:
        names = dict.fromkeys(name for segment in segments for name in field_names(segment.file))
        for name in names:
            merged = _merge_field(writer, name, segments, renumbered)
            if name == schema.ID:
                writer.add("ids", ranks_of_ids(merged))
        lengths = dict.fromkeys(
            s for segment in segments for s in segment.file.names if s.startswith("lengths/")
        )
        for section in lengths:
            field = section.removeprefix("lengths/")
            counts = np.concatenate([segment.lengths(field)[segment.live] for segment in segments])
            if counts.any():
                writer.add(section, counts.astype(np.min_scalar_type(int(counts.max()))))
        writer.add(
            "dates", np.concatenate([segment.dates[segment.live] for segment in segments]).astype(np.uint32)
        )
        writer.add("headlines", np.concatenate([segment.headlines()[segment.live] for segment in segments]))
        articles = ArticleWriter()
        for segment in segments:
            stored = Articles(segment.file)
            for doc in np.flatnonzero(segment.live).tolist():
                articles.add(stored.text(doc))
        articles.write(writer)
        writer.finish()
    return sum(int(segment.live.sum()) for segment in segments)


def _renumbered(segments: Sequence[OpenSegment]) -> list[U64]:
    """Return for each segment the new number of each document; deleted ones have none that means anything."""
    numbers = []
    first = 0
    for segment in segments:
        numbers.append((first + np.cumsum(segment.live) - segment.live).astype(np.uint64))
        first += int(segment.live.sum())
    return numbers


def _merge_field(
    writer: SectionWriter, name: str, segments: Sequence[OpenSegment], renumbered: Sequence[U64]
) -> SortedField | None:
    """Write one field, if any live document has it, and return it."""
    used: list[tuple[TermDict, U64]] = []
    parts: list[tuple[U64, U64, I64]] = []
    tables: list[Kinds] = []
    for segment, numbers in zip(segments, renumbered, strict=True):
        field = segment.field(name)
        if field is None:
            continue
        terms, postings = field
        starts, docs, counts = postings.all()
        of_term = np.repeat(np.arange(len(starts) - 1, dtype=np.uint64), np.diff(starts))
        kept = segment.live[docs]
        parts.append((of_term[kept], numbers[docs[kept]], counts[kept]))
        used.append((terms, np.unique(of_term[kept])))
        if name in schema.FUSED:
            tables.append(segment.kinds(name))
    if not any(len(held) for _, held in used):
        return None
    if tables:
        kinds, codes = joined([(table, part[2]) for table, part in zip(tables, parts, strict=True)])
        parts = [(of_term, docs, code) for (of_term, docs, _), code in zip(parts, codes, strict=True)]
        kinds.write(writer, name)
    merged = _sorted(used, parts)
    merged.write(writer, name)
    return merged


def _sorted(used: Sequence[tuple[TermDict, U64]], parts: Sequence[tuple[U64, U64, I64]]) -> SortedField:
    """Rank the terms of all segments anew, those still *used*, and sort all postings by them."""
    packed = np.unique(
        np.concatenate([terms.packed[numbers[numbers < len(terms.packed)]] for terms, numbers in used])
    )
    strings = sorted({string for terms, numbers in used for string in terms.strings(numbers)})
    place_of = {string: len(packed) + place for place, string in enumerate(strings)}
    merged = []
    for (terms, held), (of_term, docs_kept, counts_kept) in zip(used, parts, strict=True):
        ranks = np.zeros(len(terms), np.uint64)
        short = held[held < len(terms.packed)]
        ranks[short] = np.searchsorted(packed, terms.packed[short]).astype(np.uint64)
        ranks[held[len(short) :]] = [place_of[string] for string in terms.strings(held)]
        merged.append(Occurrences.counted(ranks[of_term], docs_kept, counts_kept))
    return SortedField.of(packed, strings, Occurrences.joined(merged))

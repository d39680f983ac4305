"""
What most texts, as they were given, tell of a phrase for which a text must be folded.

A phrase of Han with marks, gaps or another spelling in it is looked for twice in the text as
given: so narrowly that what is found is there when it is folded too, and so widely that
what is not found does not. Only between the two a text is folded, which costs ten times as much.
"""

from __future__ import annotations

import re

from searchlib.analysis import COMPOSING
from searchlib.query.characters import GAP_CHARS, WILDCARD
from searchlib.textmatch.raw import DROPPED, is_plain, raw_matcher

_MARKS = "，。、；：！？\n（）"
_SURE_BORDER = f"[{DROPPED}]*[{_MARKS}][{DROPPED}{_MARKS}]*"
_SURE_GAP = f"[\u4e00-\u9fff0-9A-Za-z]{{0,{GAP_CHARS}}}?"
_ANY_BORDER = r"[\W_]+"
_ANY_GAP = rf"[\W_]*(?:\w[\W_]*){{0,{GAP_CHARS}}}?"


class HalfFolded:
    """Tells of texts whether a phrase is in them."""

    def __init__(self, surely: str, perhaps: str | None) -> None:
        self._surely = re.compile(surely)
        self._perhaps = None if perhaps is None else re.compile(perhaps)

    def decide(self, text: str) -> bool | None:
        """Return whether the phrase is in a text; None where only folding can tell."""
        if not is_plain(text) or COMPOSING.search(text):
            return None
        if self._surely.search(text):
            return True
        return None if self._perhaps is None or self._perhaps.search(text) else False


def make_prefilter(phrase: str, *, exact: bool, edits: int, kept: tuple[str, ...] = ()) -> HalfFolded | None:
    """Return what looks for a folded phrase; None where it is not of Han."""
    surely = perhaps = ""
    for place, part in enumerate(phrase.split(WILDCARD)):
        surely += _SURE_GAP if place else ""
        perhaps += _ANY_GAP if place else ""
        rows = part.split("\n")
        for number, row in enumerate(rows):
            found = raw_matcher(row, exact=exact, kept=kept)
            if row and found is None:
                return None
            body = found.body if found else ""
            if number and not row:  # a border at the end
                surely += rf"[{DROPPED}]*(?:[{_MARKS}]|\Z)"
                perhaps += r"(?:[\W_]|\Z)"
            elif number and not rows[0] and number == 1:
                surely += rf"(?:\A|[{_MARKS}])[{DROPPED}{_MARKS}]*{body}"
                perhaps += rf"(?:\A|[\W_]){body}"
            else:
                surely += (_SURE_BORDER if number else "") + body
                perhaps += (_ANY_BORDER if number else "") + body
    return HalfFolded(surely, None if edits else perhaps)

"""Text cut into words and pairs, for the engines that have no Chinese of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

HAN_RUN = re.compile(r"[\u3400-\u9fff]+")

SEPARATOR = "\f"
"""
Between words of a stored text: no word for any tokenizer, in no article, and
taking it out gives the text back, so that no engine has to store a text twice.
"""


def cut(text: str) -> list[str]:
    """Return the pieces of *text*, marks and spaces too; joined they are the text."""
    try:
        import rjieba  # noqa: PLC0415 (an extra, and 100 ms)
    except ImportError:
        import jieba  # noqa: PLC0415 (the dictionary takes a second)

        return list(jieba.cut(text, HMM=False))
    return list(rjieba.cut(text, hmm=False))


def words(text: str) -> list[str]:
    """Return the words of *text* in lower case, without marks."""
    return [word.lower() for word in cut(text) if word.isalnum()]


def joined(text: str) -> str:
    """Return *text* with `SEPARATOR` between its pieces."""
    return SEPARATOR.join(cut(text.replace(SEPARATOR, " ")))


def restored(text: str) -> str:
    """Return the text that `joined` was given."""
    return text.replace(SEPARATOR, "")


def pairs(text: str) -> Iterator[str]:
    """Yield each two neighbouring Han characters; a run of one gives that one."""
    for run in HAN_RUN.findall(text):
        if len(run) == 1:
            yield run
        for place in range(len(run) - 1):
            yield run[place : place + 2]

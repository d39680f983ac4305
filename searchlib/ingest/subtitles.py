"""Subtitles to text: what is said, a line for each cue, without numbers, times and styles."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from searchlib.errors import CorpusError
from searchlib.message import Message
from searchlib.model import Article

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->.*")
_ANY_TIMES = re.compile(r"\d[.,]\d{1,3}\s*-->")
_TAGS = re.compile(r"</?[a-zA-Z0-9.][^<>]*>|\{\\[^{}]*\}")
_BLOCKS = ("NOTE", "STYLE", "REGION", "WEBVTT")


def article_of_subtitles(text: str, source: str) -> Article:
    r"""
    Return the article of an .srt or .vtt; its headline is the name of the file.

    Raises:
        CorpusError: It holds no times.

    >>> article_of_subtitles("1\n00:00:01,000 --> 00:00:02,500\n<i>查干湖</i>\n冬捕开网", "a/第1集.srt").body
    '查干湖 冬捕开网'
    """
    if not _ANY_TIMES.search(text):
        suffix = PurePosixPath(source).suffix
        raise CorpusError(source, Message("holds no times of subtitles, though its name ends in {}", suffix))
    said: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", text):
        lines = block.strip("\n").split("\n")
        if lines[0].strip().startswith(_BLOCKS):
            continue
        times = next((place for place, line in enumerate(lines) if _TIMES.fullmatch(line)), None)
        spoken = lines if times is None else lines[times + 1 :]
        words = " ".join(filter(None, (_TAGS.sub("", line).strip() for line in spoken)))
        if words and words != (said[-1] if said else ""):
            said.append(words)
    name = PurePosixPath(source).stem
    return Article(
        f"{source}#1", name, "\n".join(said), source=source, spans=((0, len(text)),) if text else ()
    )

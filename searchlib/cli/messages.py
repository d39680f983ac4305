"""
Messages in the user's language: Chinese where the locale says so, else English as it stands in the code.

A message is its own key; `{}` stands for what changes. The catalogue is loaded
for Chinese only, so that English costs nothing. Output for programs is never
translated.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_GAP = "{}"
_JOINTS = ("; ", ": ")
"""What stands between two messages in one line, such as an error and its cure."""

_LEAST_CHARS = 6


def chinese_wanted(environ: Mapping[str, str]) -> bool:
    """
    Return whether the locale of messages is Chinese; the first variable that is set decides, as in POSIX.

    >>> chinese_wanted({"LANG": "zh_CN.UTF-8"}), chinese_wanted({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    (True, False)
    """
    locale = next((value for name in _VARIABLES if (value := environ.get(name))), "")
    return locale.lower().startswith("zh")


@cache
def speaks_chinese() -> bool:
    """Return whether this process speaks Chinese."""
    return chinese_wanted(os.environ)


def told(message: str, *values: object) -> str:
    """
    Return a message in the user's language, *values* in the place of its gaps.

    >>> told("{} of {}", "1–5", 12)
    '1–5 of 12'
    """
    if speaks_chinese():
        message = _catalogue().get(message) or _words().get(message, message)
    return message.format(*map(_Value, map(str, values))) if values else message


def retold(message: str) -> str:
    """Return a whole message, the values already in it, in the user's language; errors come like this."""
    return translated(message) if speaks_chinese() else message


def translated(message: str) -> str:
    """
    Return the Chinese of an English message; what the catalogue does not have stays.

    >>> translated("no article has the id 7"), translated("查干湖")
    ('没有编号为 7 的文章', '查干湖')
    """
    found = _catalogue().get(message) or _filled(message)
    return found or next(_in_parts(message), message)


def _filled(message: str) -> str | None:
    """Return the translation of the template with the longest text that *message* was made of."""
    for template, pattern in _patterns():
        match = pattern.fullmatch(message)
        if match:
            return _catalogue()[template].format(*map(_Value, match.groups()))
    return None


def _in_parts(message: str) -> Iterator[str]:
    """Yield the message with its parts translated, where it is several that were joined."""
    for joint in _JOINTS:
        for place in (match.start() for match in re.finditer(re.escape(joint), message)):
            head, tail = message[:place], message[place + len(joint) :]
            said = translated(head), translated(tail)
            if said != (head, tail):
                yield ("；" if joint == _JOINTS[0] else "：").join(said)


class _Value(str):
    """What stands in a gap; in a translation `{:m}` says that it is a message, `{:w}` that it is a word."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if form == "w":
            return _words().get(str(self), str(self))
        return translated(str(self)) if form == "m" else str(self)


@cache
def _words() -> Mapping[str, str]:
    from searchlib.cli.chinese import WORDS  # noqa: PLC0415 (for Chinese only)

    return WORDS


@cache
def _catalogue() -> Mapping[str, str]:
    from searchlib.cli.chinese import MESSAGES  # noqa: PLC0415 (for Chinese only)

    return MESSAGES


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return the templates with gaps as patterns, the one with the longest text first."""
    templates = sorted((t for t in _catalogue() if _GAP in t), key=lambda t: (-len(t), t))
    return [
        (template, re.compile(_any(template).join(map(re.escape, template.split(_GAP))), re.DOTALL))
        for template in templates
    ]


def _any(template: str) -> str:
    """Return what a gap may hold; beside a word or two only what has no space, as in `圈 for 卷`."""
    return r"(\S*?)" if len(template.replace(_GAP, "")) < _LEAST_CHARS else "(.*?)"

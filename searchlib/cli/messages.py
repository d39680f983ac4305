"""
Messages in the user's language: Chinese where the locale says so, else English as it is in the code.

The English template of a message is its id: `told("no article has the id {}", wanted)`. Errors
and remarks of the library are a `Message`, which keeps template and values. The catalogues are gettext's,
in `locale/`; one is loaded only for its language, so that English costs nothing. Output for
programs is never translated.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from searchlib.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "searchlib"
ENGLISH, CHINESE = "en", "zh"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""As gettext reads them: the first that is set decides, and may name several languages in order."""

_CODE_LETTERS = 2


def language_of(environ: Mapping[str, str]) -> str:
    """
    Return the language of messages that an environment asks for, English where there is no catalogue.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    wanted = next((value for name in _VARIABLES if (value := environ.get(name))), "")
    for locale in wanted.lower().split(":"):
        code = locale[:_CODE_LETTERS]
        if code == ENGLISH or (code.isalpha() and (LOCALE / code).is_dir()):
            return code
    return ENGLISH


@cache
def language() -> str:
    """Return the language of this process."""
    return language_of(os.environ)


def tell(template: str, *values: object) -> str:
    """
    Return a message in the user's language, *values* in the place of its gaps.

    >>> tell("{} of {}", "1–5", 12)
    '1–5 of 12'
    """
    if language() != ENGLISH:
        return translated(Message(template, *values) if values else template, language())
    return template.format(*values) if values else template


def retell(message: str) -> str:
    """Return in the user's language what an error or a remark says."""
    return message if language() == ENGLISH else translated(message, language())


def translated(message: str, code: str = CHINESE) -> str:
    """
    Return a message of the library in another language; what has no translation stays as it is.

    An error is translated by its first argument, which remembers the values that it was made of.

    >>> from searchlib import CorpusError
    >>> translated(CorpusError("a.txt", "is not UTF-8").args[0])
    'a.txt：不是 UTF-8'
    """
    if not isinstance(message, Message):
        return _look_up(message, code)
    values = (translated(value, code) if isinstance(value, Message) else value for value in message.values)
    return _look_up(message.template, code).format(*values)


def speak_to_click() -> None:
    """Let click find its own messages, which it looks up by gettext, in our catalogue."""
    if language() == ENGLISH:
        return
    import gettext  # noqa: PLC0415 (click has loaded it)

    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)


def _look_up(template: str, code: str) -> str:
    return _catalogue(code).gettext(template) if template else ""


@cache
def _catalogue(code: str) -> NullTranslations:
    from gettext import GNUTranslations  # noqa: PLC0415 (for other languages than English only)

    with (LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)

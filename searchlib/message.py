"""A text for a person, which can be said in another language: its English with the id and the parameters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

from searchlib.lazy import lazy_pattern

_BRACKETS = lazy_pattern(r"\{\{|\}\}")
"""What is no gap: a bracket that is by itself."""

Packed = str | list[Any]
"""What JSON keeps of a text: a plain one as it is, a message as a list of its template and its values."""


class Message(str):
    """
    An English text that remembers what it was made of.

    To everybody else it is a plain `str`. The command looks *template* up in its
    catalogue and puts the same values in; a value that is a message itself is
    translated too. Errors and remarks of this package are made of messages.

    Attributes:
        template: The id: the English with `{}` for each value.
        values: What is in the gaps, in order.

    >>> message = Message("{} is larger than {} MiB", Message("its part {}", "'a.xml'"), 64)
    >>> message, message.template
    ("its part 'a.xml' is larger than 64 MiB", '{} is larger than {} MiB')
    """

    __slots__ = ("template", "values")

    template: str
    values: tuple[str, ...]

    def __new__(cls, template: str, *values: object) -> Message:
        """Put the values into the gaps; an error stands for its message."""
        texts = tuple(map(_text, values))
        message = super().__new__(cls, template.format(*texts))
        message.template = template
        message.values = texts
        return message

    def __repr__(self) -> str:
        return repr(str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.template, *self.values)

    @classmethod
    def of(cls, text: str) -> Message:
        """Return *text* as a message; one without values needs no other writing than that of a text."""
        return text if isinstance(text, Message) else cls(text.replace("{", "{{").replace("}", "}}"))


def join_messages(texts: Iterable[str]) -> str:
    """
    Return several texts as one, with semicolons between them.

    >>> join_messages(["a", "b", "c"])
    'a; b; c'
    """
    return reduce(lambda before, after: Message("{}; {}", before, after), texts)


def message_of(error: BaseException) -> str:
    """Return the message of an error, which `str` makes a plain text of."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else str(error)


def pack(text: str) -> Packed:
    """
    Return what JSON can keep of a text, so that `unpack` makes the same message of it.

    >>> pack(Message("cannot be read: {}", "EIO")), pack("plain")
    (['cannot be read: {}', 'EIO'], 'plain')
    """
    if not isinstance(text, Message):
        return text
    return [text.template, *map(pack, text.values)]


def unpack(value: Packed) -> str:
    """
    Return the text that `pack` was given.

    Raises:
        ValueError: It is nothing that `pack` makes: what comes from a file may be forged.

    >>> unpack(["cannot be read: {}", "EIO"]).template
    'cannot be read: {}'
    """
    if isinstance(value, str):
        return value
    template, *values = value if isinstance(value, list) and value else [None]
    if not isinstance(template, str) or _BRACKETS.sub("", template).count("{}") != len(values):
        raise ValueError("no packed message")
    if set("{}") & set(_BRACKETS.sub("", template).replace("{}", "")):
        raise ValueError("a gap of a packed message has a name or a format")
    return Message(template, *map(unpack, values))


def _text(value: object) -> str:
    if isinstance(value, Message):
        return value
    return message_of(value) if isinstance(value, BaseException) else str(value)

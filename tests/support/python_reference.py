"""The guide to the Python interface, made from the docstrings and signatures of the public names."""

from __future__ import annotations

import dataclasses
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import ForwardRef

import searchlib

BEGIN = """# Python: the public names of searchlib

This page is made from the docstrings (`python tests/support/documents.py` writes it again). Examples are
in the [recipes](recipes.md), and the query language has [its own guide](query-language.md). Everything public
is a name of the module `searchlib`; names that begin with an underscore, and the modules inside, may change.
"""
_GROUPS: dict[str, tuple[str, ...]] = {
    "Open, read, split": (
        "open",
        "read",
        "split_page",
        "explain_file",
        "quote",
        "QUERY_FIELDS",
        "FILTER_KEYS",
    ),
    "The index": ("Index",),
    "Results": ("Results", "Hit", "Snippet"),
    "Articles and reports": ("Article", "Report", "Skipped"),
}
_ERRORS, _REST = "Errors", "Other records"
_WIDTH = 100
_ARGUMENT = re.compile(r"^ {4}(\*{0,2}\w+(?:, \w+)*): (.*)$")


def reference() -> str:
    """Return the whole guide."""
    return re.sub(r"\n{3,}", "\n\n", BEGIN + "\n".join(_lines()).rstrip() + "\n")


def _lines() -> Iterator[str]:
    grouped = {name for names in _GROUPS.values() for name in names}
    errors = [name for name in searchlib.__all__ if name.endswith("Error")]
    rest = [name for name in searchlib.__all__ if name not in {*grouped, *errors}]
    for title, names in {**_GROUPS, _REST: rest, _ERRORS: errors}.items():
        yield from ("", f"## {title}")
        for name in names:
            yield from _entry(name, getattr(searchlib, name))


def _entry(name: str, value: object) -> Iterator[str]:
    if inspect.isclass(value):
        bases = [base.__name__ for base in value.__mro__[1:] if base.__name__ in searchlib.__all__]
        extends = f", a `{bases[0]}`" if bases else ""
        yield from ("", f"### `{name}`{extends}", "")
        yield from _documented(value)
        yield from _fields(value)
        yield from _members(value)
    elif inspect.isfunction(value):
        yield from ("", f"### `searchlib.{name}`", "")
        yield from _signature(f"searchlib.{name}", value)
        yield from _documented(value)
    elif isinstance(value, (Mapping, tuple)):
        yield from ("", f"### `{name}`", "")
        yield from textwrap.wrap(", ".join(f"`{key}`" for key in value), _WIDTH, break_on_hyphens=False)
    else:
        yield from ("", f"### `{name}`", "", f"`{_plain(value)}`")


def _plain(value: object) -> str:
    """Return a constant or the alias of a type as it would be written."""
    return re.sub(r"\b(?:typing|collections\.abc|searchlib(?:\.\w+)+)\.", "", str(value))


def _fields(kind: type) -> Iterator[str]:
    """Yield the fields of a record with their types."""
    annotations = {name: _annotation(said) for name, said in getattr(kind, "__annotations__", {}).items()}
    names: list[str] = []
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind) if not field.name.startswith("_")]
    elif hasattr(kind, "_fields"):
        names = list(kind._fields)
    if names:
        yield ""
        said = (f"`{name}`: `{annotations[name]}`" if name in annotations else f"`{name}`" for name in names)
        yield from textwrap.wrap(f"Fields: {', '.join(said)}.", _WIDTH, break_on_hyphens=False)


def _members(kind: type) -> Iterator[str]:
    """Yield the public methods and properties that a class defines, or has from a base that is not public."""
    for name in dict.fromkeys(name for base in kind.__mro__ for name in vars(base)):
        home = next(base for base in kind.__mro__ if name in vars(base))
        if name.startswith("_") or not home.__module__.startswith("searchlib"):
            continue
        if home is not kind and home.__name__ in searchlib.__all__:
            continue
        member = vars(home)[name]
        if isinstance(member, (property, cached_property)):
            yield from ("", f"#### `{kind.__name__}.{name}`", "")
            yield from _documented(member)
        elif inspect.isfunction(member := getattr(home, name)):
            yield from ("", f"#### `{kind.__name__}.{name}`", "")
            yield from _signature(name, member)
            yield from _documented(member)


def _signature(name: str, function: Callable[..., object]) -> Iterator[str]:
    """Yield a call with its parameters, on one line where they fit."""
    signature = inspect.signature(function)
    parameters = list(_parameters(p for p in signature.parameters.values() if p.name != "self"))
    end = f") -> {_annotation(signature.return_annotation)}"
    line = f"{name}({', '.join(parameters)}{end}"
    yield "```text"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"{name}("
        yield from (f"    {parameter}," for parameter in parameters)
        yield end
    yield "```"
    yield ""


def _parameters(parameters: Iterator[inspect.Parameter]) -> Iterator[str]:
    named = False
    for one in parameters:
        if one.kind is one.KEYWORD_ONLY and not named:
            named = True
            yield "*"
        stars = "*" if one.kind is one.VAR_POSITIONAL else "**" if one.kind is one.VAR_KEYWORD else ""
        named = named or stars == "*"
        default = "" if one.default is one.empty else f" = {one.default!r}"
        yield f"{stars}{one.name}: {_annotation(one.annotation)}{default}"


def _annotation(said: object) -> str:
    """Return a type as it stands in the code, in whatever way Python keeps it."""
    if isinstance(said, ForwardRef):
        return said.__forward_arg__
    return said.__name__ if isinstance(said, type) else str(said).replace("'", "")


def _documented(value: object) -> Iterator[str]:
    """Yield a docstring as Markdown: sections in bold, arguments as a list, examples as they are."""
    section = ""
    for block in inspect.cleandoc(value.__doc__ or "").split("\n\n"):
        lines = block.split("\n")
        if lines[0].startswith(">>>"):
            yield from ("```text", *(line.partition("  # doctest")[0] for line in lines), "```", "")
            continue
        if section and not lines[0].startswith(" "):
            section = ""
        if re.fullmatch(r"[A-Z]\w+:", lines[0]):
            section, lines = lines[0], lines[1:]
            yield from (f"**{section[:-1]}**", "")
        if section in {"Args:", "Raises:", "Attributes:"}:
            yield from _listed(lines)
        else:
            yield from (line.strip() if section else line for line in lines)
        yield ""


def _listed(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if found := _ARGUMENT.match(line):
            yield f"- {', '.join(f'`{name}`' for name in found[1].split(', '))}: {found[2]}"
        else:
            yield f"  {line.strip()}"

"""A record that is made late is what `dataclasses` would have made at once."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import pytest

from searchlib import frozen
from searchlib.model import Article, Token
from searchlib.query.nodes import Phrase


def _classes(dataclass: Callable[..., Any], field: Callable[..., Any]) -> dict[str, Any]:
    """Return the same classes made by `dataclasses` or by ours."""

    class Plain:
        text: str
        start: int = 0
        marks: tuple[int, ...] = ()
        KINDS: ClassVar[int] = 3

        def __len__(self) -> int:
            return len(self.text)

    class Made:
        name: str = "x"
        counts: dict[str, int] = field(default_factory=dict, hash=False)
        took: float = field(default=0.5, compare=False)
        secret: str = field(default="", repr=False)

        def __post_init__(self) -> None:
            if self.name == "bad":
                raise ValueError("a bad name")

    class Empty:
        """Has no field."""

    class Equal:  # noqa: PLW1641 (it gets one)
        name: str
        other: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and other.name == self.name

        def __repr__(self) -> str:
            return f"<{self.name}>"

    slotted, silent = (type(f"{cls.__name__}2", (), dict(vars(cls))) for cls in (Plain, Made))
    return {
        "plain": dataclass(frozen=True)(Plain),
        "slotted": dataclass(frozen=True, slots=True)(slotted),
        "made": dataclass(frozen=True)(Made),
        "empty": dataclass(frozen=True)(Empty),
        "equal": dataclass(frozen=True)(Equal),
        "silent": dataclass(frozen=True, repr=False)(silent),
    }


# The type checker takes ours for those of `dataclasses`; at run time they are two.
OURS = _classes(frozen.dataclass, frozen.field)
THEIRS = _classes(dataclasses.dataclass, dataclasses.field)
ARGUMENTS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("plain", ("党建",), {}),
    ("plain", ("党建", 3), {"marks": (1, 2)}),
    ("plain", (), {}),
    ("plain", ("党建",), {"end": 3}),
    ("slotted", ("党建", 3), {}),
    ("slotted", ("党建", 3), {"start": 4}),
    ("made", (), {}),
    ("made", ("y", {"a": 1}), {"took": 2.0, "secret": "z"}),
    ("made", ("bad",), {}),
    ("empty", (), {}),
    ("empty", (1,), {}),
    ("equal", ("a", 2), {}),
    ("silent", ("y",), {"counts": {}}),
]


def _outcome(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except (TypeError, ValueError, AttributeError) as error:
        return type(error), str(error)


@pytest.mark.parametrize(("name", "args", "options"), ARGUMENTS)
def test_it_does_what_dataclasses_does(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> None:
    """Arguments, defaults, errors, text, equality, hashes, what cannot be changed, what it is to others."""
    ours, theirs = (_outcome(partial(cls, *args, **options)) for cls in (OURS[name], THEIRS[name]))
    if not dataclasses.is_dataclass(theirs):
        assert ours == theirs
        return
    assert not isinstance(ours, tuple)
    looks: list[Callable[[Any], Any]] = [
        lambda made: repr(made).partition(" object")[0],
        dataclasses.asdict,
        lambda made: [(one.name, one.hash, one.compare, one.repr) for one in dataclasses.fields(made)],
        lambda made: type(made).__match_args__,
        lambda made: str(inspect.signature(type(made))),
        lambda made: made == copy.deepcopy(made),
        lambda made: made == dataclasses.replace(made),
        lambda made: made == frozen.replace(made),
        lambda made: made == object(),
        lambda made: hash(made) == hash(copy.copy(made)),
        lambda made: setattr(made, next(iter(type(made).__match_args__), "x"), 1),
        lambda made: delattr(made, next(iter(type(made).__match_args__), "x")),
        lambda made: hasattr(made, "__dict__"),
        bool,
    ]
    for look in looks:
        assert _outcome(partial(look, ours)) == _outcome(partial(look, theirs))


@pytest.mark.parametrize("name", ["plain", "made", "slotted"])
def test_records_that_differ_in_one_field_are_not_equal(name: str) -> None:
    """Only in one that does not compare."""
    for classes in (OURS, THEIRS):
        one = classes[name]("a")
        changed = [frozen.replace(one, **{field: "other"}) for field in classes[name].__match_args__]
        compared = [field.compare for field in dataclasses.fields(one)]
        assert [one != other for other in changed] == compared


def test_nothing_is_compiled_before_the_first_record() -> None:
    """That is what it is for."""
    made: Any = frozen.dataclass(frozen=True)(type("Late", (), {"__annotations__": {"text": "str"}}))
    assert not inspect.isfunction(vars(made)["__init__"])
    assert repr(made("党建")) == "Late(text='党建')"
    assert inspect.isfunction(vars(made)["__init__"])


@pytest.mark.parametrize("record", [Article("1", "党建"), Token("党建", 0, 2, 0), Phrase("党建")])
def test_the_public_ones_go_through_pickle_and_copy(record: Any) -> None:
    """With slots and without."""
    for other in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):  # noqa: S301
        assert other == record
        assert hash(other) == hash(record)
        assert repr(other) == repr(record)


def test_a_class_is_looked_at_before_its_first_record() -> None:
    """Some versions of Python bind `__init__` to the class itself when they look for its parameters."""
    for name, made in _classes(frozen.dataclass, frozen.field).items():
        wanted = _classes(dataclasses.dataclass, dataclasses.field)[name]
        assert list(inspect.signature(made).parameters) == list(inspect.signature(wanted).parameters)
    fresh = _classes(frozen.dataclass, frozen.field)["plain"]
    bound = vars(fresh)["__init__"].__get__(fresh, type(fresh))
    assert bound.__self__ is fresh

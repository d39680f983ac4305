"""
Frozen dataclasses that cost nothing before they are used: the same class, made when the first record is.

`dataclasses` compiles six functions for each class, and imports `inspect` with all of Python's grammar: a
third of what plain words take in a fresh process, which makes records of four classes of twenty. Here the
one function that depends on the fields, `__init__`, is compiled for the first record, and the other
methods are the same for all. To the functions of `dataclasses`, and to a type checker, they are dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
else:

    def dataclass(
        *,
        frozen: bool,
        slots: bool = False,
        repr: bool = True,  # noqa: A002 (the name in `dataclasses`)
        eq: bool = True,
    ) -> Callable[[type], type]:
        """Return what makes a class a frozen dataclass; there are no others here."""
        assert frozen  # noqa: S101 (a record that changes is for `dataclasses`)
        assert eq  # noqa: S101

        def made(cls: type) -> type:
            return _as_record(cls, slots=slots, has_repr=repr)

        return made

    def field(**options: Any) -> _FieldOptions:
        """Return what stands in a class for a field, as `dataclasses.field` does."""
        return _FieldOptions(options)

    def replace(record: Any, /, **changes: Any) -> Any:
        """Return a record, or any other dataclass, with some fields changed."""
        kept = {name: getattr(record, name) for name in type(record).__match_args__}
        return type(record)(**(kept | changes))


__all__ = ["dataclass", "field", "replace"]


class _NotGiven:
    """Stands for no default, and in a signature for one that a factory makes."""

    def __repr__(self) -> str:
        return "<factory>"


_NOT_GIVEN = _NotGiven()


class _FieldOptions:
    """The options of a field."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options

    def counts_for(self, what: str) -> bool:
        """Return whether the field counts in a `repr`, a comparison or a hash, which is as `compare` says."""
        told: bool | None = self.options.get(what)
        if told is None:
            return what != "hash" or self.counts_for("compare")
        return told


class _MadeLate:
    """An attribute of a class that is made when it is first asked for."""

    def __init__(self, cls: type, name: str, make: Callable[[], Any]) -> None:
        self._cls, self._name, self._make = cls, name, make

    def __get__(self, record: object | None, cls: type) -> Any:
        made = self._make()
        setattr(self._cls, self._name, made)
        return made.__get__(record, cls) if callable(made) else made


def _as_record(cls: type, *, slots: bool, has_repr: bool) -> type:
    own = {name: vars(cls).get(name, _NOT_GIVEN) for name in cls.__annotations__ if _is_field(cls, name)}
    fields = {name: _options_of(value) for name, value in own.items()}
    dropped = {*fields, "__dict__", "__weakref__"}
    kept = {name: value for name, value in vars(cls).items() if name not in dropped}
    if slots:
        cls = type(cls)(cls.__name__, cls.__bases__, {**kept, "__slots__": tuple(fields)})
    else:
        for name, one in fields.items():
            if "default" in one.options:
                setattr(cls, name, one.options["default"])
            elif name in vars(cls):
                delattr(cls, name)
    methods = {
        "__init__": _MadeLate(cls, "__init__", lambda: _init(cls, fields)),
        "__dataclass_fields__": _MadeLate(cls, "__dataclass_fields__", lambda: _fields(cls, fields)),
        "__match_args__": tuple(fields),
        "__replace__": replace,
        **_methods(cls, fields),
    }
    if not has_repr:
        del methods["__repr__"]
    for name, value in methods.items():
        if kept.get(name) is None:  # a class that defines `__eq__` has None for a hash
            setattr(cls, name, value)
    return cls


def _is_field(cls: type, name: str) -> bool:
    return not str(cls.__annotations__[name]).startswith("ClassVar")


def _options_of(default: object) -> _FieldOptions:
    if isinstance(default, _FieldOptions):
        return default
    return _FieldOptions({} if default is _NOT_GIVEN else {"default": default})


def _init(cls: type, fields: Mapping[str, _FieldOptions]) -> Any:
    """Compile what takes the fields of a record."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_not_given": _NOT_GIVEN}
    has_slots = "__slots__" in vars(cls)
    parameters, lines = [], []
    for name, one in fields.items():
        value = name
        if "default_factory" in one.options:
            known[f"_make_{name}"] = one.options["default_factory"]
            value = f"_make_{name}() if {name} is _not_given else {name}"
            parameters.append(f"{name}=_not_given")
        elif "default" in one.options:
            known[f"_default_{name}"] = one.options["default"]
            parameters.append(f"{name}=_default_{name}")
        else:
            parameters.append(name)
        if has_slots:  # a slot's own setter needs no look for it
            known[f"_set_{name}"] = vars(cls)[name].__set__
            lines.append(f"_set_{name}(self, {value})")
        else:
            lines.append(f"_set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(['self', *parameters])}):\n    {body}", known)  # noqa: S102 (as `dataclasses` does: names of fields, which are identifiers)
    made = known["__init__"]
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    made.__annotations__ = _annotations(cls, fields) | {"return": None}
    return made


def _annotations(cls: type, fields: Iterable[str]) -> dict[str, Any]:
    return {name: cls.__annotations__[name] for name in fields}


def _fields(cls: type, fields: Mapping[str, _FieldOptions]) -> Any:
    """Return what `dataclasses` looks for in a class."""
    import dataclasses  # noqa: PLC0415 (for its functions only)

    body = {name: dataclasses.field(**one.options) for name, one in fields.items()}
    like = type(cls.__name__, (), {**body, "__annotations__": _annotations(cls, fields)})
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(like)
    return made.__dataclass_fields__


def _methods(cls: type, fields: Mapping[str, _FieldOptions]) -> dict[str, Any]:
    """Return the methods that no code need be compiled for."""
    shown, compared, hashed = (
        [name for name, one in fields.items() if one.counts_for(what)] for what in ("repr", "compare", "hash")
    )

    compared_of, hashed_of = _getter(compared), _getter(hashed)

    def represent(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({values})"

    def equal(self: Any, other: object) -> Any:
        return compared_of(self) == compared_of(other) if type(other) is type(self) else NotImplemented

    def hashed_value(self: Any) -> int:
        return hash(hashed_of(self))

    def refuse(self: Any, name: str, *value: object) -> None:
        if type(self) is cls or name in fields:
            from dataclasses import FrozenInstanceError  # noqa: PLC0415 (nobody does it)

            done = "assign to" if value else "delete"
            raise FrozenInstanceError(" ".join(("cannot", done, "field", repr(name))))
        (object.__setattr__ if value else object.__delattr__)(self, name, *value)

    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in fields]

    def set_state(self: Any, values: list[Any]) -> None:
        for name, value in zip(fields, values, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__repr__": represent,
        "__eq__": equal,
        "__hash__": hashed_value,
        "__setattr__": refuse,
        "__delattr__": refuse,
        **({"__getstate__": state, "__setstate__": set_state} if "__slots__" in vars(cls) else {}),
    }


def _getter(names: Sequence[str]) -> Callable[[object], Any]:
    """Return what returns some fields of a record."""
    return attrgetter(*names) if names else lambda _record: ()

"""The examples in docstrings run, in every module."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import searchlib

MODULES = [
    m.name for m in pkgutil.walk_packages(searchlib.__path__, "searchlib.") if "__main__" not in m.name
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """What a docstring shows is what happens."""
    assert doctest.testmod(import_module(name)).failed == 0

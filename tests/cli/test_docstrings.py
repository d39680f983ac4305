"""The examples in the docstrings of the command's modules run."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import searchlib.cli

MODULES = [m.name for m in pkgutil.walk_packages(searchlib.cli.__path__, "searchlib.cli.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    """What a docstring shows is what happens."""
    assert doctest.testmod(import_module(name)).failed == 0

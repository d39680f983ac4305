"""An error of the command line itself, as one line for the person who typed it."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 (what is wrong need not be an error of ours)
    """What is wrong, with its cure; exit code 2."""

"""
The `search` command: what does the archive say, asked from a shell?

`main` is the console script. A verb is a file of `verbs`; the words of a
question are the default verb. What a person sees is made in `hits` and
`articles`; what a program reads, in `searchlib.answers`. The room knows searchlib by its
public names only: an answer that cannot be given from Python cannot be given
here.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(args: Sequence[str] | None = None) -> int:
    """
    Run the command, as `border.main` says; what is imported for it stays, and is not looked through.

    Nor is it at the end of a process of its own, whose memory goes as a whole.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        from searchlib.cli.border import main as run  # noqa: PLC0415 (nothing is collected meanwhile)
    finally:
        if collecting:
            gc.enable()
    try:
        return run(args)
    finally:
        if args is None:
            gc.freeze()

"""
The `search` command: what does the archive say, asked from a shell?

`main` is the console script. A verb is a file of `verbs`; the words of a
question are the default verb. What a person sees is made in `hits` and
`articles`; what a program reads, in `searchlib.answers`. The room knows searchlib by its
public names only: an answer that cannot be given from Python cannot be given
here.
"""

from __future__ import annotations

from searchlib.cli.border import main

__all__ = ["main"]

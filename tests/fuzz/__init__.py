"""
What nobody would type, print or store: does it come to an answer or to an error of ours, and in time?

`python tests/fuzz/fuzz.py --minutes 60` tries it; `--target NAME` one target. Inputs
are made of real pages, queries and files by mutation, and from nothing. Each follows
from a seed and a number, which a finding names and `--number` tries again. What was
found stands as a case in the tests of its room. Some inputs of each run with the tests.

fuzz.py       the command
mutating.py   changes of texts and bytes
target.py     what a target is; time limits
queries.py    parser and search: parsed, printed, parsed again; the same answer in pages
pages.py      page splitter: ranges cover the page once; time grows with the text
files.py      readers: every format and encoding, damaged outside and inside
segments.py   an index whose files are changed, with checksums that fit and that do not
snippets.py   marks and passages; HTML and terminal
studies.py    every method but search, by the same queries
arguments.py  every argument of every public call
"""

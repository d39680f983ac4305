"""
Here is what somebody typed: which articles does it ask for?

`parser` turns a query into a tree on Whoosh's parser and query classes,
`nodes` holds the leaves of ours (a phrase that must stand in the text, a run
of words, a date range), `pieces` cuts a run into the words that may stand
apart, `patterns` finds a phrase in a folded text. `equivalents` adds what the
query could be written as besides (`numerals`, `latin`, `variants`, and the user's
`lexicon`), each form a phrase of its own. Not for postings or scores:
that is `ranking`.
"""

from searchlib.query.fields import ALIASES as QUERY_FIELDS
from searchlib.query.quoting import quote

__all__ = ["QUERY_FIELDS", "quote"]

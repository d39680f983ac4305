"""
Here is what somebody typed: which articles does it ask for?

`parser` turns a query into a tree: `lexer` cuts it into tokens, `grammar` says how
they go together, `language` what they mean; `faults` points at what does not fit or
notes how it was mended, `advice` says how to write what was probably meant. `nodes`
holds the tree's nodes (a phrase that must stand in the text, a run of words, a date
range), `pieces` cuts a run into the words that may stand
apart, `patterns` finds a phrase in a folded text. `equivalents` adds what the
query could be written as besides (`numerals`, `latin`, `variants`, and the user's
`lexicon`), each form a phrase of its own. Not for postings or scores:
that is `embedded.search`.
"""

from searchlib.query.fields import ALIASES as QUERY_FIELDS
from searchlib.query.quoting import quote

__all__ = ["QUERY_FIELDS", "quote"]

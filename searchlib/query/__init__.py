"""
Here is what somebody typed: which articles does it ask for?

`parser` turns a query into a tree: `lexer` cuts it into tokens, `grammar` says how
they go together, `language` what they mean; `faults` points at what does not fit or
notes how it was mended, `advice` says how to write what was probably meant. `nodes`
holds the tree's nodes (a phrase that must occur in the text, an unspaced run, a date
range), `pieces` cuts a run into the words that may be apart, `auto` says which words are required,
`unparse` writes a tree as a query. Text to tree, and nothing else: other ways to write a phrase
are added in `expansion`, where it occurs in a text is found in `textmatch`.
"""

from searchlib.query.field_names import ALIASES as QUERY_FIELDS
from searchlib.query.quoting import quote

__all__ = ["QUERY_FIELDS", "quote"]

"""
Here are an article and a query tree: which passages show why it was found?

`marking` finds the exact places that matched, `fragments` cuts a text at its
sentences, `selection` chooses the passages. Not for escaping or colours: a
`Snippet` does that when it is shown.
"""

from searchlib.highlight.hit_parts import HitParts
from searchlib.highlight.marking import Highlights, Marker
from searchlib.highlight.selection import select

__all__ = ["Highlights", "HitParts", "Marker", "select"]

"""
Here is a page: where does each article begin, and what are its parts?

`split_page` is the face of this room, and `explain_page` says line by line why.
The text goes through lines (lines.py, reflow.py), the role that each shows by
its shape (roles.py, with signing.py, bylines.py, names.py, captions.py and furniture.py), the
articles that its neighbours make of it (assembly.py, styles.py, continuations.py,
decks.py) and the healing of what columns and OCR broke (healing.py). What kind of thing a text is, one
article or several, a newspaper's page, an issue, a list, is decided before (kinds.py, whole.py,
newspaper.py, issues.py, listed.py, labelled.py, unpunctuated.py, front_matter.py, posts.py, tables.py,
markdown.py; unsigned.py by rules in briefs.py and by a trained model over news_features.py). Where
the compiled kernel is built, it folds and heals, and says of all lines at once which need no rule
(unlooked.py). Not for reading files, and not for cutting words.
"""

from searchlib.pages.explaining import PageLine, explain_blocks, explain_page
from searchlib.pages.splitter import read_text, split_blocks, split_page, split_text

__all__ = [
    "PageLine",
    "explain_blocks",
    "explain_page",
    "read_text",
    "split_blocks",
    "split_page",
    "split_text",
]

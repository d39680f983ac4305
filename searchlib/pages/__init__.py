"""
Here is a page: where does each article begin, and what are its parts?

`split_page` is the whole face of this room. The text goes through lines
(lines.py), the role that each shows by its shape (roles.py, with names.py and
fields.py), the articles that its neighbours make of it (assembly.py,
continuations.py, decks.py) and the healing of what columns and OCR broke
(healing.py). Not for reading files, and not for cutting words.
"""

from searchlib.pages.splitter import split_page

__all__ = ["split_page"]

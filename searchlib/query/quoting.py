"""Write any text so that the query language takes it as one phrase."""

from searchlib.lazy import lazy_pattern

_QUOTES_AND_ESCAPES = lazy_pattern(r'(["“”„‟＂\\＼])')


def quote(text: str) -> str:
    r"""
    Return *text* as one phrase of the query language.

    >>> quote('他说"好"')
    '"他说\\"好\\""'
    """
    return '"' + _QUOTES_AND_ESCAPES.sub(r"\\\1", text) + '"'

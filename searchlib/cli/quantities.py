"""Numbers as people read them."""

from __future__ import annotations

from searchlib.cli.messages import tell


def size(size_bytes: int) -> str:
    """
    Say a size in decimal units, as disks are sold.

    >>> size(1_234_567)
    '1.2 MB'
    """
    value = float(size_bytes)
    for unit in ("bytes", "kB", "MB"):
        if value < 999.95:  # noqa: PLR2004 (what rounds to 1000.0 goes to the next unit)
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} GB"


def milliseconds(took_ms: float) -> str:
    """
    Say a short time; a search of less than 10 ms shows its tenths.

    >>> milliseconds(0.42), milliseconds(12.3)
    ('0.4 ms', '12 ms')
    """
    return f"{took_ms:.1f} ms" if took_ms < 9.95 else f"{took_ms:,.0f} ms"  # noqa: PLR2004


_COUNTED = {
    "article": ("{} article", "{} articles"),
    "brief": ("{} brief", "{} briefs"),
    "photo caption": ("{} photo caption", "{} photo captions"),
    "character": ("{} character", "{} characters"),
    "reprint": ("{} reprint", "{} reprints"),
    "file": ("{} file", "{} files"),
    "name": ("{} name", "{} names"),
}


def count_of(count: int, noun: str) -> str:
    """
    Say how many there are of something.

    >>> count_of(1, "article"), count_of(12480, "article")
    ('1 article', '12,480 articles')
    """
    one, several = _COUNTED[noun]
    return tell(one if count == 1 else several, f"{count:,}")

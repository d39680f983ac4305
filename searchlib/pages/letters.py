"""
Who writes to a paper: 柳溪市河东区 周小禾, 河湾县读者 高原, 湖北 李青.

A place that says what it is, or a reader, makes a line a signature by itself.
A bare place does where several letters are signed so: 河湾 高原 alone may be a head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.names import PLACES, is_sure_name
from searchlib.pages.stretches import FURNITURE, Piece

_READER = r"(?:读者|市民|网友|居民|村民|学生|家长|观众|听众)"
_PLACE = (
    r"(?:[一-鿿]{1,12}[省市县区旗乡镇村州港盟]"
    r"|[一-鿿]{1,8}(?:街道|社区|小区|大学|学院|中学|小学|公司|医院|工厂)"
    # Who writes in a school paper: 高一（3）班, 2019级中文系, 初三5班, 文学社, 校记者团.
    r"|[高初小大预]?[一二三四五六七八九\d]{1,2}(?:年级)?\s?[(（]?\s?[\d一二三四五六七八九十]{1,2}\s?[)）]?\s?班"
    r"|(?:19|20)?\d\d级[一-鿿]{0,10}[班]?"
    r"|[一-鿿]{0,8}(?:文学社|记者[团站]|通讯[社站]|广播[站台]|编辑部|学生会|团委|专业|系))"
)
_KNOWN = "|".join(sorted(PLACES, key=len, reverse=True))
_NAME = r"(?P<name>[一-鿿]{2,4}|[一-鿿][ \u3000]{1,4}[一-鿿])"
_SURE = re.compile(
    rf"(?:{_PLACE}(?:[一-鿿]{{0,4}}{_READER})?|[一-鿿]{{0,8}}{_READER}|(?:{_KNOWN})省?(?:[一-鿿]{{2,6}})?)"
    rf"(?:[ \u3000]{{1,4}}|·){_NAME}"
)
_BARE = re.compile(rf"(?P<place>[一-鿿]{{2,6}})[ \u3000]{{1,4}}{_NAME}")
_MAX_LINE = 24
"""Characters of such a line at most."""
MIN_LETTERS = 2
"""Letters signed with a bare place at least, for these to be signatures."""


def letter_writer(text: str) -> str:
    """
    Return who signs a letter with a line that is sure to do that, nothing for any other line.

    >>> letter_writer("柳溪市河东区  周小禾"), letter_writer("河湾读者 高原"), letter_writer("河湾 高原")
    ('周小禾', '高原', '')
    """
    is_short = len(text) <= _MAX_LINE and (" " in text or "\u3000" in text or "·" in text)
    letter = _SURE.fullmatch(text) if is_short else None
    name = "".join(letter["name"].split()) if letter else ""
    return name if is_sure_name(name) else ""


def sign_letters(pieces: Sequence[Piece]) -> list[Piece]:
    """Take lines of a bare place and a name for names, where several letters have one over the text."""
    found: dict[int, str] = {}
    heads = [piece.text for piece in pieces if piece.role == "head"]
    if len([text for text in heads if " " in text or "\u3000" in text]) < MIN_LETTERS:
        return list(pieces)
    shown = [place for place, piece in enumerate(pieces) if piece.role not in FURNITURE]
    for before, place, after in zip(shown, shown[1:], shown[2:], strict=False):
        piece = pieces[place]
        if (
            piece.role != "head"
            or piece.level
            or pieces[before].role != "head"
            or pieces[after].role != "body"
        ):
            continue
        letter = _BARE.fullmatch(piece.text) if len(piece.text) <= _MAX_LINE else None
        if letter and is_sure_name(name := "".join(letter["name"].split())):
            found[place] = name
    places = [pieces[place].text.split()[0] for place in found]
    if len(found) < MIN_LETTERS or all(map(is_sure_name, places)):
        return list(pieces)
    return [
        piece._replace(authors=(found[place],)) if place in found else piece
        for place, piece in enumerate(pieces)
    ]

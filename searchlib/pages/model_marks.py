"""What OCR models write into their Markdown before a block: what they took it for, and where it is."""

from __future__ import annotations

import re

from searchlib.pages.blocks import Hint

MODEL_MARK = re.compile(r"<\|ref\|>(?P<role>[^<|]*)<\|/ref\|>\s*<\|det\|>.*?<\|/det\|>[ \t]*")
MODEL_HINTS: dict[str, Hint] = {
    "title": "head",
    "sub_title": "head",
    "image": "picture",
    "image_caption": "caption",
    "figure_caption": "caption",
    "table_caption": "caption",
    "header": "furniture",
    "footer": "furniture",
    "page_number": "furniture",
}


def is_grounded(text: str) -> bool:
    """Return whether an OCR model says in a text what it took each block for, and where it stands."""
    return "<|ref|>" in text and MODEL_MARK.search(text) is not None

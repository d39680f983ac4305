"""
The catalogues of messages: `.po` is written by hand, `.mo` is what the command reads.

`python tests/support/catalogue.py` compiles each `.po` in `searchlib/cli/locale/`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polib

LOCALE = Path(__file__).parent.parent.parent / "searchlib" / "cli" / "locale"
SOURCES = sorted(LOCALE.glob("*/LC_MESSAGES/searchlib.po"))


def entries(path: Path) -> dict[tuple[str, str], str]:
    """Return the translations of a `.po` or a `.mo`, by the English, and its plural where it has one."""
    read = polib.mofile if path.suffix == ".mo" else polib.pofile
    return {
        (entry.msgid, entry.msgid_plural): entry.msgstr or entry.msgstr_plural[0] for entry in read(str(path))
    }


def main() -> None:
    """Compile every catalogue."""
    argparse.ArgumentParser(description="Compile the catalogues of messages.").parse_args()
    for path in SOURCES:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    main()

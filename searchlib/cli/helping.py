"""The pages of `--help` in Chinese: the same, paragraph by paragraph, wrapped by the cells of a terminal."""

from __future__ import annotations

from collections.abc import Iterable

import click

from searchlib.cli.cells import wrap
from searchlib.cli.messages import tell

_AS_IT_STANDS = "\b"
_LEAST_WIDTH = 20


class ChineseFormatter(click.HelpFormatter):
    """Writes what click's formatter does, each piece looked up first."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, f"{tell('Usage:')} " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write what a section is called."""
        self.write(f"{tell('{}:', tell(heading))}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that begins with a backspace is laid out already."""
        indent = " " * self.current_indent
        for place, paragraph in enumerate(text.split("\n\n")):
            if place:
                self.write("\n")
            if paragraph.startswith(_AS_IT_STANDS):
                lines = paragraph.split("\n")[1:]
            else:
                said = tell(" ".join(paragraph.split()))
                lines = [said[start:end] for start, end in wrap(said, self.width - self.current_indent)]
            self.write("".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options and what they mean."""
        rows = list(rows)
        first_wide = min(max(len(first) for first, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for first, second in rows:
            meaning, bracket, limits = second.partition("  [")  # click adds the range of a number
            said = tell(meaning) + bracket + limits
            room = max(self.width - first_wide - self.current_indent, _LEAST_WIDTH)
            lines = [said[start:end] for start, end in wrap(said, room)]
            if len(first) + col_spacing > first_wide:
                self.write(f"{indent}{first}\n")
                first = ""  # noqa: PLW2901 (written already)
            for line in lines or [""]:
                self.write(f"{indent}{first:<{first_wide}}{line}".rstrip() + "\n")
                first = ""  # noqa: PLW2901

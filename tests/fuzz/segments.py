"""An index whose files were changed: the same answers or an error that names file and cure; in time."""

from __future__ import annotations

import json
import random
import zlib
from pathlib import Path
from typing import Any

from faults import damaging

from fuzz.mutating import mutated_bytes
from searchlib.embedded.codec.sections import _ALIGNMENT, _TRAILER, PAGE_CHECKS, SectionFile


class Segments:
    """Changes one file of a small index at a time, and asks."""

    def __init__(self, home: Path) -> None:
        self._path = damaging.make(home)
        self._before = damaging.answers_of(self._path)
        self._files = {file.name: file.read_bytes() for file in damaging.files_of(self._path)}
        self._directories = {
            name: dict(SectionFile(self._path / name)._directory)
            for name in self._files
            if name.endswith(".slseg")
        }

    def draw(self, chance: random.Random) -> object:
        """Return a file's name, its new bytes, and whether its checksums fit."""
        others = list(self._files.values())
        if chance.random() < 0.3:
            name = chance.choice(list(self._files))
            return name, mutated_bytes(chance, self._files[name], others, chance.choice([1, 2, 8])), False
        name = chance.choice(list(self._directories))
        return name, self._lying(chance, name), True

    def _lying(self, chance: random.Random, name: str) -> bytes:
        """Return a segment of other sections with checksums that fit, as only who wants it makes it."""
        whole = self._files[name]
        directory = dict(self._directories[name])
        sections = {key: whole[offset : offset + length] for key, (offset, length, *_) in directory.items()}
        changed = set()
        for _ in range(chance.choice([1, 1, 2, 5])):
            key = chance.choice(list(sections))
            changed.add(key)
            kind = chance.random()
            if kind < 0.7:
                others = [sections[chance.choice(list(sections))]]
                sections[key] = mutated_bytes(chance, sections[key], others, chance.choice([1, 2, 4]))
            elif kind < 0.85:
                sections[key] = sections[chance.choice(list(sections))]
            elif len(sections) > 1:
                del sections[key]
        data = bytearray(whole[:_ALIGNMENT])  # the head
        listed: dict[str, damaging.Section] = {}
        for key, section in sections.items():
            data += bytes(-len(data) % _ALIGNMENT)
            listed[key] = (len(data), len(section), zlib.crc32(section), directory[key][3])
            data += section
        if PAGE_CHECKS not in changed:
            fitting, listed[PAGE_CHECKS] = damaging.with_page_checks(bytes(data), listed[PAGE_CHECKS])
            data = bytearray(fitting)
        said = json.dumps({"file": name, "sections": listed}).encode()
        return bytes(data) + said + _TRAILER.pack(len(data), len(said), zlib.crc32(said), whole[-8:])

    def check(self, drawn: Any) -> None:
        """Ask everything of the changed index, then put the file back."""
        name, data, fits = drawn
        file = self._path / name
        if data == self._files[name]:
            return
        file.unlink()  # another file, so that nothing is remembered of this one
        file.write_bytes(data)
        try:
            before = None if fits else self._before
            # JSON may change without a change of what it says.
            trial = damaging.trial("fuzz", name, self._path, before, needed=not name.endswith(".json"))
        finally:
            file.unlink()
            file.write_bytes(self._files[name])
        assert not trial.trouble, trial.trouble

    def close(self) -> None:
        """Nothing is open."""

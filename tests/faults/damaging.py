"""
Damage to the files of an index: an error names the file and the cure, or no answer is changed.

What the questions do not notice, `Index.check` must. A lie is damage with right
checksums, as only somebody who wants it makes it: there an answer may be wrong,
but nothing else than a `StoreError` may come out of it.
"""

from __future__ import annotations

import json
import random
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checks import patience

import searchlib
from faults.scenarios import Scenario, article
from faults.state import State, state_of
from searchlib import Article, SearchlibError, StoreError
from searchlib.embedded.codec.sections import _TRAILER, PAGE_CHECKS, PAGE_SIZE, SectionFile

Section = tuple[int, int, int, str]
"""Where a section is, its bytes, its checksum and its type, as in the directory."""

_PATIENCE_S = 20


@dataclass(frozen=True)
class Trial:
    """One damage, and what is wrong with what came of it: nothing, when *trouble* is empty."""

    kind: str
    where: str
    noticed: bool
    trouble: str

    def __str__(self) -> str:
        return f"{self.kind} {self.where}: {self.trouble}"


def make(home: Path) -> Path:
    """Make an index of two segments, with deletions, of records and of files."""
    (home / "texts").mkdir()
    for name in "abc":
        lines = [json.dumps({"id": f"{name}{n}", **_record(n)}, ensure_ascii=False) for n in range(3)]
        (home / "texts" / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    path = Scenario.index_in(home)
    with searchlib.open(path) as index:
        index.sync(home / "texts")
        index.add([article(number) for number in range(12)])
        index.delete(["003", "a1"])
    return path


def _record(number: int) -> dict[str, object]:
    given = article(number)
    return {"headline": given.headline, "body": given.body, "date": given.date, "stars": number}


def make_large(path: Path, articles: int) -> None:
    """Make an index of long and many lists, in several blocks and segments."""
    chance = random.Random(1)
    characters = "党建引领基层治理中国农业发展银行的人民一二三十查干湖冬捕节开幕会议月日年上下新闻丰收"
    texts = ("".join(chance.choices(characters, k=120)) for _ in range(articles))
    with searchlib.open(path) as index:
        index.add(Article(id=f"{n}", headline=text[:9], body=text) for n, text in enumerate(texts))
        index.delete(["7"])
        index.add([article(number) for number in range(12)])


def flips(path: Path, step: int, seed: int = 1) -> Iterator[Trial]:
    """Change single bytes: one of every *step* of each file, at a random place, to a random other value."""
    before = answers_of(path)
    chance = random.Random(seed)
    for file in files_of(path):
        whole = file.read_bytes()
        for first in range(0, len(whole), step):
            place = min(first + chance.randrange(step), len(whole) - 1)
            damaged = bytearray(whole)
            damaged[place] ^= chance.randrange(1, 256)
            file.write_bytes(damaged)
            yield trial("flip", f"{file.name}[{place}]", path, before)
        file.write_bytes(whole)


def blows(path: Path, seed: int = 1) -> Iterator[Trial]:
    """Cut files short, empty them, take them away, swap them, write noise over them, add something."""
    before = answers_of(path)
    chance = random.Random(seed)
    files = files_of(path)
    for number, file in enumerate(files):
        whole = file.read_bytes()
        other = files[number - 1].read_bytes()
        lengths = {0, 1, 27, 28, 29, len(whole) // 2, len(whole) - 1} | {
            chance.randrange(len(whole)) for _ in range(20)
        }
        changed: dict[str, bytes | None] = {f"cut to {length}": whole[:length] for length in sorted(lengths)}
        changed["cut at the front"] = whole[1:]
        changed["noise"] = chance.randbytes(len(whole))
        changed["zeros"] = bytes(len(whole))
        changed["zeros at the end"] = whole[:-512] + bytes(min(512, len(whole)))
        changed["with more at the end"] = whole + b"\0"
        changed["twice"] = whole + whole
        changed["another file of the index"] = other
        changed["gone"] = None
        for how, data in changed.items():
            if data == whole:
                continue
            if data is None:
                file.unlink()
            else:
                file.write_bytes(data)
            yield trial(how, file.name, path, before, needed=not file.name.startswith("searchlib.files."))
        file.write_bytes(whole)


def lies(path: Path, count: int, seed: int = 1) -> Iterator[Trial]:
    """Write other numbers into sections, and the checksums that fit them."""
    chance = random.Random(seed)
    for _ in range(count):
        file = chance.choice([file for file in files_of(path) if file.suffix == ".slseg"])
        directory = SectionFile(file)._directory
        name = chance.choice([name for name, (_, length, *_) in directory.items() if length])
        length = directory[name][1]
        bytes_of = [0, 1, 127, 255, chance.randrange(256)]
        lie = {chance.randrange(length): chance.choice(bytes_of) for _ in range(chance.choice([1, 1, 4]))}
        yield told(path, file, name, lie)


def lies_in(path: Path, name: str, value: int) -> Iterator[Trial]:
    """Write *value* over each byte of one section of each segment in turn, with the checksum that fits."""
    for file in files_of(path):
        if file.suffix == ".slseg":
            for place in range(SectionFile(file)._directory[name][1]):
                yield told(path, file, name, {place: value})


def told(path: Path, file: Path, name: str, lie: Mapping[int, int]) -> Trial:
    """Write other bytes at places of a section for as long as the index is asked."""
    whole = file.read_bytes()
    directory = dict(SectionFile(file)._directory)
    offset, length, _, kind = directory[name]
    lying = bytearray(whole)
    for place, value in lie.items():
        lying[offset + place] = value
    end = _TRAILER.unpack_from(whole, len(whole) - _TRAILER.size)[0]
    data = bytes(lying[:end])
    directory[name] = (offset, length, zlib.crc32(data[offset : offset + length]), kind)
    if name != PAGE_CHECKS:
        data, directory[PAGE_CHECKS] = with_page_checks(data, directory[PAGE_CHECKS])
    said = json.dumps({"file": file.name, "sections": directory}).encode()
    file.write_bytes(data + said + _TRAILER.pack(end, len(said), zlib.crc32(said), whole[-8:]))
    try:
        return trial("lie", f"in {name} of {file.name}", path, None)
    finally:
        file.write_bytes(whole)


def with_page_checks(data: bytes, section: Section) -> tuple[bytes, Section]:
    """Return the bytes of a segment's file up to its directory with checksums that fit its pages."""
    place, length, _, kind = section
    starts = range(0, place, PAGE_SIZE)
    crcs = [zlib.crc32(data[start : min(start + PAGE_SIZE, place)]) for start in starts]
    checks = struct.pack(f"<{len(crcs)}I", *crcs)
    return data[:place] + checks + data[place + length :], (place, len(checks), zlib.crc32(checks), kind)


def files_of(path: Path) -> list[Path]:
    """Return the files of an index that hold something, by size: the names of segments are random."""
    return sorted(
        (file for file in path.iterdir() if file.stat().st_size), key=lambda file: file.stat().st_size
    )


def trial(kind: str, where: str, path: Path, before: State | None, *, needed: bool = True) -> Trial:
    """Ask a changed index; *before* are its answers when it was whole, None when they may be others."""
    noticed = True
    try:
        with patience(_PATIENCE_S):
            try:
                answers = answers_of(path)
            except StoreError as error:
                return Trial(kind, where, noticed=True, trouble=_unclear(error, path))
            if before is not None and answers != before:
                return Trial(kind, where, noticed=False, trouble="it answers otherwise")
            with searchlib.open(path) as index:
                noticed = bool(index.check())
            trouble = "nobody notices" if before is not None and needed and not noticed else ""
    except SearchlibError as error:  # such as: no article has this id
        return Trial(kind, where, noticed=True, trouble="" if before is None else str(error))
    except Exception as error:  # noqa: BLE001 (that it is another is what is looked for)
        return Trial(kind, where, noticed=False, trouble=f"{type(error).__name__}: {error}")
    return Trial(kind, where, noticed, trouble)


def _unclear(error: StoreError, path: Path) -> str:
    said = str(error)
    cured = any(cure in said for cure in ("search index --repair", "search index PATH", "update searchlib"))
    return "" if str(path) in said and cured else f"names no file or cure: {said}"


def answers_of(path: Path) -> State:
    """Ask an index everything."""
    with searchlib.open(path) as index:
        state = state_of(index)
        other: list[object] = [
            index.search("", facets=["month", "extra.stars"]).facets,
            index.search("湖", sort="newest", since="2024", where={"kind": "article"}).total,
            [
                (hit.id, hit.score)
                for hit in index.search("治理", sort="oldest", where={"year": ["2023", "2024"]})
            ],
            index.suggest("湖"),
            [str(hit.snippet) for hit in index.search("党建")],
            [(hit.id, hit.snippets) for hit in index.search('"基层治理"', snippets=3)],
            [hit.id for hit in index.search("党建引领，基层治理的十九家企业", match="any")],
            index.explain("党建引领", state[0][1].id) if state[0] else None,
            index.stats()["files"],
        ]
        return (*state, *other)

"""Faults by the thousand: digests of every format, mutated, and what must hold of each.

No mutation may end a reader, take more than a second a record, take another record with it, or lead
to a file outside the site. `make fuzz` tries 100,000, `test_fuzz` a fixed set. A case is known by
its number: `python -m tests.fuzz --first 4711 --cases 1` tries it again, and `--show` prints it.
"""

from __future__ import annotations

import argparse
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from dayleaf import readers
from dayleaf.archive import urls
from dayleaf.archive.identifiers import Identifier
from dayleaf.archive.model import Digest, Record
from dayleaf.base.errors import Severity
from dayleaf.catalog.rows import rows_of
from dayleaf.text import to_html, to_plain
from tests.readers.test_fixtures import FOLDER, cases
from tests.sites import Site, record

_SECONDS = 1.0
"""What a record may take, reading, listing and all its text."""
_SECONDS_A_MEGABYTE = 5.0
"""What a file may take besides, which several readers may have to look through."""
_BESIDE = 0.7
"""Share of the cases, of digests whose records stand apart, in which one of them is mutated."""
_BATCH = 400
"""So many mutated digests make a site, which is built and looked through."""

Mutation = Callable[[Random, bytes], bytes]


class Seed(NamedTuple):
    """A digest that is whole: some text, records, some text."""

    path: str
    head: str
    records: tuple[str, ...]
    tail: str = ""

    def text(self, records: tuple[bytes, ...] | None = None) -> bytes:
        """Return the file with these records in place of its own."""
        own = records or tuple(one.encode() for one in self.records)
        return self.head.encode() + b"".join(own) + self.tail.encode()


def _seeds() -> tuple[Seed, ...]:
    """Return a digest of each format whose records stand apart, and every fixture as a whole."""
    daily = tuple(
        record(f"2112.1004{n}", title=title, summary=f"We ${n}^2$ see \\emph{{{title}}}.")
        for n, title in enumerate(("Tides", "Rivers", "Acorns"))
    )
    lines = tuple(
        f'{{"id": "2112.1004{n}", "title": "Tides {n}", "authors": ["Ada Quill"],'
        f' "summary": "We look.", "categories": ["cs.CV"]}}\n'
        for n in range(3)
    )
    rows = tuple(
        f"|**2021-12-1{n}**|**Tides {n}**|Ada Quill et.al.|"
        f"[2112.1004{n}](http://arxiv.org/abs/2112.1004{n})|null|\n"
        for n in range(3)
    )
    labelled = tuple(
        f"## {n}. Tides {n}\n\n- **Authors:** Ada Quill, Bo Fenn\n"
        f"- **Link:** https://arxiv.org/abs/2112.1004{n}\n- **Abstract:** We look.\n\n"
        for n in range(3)
    )
    table = "## SLAM\n\n|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n"
    apart = (
        Seed("cs.CV/2021/12/20211219.md", "# Arxiv Papers in cs.CV on 2021-12-19\n", daily),
        Seed("data/2021-12-19.jsonl", "", lines),
        Seed("README.md", table, rows),
        Seed("notes/2021-12-19.md", "# Papers of 2021-12-19\n\n", labelled),
    )
    whole = (Seed(one.path, "", (one.text,)) for file in sorted(FOLDER.glob("*.txt"))
             for one in cases(file))  # fmt: skip
    return (*apart, *whole)


# ---- Mutations ----------------------------------------------------------------------------------

_PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        # What decodes to nothing, or to what no page may hold.
        *(
            "\0",
            "\x1b[31m",
            "\ufeff",
            "\ud800",
            "\u2028",
            "\u202e",
            "\ufffe",
            "\u00ad",
            "\U000e0041",
        ),
        *("\r", "\r\n", "\n", "\t", "\U0001f600", "e\u0301\u0302", "\u05d0", "%00", "&#0;"),
        # What begins something in one of the formats.
        *(
            "### ",
            "\n### \n",
            "- **Arxiv ID**: ",
            "\n- **Summary**: ",
            "\n- **Authors**:\n",
            "None",
        ),
        *(
            "```\n",
            "---\n",
            "<!--",
            "</script>",
            "<details>",
            "{{ 7 * 7 }}",
            "{% raw %}",
            "|",
            "\\|",
        ),
        *('"', "'", "{", "}", "[", "]", "\\", "\\u0000", "\\ud800", "$", "$$", "\\("),
        # What a value should not be.
        *("../../../etc/passwd", "http://arxiv.org/abs/../../x", "javascript:alert(1)"),
        *("2112.99999v9", "v99999999999999999999", "0001-01-01", "9999-12-31 23:59:59-23:59"),
        *("10.1000/a#b?c", "1e999", "con", "and " * 30, ", " * 300, "*" * 300),
        # What might take time.
        *("\\def\\a{\\a}\\a", "\\frac" * 40, "{" * 300, "\\sqrt{" * 200, "^{" * 200),
    )
)
LARGE = tuple(
    piece.encode() * (1_000_000 // len(piece))
    for piece in (
        *("x", "word ", "$x$ ", "\\x{", "Ada Quill, ", "https://a.org/", "(", "\n", "&amp;"),
        *("10.1/a,", '{"a":', '{"a" ', "[", "- ", "`", "'", "a_{", " and ", "|", "\\text{$", "<a>"),
        *("### x\n", "- **Summary**: x\n", "{\\bf ", "\\url{", "&", "\\", '"', "x: ", "| a |\n"),
        *(
            "[x](",
            "](",
            "![",
            "<summary>",
            "<details>",
            "<a ",
            "**",
            "- 2021-12-19, **x",
            "Paper: ",
        ),
        *(
            "$$",
            "\\(",
            "\\begin{equation}",
            "&#",
            "10.1000/",
            "arXiv:2112.10046 ",
            "www.a",
            "--",
        ),
        *(
            ", and ",
            ";",
            "Jr., ",
            "(x, ",
            "\u00e9",
            "\u4e2d",
            "http://a.org/(",
            "doi:10.1/(",
            "et al. ",
        ),
    )
)


def _flip(random: Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        if made:
            made[random.randrange(len(made))] = random.randrange(256)
    return bytes(made)


def _insert(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(_PIECES) + data[at:]


def _enlarge(random: Random, data: bytes) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice(LARGE) + data[at:]


def _cut(random: Random, data: bytes) -> bytes:
    start, end = sorted(random.randint(0, len(data)) for _ in range(2))
    return data[:start] + data[end:]


def _lines(random: Random, data: bytes) -> bytes:
    found = data.split(b"\n")
    a, b = random.randrange(len(found)), random.randrange(len(found))
    way = random.randrange(4)
    if way == 0:
        del found[a]
    elif way == 1:
        found[a], found[b] = found[b], found[a]
    elif way == 2:
        found.insert(b, found[a])
    else:
        found[a] = found[a][: len(found[a]) // 2]
    return b"\n".join(found)


def _endings(random: Random, data: bytes) -> bytes:
    return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\n ", b"\xe2\x80\xa9")))


def _decomposed(_random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace").replace("a", "å").replace("o", "ö")
    return unicodedata.normalize("NFD", text).encode()


def _wide(random: Random, data: bytes) -> bytes:
    encoding = random.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "shift-jis"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_USUAL: tuple[Mutation, ...] = (
    *(_flip, _insert, _insert, _insert, _cut, _lines, _lines),
    _decomposed,
)
_OF_FILES: tuple[Mutation, ...] = (_endings, _wide)
_RARE = 0.004


def _mutated(random: Random, data: bytes, ways: tuple[Mutation, ...]) -> bytes:
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        data = random.choice(ways)(random, data)
    return _enlarge(random, data) if random.random() < _RARE else data


# ---- Cases and what must hold of them -----------------------------------------------------------


@dataclass
class Findings:
    """What a run has found."""

    tried: int = 0
    records: int = 0
    faults: list[str] = field(default_factory=list)
    by: Counter[str] = field(default_factory=Counter)
    """Cases by the reader that took them, and by what became of them."""


class Case(NamedTuple):
    """A mutated digest."""

    number: int
    path: str
    data: bytes
    kept: tuple[Record, ...]
    """The records beside the mutated one, which must be read as if it were whole."""


SEEDS = _seeds()


def case(number: int) -> Case:
    """Return a case by its number: the same on every machine."""
    random = Random(number)
    seed = random.choice(SEEDS)
    if len(seed.records) > 1 and random.random() < 0.7:
        place = random.randrange(len(seed.records))
        own = [one.encode() for one in seed.records]
        inner = own[place].rstrip(b"\n")
        own[place] = _mutated(random, inner, _USUAL) + own[place][len(inner) :]
        kept = (one for at, one in enumerate(records(seed.path, seed.text())) if at != place)
        return Case(number, seed.path, seed.text(tuple(own)), tuple(kept))
    return Case(number, seed.path, _mutated(random, seed.text(), (*_USUAL, *_OF_FILES)), ())


def records(path: str, data: bytes) -> tuple[Record, ...]:
    found = readers.read(data, source=path)[1]
    return found.records if isinstance(found, Digest) else ()


def faults(one: Case, found: Findings) -> Iterator[str]:
    """Yield what does not hold of a case."""
    start = time.process_time()
    name, digest = readers.read(one.data, source=one.path)
    found.by[name or "no digest"] += 1
    records = digest.records if isinstance(digest, Digest) else ()
    rows, issues = rows_of(digest) if isinstance(digest, Digest) else ([], [])
    for paper in rows:
        for text in filter(None, (paper.title, paper.abstract, paper.comment, paper.journal)):
            to_html(text)
            to_plain(text)
    taken = time.process_time() - start
    found.records += len(records)
    if taken > _SECONDS * max(1, len(records)) + _SECONDS_A_MEGABYTE * len(one.data) / 1e6:
        yield f"took {taken:.1f} s for {len(records)} records in {len(one.data):,} bytes"
    said = [(problem.severity, problem.message) for problem in digest.problems] if digest else []
    said += [(Severity(issue.severity), issue.message) for issue in issues]
    for severity, message in said:
        if "ends in" in message:
            yield f"an exception: {message}"
        found.by[str(severity)] += 1
    if digest and not len(rows) == len(records) <= digest.seen:
        yield f"{digest.seen} seen, {len(records)} read, {len(rows)} listed"
    yield from _beside(one, records)


def _core(record: Record) -> tuple[Identifier, str, tuple[str, ...]]:
    """Return what must stay of a record whatever stands beside it.

    A broken heading lets the lines below it go on with the record above.
    """
    return record.identifier, record.title, record.authors


def _beside(one: Case, records: tuple[Record, ...]) -> Iterator[str]:
    """Yield what does not hold of the records beside the mutated one, and of addresses."""
    same = [_core(each) for each in records]
    for kept in one.kept:
        if _core(kept) not in same:
            yield f"lost {kept.identifier.value} beside a bad record"
    for each in records:
        address = urls.paper(each.day or "2021-12-19", each.identifier.anchor)
        path = address.partition("#")[0]
        if ".." in path.split("/") or path.startswith("/") or "\\" in path:
            yield f"leads out of the site: {address!r}"


def run(numbers: range, *, build: bool = True, progress: bool = False) -> Findings:
    """Try cases by their numbers; every so many of them make a site, which is built."""
    found = Findings()
    batch: list[Case] = []
    for number in numbers:
        one = case(number)
        found.tried += 1
        try:
            found.faults += [f"case {number}, {one.path}: {said}" for said in faults(one, found)]
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            found.faults.append(f"case {number}, {one.path}: {error!r}")
        batch.append(one)
        if build and (len(batch) == _BATCH or number == numbers[-1]):
            found.faults += _site_faults(batch)
            batch = []
        if progress and not found.tried % 5_000:
            print(f"{found.tried:,} cases, {len(found.faults)} faults", flush=True)
    return found


def _site_faults(batch: list[Case]) -> Iterator[str]:
    """Build a site of mutated digests, and look for files that are not where they belong."""
    span = f"cases {batch[0].number} to {batch[-1].number}"
    with TemporaryDirectory() as folder:
        site = Site(Path(folder) / "site")
        for one in batch:
            if len(one.data) < 100_000:
                path = site.folder / f"content/{one.number}" / one.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(one.data)
        try:
            report = site.build()
        except Exception as error:  # noqa: BLE001
            yield f"{span}: the build ended in {error!r}"
            return
        totals = report.totals
        if totals.records != totals.papers + totals.merged + totals.refused:
            yield f"{span}: {totals}"
        strays = {path.name for path in Path(folder).iterdir()} - {"site"}
        strays |= {path.name for path in site.folder.iterdir()} - {"content", "public", ".dayleaf"}
        if strays:
            yield f"{span}: files outside the site: {', '.join(sorted(strays))}"


def main() -> int:
    """Try cases, and report."""
    parser = argparse.ArgumentParser(description="Try mutated digests of every format.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--show", action="store_true", help="print the cases, try none")
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.cases)
    if options.show:
        for number in numbers:
            print(case(number).data[:20_000].decode("utf-8", "backslashreplace"))
        return 0
    found = run(numbers, progress=True)
    print(f"{found.tried:,} cases with {found.records:,} records: {len(found.faults)} faults")
    print(", ".join(f"{name} {count:,}" for name, count in found.by.most_common()))
    for said in found.faults[:50]:
        print(f"  {said}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())

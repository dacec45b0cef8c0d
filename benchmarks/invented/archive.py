"""Invented papers, dealt to the days of an archive that grows as the real one has grown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.invented.papers import Papers, identifier

_YEARLY = (
    3, 4, 15, 5, 16, 25, 35, 31, 38, 61, 85, 147, 293, 380, 579, 862, 1342, 2264, 3631, 5723, 8591,
    11601, 14245, 14868, 19684, 23935, 29038,
)  # fmt: skip
"""Papers of 1998, 1999, … 2024."""
_FIRST_YEAR = 1998
_GAP = date(2020, 12, 8), date(2021, 3, 5)
"""Days that the real collector missed."""
_WEEKDAYS = (1.15, 1.25, 1.2, 1.15, 1.05, 0.6, 0.6)
_TWICE = 0.0008
"""How many records stand a second time in their digest, in a newer version."""


class Plan(NamedTuple):
    """What to invent. The same plan gives the same bytes."""

    papers: int
    seed: int = 1
    first: date = date(_FIRST_YEAR, 1, 1)
    last: date = date(2024, 12, 31)
    archive: str = "cs.CV"


class Digest(NamedTuple):
    """One file of the archive."""

    path: str
    """Relative, `cs.CV/2021/12/20211219.md`."""
    text: str
    records: int
    """Identifiers that stand twice are counted twice."""


def digests(plan: Plan) -> Iterator[Digest]:
    """Yield the digests of an archive, oldest first; days without papers have none."""
    papers = Papers(Random(plan.seed))
    month, number = "", 0
    for day, count in _dealt(plan):
        if month != f"{day:%Y%m}":
            month, number = f"{day:%Y%m}", 0
        yield digest(papers, day, count, start=number + 1, archive=plan.archive)
        number += count


def digest(papers: Papers, day: date, count: int, *, start: int, archive: str = "cs.CV") -> Digest:
    """Return the digest of a day; `start` is the number, in its month, of the first paper."""
    rng, iso = Random(f"{day} {start} {count}"), day.isoformat()
    moments = sorted(rng.randrange(86_400) for _ in range(count))
    records = [
        papers.record(identifier(day, start + at), iso, _time(moment))
        for at, moment in enumerate(moments)
    ]
    for at in [at for at in range(count) if rng.random() < _TWICE]:
        again = identifier(day, start + at)
        records.append(papers.record(again, iso, _time(moments[-1])).replace("v1\n", "v2\n", 1))
    path = f"{archive}/{day:%Y/%m/%Y%m%d}.md"
    return Digest(path, f"# Arxiv Papers in {archive} on {iso}\n{''.join(records)}", len(records))


def write(folder: Path, plan: Plan) -> int:
    """Write an archive below a folder; return how many records it has."""
    total = 0
    for found in digests(plan):
        file = folder / found.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found.text, encoding="utf-8", newline="\n")
        total += found.records
    return total


def _dealt(plan: Plan) -> Iterator[tuple[date, int]]:
    """Yield days and their numbers of papers, which add up to the plan's."""
    rng = Random(plan.seed)
    shares = [(day, _share(day) * rng.lognormvariate(0, 0.2)) for day in _days(plan)]
    total = sum(share for _, share in shares)
    before, dealt = 0.0, 0
    for at, (day, share) in enumerate(shares, 1):
        before += share
        due = plan.papers if at == len(shares) else int(plan.papers * before / total)
        if due > dealt:
            yield day, due - dealt
        dealt = due


def _days(plan: Plan) -> Iterator[date]:
    for number in range((plan.last - plan.first).days + 1):
        day = plan.first + timedelta(number)
        if not _GAP[0] <= day <= _GAP[1]:
            yield day


def _share(day: date) -> float:
    """Return a day's share of the papers, growing evenly from year to year."""
    year = min(max(day.year - _FIRST_YEAR, 0), len(_YEARLY) - 1)
    days = 366 - 87 * (day.year == _GAP[0].year + 1)
    return _YEARLY[year] / days * _WEEKDAYS[day.weekday()]


def _time(moment: int) -> str:
    return f"{moment // 3600:02}:{moment // 60 % 60:02}:{moment % 60:02}"

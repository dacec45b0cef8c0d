"""Invented archives: what benchmarks and tests build where no real archive is."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from benchmarks.invented import Plan, digests, write
from benchmarks.invented.people import People
from dayleaf.archive import names
from dayleaf.archive.model import Digest, Record
from dayleaf.base.errors import Severity
from dayleaf.readers import arxiv_daily

PLAN = Plan(4_000, seed=3)


@pytest.fixture(scope="module")
def parsed() -> list[Digest]:
    found = [arxiv_daily.parse(made.text, source=made.path) for made in digests(PLAN)]
    assert all(isinstance(each, Digest) for each in found)
    return [each for each in found if isinstance(each, Digest)]


@pytest.fixture(scope="module")
def records(parsed: list[Digest]) -> list[Record]:
    return [record for each in parsed for record in each.records]


def test_every_record_is_read_and_none_refused(parsed: list[Digest]) -> None:
    assert sum(each.seen for each in parsed) == sum(len(each.records) for each in parsed)
    assert sum(made.records for made in digests(PLAN)) == sum(each.seen for each in parsed)
    severities = {problem.severity for each in parsed for problem in each.problems}
    assert severities <= {Severity.NOTE}  # names that are none, as real digests have them


def test_there_are_as_many_papers_as_were_asked_for(records: list[Record]) -> None:
    twice = Counter(record.identifier for record in records)
    assert len(twice) == PLAN.papers
    assert sum(twice.values()) > PLAN.papers
    assert set(twice.values()) == {1, 2}


def test_days_are_in_order_and_grow(parsed: list[Digest]) -> None:
    days = [each.day for each in parsed]
    assert days == sorted(set(days))
    years = Counter(int(each.day[:4]) for each in parsed for _ in each.records)
    assert years[2024] > years[2020] > years[2015] > years[2010]
    assert not any("2020-12-08" <= day <= "2021-03-05" for day in days)


def test_identifiers_have_the_form_of_their_time() -> None:
    plan = Plan(40, last=date(2007, 12, 31))
    ids = [line for made in digests(plan) for line in made.text.splitlines() if "Arxiv ID" in line]
    old = [line for line in ids if "/abs/cs/" in line]
    assert 0 < len(old) < len(ids)


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path: Path) -> None:
    def mark(folder: Path, plan: Plan) -> str:
        write(folder, plan)
        found = hashlib.sha256()
        for file in sorted(folder.rglob("*.md")):
            found.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
        return found.hexdigest()

    plan = Plan(200, seed=5)
    first = mark(tmp_path / "first", plan)
    assert mark(tmp_path / "again", plan) == first
    assert mark(tmp_path / "other", plan._replace(seed=6)) != first


def test_the_oddities_of_real_digests_are_there(records: list[Record]) -> None:
    def share(found: list[bool]) -> float:
        return sum(found) / len(records)

    assert 0.04 < share(["$" in (r.abstract or "") for r in records]) < 0.09
    assert 0.14 < share(["://" in (r.abstract or "") for r in records]) < 0.22
    assert 0.03 < share(["\\" in (r.abstract or "") for r in records]) < 0.15
    assert 0.5 < share([r.comment is not None for r in records]) < 0.7
    assert 0.05 < share([r.journal is not None for r in records]) < 0.1
    assert 0.08 < share([bool(r.dois) for r in records]) < 0.14
    assert 0.02 < share([bool(r.categories.msc or r.categories.acm) for r in records]) < 0.06
    assert 0.03 < share([any(not n.isascii() for n in r.authors) for r in records]) < 0.2
    folded = sum(made.text.count("\n  ") for made in digests(PLAN))
    assert folded > 0.15 * len(records)


def test_titles_and_abstracts_are_as_long_as_real_ones(records: list[Record]) -> None:
    assert 65 < sum(len(r.title) for r in records) / len(records) < 85
    assert 1100 < sum(len(r.abstract or "") for r in records) / len(records) < 1350


def test_words_are_as_rare_as_real_ones(records: list[Record]) -> None:
    words = Counter(w for r in records for w in (r.abstract or "").lower().split())
    counts = [count for _, count in words.most_common()]
    total = sum(counts)
    assert 0.04 < counts[0] / total < 0.07
    assert 0.0008 < counts[99] / total < 0.002
    assert sum(count == 1 for count in counts) > 0.2 * len(counts)


def test_most_authors_have_one_paper_and_their_number_grows_with_the_papers() -> None:
    """As in the real archive: 57 % once, and 1.3 to 1.5 new names a paper."""
    people, seen, grown = People(Random(1)), Counter[str](), list[int]()
    for _ in range(4):
        for _ in range(10_000):
            seen.update(map(names.fold, names.split(people.team()).names))
        grown.append(len(seen))
    assert 0.52 < sum(count == 1 for count in seen.values()) / len(seen) < 0.62
    assert 4.4 < sum(seen.values()) / 40_000 < 5.1
    assert 1.2 < grown[-1] / 40_000 < 1.5
    assert grown[-1] > 3.5 * grown[0]
    assert 100 < seen.most_common(1)[0][1] < 1_000


def test_one_paper_has_hundreds_of_authors(records: list[Record]) -> None:
    sizes = sorted(len(record.authors) for record in records)
    assert sizes[-1] >= 300
    assert sizes[-2] < 300


def test_an_archive_is_made_as_it_is_asked_for() -> None:
    """A plan of millions yields its first days at once, nothing of the rest being made."""
    first = list(islice(digests(Plan(3_000_000)), 3))
    assert [made.path for made in first] == sorted(made.path for made in first)

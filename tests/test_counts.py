"""Every paper once: the built site against a count that shares no code with Dayleaf.

Only what search results are packed into is read by Dayleaf's own `order` and `unpack`.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from dayleaf.search import order
from dayleaf.search.dictionary import unpack
from tests.sites import Site

SAMPLE = Path(__file__).parents[1] / "content"
_ARTICLE = re.compile(r"<article[^>]*?\sid=\"?([^\s\">]+)")
_DAY = re.compile(r"<h2 id=(\d{4}-\d\d-\d\d)><a [^>]*>[^<]*</a>\s*<small>([\d,]+) papers?</small>")
_LINK = re.compile(r"href=\"?[./]*(\d{4}/\d{2}/\d{2})/#([^\s\">]+)")
_OLD = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5}")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BETWEEN = re.compile(r"[,;]|\s(?:and|&)\s")
_JUNIOR = re.compile(r"(?:jr|sr|i{2,3}|iv)\.?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_SECOND = {
    "cs.NA": "math.NA", "cs.SY": "eess.SY", "math.IT": "cs.IT", "q-fin.EC": "econ.GN",
    "stat.TH": "math.ST",
}  # fmt: skip
"""Second names of categories, as arXiv documents them."""


class Count:
    """What stands in a folder of digests, counted by regular expressions alone."""

    def __init__(self, content: Path) -> None:
        self.days: dict[str, set[str]] = {}
        self.authors: dict[str, set[str]] = {}
        self.categories: dict[str, set[str]] = {}
        self.records = 0
        home: dict[str, str] = {}
        newest: dict[str, tuple[int, str, str]] = {}
        for file in sorted(content.rglob("*.md")):
            if not re.fullmatch(r"\d{8}", file.stem):
                continue
            day = f"{file.stem[:4]}/{file.stem[4:6]}/{file.stem[6:]}"
            for block in re.split(r"^### ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[
                1:
            ]:
                self.records += 1
                unfolded = re.sub(r"\n +", " ", block)
                fields = dict(re.findall(r"^- \*\*(.+?)\*\*: ?(.*)$", unfolded, re.MULTILINE))
                found = re.search(rf"({_OLD.pattern})(?:v(\d+))?", fields["Arxiv ID"])
                assert found, fields
                arxiv_id, version = found[1], int(found[2] or 0)
                home[arxiv_id] = min(day, home.get(arxiv_id, day))
                if arxiv_id not in newest or version > newest[arxiv_id][0]:
                    newest[arxiv_id] = (version, fields["Authors"], fields["Categories"])
        for arxiv_id, (_, authors, categories) in newest.items():
            self.days.setdefault(home[arxiv_id], set()).add(arxiv_id)
            for name in people(authors):
                self.authors.setdefault(fold(name), set()).add(arxiv_id)
            for code in re.findall(r"(?:\A|, )\**([a-z-]+\.[A-Z]{2})\**(?=,|\Z)", categories):
                if code != "math.MP":  # a second name of math-ph, which has no subject
                    self.categories.setdefault(_SECOND.get(code, code), set()).add(arxiv_id)


def people(field: str) -> list[str]:
    """List the authors in a field, without their affiliations, which stand in brackets."""
    while (bare := _BRACKETS.sub(" ", field)) != field:
        field = bare
    found: list[str] = []
    for part in _BETWEEN.split(field):
        name = re.sub(r"(?<=[a-z]) ?\d{1,2}$", "", " ".join(part.split()))  # the mark of a note
        if found and _JUNIOR.fullmatch(name):
            found[-1] = f"{found[-1]}, {name}"
        elif _LETTER.search(name) and name != "others":
            found.append(name)
    return found


def fold(name: str) -> str:
    """Fold a name as the pages' addresses promise: case, diacritics, hyphens and dots."""
    name = name.lower()
    for letter, plain in zip("øłđðıþ", ("o", "l", "d", "d", "i", "th"), strict=True):
        name = name.replace(letter, plain)
    name = name.replace("ß", "ss").replace("æ", "ae").replace("œ", "oe")
    name = re.sub(r"\\[^\\\w\s]\{?(\w)\}?|\$", r"\1", name)  # accents in TeX, \'e
    spelled = ""
    for sign in unicodedata.normalize("NFKD", name):
        kind = unicodedata.category(sign)
        if kind[0] in "LN":
            spelled += sign
        elif kind[0] == "Z" or kind == "Pd" or sign in ".,~_/\\&:;|+\u2212":
            spelled += " "
    return "-".join(spelled.split())


def _addresses(search: Path) -> Iterator[str]:
    """Follow every paper of every index to the line that a result is made from."""

    @lru_cache(maxsize=1)
    def lines(shard: Path, dictionary: str, bundle: str) -> list[bytes]:
        words = (search / "dictionary" / dictionary).read_bytes()
        return unpack(words, (shard / "fragment" / bundle).read_bytes()).split(b"\n")

    for meta in search.glob("*/*.pf_meta"):
        for paper in order.pages({meta.name: meta.read_bytes()}):
            dictionary, bundle, number = paper.split("/")
            yield json.loads(lines(meta.parent, dictionary, bundle)[int(number)])[0]


def agree(site: Site, count: Count) -> None:
    """Compare a built site with a count."""
    public = site.public
    days = {
        page.parent.relative_to(public).as_posix(): Counter(
            _ARTICLE.findall(page.read_text("utf-8"))
        )
        for page in public.glob("[0-9][0-9][0-9][0-9]/*/*/index.html")
    }
    assert {day: set(ids) for day, ids in days.items()} == count.days
    assert all(number == 1 for ids in days.values() for number in ids.values())

    authors = {
        page.stem: Counter(_LINK.findall(page.read_text("utf-8")))
        for page in (public / "authors").glob("*.html")
        if page.name != "index.html"
    }
    for page in (public / "people").glob("*.html"):
        for section in page.read_text("utf-8").split("<section id=")[1:]:
            if links := _LINK.findall(section):  # none of an author who has a page
                authors[section.partition(">")[0]] = Counter(links)
    listed = {slug: {arxiv_id for _, arxiv_id in found} for slug, found in authors.items()}
    assert listed == count.authors
    assert all(number == 1 for found in authors.values() for number in found.values())

    papers = sum(map(len, count.days.values()))
    for code, ids in count.categories.items():
        if len(ids) >= max(20_000, 0.75 * papers):
            _agree_by_day(public / "categories" / code, ids, count)
            continue
        found: Counter[str] = Counter()
        for page in (public / "categories" / code).rglob("index.html"):
            found.update(arxiv_id for _, arxiv_id in _LINK.findall(page.read_text("utf-8")))
        assert set(found) == ids, code
        assert set(found.values()) == {1}, code

    records = Counter(_addresses(public / "search"))
    assert set(records) == {f"{day}/#{i}" for day, ids in count.days.items() for i in ids}
    assert set(records.values()) == {1}


def _agree_by_day(folder: Path, ids: set[str], count: Count) -> None:
    """Compare the days of a category that nearly every paper has, which lists no titles."""
    found = [
        (day.replace("-", "/"), int(number.replace(",", "")))
        for page in folder.rglob("index.html")
        for day, number in _DAY.findall(page.read_text("utf-8"))
    ]
    here = {day: len(ids & listed) for day, listed in count.days.items() if ids & listed}
    assert sorted(found) == sorted(here.items()), folder.name


def test_the_sample_agrees_with_an_independent_count(tmp_path: Path) -> None:
    made = Site(tmp_path, {"content": str(SAMPLE)})
    report = made.build(search=True, jobs=2)
    count = Count(SAMPLE)
    assert report.totals.records == count.records
    agree(made, count)


@pytest.mark.archive
def test_the_real_archive_agrees_with_an_independent_count(tmp_path: Path) -> None:
    digests = os.environ.get("DIGESTS")
    if not digests:
        pytest.skip("DIGESTS is not set: name the folder of the unpacked archive")
    made = Site(tmp_path, {"content": digests})
    report = made.build(search=True, jobs=2)
    count = Count(Path(digests))
    assert report.totals.records == count.records == 137_501
    assert (report.totals.days, report.totals.papers) == (5_205, 137_501)
    assert report.problems
    agree(made, count)

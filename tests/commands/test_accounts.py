"""The archive's accounts: every byte, every record, every day, and the site beside them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dayleaf import cli
from dayleaf.archive import gaps
from dayleaf.archive.gaps import Gap, Thin
from dayleaf.base import config
from dayleaf.commands import accounts
from dayleaf.commands.accounts import Accounts
from tests.sites import Site, digest, path, record, small


def take(site: Site) -> Accounts:
    return accounts.take(config.load(site.folder, overrides=dict(site.settings)), jobs=1)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small site, one of whose digests has a paper twice, one without an id, and odd TeX."""
    made = small(tmp_path)
    odd = record("2112.10047", title="Slow Rivers", summary="A formula $\\left( x$ that is none.")
    refused = record("none", title="Nowhere")
    text = digest(record(), odd, refused.replace("arxiv.org/pdf", "x.org"), record(version=2))
    made.edit(path("2021-12-19"), text)
    made.build(search=True)
    return made


def test_every_byte_and_record_is_accounted_for(site: Site) -> None:
    found = take(site)
    assert found.is_sound()
    assert (found.totals.records, found.totals.papers, found.totals.merged) == (7, 5, 1)
    entry = next(one for one in found.entries if one.path.endswith("20211219.md"))
    fates = [(stretch.line, stretch.fate) for stretch in entry.stretches]
    assert fates == [
        (1, "heading"), (2, "merged"), (16, "published"), (31, "refused"), (44, "published"),
    ]  # fmt: skip
    data = (site.folder / path("2021-12-19")).read_bytes()
    assert sum(stretch.size for stretch in entry.stretches) == len(data) == entry.size
    readme = next(one for one in found.entries if one.path == "README.md")
    assert [stretch.fate for stretch in readme.stretches] == ["no digest"]
    (double,) = found.duplicates
    assert double[0] == "2112.10046"
    assert [source for _, source in found.formulas] == ["$\\left( x$"]


def test_what_the_site_lacks_is_told(site: Site) -> None:
    """A paper, a page, an author: each is a difference, and the command fails."""
    day = site.public / "2021/12/19/index.html"
    day.write_text(day.read_text().replace("id=2112.10047", "id=2112.99999"))
    (site.public / "2021/12/20/index.html").unlink()
    (site.public / "authors/zoe-adal.html").unlink()
    found = take(site)
    assert not found.is_sound()
    assert [one.partition(":")[0] for one in found.differences or ()] == [
        "2021/12/19/index.html", "2021/12/20/index.html", "authors/zoe-adal.html",
    ]  # fmt: skip


def test_the_command_prints_it_for_people_and_programs(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.folder)
    assert cli.main(["check", "--archive", "--jobs", "1"]) == cli.DONE
    said = capsys.readouterr().out
    assert "7 records = 5 published + 1 merged + 1 refused" in said
    assert cli.main(["check", "--archive", "--json", "--jobs", "1"]) == cli.DONE
    found = json.loads(capsys.readouterr().out)
    assert found["records"] == {
        "seen": 7,
        "published": 5,
        "merged": 1,
        "refused": 1,
        "not_understood": 0,
    }
    (refused,) = found["refused"]
    assert refused["file"].endswith("20211219.md")
    assert refused["line"]
    assert "Arxiv ID" in refused["reason"]
    assert found["bytes"] == sum(one["bytes"] for one in found["digests"])
    assert found["differences"] == []


def test_missing_and_thin_days_are_told_by_their_weekdays() -> None:
    """Of two months with 20 papers on weekdays and none at weekends."""
    every = [(f"2021-{month:02}-{day:02}", 20) for month in (3, 4) for day in range(1, 29)]
    days = [(day, n) for day, n in every if date.fromisoformat(day).weekday() < 5]
    broken = [(d, 2 if d == "2021-04-06" else n) for d, n in days if not "03-15" < d[5:] < "03-19"]
    assert list(gaps.gaps(broken)) == [
        Gap("2021-03-16", "2021-03-18", 3), Gap("2021-03-29", "2021-03-31", 3),
    ]  # fmt: skip
    assert list(gaps.thin(broken)) == [Thin("2021-04-06", 2, 20)]
    assert list(gaps.gaps([])) == []


def test_names_to_look_at(tmp_path: Path) -> None:
    """Initials that fit one name, words in another order, marks, and two names in one."""
    made = Site(tmp_path)
    authors = (
        "Ada Quill, Bo Fenn", "A. Quill", "Fenn Bo, Ada Quill", "Ada Quill 0001",
        "Ada Quill Bo Fenn", "Bo Fenn, Ada Quill", "Bo Fenn", "B. Brook", "Bo Brook", "Bea Brook",
    )  # fmt: skip
    made.edit(
        path("2021-12-19"),
        digest(*(record(f"2112.{n:05}", authors=one) for n, one in enumerate(authors))),
    )
    made.build()
    settings = config.load(tmp_path)
    found = accounts.take(settings, jobs=1).names
    assert [(one.sort, one.name, one.other) for one in found] == [
        ("initials", "A. Quill", "Ada Quill"),
        ("order", "Fenn Bo", "Bo Fenn"),
        ("mark", "Ada Quill 0001", "Ada Quill"),
        ("fused", "Ada Quill Bo Fenn", "Ada Quill"),
    ]
    made.edit("authors.toml", "".join(f"{one.table}\n" for one in found[1:3]))
    made.build()
    assert "url=../authors/bo-fenn.html" in made.read("/authors/fenn-bo.html").replace('"', "")

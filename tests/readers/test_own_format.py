"""Digests of the keeper's own forms, by `[[formats]]` of site.toml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dayleaf import readers
from dayleaf.archive.model import Digest, Refusal
from dayleaf.base import config
from dayleaf.base.errors import ConfigError
from tests.sites import Site

DOC = Path(__file__).parents[2] / "docs" / "settings.md"
FORM = """
[[formats]]
files = "lab/*.md"
paper = '^== (.+)$'
authors = '^who: (.+)$'
id = '^where: (\\S+)'
abstract = '^where: .+\\n([^=]+)'
"""
NOTES = """\
Notes of the day

== Tides in a Teacup
who: Ada Quill, Bo Fenn
where: 2603.01001
We look into a teacup
and see the tide.

== Slow Rivers
where: https://doi.org/10.1000/rivers

== Nothing at All
"""


def read(form: str, text: str, source: str) -> tuple[str | None, Digest | Refusal | None]:
    formats = config.parse(form, site=Path("site")).formats
    return readers.read(text.encode(), source=source, formats=formats)


def digest(form: str, text: str, source: str) -> Digest:
    name, found = read(form, text, source)
    assert name == "own"
    assert isinstance(found, Digest)
    return found


def test_a_paper_begins_where_its_pattern_matches() -> None:
    found = digest(FORM, NOTES, "lab/2026-03-06.md")
    one, other = found.records
    assert (one.title, one.authors) == ("Tides in a Teacup", ("Ada Quill", "Bo Fenn"))
    assert one.identifier.value == "2603.01001"
    assert one.abstract == "We look into a teacup and see the tide."
    assert (other.title, other.identifier.value) == ("Slow Rivers", "10.1000/rivers")
    assert (found.day, found.seen, [one.line, other.line]) == ("2026-03-06", 3, [3, 9])
    (problem,) = found.problems
    assert str(problem).startswith("lab/2026-03-06.md:12: own: expected an identifier")


@pytest.mark.parametrize("source", ["other/2026-03-06.md", "lab/2026-03-06.json"])
def test_other_files_are_read_as_ever(source: str) -> None:
    name, _ = read(FORM, NOTES, source)
    assert name != "own"


def test_a_file_in_which_no_paper_begins_is_left_to_other_readers() -> None:
    text = "# 2026-03-06\n\n## [Tides](https://arxiv.org/abs/2603.01001)\n\nAda Quill\n"
    assert read(FORM, text, "lab/2026-03-06.md")[0] == "markdown"


@pytest.mark.parametrize(
    ("date", "source", "line", "day"),
    [
        ("'lab/(.+?)/'", "lab/6 March 2026/x.md", "", "2026-03-06"),
        ("'^on (.+)$'", "lab/x.md", "on 6 March 2026", "2026-03-06"),
    ],
)
def test_a_date_stands_in_the_path_or_with_the_paper(
    date: str, source: str, line: str, day: str
) -> None:
    text = f"== Tides\n{line}\nwhere: 2603.01001\n"
    found = digest(f"{FORM}date = {date}\n", text, source)
    (record,) = found.records
    assert (record.day or found.day) == day


@pytest.mark.parametrize(
    ("form", "line", "said"),
    [
        ('formats = "x"', 1, "tables headed [[formats]]"),
        ("[[formats]]\npaper = '^(.+)$'", 1, 'files = "notes/*.txt"'),
        ('\n[[formats]]\nfiles = "*.md"', 2, "paper = '^== (.+)$'"),
        ("[[formats]]\nfiles = '*'\npaper = '^(('", 3, "a regular expression of Python's"),
        ("[[formats]]\nfiles = '*'\npaper = '^=='", 3, "a group around the title"),
        ("[[formats]]\nfiles = '*'\npaper = '^(.)'\nauthor = 'x'", 4, "'authors'?"),
        ("[[formats]]\nfiles = '*'\npaper = 3", 3, "text in quotes"),
    ],
)
def test_a_mistake_is_named_with_its_line(form: str, line: int, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(form, site=Path("site"))
    assert str(caught.value).startswith(f"site.toml:{line}: ")
    assert said in str(caught.value)


def test_the_examples_of_the_documents_are_read_as_they_say() -> None:
    section = DOC.read_text(encoding="utf-8").partition("## Formats of your own")[2]
    blocks = re.findall(r"```(?:toml)?\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    for (text, form), source in zip(
        zip(blocks[::2], blocks[1::2], strict=True),
        ("lab/2026-03-06.md", "README.md"),
        strict=True,
    ):
        found = digest(form, text, source)
        (record,) = found.records
        assert (record.title, *record.authors)[:2] == ("Tides in a Teacup", "Ada Quill")
        assert record.identifier.value == "2603.01001"
        assert (record.day or found.day) == "2026-03-06"
        assert not found.problems


def test_another_table_reads_all_digests_again(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.edit("content/lab/2026-03-06.md", NOTES)
    site.edit("site.toml", FORM)
    site.build()
    assert (site.public / "2026/03/06/index.html").read_text().count("<h2") == 2
    site.edit("site.toml", FORM.replace("who", "whom"))
    report = site.build()
    assert report.changes.read == 1
    assert "Ada Quill" not in (site.public / "2026/03/06/index.html").read_text()

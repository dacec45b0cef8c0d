"""The catalog holds what the digests say, whatever names people have."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dayleaf.archive import names
from dayleaf.archive.identifiers import ARXIV, Identifier
from dayleaf.archive.model import Digest, Record
from dayleaf.base.errors import ContentError
from dayleaf.catalog import (
    Catalog,
    File,
    SourceRows,
    anew,
    belongs,
    compare,
    compare_paths,
    load,
    pieces,
    prepare,
    scan,
)
from dayleaf.catalog.rows import rows_of
from dayleaf.catalog.schema import PROBLEMS
from tests.sites import Site, digest, path, record, small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.catalog import Changes, Difference

SPELLINGS = st.lists(
    st.lists(
        st.sampled_from(
            ["Ada", "ada", "Quill", '"Q"', "\\", '\\"', "O'Hara", "É", "张", "}", "[x]", ","]
        ),
        min_size=1,
        max_size=3,
    ).map(" ".join),
    max_size=5,
)


def read(content: Path, *, backwards: bool = False) -> Path:
    """Read a folder of digests into a catalog beside it."""
    file = content.parent / "catalog.sqlite"
    difference = compare(file, content, program="")
    every = [piece for one in difference.read for piece in pieces(content, one)]
    load(difference, map(prepare, reversed(every) if backwards else every))
    return file


def take(difference: Difference) -> Changes:
    """Read what differs, and take it in."""
    every = [piece for one in difference.read for piece in pieces(difference.content, one)]
    return load(difference, list(map(prepare, every)))


def authors(file: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """List slug, and spelling and identifier of each paper, of all authors."""
    with closing(Catalog(file)) as catalog:
        return [
            (slug, [(name, paper.anchor) for name, paper in found])
            for slug, found in catalog.authors("", "~", minimum=1)
        ]


@settings(max_examples=60, deadline=None)
@given(SPELLINGS)
@example(['Ada "Q" Quill', "ada q quill", "\\", "A\\B", 'C\\"D', "[1,2]", '{"a":"b"}', "\\u0041"])
@example([])
def test_every_name_is_entered(spellings: list[str]) -> None:
    """An author whom a paper spells twice is entered once, by the first spelling."""
    said = Record(2, Identifier(ARXIV, "2112.10046"), 1, "Tides", tuple(spellings))
    (paper,), _ = rows_of(Digest("", "2021-12-19", (said,), 1))

    def rows(files: Iterable[File]) -> list[SourceRows]:
        return [SourceRows(file, 0, b"", 1, "toy", 0, papers=(paper,)) for file in files]

    expected = {names.slug(name): name for name in reversed(spellings)}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "20211219.md").touch()
        file = Path(folder) / "catalog.sqlite"
        difference = compare(file, Path(folder), program="")
        load(difference, rows(difference.read))
        found = authors(file)
    assert found == [(slug, [(expected[slug], "2112.10046")]) for slug in sorted(expected)]


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, *, backwards: bool) -> None:
    """The newest version wins, on the first day that lists the paper."""
    content = tmp_path / "content"
    content.mkdir()
    for day, version, who in (("2021-12-19", 1, "Ada Quill"), ("2021-12-20", 2, "Bo Fenn")):
        text = digest(record(version=version, authors=who, day=day), day=day)
        (content / f"{day}.md").write_text(text, "utf-8")
    file = read(content, backwards=backwards)
    assert authors(file) == [("bo-fenn", [("Bo Fenn", "2112.10046")])]
    with closing(Catalog(file)) as catalog:
        assert catalog.days() == [("2021-12-19", 1)]
        assert catalog.code_days("arxiv", "cs.CV") == [("2021-12-19", 1)]


def test_of_equal_versions_the_one_updated_last_is_shown(tmp_path: Path) -> None:
    """And of equal dates the first file's, wherever in it the record stands."""
    content = tmp_path / "content"
    content.mkdir()
    early, late = (
        record(authors=who, day=day)
        for who, day in (("Ada Quill", "2021-12-19"), ("Bo Fenn", "2021-12-20"))
    )
    for texts, shown in (((early, late), "Bo Fenn"), ((late, late), "Bo Fenn")):
        for name, text in zip(("2021-12-19", "2021-12-20"), texts, strict=True):
            (content / f"{name}.md").write_text(digest(text, day=name), "utf-8")
        assert [name for _, ((name, _),) in authors(read(content))] == [shown]
    other = record("2112.10047", day="2021-12-20")
    first = digest(other, late.replace("Bo Fenn", "Cy Dell"), day="2021-12-19")
    (content / "2021-12-19.md").write_text(first, "utf-8")
    assert "cy-dell" in dict(authors(read(content)))
    assert "2112.10046" not in [paper for _, paper in dict(authors(read(content)))["bo-fenn"]]


def contents(file: Path) -> list[object]:
    """Return what a catalog holds, but for keys, time stamps and what counts updates."""
    queries = (
        "SELECT path, size, fingerprint, seen, format FROM source ORDER BY path",
        "SELECT path, line, p.day, shown, title_html FROM paper p JOIN source s ON s.id = source",
        "SELECT slug, name, sort, papers FROM author ORDER BY slug",
        "SELECT system, code, day, COUNT(*) FROM membership GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        "SELECT path, anchor, line FROM unread JOIN source s ON s.id = source",
        "SELECT path, day FROM source_day JOIN source s ON s.id = source",
        PROBLEMS,
    )
    with closing(sqlite3.connect(file)) as connection:
        return [sorted(map(repr, connection.execute(query))) for query in queries]


def test_comparing_paths_is_comparing_all(tmp_path: Path) -> None:
    """Files and folders that came, changed and went, one at a time, while somebody reads."""
    made = small(tmp_path)
    content = tmp_path / "content"

    one, other = tmp_path / "one.sqlite", tmp_path / "other.sqlite"
    first = [file for file in scan(content) if "2022" in file.path]
    take(anew(one, content, first, program="x"))
    reader = Catalog(one, beside_writers=True)
    assert [day for day, _ in reader.days()] == ["2022-01-03"]
    with closing(reader):
        for paths in (["cs.CV/2021"], ["README.md"], ["cs.CV/2021/12/20211219.md"], ["nothing"]):
            assert take(compare_paths(one, content, paths)).removed == 0
        take(compare(other, content, program="x"))
        assert contents(one) == contents(other)
        made.edit(path("2021-12-20"), digest(record("2112.10100"), day="2021-12-20"))
        made.edit(path("2022-01-04"), "# none")
        shutil.rmtree(content / "cs.CV/2022/01")
        take(compare_paths(one, content, ["cs.CV/2021/12/20211220.md"]))
        take(compare_paths(one, content, ["cs.CV/2022/01"]))
        take(compare(other, content, program="x"))
        assert contents(one) == contents(other)
        assert len(list(reader.full("2021-12-20", "2021-12-20"))) == 1
    assert belongs(one, content, program="x")
    assert not belongs(one, content, program="y")
    assert not belongs(tmp_path / "none", content, program="x")


def test_an_update_that_leaves_no_paper_is_refused_and_undone(tmp_path: Path) -> None:
    """A folder that is empty of a sudden is a disk that is not there."""
    made, file, content = small(tmp_path), tmp_path / "catalog.sqlite", tmp_path / "content"
    take(compare(file, content, program="x"))
    before = contents(file)
    shutil.rmtree(content / "cs.CV")
    with pytest.raises(ContentError, match="at least one digest with a paper"):
        take(compare(file, content, program="x"))
    assert contents(file) == before
    made.edit(path("2021-12-21"), digest(record("2112.10300"), day="2021-12-21"))
    take(compare(file, content, program="x"))
    with closing(Catalog(file)) as catalog:
        assert catalog.days() == [("2021-12-21", 1)]


def test_nothing_stays_of_what_a_file_said_before(tmp_path: Path) -> None:
    """Its papers, its problems, its day, and what no record of it took."""
    made, content = Site(tmp_path), tmp_path / "content"
    unread = "# 2026-05-01\n\n## [Tides](https://arxiv.org/abs/2605.00001)\n\n"
    unread += "```\nhttps://arxiv.org/abs/2101.00002\n```\n"
    texts = (
        digest(record(day="noon"), "- a stray line\n"),
        unread,
        digest(record(day="2021-12-20"), day="2021-12-20"),
        unread.replace("05-01", "05-02"),
    )
    file = tmp_path / "catalog.sqlite"
    for number, text in enumerate(texts):
        made.edit("content/notes.md", text)
        take(compare(file, content, program="x"))
        other = tmp_path / f"{number}.sqlite"
        take(compare(other, content, program="x"))
        assert contents(file) == contents(other)


def test_a_file_in_pieces_is_as_if_it_were_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lines are counted, and its problems, and its last piece changes its fingerprint."""
    lines = [
        json.dumps(
            {"id": f"2112.{number:05}", "title": f"Tides {number}", "authors": ["Ada Quill"]}
        )
        for number in range(12)
    ]
    lines[3], lines[5] = '{"id": "2112.00003", "tit', '{"title": "Nobody knows"}'
    lines[9] = '{"url": "https://arxiv.org/abs/2101.00002", "tit'
    made, content = Site(tmp_path), tmp_path / "content"
    for last in ("Tides 11", "Waves 11"):
        made.edit("content/2021-12-19.jsonl", "\n".join(lines).replace("Tides 11", last) + "\n")
        whole = tmp_path / f"{last}.sqlite"
        take(compare(whole, content, program="x"))
        with monkeypatch.context() as patch:
            for place, name, value in (
                ("dayleaf.catalog.pieces", "_LARGE", 1),
                ("dayleaf.catalog.pieces", "_PIECE", 150),
                ("dayleaf.catalog.update", "_LARGE", 1),
            ):
                patch.setattr(import_module(place), name, value)
            file = tmp_path / "pieces.sqlite"
            difference = compare(file, content, program="x")
            (found,) = difference.read
            assert len(list(pieces(content, found))) == 4
            take(difference)
        assert contents(file) == contents(whole)


def test_what_is_no_digest_is_not_scanned(tmp_path: Path) -> None:
    """A link that leads back up, a pipe, a site of ours. A name that is no text is reported."""
    made = small(tmp_path).edit("site.toml", 'content = "."\n')
    made.build()
    (tmp_path / "content/up").symlink_to(tmp_path)
    (tmp_path / "content/here").symlink_to(tmp_path / "content")
    (tmp_path / "content/self").symlink_to("self")
    for one, other in ("ab", "ba"):
        (tmp_path / "content" / one).mkdir()
        (tmp_path / "content" / one / "round").symlink_to(tmp_path / "content" / other)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "back").symlink_to(tmp_path / "content")
    (tmp_path / "content/once").symlink_to(elsewhere)
    (tmp_path / "content/twice").symlink_to(elsewhere)
    os.mkfifo(tmp_path / "content/pipe.md")
    (tmp_path / "content/notes.xml").write_text("<x>")
    found = {file.path for file in scan(tmp_path)}
    assert not any("/up/" in one or "/here/" in one or "/round/" in one for one in found)
    assert not any(one.startswith("public/") for one in found)
    assert "content/notes.xml" in found
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/content/\xff.md")).write_text("x")
    (odd,) = {file.path for file in scan(tmp_path)} - found
    assert odd == "content/?.md"
    report = made.build()
    links = {f"content/{name}" for name in ("up", "here", "a/round", "b/round", "once", "twice")}
    assert links | {"content/pipe.md"} <= set(report.passed_over)
    assert [problem.file for problem in report.problems if "can be read" in problem.message] == [
        odd
    ]

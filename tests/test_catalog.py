"""The catalog holds what the digests say, whatever names people have."""

from __future__ import annotations

import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dayleaf import names
from dayleaf.catalog import Catalog, File, SourceRows, prepare, update
from tests.sites import digest, record

if TYPE_CHECKING:
    from collections.abc import Iterator

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

    def rows(files: list[File]) -> Iterator[SourceRows]:
        return map(partial(prepare, content), reversed(files) if backwards else files)

    file = content.parent / "catalog.sqlite"
    update(file, content, identity="", prepare=rows)
    return file


def authors(file: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """List slug, and spelling and identifier of each paper, of all authors."""
    with closing(Catalog(file)) as catalog:
        return [
            (slug, [(name, paper.arxiv_id) for name, paper in found])
            for slug, found in catalog.authors("", "~")
        ]


@settings(max_examples=60, deadline=None)
@given(SPELLINGS)
@example(['Ada "Q" Quill', "ada q quill", "\\", "A\\B", 'C\\"D', "[1,2]", '{"a":"b"}', "\\u0041"])
@example([])
def test_every_name_is_entered(spellings: list[str]) -> None:
    """An author whom a paper spells twice is entered once, by the first spelling."""
    packed = "\n".join(f"{name}\t{names.slug(name)}" for name in spellings)
    paper = (2, "2112.10046", 1, "Tides", packed, "", "", "")
    body = ("Tides", None, None, None, None, None, None, None)

    def rows(files: list[File]) -> list[SourceRows]:
        return [
            SourceRows(file, b"", "2021-12-19", 1, digest=True, papers=(paper,), bodies=(body,))
            for file in files
        ]

    expected = {names.slug(name): name for name in reversed(spellings)}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "20211219.md").touch()
        file = Path(folder) / "catalog.sqlite"
        update(file, Path(folder), identity="", prepare=rows)
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

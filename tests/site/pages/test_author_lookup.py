"""The buckets to find names in are the same however often their entries are spilled."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dayleaf.archive import urls
from dayleaf.base import config
from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.site.pages import Context, author_lookup
from dayleaf.site.pages.kind import ALL
from dayleaf.site.products import DataFile
from tests.sites import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parents[2] / "golden/site"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(GOLDEN, folder, dirs_exist_ok=True)
    made = Site(folder)
    made.build()
    settings = config.load(folder, overrides=dict(made.settings))
    with closing(Catalog(settings.cache / work.CATALOG)) as found:
        yield Context(found, settings, search=False, about=None)


def made(context: Context) -> dict[str, bytes]:
    """Return every bucket by its path, with the list of them."""
    made = author_lookup.AUTHOR_LOOKUP.make(context, (ALL,))
    found = [product for _, products in made for product in products]
    return {one.path: one.data for one in found if isinstance(one, DataFile)}


def expected(catalog: Catalog, start: str) -> list[str]:
    """Return the names in a bucket by the rule, one author after another."""
    names: list[str] = []
    for person in catalog.foremost(minimum=1):
        words = person.sort.split("-")
        whole = any(word[:3] == start for word in words)
        few = len(start) < 3 and len(names) < author_lookup._FOREMOST
        if whole or (few and any(word[:2] == start for word in words)):
            names.append(person.name)
    return names


@pytest.mark.parametrize("at_once", [1, 2, 7, 1_000_000])
@pytest.mark.parametrize("foremost", [1, 3, 100])
def test_spilled_entries_keep_their_order(
    context: Context, monkeypatch: pytest.MonkeyPatch, at_once: int, foremost: int
) -> None:
    monkeypatch.setattr(author_lookup, "_FOREMOST", foremost)
    monkeypatch.setattr(author_lookup, "_AT_ONCE", at_once)
    found = made(context)
    assert len(found) > 20
    for path, data in found.items():
        if path != urls.bucket("index"):
            start = author_lookup.AUTHOR_LOOKUP.key(path) or ""
            entries = json.loads(data)
            names = [entry if isinstance(entry, str) else entry[0] for entry in entries]
            assert names == expected(context.catalog, "" if start == "other" else start), path


def test_a_name_alone_has_one_paper(context: Context) -> None:
    """And more is said where there are more papers, or another slug."""
    papers = {person.name: person.papers for person in context.catalog.foremost(minimum=1)}
    alone, said = 0, 0
    for path, data in made(context).items():
        if path != urls.bucket("index"):
            for entry in json.loads(data):
                name, number, *slug = [entry, 1] if isinstance(entry, str) else entry
                assert number == papers[str(name)]
                alone, said = alone + isinstance(entry, str), said + isinstance(entry, list)
                assert isinstance(entry, str) or number > 1 or slug
    assert alone > said > 0

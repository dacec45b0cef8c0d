"""What readers half remember is found: titles and authors drawn from the real archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks import finding
from benchmarks.hosting import Host, serve
from dayleaf.catalog import Catalog
from tests.sites import Site

pytestmark = pytest.mark.browser

QUERIES = Path(__file__).parents[2] / "benchmarks/queries"
YEARS = ("2016", "2017")
"""Nine thousand papers: enough for likenesses, and built in half a minute."""
SHARD = 3_000
ITEMS, SEED = 300, 20_240
"""Other papers than those on which weights were chosen."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two years of the real archive, in several shards."""
    digests = os.environ.get("DIGESTS")
    if not digests:
        pytest.skip("DIGESTS is not set: name the folder of the unpacked archive")
    found = [folder for year in YEARS for folder in Path(digests).glob(f"*/{year}")]
    if not found:
        pytest.skip(f"{digests}: holds no digests of {' and '.join(YEARS)}")
    site = Site(tmp_path_factory.mktemp("known"))
    for folder in found:
        place = site.folder / "content" / folder.parent.name / folder.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(folder, target_is_directory=True)
    site.edit("site.toml", f"[search]\nshard = {SHARD}\n")
    site.build(search=True, jobs=2)
    return site


@pytest.fixture(scope="module")
def host(made: Site) -> Iterator[Host]:
    with serve(made.public) as found:
        yield found


@pytest.fixture
def page(chromium: Any, host: Host) -> Iterator[Any]:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(f"{host.url}search/")
    yield opened
    context.close()


def test_titles_are_found(page: Any, made: Site) -> None:
    """By their first eight words, and by four words of them."""
    with closing(Catalog(made.folder / ".dayleaf/catalog.sqlite")) as catalog:
        items = finding.draw(catalog, ITEMS, seed=SEED)
    found = finding.rates(page, items)
    print(found)
    assert found.first >= 0.985, found.missed
    assert found.first_five >= 0.995
    assert found.four_first_ten >= 0.93


def test_authors_are_found_by_their_full_names(page: Any, host: Host, made: Site) -> None:
    with closing(Catalog(made.folder / ".dayleaf/catalog.sqlite")) as catalog:
        people = finding.names(catalog, ITEMS, seed=SEED)
    share, missed = finding.rate_of_names(page, host.url, people)
    assert share >= 0.99, missed


def test_papers_are_found_as_researchers_ask_for_them(page: Any, made: Site) -> None:
    """By names, by what they do, by authors with words, misspelt, and with years.

    Of the half of the queries that nobody tuned by, those whose papers are of these years.
    """
    with closing(Catalog(made.folder / ".dayleaf/catalog.sqlite")) as catalog:
        held = {paper for bucket in catalog.id_buckets() for _, paper in catalog.ids(bucket)}
    places: dict[str, list[int | None]] = {}
    for file in sorted(QUERIES.glob("*.tsv")):
        judging = finding.read_queries(file.read_text(encoding="utf-8"))[1::2]
        asked = [(query, papers) for query, papers in judging if papers & held]
        places[file.stem] = finding.ranks(page, asked)
    print(places)
    named = places["names"]
    assert sum(place is not None and place <= 3 for place in named) >= 0.8 * len(named), places
    described = places.pop("described")
    assert sum(place is not None and place <= 10 for place in described) >= 0.6 * len(described)
    every = [place for found in places.values() for place in found]
    assert len(every) > 20
    assert sum(place is not None and place <= 10 for place in every) >= 0.9 * len(every), places

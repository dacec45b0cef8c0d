"""A search result: its fields, and that Pagefind counts words as the scripts do."""

from __future__ import annotations

import json
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from dayleaf.archive.words import telling
from dayleaf.base import config
from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.search import fragments, order, pagefind, results, shards
from dayleaf.search.records import PaperDocument, records
from tests.sites import Site, digest, path, record

PAPER = record(
    title=r"Few-shot  \emph{Tides} in a Teacup",
    authors="Ada Quill, Una Brook, Jr.",
    categories="**cs.CV**, cs.LG, 68T45",
    comment="CVPR 2021; https://github.com/ada/tides",
    summary=r"We look into $\alpha$ teacups and   see the tide",
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """One paper."""
    made = Site(tmp_path).edit(path("2021-12-19"), digest(PAPER))
    made.build()
    return made


def _catalog(site: Site) -> Catalog:
    return Catalog(config.load(site.folder, overrides=dict(site.settings)).cache / work.CATALOG)


def test_a_result_has_these_fields(site: Site) -> None:
    with closing(_catalog(site)) as catalog:
        ((_, (paper,)),) = catalog.full("2021-12-19", "2021-12-19")
        found = json.loads(results.line(results.values(paper)))
        filters = {one.name: tuple(one.take(paper)) for one in results.FILTERS}
    assert dict(zip([field.name for field in results.FIELDS], found, strict=True)) == {
        "path": "2021/12/19/#2112.10046",
        "category": "cs.CV",
        "status": "",
        "title": "Few-shot Tides in a Teacup",
        "authors": ["Ada Quill", "Una Brook, Jr."],
        "abstract": "We look into α teacups and see the tide.",
        "comment": "CVPR 2021; https://github.com/ada/tides",
    }
    assert filters == {
        "category": ("cs.CV",),
        "cross": ("cs.LG",),
        "topic": (),
        "venue": ("cvpr/2021", "cvpr"),
        "with": ("code",),
        "year": ("2021",),
    }


@pytest.mark.parametrize(
    ("granularity", "expected"),
    [("paper", [PAPER]), ("day", [PAPER])],
)
def test_pagefind_counts_words_as_scripts_do(
    site: Site, granularity: config.Granularity, expected: list[str]
) -> None:
    """Places of words that were found are counted over all indexed fields, in their order.

    Function words stand only in names.
    """
    odd = record(
        "2112.10047", title="A—B  C/D\u00a0e\u2009f ‘g’ 王 维", summary="x . y\u200bz ... — 1,5"
    )
    site.edit(path("2021-12-19"), digest(*expected, odd, record("2112.10048", summary="None")))
    site.build()
    with closing(_catalog(site)) as catalog:
        (shard,) = shards.plan(catalog.days(), most=100)
        made = list(records(catalog, shard, granularity=granularity, language="en"))
    with pagefind.Service() as service:
        files = dict(service.index(iter(made), language="en"))
    names = order.pages(files)
    contents = [_content(files, name).split(" ") for name in names]
    assert list(map(len, contents)) == [len(_indexed(one).split(" ")) for one in made]


@pytest.mark.parametrize("granularity", ["paper", "day"])
@pytest.mark.parametrize("summaries", [True, False])
def test_summaries_are_found_unless_the_site_wants_it_otherwise(
    tmp_path: Path, granularity: config.Granularity, *, summaries: bool
) -> None:
    """`[search] summaries = false`, for archives whose summaries outweigh their abstracts."""
    told = {"id": "2112.10046v1", "title": "Tides", "authors": ["Ada Quill"], "summary": "Cups.",
            "categories": ["cs.CV"], "AI": {"tldr": "Cups are shallow seas."}}  # fmt: skip
    made = Site(tmp_path).edit("content/2021-12-19.jsonl", json.dumps(told))
    made.build()
    with closing(_catalog(made)) as catalog:
        (shard,) = shards.plan(catalog.days(), most=100)
        (found,) = records(
            catalog, shard, granularity=granularity, language="en", summaries=summaries
        )
    assert ("shallow" in found.document) is ("shallow" in found.line.decode()) is summaries


def _content(files: dict[str, bytes], name: str) -> str:
    data = zlib.decompress(files[f"{fragments.FOLDER}{name}.pf_fragment"], 31)
    content: str = json.loads(data.removeprefix(fragments.SIGNATURE))["content"]
    return content


def _indexed(made: PaperDocument) -> str:
    """What rows.js counts of a line: the words that Pagefind has counted."""
    line = json.loads(made.line)
    if isinstance(line, dict):
        return " ".join([line["title"], *(_text(values) for values in line["papers"])])
    return _text(line)


def _text(values: list[str | list[str]]) -> str:
    found = zip(results.FIELDS, values, strict=True)
    texts = (
        results.JOINT.join(v) if isinstance(v, list) else telling(v)
        for f, v in found
        if f.use != "shown"
    )
    return " ".join(filter(None, texts))

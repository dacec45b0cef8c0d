"""Categories with two names, and topics whose names differ in signs."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.sites import Site, digest, path, record


def with_topics(made: Site, *topics: str) -> Site:
    """Lay out a paper for each topic."""
    lines = (
        json.dumps(
            {
                "id": f"2511.9500{n}",
                "title": f"Tides {n}",
                "authors": ["Ada Quill"],
                "topics": [topic],
            }
        )
        for n, topic in enumerate(topics)
    )
    return made.edit("content/2025-11-15.jsonl", "\n".join(lines))


def pages(made: Site) -> list[str]:
    """Return the folders of topics."""
    folder = made.public / "topics"
    return sorted(one.name for one in folder.iterdir() if one.is_dir())


def test_topics_that_differ_in_signs_have_pages_of_their_own(tmp_path: Path) -> None:
    made = with_topics(Site(tmp_path), "C", "C++", "C#", "c++", "A*", "A", "caf\u00e9", "cafe")
    made.build()
    found = pages(made)
    assert len(found) == 6
    assert {"c", "a", "cafe"} < set(found)
    signed = [one for one in found if re.fullmatch("c-[0-9a-f]{8}", one)]
    assert len(signed) == 2
    titles = {re.search("<h1>(.*?)</h1>", made.read(f"/topics/{one}/"))[1] for one in signed}  # type: ignore[index]
    assert titles == {"C++", "C#"}


def test_the_address_that_a_topic_once_had_leads_to_it(tmp_path: Path) -> None:
    """As long as no other topic stands there."""
    made = with_topics(Site(tmp_path), "C++", "C++", "C#")
    made.build()
    (most,) = re.findall("url=../../topics/(.*?)/", made.read("/topics/c/"))
    assert "C++" in made.read(f"/topics/{most}/")
    with_topics(made, "C++", "C#", "C").build()
    assert "url=" not in made.read("/topics/c/")
    with_topics(made, "C").build()
    assert pages(made) == ["c"]


def test_a_category_with_two_names_has_one_page_and_count(tmp_path: Path) -> None:
    made = Site(tmp_path, {"base_url": "https://example.org/"})
    categories = ("**cs.SY**", "**eess.SY**, cs.SY", "**cs.CV**, eess.SY")
    papers = (
        record(f"2112.{n:05}", title=f"Tides {n}", categories=one)
        for n, one in enumerate(categories)
    )
    made.edit(path("2021-12-19"), digest(*papers)).build()
    page, other = made.read("/categories/eess.SY/"), made.read("/categories/cs.SY/")
    assert page.count("Tides ") >= 3
    assert "url=../../categories/eess.SY/" in other
    assert "cs.SY" not in made.read("/categories/")
    feed = made.read("/categories/cs.SY/feed.xml")
    assert feed == made.read("/categories/eess.SY/feed.xml")
    assert "categories/cs.SY/" not in made.read("/sitemap.xml")
    made.edit(path("2021-12-19"), digest(record(categories="**cs.CV**"))).build()
    assert not (made.public / "categories/cs.SY").exists()

"""Feeds are valid, small, and say what papers bring along in words that feed readers know."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dayleaf import readers
from dayleaf.archive.model import Digest
from dayleaf.base import config
from dayleaf.render import Renderer
from dayleaf.site.exports import LARGEST, Collection, fitting
from dayleaf.site.exports.atom import ATOM as EXPORT
from dayleaf.site.exports.json_feed import JSON_FEED
from dayleaf.site.views import FeedEntry, Link
from dayleaf.text import to_html
from tests.site.exports.standards import ARXIV, ATOM, check_atom, check_json
from tests.sites import Site, digest, path, record, small
from tests.test_golden import GOLDEN

FEEDS = "[authors]\nfeed = 1\n"
BASE = "https://a.example/papers/"


def feeds(made: Site) -> dict[str, str]:
    """Return every feed of a built site, Atom and JSON."""
    return {
        name: data.decode()
        for name, data in made.files().items()
        if name.endswith((".xml", "feed.json")) and name not in {"sitemap.xml", "opensearch.xml"}
    }


@pytest.mark.parametrize("base", ["", BASE])
def test_every_feed_of_the_golden_site_is_valid(tmp_path: Path, base: str) -> None:
    """Of a site that says where it lives, and of one that does not."""
    shutil.copytree(GOLDEN / "site", tmp_path, dirs_exist_ok=True)
    made = Site(tmp_path).edit("site.toml", f'base_url = "{base}"\n{FEEDS}')
    made.build()
    found = feeds(made)
    assert {"feed.xml", "feed.json", "days/feed.xml", "days/feed.json"} <= set(found)
    assert any(name.startswith("authors/") for name in found)
    for name, document in found.items():
        if name.endswith(".json"):
            check_json(document)
        else:
            check_atom(document)


def test_a_paper_brings_its_pdf_doi_journal_and_comment(tmp_path: Path) -> None:
    """In the words of arXiv's own Atom, so that what reads that reads this."""
    paper = record(comment="8 pages, $x^2$ < y", journal="Tides 3 (2021)").replace(
        "**DOI**: None", r"**DOI**: 10.1234/a\_b"
    )
    made = Site(tmp_path, {"base_url": BASE})
    made.edit(path("2021-12-19"), digest(paper)).build()
    entry = check_atom(made.read("feed.xml")).find(f"{ATOM}entry")
    assert entry is not None
    related = {
        link.get("title"): (link.get("href"), link.get("type"))
        for link in entry.findall(f"{ATOM}link[@rel='related']")
    }
    assert related == {
        "pdf": ("https://arxiv.org/pdf/2112.10046v1", "application/pdf"),
        "doi": ("https://doi.org/10.1234/a_b", None),
    }
    assert entry.findtext(f"{ARXIV}doi") == "10.1234/a_b"
    assert entry.findtext(f"{ARXIV}journal_ref") == "Tides 3 (2021)"
    assert entry.findtext(f"{ARXIV}comment") == "8 pages, x² < y"
    (item,) = check_json(made.read("feed.json"))["items"]
    assert item["attachments"] == [
        {"url": "https://arxiv.org/pdf/2112.10046v1", "mime_type": "application/pdf"}
    ]
    assert item["_arxiv"] == {
        "primary_category": "cs.CV",
        "doi": "10.1234/a_b",
        "journal_ref": "Tides 3 (2021)",
        "comment": "8 pages, x² < y",
    }
    _, found = readers.read(made.read("feed.xml").encode(), source="20211219.xml")
    assert isinstance(found, Digest)
    assert [(one.dois, one.journal, one.comment) for one in found.records] == [
        (("10.1234/a_b",), "Tides 3 (2021)", "8 pages, x² < y")
    ]


def test_a_paper_says_how_arxiv_announced_it_where_the_digest_does(tmp_path: Path) -> None:
    """As arXiv's own RSS has it, in an element or before the abstract; as an unknown word, not."""
    items = "".join(
        f"<item><title>Tides {number}</title><guid>oai:arXiv.org:2112.0000{number}v1</guid>"
        f"<description>arXiv:2112.0000{number}v1 Announce Type: {kind}\nAbstract: We look."
        "</description></item>"
        for number, kind in enumerate(("new", "replace", "odd"), 1)
    )
    rss = f'<rss xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>{items}</channel></rss>'
    made = Site(tmp_path).edit("content/2021-12-19.xml", rss)
    made.build()
    kinds = [
        entry.findtext(f"{ARXIV}announce_type")
        for entry in check_atom(made.read("feed.xml")).findall(f"{ATOM}entry")
    ]
    assert kinds == [None, "replace", "new"]
    items_there = check_json(made.read("feed.json"))["items"]
    assert [item.get("_arxiv", {}).get("announce_type") for item in items_there] == kinds


def test_formulas_are_text_that_feed_readers_show(tmp_path: Path) -> None:
    """They strip MathML, and would make 9.47×10−3 of it."""
    made = Site(tmp_path)
    made.edit(
        path("2021-12-19"), digest(record(summary=r"About $9.47\times10^{-3}$.", title="A $x^2$"))
    ).build()
    entry = check_atom(made.read("feed.xml")).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}content") == "About 9.47×10<sup>−3</sup>."
    assert entry.findtext(f"{ATOM}title") == "A x²"


def test_the_feed_of_days_has_an_entry_a_day(tmp_path: Path) -> None:
    """With the day's titles, each a link to its paper; in both formats the same."""
    made = small(tmp_path)
    made.settings["base_url"] = BASE
    made.build()
    feed = check_atom(made.read("days/feed.xml"))
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "Monday, 3 January 2022: 1 paper",
        "Monday, 20 December 2021: 2 papers",
        "Sunday, 19 December 2021: 2 papers",
    ]
    entry = feed.findall(f"{ATOM}entry")[2]
    assert entry.findtext(f"{ATOM}id") == f"{BASE}2021/12/19/"
    content = entry.findtext(f"{ATOM}content") or ""
    assert f'<a href="{BASE}2021/12/19/#2112.10047">Slow Rivers</a>' in content
    items = check_json(made.read("days/feed.json"))["items"]
    assert items[2]["content_html"] == content


def test_a_busy_day_lists_a_part_of_its_titles(tmp_path: Path) -> None:
    made = Site(tmp_path)
    made.edit(path("2021-12-19"), digest(*(record(f"2112.{n:05}") for n in range(230)))).build()
    (item,) = check_json(made.read("days/feed.json"))["items"]
    assert item["title"] == "Sunday, 19 December 2021: 230 papers"
    assert item["content_html"].count("<li>") == 200
    assert item["content_html"].endswith("</ul><p>And 30 more.</p>")


def entry(number: int, text: str) -> FeedEntry:
    """Return an entry of which every text is the same."""
    address = f"https://a.example/{number}"
    return FeedEntry(
        id=address, url=address, title=text, authors=(text,) * 3, categories=(text,) * 3,
        published="2021-12-19T00:00:00Z", updated="2021-12-19T00:00:00Z", summary=text, short=text,
        content=to_html(text), primary="cs.CV", pdf=f"{address}.pdf",
        dois=(Link(text, f"{address}/doi"),) * 2, journal=text, comment=text,
    )  # fmt: skip


@pytest.mark.parametrize("sign", ["a", "<", '"', "\\ ", "&", "'", "é", "张", "🍃", " "])
@pytest.mark.parametrize("length", [1, 40, 2_000])
def test_no_feed_is_larger_than_readers_like(tmp_path: Path, sign: str, length: int) -> None:
    """Whichever signs its texts are made of, in both formats."""
    settings = config.load(tmp_path, overrides={"base_url": BASE})
    entries = tuple(entry(number, f"x{sign * length}x") for number in range(1_000))
    collection = Collection("Papers", "", (), settings, other=entries)
    atom = Renderer(settings, about=False).render(EXPORT.make(collection, settings))
    there = JSON_FEED.make(collection, settings).data
    assert len(atom) <= LARGEST
    assert len(there) <= LARGEST
    assert max(len(atom), len(there)) > LARGEST * 0.4, "nor much smaller than it may be"
    assert json.loads(there)["items"][0]["id"] == entries[0].id


def test_the_newest_is_there_however_long_it_is() -> None:
    long = entry(1, "<" * LARGEST)
    assert fitting([long, entry(2, "short")]) == (long,)


def test_authors_feeds_say_no_more_than_they_did(tmp_path: Path) -> None:
    """There are thousands of them: an entry is title, id, link, dates and a few authors."""
    made = Site(tmp_path).edit("site.toml", FEEDS)
    ids = ("2112.10046", "2112.10047")
    made.edit(path("2021-12-19"), digest(*map(record, ids))).build()
    feed: Any = check_atom(made.read("authors/ada-quill.xml"))
    names = {element.tag.removeprefix(ATOM) for element in feed.iter()}
    assert names == {
        *("feed", "title", "id", "link", "updated", "author", "name", "generator", "entry"),
        "published",
    }
    assert "arxiv.org/schemas" not in made.read("authors/ada-quill.xml")

"""What Pagefind gets to index: a paper, or a day of papers, as a small HTML document.

HTML rather than Pagefind's plain records, because only HTML can give the title and the authors a
weight of their own.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import dates, taxonomy, urls
from dayleaf.catalog import unpack_authors
from dayleaf.search import fragments
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog, Full
    from dayleaf.config import Granularity
    from dayleaf.search.shards import Shard

_AUTHOR_WEIGHT = 2
# Between the parts of a compound: `few-shot`, `DeepLab`, `GANs`.
_JOINT = re.compile(
    r"(?<=\w[-\u2010-\u2014/])(?=\w)|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})"
)


class Record(NamedTuple):
    """One document of the search index."""

    url: str
    """Relative to the site's root, with a `/` before it."""
    document: str


def records(
    catalog: Catalog, shard: Shard, *, granularity: Granularity, language: str
) -> Iterator[Record]:
    """Yield the documents of a shard, in the order of days and digests.

    Pagefind numbers them in that order, from which search-worker.js knows the newest: a sort key of
    Pagefind's would say the same in a quarter of the metadata.
    """
    for day, found in catalog.full(shard.first, shard.last):
        if granularity == "paper":
            for paper in found:
                yield _paper(paper, language)
        else:
            yield _day(day, found, language)


def lines(catalog: Catalog, first: str, last: str) -> list[bytes]:
    """Return what results would show of the papers from a day to another, for a dictionary."""
    return [_line(paper) for _, found in catalog.full(first, last) for paper in found]


def _line(paper: Full) -> bytes:
    title = to_plain(paper.title)
    authors = ", ".join(name for name, _ in unpack_authors(paper.authors))
    texts = [to_plain(text) for text in (paper.abstract, paper.comment) if text]
    before = len(title.split())
    return fragments.line(
        urls.paper(paper.day, paper.anchor),
        paper.code,
        [before, before + len(authors.split())],
        " ".join([f"{title}. {authors}.", *texts]),
    )


def _paper(paper: Full, language: str) -> Record:
    spelled = tuple(name for name, _ in unpack_authors(paper.authors))
    title = to_plain(paper.title)
    # search-worker.js tells title, authors and abstract apart by the marks: as metadata they would
    # stand in the index twice.
    body = (
        f"<h1>{html.escape(title)}</h1>"
        '<i id="t"></i>'
        f'<p data-pagefind-weight="{_AUTHOR_WEIGHT}">{html.escape(", ".join(spelled))}</p>'
        f'<i id="a"></i><p>{_text(paper.abstract)}</p><p>{_text(paper.comment)}</p>'
        f"{_meta('title', _apart(title))}"
        f"{''.join(_filters(paper.day[:4], paper.code, paper.categories))}"
    )
    return Record(f"/{urls.paper(paper.day, paper.anchor)}", _document(body, language))


def _day(day: str, found: list[Full], language: str) -> Record:
    """One document for a day; its headings make Pagefind's sub-results."""
    papers = "".join(
        f'<h2 id="{html.escape(paper.anchor)}">{_text(paper.title)}</h2>'
        f"<p>{html.escape(', '.join(name for name, _ in unpack_authors(paper.authors)))}</p>"
        f"<p>{_text(paper.abstract)}</p>"
        for paper in found
    )
    filters = {one for paper in found for one in _filters(day[:4], paper.code, paper.categories)}
    body = f"<h1>{dates.weekday(day)}</h1>{papers}{''.join(sorted(filters))}"
    return Record(f"/{urls.day(day)}", _document(body, language))


def _apart(title: str) -> str:
    """Part the halves of compounds by a word joiner and a space, which search-worker.js takes out.

    Pagefind scores a title by the share of its words that were asked for, and a rare compound that
    counts as one word would lift its halves beyond reason.
    """
    return _JOINT.sub("\u2060 ", title)


def _document(body: str, language: str) -> str:
    return f'<html lang="{html.escape(language)}"><body>{body}</body></html>'


def _text(source: str | None) -> str:
    return html.escape(to_plain(source)) if source else ""


def _meta(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}[data-v]" data-v="{html.escape(value)}"></i>'


@lru_cache(maxsize=4096)
def _filters(year: str, primary: str, categories: str) -> tuple[str, ...]:
    """Return what papers are found by beside words: year, category, those they also have."""
    others = [code for code in taxonomy.classify(categories).arxiv if code != primary]
    found = [("year", year), *(("cross", code) for code in others)]
    if primary:
        found.append(("category", primary))
    return tuple(
        f'<i data-pagefind-filter="{name}[data-v]" data-v="{html.escape(value)}"></i>'
        for name, value in found
    )

"""What Pagefind gets to index: a paper, or a day of papers, as a small HTML document.

HTML rather than Pagefind's plain records, because only HTML can give the title and the authors a
weight of their own.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import urls
from dayleaf.archive.words import indexed, telling
from dayleaf.base import dates
from dayleaf.search import results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.base.config import Granularity
    from dayleaf.catalog import Catalog, PaperRow
    from dayleaf.search.results import Field
    from dayleaf.search.shards import Shard

# Between the parts of a compound: `few-shot`, `DeepLab`, `GANs`.
_JOINT = re.compile(
    r"(?<=\w[-\u2010-\u2014/])(?=\w)|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})"
)


class PaperDocument(NamedTuple):
    """One document of the search index, with the text of its result."""

    url: str
    """Relative to the site's root, with a `/` before it."""
    document: str
    line: bytes
    """The fields of the result, see `results.line`."""


def records(
    catalog: Catalog,
    shard: Shard,
    *,
    granularity: Granularity,
    language: str,
    summaries: bool = True,
) -> Iterator[PaperDocument]:
    """Yield the documents of a shard, in the order of days and digests.

    Pagefind numbers them in that order, from which shards.js knows the newest: a sort key of
    Pagefind's would say the same in a quarter of the metadata.
    """
    for day, papers in catalog.full(shard.first, shard.last):
        shown = papers if summaries else [paper._replace(extras=None) for paper in papers]
        if granularity == "paper":
            for paper in shown:
                yield _paper(paper, language)
        else:
            yield _day(day, shown, language)


def lines(catalog: Catalog, first: str, last: str) -> list[bytes]:
    """Return the results of the papers from a day to another, for a dictionary."""
    papers = (paper for _, listed in catalog.full(first, last) for paper in listed)
    return [results.line(results.values(paper)) for paper in papers]


def _paper(paper: PaperRow, language: str) -> PaperDocument:
    values = results.values(paper)
    texts = _texts(values)
    elements = "".join(_element(field, text) for field, text in texts.items())
    body = (
        f"{elements}{_meta('title', _apart(texts[results.TITLE]))}"
        f"{_meta('authors', texts[results.AUTHORS])}{''.join(_filters(paper))}"
    )
    url = urls.paper(paper.day, paper.anchor)
    return PaperDocument(f"/{url}", _document(body, language), results.line(values))


def _texts(values: list[str | list[str]]) -> dict[Field, str]:
    """Return a paper's indexed texts; names keep their function words: `In So Kweon`."""
    texts: dict[Field, str] = {}
    for field, value in zip(results.FIELDS, values, strict=True):
        if field.use != "shown":
            text = indexed(results.text(value))
            texts[field] = text if field.many else telling(text)
    return texts


def _day(day: str, shown: list[PaperRow], language: str) -> PaperDocument:
    """One document for a day, with all that is indexed of its papers one after another."""
    title = dates.weekday(day)
    papers = "".join(
        _element(field, text, heading="h2")
        for paper in shown
        for field, text in _texts(results.values(paper)).items()
    )
    filters = {element for paper in shown for element in _filters(paper)}
    body = f"<h1>{title}</h1>{papers}{''.join(sorted(filters))}"
    line = results.day_line(urls.day(day), title, shown)
    return PaperDocument(f"/{urls.day(day)}", _document(body, language), line)


def _element(field: Field, text: str, *, heading: str = "h1") -> str:
    name = heading if field.element == "h1" else field.element
    weight = f' data-pagefind-weight="{field.weight}"' if field.weight > 1 else ""
    return f"<{name}{weight}>{html.escape(text)}</{name}>"


def _apart(title: str) -> str:
    """Part the halves of compounds by a word joiner and a space.

    Pagefind scores a title by the share of its words that were asked for, and a rare compound that
    counts as one word would lift its halves beyond reason. Nobody sees these titles: results show
    those of their lines.
    """
    return _JOINT.sub("\u2060 ", title)


def _document(body: str, language: str) -> str:
    return f'<html lang="{html.escape(language)}"><body>{body}</body></html>'


def _meta(name: str, value: str) -> str:
    return f'<i data-pagefind-meta="{name}[data-v]" data-v="{html.escape(value)}"></i>'


def _filters(paper: PaperRow) -> Iterable[str]:
    return (_filter(field.name, value) for field in results.FILTERS for value in field.take(paper))


@lru_cache(maxsize=4096)
def _filter(name: str, value: str) -> str:
    return f'<i data-pagefind-filter="{name}[data-v]" data-v="{html.escape(value)}"></i>'

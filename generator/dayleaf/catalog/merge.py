"""Several records of one paper -> one, with everything that each of them knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog.rows import pack_extras, unpack_extras
from dayleaf.model import Extras

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dayleaf.catalog.rows import Body, Paper
    from dayleaf.model import Section

    Rows = tuple[Paper, Body]


def merge(found: Sequence[Rows]) -> Rows:
    """Return the record of a paper that several records list, the best of them first.

    Each field is that of the first record that has it; categories, topics, DOIs and extras are
    those of all. The paper is listed on the first of their days.
    """
    papers, bodies = [paper for paper, _ in found], [body for _, body in found]
    extras = [unpack_extras(body.extras) for body in bodies]
    best = papers[0]
    # Authors who are all named, or as many as anybody names.
    whole = [p for p, extra in zip(papers, extras, strict=True) if p.authors and not extra.others]
    named = whole[0] if whole else max(papers, key=lambda paper: paper.authors.count("\n"))
    others = not whole and any(extra.others for extra in extras)
    return (
        best._replace(
            # A day is known better than a month, whichever comes first.
            listed=min(papers, key=lambda paper: (-len(paper.listed), paper.listed)).listed,
            authors=named.authors,
            byline=named.byline,
            code=next((paper.code for paper in papers if paper.code), ""),
            categories=_joined((paper.categories for paper in papers), "\n"),
            filings=_joined((paper.filings for paper in papers), "\n"),
            withdrawn=max(p.withdrawn for p in papers if p.version == best.version),
        ),
        bodies[0]._replace(
            abstract=_first(body.abstract for body in bodies),
            comment=_first(body.comment for body in bodies),
            journal=_first(body.journal for body in bodies),
            doi=_joined((body.doi or "" for body in bodies), " ") or None,
            pdf=_first(body.pdf for body in bodies),
            published=_first(body.published for body in bodies),
            updated=_first(body.updated for body in bodies),
            url=_first(body.url for body in bodies),
            extras=pack_extras(_extras(extras, papers, others=others)),
        ),
    )


def _first(values: Iterable[str | None]) -> str | None:
    """Return the first value that is known."""
    return next(filter(None, values), None)


def _joined(texts: Iterable[str], between: str) -> str:
    """Join the parts of some texts, each part once."""
    parts = (part for text in texts for part in text.split(between) if part)
    return between.join(dict.fromkeys(parts))


def _extras(found: list[Extras], papers: list[Paper], *, others: bool) -> Extras:
    """Join extras; of two sections with one heading in one language the first stays."""
    sections: dict[tuple[str, str], Section] = {}
    scores = {s.name: s for extra in reversed(found) for s in reversed(extra.scores)}
    version = 0
    for extra, paper in zip(found, papers, strict=True):
        for section in extra.sections:
            sections.setdefault((section.heading, section.language), section)
        if extra.sections and not version:
            version = extra.version or paper.version
    return Extras(
        tuple(sections.values()),
        version,
        next((extra.code for extra in found if extra.code), None),
        tuple(dict.fromkeys(link for extra in found for link in extra.links)),
        tuple(scores.values())[::-1],
        others,
        next((extra.announced for extra in found if extra.announced), ""),
    )

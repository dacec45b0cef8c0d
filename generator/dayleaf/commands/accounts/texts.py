"""Formulas that could not be converted, and so are shown as their source."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from dayleaf.catalog import Catalog
from dayleaf.text import unconverted as unconverted_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.base.parallel import Pool

_DAYS = 50
"""That one process looks through in one go."""


def unconverted(file: Path, catalog: Catalog, pool: Pool) -> Iterator[tuple[str, str]]:
    """Yield the papers that have any, each with the first, by day."""
    days = [day for day, _ in catalog.days()]
    spans = [(days[at], days[min(at + _DAYS, len(days)) - 1]) for at in range(0, len(days), _DAYS)]
    for formulas in pool.map(partial(_look, file), spans):
        yield from formulas


def _look(file: Path, span: tuple[str, str]) -> list[tuple[str, str]]:
    formulas: list[tuple[str, str]] = []
    with closing(Catalog(file)) as catalog:
        for _, papers in catalog.full(*span):
            for paper in papers:
                texts = filter(None, (paper.title, paper.abstract, paper.comment))
                source = next((source for text in texts for source in unconverted_in(text)), None)
                if source is not None:
                    formulas.append((paper.anchor, source))
    return formulas

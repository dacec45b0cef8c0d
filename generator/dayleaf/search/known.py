"""Well-known names of papers: ours, `names.tsv`, and a site's own, `names.toml`.

Some papers never say the name that everybody gives them: ResNet stands neither in the title nor in
the abstract of Deep Residual Learning. The site's file beside `site.toml` gives a paper's
identifier its names, `"1512.03385" = ["ResNet"]`; it adds to ours, and says anew what an identifier
stands for that both have. Ours is a table, which is read in a twentieth of the time. Identifiers
that the archive does not hold are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dayleaf.base import config as settings
from dayleaf.base.validator import Document, Rule
from dayleaf.search.terms import SHORTEST, key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dayleaf.catalog import Catalog

FILE = "names.toml"
_NAMES = Rule(list, like='a list of names, ["ResNet"], behind the identifier in quotes')
Names = dict[str, list[str]]
"""Identifier of a paper -> its names."""


def names(site: Path) -> Names:
    """Return the names of papers, a site's own included.

    Raises ConfigError with the line of what is wrong in the site's file.
    """
    text = settings.beside(site, FILE)
    return _ours() if text is None else _ours() | parse(text)


@lru_cache(maxsize=1)
def _ours() -> Names:
    lines = (files(__package__) / "names.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {paper: called for paper, *called in rows}


def parse(text: str) -> Names:
    """Read the text of a file. Raises ConfigError with the line of the fault."""
    document = Document(FILE, text)
    tables = document.tables()
    document.check(tables, dict.fromkeys(tables, _NAMES))
    return {paper: called for paper, called in tables.items() if isinstance(called, list)}


def places(called: Names, catalog: Catalog) -> Mapping[str, list[str]]:
    """Return the papers by their names as they are written, each as `2015-12-10 1512.03385`."""
    papers: defaultdict[str, list[str]] = defaultdict(list)
    for day, paper in sorted(catalog.stands(called)):
        for name in dict.fromkeys(called[paper]):
            papers[name].append(f"{day} {paper}")
    return papers


def by_key(written: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    """Return the papers by the keys of their names."""
    keyed: defaultdict[str, list[str]] = defaultdict(list)
    for name, papers in written.items():
        folded = key(name)
        if folded.isascii() and len(folded) >= SHORTEST:
            keyed[folded] += (paper for paper in papers if paper not in keyed[folded])
    return {name: sorted(papers) for name, papers in keyed.items()}

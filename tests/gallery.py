"""A site with a page of every kind, for tests that look at each."""

from __future__ import annotations

import shutil
from pathlib import Path

from dayleaf.archive import urls
from dayleaf.base.hosts import HOSTS
from tests.sites import Site, digest, path, record

PAGES = {
    "home": "",
    "day": "2021/12/19/",
    "crowded day": "2022/02/01/",
    "days": "days/",
    "month": "2021/12/",
    "year": "2021/",
    "category": "categories/cs.CV/",
    "categories": "categories/",
    "class": "subjects/68T45/",
    "venue": "venues/cvpr/",
    "venues": "venues/",
    "author": "authors/ada-quill.html",
    "shared authors": urls.person("guanbin-ng", HOSTS["github-pages"].shared_pages),
    "authors": "authors/",
    "names": "authors/q/",
    "statistics": "statistics/",
    "topics": "topics/",
    "topic": "topics/teacups/",
    "search": "search/?q=tides",
    "about": "about/",
    "missing": "404.html",
    "moved": "authors/adele-quill.html",
    "offline": "offline/",
}
"""The address of one page of each kind."""
_TOPICS = """
[authors]
minimum = 2

[[topics]]
title = "Teacups"
any = ["teacup", "tides"]
"""
_AUTHORS = """
[ada-quill]
name = "Ada Quill"
spellings = ["Adele Quill"]
"""
_CODES = ("cs.CV", "cs.LG", "eess.IV", "cs.RO", "physics.med-ph", "cond-mat.mtrl-sci", "q-bio.NC")
_FORMULAS = (
    "A bound ($x^2$). It holds for $O(n \\log n)$, and for ($y_1$). "
    "$$\\sum_{i=1}^{n} \\frac{\\alpha_i x_i}{\\beta_i + \\gamma_i} = \\int_0^1 f(t)\\,dt$$ "
    "The rest of the abstract goes on as it began, for as long as a line is."
)


def gallery(folder: Path) -> Site:
    """Lay out the golden site with what its kinds of page lack: topics, venues, a moved author."""
    shutil.copytree(Path(__file__).parent / "golden/site", folder)
    made = Site(folder)
    settings = (folder / "site.toml").read_text(encoding="utf-8")
    made.edit("site.toml", settings + _TOPICS)
    made.edit("authors.toml", _AUTHORS)
    papers = [
        record(
            f"2202.{number:05}",
            day="2022-02-01",
            title=f"Tides of {code} in a teacup, seen from quite near",
            authors="Ada Quill, Adele Quill, Bo Fenn, Zoë Ådal",
            categories=f"**{code}**, {', '.join(_CODES[:number])}, 68T45, I.4.6".replace(
                ", ,", ","
            ),
            comment="Accepted at CVPR 2022. Code: https://github.com/example/tides",
            summary=_FORMULAS,
        )
        for number, code in enumerate(_CODES)
    ]
    return made.edit(path("2022-02-01"), digest(*papers, day="2022-02-01"))

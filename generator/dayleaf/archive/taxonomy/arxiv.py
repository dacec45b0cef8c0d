"""arXiv's categories: which there are, their names, and the archive that each belongs to.

`arxiv.tsv` has a line for each category, `archives.tsv` for each archive. This module never looks
at a whole Categories field; that is `fields`.
"""

from __future__ import annotations

import re
from functools import cache

from dayleaf.archive.taxonomy.tables import names, table

_ARCHIVES, _CATEGORIES = "archives", "arxiv"
_SHAPE = re.compile(r"([a-z]+(?:-[a-z]+)?)\.([A-Z]{2}|[a-z]+(?:-[a-z]+)?)")
ALIASES = {
    "cs.NA": "math.NA",
    "cs.SY": "eess.SY",
    "math.IT": "cs.IT",
    "math.MP": "math-ph",
    "q-fin.EC": "econ.GN",
    "stat.TH": "math.ST",
}
"""Second names of categories -> the names under which arXiv files their papers."""
_LOWER_CASE_SUBJECTS = {"cond-mat", "physics"}


@cache
def categories() -> dict[str, str]:
    """Return the names of all codes under which arXiv has filed papers.

    They are the categories of today, closed archives, and archives without a subject.
    """
    alone = {code: name for code, (_, name) in table(_ARCHIVES).items() if name}
    return names(_CATEGORIES) | alone


def short(code: str) -> str:
    """Return a category's name for tight lists; empty where its own will do."""
    return table(_CATEGORIES)[code][1] if code in table(_CATEGORIES) else ""


def about(code: str) -> str:
    """Return a category's description, a sentence; empty if there is none."""
    return table(_CATEGORIES)[code][2] if code in table(_CATEGORIES) else ""


def read(word: str) -> str | None:
    """Return the category that a word is, None for any other word.

    A subject that we do not know counts where its archive is known and its shape is that of the
    archive's subjects, so that a category which arXiv opens tomorrow is not mistaken for prose.
    """
    if word in categories():
        return word
    if canonical := _canonical().get(word.lower()):
        return canonical
    shape = _SHAPE.fullmatch(word)
    if shape is None or shape[1] not in names(_ARCHIVES):
        return None
    fits = shape[2].islower() == (shape[1] in _LOWER_CASE_SUBJECTS)
    return word if fits else None


def group(code: str) -> str:
    """Return the group under which arXiv lists a category: `cs.CV` is in `Computer Science`."""
    return names(_ARCHIVES)[code.partition(".")[0]]


@cache
def _canonical() -> dict[str, str]:
    return {code.lower(): code for code in names(_CATEGORIES) if "." in code}

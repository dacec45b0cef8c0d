"""The codes by which papers are classified, and what they are called.

Three systems meet in one field of a digest: arXiv's categories (`cs.CV`), the Mathematics Subject
Classification (`68T45`) and the ACM Computing Classification System of 1998 (`I.4.6`). This package
takes the field apart and names the codes. It never counts papers, makes addresses or translates.
"""

from __future__ import annotations

from dayleaf.archive.taxonomy import acm, arxiv, msc
from dayleaf.archive.taxonomy.arxiv import ALIASES, about
from dayleaf.archive.taxonomy.fields import classify
from dayleaf.archive.taxonomy.systems import System, system

__all__ = [
    "ALIASES",
    "System",
    "about",
    "canonical",
    "classify",
    "group",
    "name",
    "short_name",
    "system",
]


def canonical(code: str) -> str:
    """Return the name under which arXiv files a category: `cs.SY` is `eess.SY`."""
    return ALIASES.get(code, code)


def name(code: str) -> str | None:
    """Return the name of a code, None if it is unknown.

    An MSC code without a name of its own has that of its section or area; an ACM code with a
    subject's letter, `I.5.4.b`, that of its class.
    """
    match system(code):
        case "arxiv":
            return arxiv.categories().get(code)
        case "msc":
            return msc.name(code)
        case "acm":
            return acm.name(code)
        case "topic":
            return None


def short_name(code: str) -> str:
    """Return a name for tight lists, the code itself where it has no name."""
    return arxiv.short(code) or name(code) or code


def group(code: str) -> str:
    """Return the heading under which a list puts a code that `classify` gave.

    `Computer Science` for `cs.CV`, `68 Computer science` for `68T45`, `I Computing Methodologies`
    for `I.4.6`.
    """
    match system(code):
        case "arxiv":
            return arxiv.group(code)
        case "msc":
            return msc.group(code)
        case "acm":
            return acm.group(code)
        case "topic":
            return ""

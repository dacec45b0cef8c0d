"""The Mathematics Subject Classification: the forms of its codes and their names.

`msc.tsv` names all areas, and the sections and classes that papers of a computer science archive
use most. The names are those of MSC 2020, shortened where they run long.
"""

from __future__ import annotations

import re

from dayleaf.archive.taxonomy.tables import names

_TABLE = "msc"
_CLASS = re.compile(r"([0-9]{2})-?([A-Za-z])([0-9]{2}|[Xx]{2})")
_FORM = re.compile(r"([0-9]{2})-(0[0-9]|1[01]|[Xx]{2})")
_UNFINISHED = re.compile(r"([0-9]{2})([A-Z])?")
_UNHYPHENATED = re.compile(r"(?!19|20)([0-9]{2})(0[0-9]|1[01])")


def read(word: str, *, loose: bool) -> str | None:
    """Return the normal form of the code that a word is, None for any other word.

    `loose` also takes what is a code only where one is expected: an area or section without its
    `x` (`68`, `68T`) and a hyphen left out (`6804`; `2010` is a year).
    """
    code = _normal(word, loose=loose)
    return code if code is not None and code[:2] in names(_TABLE) else None


def _normal(word: str, *, loose: bool) -> str | None:
    """Return what a word would be in normal form, were its area one of ours."""
    if match := _CLASS.fullmatch(word):
        return match[1] + match[2].upper() + match[3].lower()
    if match := _FORM.fullmatch(word):
        return f"{match[1]}-{match[2].upper()}"
    if loose and (match := _UNFINISHED.fullmatch(word)):
        return f"{match[1]}{match[2]}xx" if match[2] else f"{match[1]}-XX"
    if loose and (match := _UNHYPHENATED.fullmatch(word)):
        return f"{match[1]}-{match[2]}"
    return None


def name(code: str) -> str | None:
    """Return the closest name that we have: of the class, else its section, else its area."""
    named, area = names(_TABLE), names(_TABLE).get(code[:2])
    if area is not None and code[2:] in named:
        return f"{area}: {named[code[2:]]}"
    return named.get(code) or named.get(code[:3]) or area


def group(code: str) -> str:
    """Return the heading of a code's area: `68 Computer science`."""
    return f"{code[:2]} {names(_TABLE)[code[:2]]}"

"""The ACM Computing Classification System of 1998: the forms of its codes, and their names.

`acm.tsv` names areas and classes. `General` and `Miscellaneous` are made from the class above them,
since every class may have both.
"""

from __future__ import annotations

import re

from dayleaf.archive.taxonomy.tables import names

_TABLE = "acm"
_IN_EVERY_CLASS = {"0": "General", "m": "Miscellaneous"}

_CODE = re.compile(r"[A-Ka-k]\.(?:m|M|[0-9]{1,2}(?:\.(?:[0-9]{1,2}|m|M))?(?:\.[A-Za-z])?)")
_UNDOTTED = re.compile(r"([A-K])[ ]?([0-9](?:\.[0-9]{1,2})?)")


def read(word: str, *, loose: bool) -> str | None:
    """Return the normal form of the code that a word is, None for any other word.

    `loose` also takes a code without its first dot (`I2.10`, `I 4.1`), which is no more than a
    letter and a number and is therefore believed only where the class exists.
    """
    if _CODE.fullmatch(word):
        return word[0].upper() + word[1:].lower()
    undotted = _UNDOTTED.fullmatch(word) if loose else None
    if undotted is None:
        return None
    code = f"{undotted[1]}.{undotted[2]}"
    return code if code in names(_TABLE) else None


def name(code: str) -> str | None:
    """Return a class's name; a subject's letter (`I.5.4.b`) adds nothing to it."""
    if code in names(_TABLE):
        return names(_TABLE)[code]
    above, _, last = code.rpartition(".")
    if above.count(".") > 1:
        return name(above)
    parent = names(_TABLE).get(above)
    if parent is None or last not in _IN_EVERY_CLASS:
        return None
    return f"{parent}: {_IN_EVERY_CLASS[last]}"


def group(code: str) -> str:
    """Return the heading of a code's area: `I Computing Methodologies`."""
    return f"{code[0]} {names(_TABLE)[code[0]]}"

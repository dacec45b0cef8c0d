"""A digest's Categories field, parsed into codes.

Authors type their own MSC and ACM classes and arXiv passes them on as they are, so the field may
hold any text. What is no code is kept, and its meaning never guessed: an arXiv category within
somebody's prose (`Machine Learning (cs.LG)`) is no listing by arXiv and stays prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from dayleaf.archive.model import Categories
from dayleaf.archive.taxonomy import acm, arxiv, msc
from dayleaf.archive.taxonomy.systems import system

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_SEPARATOR = re.compile(r"[,;]")
# The first form is an ACM code typed with a space for its dot, `I 4.1`.
_WORD = re.compile(r"[A-K] [0-9]\.[0-9]{1,2}(?![\w.])|[^\s():\[\]/&|+]+")
_MARK = re.compile(
    r"\(\s*(?:primary|secondary)\s*\)|(?<![^\s().])(?:primary|secondary)\s*:",
    re.ASCII | re.IGNORECASE,
)
_EDGE = ".-\N{EN DASH}\N{EM DASH}*'\""
_LABEL = re.compile(
    r"""(?:[ ](?:
        primary | secondary | and
        | (?:acm|ams|asm|cs|ict|msc)-class(?:es)?
        | (?:acm|ams|ccs|msc)(?:[ ]?(?:19|20)[0-9]{2})?
        | (?:mathematics[ ])?subject[ ]classifications?(?:[ ](?:19|20)[0-9]{2})?
    ))*""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
"""Words that tell what kind of code stands beside them, and nothing else."""
_LONGEST_LABEL = 8
"""In words; spares a long text from being asked anew at each of its words."""


class _Word(NamedTuple):
    """A word of one part of the field, and where it stands there."""

    start: int
    end: int
    text: str
    code: str | None


class _Codes(NamedTuple):
    """What was found so far: keys in their order, each once."""

    arxiv: dict[str, None]
    msc: dict[str, None]
    acm: dict[str, None]
    other: dict[str, None]


@lru_cache(maxsize=1 << 13)  # 137,501 records of the real archive have 7,617 different fields
def classify(field: str) -> Categories:
    """Take a field apart: `**eess.IV**, cs.CV, 68T45 (Primary), I.4.6; I.4.9`.

    Continuation lines are joined by a space already. A category with two names comes back under
    arXiv's own. Every word of the field comes back in a code or in `other`, labels such as
    `Primary` and `MSC-class:` excepted. Punctuation alone (`-`) says nothing.
    """
    plain = field.replace("**", "")
    parts = plain.split(", ")
    codes = _Codes({}, {}, {}, {})
    if all(part in arxiv.categories() for part in parts):
        codes.arxiv.update(dict.fromkeys(parts))
    else:
        for part in _SEPARATOR.split(plain):
            _file(part, codes)
    named = (arxiv.ALIASES.get(code, code) for code in codes.arxiv)
    categories = _primary_first(field, tuple(dict.fromkeys(named)))
    return Categories(
        primary=categories[0] if categories else None,
        arxiv=categories,
        msc=tuple(codes.msc),
        acm=tuple(codes.acm),
        other=tuple(codes.other),
    )


def _primary_first(field: str, categories: tuple[str, ...]) -> tuple[str, ...]:
    """Put the category in bold before the others."""
    bold = _BOLD.search(field)
    named = (arxiv.read(bold[1].strip()) if bold else None) or ""
    primary = arxiv.ALIASES.get(named, named)
    if primary not in categories:
        return categories
    return (primary, *(code for code in categories if code != primary))


def _file(part: str, codes: _Codes) -> None:
    """File the codes of a part of the field, and the prose between them."""
    part = _MARK.sub(" ", part)
    for code, group in groupby(_read(part), key=lambda word: word.code):
        run = tuple(group)
        if code is not None:
            _drawer(code, codes)[code] = None
        elif not _is_label(run):
            text = " ".join(part[run[0].start : run[-1].end].split())
            closing = ")" * max(0, text.count("(") - text.count(")"))
            codes.other[text + closing] = None


def _drawer(code: str, codes: _Codes) -> dict[str, None]:
    return {"arxiv": codes.arxiv, "msc": codes.msc, "acm": codes.acm}[system(code)]


def _read(part: str) -> tuple[_Word, ...]:
    """Read the words of a part, codes in normal form.

    Abbreviated codes count up to the first prose, and arXiv categories only without any: `68` is
    an area in `Primary: 68`, and a number in `about 68 images`.
    """
    words: list[_Word] = []
    run: list[_Word] = []  # since the last code
    prose = False
    for match in _WORD.finditer(part):
        text = match[0].strip(_EDGE)
        if not text:
            continue
        loose = not prose and _is_label(run)
        code = msc.read(text, loose=loose) or acm.read(text, loose=loose) or arxiv.read(text)
        word = _Word(match.start(), match.end(), text, code)
        words.append(word)
        if code is None:
            run.append(word)
        else:
            prose = prose or not _is_label(run)
            run.clear()
    if prose or not _is_label(run):
        return tuple(word._replace(code=None) if _is_listing(word) else word for word in words)
    return tuple(words)


def _is_listing(word: _Word) -> bool:
    return word.code is not None and system(word.code) == "arxiv"


def _is_label(run: Sequence[_Word]) -> bool:
    """Tell whether words are labels only; of no words at all that is true."""
    if len(run) > _LONGEST_LABEL:
        return False
    return _LABEL.fullmatch("".join(f" {word.text}" for word in run)) is not None

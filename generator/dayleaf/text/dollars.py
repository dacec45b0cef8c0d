"""Where a formula begins and ends, and which dollar signs are money. It converts nothing."""

from __future__ import annotations

import re

LONGEST = 1500
"""Formulas longer than this are no formulas: the longest of 7,131 real ones has 264 signs."""

# Text within a formula, with formulas in it: `$\text{if $x>0$ then } y$`.
_WORDS = r"\\(?:text[a-z]*|mbox|hbox)\{(?:[^{}$\\]|\\.|\$(?:[^{}$]|\{[^{}$]*\})*+\$)*+\}"
_INLINE = re.compile(rf"\$((?:[^$\\]++|{_WORDS}|\\.)++)\$", re.DOTALL)
_DISPLAY = re.compile(rf"\$\$((?:[^$\\]++|{_WORDS}|\\.)++)\$\$", re.DOTALL)
_AMOUNT = re.compile(r"\s*\d[\d.,]*")
_TEX = re.compile(r"\\(?![$%&#])|[\^_=+<>|]")
_WORD = re.compile(r"[a-z]{2,}[,.]? ")
_NOT_PROSE = re.compile(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?")
# So many words of prose between two dollars make them no pair; fewer where spaces are inside, too.
_PROSE_WORDS = 4
_LOOSE_WORDS = 2
_STRONG = re.compile(r"\s(?:and|or|to|is|are|but|vs\.?|per|than|then|the|from|with)\s")
_WEAK = re.compile(r"\s(?:for|in|of|as|at|by|on)\s")
"""Words of prose, the second also in formulas where somebody means a sign: `x in A`."""
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]+(?:[:/]|[,;]?\s)\Z")
_RANGE = re.compile(r"[kKMB](?:[-\u2013]|[,;]\s)")
_LEFT_OPEN = frozenset("([{,;:/-\u2013")
"""Signs that end no formula that begins with an amount: `$2M ($x$ lamps)`."""
TEXT_INSIDE = re.compile(r"\\(?:href|url|verb|footnote|cite)\b|https?://|\bgithub\.com/")
"""Found in formulas that are no formulas but text, set in italics."""


def formula_end(text: str, start: int) -> int | None:
    """The offset behind the formula that begins with the `$` or `$$` at `start`.

    None where the sign is a dollar: `$5`, `$5 and $10`, the last one of an odd number.
    """
    display = text.startswith("$$", start)
    match = (_DISPLAY if display else _INLINE).match(text, start)
    if not match or match.end() - start > LONGEST:
        return None
    content = match[1]
    if not content.isspace() and _is_prose(content):
        return None
    if display:
        return match.end()
    before, after = text[start - 1 : start] if start else "", text[match.end() : match.end() + 1]
    if _is_money(content, after) or _is_stray(content, before, after):
        return None
    return match.end()


def _is_money(content: str, after: str) -> bool:
    """Tell `$5 and $10` from `$5$`: an amount, no TeX, and prose or another amount behind it."""
    amount = _AMOUNT.match(content)
    if not amount or _TEX.search(content):
        return False
    rest = content[amount.end() :]
    if not rest:
        return False
    opened = rest[-1] in _LEFT_OPEN or (rest[-1].isspace() and bool(rest.strip()))
    return bool(_WORD.search(rest)) or after.isdigit() or (opened and after.isalnum())


def _is_stray(content: str, before: str, after: str) -> bool:
    """Tell two signs that stand each by itself: `$HOME and $PATH`, `5$ and 10$`, `$/h, $/day`."""
    opens, closes = content[0].isspace(), content[-1].isspace()
    amounts = before.isdigit() and content[-1].isdigit()
    if (after.isalpha() or after == "_") and _VARIABLE.match(content):
        return True
    if opens == closes and not amounts:
        return content[0] == after == "/" and content[1:2].isalpha()
    words = _NOT_PROSE.sub("", content)
    if _STRONG.search(words):
        return True
    if _TEX.search(content):
        return False
    rate = content[0] == "/" and content[1:2].isalpha()
    return bool(_WEAK.search(words)) or rate or (amounts and _between(content, after))


def _between(content: str, after: str) -> bool:
    """Tell what stands between two amounts with their signs behind them: `5$, 10$`, `3$M-4$M`."""
    return content[0] in " ,;/" or (after.isalpha() and _RANGE.match(content) is not None)


def _is_prose(content: str) -> bool:
    """Tell the text between two single dollars from a formula with a few words in it."""
    words = len(_WORD.findall(_NOT_PROSE.sub("", content)))
    loose = content[0].isspace() and content[-1].isspace()
    return words >= (_LOOSE_WORDS if loose else _PROSE_WORDS)

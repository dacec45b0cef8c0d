"""Addresses, DOIs and arXiv identifiers that stand in a text: found by a sign within, and linked.

The scanner finds the `://`, the colon or the dot; what stands before it has been emitted by then
and is taken back.
"""

from __future__ import annotations

import re

from dayleaf.text import links
from dayleaf.text.state import TextState
from dayleaf.text.tokens import TokenType

_ARXIV = "https://arxiv.org/abs/"
_DOI = "https://doi.org/"
_LONGEST_HOST = 48
_LONGEST_SCHEME = len("https")


def scheme(state: TextState, match: re.Match[str]) -> int:
    """`https://…`, read from its colon."""
    start = match.start()
    name = links.SCHEME.search(state.text, max(0, start - _LONGEST_SCHEME), start)
    return _linked(state, match, back=len(name[0]) if name else 0)


def www(state: TextState, match: re.Match[str]) -> int:
    """`www.…`, read from its dot."""
    return _linked(state, match, back=len("www"), prefix="http://")


def host(state: TextState, match: re.Match[str]) -> int:
    """`github.com/…`, read from its last dot."""
    start = match.start()
    before = state.text[max(0, start - _LONGEST_HOST) : start]
    back = links.known_host(before, match["host"])
    return _linked(state, match, back=back, prefix="https://")


def doi(state: TextState, match: re.Match[str]) -> int:
    """`10.1109/…`, read from its dot."""
    return _linked(state, match, back=len("10"), prefix=_DOI)


def arxiv(state: TextState, match: re.Match[str]) -> int:
    """`arXiv:2112.10046`, read from its colon."""
    label = state.text[match.start() - len("arXiv") : match.end()]
    if _take_back(state, len("arXiv")):
        state.linked(_ARXIV + match["arxiv"].strip(), label)
    else:
        state.add(match[0])
    return match.end()


def _linked(state: TextState, match: re.Match[str], *, back: int, prefix: str = "") -> int:
    """Link the address of which `back` characters stand before the match."""
    start = match.start() - back
    if back and _take_back(state, back):
        link = links.read(state.text, start, prefix=prefix)
        if link.end >= match.end():
            if link.target:
                state.linked(link.target, link.label)
            else:
                state.add(link.label)
            return link.end
        state.add(state.text[start : match.start()])
    state.add(match[0])
    return match.end()


def _take_back(state: TextState, length: int) -> bool:
    """Take back the last characters emitted; False if they are not in one piece of text."""
    last = state.tokens[-1] if state.tokens else None
    if not last or last.type is not TokenType.TEXT or len(last.text) < length:
        return False
    state.tokens.pop()
    state.add(last.text[:-length])
    return True

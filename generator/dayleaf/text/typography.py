"""Quotation marks, dashes and ties: TeX's ways to write them, and what else the signs mean."""

from __future__ import annotations

import re

from dayleaf.text.state import TextState
from dayleaf.text.tokens import CODE

_EN, _EM = 2, 3
_FLAG = re.compile(r"[a-z]+(?:-[a-z]+)+|[a-z]+=")
# What opening quotation marks stand behind; a mark behind anything else closes.
_BEFORE_QUOTE = frozenset(" ([{<-–—/“‘\"'`~")


def tie(state: TextState, match: re.Match[str]) -> int:
    """Tell the no-break space, `Fig.~2`, from about, `~2`, and from to, `2~3`."""
    start, text = match.start(), state.text
    before, after = text[start - 1 : start] if start else "", text[start + 1 : start + 2]
    if before and before not in " (" and after and after in " ).,;]":
        return state.swallow(start + 1)
    if before == " " and after == "\\":
        return start + 1
    bound = before and before not in " (<>=≈\"'-/" and after and after not in " /)"
    state.add("\u00a0" if bound and not (before.isdigit() and after.isdigit()) else "~")
    return start + 1


def dash(state: TextState, match: re.Match[str]) -> int:
    """`--` is an en dash, `---` an em dash, but not in `--no-cache`, `-->` and `----`."""
    start, end = match.span()
    text, length = state.text, end - start
    flag = _FLAG.match(text, end) and (not start or text[start - 1] == " ")
    arrow = text[end : end + 1] == ">" or text[start - 1 : start] == "<"
    if length > _EM or flag or arrow or state.within.get(CODE):
        state.add(match[0])
    else:
        state.add("–" if length == _EN else "—")
    return end


def tick(state: TextState, match: re.Match[str]) -> int:
    """One or two backticks open a quotation, or close one as in Markdown."""
    start, end = match.span()
    kind = match[0]
    if state.within.get(CODE):
        state.add(kind)
    elif kind in state.quotes and not _opens(state, start, end):
        state.quotes.discard(kind)
        state.add("’" if kind == "`" else "”")
    else:
        state.quotes.add(kind)
        state.add("‘" if kind == "`" else "“")
    return end


def quotes(state: TextState, match: re.Match[str]) -> int:
    """Two apostrophes close a quotation, or open one as people write it: ''so''."""
    start, end = match.span()
    if "``" in state.quotes:
        state.quotes.discard("``")
        state.add("”")
    elif _opens(state, start, end):
        state.quotes.add("``")
        state.add("“")
    else:
        state.add("''")
    return end


def quote(state: TextState, match: re.Match[str]) -> int:
    """An apostrophe at the end of a word closes a quotation if one is open."""
    return _closing(state, match, "`", "’")


def double(state: TextState, match: re.Match[str]) -> int:
    """A straight quotation mark closes what two backticks have opened: ``so"."""
    return _closing(state, match, "``", "”")


def _closing(state: TextState, match: re.Match[str], opening: str, closing: str) -> int:
    waiting = opening in state.quotes and state.text[match.start() - 1] != " "
    if waiting:
        state.quotes.discard(opening)
    state.add(closing if waiting else match[0])
    return match.end()


def _opens(state: TextState, start: int, end: int) -> bool:
    before, after = state.text[start - 1 : start] if start else "", state.text[end : end + 1]
    return (not before or before in _BEFORE_QUOTE) and bool(after) and after not in " .,;"

r"""Accents, `\'e` and `\v{s}`, and what else people mean by the same signs."""

from __future__ import annotations

import re

from dayleaf.text.state import TextState
from dayleaf.text.symbols import accented, combined, symbol

# \'{e}, \'{\i}, \'\i, \'e. After a letter-named accent a bare letter needs a space: \v s.
_BASE = re.compile(
    r" ?\{ ?\\(?P<dotless>[ij])(?:\{\})? ?\}"
    r"| ?\{ ?(?P<braced>[^\W\d_]{1,2}) ?\}"
    r"|\\(?P<bare_dotless>[ij])(?![A-Za-z])(?:\{\}| (?=[A-Za-z]))?"
    r"|(?P<bare>[^\W\d_])"
    r"|(?P<empty>\{ ?\})"
)
_SPACED = re.compile(r" (?P<bare>[^\W\d_])")
# `\c{opyright}` is what a careless converter made of ©, `\b{eta}` of β.
_TORN = re.compile(r"\{([a-z]{2,9})\}")
# What a backslash before a quotation mark, a tilde and so on most often was, where no accent fits.
_SIGNS = {"`": "‘", "'": "'", '"': '"', "~": "~", "^": "^", "=": "=", ".": "."}


def accent(state: TextState, name: str, pos: int) -> int | None:
    """Read the letter under an accent at `pos`; where to go on, None if there is none."""
    torn = _TORN.match(state.text, pos) if name.isalpha() else None
    whole = symbol(name + torn[1]) if torn else None
    if torn and whole:
        state.add(whole)
        return torn.end()
    match = _BASE.match(state.text, pos)
    if name.isalpha() and (not match or match.lastgroup == "bare"):
        match = _SPACED.match(state.text, pos)
    if not match or match.lastgroup == "empty":
        return None
    base = match[match.lastgroup or 0]
    if match.lastgroup == "braced":
        composed: str | None = combined(name, base)
    else:
        composed = accented(name, base)
    if composed is None:
        return None
    state.add(composed)
    return match.end()


def sign(state: TextState, name: str, pos: int) -> int:
    r"""Read what follows a backslash and an accent that is no letter: `\'e`, `\"{o}`."""
    text = state.text
    if name == "'" and _apostrophe(text, pos):
        state.add("'")
        return pos
    end = accent(state, name, pos)
    if end is not None:
        return end
    if text.startswith("{}", pos):
        pos += 2
    opening = {"'": "`", '"': "``"}.get(name)
    if opening in state.quotes:
        state.quotes.remove(opening)
        state.add("’" if name == "'" else "”")
    else:
        if name == "`":
            state.quotes.add("`")
        state.add(_SIGNS[name])
    return pos


def _apostrophe(text: str, pos: int) -> bool:
    r"""Tell `network\'s` from `Kuli\'c`: an s behind a letter, and no letter behind it."""
    start = pos - len("\\'")
    before = text[start - 1] if start else ""
    return before.isalpha() and text[pos : pos + 1] == "s" and not text[pos + 1 : pos + 2].isalpha()

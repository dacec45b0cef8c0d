r"""Untrusted text with TeX in it -> tokens, in one pass.

One expression finds the next sign that means anything, and a handler a kind of sign reads on from
there. Every alternative begins with a literal character, which is what lets `re` skip ordinary text
at 3 ns a character instead of 14 (measured over the archive): so an address is found by its `://`,
an arXiv identifier by its colon, a DOI by its dot, and the handler looks back.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from dayleaf.text import mentions, typography
from dayleaf.text.accents import sign as accent_sign
from dayleaf.text.dollars import LONGEST, TEXT_INSIDE, formula_end
from dayleaf.text.macros import macro
from dayleaf.text.state import TextState
from dayleaf.text.tokens import SUB, SUP, Token, TokenType

_ALWAYS = r"""
    \\(?P<word>[A-Za-z]+\*?)
  | \\(?P<sign>[^A-Za-z])
  | \{(?P<brace>)
  | \}(?P<end>)
  | \$(?P<dollar>\$*)
  | `(?P<tick>`?)
  | '(?P<quotes>')
  | ~(?P<tie>)
  | -(?P<dash>-+)
  | &(?P<entity>(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
  | \^(?P<raised>\{)
  | _(?P<lowered>\{)
  | :(?P<scheme>//)(?=[A-Za-z0-9])
  | :(?<=[aA][rR][xX][iI][vV]:)(?P<arxiv>\ ?(?:\d{4}\.\d{4,5}|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})
    (?:v\d{1,2})?(?!\d))
  | \.(?<=10\.)(?<![\w./]10\.)(?P<doi>\d{4,9}/[\w(])
  | \.(?<=[wW]{3}\.)(?<![\w./@:-][wW]{3}\.)(?P<www>[A-Za-z0-9])
  | \.(?P<host>(?:com|org|co|be|ly|gl|net|io)(?=/)|io\b(?<=github\.io))
"""
# These mean something only behind an opening quotation mark, so they do not make a text special.
_LATER = r""" | '(?P<quote>)(?!\w) | "(?P<double>) """

SPECIAL = re.compile(_ALWAYS, re.VERBOSE)
"""Finds nothing in a text that holds nothing but itself."""
_NEXT = re.compile(_ALWAYS + _LATER, re.VERBOSE)

_ACCENTS = frozenset("`'^\"~=.")
_THIN_SPACES = frozenset(",;:>")
_VANISHING = frozenset("!/@")
_FORMULA = {"(": "\\)", "[": "\\]"}
_ENVIRONMENT = re.compile(
    r"\\begin\{(equation|align|eqnarray|gather|multline|displaymath|math)(\*?)\}"
)
_LINE_BREAK = re.compile(r"\*?(?:\[[^\]]{0,10}\])? ?")
# A set, as in {1, 2, 3} or {}: short, divided, and no TeX in it. Other braces only group.
_SET = re.compile(r"\{(?!i\.e|e\.g)[^\\${}]{0,60}[,;|=][^\\${}]{0,60}\}")
_LONGEST_SHIFT = 40


def scan(text: str) -> list[Token]:
    """Find what is special in a text of one line, without control characters.

    Never fails, and takes time in proportion to the text's length.
    """
    state = TextState(text)
    search, add = _NEXT.search, state.add
    pos = 0
    while match := search(text, pos):
        start = match.start()
        if start > pos:
            add(text[pos:start])
        pos = _READERS[match.lastgroup or ""](state, match)
    add(text[pos:])
    return state.finish()


def _word(state: TextState, match: re.Match[str]) -> int:
    if match["word"] == "begin":
        opening = _ENVIRONMENT.match(state.text, match.start())
        if opening:
            closing = f"\\end{{{opening[1]}{opening[2]}}}"
            return _formula(state, match.start(), closing, behind=opening.end())
    return macro(state, match["word"], match.end())


def _sign(state: TextState, match: re.Match[str]) -> int:
    r"""A backslash and a sign that is no letter: `\%`, `\'e`, `\(x\)`."""
    sign, pos, text = match["sign"], match.end(), state.text
    if sign in _ACCENTS:
        return accent_sign(state, sign, pos)
    if sign in _FORMULA:
        return _formula(state, match.start(), _FORMULA[sign], behind=pos)
    if sign == " ":
        state.space()
        return state.swallow(pos)
    if sign == "\\":
        state.space()
        line_break = _LINE_BREAK.match(text, pos)
        return line_break.end() if line_break else pos
    if sign == "-":  # a place to hyphenate, between letters; else a slip
        if not (
            match.start() and text[match.start() - 1].isalpha() and text[pos : pos + 1].isalpha()
        ):
            state.add("-")
    elif sign in _THIN_SPACES:
        state.add("\u2009")
    elif sign not in _VANISHING:
        state.add(match[0] if sign.isalnum() or sign in ")]" else sign)
    return pos


def _formula(state: TextState, start: int, closing: str, *, behind: int) -> int:
    """Emit the formula that begins at `start`, its opening delimiter ending at `behind`."""
    text = state.text
    first = end = text.find(closing, behind, behind + LONGEST)
    while end > 0 and _depth(text, behind, end) > 0:  # \(\mbox{if \(x\)}\)
        end = text.find(closing, end + 1, behind + LONGEST)
    end = end if end > 0 else first
    if end <= behind:
        state.add(text[start:behind])
        return behind
    end += len(closing)
    state.tokens.append(Token(TokenType.MATH, text[start:end]))
    return end


def _depth(text: str, start: int, end: int) -> int:
    return text.count("{", start, end) - text.count("}", start, end)


def _dollar(state: TextState, match: re.Match[str]) -> int:
    start, text = match.start(), state.text
    jump = state.jumps.pop(start, None)
    if jump is not None:
        return jump
    end = formula_end(text, start) if match["dollar"] in {"", "$"} else None
    if end is None:
        state.add(match[0])
        return match.end()
    source = text[start:end]
    if TEXT_INSIDE.search(source):
        state.jumps[end - len(match[0])] = end
        return match.end()
    state.tokens.append(Token(TokenType.MATH, source))
    return end


def _brace(state: TextState, match: re.Match[str]) -> int:
    start, text = match.start(), state.text
    end = state.partner.get(start)
    if end is None:
        state.add("{")
        return start + 1
    before = text[start - 1 : start] if start else ""
    if end == start + 1:
        if not before or before in " \"'([`“":
            state.add("{}")
        return end + 1
    literal = not before.isalnum() and _SET.match(text, start)
    if literal:
        state.add("{")
    state.group(end, "}" if literal else "")
    return start + 1


def _end(state: TextState, match: re.Match[str]) -> int:
    start = match.start()
    if not state.close(start):
        state.add("}")
    return state.jumps.pop(start, start + 1)


def _shift(state: TextState, match: re.Match[str]) -> int:
    """`10^{-7}` outside of formulas."""
    start = match.start()
    brace = start + 1
    end = state.partner.get(brace)
    before = state.text[start - 1] if start else " "
    follows = before.isalnum() or before in ")]}"
    if end is None or end - brace > _LONGEST_SHIFT or not follows:
        state.add(match[0][0])
        return brace
    state.open(SUP if match["raised"] else SUB, end)
    return brace + 1


def _entity(state: TextState, match: re.Match[str]) -> int:
    decoded = html.unescape(match[0])
    state.add(decoded if decoded.isprintable() or decoded == "\u00a0" else "")
    return match.end()


_READERS: dict[str, Callable[[TextState, re.Match[str]], int]] = {
    "word": _word,
    "sign": _sign,
    "brace": _brace,
    "end": _end,
    "dollar": _dollar,
    "tick": typography.tick,
    "quotes": typography.quotes,
    "quote": typography.quote,
    "double": typography.double,
    "tie": typography.tie,
    "dash": typography.dash,
    "entity": _entity,
    "raised": _shift,
    "lowered": _shift,
    "scheme": mentions.scheme,
    "arxiv": mentions.arxiv,
    "doi": mentions.doi,
    "www": mentions.www,
    "host": mentions.host,
}

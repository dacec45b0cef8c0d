r"""How a macro of TeX's text mode is read: a handler for each kind of macro.

A handler gets the macro's name and the position behind it, emits into the state, and returns where
to go on. Which macro has which handler is the business of `macros`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dayleaf.text import links
from dayleaf.text.accents import accent
from dayleaf.text.state import TextState
from dayleaf.text.tokens import CODE, REFERENCE, SUB, Token, TokenType

Handler = Callable[[TextState, str, int], int]

_OPTION = re.compile(r"\*?(?: ?\[[^\][]{0,200}\])*")
_COMMAND = re.compile(r" ?\\[A-Za-z]+")
_METRIC = re.compile(r" [mslgMLA]\b")
_MATTER = re.compile(r"[\w()\[\] +>=.·-]{1,200}")
_COUNT = re.compile(r"(?<=[A-Za-z)\]])(\d+)")
_OPENING = "‘“«"
_LONGEST_VERBATIM = 400


def unknown(state: TextState, name: str, pos: int) -> int:
    r"""Show the macro as its source: `\ours` stays `\ours`, nothing disappears."""
    text = state.text
    if text.startswith("://", pos):
        return pos - len(name)  # a slip: \https://…
    end = state.partner.get(pos)
    if end is None:
        slip = text.startswith((".e.", ".g."), pos) and name in {"e", "i"}  # for i.e. and e.g.
        state.add(name if slip else f"\\{name}")
        return pos
    inner = text[pos + 1 : end]
    if not inner.strip():
        state.add(f"\\{name}{inner}")
        return end + 1
    if " " in inner:
        state.group(end)  # \ourcolour{a sentence}: marks up, as no name of a method would
    else:
        state.add(f"\\{name}{{")
        state.group(end, "}")
    return pos + 1


def nothing(state: TextState, _name: str, pos: int) -> int:
    r"""Pass over what is not to be read: `\noindent`."""
    return state.swallow(pos)


def nothing_with(state: TextState, _name: str, pos: int) -> int:
    r"""Pass over what is not to be read, its argument included: `\label{x}`."""
    pos = _options(state, pos)
    argument = state.argument(pos)
    return state.swallow(argument[1] if argument else pos)


def space(state: TextState, _name: str, pos: int) -> int:
    r"""A space, whatever its width: `\quad`, `\hspace{1em}`."""
    argument = state.argument(pos) if state.text.startswith("{", pos) else None
    state.space()
    return state.swallow(argument[1] if argument else pos)


def content(state: TextState, _name: str, pos: int) -> int:
    r"""Read the argument as text: `\mbox{…}`."""
    start = state.opening(pos)
    if start is None:
        return state.swallow(pos)
    state.group(state.partner[start])
    return start + 1


def style(style_name: str, *, declares: bool) -> Handler:
    r"""A style of its argument, `\textbf{…}`, or where it `declares`, of the group: `{\bf …}`."""

    def handle(state: TextState, _name: str, pos: int) -> int:
        start = state.opening(pos)
        if start is not None:
            state.open(style_name, state.partner[start])
            return start + 1
        if not declares:
            return state.swallow(pos)
        state.declare(style_name)
        return pos + 1 if state.text[pos : pos + 1] == " " else pos

    return handle


def symbol(char: str, *, joins: bool = False) -> Handler:
    r"""A character.

    TeX eats the space behind a name, but who writes `4 \times 3` does not mean that. Only a mark
    that `joins` what follows does, unless a space stands before it as well.
    """

    def handle(state: TextState, name: str, pos: int) -> int:
        state.add(char)
        text = state.text
        if text.startswith("{}", pos):
            return pos + 2
        if joins and text[pos : pos + 1] == " ":
            before = pos - len(name) - 2
            return pos + 1 if before < 0 or text[before] != " " or char in _OPENING else pos
        if name == "mu" and _METRIC.match(text, pos):
            return pos + 1  # 5 \mu m
        return pos

    return handle


def letter(char: str) -> Handler:
    r"""A letter of a word, which takes the space behind it: `S\o rensen`."""

    def handle(state: TextState, name: str, pos: int) -> int:
        text = state.text
        if name in {"i", "j"} and text.startswith(".e.", pos):
            state.add(name)  # a slip for i.e.
            return pos
        state.add(char)
        if text.startswith("{}", pos):
            return pos + 2
        eaten = text[pos : pos + 1] == " " and char != "Å"  # which is a unit more often
        return pos + 1 if eaten and text[pos + 1 : pos + 2].isalpha() else pos

    return handle


def word(written: str) -> Handler:
    r"""A word, `\etc`, whose full stop is not doubled."""

    def handle(state: TextState, _name: str, pos: int) -> int:
        text = state.text
        if text.startswith("{}", pos):
            pos += 2
        stopped = written[-1] == "." and text[pos : pos + 1] == "."
        state.add(written[:-1] if stopped else written)
        return pos

    return handle


def letter_accent(state: TextState, name: str, pos: int) -> int:
    r"""An accent called by a letter: `\v{s}`."""
    end = accent(state, name, pos)
    return unknown(state, name, pos) if end is None else end


def reference(state: TextState, name: str, pos: int) -> int:
    r"""A citation or a reference, as its key: `\cite{a,b}` -> [a, b]."""
    argument = state.argument(_options(state, pos))
    if not argument:
        return unknown(state, name, pos)
    keys = ", ".join(key.strip() for key in argument[0].split(",") if key.strip())
    state.tokens += (
        Token(TokenType.OPEN, REFERENCE),
        Token(TokenType.TEXT, f"[{keys}]"),
        Token(TokenType.CLOSE, REFERENCE),
    )
    return argument[1]


def url(state: TextState, name: str, pos: int) -> int:
    r"""An address that is its own label: `\url{…}`."""
    argument = state.argument(pos)
    if not argument:
        return unknown(state, name, pos)
    source = argument[0].strip()
    if source.startswith(("\\", "{")) and not source.startswith("\\_"):
        return content(state, name, pos)  # \url{\href{…}{…}}, \url{{…}}
    label = links.unescaped(source)
    target = links.address(label)
    if target:
        state.linked(target, label)
    else:
        state.add(label)
    return argument[1]


def href(state: TextState, name: str, pos: int) -> int:
    r"""An address and its label, `\href{…}{…}`; one that may not be linked is shown."""
    argument = state.argument(pos)
    start = state.opening(argument[1]) if argument else None
    if not argument or start is None:
        return url(state, name, pos)
    source = argument[0].strip("{} ").removeprefix("\\url{")
    target = links.address(links.unescaped(source.strip('"')))
    end = state.partner[start]
    if target:
        state.link(target, end)
    else:
        state.group(end, f" ({source})" if source else "")
    return start + 1


def surrounded(before: str, after: str) -> Handler:
    r"""Read the argument between two marks: `\footnote{…}` -> (…)."""

    def handle(state: TextState, name: str, pos: int) -> int:
        start = state.opening(pos)
        if start is None:
            return unknown(state, name, pos)
        if before.startswith(" "):
            state.space()
        state.add(before.lstrip())
        state.group(state.partner[start], after)
        return start + 1

    return handle


def second(state: TextState, name: str, pos: int) -> int:
    r"""Read the second argument, not the first: `\textcolor{red}{…}`."""
    argument = state.argument(_options(state, pos))
    return content(state, name, argument[1]) if argument else state.swallow(pos)


def first(state: TextState, name: str, pos: int) -> int:
    r"""Read the first argument, not the second: `\texorpdfstring{…}{the same again}`."""
    start = state.opening(pos)
    again = None if start is None else state.opening(state.partner[start] + 1)
    if start is not None and again is not None:
        state.jumps[state.partner[start]] = state.partner[again] + 1
    return content(state, name, pos)


def fraction(state: TextState, name: str, pos: int) -> int:
    r"""`\nicefrac{1}{2}` -> 1/2."""
    start = state.opening(pos)
    again = None if start is None else state.opening(state.partner[start] + 1)
    if start is None or again is None:
        return unknown(state, name, pos)
    state.group(state.partner[start], "/")
    state.jumps[state.partner[start]] = again
    return start + 1


def matter(state: TextState, name: str, pos: int) -> int:
    r"""A formula of chemistry, its counts lowered: `\ce{H2O}` -> H₂O."""
    argument = state.argument(pos)
    if not argument or not _MATTER.fullmatch(argument[0]):
        return unknown(state, name, pos)
    for piece in _COUNT.split(argument[0].replace("->", "→")):
        if piece.isdigit():
            state.tokens += (
                Token(TokenType.OPEN, SUB),
                Token(TokenType.TEXT, piece),
                Token(TokenType.CLOSE, SUB),
            )
        else:
            state.add(piece)
    return argument[1]


def verbatim(state: TextState, name: str, pos: int) -> int:
    r"""`\verb|x|`: whatever stands between two equal signs, as it is."""
    delimiter = state.text[pos : pos + 1]
    end = -1
    if delimiter.strip():
        end = state.text.find(delimiter, pos + 1, pos + _LONGEST_VERBATIM)
    if end < 0:
        return unknown(state, name, pos)
    source = state.text[pos + 1 : end]
    target = links.address(source)
    if target:
        state.linked(target, source)
    else:
        state.tokens += (
            Token(TokenType.OPEN, CODE),
            Token(TokenType.TEXT, source),
            Token(TokenType.CLOSE, CODE),
        )
    return end + 1


def environment(state: TextState, name: str, pos: int) -> int:
    r"""`\begin{itemize}` and `\end{itemize}` part what is around them, and are not read."""
    argument = state.argument(pos)
    if not argument:
        return unknown(state, name, pos)
    state.space()
    return state.swallow(_options(state, argument[1]))


def definition(state: TextState, name: str, pos: int) -> int:
    r"""`\def\x{…}` defines nothing here, and is not read."""
    match = _COMMAND.match(state.text, pos)
    argument = state.argument(match.end()) if match else None
    return state.swallow(argument[1]) if argument else unknown(state, name, pos)


def _options(state: TextState, pos: int) -> int:
    match = _OPTION.match(state.text, pos)
    return match.end() if match else pos

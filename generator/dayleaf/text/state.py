"""The state of the scanner within one text: open groups, output, characters to skip.

It knows nothing of macros or formulas, and makes sure of one thing: OPEN and CLOSE nest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dayleaf.text.tokens import Token, TokenType

# In Python 3.11 each look at a member of an Enum costs as much as a call.
_TEXT, _OPEN, _CLOSE, _LINK = TokenType.TEXT, TokenType.OPEN, TokenType.CLOSE, TokenType.LINK
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
# Handlers look at the whole of a group, so that groups within each other cost length times depth.
# None of the real archive's stands deeper than 6.
_DEEPEST = 100


class Frame(NamedTuple):
    """An open group."""

    end: int
    """Offset of its closing brace."""
    closers: list[Token]
    """What to emit there, the last one first."""


class TextState:
    """One text on its way to tokens. Positions are offsets into `text`."""

    __slots__ = ("frames", "jumps", "partner", "quotes", "text", "tokens", "within")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.frames: list[Frame] = []
        self.partner = _partners(text) if "{" in text else {}
        """Offset of an opening brace -> offset of its closing one.

        Unbalanced ones are not in, nor those deeper than `_DEEPEST`: both are shown as they are.
        """
        self.jumps: dict[int, int] = {}
        """Offset of a sign to pass over in silence -> where to go on."""
        self.quotes: set[str] = set()
        """The opening quotation marks that wait for their closing ones."""
        self.within: dict[str, int] = {}
        """How many groups of a style are open."""

    def add(self, text: str) -> None:
        """Emit text."""
        if text:
            self.tokens.append(Token(_TEXT, text))

    def space(self) -> None:
        """Emit a space, unless there is one at the end of the output already."""
        if self.tokens and not self.tokens[-1].text[-1:].isspace():
            self.tokens.append(Token(_TEXT, " "))

    def open(self, style: str, end: int) -> None:
        """Begin a style that ends with the group whose closing brace is at `end`."""
        self.tokens.append(Token(_OPEN, style))
        self.within[style] = self.within.get(style, 0) + 1
        self.frames.append(Frame(end, [Token(_CLOSE, style)]))

    def group(self, end: int, closing: str = "") -> None:
        """Begin a group; `closing` is the text to emit at its end."""
        self.frames.append(Frame(end, [Token(_TEXT, closing)] if closing else []))

    def declare(self, style: str) -> None:
        """Begin a style that ends with the group around it; without one there is none."""
        if self.frames:
            self.tokens.append(Token(_OPEN, style))
            self.within[style] = self.within.get(style, 0) + 1
            self.frames[-1].closers.append(Token(_CLOSE, style))

    def link(self, target: str, end: int) -> None:
        """Begin a link whose label ends at `end`; within another link, a mere group."""
        if self.within.get("link"):
            self.group(end)
            return
        self.tokens.append(Token(_LINK, target))
        self.within["link"] = 1
        self.frames.append(Frame(end, [Token(_CLOSE, "link")]))

    def linked(self, target: str, label: str) -> None:
        """Emit a link whose label is plain text."""
        if self.within.get("link"):
            self.add(label)
            return
        self.tokens += (
            Token(_LINK, target),
            Token(_TEXT, label),
            Token(_CLOSE, "link"),
        )

    def close(self, end: int) -> bool:
        """End the groups up to the closing brace at `end`; False where no group was open."""
        frames = self.frames
        if not frames or frames[-1].end > end:
            return False
        while frames and frames[-1].end <= end:
            self._close(frames.pop())
        return True

    def finish(self) -> list[Token]:
        """End whatever is still open; the tokens."""
        while self.frames:
            self._close(self.frames.pop())
        return self.tokens

    def _close(self, frame: Frame) -> None:
        for token in reversed(frame.closers):
            if token.type is _CLOSE:
                self.within[token.text] -= 1
                last = self.tokens[-1]
                if last.type in {_OPEN, _LINK}:
                    self.tokens.pop()
                    continue
            self.tokens.append(token)

    def opening(self, pos: int) -> int | None:
        """Where a balanced group opens, at `pos` or behind one space; None if none does."""
        if self.text[pos : pos + 1] == " ":
            pos += 1
        return pos if pos in self.partner else None

    def argument(self, pos: int) -> tuple[str, int] | None:
        """The source within the group at `pos` (or behind one space), and where to go on."""
        start = self.opening(pos)
        if start is None:
            return None
        end = self.partner[start]
        return self.text[start + 1 : end], end + 1

    def swallow(self, pos: int) -> int:
        """Where to go on when nothing was emitted at `pos`: past a space that would be doubled."""
        before = self.tokens[-1].text[-1:] if self.tokens else " "
        return pos + 1 if before.isspace() and self.text[pos : pos + 1] == " " else pos


def _partners(text: str) -> dict[int, int]:
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for match in _BRACE.finditer(text):
        sign = match[0]
        if sign == "{":
            waiting.append(match.start())
        elif sign == "}" and waiting:
            start = waiting.pop()
            if len(waiting) < _DEEPEST:
                partner[start] = match.start()
    return partner

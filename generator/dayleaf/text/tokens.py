"""What the scanner finds in a text, and both renderers read: one stream, so they cannot disagree.

Styles are logical names; which element each becomes is the renderer's business.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class TokenType(Enum):
    """What the text of a token means."""

    TEXT = auto()
    """Unicode text, not escaped."""
    OPEN = auto()
    """The name of a style that begins here."""
    CLOSE = auto()
    """The name of the style that ends here; `link` closes a LINK."""
    LINK = auto()
    """An address that `links.address` has passed; its label follows, up to its CLOSE."""
    MATH = auto()
    """A formula as written, its delimiters included."""


class Token(NamedTuple):
    """One piece of a text. OPEN, LINK and CLOSE always nest."""

    type: TokenType
    text: str


BOLD, EMPH, ITALIC, CODE, CAPS = "bold", "emph", "italic", "code", "caps"
UNDERLINE, STRIKE, SUP, SUB, REFERENCE, LINK = (
    "underline",
    "strike",
    "sup",
    "sub",
    "reference",
    "link",
)

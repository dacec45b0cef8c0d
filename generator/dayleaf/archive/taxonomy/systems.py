"""The systems of classification, and which of them a code belongs to."""

from __future__ import annotations

from typing import Literal, TypeAlias

System: TypeAlias = Literal["arxiv", "msc", "acm", "topic"]
"""arXiv's categories, the classes of MSC and ACM, and free words of digests."""


def system(code: str) -> System:
    """Return the system of a code in normal form, no topic: their first characters differ."""
    if code[0].isdigit():
        return "msc"
    return "acm" if code[0].isupper() else "arxiv"

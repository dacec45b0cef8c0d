"""The three systems of classification, and which of them a code belongs to."""

from __future__ import annotations

from typing import Literal, TypeAlias

System: TypeAlias = Literal["arxiv", "msc", "acm"]


def system(code: str) -> System:
    """Return the system of a code in normal form: their first characters never overlap."""
    if code[0].isdigit():
        return "msc"
    return "acm" if code[0].isupper() else "arxiv"

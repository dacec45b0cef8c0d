"""A value between no quotes: printed so that it cannot need any."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_signs = re.compile("[ \t\n\r\f\"'=<>`&]").search
_unsafe = re.compile("[ \t\n\r\f\"'=<>`]")


def bare(value: object) -> str:
    """Escape for an attribute without quotes.

    White space, quotes and `=` become character references, which mean the same between quotes as
    without them. So whatever a digest holds, the value ends where it should.
    """
    text = value if type(value) is str else str(escape(value))
    if not _signs(text):
        return text
    return _unsafe.sub(_reference, str(escape(value)))


def bare_or_empty(value: object) -> str:
    """Escape for an attribute that this value alone is the value of; an empty one takes quotes."""
    return bare(value) or '""'


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def as_markup(value: object) -> Markup:
    """Return `bare` as Jinja's filters have to."""
    return Markup(bare(value))  # noqa: S704 - escaped


def as_markup_or_empty(value: object) -> Markup:
    """Return `bare_or_empty` as Jinja's filters have to."""
    return Markup(bare_or_empty(value))  # noqa: S704 - escaped


BARE, BARE_OR_EMPTY = "a value without quotes", "a value without quotes or an empty one"
"""Names of the filters. No layout can write a name with spaces, so they mean nothing else."""
FILTERS = {BARE: as_markup, BARE_OR_EMPTY: as_markup_or_empty}

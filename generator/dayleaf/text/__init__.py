"""Untrusted text of papers -> safe HTML and plain text; the only maker of `Markup` in Dayleaf.

Titles, abstracts and comments are plain text with a habit of TeX. `to_html` and `to_plain` read
them through one scanner. The site's own Markdown pages go through `dayleaf.text.prose`, which is
kept apart so that worker processes need not load a Markdown parser. BibTeX is not made here.
"""

from __future__ import annotations

from markupsafe import Markup

from dayleaf.text.json_ld import data_block
from dayleaf.text.render import cleaned, to_html, to_plain, unconverted

__all__ = [
    "cleaned",
    "data_block",
    "safe_html",
    "to_html",
    "to_plain",
    "unconverted",
]


def safe_html(html: str) -> Markup:
    """Mark as safe a string of the catalog that `to_html` made earlier."""
    return Markup(html)  # noqa: S704  (nothing but what `to_html` made comes here)

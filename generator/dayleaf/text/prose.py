"""The site's own pages in Markdown -> HTML; the only user of markdown-it-py.

For text that the site's owner writes, such as the page about the site. HTML in it is shown, not
obeyed, and links lead only where `links.address` lets them, or within the site.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from dayleaf.text import links

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_ELSEWHERE = re.compile(r"[\s\x00-\x1f]*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2})")


def prose(markdown: str) -> Markup:
    """A page of CommonMark, tables and typographic quotes included, as HTML."""
    return Markup(_parser().render(markdown))  # noqa: S704  (html=False: markdown-it escapes)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 10 ms that few builds need

    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["table", "strikethrough", "replacements", "smartquotes"])
    setattr(parser, "validateLink", _is_safe)  # noqa: B010  (its documented hook is a method)
    return parser


def _is_safe(target: str) -> bool:
    return not _ELSEWHERE.match(target) or links.address(target) is not None

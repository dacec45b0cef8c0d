"""Markdown -> outline, by markdown-it-py: CommonMark with tables, and formulas left alone.

The tree is written as HTML, with the line of each block, and read with the HTML that people
mix into it: `<details>` around Markdown around `<a>`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dayleaf.readers.structure import html
from dayleaf.readers.structure.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_FORMULA = re.compile(r"\$\$?(?=\S)[^$\n]{1,400}?(?<=\S)\$\$?(?!\d)|\\\([^\n]{1,400}?\\\)")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*\Z|\s*\|\s*:?-+:?\s*\|\s*\Z")
_LONGEST_TITLE = 120
_HTML_LINE = re.compile(r"\s*</?[A-Za-z]")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")


def outline(text: str) -> Outline:
    """Take Markdown apart, without its front matter. Lines keep their numbers."""
    text = _WIKI.sub(lambda link: link[2] or link[1], text)
    lines, numbers = _mended(text.split("\n"))
    tokens = _parser().parse("\n".join(lines))
    return html.outline(_written(tokens, numbers), newlines=True)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 10 ms that few archives need

    parser = MarkdownIt("commonmark", {"html": True})
    parser.enable(["table", "strikethrough"])
    parser.disable(["code"])  # what is indented is a paragraph: these are no programs
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """Leave a formula as it stands: its `_`, `*` and backslashes are no markup."""
    if state.src[state.pos] not in "$\\":
        return False
    match = _FORMULA.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _mended(lines: list[str]) -> tuple[list[str], list[int]]:
    """Join rows of tables that are broken over lines; return the lines with their numbers."""
    mended: list[str] = []
    numbers: list[int] = []
    width = 0
    for number, line in enumerate(lines, 1):
        if _DELIMITER.match(line) and mended and "|" in mended[-1]:
            width = line.strip().strip("|").count("|") + 1
        elif width and not line.strip():
            width = 0
        elif width and _is_torn(mended[-1], width) and not line.lstrip().startswith("|"):
            mended[-1] = f"{mended[-1].rstrip()} {line.strip()}"
            continue
        mended.append(line)
        numbers.append(number)
    return mended, numbers


def _is_torn(row: str, width: int) -> bool:
    """Tell whether a row of a table ends before its last column."""
    inner = row.strip().replace("\\|", "")
    return (
        inner.startswith("|")
        and not inner.endswith("|")
        and inner.count("|") < width + 1
        and not _DELIMITER.match(row)
    )


def _written(tokens: Sequence[Token], numbers: list[int]) -> str:
    """Write the tree as HTML, each block with its line."""
    parser = _parser()
    written: list[Token] = []
    for place, token in enumerate(tokens):
        number = numbers[min(token.map[0], len(numbers) - 1)] if token.map and numbers else 0
        if token.type == "html_block":
            token.content = f"<!--{html.LINE}:{number}-->{token.content}<!--{html.LINE}:0-->"
        elif token.type == "heading_open" and token.markup == "-":
            _demote(tokens, place)
        if number and token.nesting == 1:
            token.attrSet(html.LINE, str(number))
        written.append(token)
    return str(parser.renderer.render(written, parser.options, {}))


def _demote(tokens: Sequence[Token], place: int) -> None:
    """Make a long text above a rule the paragraph that it was meant as, not a heading."""
    text = tokens[place + 1].content
    if len(text) <= _LONGEST_TITLE and "\n" not in text and ":" not in text and "：" not in text:
        return
    for token in (tokens[place], tokens[place + 2]):
        token.tag = "p"

"""HTML -> outline. Of Markdown too, which `markdown` turns into HTML first.

It knows elements, and nothing of papers. Whatever the input, it ends: nothing is ever nested here,
and no text is looked at twice.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Literal

from dayleaf.readers.structure.outline import SOFT, Block, Container, Kind, Outline, Run, TextLine

LINE = "data-line"
"""The attribute, and the start of the comment, that says on which line of the Markdown one is."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset(
    """p div section article main header ul ol dl dt dd table thead tbody tfoot pre figure
    figcaption address center form fieldset""".split()
)
_CONTAINERS: dict[str, Literal["item", "quote", "fold", "part"]] = {
    "li": "item", "blockquote": "quote", "details": "fold", "article": "part", "div": "part",
    "section": "part", "dd": "part",
}  # fmt: skip
_SILENT = frozenset(
    "script style nav footer svg button select template noscript iframe pre".split()
)
_BOLD, _ITALIC, _CODE = frozenset({"b", "strong"}), frozenset({"i", "em"}), frozenset({"code"})
_VOID = frozenset("br hr img input meta link source wbr area base col embed track param".split())
_SPACE = re.compile(r"[ \t\r\f\v]+")
_MOST_CLASSES = 200
_LONGEST_SOFT = 200
_LEAD = re.compile(r"[\W_]*\Z")


def outline(markup: str, *, newlines: bool = False) -> Outline:
    """Take HTML apart. `newlines` says that a line feed in it ends a line, as in Markdown."""
    builder = _Builder(newlines=newlines)
    builder.feed(markup)
    builder.close()
    builder.end()
    return Outline(builder.blocks, builder.containers, " ".join(builder.title.split()))


class _Builder(HTMLParser):
    """Collects blocks."""

    def __init__(self, *, newlines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.title = ""
        self._newlines = newlines
        self._path: list[int] = []
        self._open: list[tuple[str, str]] = []
        """The open containers and labelled elements: the element, and its label."""
        self._lines: list[TextLine] = []
        self._runs: list[Run] = []
        self._number = 1
        self._base = 0
        """Lines of the Markdown before the current HTML block; 0 outside of HTML blocks."""
        self._base_row = 0
        self._look: list[str] = []
        self._address = ""
        self._linked = False
        """Whether the link that is open shows anything."""
        self._heading = 0
        self._silent = 0
        self._hidden = ""
        self._in_title = False
        self._summary = False
        self._ordered: list[bool] = []
        self._begins = False
        """Whether an ordered item has just begun."""
        self._header: tuple[str, ...] = ()
        self._cells: list[list[TextLine]] | None = None
        self._is_head = False

    # ---- What the parser meets ------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        known = dict(attrs)
        if self._silent or tag in _SILENT or "twitter-tweet" in (known.get("class") or ""):
            self._hide(tag)
            return
        self._place(known.get(LINE))
        self._in_title = tag == "title"
        if tag == "br":
            self._end_line()
        elif tag == "hr":
            self._flush()
            self.blocks.append(Block("rule", [TextLine(self._number, ())], path=tuple(self._path)))
        elif tag == "a":
            self._address, self._linked = known.get("href") or "", False
        elif tag == "img":
            self._badge(known.get("alt"))
        elif tag in _BOLD or tag in _ITALIC or tag in _CODE:
            self._look.append(tag)
        elif tag in _HEADINGS:
            self._flush()
            self._heading = _HEADINGS[tag]
        elif tag == "summary":
            self._flush()
            self._summary = True
        else:
            self._open_block(tag, known.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if self._silent:
            self._silent -= tag == self._hidden
            return
        if tag == "title":
            self._in_title = False
        elif tag == "a":
            if self._address and not self._linked:
                self._add("link")
            self._address = ""
        elif tag in _BOLD or tag in _ITALIC or tag in _CODE:
            if tag in self._look:
                self._look.remove(tag)
        elif tag in _HEADINGS or tag == "summary":
            self._flush()
            self._heading, self._summary = 0, False
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        else:
            self._close_block(tag)

    def _badge(self, shown: str | None) -> None:
        """Take in an image that is a link: it counts, and what it shows."""
        if self._address:
            self._add(shown or "link")

    def _hide(self, tag: str) -> None:
        """Pass over what shows no text, or is somebody else's: up to the end of the element."""
        if not self._silent:
            self._hidden = tag
        self._silent += tag == self._hidden

    def handle_data(self, data: str) -> None:
        """Take text in."""
        if self._silent:
            return
        if self._in_title:
            self.title += data
            return
        if not self._newlines:
            self._add(_SPACE.sub(" ", data.replace("\n", " ")))
            return
        first, *rest = data.split("\n")
        self._add(first)
        for part in rest:
            inside = bool(self._runs or self._lines)
            self._end_line()
            if inside and not self._base:
                self._number += 1
            self._add(part)

    def handle_comment(self, data: str) -> None:
        """Note the line on which an HTML block of Markdown begins, or that it has ended."""
        if data.startswith(f"{LINE}:") and data[len(LINE) + 1 :].isdecimal():
            self._base = int(data[len(LINE) + 1 :])
            self._base_row = self.getpos()[0]
            self._number = self._base or self._number

    # ---- Blocks ---------------------------------------------------------------------------------

    def _open_block(self, tag: str, classes: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
            if self._cells is None:
                self._cells = []
            self._is_head = self._is_head or tag == "th"
            return
        if tag == "tr":
            self._flush()
            self._cells, self._is_head = [], False
            return
        if tag == "table":
            self._flush()
            self._header = ()
        if tag in {"ul", "ol"}:
            self._ordered.append(tag == "ol")
        if tag in _CONTAINERS and self._cells is None:
            self._flush()
            self._path.append(len(self.containers))
            self.containers.append(Container(_CONTAINERS[tag]))
            self._begins = tag == "li" and bool(self._ordered) and self._ordered[-1]
        elif tag in _BREAKS:
            self._break()
        if tag not in _VOID and (tag in _CONTAINERS or (classes and not self._newlines)):
            self._open.append((tag, classes[:_MOST_CLASSES]))
            if classes and tag not in _CONTAINERS:
                self._break()

    def _close_block(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._ordered:
            self._ordered.pop()
        if any(tag == opened for opened, _ in self._open):
            self._break()
            while self._open:
                closed, _ = self._open.pop()
                if closed in _CONTAINERS and self._path and self._cells is None:
                    self._path.pop()
                if closed == tag:
                    break
        elif tag in _BREAKS:
            self._break()

    def _break(self) -> None:
        """End a block, or within a cell a line."""
        if self._cells is None:
            self._flush()
        else:
            self._end_line()

    def _end_cell(self) -> None:
        self._end_line()
        if self._cells is not None and (self._lines or self._is_open_cell()):
            self._cells.append(self._lines)
        self._lines = []
        self._cell_open = True

    _cell_open = False

    def _is_open_cell(self) -> bool:
        return self._cell_open

    def _end_row(self) -> None:
        cells, self._cells = self._cells, None
        self._cell_open = False
        if not cells:
            return
        heads = tuple(" ".join(line.text for line in cell) for cell in cells)
        if self._is_head:
            self._header = heads
        lines = [line for cell in cells for line in cell] or [TextLine(self._number, ())]
        header = () if self._is_head else self._header
        self._emit(Block("row", lines, cells=cells, header=header))

    def _flush(self) -> None:
        """End the block that is open."""
        self._end_line()
        lines, self._lines = self._lines, []
        if self._cells is not None:
            self._lines = lines
            return
        if not lines:
            return
        if self._summary and self._path:
            self.containers[self._path[-1]].summary = " ".join(line.text for line in lines)
        kind: Kind = "heading" if self._heading else "text"
        level = self._heading
        if kind == "text" and not self._summary and _is_soft(lines):
            kind, level = "heading", SOFT
        label = next((classes for _, classes in reversed(self._open) if classes), "")
        self._emit(Block(kind, lines, level, label=label, ordinal=self._begins))
        self._begins = False

    def _emit(self, block: Block) -> None:
        block.path = tuple(self._path)
        for place in self._path:
            self.containers[place].blocks.append(len(self.blocks))
        self.blocks.append(block)

    def end(self) -> None:
        """Take in what was open at the end."""
        self._end_row()
        self._flush()

    # ---- Lines ----------------------------------------------------------------------------------

    def _place(self, attribute: str | None) -> None:
        if attribute and attribute.isdecimal():
            self._number = int(attribute)
        elif self._base:
            self._number = self._base + self.getpos()[0] - self._base_row
        elif not self._newlines:
            self._number = self.getpos()[0]

    def _add(self, text: str) -> None:
        if not text or (not self._runs and not text.strip()):
            return
        if self._base:
            self._number = self._base + self.getpos()[0] - self._base_row
        bold, italic, code = (
            any(tag in kind for tag in self._look) for kind in (_BOLD, _ITALIC, _CODE)
        )
        self._linked = True
        self._runs.append(Run(text, bold, italic, code, self._address.strip()))

    def _end_line(self) -> None:
        runs, self._runs = self._runs, []
        if any(run.text.strip() for run in runs):
            self._lines.append(TextLine(self._number, tuple(runs)))


def _is_soft(lines: list[TextLine]) -> bool:
    """Tell whether a paragraph is one bold line, which heads what follows."""
    if len(lines) > 1 or not 0 < len(lines[0].text) <= _LONGEST_SOFT:
        return False
    runs = [run for run in lines[0].runs if run.text.strip()]
    bold = [run for run in runs if run.bold]
    rest = [run.text for run in runs if not run.bold]
    return bool(bold) and all(map(_LEAD.match, rest)) and not lines[0].text.endswith((":", "："))

"""What the HTML standard says of elements: which are blocks, which end tags may be left out.

Tables and nothing else. Each holds only what every browser does in the same way, with or without a
doctype; elements that are not listed are left as they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACE = " \t\n\r\f"
"""White space to HTML. A no-break space is a letter."""

BLOCK = frozenset(
    """address article aside blockquote body caption center col colgroup dd dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li
    main menu nav ol optgroup option p pre search section table tbody td tfoot th thead tr
    ul""".split()
)
"""Elements at whose edges, inside and outside, white space is not shown."""
NEWER = frozenset(
    "article aside details dialog figcaption figure footer header hgroup main nav section".split()
)
"""Blocks that browsers for terminals do not know: they run together what no white space divides."""
META = frozenset("base link meta script style template title".split())
"""Elements between which white space is not shown."""
SHAPE = frozenset("circle defs desc ellipse g line path polygon polyline rect use".split())
"""Elements of a drawing, between which white space is not shown either."""
HOLDERS = frozenset({"select", "svg"})
"""Elements that stand in a line of text, but whose own edges are like those of blocks inside."""
SCOPES = frozenset("applet button marquee math object template".split())
"""Elements that shut an open paragraph off from what stands inside them."""
TRACKED = BLOCK | HOLDERS | SCOPES
"""Elements whose opening and closing the scanner follows."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without contents or end tag."""
VERBATIM = frozenset("pre listing".split())
"""Elements whose white space is shown as it stands."""
RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())
"""Elements whose contents are text up to their own end tag."""

CLOSE_PARAGRAPH = frozenset(
    """address article aside blockquote center details div dl fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr main menu nav ol p pre section ul""".split()
)
"""Elements whose start tag ends an open paragraph."""
_PARAGRAPHS = frozenset(
    """address article aside blockquote body dd div dt fieldset figcaption figure footer form header
    li main nav section td th""".split()
)


class Omission(NamedTuple):
    """Where an end tag may be left out."""

    starts: frozenset[str]
    """Elements whose start tag may follow."""
    parents: frozenset[str]
    """Elements whose end tag may follow."""


def _omission(starts: str, parents: str) -> Omission:
    return Omission(frozenset(starts.split()), frozenset(parents.split()))


OMISSIONS = {
    "p": Omission(CLOSE_PARAGRAPH - {"details"}, _PARAGRAPHS),
    "li": _omission("li", "ol ul menu"),
    "dt": _omission("dt dd", ""),
    "dd": _omission("dt dd", "dl"),
    "option": _omission("option optgroup", "select optgroup"),
    "optgroup": _omission("optgroup", "select"),
    "thead": _omission("tbody tfoot", ""),
    "tbody": _omission("tbody tfoot", "table"),
    "tfoot": _omission("", "table"),
    "tr": _omission("tr", "thead tbody tfoot table"),
    "td": _omission("td th", "tr"),
    "th": _omission("td th", "tr"),
    "head": _omission("body", ""),
    "body": _omission("", "html"),
    "html": _omission("", ""),
}
IMPLIED = frozenset(OMISSIONS)
"""Elements that may end without an end tag."""

_MAY_CLOSE_PARAGRAPH = CLOSE_PARAGRAPH | set("dialog dir hgroup listing search table xmp".split())
_CELLS, _ROWS, _GROUPS = {"td", "th"}, {"tr"}, {"thead", "tbody", "tfoot"}
_ENDED_BY = {
    **dict.fromkeys(_CELLS, _CELLS),
    **dict.fromkeys(_ROWS, _CELLS | _ROWS),
    **dict.fromkeys(_GROUPS, _CELLS | _ROWS | _GROUPS),
    "option": {"option"},
    "optgroup": {"option", "optgroup"},
}


def opened(stack: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return the elements that surely remain open where the start tag of another comes."""
    if name in _MAY_CLOSE_PARAGRAPH:
        stack = _without_paragraph(stack)
    for alike in ({"li"}, {"dt", "dd"}):
        if name in alike:
            return _up_to(stack, alike, past={"p", "div", "address"})
    while stack and stack[-1] in _ENDED_BY.get(name, ()):
        stack = stack[:-1]
    return stack


def ended(stack: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Return the elements that are open behind an end tag; the same where it ends none of them."""
    rest = stack
    while rest and rest[-1] != name and rest[-1] in IMPLIED:
        rest = rest[:-1]
    return rest[:-1] if rest[-1:] == (name,) else stack


def joined(stacks: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the elements that are open on each of several ways.

    None where the ways differ in more than elements that may end without an end tag.
    """
    first, *others = stacks
    common = 0
    while all(stack[common : common + 1] == first[common : common + 1] for stack in others):
        if common == len(first):
            break
        common += 1
    if all(name in IMPLIED for stack in (first, *others) for name in stack[common:]):
        return first[:common]
    return None


def _without_paragraph(stack: tuple[str, ...]) -> tuple[str, ...]:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth] == "p":
            return (*stack[:depth], *stack[depth + 1 :])
        if stack[depth] in SCOPES | {"table", "td", "th"}:
            break
    return stack


def _up_to(stack: tuple[str, ...], wanted: set[str], *, past: set[str]) -> tuple[str, ...]:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth] in wanted:
            return stack[:depth]
        if stack[depth] not in past:
            break
    return stack

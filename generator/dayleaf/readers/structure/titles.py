"""Which title each identifier of an outline belongs to, and which stretch each title heads.

A title is the nearest text above an identifier that can be one: the linked or bold text of its own
line or item, what is folded around it, the heading above it. A heading with several papers below
it is a topic.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.readers import values
from dayleaf.readers.structure import vocabulary
from dayleaf.readers.structure.lines import Segment, labelled
from dayleaf.readers.structure.outline import SOFT, Block, Outline, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.readers.structure.sightings import Sighting

_TOPIC_SHARE = 0.5
"""Of the headings of a level: if more of them have several papers, they are topics."""
_FEW_WORDS = 3
_LONGEST_LEAD = 300
_FAR = 3
"""Blocks between a numbered line and the link of the paper that it is the title of."""


class Spot(NamedTuple):
    """A line of a block."""

    block: int
    line: int = 0


class Title(NamedTuple):
    """A text that an identifier may have for its title."""

    start: Spot
    text: str
    kind: str
    """`head`, `item`, `row`, `line`, `file` for a text's first line, or `front` for a title that
    stands outside of it."""
    run: int = -1
    """Of its line, if it is a run."""


@dataclass(slots=True)
class PaperStretch:
    """A title, its identifiers, and the lines that it heads."""

    title: Title
    sightings: list[Sighting] = field(default_factory=list)
    end: Spot = field(default_factory=lambda: Spot(0))
    """Behind its last line."""


class Titles:
    """Finds the titles of one outline."""

    def __init__(self, outline: Outline, sightings: list[Sighting], *, fallback: str) -> None:
        """`fallback` is the title of a file that is a single paper: from its front matter."""
        self._outline = outline
        self._blocks = outline.blocks
        self._fallback = fallback
        self.heads = _heads(outline.blocks)
        self._sightings = sightings
        self._topics = self._topic_levels()

    def stretches(self) -> list[PaperStretch]:
        """Group the identifiers by their titles, in the order of the file."""
        listed = [sighting for sighting in self._sightings if not sighting.mention] or [
            sighting for sighting in self._sightings if self._is_titled(sighting)
        ]
        by_title: dict[tuple[Spot, str, int], PaperStretch] = {}
        for sighting, title in self._settled(listed):
            run = title.run if title.kind == "line" else -1
            stretch = by_title.setdefault((title.start, title.kind, run), PaperStretch(title))
            stretch.sightings.append(sighting)
        ordered = sorted(by_title.values(), key=lambda each: (each.title.start, each.title.run))
        for place, stretch in enumerate(ordered):
            end = self._end(stretch)
            if place + 1 < len(ordered):
                end = min(end, max(ordered[place + 1].title.start, stretch.title.start))
            stretch.end = end
        return ordered

    def title_of(self, sighting: Sighting) -> Title | None:
        """Return the likeliest title of a sighting."""
        return next(self._candidates(sighting, topics=frozenset()), None)

    def _settled(self, listed: list[Sighting]) -> Iterator[tuple[Sighting, Title]]:
        """Choose a title for each, nearby where several would share a topic's heading."""
        chosen = [(sighting, next(self._candidates(sighting), None)) for sighting in listed]
        sharing: defaultdict[Spot, set[str]] = defaultdict(set)
        for sighting, title in chosen:
            if title is not None and title.kind != "row":
                sharing[title.start].add(sighting.identifier.anchor)
        known: dict[str, Title] = {}
        owners = {title.start.block for _, title in chosen if title and title.kind == "head"}
        for sighting, title in chosen:
            if title is not None and self._is_section(title, owners):
                continue
            anchor = sighting.identifier.anchor
            if title is None or (
                len(sharing[title.start]) > 1 and title.kind in {"head", "file", "front"}
            ):
                title = self._nearby(sighting) or known.get(anchor) or title  # noqa: PLW2901
            if title is not None:
                known.setdefault(anchor, title)
                yield sighting, title

    def _is_section(self, title: Title, owners: set[int]) -> bool:
        """Tell whether a title is in a section of a paper above it, and so of no paper's own.

        `owners` are the headings that are titles.
        """
        above = self.heads[title.start.block]
        if title.kind == "head":
            above = above[:-1]
            if any(run.address for run in self._blocks[title.start.block].lines[0].runs):
                return False
        elif title.kind not in {"line", "item"} or (above and above[-1] in owners):
            return False
        levels = (self._blocks[head].level for head in above if head in owners)
        return bool(above) and any(level not in self._topics for level in levels)

    def _is_titled(self, sighting: Sighting) -> bool:
        line = self._blocks[sighting.block].lines[sighting.line]
        if sighting.run < 0:
            return False
        text = vocabulary.clean_title(line.runs[sighting.run].text)
        return vocabulary.may_be_title(text) and len(text.split()) >= _FEW_WORDS

    # ---- Candidates -----------------------------------------------------------------------------

    def _candidates(
        self, sighting: Sighting, *, topics: frozenset[int] | None = None
    ) -> Iterator[Title]:
        """Yield the possible titles of a sighting, the likeliest first."""
        block = self._blocks[sighting.block]
        if block.kind == "row":
            yield Title(Spot(sighting.block), "", "row")
            return
        if block.kind == "heading":
            yield self._of_heading(sighting.block)
            return
        above = list(self._headings(sighting.block, self._topics if topics is None else topics))
        heading = next(iter(above), None)
        own = self._of_line(sighting, block)
        if own and (heading is None or self._prevails(own, block)):
            yield own
        yield from self._around(sighting.block)
        yield from above
        yield from self._headings(sighting.block, frozenset())
        if self._fallback:
            yield Title(Spot(0), self._fallback, "front")
        elif first := self._first_line(sighting.block):
            yield first

    def _of_heading(self, place: int) -> Title:
        """Return a heading as a title: by the text of its link, if that is more than `PDF`."""
        line = self._blocks[place].lines[0]
        return Title(Spot(place), heading_text(self._blocks[place]), "head", _linked(line))

    def _headings(self, place: int, topics: frozenset[int]) -> Iterator[Title]:
        """Yield the headings above a block that can be titles, the nearest first."""
        for head in reversed(self.heads[place]):
            block = self._blocks[head]
            text = heading_text(block)
            if not vocabulary.may_be_title(text) or vocabulary.names_digest(text):
                continue
            if values.day(text) or block.level in topics:
                continue
            if block.level == SOFT and not self._is_topic_above(head):
                continue
            yield Title(Spot(head), text, "head")

    def _is_topic_above(self, head: int) -> bool:
        """Tell whether the heading above a bold line is no paper's, so that the line may be one."""
        above = [self._blocks[at] for at in self.heads[head] if at != head]
        if not above:
            return True
        text = heading_text(above[-1])
        return (
            above[-1].level in self._topics
            or bool(values.day(text))
            or vocabulary.names_digest(text)
            or not vocabulary.may_be_title(text)
        )

    def _of_line(self, sighting: Sighting, block: Block) -> Title | None:
        """Return the title that stands in the block of a sighting itself."""
        line = block.lines[sighting.line]
        if sighting.run >= 0 and (text := _run_title(line, sighting.run)):
            return Title(Spot(sighting.block, sighting.line), text, "line", sighting.run)
        for at in range(sighting.line, -1, -1):
            for run in _bold(block.lines[at]):
                text = vocabulary.clean_title(block.lines[at].runs[run].text)
                if vocabulary.may_be_title(text):
                    return Title(Spot(sighting.block, at), text, "line", run)
            if at < sighting.line and (text := self._linked_elsewhere(block.lines[at])):
                return Title(Spot(sighting.block, at), text, "line")
        if sighting.line and (text := lead_text(block.lines[0])) and self._begins(sighting.block):
            return Title(Spot(sighting.block), text, "line")
        if self._begins(sighting.block) and block.path and (text := _before(line, sighting.run)):
            return Title(Spot(sighting.block, sighting.line), text, "line")
        return None

    def _linked_elsewhere(self, line: TextLine) -> str:
        """Return the text of a link of a line that leads elsewhere than to a paper we know."""
        for place, run in enumerate(line.runs):
            if run.address and (text := _run_title(line, place)):
                return text
            if run.text.strip() and not run.address:
                return ""
        return ""

    def _prevails(self, own: Title, block: Block) -> bool:
        """Tell whether a title in a line is rather one than the heading above it."""
        line = block.lines[own.start.line]
        first = next((n for n, run in enumerate(line.runs) if _says(run.text)), 0)
        return own.run == first or len(own.text.split()) >= _FEW_WORDS

    def _begins(self, place: int) -> bool:
        """Tell whether a block is the first of its container, or in none."""
        path = self._blocks[place].path
        return not path or self._outline.containers[path[-1]].blocks[:1] == [place]

    def _around(self, place: int) -> Iterator[Title]:
        """Yield the titles of the items, quotes and folded blocks that hold a block."""
        for number in reversed(self._blocks[place].path):
            container = self._outline.containers[number]
            head = container.blocks[0]
            if head == place:
                continue
            block = self._blocks[head]
            if block.kind == "heading" and block.level == SOFT:
                text = heading_text(block)
                if vocabulary.may_be_title(text) and not values.day(text):
                    yield Title(Spot(head), text, "item")
            elif block.kind == "text" and block.lines:
                line = block.lines[0]
                texts = [
                    (run, vocabulary.clean_title(line.runs[run].text))
                    for run in (*_bold(line), *_links(line))
                ]
                named = next(((r, t) for r, t in texts if vocabulary.may_be_title(t)), None)
                if named:
                    yield Title(Spot(head), named[1], "item", named[0])
                elif container.kind != "part" and (text := lead_text(line)):
                    yield Title(Spot(head), text, "item")

    def _nearby(self, sighting: Sighting) -> Title | None:
        """Return the plain or numbered line just above a sighting, where no heading is its own."""
        block = self._blocks[sighting.block]
        if (own := self._of_line(sighting, block)) is not None:
            return own
        for place in range(sighting.block - 1, max(-1, sighting.block - 1 - _FAR), -1):
            above = self._blocks[place]
            if above.kind == "heading" and above.level < SOFT:
                return None
            if above.kind == "heading" or above.ordinal:
                text = heading_text(above) if above.kind == "heading" else lead_text(above.lines[0])
                if text and vocabulary.may_be_title(text):
                    return Title(Spot(place), text, "head" if above.kind == "heading" else "line")
        if sighting.line == 0 and block.path and (text := _before(block.lines[0], sighting.run)):
            return Title(Spot(sighting.block), text, "line")
        return None

    def _first_line(self, place: int) -> Title | None:
        """Return the first line of a text, if it can be a title and no heading stands before."""
        if self.heads[place]:
            return None
        for number, block in enumerate(self._blocks):
            if block.kind == "heading":
                return None
            for at, line in enumerate(block.lines):
                if text := lead_text(line):
                    return Title(Spot(number, at), text, "file")
        return None

    # ---- Topics and ends ------------------------------------------------------------------------

    def _topic_levels(self) -> frozenset[int]:
        """Return the levels of headings most of which stand above several papers."""
        below: defaultdict[int, set[str]] = defaultdict(set)
        for sighting in self._sightings:
            if sighting.mention or sighting.identifier.scheme != "arxiv":
                continue
            for head in self.heads[sighting.block]:
                below[head].add(sighting.identifier.anchor)
        several: defaultdict[int, int] = defaultdict(int)
        total: defaultdict[int, int] = defaultdict(int)
        for head, anchors in below.items():
            level = self._blocks[head].level
            total[level] += 1
            several[level] += len(anchors) > 1
        return frozenset(
            level
            for level, count in total.items()
            if several[level] > _TOPIC_SHARE * count and (level < SOFT or several[level] > 1)
        )

    def _end(self, stretch: PaperStretch) -> Spot:
        """Return the end of a title's stretch, whatever follows."""
        start, blocks = stretch.title.start, self._blocks
        if stretch.title.kind == "row":
            return Spot(start.block + 1)
        if stretch.title.kind in {"file", "front"}:
            return Spot(len(blocks))
        if stretch.title.kind == "head":
            level = blocks[start.block].level or SOFT
            return Spot(_next_heading(blocks, start.block + 1, level))
        level = SOFT - 1
        path = blocks[start.block].path
        last = start.block
        if path:
            last = self._outline.containers[path[-1]].blocks[-1]
        place = max(last, *(sighting.block for sighting in stretch.sightings)) + 1
        while place < len(blocks):
            block = blocks[place]
            if block.kind in {"rule", "row"} or (block.kind == "heading" and block.level <= level):
                break
            if path and not self._belongs(block, path):
                break
            place += 1
        return Spot(place)

    def _belongs(self, block: Block, path: tuple[int, ...]) -> bool:
        """Tell whether a block behind an item goes on with it: folded, quoted or labelled."""
        outer = path[:-1]
        kind = self._outline.containers[path[-1]].kind
        if block.path[: len(outer)] != outer or kind not in {"item", "part"}:
            return False
        if kind == "part":
            return bool(outer)
        held = block.path[len(outer) :]
        if held:
            return self._outline.containers[held[0]].kind in {"fold", "quote"}
        return any(labelled(Segment(line.runs)) for line in block.lines)


def heading_text(block: Block) -> str:
    """Return a heading as a title: the text of its link, if that is more than `PDF`, or all."""
    line = block.lines[0]
    linked = _linked(line)
    if linked >= 0:
        return vocabulary.clean_title(line.runs[linked].text)
    words = "".join(
        run.text for run in line.runs if not (run.address and vocabulary.is_generic(run.text))
    )
    return vocabulary.clean_title(_trimmed(words))


def lead_text(line: TextLine) -> str:
    """Return a line of its own that can be a title: no label, no sentence, no link."""
    text = line.text
    if len(text) > _LONGEST_LEAD or any(run.address for run in line.runs) or "://" in text:
        return ""
    if (label := labelled(Segment(line.runs))) and label.meaning:
        return ""
    clean = vocabulary.clean_title(text)
    if clean.endswith((".", "。", ":", "：")) and not clean.endswith("..."):
        return ""
    return clean if vocabulary.may_be_title(clean) else ""


def _linked(line: TextLine) -> int:
    """Return the run of a line that is a title by itself: the text of its main link; or -1."""
    texts = {n: vocabulary.clean_title(line.runs[n].text) for n in _links(line)}
    good = [n for n, text in texts.items() if vocabulary.may_be_title(text)]
    if not good:
        return -1
    best = max(good, key=lambda n: len(texts[n]))
    rest = "".join(run.text for run in line.runs if not run.address)
    return best if len(texts[best]) >= len(vocabulary.clean_title(_trimmed(rest))) else -1


def _trimmed(text: str) -> str:
    """Return a text without the brackets and bars that links have left behind."""
    previous = None
    while text != previous:
        previous = text
        text = text.strip().rstrip("|·•,;-–—:")
        for pair in ("()", "[]", "（）", "【】"):
            text = text.removesuffix(pair).rstrip()
    return text


def _run_title(line: TextLine, place: int) -> str:
    """Return the text of a link, and of the links beside it that lead to the same, as a title."""
    address = line.runs[place].address
    text = "".join(run.text for run in line.runs if run.address == address and address)
    clean = vocabulary.clean_title(text)
    if "://" in clean or not vocabulary.may_be_title(clean):
        return ""
    return clean


def _bold(line: TextLine) -> list[int]:
    """List the bold runs of a line that are no labels."""
    places = []
    for place, run in enumerate(line.runs):
        if not run.bold or not _says(run.text):
            continue
        after = line.runs[place + 1].text.lstrip() if place + 1 < len(line.runs) else ""
        if after.startswith((":", "：")) or run.text.rstrip().endswith((":", "：")):
            continue
        places.append(place)
    return places


def _links(line: TextLine) -> list[int]:
    return [place for place, run in enumerate(line.runs) if run.address and _says(run.text)]


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _before(line: TextLine, place: int) -> str:
    """Return the words before the link of an item, `Slow Rivers [paper](…)`, as a title."""
    runs = line.runs[:place] if place >= 0 else line.runs
    text = "".join(run.text for run in runs)
    if place < 0:
        text = re.split(r"https?://|\barxiv\b|\bdoi\b", text, maxsplit=1, flags=re.IGNORECASE)[0]
    text = re.split(r"[|｜]", text, maxsplit=1)[0]
    if len(text) > _LONGEST_LEAD or text.rstrip().endswith((":", "：")) or "://" in text:
        return ""
    if (label := labelled(Segment(line.runs))) and label.meaning:
        return ""
    for bracket in ("(", "[", "（", "【"):
        if text.count(bracket) > text.count({"(": ")", "[": "]", "（": "）", "【": "】"}[bracket]):
            text = text[: text.rindex(bracket)]
    clean = vocabulary.clean_title(_trimmed(text))
    return clean if vocabulary.may_be_title(clean) and len(clean.split()) > 1 else ""


def _heads(blocks: list[Block]) -> list[tuple[int, ...]]:
    """Return for each block the places of the headings that it stands below, its own included."""
    heads: list[tuple[int, ...]] = []
    stack: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind == "heading":
            while stack and blocks[stack[-1]].level >= block.level:
                stack.pop()
            stack.append(place)
        heads.append(tuple(stack))
    return heads


def _next_heading(blocks: list[Block], place: int, level: int) -> int:
    for at in range(place, len(blocks)):
        if blocks[at].kind == "heading" and blocks[at].level <= level:
            return at
    return len(blocks)

"""What the lines below a title say of the paper: labels, authors, abstract, sections, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.readers import values
from dayleaf.readers.structure import people, rows, vocabulary
from dayleaf.readers.structure.lines import Labelled, Segment, beside, labelled, segments
from dayleaf.readers.structure.outline import Block, Outline, Run, TextLine
from dayleaf.readers.structure.paper_text import (
    MAYBE_ABSTRACT,
    PaperText,
    cased,
    is_sentence,
    value,
)
from dayleaf.readers.structure.vocabulary import (
    ABSTRACT,
    AUTHORS,
    CATEGORIES,
    CODE,
    COMMENT,
    ID,
    JOURNAL,
    LINK,
    PROJECT,
    PUBLISHED,
    SUMMARY,
    TITLE,
    TOPICS,
    UPDATED,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dayleaf.readers.structure.titles import PaperStretch

_CATEGORY = re.compile(
    r"(?:cs|math|stat|eess|physics|astro-ph|cond-mat|q-bio|q-fin|econ|nlin|hep-(?:ex|lat|ph|th)|"
    r"gr-qc|quant-ph|nucl-(?:ex|th)|math-ph)(?:\.[A-Za-z-]{2,17})?\Z"
)
_HASHTAG = re.compile(r"(?:\A|\s)#([^\W\d_][\w/-]*)")
_ONLY_HASHTAGS = re.compile(r"(?:\s*#[^\W\d_][\w/-]*)+\s*\Z")
_BEHIND = re.compile(r"[(（](?P<inner>[^()（）]{3,2000})[)）]\s*\Z")
_DATE = 40
"""Letters of a segment that may be a date."""
_FEW_WORDS = 2
_LAST_WORDS = 200
"""Letters behind the last rule of a file that are no part of its last paper."""
_FOLDED = frozenset(
    """details show show-more more expand click-to-expand click-to-expand-details 展开 详情 详细
    点击展开 詳細 もっと見る 자세히 더보기 더-보기 plus afficher mehr anzeigen ver-más info
    full-details paper-details 论文详情 展开详情 read-more""".split()
)
_AWAITED = frozenset({AUTHORS, TITLE, CATEGORIES, TOPICS, PUBLISHED, UPDATED, JOURNAL})
"""Fields whose value may stand below their label."""
_LONG = frozenset({ABSTRACT, COMMENT, SUMMARY})
_OF_CLASSES = frozenset({AUTHORS, ABSTRACT, PUBLISHED, CATEGORIES, TOPICS, SUMMARY, JOURNAL})
_CLASS_START = re.compile(r"^(?:paper|entry|article|item|post|p)[-_]+")


class FieldReader:
    """Reads the stretch of one paper."""

    def __init__(self, outline: Outline, stretch: PaperStretch) -> None:
        self._outline = outline
        self._stretch = stretch
        self._title = stretch.title
        self.paper = PaperText(stretch.title.text)
        self._section = ""
        self._open = ""
        """The field that what follows goes on with."""
        self._ruled = False
        """Whether a rule stands above."""
        self._listing = False
        """Whether the section holds links and facts, and no text."""

    def read(self) -> PaperText:
        """Read all lines."""
        start, end = self._title.start, self._stretch.end
        blocks = self._outline.blocks
        for place in range(start.block, min(end.block + (end.line > 0), len(blocks))):
            block = blocks[place]
            first = start.line if place == start.block else 0
            stop = end.line if place == end.block else len(block.lines)
            if block.kind == "row":
                self._row(block)
            elif block.kind == "rule":
                self._ruled, self._open = True, ""
            elif place == start.block and self._title.kind != "front":
                self._title_block(block.lines[first:stop])
            elif block.kind == "heading":
                self._heading(block.lines[0])
            else:
                self._text(block, block.lines[first:stop], place)
        return self.paper.settle()

    # ---- Blocks ---------------------------------------------------------------------------------

    def _title_block(self, lines: Sequence[TextLine]) -> None:
        """Read the rest of the title's line, and the lines below it in its block."""
        if lines:
            self.paper.visit(lines[0].runs)
            self._beside(lines[0])
            self._lines(lines[1:])

    def _beside(self, line: TextLine) -> None:
        """Read the line of the title but for the title."""
        runs, place = line.runs, self._title.run
        if place >= 0:
            same = runs[place].address
            rest = [
                run
                for n, run in enumerate(runs)
                if n != place
                and not (same and run.address == same and not vocabulary.is_generic(run.text))
            ]
        else:
            rest = [run for run in runs if run.address or run.code]
            tail = _BEHIND.search(line.text)
            if tail and self._title.kind in {"file", "line"} and people.are_people(tail["inner"]):
                self.paper.fields[AUTHORS] = tail["inner"]
                self.paper.title = vocabulary.clean_title(line.text[: tail.start()])
        for segment in beside(rest):
            self._segment(segment, free=self._title.kind != "head")

    def _heading(self, line: TextLine) -> None:
        """Begin a section."""
        self._ruled = self._listing = False
        self._section = self._open = ""
        self.paper.visit(line.runs)
        text = vocabulary.clean_title(line.text) or line.text
        field = labelled(Segment((Run(text),)))
        if field and field.meaning and field.value.text:
            self._labelled(field)
            self._section = "" if field.meaning in _LONG else cased(field.label)
            return
        meaning, plain = vocabulary.field(text), vocabulary.key(text)
        if meaning == SUMMARY and plain not in MAYBE_ABSTRACT:
            self._open = SUMMARY
            self.paper.summary_label = plain
        elif meaning in {SUMMARY, COMMENT} or plain in vocabulary.SECTION:
            self._section = vocabulary.SECTION.get(plain, text)
        elif meaning is not None:
            self._open = meaning
        elif vocabulary.is_generic(text):
            self._listing = True
        else:
            self._section = text

    def _text(self, block: Block, lines: Sequence[TextLine], place: int) -> None:
        if self._fold(block, place) or (self._ruled and not self._goes_on(place)):
            return
        meanings = map(_of_class, block.label.split())
        named = next((meaning for meaning in meanings if meaning in _OF_CLASSES), None)
        if named is None:
            self._lines(lines)
            return
        for line in lines:
            self.paper.visit(line.runs)
        self._set(named, " ".join(line.text for line in lines), block.label)

    def _fold(self, block: Block, place: int) -> bool:
        """Take the summary of a folded block for a heading; tell whether the block is one."""
        for number in block.path:
            container = self._outline.containers[number]
            if container.kind == "fold" and container.blocks[0] == place and container.summary:
                if vocabulary.key(container.summary) in _FOLDED:
                    self._open = self._section = ""
                else:
                    self._heading(block.lines[0])
                return True
        return False

    def _goes_on(self, place: int) -> bool:
        """Tell whether, behind a rule, more of the paper follows than the file's last words."""
        end = min(self._stretch.end.block, len(self._outline.blocks))
        rest = self._outline.blocks[place:end]
        return (
            any(block.kind == "heading" for block in rest)
            or any(labelled(Segment(line.runs)) for block in rest for line in block.lines)
            or sum(len(block.text) for block in rest) > _LAST_WORDS
        )

    def _row(self, block: Block) -> None:
        """Read a row: the paper itself, or words of a section, or a label and its value."""
        if self._title.kind == "row":
            rows.read(block, self.paper)
        elif self._section:
            cells = (" ".join(line.text for line in cell) for cell in block.cells)
            self.paper.section(self._section, " · ".join(filter(None, cells)))
        elif len(block.cells) == 2 and all(block.cells):  # noqa: PLR2004 - label and value
            label = " ".join(line.text for line in block.cells[0])
            content = Segment(tuple(run for line in block.cells[1] for run in line.runs))
            self.paper.visit(content.runs)
            self._labelled(Labelled(vocabulary.field(label), label, content, marked=True))

    # ---- Lines ----------------------------------------------------------------------------------

    def _lines(self, lines: Sequence[TextLine]) -> None:
        """Read the lines of a paragraph."""
        if self._section:
            self._in_section(lines)
            return
        gathered: list[str] = []
        for line in lines:
            self.paper.visit(line.runs)
            parts = list(segments(line.runs))
            if len(parts) == 1 and not labelled(parts[0]) and not self._is_small(parts[0]):
                gathered.append(line.text)
                continue
            self._free(gathered)
            gathered = []
            for part in parts:
                self._segment(part, free=True)
        self._free(gathered)

    def _free(self, lines: list[str]) -> None:
        """Take in words without a label: they go on with a value, or are authors, or a text."""
        if not lines:
            return
        text = " ".join(lines)
        name, known = self._open, self.paper.fields
        if name in _LONG or (name in _AWAITED and name not in known):
            self._set(name, text, self.paper.summary_label)
            return
        if name == AUTHORS and known[AUTHORS].rstrip().endswith((",", "，", "、")):
            self.paper.add(AUTHORS, text)
            return
        bare = AUTHORS not in known and not self.paper.free
        if bare and people.are_people(lines[0], alone=len(lines) == 1):
            known[AUTHORS], lines = lines[0], lines[1:]
            text = " ".join(lines)
        if text and (is_sentence(text) or self.paper.free) and not self._listing:
            self.paper.free.append(text)
        elif text:
            self.paper.left.append(text)

    def _in_section(self, lines: Sequence[TextLine]) -> None:
        """Read lines of a section: its text, but for links to code and the like."""
        texts: list[str] = []
        for line in lines:
            segment = Segment(line.runs)
            field = labelled(segment)
            self.paper.addresses += segment.addresses if segment.is_links() or field else []
            if field and field.meaning in {LINK, CODE, PROJECT, ID} and field.value.addresses:
                self._segment(segment, free=False)
                continue
            if field and field.meaning in {AUTHORS, PUBLISHED} and value(field.value.text):
                self.paper.fields.setdefault(field.meaning, value(field.value.text))
            if not segment.is_links():
                texts.append(line.text)
        self.paper.section(self._section, " ".join(texts))

    def _is_small(self, segment: Segment) -> bool:
        """Tell whether a segment is no words: links, codes of categories, tags, a date."""
        text = segment.text
        return (
            segment.is_links()
            or segment.is_code()
            or _ONLY_HASHTAGS.match(text) is not None
            or (len(text) < _DATE and values.day(text) is not None)
        )

    def _segment(self, segment: Segment, *, free: bool) -> None:
        """Read a part of a line."""
        text = segment.text
        if field := labelled(segment):
            self._labelled(field)
            return
        words = [run.text.strip() for run in segment.runs if run.code or run.address]
        self.paper.categories += [word for word in words if _CATEGORY.match(word)]
        if segment.is_links():
            self.paper.link(segment)
        elif _ONLY_HASHTAGS.match(text):
            self.paper.topics += _HASHTAG.findall(text)
        elif segment.is_code():
            tags = (word for word in words if not _CATEGORY.match(word))
            self.paper.topics += [tag for tag in tags if not identifiers.parse(tag)]
        elif len(text) < _DATE and values.day(text):
            self.paper.fields.setdefault(PUBLISHED, text)
        elif free and text and not identifiers.parse(text):
            self._free([text.strip(" -–—")])

    def _labelled(self, field: Labelled) -> None:
        """Keep a value by its label."""
        meaning, text = field.meaning, field.value.text
        if meaning is None or (meaning == COMMENT and vocabulary.key(field.label) == "note"):
            self._open = ""
            if kept := value(text):
                self.paper.keep_unknown(field.label, kept, marked=field.marked)
            elif field.marked:
                self._section = cased(field.label)
            return
        self._open = meaning
        addresses = field.value.addresses
        if meaning in {LINK, CODE, PROJECT, ID} and addresses:
            self.paper.link(field.value, meaning)
        if meaning == LINK and not addresses:
            words = vocabulary.clean_title(text)
            if len(words.split()) > _FEW_WORDS and vocabulary.may_be_title(words):
                self._set(TITLE, words, field.label)
        elif meaning not in {LINK, CODE, PROJECT}:
            self._set(meaning, text, field.label)

    def _set(self, name: str, text: str, label: str) -> None:
        """Keep a field, with which what follows may go on."""
        kept = value(text)
        if kept and vocabulary.key(kept) != vocabulary.key(label):
            self.paper.keep(name, kept, label, more=self._open == name)
        self._open = name


def _of_class(name: str) -> str | None:
    """Return the meaning of an element's class."""
    return vocabulary.field(_CLASS_START.sub("", name.casefold()))

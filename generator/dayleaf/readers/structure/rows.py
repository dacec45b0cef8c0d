"""A row of a table -> what it says of its paper, by the heads of the columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.readers import values
from dayleaf.readers.structure import people, vocabulary
from dayleaf.readers.structure.lines import Segment, labelled
from dayleaf.readers.structure.outline import Block, Run, TextLine
from dayleaf.readers.structure.paper_text import PaperText, value
from dayleaf.readers.structure.vocabulary import AUTHORS, CODE, ID, LINK, PROJECT, PUBLISHED, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAPERS = ("paper", "papers", "论文", "論文", "논문", "name", "article", "work")
_DATE = 30
"""Letters of a cell that may be a date."""
_FEW_WORDS = 2
_COUNT = re.compile(r"[#\W]*\d*[#\W]*\Z")
_READ_ON = re.compile(r"[(\[（][^()\[\]（）]{0,80}[)\]）]?\s*\Z")


def read(block: Block, paper: PaperText) -> None:
    """Read a row that is a paper."""
    title = _title_column(block)
    for place, cell in enumerate(block.cells):
        for line in cell:
            paper.visit(line.runs)
        head = block.header[place] if place < len(block.header) else ""
        if place == title:
            _title(cell, paper)
        else:
            _cell(cell, head, paper)


def _cell(cell: list[TextLine], head: str, paper: PaperText) -> None:
    text = " ".join(line.text for line in cell)
    segment = Segment(tuple(run for line in cell for run in (*line.runs, Run(" "))))
    meaning = vocabulary.field(head)
    if meaning in {LINK, CODE, PROJECT, ID}:
        paper.link(segment, meaning)
    elif meaning is not None:
        if kept := value(text):
            paper.keep(meaning, kept, head, more=False)
    elif segment.is_links() or identifiers.parse(text) or not text:
        pass
    elif not head and people.are_people(text):
        paper.fields.setdefault(AUTHORS, text)
    elif len(text) < _DATE and values.day(text):
        paper.fields.setdefault(PUBLISHED, text)
    elif head and not _COUNT.match(text):
        paper.keep_unknown(head, text, marked=True)


def _title_column(block: Block) -> int:
    """Return the column of a row that holds the title."""
    meanings = [vocabulary.field(head) for head in block.header]
    if TITLE in meanings:
        return meanings.index(TITLE)
    plain = [vocabulary.key(head) for head in block.header]
    for name in _PAPERS:
        if name in plain and plain.index(name) < len(block.cells):
            return plain.index(name)
    best = (False, False, 0)
    for place, cell in enumerate(block.cells):
        text = vocabulary.clean_title(" ".join(line.text for line in cell))
        marked = any(run.bold or run.address for line in cell for run in line.runs)
        known = place < len(meanings) and meanings[place] is not None
        good = vocabulary.may_be_title(text) and not values.day(text) and not known
        best = max(best, (good, marked and not vocabulary.is_generic(text), -place))
    return -best[2]


def _title(cell: list[TextLine], paper: PaperText) -> None:
    """Read a title, and the authors or a note beside it in its cell."""
    if not cell:
        return
    title, rest = _divided(cell[0].runs)
    rest = " ".join([rest, *(line.text for line in cell[1:])]).strip(" -–—:·|()[]")
    paper.title = vocabulary.clean_title(title)
    if people.are_people(rest) and AUTHORS not in paper.fields:
        paper.fields[AUTHORS] = rest
    elif (field := labelled(Segment((Run(rest),)))) and (text := value(field.value.text)):
        if field.meaning:
            paper.keep(field.meaning, text, field.label, more=False)
        else:
            paper.keep_unknown(field.label, text, marked=True)
    elif len(rest.split()) > _FEW_WORDS and any(map(str.isalpha, rest)):
        paper.section("Summary", " ".join(rest.split()))


def _divided(runs: Sequence[Run]) -> tuple[str, str]:
    """Divide a line into its title and the rest: by bold, by a link, by two spaces."""
    bold = [n for n, run in enumerate(runs) if run.bold and run.text.strip()]
    if bold:
        title = "".join(run.text for run in runs if run.bold)
        return title, "".join(run.text for run in runs[bold[0] :] if not run.bold)
    named = [n for n, run in enumerate(runs) if run.address and not vocabulary.is_generic(run.text)]
    if named:
        rest = "".join(run.text for run in runs[named[0] + 1 :] if not run.address)
        return runs[named[0]].text, rest
    words = "".join(run.text for run in runs if not run.address)
    if any(run.address for run in runs):
        words = _READ_ON.sub("", words)
    title, _, rest = words.strip().partition("  ")
    return title, rest

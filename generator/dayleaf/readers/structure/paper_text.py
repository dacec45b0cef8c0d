"""The text of one paper, gathered field by field while its lines come in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dayleaf.readers.structure import vocabulary
from dayleaf.readers.structure.lines import Segment
from dayleaf.readers.structure.sightings import ADDRESS, bare
from dayleaf.readers.structure.vocabulary import (
    ABSTRACT,
    CODE,
    COMMENT,
    LINK,
    PROJECT,
    SCORE,
    SUMMARY,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dayleaf.readers.structure.outline import Run

_EMPTY = frozenset("无 暂无 none null n/a na - — なし 無し 없음 unknown 未知 tbd nil --".split())
_LONGEST_SCORE = 40
_SENTENCE = 40
"""Letters from which on bare text is taken for an abstract, and a value for worth a section."""
_WIDE = 12
"""The same in letters of which each is a word."""
_FEW_WORDS = 2
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(r"[\d.,]+(?:\s*/\s*\d+|\s*%)?\Z")
_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[^/]+/[^/]+")
MAYBE_ABSTRACT = frozenset("summary 要約 요약 要点".split())
"""Labels of what may be the abstract, where none is called so."""


@dataclass(slots=True)
class PaperText:
    """Title, labelled values, sections, scores and links, each as the file writes it."""

    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """By `vocabulary`'s names."""
    sections: dict[str, str] = field(default_factory=dict)
    """Headings -> texts, in their order."""
    scores: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    code: str = ""
    project: str = ""
    topics: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    """Paragraphs without a label."""
    summary_label: str = ""
    """What the summary is called."""
    left: list[str] = field(default_factory=list)
    """Lines that mean nothing to us."""

    def add(self, name: str, text: str) -> None:
        """Go on with a field."""
        known = self.fields.get(name)
        self.fields[name] = f"{known} {text}" if known else text

    def section(self, heading: str, text: str) -> None:
        """Go on with a section."""
        if text:
            known = self.sections.get(heading)
            self.sections[heading] = f"{known} {text}" if known else text

    def keep(self, name: str, text: str, label: str, *, more: bool) -> None:
        """Keep a value; the first of a name counts, unless `more` continues a long text."""
        if name == SCORE:
            if len(text) <= _LONGEST_SCORE:
                self.scores.setdefault(cased(label), text)
            else:
                self.section(cased(label), text)
        elif name == SUMMARY:
            self.summary_label = self.summary_label or vocabulary.key(label)
            self.add(SUMMARY, text)
        elif name in {ABSTRACT, COMMENT} and more:
            self.add(name, text)
        else:
            self.fields.setdefault(name, text)

    def keep_unknown(self, label: str, text: str, *, marked: bool) -> None:
        """Keep the value of an unknown label: a number as a score, words as a section."""
        plain = vocabulary.key(label)
        heading = vocabulary.SECTION.get(plain, cased(label))
        if _NUMBER.match(text):
            self.scores.setdefault(heading, text)
        elif plain in vocabulary.SECTION or (
            any(map(str.isalpha, text))
            and (marked or len(text.split()) > _FEW_WORDS or is_sentence(text))
        ):
            self.section(heading, text)
        else:
            self.left.append(f"{label}: {text}")

    def link(self, segment: Segment, meaning: str = LINK) -> None:
        """Keep the addresses of code and project."""
        for run in segment.runs:
            address = run.address or next(map(bare, ADDRESS.findall(run.text)), "")
            if not address.startswith(("http://", "https://")):
                continue
            label = vocabulary.field(run.text) if run.address else None
            if CODE in {meaning, label} or (meaning != PROJECT and _REPOSITORY.match(address)):
                self.code = self.code or address
            elif PROJECT in {meaning, label}:
                self.project = self.project or address

    def visit(self, runs: Sequence[Run]) -> None:
        """Note every address of a line, and what its links call themselves."""
        self.addresses += Segment(tuple(runs)).addresses
        named = (run for run in runs if run.address and vocabulary.is_generic(run.text))
        self.link(Segment(tuple(named)))

    def settle(self) -> PaperText:
        """Decide what is the abstract, once everything is known."""
        if SUMMARY in self.fields and self.summary_label in MAYBE_ABSTRACT:
            text = self.fields.pop(SUMMARY)
            if ABSTRACT in self.fields:
                self.section("Summary", text)
            else:
                self.fields[ABSTRACT] = text
        if self.free and ABSTRACT in self.fields:
            self.section("Notes", " ".join(self.free))
        elif self.free:
            self.fields[ABSTRACT] = " ".join(self.free)
        return self


def value(text: str) -> str:
    """Return a value; the empty text for `none`, `n/a` and the like."""
    text = text.strip().strip("|").strip()
    return "" if text.casefold().strip("()（）。. ") in _EMPTY else text


def is_sentence(text: str) -> bool:
    """Tell whether a text is long enough to say something."""
    return len(text) >= _SENTENCE or len(_IDEOGRAPH.findall(text)) >= _WIDE


def cased(label: str) -> str:
    """Return a label as a heading."""
    text = vocabulary.stripped(label).strip("*_` ")
    return text[:1].upper() + text[1:]

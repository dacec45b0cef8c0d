"""A line in segments: what stands between its bars and dots, and the label before each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.readers.structure import vocabulary
from dayleaf.readers.structure.outline import Run
from dayleaf.readers.structure.sightings import ADDRESS, bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BARS = re.compile(r"\s+[|｜·•∙]\s+|\s*｜\s*|\s*\|\s*\Z|\A\s*\|\s*|\s{2,}\|\s*")
_DASHES = re.compile(r"\s+[-–—]+\s+|\A\s*[-–—]+\s+|\s+[|｜·•]\s+")
_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][^:：|*\n]{0,40}?)\s*[:：](?!//)\s*")
_COLON = re.compile(r"\s*[:：]\s*")
_MOST_WORDS = 5
_LONGEST = 40
_GENERIC_REST = 30
_WORDS = re.compile(r"[\W\d_]+")


class Segment(NamedTuple):
    """A part of a line."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Return what it says, on one line."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def addresses(self) -> list[str]:
        """Return the addresses that it links to, and those that it writes out."""
        linked: list[str] = []
        for run in self.runs:
            if run.address.startswith(("http://", "https://")):
                linked.append(run.address)
            elif "://" in run.text:
                linked += [bare(address) for address in ADDRESS.findall(run.text)]
        return linked

    def is_links(self) -> bool:
        """Tell whether there is nothing in it but links and what parts them."""
        rest = ADDRESS.sub("", "".join(run.text for run in self.runs if not run.address))
        if not any(run.address for run in self.runs) and "://" not in self.text:
            return False
        if any(run.address and not vocabulary.is_generic(run.text) for run in self.runs):
            return not _WORDS.sub("", rest)
        words = _WORDS.sub("", rest)
        return not words or (len(words) < _GENERIC_REST and vocabulary.is_generic(rest))

    def is_code(self) -> bool:
        """Tell whether there is nothing in it but words in code, `cs.LG` `agents`."""
        marked = any(run.code for run in self.runs)
        return marked and all(run.code or not run.text.strip(" ,·|") for run in self.runs)


class Labelled(NamedTuple):
    """A label and what it labels."""

    meaning: str | None
    """One of `vocabulary`'s; None for a label that it does not know."""
    label: str
    value: Segment
    marked: bool
    """Whether the label is bold."""


def segments(runs: Sequence[Run]) -> Iterator[Segment]:
    """Divide a line at bars and dots between words."""
    yield from _divided(runs, _BARS)


def beside(runs: Sequence[Run]) -> Iterator[Segment]:
    """Divide what stands beside a title: at dashes too."""
    yield from _divided(runs, _DASHES)


def _divided(runs: Sequence[Run], pattern: re.Pattern[str]) -> Iterator[Segment]:
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.address or run.code:
            parts[-1].append(run)
            continue
        for place, piece in enumerate(pattern.split(run.text)):
            if place:
                parts.append([])
            if piece:
                parts[-1].append(run._replace(text=piece))
    for part in parts:
        if any(run.text.strip() for run in part):
            yield Segment(tuple(part))


def labelled(segment: Segment) -> Labelled | None:
    """Return a segment's label and value; None where it begins with no label."""
    runs = segment.runs
    at = next((n for n, run in enumerate(runs) if any(map(str.isalnum, run.text))), None)
    if at is None:
        return None
    if runs[at].bold:
        return _marked(runs, at)
    if runs[at].address or runs[at].code:
        return None
    text = "".join(run.text for run in runs[:at]) + runs[at].text
    lead = vocabulary.stripped(text) if not text[:1].isalnum() else text
    match = _LABEL.match(lead)
    if match is None or len(match["label"].split()) > _MOST_WORDS:
        return None
    rest = (runs[at]._replace(text=lead[match.end() :]), *runs[at + 1 :])
    return Labelled(vocabulary.field(match["label"]), match["label"], Segment(rest), marked=False)


def _marked(runs: tuple[Run, ...], at: int) -> Labelled | None:
    """Read `**Label:** value`, `**Label**: value` and, for a known label, `**Label** value`."""
    end = at
    while end < len(runs) and runs[end].bold and not runs[end].address:
        end += 1
    if end == at:
        return None
    text = "".join(run.text for run in runs[at:end])
    label, colon, inner = _cut(text)
    if colon:
        value = (*((Run(inner, bold=True),) if inner.strip() else ()), *runs[end:])
    else:
        label, value = text, runs[end:]
        after = value[0].text if value and not value[0].address else ""
        match = _COLON.match(after)
        if match:
            value = (value[0]._replace(text=after[match.end() :]), *value[1:])
        elif vocabulary.field(label) is None:
            return None
    if len(label) > _LONGEST or not label.strip():
        return None
    return Labelled(vocabulary.field(label), label, Segment(value), marked=True)


def _cut(text: str) -> tuple[str, str, str]:
    match = re.match(rf"([^:：]{{1,{_LONGEST}}})([:：])(?!//)\s*(.*)\Z", text, re.DOTALL)
    return (match[1], match[2], match[3]) if match else (text, "", "")

"""Where identifiers of papers stand in an outline: as links, as addresses, with a label."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.readers.structure import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.archive.identifiers import Identifier, Named
    from dayleaf.readers.structure.outline import Block, Outline, TextLine

ADDRESS = re.compile(r"https?://[^\s<>\"\]|｜，。；、（）`]+")
_WRITTEN = re.compile(
    r"\barxiv(?:[\s_-]?(?:id|号|编号))?\s*[:：=]?\s*(?:\[\s*)?(?P<id>\d{4}\.\d{4,5}(?:v\d{1,3})?"
    r"|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,3})?)(?![\d.]*\d)",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(
    r"(?<![\w/.])(?:doi\s*[:：]\s*)?(?P<doi>10\.\d{4,9}/[^\s<>\"|｜，。；、）`]+)", re.IGNORECASE
)
_ALONE = re.compile(
    r"[\s\[(*`]*(?P<id>\d{4}\.\d{4,5}(?:v\d{1,3})?)(?:\.pdf)?[\s\])*`,;]*\Z", re.ASCII
)
_TRACE = re.compile(
    r"arxiv|\bdoi\b|\b10\.\d{4,9}/|openreview|aclanthology|eprint\.iacr|biorxiv|medrxiv|huggingface|hf\.co",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)")
_SHORT = 200_000
"""Letters of a text in which a number alone is worth a second look."""
_MOST_WORDS = 2
"""Words of a sentence beside a link in a paragraph, beyond which it is a mention."""
_MOST_IDEOGRAPHS = 24
_SENTENCE_WORD = re.compile(r"(?<![\w-])[a-zà-ÿ]{2,}(?![\w-])")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TRAILING = ").,;:*_'’”"


class Sighting(NamedTuple):
    """An identifier where it stands."""

    named: Named
    block: int
    line: int
    """In its block."""
    run: int
    """In its line: that of the link, or -1."""
    mention: bool = False
    """Whether it stands in the midst of prose, which speaks of a paper and lists none."""

    @property
    def identifier(self) -> Identifier:
        """Return the identifier, without its version."""
        return self.named.identifier


def may_hold(text: str) -> bool:
    """Tell, at a fraction of the cost of reading it, whether a text may name a paper at all."""
    return bool(_TRACE.search(text)) or (len(text) < _SHORT and bool(_BARE.search(text)))


def gaps(text: str, most: int) -> list[tuple[int, int]]:
    """List the stretches of more than `most` letters in which nothing names a paper."""
    places = [0, *(match.start() for match in _TRACE.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(places) if end - start > most]


def bare(address: str) -> str:
    """Return an address without the signs behind it that end a sentence."""
    address = address.rstrip(_TRAILING if "(" not in address else ".,;:*_'’”")
    return address[:-1] if address.endswith(")") and "(" not in address else address


def sightings(outline: Outline) -> list[Sighting]:
    """List the identifiers of an outline, in order, each once a line."""
    listed: list[Sighting] = []
    for place, block in enumerate(outline.blocks):
        for at, line in enumerate(block.lines):
            seen: set[str] = set()
            for run, named in _of_line(line):
                if named.identifier.anchor in seen:
                    continue
                seen.add(named.identifier.anchor)
                mention = _is_mention(block, line, run)
                listed.append(Sighting(named, place, at, run, mention))
    return listed


def _of_line(line: TextLine) -> Iterator[tuple[int, Named]]:
    yield from _linked(line)
    for run in line.runs:
        match = _ALONE.match(run.text)
        if match and (named := identifiers.parse(match["id"])):
            yield -1, named
    text = line.text
    for match in _WRITTEN.finditer(text):
        if named := identifiers.parse(match["id"]):
            yield -1, named
    if "10." in text:
        dois = (match["doi"] for match in _DOI.finditer(text))
        yield from ((-1, identifiers.of_doi(doi)) for doi in dois if identifiers.dois(doi))


def _linked(line: TextLine) -> Iterator[tuple[int, Named]]:
    """Yield the papers that links and written addresses lead to."""
    for place, run in enumerate(line.runs):
        if run.address and (named := identifiers.of_address(run.address)):
            yield place, named
    for place, run in enumerate(line.runs):
        if "://" not in run.text:
            continue
        for address in map(bare, ADDRESS.findall(run.text)):
            if named := identifiers.of_address(address):
                yield place if run.address else -1, named


def _is_mention(block: Block, line: TextLine, place: int) -> bool:
    """Tell whether a link stands amid the words of a paragraph."""
    if block.kind != "text":
        return False
    first = next((run for run in line.runs if run.text.strip()), None)
    if first is None or first.bold or (place >= 0 and line.runs[place] is first):
        return False
    label, colon, _ = line.text.replace("：", ":").partition(":")
    if colon and vocabulary.field(label):
        return False
    words = ADDRESS.sub("", "".join(run.text for run in line.runs if not run.address))
    if "|" in words or "·" in words or "｜" in words:
        return False
    telling = [word for word in _SENTENCE_WORD.findall(words) if not vocabulary.is_generic(word)]
    return len(telling) > _MOST_WORDS or len(_IDEOGRAPH.findall(words)) > _MOST_IDEOGRAPHS

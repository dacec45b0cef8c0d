"""What nobody has read: identifiers of papers in a file that none of its records took.

It looks at the text alone, and knows no format: so it finds what a reader passes over. Whether
another file of the archive has the paper only the catalog can tell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.archive.model import Unread
from dayleaf.readers.structure.sightings import bare, may_hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.archive.identifiers import Named
    from dayleaf.archive.model import Digest, Record

_SEEN = re.compile(
    r"(?P<address>(?:https?:)?//(?:[\w-]+\.){0,3}(?:arxiv\.org|alphaxiv\.org|doi\.org|openreview\.net|"
    r"aclanthology\.org|biorxiv\.org|medrxiv\.org|huggingface\.co|hf\.co|eprint\.iacr\.org)/"
    r"[^\s<>\"'`\])|\\{}，。；、（）]+)"
    r"|\barxiv\s*[:：]\s*(?P<id>\d{4}\.\d{4,5})(?:v\d{1,3})?(?![\d.]*\d)",
    re.IGNORECASE,
)


def checked(digest: Digest, text: str) -> Digest:
    """Return a digest that says what of its file it leaves out."""
    if not may_hold(text):
        return digest
    taken = {anchor for record in digest.records for anchor in _anchors(record)}
    missed = _unread(text, taken | digest.mentions)
    return replace(digest, unread=missed) if missed else digest


def passed_over(text: str) -> tuple[Unread, ...]:
    """Return the papers that a file names which is no digest."""
    return _unread(text, frozenset()) if may_hold(text) else ()


def _unread(text: str, taken: set[str] | frozenset[str]) -> tuple[Unread, ...]:
    left: dict[str, int] = {}
    line, last = 1, 0
    for named, at in _seen(text):
        anchor = named.identifier.anchor
        if anchor not in taken and anchor not in left:
            line += text.count("\n", last, at)
            last = at
            left[anchor] = line
    return tuple(Unread(anchor, line) for anchor, line in left.items())


def _seen(text: str) -> Iterator[tuple[Named, int]]:
    for match in _SEEN.finditer(text):
        if match["id"]:
            named = identifiers.parse(match["id"])
        else:
            address = bare(match["address"])
            named = identifiers.of_address(address if "://" in address else f"https:{address}")
        if named is not None:
            yield named, match.start()


def _anchors(record: Record) -> Iterator[str]:
    """Yield all that identifies a record, and what it links to and speaks of."""
    yield record.identifier.anchor
    yield from (identifiers.of_doi(doi).identifier.anchor for doi in record.dois)
    extras = record.extras
    links = (extras.code, *(address for _, address in extras.links)) if extras else ()
    for address in filter(None, (record.url, record.pdf, *links)):
        if named := identifiers.of_address(address):
            yield named.identifier.anchor
    texts = [record.abstract, record.comment, record.journal, record.title]
    texts += [section.text for section in extras.sections] if extras else []
    for text in filter(None, texts):
        if may_hold(text):
            yield from (named.identifier.anchor for named, _ in _seen(text))

"""What nobody has read: identifiers of papers in a file that none of its records took.

It looks at the text alone, and knows no format: so it finds what a reader passes over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.base.errors import Finding, Severity
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


class Unread(NamedTuple):
    """What was passed over in a file."""

    papers: int = 0
    """Different papers."""
    problem: Finding | None = None


NOTHING = Unread()


def checked(digest: Digest, text: str) -> Digest:
    """Return a digest that says what of its file it leaves out."""
    if not may_hold(text):
        return digest
    taken = {key for record in digest.records for key in _keys(record)}
    taken |= set(digest.mentions)
    found = _unread(text, taken, source=digest.source)
    if found.problem is None:
        return digest
    return replace(digest, problems=(*digest.problems, found.problem), unread=found.papers)


def passed_over(text: str, *, source: str) -> Unread:
    """Return what a file holds that is no digest."""
    return _unread(text, set(), source=source) if may_hold(text) else NOTHING


def _unread(text: str, taken: set[str], *, source: str) -> Unread:
    left: dict[str, int] = {}
    for named, at in _seen(text):
        key = _key(named)
        if key not in taken and named.identifier.anchor not in taken:
            left.setdefault(key, at)
    if not left:
        return NOTHING
    first = next(iter(left))
    line = text.count("\n", 0, left[first]) + 1
    many = f"{len(left):,} that no record took, the first {first}"
    one = f"{first}, which no record took"
    problem = Finding(
        many if len(left) > 1 else one,
        expected="every paper of the file in a record",
        advice=f"`dayleaf init --explain {source}` shows how the file is read",
        file=source,
        line=line,
        severity=Severity.NOTE,
    )
    return Unread(len(left), problem)


def _seen(text: str) -> Iterator[tuple[Named, int]]:
    for match in _SEEN.finditer(text):
        if match["id"]:
            named = identifiers.parse(match["id"])
        else:
            address = bare(match["address"])
            named = identifiers.of_address(address if "://" in address else f"https:{address}")
        if named is not None:
            yield named, match.start()


def _keys(record: Record) -> Iterator[str]:
    """Yield all that identifies a record, and what it links to."""
    yield record.identifier.value.lower()
    yield from (doi.lower() for doi in record.dois)
    links = (record.extras.code, *(a for _, a in record.extras.links)) if record.extras else ()
    texts = [record.abstract, record.comment, record.journal, record.title]
    texts += [section.text for section in record.extras.sections] if record.extras else []
    for address in filter(None, (record.url, record.pdf, *links)):
        if named := identifiers.of_address(address):
            yield _key(named)
    for text in filter(None, texts):
        if may_hold(text):
            yield from (_key(named) for named, _ in _seen(text))


def _key(named: Named) -> str:
    return named.identifier.value.lower()

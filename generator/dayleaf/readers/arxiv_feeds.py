"""arXiv's own answers, saved as files: Atom of its API, feeds of new papers, OAI-PMH."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

from dayleaf.archive import identifiers
from dayleaf.archive.model import Digest, Extras, Record, Refusal
from dayleaf.base.errors import Finding, Severity
from dayleaf.readers import values
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog
from dayleaf.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator


_ROOTS = frozenset({"feed", "rss", "RDF", "OAI-PMH"})
_ENTRIES = frozenset({"entry", "item", "record"})
_DATES = frozenset({"updated", "pubDate", "lastBuildDate", "date"})
_CHUNK = 1 << 16
_ANNOUNCED = re.compile(
    r"\A\s*arXiv:\S+\s+Announce Type:\s*(?P<type>[\w-]+)\s+(?:Abstract:\s*)?", re.IGNORECASE
)
_TYPES = frozenset({"new", "cross", "replace", "replace-cross"})
_IN_TITLE = re.compile(
    r"\s*\(arXiv:(?P<id>[^\s\[\])]+)\s*(?:\[(?P<category>[^\]]+)\])?[^)]*\)\s*\Z"
)
_ENTRY = re.compile(r"<(?:entry|item|record)(?=[\s>])")
_ROOT = re.compile(r"<(?:feed|rss|rdf:RDF|OAI-PMH)\b[^<>]*>")
_QUERY = re.compile(r"<title[^<>]*>\s*arXiv Query|<id>\s*https?://(?:export\.)?arxiv\.org/api/")
_OAI = re.compile(r"oai:arXiv\.org:(?P<id>\S+)", re.IGNORECASE)


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | Refusal | None:
    """Read a feed; None where the text is none of arXiv's."""
    head = text[:4_000]
    if (
        "<" not in head
        or "arxiv.org" not in text.lower()
        or not re.search(r"<(?:feed|rss|rdf:RDF|OAI-PMH)\b", head)
    ):
        return None
    log = ProblemLog(source, problems)
    if "<!ENTITY" in text:
        wanted = "a feed without entities of its own"
        log(1, Severity.REFUSED, "<!ENTITY", expected=wanted)
        return Refusal(source, 0, tuple(log.problems))
    day = values.day_of_path(source)
    feed = _read(text, log)
    if feed.root not in _ROOTS:
        return None
    places = _places(text)
    read = list(zip(feed.entries, (line for _, line in places), strict=False))
    if feed.broken:
        read += _saved(text, places[len(read) :], log)
    answer = feed.root == "OAI-PMH" or _QUERY.search(head)  # dated when it was asked for
    listed = day or (None if answer else feed.day)
    tried = (log.guarded(line, partial(_record, entry, line, listed, log)) for entry, line in read)
    records = tuple(record for record in tried if record is not None)
    seen = max(len(places), len(feed.entries))
    if seen and not records:
        return Refusal(source, seen, tuple(log.problems))
    return Digest(source, "", records, seen, tuple(log.problems))


def _places(text: str) -> list[tuple[int, int]]:
    """Return the offset and line of each entry."""
    places: list[tuple[int, int]] = []
    at, line = 0, 1
    for match in _ENTRY.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        places.append((at, line))
    return places


def _saved(
    text: str, places: list[tuple[int, int]], log: ProblemLog
) -> Iterator[tuple[ET.Element, int]]:
    """Yield the entries that are well-formed by themselves in a feed that is not."""
    head = _ROOT.search(text)
    root = head[0] if head else "<feed>"
    close = f"</{root[1:].split()[0].rstrip('>')}>"
    ends = [*(at for at, _ in places[1:]), len(text)]
    for (at, line), end in zip(places, ends, strict=True):
        last = max(text.rfind(f"</{name}>", at, end) for name in _ENTRIES)
        stop = text.find(">", last) + 1 if last > 0 else end
        try:
            (entry,) = ET.fromstring(f"{root}{text[at:stop]}{close}")  # noqa: S314 - no entities
        except (ET.ParseError, ValueError) as error:
            mistake, wanted = f"a mistake: {error}", "an entry that is well-formed XML"
            log(line, Severity.REFUSED, mistake, expected=wanted, advice=LEFT_OUT)
        else:
            yield entry, line


@dataclass(slots=True)
class _Feed:
    """What was read of a feed so far."""

    root: str = ""
    """The name of its outermost element."""
    day: str | None = None
    """The day that the feed itself names."""
    entries: list[ET.Element] = field(default_factory=list)
    inside: int = 0
    """Whether an entry is open."""
    broken: bool = False
    """Whether it ended before its end."""

    def take_all(self, parser: ET.XMLPullParser[ET.Element]) -> None:
        """Take in the beginnings and ends of elements that a parser has met."""
        for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
            name = _name(element)
            if event == "start":
                self.root = self.root or name
                self.inside += name in _ENTRIES
            elif name in _ENTRIES:
                self.inside -= 1
                self.entries.append(element)
            elif not self.inside and name in _DATES and self.day is None:
                self.day = values.written_day(element.text)


def _read(text: str, log: ProblemLog) -> _Feed:
    """Read a feed, as far as it is well-formed."""
    feed = _Feed()
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(["start", "end"])
    try:
        for at in range(0, len(text), _CHUNK):
            parser.feed(text[at : at + _CHUNK])
            feed.take_all(parser)
        parser.close()
    except ET.ParseError as error:
        feed.take_all(parser)
        feed.broken = True
        log(
            error.position[0],
            Severity.PARTIAL,
            f"a mistake: {error}",
            expected="well-formed XML",
            advice="entries that are well-formed themselves are read: fetch the file again",
        )
    return feed


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(entry: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in entry.iter() if _name(child) == name and child is not entry)


def _text(entry: ET.Element, *names: str) -> str | None:
    for name in names:
        for child in _all(entry, name):
            if text := values.text("".join(child.itertext())):
                return text
    return None


def _record(entry: ET.Element, line: int, day: str | None, log: ProblemLog) -> Record | None:
    title = _text(entry, "title") or ""
    marked = _IN_TITLE.search(title)
    named = _named(entry, marked["id"] if marked else None)
    if named is None:
        wanted = "an entry with an arXiv id"
        log(line, Severity.REFUSED, "none", expected=wanted, advice=LEFT_OUT)
        return None
    dated = _text(entry, "published", "pubDate", "created", "date")
    published = values.time(dated)
    updated = values.time(_text(entry, "updated") or "")
    listed = day or values.written_day(dated) or values.month_of(named.identifier) or ""
    terms = (_text(entry, "categories") or "").split()
    terms += [
        term for child in _all(entry, "category") if (term := child.get("term") or child.text)
    ]
    if marked and marked["category"]:
        terms.insert(0, marked["category"])
    primary = next((child.get("term") for child in _all(entry, "primary_category")), None)
    pdf = next((c.get("href") for c in _all(entry, "link") if c.get("title") == "pdf"), None)
    abstract = _text(entry, "summary", "abstract", "description")
    authors, _ = _people(entry)
    return Record(
        line=line,
        identifier=named.identifier,
        version=named.version,
        title=_IN_TITLE.sub("", title) or named.identifier.value,
        authors=authors,
        day=listed,
        categories=values.categories(terms, primary),
        abstract=values.plain(_ANNOUNCED.sub("", abstract)) if abstract else None,
        comment=_text(entry, "comment", "comments"),
        journal=_text(entry, "journal_ref", "journal_reference", "journal-ref"),
        dois=identifiers.dois(_text(entry, "doi", "DOI") or ""),
        pdf=pdf,
        published=published,
        updated=updated,
        extras=_extras(entry, abstract),
    )


def _extras(entry: ET.Element, abstract: str | None) -> Extras | None:
    """Return how arXiv announced a paper: in an element of its own, or before the abstract."""
    match = _ANNOUNCED.match(abstract or "")
    kind = (_text(entry, "announce_type") or (match["type"] if match else "")).lower()
    return Extras(announced=kind) if kind in _TYPES else None


def _named(entry: ET.Element, in_title: str | None) -> identifiers.Named | None:
    about = next((value for key, value in entry.attrib.items() if key.endswith("about")), None)
    guid = _text(entry, "guid", "id") or ""
    oai = _OAI.search(f"{guid} {_text(entry, 'identifier') or ''}")
    candidates = [oai["id"] if oai else None, guid, in_title, about, _text(entry, "link")]
    candidates += [child.get("href") for child in _all(entry, "link")]
    identified = (identifiers.parse(text) for text in candidates if text)
    return next(filter(None, identified), None)


def _people(entry: ET.Element) -> tuple[tuple[str, ...], bool]:
    names = [_named_author(author) for author in _all(entry, "author")]
    if any(names):
        return values.people([name for name in names if name])
    creators = [values.plain("".join(child.itertext())) for child in _all(entry, "creator")]
    # One element for all of them, or one for each, which may be a body with commas in its name.
    return values.people(creators if len(creators) > 1 else ", ".join(creators))


def _named_author(author: ET.Element) -> str:
    """Return the name of an author, which OAI-PMH gives in parts."""
    parts = (_text(author, key) for key in ("forenames", "keyname", "suffix"))
    return _text(author, "name") or " ".join(filter(None, parts))


READER = Reader("arxiv-feeds", (".xml", ".atom", ".rss"), parse, order=10, accounts=True)

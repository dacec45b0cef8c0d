"""From an object to a record."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers, names
from dayleaf.archive.model import Extras, Record, Score
from dayleaf.base.errors import Severity
from dayleaf.readers import values
from dayleaf.readers.json_papers.fields import (
    ABSTRACTS,
    ADDRESSES,
    AUTHORS,
    CATEGORIES,
    CODES,
    COMMENTS,
    DAILY,
    IDS,
    JOURNALS,
    PDFS,
    PRIMARIES,
    PROJECTS,
    PUBLISHED,
    SCORES,
    TITLES,
    TOPICS,
    UPDATED,
    value_of,
)
from dayleaf.readers.json_papers.shapes import text_of
from dayleaf.readers.json_papers.summaries import sections
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog, cut

if TYPE_CHECKING:
    from dayleaf.readers.json_papers.fields import Fields, PaperObject

_YEAR = re.compile(r"\s*\d{4}\s*\Z")
_VERSION = re.compile(r"v(\d{1,3})\Z")
_ANNOUNCED = re.compile(r"\A\s*arXiv:\S+\s+Announce Type:\s*[\w-]+\s+Abstract:\s*", re.IGNORECASE)


def record(paper: PaperObject, day: str | None, language: str, log: ProblemLog) -> Record | None:
    """Return an object's record; None, and a report, if it cannot be published.

    `day` is the file's own, and `language` that of its summaries, empty where it does not say.
    """
    fields = paper.fields
    title = _text(fields, TITLES, "title", paper.line, log)
    named = _named(paper)
    address = _any_address(fields, ADDRESSES)
    if not title and not named:
        wanted = "a title or an identifier"
        log(paper.line, Severity.REFUSED, "neither", expected=wanted, advice=LEFT_OUT)
        return None
    identifier = (
        named.identifier if named else identifiers.unnamed(address=address, title=title or "")
    )
    authors, others = _people(fields)
    published, updated = _times(fields, paper.line, log)
    version = _version_of(fields, named.version if named else 0)
    named_day = _daily(fields) or paper.day or day
    # arXiv's metadata tell when each paper came; a date in the file's name is that of the snapshot.
    own = (published or "")[:10]
    if "versions" not in fields:
        own = values.written_day(value_of(fields, PUBLISHED)) or own
    listed = own if own and "versions" in fields else named_day or own
    listed = listed or values.month_of(identifier) or _month(fields) or ""
    if not listed:
        wanted = "a date in the file's name or in the record"
        log(paper.line, Severity.REFUSED, "none", expected=wanted, advice=LEFT_OUT)
        return None
    abstract = _abstract(fields, paper.line, log)
    return Record(
        line=paper.line,
        identifier=identifier,
        version=version,
        title=title or identifier.value,
        authors=authors,
        day=listed if listed != day else "",
        categories=values.categories(
            value_of(fields, CATEGORIES) or paper.category, value_of(fields, PRIMARIES)
        ),
        topics=_topics(fields, paper.topics),
        abstract=_ANNOUNCED.sub("", abstract) if abstract else None,
        comment=_text(fields, COMMENTS, "comment", paper.line, log),
        journal=_text(fields, JOURNALS, "journal", paper.line, log),
        dois=identifiers.dois(values.text(fields.get("doi")) or ""),
        url=address if named is None or identifier.address is None else None,
        pdf=_any_address(fields, PDFS),
        published=published,
        updated=updated,
        extras=_extras(fields, version, language, abstract=abstract, others=others),
    )


def _month(fields: Fields) -> str | None:
    """Return the month of a paper of which nobody says the day."""
    return values.month(value_of(fields, PUBLISHED))


def _text(
    fields: Fields, keys: tuple[str, ...], what: str, line: int, log: ProblemLog
) -> str | None:
    value = text_of(value_of(fields, keys))
    if value is None or isinstance(value, (str, int, float)):
        return values.text(value)
    excerpt = repr(cut(json.dumps(value, ensure_ascii=False)))
    done = "the paper is listed without it"
    log(line, Severity.PARTIAL, excerpt, expected="text", advice=done, about=what)
    return None


def _abstract(fields: Fields, line: int, log: ProblemLog) -> str | None:
    """Return the abstract: of several texts the first, unless it is cut and another is whole."""
    plain = fields.get("abstract")
    if isinstance(plain, str) and not plain.endswith(_CUT) and (whole := values.text(plain)):
        return whole
    texts = [values.text(text_of(fields[key])) for key in ABSTRACTS if key in fields]
    present = [text for text in texts if text]
    if not present:
        group = "summary" if isinstance(fields.get("summary"), dict) else None
        known = {key: fields[key] for key in fields if key != group}
        return _text(known, ABSTRACTS, "abstract", line, log)
    first, *others = present
    if first.endswith(_CUT):
        start = first.rstrip(".… ")
        first = next((text for text in others if text.startswith(start)), first)
    return first


def _daily(fields: Fields) -> str | None:
    if _DAILY.isdisjoint(fields):
        return None
    return values.day(value_of(fields, DAILY))


_DAILY = frozenset(DAILY)
_CUT = ("...", "…")
"""What a text ends with that was cut."""
_NAMING = (*IDS, *ADDRESSES, *PDFS)


def _named(paper: PaperObject) -> identifiers.Named | None:
    """Return the identifier, from whatever names the paper."""
    fields = paper.fields
    candidates = [fields[key] for key in _NAMING if key in fields]
    for value in (*candidates, paper.name):
        if isinstance(value, str) and (named := identifiers.parse(value)):
            return named
    for key in ("paper_id", "id"):  # `202608/21/2608.13426v1-reduced-matrix-multiplication`
        value = fields.get(key)
        if isinstance(value, str):
            name = value.rpartition("/")[2]
            if match := re.match(r"\d{4}\.\d{4,5}(?:v\d{1,3})?(?![\d.])", name, re.ASCII):
                return identifiers.parse(match[0])
    doi = values.text(fields.get("doi"))
    return identifiers.parse(doi) if doi else None


def _address(value: object) -> str | None:
    address = values.text(value) if value is not None else None
    return address if address and re.match(r"https?://[^\s\"<>]+\Z", address) else None


def _any_address(fields: Fields, keys: tuple[str, ...]) -> str | None:
    return next((a for key in keys if key in fields and (a := _address(fields[key]))), None)


def _people(fields: Fields) -> tuple[tuple[str, ...], bool]:
    parsed, written = fields.get("authors_parsed"), fields.get("authors")
    if isinstance(parsed, list) and isinstance(written, str):
        # The whole field in one go, where that says the same as the list of its parts.
        tidy = names.split_tidy(" ".join(written.split()))
        if tidy and len(tidy) == len(parsed):
            return tidy, False
    for key in AUTHORS:
        authors, others = values.people(fields.get(key))
        if authors:
            return authors, others
    return (), False


def _times(fields: Fields, line: int, log: ProblemLog) -> tuple[str | None, str | None]:
    versions = fields.get("versions")
    if isinstance(versions, list) and versions and all(isinstance(v, dict) for v in versions):
        first = values.time(versions[0].get("created"))
        last = values.time(versions[-1].get("created")) if len(versions) > 1 else first
        if first:
            return first, last
    return _time(fields, PUBLISHED, line, log), _time(fields, UPDATED, line, log)


def _time(fields: Fields, keys: tuple[str, ...], line: int, log: ProblemLog) -> str | None:
    """Return the first time among some fields, whatever its form; one of no form is reported."""
    listed = ((key, fields[key]) for key in keys if key in fields)
    key, value = next(((key, entry) for key, entry in listed if values.text(entry)), ("", None))
    if value is None or (time := values.time(value)):
        return time if value is not None else None
    if isinstance(value, str) and (day := values.day(value)):
        if values.is_ambiguous(value):
            wanted, read = "a day that can be read in one way", f"read as {day}"
            log(line, Severity.NOTE, repr(value), expected=wanted, advice=read, about=key)
        return f"{day}T00:00:00Z"
    time = values.of_epoch(value)
    if (
        time is None
        and values.text(value)
        and not values.month(value)
        and isinstance(value, str)
        and not _YEAR.match(value)
    ):
        done = "the paper is listed without it"
        log(line, Severity.PARTIAL, repr(cut(value)), expected="a date", advice=done, about=key)
    return time


def _version_of(fields: Fields, named: int) -> int:
    versions = fields.get("versions")
    if named or not isinstance(versions, list) or not versions:
        return named
    last = versions[-1]
    match = _VERSION.search(str(last.get("version"))) if isinstance(last, dict) else None
    return int(match[1]) if match else 0


def _topics(fields: Fields, above: tuple[str, ...]) -> tuple[str, ...]:
    value = value_of(fields, TOPICS)
    listed = re.split(r"[,;]", value) if isinstance(value, str) else value
    entries = listed if isinstance(listed, list) else []
    topics = filter(None, (values.text(text_of(entry)) for entry in entries))
    own = (topic.removeprefix("query:") for topic in topics)
    return tuple(dict.fromkeys((*above[-1:], *own)))


def _extras(
    fields: Fields, version: int, language: str, *, abstract: str | None, others: bool
) -> Extras | None:
    if _PLAIN.issuperset(fields):
        return Extras(others=True) if others else None
    summaries = tuple(sections(fields, abstract, language))
    codes = value_of(fields, CODES)
    code = (
        next(filter(None, map(_address, codes)), None)
        if isinstance(codes, list)
        else _address(codes)
    )
    project = _address(value_of(fields, PROJECTS))
    scores = {SCORES[key]: values.text(fields[key]) for key in SCORES if key in fields}
    extras = Extras(
        summaries,
        version if summaries else 0,
        code,
        (("Project", project),) if project else (),
        tuple(Score(name, value) for name, value in scores.items() if value),
        others,
    )
    return None if extras == Extras() else extras


_PLAIN = frozenset(
    """id submitter authors title comments journal-ref doi report-no categories license abstract
    versions update_date authors_parsed pdf abs comment published updated""".split()
)
"""Fields that hold no summary, link to code or score: those of arXiv's snapshot among them."""

"""JSON in the shapes in which collectors keep papers: lines, lists and objects, by day or in one.

Fields go by many names; the tables below say which. A file is claimed if it holds at least one
object with a title and something that names it, or an empty list where papers would stand.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import identifiers, names
from dayleaf.model import SHORT, Digest, Extras, Record, Refusal, Score, Section, Severity
from dayleaf.readers import values
from dayleaf.readers.problem_log import ProblemLog, cut
from dayleaf.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.model import Problem

    Fields = Mapping[str, object]

_IDS = ("arxiv_id", "arxivid", "id", "entry_id", "paper_id", "identifier", "arxiv", "short_id")
_ADDRESSES = (
    "abs",
    "abs_url",
    "abstract_url",
    "url",
    "link",
    "entry_id",
    "html_url",
    "paper_url",
    "guid",
)
_PDFS = ("pdf", "pdf_url", "pdfurl", "pdf_link")
_TITLES = ("title", "title_en", "paper_title")
_AUTHORS = ("authors_parsed", "authors", "author", "creators", "author_list")
_ABSTRACTS = ("summary", "abstract", "abstract_en", "description")
_COMMENTS = ("comment", "comments", "arxiv_comment")
_JOURNALS = ("journal_ref", "journal-ref", "journal", "journal_reference", "venue")
_CATEGORIES = ("categories", "category", "subjects", "cats")
_PRIMARIES = ("primary_category", "primarycategory", "main_category")
_PUBLISHED = (
    "published",
    "published_date",
    "publish_date",
    "publication_date",
    "submitted",
    "created",
    "date",
)
_UPDATED = ("updated", "updated_date", "update_date", "update_time", "last_updated")
_TOPICS = ("topics", "topic", "tags", "keywords")
_CODES = (
    "code_url",
    "code_link",
    "code_links",
    "code",
    "github",
    "github_url",
    "repo_url",
    "official_code",
)
_PROJECTS = ("project_url", "project_page", "project", "homepage")
_SHORT = ("tldr", "tl;dr", "tl_dr", "one_sentence_summary")
_HEADINGS = {
    "motivation": "Motivation", "method": "Method", "methods": "Method", "result": "Result",
    "results": "Results", "conclusion": "Conclusion", "evidence": "Evidence",
    "contribution": "Contribution", "contributions": "Contributions", "title_zh": "Title",
    "abstract_zh": "Abstract",
}  # fmt: skip
"""Sections of a summary -> their headings."""
_SCORES = {
    "score": "Score",
    "relevance_score": "Relevance",
    "relevance": "Relevance",
    "novelty": "Novelty",
}
_LISTS = frozenset("papers entries items results data articles records feed list".split())
_EDITION = re.compile(r"_AI_enhanced_(?P<language>[A-Za-z]+)")
_TITLE = re.compile(r'"(?:title|paper_title)"\s*:', re.IGNORECASE)
_OBJECT = re.compile(r'\{(?=\s*["}])')
# Each of them counts the lines before it.
_MOST_FAILURES = 10_000
_OF_A_PAPER = re.compile(r'"(?:authors?|abstract|summary|arxiv_id|pdf_url)"|arxiv', re.IGNORECASE)
_VERSION = re.compile(r"v(\d{1,3})\Z")
_ANNOUNCED = re.compile(r"\A\s*arXiv:\S+\s+Announce Type:\s*[\w-]+\s+Abstract:\s*", re.IGNORECASE)


class _Found(NamedTuple):
    """An object that may be a paper."""

    fields: Fields
    line: int
    name: str | None
    """The key that it stands under, which may be its identifier."""
    topics: tuple[str, ...]
    day: str | None


def parse(text: str, *, source: str, problems: tuple[Problem, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the text is not one."""
    log = ProblemLog(source, problems)
    day = values.day_of_path(source)
    if not text.strip():
        return Digest(source, day or "", (), 0, tuple(log.problems)) if day else None
    if text.lstrip()[0] not in "{[" and "\n{" not in text:
        return None
    found, lists = _objects(text, log)
    seen = [one for one in found if _is_paper(one)]
    if not seen and not log.broken and not (lists and day):
        return None
    language = _language(source)
    records = tuple(
        record for one in seen if (record := _guarded(one, day, language, log)) is not None
    )
    count = len(seen) + log.broken
    if not records and count:
        return Refusal(source, count, tuple(log.problems))
    return Digest(source, day or "", records, count, tuple(log.problems))


# ---- From text to objects -----------------------------------------------------------------------


def _objects(text: str, log: ProblemLog) -> tuple[list[_Found], bool]:
    """List the objects of a text; tell whether it holds a list, perhaps an empty one, of papers."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return _of_lines(text, log)
    if isinstance(value, dict) and _is_paper(_Found(value, 1, None, (), None)):
        return [_Found(_folded(value), 1, None, (), None)], True
    found = list(_walk(value, (), None, None))
    named = isinstance(value, dict) and any(str(key).lower() in _LISTS for key in value)
    return _placed(found, text), isinstance(value, list) or named


def _of_lines(text: str, log: ProblemLog) -> tuple[list[_Found], bool]:
    """Read a text whose lines are objects; or else, what can be saved of one that is broken."""
    found: list[_Found] = []
    failed: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            failed.append((number, line, str(error)))
            continue
        if isinstance(value, dict):
            found.append(_Found(_folded(value), number, None, (), None))
        elif value not in ("", None):
            failed.append((number, line, "no object"))
    if found and len(failed) < max(len(found), 2) and not text.lstrip().startswith("["):
        for number, line, why in failed:
            message = f"expected a JSON object on the line, found {cut(line)!r} ({why})"
            log(number, Severity.REFUSED, f"{message}; the line is left out")
        log.broken += len(failed)
        return found, True
    return _saved(text, log)


def _saved(text: str, log: ProblemLog) -> tuple[list[_Found], bool]:
    """Return the objects that stand whole in a broken text, a file that was cut off for one."""
    decode = json.JSONDecoder().raw_decode
    found: list[_Found] = []
    end, whole, line, failures = 0, 0, 1, 0
    while (match := _OBJECT.search(text, end)) and failures < _MOST_FAILURES:
        at = match.start()
        try:
            value, end = decode(text, at)
        except RecursionError:
            end = text.find("\n", at) + 1 or len(text)
        except ValueError:
            end = at + 1
            failures += 1
        else:
            inner = list(_walk(value, (), None, None))
            if inner:
                line = _torn(text, whole, at, line, log, known=bool(found))
                found += [one._replace(line=line) for one in inner]
                whole = end
                line += text.count("\n", at, end)
    _torn(text, whole, len(text), line, log, known=bool(found))
    if found:
        message = (
            f"expected whole JSON, found a mistake or the file's end too soon; {len(found)} papers "
            "were read: fetch the file again"
        )
        log(text.count("\n") + 1, Severity.PARTIAL, message)
    return found, False


def _torn(text: str, start: int, end: int, line: int, log: ProblemLog, *, known: bool) -> int:
    """Refuse the papers that stand broken in a stretch of JSON; return the line of its end.

    `line` is that of its beginning, and `known` whether the text is known to hold papers.
    """
    stretch = text[start:end]
    titles = list(_TITLE.finditer(stretch))
    if known and not titles and end == len(text):  # cut off before the title
        titles = list(_OBJECT.finditer(stretch))[:1]
    if titles and (known or _OF_A_PAPER.search(stretch)):
        at = 0
        for match in titles:
            line += stretch.count("\n", at, match.start())
            at = match.start()
            said = cut(" ".join(stretch[at : at + 200].split()))
            log(line, Severity.REFUSED, f"expected a whole JSON object, found {said!r}; left out")
        log.broken += len(titles)
        return line + stretch.count("\n", at)
    return line + stretch.count("\n")


def _walk(
    value: object, topics: tuple[str, ...], name: str | None, day: str | None
) -> Iterator[_Found]:
    """Yield the objects that may be papers, with what the keys above them say."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, (dict, list)):
                yield from _walk(one, topics, None, day)
    elif isinstance(value, dict):
        found = _Found(_folded(value), 1, name, topics, day)
        if _is_paper(found):
            yield found
            return
        own = values.day(value.get("date")) or day
        for key, inner in value.items():
            if not isinstance(inner, (dict, list)):
                continue
            if identifiers.parse(key) or key.lower() in _LISTS:
                yield from _walk(inner, topics, key, own)
            elif values.day(key) and not re.search(r"[A-Za-z]", key):
                yield from _walk(inner, topics, None, values.day(key))
            else:
                yield from _walk(inner, (*topics, key), key, own)


def _placed(found: list[_Found], text: str) -> list[_Found]:
    """Give objects the lines on which their titles stand."""
    placed: list[_Found] = []
    at, line = 0, 1
    for one in found:
        title = _first(one.fields, _TITLES)
        quoted = json.dumps(title, ensure_ascii=False) if isinstance(title, str) else ""
        place = text.find(quoted, at) if quoted else -1
        if place < 0 and quoted:
            place = text.find(json.dumps(title), at)
        if place >= 0:
            line += text.count("\n", at, place)
            at = place
        placed.append(one._replace(line=line))
    return placed


def _folded(fields: dict[str, object]) -> Fields:
    """Return fields by their names in small letters; the first of equal ones stays."""
    found = {key.lower(): fields[key] for key in reversed(fields)}
    if "COMMENT" in fields:  # not the authors' comment, but what somebody says of the paper
        found["ai_comment"] = found.pop("comment")
    return found


def _is_paper(found: _Found) -> bool:
    fields = found.fields
    if not any(key in fields for key in _TITLES):
        return False
    rest = (*_IDS, *_ADDRESSES, *_PDFS, *_AUTHORS, *_ABSTRACTS, "doi")
    return found.name is not None or any(key in fields for key in rest)


# ---- From an object to a record -----------------------------------------------------------------


def _guarded(found: _Found, day: str | None, language: str, log: ProblemLog) -> Record | None:
    """Return a record; None for one that cannot be published, which is reported."""
    try:
        return _record(found, day, language, log)
    except Exception as error:  # noqa: BLE001 - one bad record never takes the others with it
        log.failed(found.line, error)
        return None


def _record(found: _Found, day: str | None, language: str, log: ProblemLog) -> Record | None:
    fields = found.fields
    title = _text(fields, _TITLES, "title", found.line, log)
    named = _named(found)
    address = _any_address(fields, _ADDRESSES)
    if not title and not named:
        log(
            found.line,
            Severity.REFUSED,
            "expected a title or an identifier, found neither; left out",
        )
        return None
    identifier = (
        named.identifier if named else identifiers.unnamed(address=address, title=title or "")
    )
    authors, others = _people(fields)
    published, updated = _times(fields)
    version = _version_of(fields, named.version if named else 0)
    named_day = found.day or day
    # arXiv's metadata tell when each paper came; a date in the file's name is that of the snapshot.
    own = (published or "")[:10]
    listed = own if own and "versions" in fields else named_day or own
    listed = listed or values.month_of(identifier) or ""
    if not listed:
        message = "expected a date in the file's name or in the record, found none; left out"
        log(found.line, Severity.REFUSED, message)
        return None
    abstract = _text(fields, _ABSTRACTS, "abstract", found.line, log)
    return Record(
        line=found.line,
        identifier=identifier,
        version=version,
        title=title or identifier.value,
        authors=authors,
        day=listed if listed != day else "",
        categories=values.categories(_first(fields, _CATEGORIES), _first(fields, _PRIMARIES)),
        topics=_topics(fields, found.topics),
        abstract=_ANNOUNCED.sub("", abstract) if abstract else None,
        comment=_text(fields, _COMMENTS, "comment", found.line, log),
        journal=_text(fields, _JOURNALS, "journal", found.line, log),
        dois=identifiers.dois(values.text(fields.get("doi")) or ""),
        url=address if named is None or identifier.address is None else None,
        pdf=_any_address(fields, _PDFS),
        published=published,
        updated=updated,
        extras=_extras(fields, version, language, others=others),
    )


def _first(fields: Fields, keys: tuple[str, ...]) -> object:
    """Return the first field of some names that says something."""
    for key in keys:
        value = fields.get(key)
        if value is not None and value not in ("", [], {}):
            return value
    return None


def _text(
    fields: Fields, keys: tuple[str, ...], what: str, line: int, log: ProblemLog
) -> str | None:
    value = _first(fields, keys)
    if value is None or isinstance(value, (str, int, float)):
        return values.text(value)
    message = f"{what}: expected text, found {cut(json.dumps(value, ensure_ascii=False))!r}"
    log(line, Severity.PARTIAL, f"{message}; the paper is listed without it")
    return None


_NAMING = (*_IDS, *_ADDRESSES, *_PDFS)


def _named(found: _Found) -> identifiers.Named | None:
    """Return the identifier, from whatever names the paper."""
    fields = found.fields
    candidates = [fields[key] for key in _NAMING if key in fields]
    for value in (*candidates, found.name):
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
    found = values.text(value) if value is not None else None
    return found if found and re.match(r"https?://[^\s\"<>]+\Z", found) else None


def _any_address(fields: Fields, keys: tuple[str, ...]) -> str | None:
    return next((a for key in keys if key in fields and (a := _address(fields[key]))), None)


def _people(fields: Fields) -> tuple[tuple[str, ...], bool]:
    parsed, written = fields.get("authors_parsed"), fields.get("authors")
    if isinstance(parsed, list) and isinstance(written, str):
        # The whole field in one go, where that says the same as the list of its parts.
        tidy = names.split_tidy(" ".join(written.split()))
        if tidy and len(tidy) == len(parsed):
            return tidy, False
    for key in _AUTHORS:
        authors, others = values.people(fields.get(key))
        if authors:
            return authors, others
    return (), False


def _times(fields: Fields) -> tuple[str | None, str | None]:
    versions = fields.get("versions")
    if isinstance(versions, list) and versions and all(isinstance(v, dict) for v in versions):
        first = values.time(versions[0].get("created"))
        last = values.time(versions[-1].get("created")) if len(versions) > 1 else first
        if first:
            return first, last
    return values.time(_first(fields, _PUBLISHED)), values.time(_first(fields, _UPDATED))


def _version_of(fields: Fields, named: int) -> int:
    versions = fields.get("versions")
    if named or not isinstance(versions, list) or not versions:
        return named
    last = versions[-1]
    match = _VERSION.search(str(last.get("version"))) if isinstance(last, dict) else None
    return int(match[1]) if match else 0


def _topics(fields: Fields, above: tuple[str, ...]) -> tuple[str, ...]:
    value = _first(fields, _TOPICS)
    listed = re.split(r"[,;]", value) if isinstance(value, str) else value
    found = list(above[-1:])
    for one in listed if isinstance(listed, list) else ():
        name = values.text(one.get("name") if isinstance(one, dict) else one)
        if name:
            found.append(name.removeprefix("query:"))
    return tuple(dict.fromkeys(found))


def _extras(fields: Fields, version: int, language: str, *, others: bool) -> Extras | None:
    if _EXTRAS.isdisjoint(fields):
        return Extras(others=True) if others else None
    inner = fields.get("ai")
    summary = {**fields, **(_folded(inner) if isinstance(inner, dict) else {})}
    sections = []
    short = values.text(_first(summary, _SHORT))
    if short:
        sections.append(Section(SHORT, short, language or values.language_of(short)))
    for key, heading in (*_HEADINGS.items(), ("ai_comment", "Comment")):
        words = values.text(summary.get(key))
        if words:
            sections.append(Section(heading, words, language or values.language_of(words)))
    codes = _first(fields, _CODES)
    code = (
        next(filter(None, map(_address, codes)), None)
        if isinstance(codes, list)
        else _address(codes)
    )
    project = _address(_first(fields, _PROJECTS))
    scores = {_SCORES[key]: values.text(fields[key]) for key in _SCORES if key in fields}
    found = Extras(
        tuple(sections),
        version if sections else 0,
        code,
        (("Project", project),) if project else (),
        tuple(Score(name, value) for name, value in scores.items() if value),
        others,
    )
    return None if found == Extras() else found


_EXTRAS = frozenset({"ai", "ai_comment", *_SHORT, *_HEADINGS, *_CODES, *_PROJECTS, *_SCORES})


def _language(source: str) -> str:
    """Return the language of an edition, which its file's name says."""
    match = _EDITION.search(source)
    return values.LANGUAGES.get(match["language"].lower(), "") if match else ""


_EXAMPLE = """\
{"id": "2603.01001", "title": "Tides in a Teacup", "authors": ["Ada Quill", "Bo Fenn"], \
"categories": ["cs.CV", "cs.LG"], "summary": "We look into a teacup and see the tide.", \
"comment": "8 pages", "AI": {"tldr": "Cups have tides."}, \
"code_url": "https://github.com/quill/tides"}
{"id": "2603.01002", "title": "Slow Rivers", "authors": ["Una Brook"], "categories": ["cs.CV"], \
"summary": "A river is slow where it is wide."}
"""
READER = Reader(
    "json",
    (".json", ".jsonl", ".ndjson"),
    parse,
    order=50,
    by_lines=True,
    example=("data/2026-03-06.jsonl", _EXAMPLE),
)

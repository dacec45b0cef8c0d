"""Exports of reference managers as digests: BibTeX, RIS and PubMed's nbib."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from dayleaf.base.errors import Severity
from dayleaf.readers.json_papers import objects
from dayleaf.readers.json_papers.fields import PaperObject
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog, cut
from dayleaf.readers.reader import Reader
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.archive.model import Digest, Refusal
    from dayleaf.base.errors import Finding

_ENTRY = re.compile(r"^\s*@\s*\w+\s*[{(]", re.MULTILINE)
_RIS = re.compile(r"^TY  ?-", re.MULTILINE)
_NBIB = re.compile(r"^PMID- ", re.MULTILINE)
_TAG = re.compile(r"(?P<tag>[A-Z]{2,4}) *- (?P<value>.*)\Z")
_AID = re.compile(r"(?P<doi>10\.\S+) \[doi\]")
_RIS_FIELDS = {
    "primary_title": "title", "title": "title", "authors": "authors", "first_authors": "authors",
    "abstract": "abstract", "notes_abstract": "abstract", "doi": "doi", "date": "published",
    "publication_year": "year", "year": "year", "keywords": "keywords", "journal_name": "journal",
    "secondary_title": "journal", "alternate_title3": "journal",
}  # fmt: skip
_NBIB_FIELDS = {"TI": "title", "AB": "abstract", "JT": "journal", "DP": "published"}
_NBIB_LISTS = {"FAU": "authors", "OT": "keywords"}


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the text is in none of the three formats."""
    log = ProblemLog(source, problems)
    if _NBIB.search(text):
        entries = _of_nbib(text)
    elif _RIS.search(text):
        entries = _of_ris(text)
    elif _ENTRY.search(text):
        entries = _of_bibtex(text, log)
    else:
        return None
    return objects.digest(entries, source=source, log=log)


def _of_bibtex(text: str, log: ProblemLog) -> Iterator[PaperObject]:
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - 100 ms, in few archives

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # we say it ourselves
    library = parse_string(text)
    for entry in library.entries:
        fields: dict[str, object] = {
            field.key.lower(): _unbraced(str(field.value)) for field in entry.fields
        }
        authors = str(fields.get("author") or "")
        fields["authors"] = [
            "et al." if author == "others" else author
            for author in map(str.strip, re.split(r"\s+and\s+", authors))
            if author
        ]
        fields.pop("author", None)
        fields.setdefault("journal", fields.get("journaltitle") or fields.get("booktitle"))
        if (
            str(fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
            == "arxiv"
        ):
            fields.setdefault("arxiv_id", fields.get("eprint"))
        fields["published"] = _date(fields)
        yield PaperObject(fields, (entry.start_line or 0) + 1, None, (), None)
    for block in library.failed_blocks:
        excerpt = repr(cut(" ".join(str(block.raw).split())))
        line = (block.start_line or 0) + 1
        log(line, Severity.REFUSED, excerpt, expected="an entry of BibTeX", advice=LEFT_OUT)
        log.broken += 1


def _unbraced(value: str) -> str:
    """Return a value of BibTeX as text, without the braces that keep capitals."""
    plain = to_plain(value) if "\\" in value else value
    parts = plain.split("$")
    parts[::2] = [part.replace("{", "").replace("}", "") for part in parts[::2]]
    return "$".join(parts)


def _date(fields: dict[str, object]) -> str | None:
    """Return the date of an entry, from one field or several."""
    if fields.get("date"):
        return str(fields["date"])
    parts = (str(fields.get(key) or "") for key in ("month", "day", "year"))
    return " ".join(filter(None, parts)) or None


def _of_ris(text: str) -> Iterator[PaperObject]:
    import rispy  # noqa: PLC0415 - few archives need it

    lines = [text.count("\n", 0, match.start()) + 1 for match in _RIS.finditer(text)]
    for place, entry in enumerate(rispy.loads(text)):
        fields: dict[str, object] = {}
        for key, value in entry.items():
            if name := _RIS_FIELDS.get(key):
                fields.setdefault(name, value)
        urls = entry.get("urls") or []
        fields["url"] = next(iter(urls), None) if isinstance(urls, list) else urls
        fields.setdefault("published", fields.get("year"))
        yield PaperObject(fields, lines[min(place, len(lines) - 1)], None, (), None)


def _of_nbib(text: str) -> Iterator[PaperObject]:
    starts = [match.start() for match in _NBIB.finditer(text)]
    line, last = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", last, start)
        last = start
        yield PaperObject(_nbib_fields(text[start:end]), line, None, (), None)


def _nbib_fields(entry: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    lists: dict[str, list[str]] = {}
    for line in re.sub(r"\n {6}", " ", entry.replace("\r", "")).split("\n"):
        match = _TAG.match(line)
        if match is None:
            continue
        tag, value = match["tag"], match["value"].strip()
        if name := _NBIB_FIELDS.get(tag):
            fields.setdefault(name, value)
        elif name := _NBIB_LISTS.get(tag):
            lists.setdefault(name, []).append(value)
        elif tag in {"AID", "LID"} and (doi := _AID.match(value)):
            fields["doi"] = doi["doi"]
        elif tag == "PMID":
            fields["url"] = f"https://pubmed.ncbi.nlm.nih.gov/{value}/"
    fields["title"] = str(fields.get("title") or "").removesuffix(".")
    return fields | lists


_EXAMPLE = """\
@misc{quill2026tides,
  title = {Tides in a {Teacup}},
  author = {Quill, Ada and Fenn, Bo},
  eprint = {2603.01001},
  archivePrefix = {arXiv},
  date = {2026-03-06},
}
"""
READER = Reader(
    "references",
    (".bib", ".ris", ".nbib"),
    parse,
    order=60,
    example=("2026-03-06.bib", _EXAMPLE),
)

"""The objects of a file that may be papers, and the many names that their fields go by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.readers import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Fields = Mapping[str, object]

IDS = ("arxiv_id", "arxivid", "id", "entry_id", "paper_id", "identifier", "arxiv", "short_id")
ADDRESSES = (
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
PDFS = ("pdf", "pdf_url", "pdfurl", "pdf_link")
TITLES = ("title", "title_en", "paper_title")
AUTHORS = ("authors_parsed", "authors", "author", "creators", "author_list")
ABSTRACTS = ("summary", "abstract", "abstract_en", "description")
COMMENTS = ("comment", "comments", "arxiv_comment")
JOURNALS = ("journal_ref", "journal-ref", "journal", "journal_reference", "venue")
CATEGORIES = ("categories", "category", "subjects", "cats")
PRIMARIES = ("primary_category", "primarycategory", "main_category")
PUBLISHED = (
    "published",
    "published_date",
    "publish_date",
    "publication_date",
    "submitted",
    "created",
    "date",
)
UPDATED = ("updated", "updated_date", "update_date", "update_time", "last_updated")
TOPICS = ("topics", "topic", "tags", "keywords")
CODES = (
    "code_url",
    "code_link",
    "code_links",
    "code",
    "github",
    "github_url",
    "repo_url",
    "official_code",
)
PROJECTS = ("project_url", "project_page", "project", "homepage")
BRIEFS = ("tldr", "tl;dr", "tl_dr", "one_sentence_summary")
HEADINGS = {
    "motivation": "Motivation", "method": "Method", "methods": "Method", "result": "Result",
    "results": "Results", "conclusion": "Conclusion", "evidence": "Evidence",
    "contribution": "Contribution", "contributions": "Contributions", "title_zh": "Title",
    "abstract_zh": "Abstract",
}  # fmt: skip
"""Sections of a summary -> their headings."""
SCORES = {
    "score": "Score",
    "relevance_score": "Relevance",
    "relevance": "Relevance",
    "novelty": "Novelty",
}
LISTS = frozenset("papers entries items results data articles records feed list".split())


class PaperObject(NamedTuple):
    """An object that may be a paper."""

    fields: Fields
    line: int
    name: str | None
    """The key that it stands under, which may be its identifier."""
    topics: tuple[str, ...]
    day: str | None


def folded(fields: dict[str, object]) -> Fields:
    """Return fields by their names in small letters; the first of equal ones stays."""
    found = {key.lower(): fields[key] for key in reversed(fields)}
    if "COMMENT" in fields:  # not the authors' comment, but what somebody says of the paper
        found["ai_comment"] = found.pop("comment")
    return found


def is_paper(found: PaperObject) -> bool:
    """Tell whether an object has a title, and something else that a paper has."""
    fields = found.fields
    if not any(key in fields for key in TITLES):
        return False
    rest = (*IDS, *ADDRESSES, *PDFS, *AUTHORS, *ABSTRACTS, "doi")
    return found.name is not None or any(key in fields for key in rest)


def walk(
    value: object, topics: tuple[str, ...], name: str | None, day: str | None
) -> Iterator[PaperObject]:
    """Yield the objects that may be papers, with what the keys above them say."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, (dict, list)):
                yield from walk(one, topics, None, day)
    elif isinstance(value, dict):
        found = PaperObject(folded(value), 1, name, topics, day)
        if is_paper(found):
            yield found
            return
        own = values.day(value.get("date")) or day
        for key, inner in value.items():
            if not isinstance(inner, (dict, list)):
                continue
            if identifiers.parse(key) or key.lower() in LISTS:
                yield from walk(inner, topics, key, own)
            elif values.day(key) and not re.search(r"[A-Za-z]", key):
                yield from walk(inner, topics, None, values.day(key))
            else:
                yield from walk(inner, (*topics, key), key, own)


def value_of(fields: Fields, keys: tuple[str, ...]) -> object:
    """Return the first field of some names that says something."""
    for key in keys:
        value = fields.get(key)
        if value is not None and value not in ("", [], {}):
            return value
    return None

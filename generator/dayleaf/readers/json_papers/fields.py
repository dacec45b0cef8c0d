"""The objects of a file that may be papers, and the many names that their fields go by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.readers import values
from dayleaf.readers.json_papers.shapes import plain

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
PDFS = ("pdf", "pdf_url", "pdfurl", "pdf_link", "openaccesspdf")
TITLES = ("title", "title_en", "paper_title", "original_title")
AUTHORS = ("authors_parsed", "authors", "author", "creators", "author_list", "author_names")
ABSTRACTS = (
    "abstract",
    "abstract_en",
    "paper_abstract",
    "original_abstract",
    "arxiv_abstract",
    "summary",
    "summary_en",
    "description",
)
COMMENTS = ("comment", "comments", "arxiv_comment")
JOURNALS = ("journal_ref", "journal-ref", "journal", "journal_reference", "venue")
CATEGORIES = ("categories", "category", "subjects", "cats")
PRIMARIES = ("primary_category", "primarycategory", "main_category")
PUBLISHED = (
    "published",
    "publishedat",
    "published_at",
    "publicationdate",
    "published_date",
    "publish_date",
    "publication_date",
    "submitted",
    "submitted_date",
    "published-online",
    "published-print",
    "posted",
    "issued",
    "created",
    "date",
    "arxiv_submitted",
)
UPDATED = (
    "updated", "updated_date", "update_date", "update_time", "last_updated", "updatedat",
    "updated_at", "arxiv_updated",
)  # fmt: skip
TOPICS = ("topics", "topic", "tags", "keywords", "ai_keywords", "fieldsofstudy")
CODES = (
    "code_url",
    "code_link",
    "code_links",
    "code",
    "github",
    "github_url",
    "repo_url",
    "official_code",
    "githubrepo",
    "github_repo",
    "github_link",
    "repository",
    "codeurl",
)
PROJECTS = ("project_url", "project_page", "project", "homepage", "projectpage")
SCORES = {
    "score": "Score",
    "relevance_score": "Relevance",
    "relevance": "Relevance",
    "novelty": "Novelty",
    "upvotes": "Upvotes",
    "votes": "Votes",
    "likes": "Likes",
    "rating": "Rating",
    "importance": "Importance",
    "overall_score": "Overall score",
    "quality_score": "Quality",
    "novelty_score": "Novelty",
    "citationcount": "Citations",
    "citation_count": "Citations",
}
DAILY = ("submittedondailyat", "digest_date", "announcement_date", "announced_date", "listed_on")
"""Fields that name the day of a list of papers."""
LISTS = frozenset(
    "papers entries items results data articles records feed list notes collection".split()
)
_DAYS = ("date", "day", "digest_date", "range", "period", "date_range", "week", "label")
_RANGE = re.compile(r"\s*[~〜～至]\s*|\s+(?:-|–|—|to)\s+")
_NO_TOPIC = re.compile(
    r"(?:[a-z]*_?(?:papers?|entries|items?|results?|data|articles?|records?|feed|lists?|notes?|hits?|"
    r"response|message|collection|docs?|documents?|works?|publications?|children|content|payload|"
    r"body|top|other|others|all|daily|weekly|selected|recommended|recommendations|picks|latest|recent|"
    r"new|categories|category|topics|groups|sections|by_category|by_topic|days|dates|archive|main|"
    r"highlights|featured|ranked|filtered|matched|relevant))+\Z",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"(?:cs|math|stat|eess|physics|astro-ph|cond-mat|q-bio|q-fin|econ|nlin)\.[A-Za-z-]{2,17}\Z|"
    r"(?:hep-(?:ex|lat|ph|th)|gr-qc|quant-ph|nucl-(?:ex|th)|math-ph|astro-ph|cond-mat)\Z"
)


class PaperObject(NamedTuple):
    """An object that may be a paper."""

    fields: Fields
    line: int
    name: str | None
    """The key that it stands under, which may be its identifier."""
    topics: tuple[str, ...]
    day: str | None
    category: str | None = None
    """The code above it."""


def folded(fields: dict[str, object]) -> Fields:
    """Return fields by their names in small letters; the first of equal ones stays."""
    small = {key.lower(): fields[key] for key in reversed(fields)}
    if "COMMENT" in fields:  # not the authors' comment, but what somebody says of the paper
        small["ai_comment"] = small.pop("comment")
    return plain(small)


def is_paper(item: PaperObject) -> bool:
    """Tell whether an object has a title, and something else that a paper has."""
    fields = item.fields
    if not any(key in fields for key in TITLES):
        return False
    rest = (*IDS, *ADDRESSES, *PDFS, *AUTHORS, *ABSTRACTS, "doi")
    return item.name is not None or any(key in fields for key in rest)


class Above(NamedTuple):
    """What the keys above an object say."""

    topics: tuple[str, ...] = ()
    name: str | None = None
    day: str | None = None
    category: str | None = None


NOTHING_ABOVE = Above()


def walk(
    value: object, above: Above = NOTHING_ABOVE, left: list[str] | None = None
) -> Iterator[PaperObject]:
    """Yield the objects that may be papers, with what the keys above them say.

    Texts outside of them go into `left`.
    """
    if isinstance(value, list):
        for item in value:
            if isinstance(item, (dict, list)):
                yield from walk(item, above._replace(name=None), left)
            elif left is not None and isinstance(item, str):
                left.append(item)
    elif isinstance(value, dict):
        paper = PaperObject(folded(value), 1, above.name, above.topics, above.day, above.category)
        if is_paper(paper):
            yield paper
            return
        below = above._replace(day=_day_of(value) or above.day)
        for key, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield from walk(inner, _below(below, key), left)
            elif left is not None and isinstance(inner, str):
                left.append(inner)


def _day_of(value: dict[str, object]) -> str | None:
    """Return the day that an object names for the papers in it; of a range the last."""
    for key in _DAYS:
        text = value.get(key)
        if isinstance(text, str):
            days = [day for part in _RANGE.split(text) if (day := values.day(part))]
            if days:
                return days[-1]
    return None


def _below(above: Above, key: str) -> Above:
    """Return the facts known below a key: also a day, a category or a topic."""
    if identifiers.parse(key) or key.lower() in LISTS:
        return above._replace(name=key)
    if values.day(key) and not re.search(r"[A-Za-z]", key):
        return above._replace(day=values.day(key), name=None)
    if _CATEGORY.match(key):
        return above._replace(category=key, name=key)
    if _NO_TOPIC.match(key):
        return above._replace(name=None)
    return above._replace(topics=(*above.topics, key), name=key)


def value_of(fields: Fields, keys: tuple[str, ...]) -> object:
    """Return the first field of some names that says something."""
    for key in keys:
        value = fields.get(key)
        if value is not None and value not in ("", [], {}):
            return value
    return None

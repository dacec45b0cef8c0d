"""Markdown written for people: a heading for each paper, a link that identifies it, labelled lines.

A tolerant reader, the last to be tried: it claims a file only if it finds a date, in the file's
name or in a heading, and at least one paper with an identifier. It reads front matter too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.archive.model import SHORT, Digest, Extras, Record, Score, SummarySection
from dayleaf.base.errors import Finding, Severity
from dayleaf.readers import values
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog, cut
from dayleaf.readers.reader import Reader

if TYPE_CHECKING:
    from dayleaf.base.errors import Finding

_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.+?)\s*#*\s*\Z")
_LABEL = re.compile(
    r"(?:[-*+]\s+)?(?:\*\*|__)?(?P<label>[^\W\d_][^:：*]{0,40}?)\s*(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)?\s*[:：])\s*(?P<value>.*)\Z"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"\]|｜，。]+")
_LINK_ALONE = re.compile(r"(?:[-*+]\s+)?\**(?:<?https?://\S+|\[[^\]]+\]\(\S+\))\**\W*\Z")
_NUMBER = re.compile(r"\A(?:\[\d+\]|\(?\d+[.):、]|#\d+)\s*")
_ITALIC = re.compile(r"[*_](?P<names>[^*_].+?)[*_]\Z")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+(?P<text>.+)\Z")
_WORDS = frozenset(
    "link pdf paper abs abstract arxiv html code project here 来源链接 链接 论文 原文".split()
)
_LABELS = {
    "authors": "authors author 作者 著者 저자 auteurs autores",
    "abstract": "abstract summary 摘要 英文摘要 要旨 概要 초록 résumé resumen",
    "comment": "comments comment 备注",
    "journal": "journal venue journal-ref 期刊",
    "categories": "categories category subjects main-category primary-category primary 分类 类别",
    "published": "published date publish-date submitted 日期 发布日期 日期/年份 发表日期",
    "updated": "updated last-updated 更新日期",
    "id": "arxiv-id arxiv id arxivid doi paper-id 论文id",
    "link": "link url paper pdf links 链接 论文链接 pdf-link arxiv-link",
    "code": "code github code-link 代码 代码链接",
    "topics": "tags keywords topics research-tags research_tags 标签 关键词",
    "tldr": "tl;dr tldr tl-dr one-sentence-summary 一句话总结 要約",
}
_FIELD = {name: key for key, names in _LABELS.items() for name in names.split()}
_SECTIONS = {
    name: heading
    for heading, names in {
        "Motivation": "motivation 动机 研究动机",
        "Method": "method methods approach 方法",
        "Result": "result results 结果",
        "Conclusion": "conclusion conclusions 结论",
        "Evidence": "evidence",
        "Reason": "reason why-it-matters why_it_matters",
    }.items()
    for name in names.split()
}
_SCORES = {"relevance": "Relevance", "novelty": "Novelty", "score": "Score", "分数": "Score"}
_SHORT = 3_000
"""Characters below which a dated file without papers is a day on which there were none."""


@dataclass(slots=True)
class _Candidate:
    """A paper while its lines come in."""

    line: int
    title: str
    addresses: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    scores: dict[str, str] = field(default_factory=dict)
    more: dict[str, list[str]] = field(default_factory=dict)
    """The lines that go on with a value."""
    item: bool = False
    """Whether it is an item of a list, which ends with its line."""

    def is_described(self) -> bool:
        """Whether it is a paper, by what is said of it, though nothing identifies it."""
        return bool(self.title) and "authors" in self.values and "abstract" in self.values

    def named(self) -> identifiers.Named | None:
        """Return what identifies the paper."""
        found = map(identifiers.of_address, self.addresses)
        if named := next(filter(None, found), None):
            return named
        return identifiers.parse(self.values["id"]) if self.values.get("id") else None


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | None:
    """Read a digest; None where the text holds no date or no paper."""
    log = ProblemLog(source, problems)
    lines = text.replace("\r\n", "\n").split("\n")
    day = values.day_of_path(source) or _day_of_headings(lines)
    if day is None:
        return None
    front = _front(lines)
    if front:
        named = front.named()
        record = log.guarded(front.line, partial(_record, front, named)) if named else None
        return Digest(source, day, (record,), 1, tuple(log.problems)) if record else None
    found = _candidates(lines)
    papers = [(one, one.named()) for one in found if one.named() or one.is_described()]
    if any(named is not None for _, named in papers):
        tried = [log.guarded(one.line, partial(_checked, one, named, log)) for one, named in papers]
        records = tuple(record for record in tried if record is not None)
        return Digest(source, day, records, len(papers), tuple(log.problems))
    headed = any(_HEADING.match(line) and values.day(line) for line in lines[:5])
    if headed and values.day_of_path(source) and len(text) < _SHORT:
        return Digest(source, day, (), 0, tuple(log.problems))
    return None


def _day_of_headings(lines: list[str]) -> str | None:
    found = (values.day(match["text"]) for match in map(_HEADING.match, lines) if match)
    return next(filter(None, found), None)


def _front(lines: list[str]) -> _Candidate | None:
    """Return the paper that a file's front matter describes; None where it has none."""
    if not lines or lines[0].strip() != "---" or "---" not in map(str.strip, lines[1:200]):
        return None
    end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "---")
    found = _Candidate(1, "")
    for line in lines[1:end]:
        name, colon, value = line.partition(":")
        value = value.strip().strip("\"'")
        if not colon or not value:
            continue
        key = name.strip().casefold()
        if key == "title":
            found.title = value
        elif key in {"pdf", "url", "link", "arxiv", "abs"}:
            found.addresses.append(value)
        else:
            _label(found, key, value.strip("[]").replace('"', ""))
    heading = ""
    for line in lines[end + 1 :]:
        match = _HEADING.match(line.strip())
        if match:
            heading = match["text"].casefold()
        elif heading == "abstract" and line.strip():
            found.values.setdefault("abstract", line.strip())
    return found if found.title else None


def _candidates(lines: list[str]) -> list[_Candidate]:
    """Group lines into what may be papers."""
    found: list[_Candidate] = []
    current: _Candidate | None = None
    open_field: str | None = None
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if heading := _HEADING.match(line):
            current, open_field = _Candidate(number, _title(heading["text"])), None
            current.addresses += _addresses(line)
            found.append(current)
            continue
        if not line or set(line) <= set("-*_=") or line.startswith("<"):
            open_field = None if not line else open_field
            current = None if current and current.item else current
            continue
        label = _LABEL.match(line)
        if current and label and (key := _known(label["label"])) is not None:
            again = _FIELD.get(key) in current.values  # said before: what follows is not more of it
            _label(current, key, label["value"])
            current.addresses += _addresses(line)
            open_field = None if again else key
        elif current and not current.item and (names := _ITALIC.match(line)):
            current.values.setdefault("authors", names["names"])
        elif (item := _ITEM.match(line)) and (one := _listed(item["text"], number)):
            if current is None or current.item or current.named() is None:
                current = one
                found.append(one)
            open_field = None
        elif (
            current
            and open_field in {"abstract", "comment", "authors"}
            and open_field in current.values
        ):
            current.more.setdefault(open_field, []).append(line)
        elif current and _LINK_ALONE.match(line):
            current.addresses += _addresses(line)
    return found


def _listed(text: str, line: int) -> _Candidate | None:
    """Return the paper of a list's item, whose title is the text of its link."""
    for words, address in values.links(text):
        if identifiers.of_address(address) and words.casefold() not in _WORDS:
            if identifiers.parse(words):
                continue
            return _Candidate(line, words, [address], item=True)
    return None


def _title(text: str) -> str:
    """Return a heading's title: without its number, and by the text of its link."""
    text = _NUMBER.sub("", text.strip())
    for words, address in values.links(text):
        if words and identifiers.of_address(address) and words.casefold() not in _WORDS:
            return _NUMBER.sub("", words)
    return _NUMBER.sub("", values.plain(text))


def _addresses(line: str) -> list[str]:
    found = [address for _, address in values.links(line)]
    return found + [address.rstrip(").,;*") for address in _ADDRESS.findall(line)]


def _known(label: str) -> str | None:
    """Return a label in its plain form if it means anything; None where it does not."""
    key = re.sub(r"\s+", "-", label.strip().casefold())
    return key if key in _FIELD or key in _SECTIONS or key in _SCORES else None


def _label(found: _Candidate, key: str, value: str) -> None:
    """Keep what a labelled line says; the first of two with one label stays."""
    words = values.text(values.plain(value))
    if not words:
        return
    if key in _SCORES:
        found.scores.setdefault(_SCORES[key], words)
    elif key in _SECTIONS:
        found.sections.setdefault(_SECTIONS[key], words)
    elif key in _FIELD:
        found.values.setdefault(_FIELD[key], words)


def _checked(found: _Candidate, named: identifiers.Named | None, log: ProblemLog) -> Record | None:
    """Return a record; None for one that nothing names, which is reported."""
    if named is not None:
        return _record(found, named)
    wanted = "a link to the paper, or its identifier"
    said = f"none for {cut(found.title)!r}"
    log(found.line, Severity.REFUSED, said, expected=wanted, advice=LEFT_OUT)
    return None


def _record(found: _Candidate, named: identifiers.Named) -> Record:
    says = found.values
    says |= {name: " ".join([says[name], *lines]) for name, lines in found.more.items()}
    authors, others = values.people(says.get("authors", ""))
    published = values.time(says.get("published", "")) or _midnight(says.get("published"))
    code = next((a for a in _ADDRESS.findall(says.get("code", ""))), None)
    pdf = next((a for a in found.addresses if "/pdf/" in a or a.endswith(".pdf")), None)
    sections = [SummarySection(SHORT, says["tldr"])] if says.get("tldr") else []
    sections += [SummarySection(heading, text) for heading, text in found.sections.items()]
    if says.get("comment"):  # in these digests that is what somebody says of the paper
        sections.append(SummarySection("Comment", says["comment"]))
    extras = Extras(
        tuple(one._replace(language=values.language_of(one.text)) for one in sections),
        named.version if sections else 0,
        code,
        (),
        tuple(Score(name, value) for name, value in found.scores.items()),
        others,
    )
    topics = (
        values.text(t.removeprefix("query:")) for t in re.split(r"[,;，、]", says.get("topics", ""))
    )
    return Record(
        line=found.line,
        identifier=named.identifier,
        version=named.version,
        title=found.title or named.identifier.value,
        authors=authors,
        categories=values.categories(says.get("categories")),
        topics=tuple(filter(None, topics)),
        abstract=says.get("abstract"),
        journal=says.get("journal"),
        url=None if named.identifier.address else next(iter(found.addresses), None),
        pdf=pdf,
        published=published,
        updated=values.time(says.get("updated", "")),
        extras=None if extras == Extras() else extras,
    )


def _midnight(value: str | None) -> str | None:
    found = values.day(value)
    return f"{found}T00:00:00Z" if found else None


_EXAMPLE = """\
# Personalized Daily ArXiv Papers 03/06/2026

## 1. [Tides in a Teacup](https://arxiv.org/abs/2603.01001)

**Authors:** Ada Quill, Bo Fenn

**Abstract:** We look into a teacup and see the tide.

**Comment:** Matches the first criterion.

**Relevance:** 8
"""
READER = Reader(
    "labelled-markdown",
    (".md", ".markdown"),
    parse,
    order=900,
    example=("output_2026_0306.md", _EXAMPLE),
)

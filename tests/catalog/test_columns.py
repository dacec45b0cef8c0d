"""One table of columns: what rows, tables, queries and merging make of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from dayleaf.archive.identifiers import ARXIV, Identifier
from dayleaf.archive.model import Categories, Digest, Extras, Record, Score, SummarySection
from dayleaf.archive.rules import Membership
from dayleaf.catalog import columns, packed
from dayleaf.catalog.columns import ListedRow, PaperRow, merge
from dayleaf.catalog.rows import rows_of

if TYPE_CHECKING:
    from pathlib import Path

RICH = Record(
    3,
    Identifier(ARXIV, "2112.10046"),
    2,
    r"Tides in \emph{a} <Teacup>",
    ("Ada Quill", "Bo Fenn"),
    categories=Categories("cs.CV", ("cs.CV", "cs.LG"), ("68T45",), ("I.4.6",), ("none of these",)),
    topics=("Water", "Tea & Cups"),
    abstract="Cups have tides.",
    dois=("10.1/a", "10.1/b"),
    published="2021-12-19T02:50:23Z",
    extras=Extras((SummarySection("TL;DR", "Cups."),), 2, scores=(Score("Novelty", "7"),)),
)


def row(record: Record, day: str = "2021-12-19") -> PaperRow:
    (paper,), issues = rows_of(Digest("", day, (record,), 1))
    assert not issues
    return paper


def test_a_row_says_what_the_record_does() -> None:
    paper = row(RICH)
    assert paper.names == list(RICH.authors)
    assert paper.authorships == [("Ada Quill", "ada-quill"), ("Bo Fenn", "bo-fenn")]
    assert paper.slugs == ["ada-quill", "bo-fenn"]
    assert paper.memberships == (
        Membership("arxiv", "cs.CV", "cs.CV"),
        Membership("arxiv", "cs.LG", "cs.LG"),
        Membership("msc", "68T45", "68T45"),
        Membership("acm", "I.4.6", "I.4.6"),
        Membership("topic", "water", "Water"),
        Membership("topic", "tea-cups", "Tea & Cups"),
        Membership(packed.OTHER, "", "none of these"),
    )
    assert paper.dois == list(RICH.dois)
    assert paper.told == RICH.extras
    assert paper.notes == [("Novelty", "7")]
    assert paper.named == RICH.identifier
    assert (paper.title, paper.title_plain) == (RICH.title, "Tides in a <Teacup>")
    assert paper.title_html == "Tides in <em>a</em> &lt;Teacup&gt;"


def test_lists_need_the_first_of_a_papers_columns() -> None:
    assert PaperRow._fields[: len(ListedRow._fields)] == ListedRow._fields
    assert {columns.COLUMNS[name].table for name in ListedRow._fields} == {columns.PAPER}
    assert tuple(columns.COLUMNS) == PaperRow._fields
    assert isinstance(row(RICH), ListedRow)
    assert not hasattr(row(RICH), "__dict__")


def test_a_record_alone_is_what_it_merges_to() -> None:
    assert merge([row(RICH)]) == row(RICH)
    bare = row(Record(1, Identifier(ARXIV, "2112.10046"), 1, "Tides", ()))
    assert merge([bare]) == bare


def test_each_record_adds_what_the_better_ones_lack() -> None:
    best = row(
        RICH._replace(
            version=3, abstract=None, authors=("Ada Quill",), extras=Extras(others=True),
            dois=("10.1/b", "10.1/c"), topics=("Water",), title="Tides", url="https://a.example/",
        ),
        "2022-01-02",
    )  # fmt: skip
    found = merge([best, row(RICH)])
    assert (found.version, found.title, found.title_plain) == (3, "Tides", "Tides")
    assert (found.day, found.listed) == ("2021-12-19", "2021-12-19")
    assert (found.names, found.byline) == (["Ada Quill", "Bo Fenn"], "Ada Quill, Bo Fenn")
    assert found.dois == ["10.1/b", "10.1/c", "10.1/a"]
    assert found.abstract == RICH.abstract
    assert found.url == best.url
    assert [one.code for one in found.memberships if one.system == "topic"] == ["water", "tea-cups"]
    assert found.told == RICH.extras
    month = row(RICH._replace(day="2021-11"))
    assert month.day == "2021-11-01"
    assert merge([month, best]).listed == "2022-01-02"  # known better than the month


def test_what_digests_add_is_joined_and_the_best_has_the_first_word() -> None:
    """Sections and scores by name, and the version that the best of the sections were made from."""
    first = Extras((SummarySection("TL;DR", "Cups."),), scores=(Score("Novelty", "7"),))
    second = Extras(
        (SummarySection("TL;DR", "Saucers."), SummarySection("TL;DR", "杯", "zh")),
        version=1,
        code="https://git.example/a",
        scores=(Score("Depth", "3"), Score("Novelty", "2")),
    )
    unsaid = row(RICH._replace(version=4, extras=None))
    summed = row(RICH._replace(version=3, extras=first))
    older = row(RICH._replace(version=2, extras=second))
    found = merge([unsaid, summed, older]).told
    assert found.sections == (*first.sections, second.sections[1])
    assert found.version == 3
    assert found.scores == (Score("Novelty", "7"), Score("Depth", "3"))
    assert found.code == second.code
    assert merge([unsaid, older, summed]).told.version == 1


def test_a_paper_is_withdrawn_where_a_record_of_its_newest_version_says_so() -> None:
    says = RICH._replace(comment="This paper has been withdrawn by the authors")
    older, newest, elsewhere = (
        row(record) for record in (says, RICH._replace(version=3), says._replace(version=3))
    )
    assert merge([newest, elsewhere, older]).withdrawn
    assert not merge([newest, older]).withdrawn


def test_of_authors_who_are_not_all_named_the_most_count() -> None:
    """As long as no record names all; one without any author does not."""
    names = ("Ada Quill", "Bo Fenn", "Cy Dell")
    one, three, nobody = (
        row(RICH._replace(authors=names[:many], extras=Extras(others=others)))
        for many, others in ((1, True), (3, True), (0, False))
    )
    found = merge([one, nobody, three])
    assert (found.names, found.told.others) == (list(names), True)
    assert merge([nobody, one]).names == ["Ada Quill"]


LABELLED = """
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, NamedTuple
from dayleaf.archive import model

old = model.Record
text = Annotated[str | None, model.Label("Shelfmark")]
model.Record = NamedTuple("Record", [*old.__annotations__.items(), ("shelfmark", text)])
model.Record.__new__.__defaults__ = (*old.__new__.__defaults__, None)
model.Record.__module__ = old.__module__

from dayleaf.archive import identifiers
from dayleaf import readers
from dayleaf.catalog import Catalog, compare, load, pieces, prepare
from dayleaf.site.pages import papers
from dayleaf.readers import Reader


def parse(text, *, source, problems):
    identifier = identifiers.parse("2112.10046").identifier
    version, shelfmark = int(source[0]), text.strip() or None
    record = model.Record(1, identifier, version, "Tides", (), shelfmark=shelfmark)
    return model.Digest(source, f"2021-12-1{version}", (record,), 1)


readers.READERS = (Reader("toy", (".toy",), parse),)
content = Path(sys.argv[1])
(content / "1.toy").write_text("QA\\u200b 76\\x00")
(content / "2.toy").write_text("")
difference = compare(content / "catalog.sqlite", content, program="")
load(difference, [prepare(one) for file in difference.read for one in pieces(content, file)])
with closing(Catalog(content / "catalog.sqlite")) as catalog:
    ((day, (paper,)),) = catalog.full("2021", "2022")
    print(day, paper.version, *papers.full(paper, few=frozenset()).notes)
"""


def test_a_labelled_field_of_a_record_reaches_the_day_page(tmp_path: Path) -> None:
    """Cleaned, kept, and merged with a newer version that says nothing of it."""
    command = [sys.executable, "-c", LABELLED, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stderr == ""
    assert said.stdout == "2021-12-11 2 Note(name='Shelfmark', value='QA 76')\n"

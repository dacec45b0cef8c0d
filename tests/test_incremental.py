"""Incremental equals clean, byte for byte, after any sequence of edits; and it does little."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dayleaf.catalog import Catalog
from dayleaf.pages import author_lookup, authors, periods
from tests.sites import Site, digest, path, record, small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Listed, Person

DAYS = st.sampled_from(["2021-12-18", "2021-12-19", "2021-12-20", "2022-01-03", "2022-02-01"])
ARCHIVES = st.sampled_from(["cs.CV", "cs.LG"])
NAMES = [
    "Ada Quill", "Bo Fenn", "Zoë Ådal", "Zoe Adal", "J. R. Li, Jr.", "Li", "Lia Li", "Анна",
    "Анна Li", "Con", f"Bo {'Lindgren ' * 12}",
]  # fmt: skip
TOPICS = [
    '[[topics]]\ntitle = "Tides"\nany = ["tides", "lake*"]\n',
    '[[topics]]\ntitle = "SLAM"\nauthors = ["Ada Quill"]\nnone = ["rivers"]\n',
    '[[topics]]\ntitle = "At CVPR"\nvenues = ["CVPR 2021", "teacups"]\ncategories = ["cs.LG"]\n',
]
PEOPLE = [
    '[ada-quill]\nname = "Ada Quill"\nspellings = ["Lia Li"]\nhomepage = "https://example.org/"\n',
    '[li-of-lakes]\nname = "Li"\ncoauthors = ["Bo Fenn"]\n',
    '[zoe]\nname = "Zoë Adal"\npapers = ["2112.00001", "2112.00002v2"]\n',
    '[fenn]\nname = "B. Fenn"\nspellings = ["Bo Fenn"]\norcid = "0000-0002-1825-0097"\n',
    '[con-of-vision]\nname = "Con"\ncategories = ["eess.IV"]\n',
]
RECORDS = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.integers(1, 3),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
        st.sampled_from(["**cs.CV**, cs.LG", "**eess.IV**", "**cs.LG**, 68T45, I.4.6"]),
        st.sampled_from(["Tides", "Rivers", "$x^2$ Lakes"]),
        st.sampled_from(["None", "CVPR 2021 (oral)", "Accepted at Teacups 2022", "ICCV workshop"]),
    ),
    min_size=1,
    max_size=4,
)


def contents(folder: Path) -> dict[str, str]:
    """Return everything that a site is made from."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for part in (
            *("content", "layouts", "site.toml", "about.md", "authors.toml", "venues.toml"),
        )
        for file in [folder / part, *(folder / part).rglob("*")]
        if file.is_file()
    }


class Edits(RuleBasedStateMachine):
    """A keeper who adds, edits, renames and deletes digests, and changes layouts and settings."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dayleaf-test-"))
        self.site = Site(self.folder / "made")

    @initialize(records=RECORDS)
    def begin(self, records: list[tuple[int, int, list[str], str, str, str]]) -> None:
        self.write("2021-12-19", "cs.CV", records)

    def write(
        self, day: str, archive: str, records: list[tuple[int, int, list[str], str, str, str]]
    ) -> None:
        made = [
            record(
                f"2112.0000{number}",
                version=version,
                authors=", ".join(names),
                categories=categories,
                title=title,
                comment=comment,
                day=day,
            )
            for number, version, names, categories, title, comment in records
        ]
        self.site.edit(path(day, archive), digest(*made, day=day, archive=archive))

    @rule(day=DAYS, archive=ARCHIVES, records=RECORDS)
    def edit(
        self, day: str, archive: str, records: list[tuple[int, int, list[str], str, str, str]]
    ) -> None:
        self.write(day, archive, records)

    @rule(day=DAYS, archive=ARCHIVES)
    def delete(self, day: str, archive: str) -> None:
        digests = list((self.site.folder / "content").rglob("*.md"))
        file = self.site.folder / path(day, archive)
        if file in digests and len(digests) > 1:
            file.unlink()

    @rule(day=DAYS, archive=ARCHIVES)
    def rename(self, day: str, archive: str) -> None:
        """The day moves into the other archive."""
        file = self.site.folder / path(day, archive)
        other = self.site.folder / path(day, "cs.LG" if archive == "cs.CV" else "cs.CV")
        if file.exists() and not other.exists():
            other.parent.mkdir(parents=True, exist_ok=True)
            file.rename(other)

    @rule(day=DAYS, language=st.sampled_from(["", "_AI_enhanced_English"]), records=RECORDS)
    def edit_json(
        self, day: str, language: str, records: list[tuple[int, int, list[str], str, str, str]]
    ) -> None:
        """The same papers again, some with a summary."""
        lines = [
            {
                "id": f"2112.0000{number}v{version}",
                "title": title,
                "authors": names,
                "categories": ["cs.CV"],
                "summary": "Short.",
                **({"AI": {"tldr": f"{title} in a word."}} if language else {}),
            }
            for number, version, names, _, title, _ in records
        ]
        self.site.edit(f"content/data/{day}{language}.jsonl", "\n".join(map(json.dumps, lines)))

    @rule(records=RECORDS, topic=st.sampled_from(["SLAM", "Time Series", "slam"]))
    def edit_table(
        self, records: list[tuple[int, int, list[str], str, str, str]], topic: str
    ) -> None:
        """Some of the papers elsewhere too, with days that move."""
        rows = (
            f"|**2021-12-{10 + number}**|**{title}**|{names[0]} et.al.|"
            f"[2112.0000{number}](http://arxiv.org/abs/2112.0000{number})|null|"
            for number, _, names, _, title, _ in records
        )
        head = f"## {topic}\n\n|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n"
        self.site.edit("content/table.md", f"{head}{chr(10).join(rows)}\n")

    @rule(
        address=st.sampled_from(
            ["openreview.net/forum?id=AbCdEf12", "example.org/a", "doi.org/10.1000/a"]
        ),
        day=DAYS,
    )
    def edit_labelled(self, address: str, day: str) -> None:
        """Papers that are not arXiv's."""
        text = f"# Papers of {day}\n\n## [Tides](https://{address})\n\n**Authors:** Ada Quill\n"
        self.site.edit(f"content/notes-{day}.md", text)

    @rule(file=st.sampled_from(["table.md", "data/2021-12-19.jsonl", "notes-2021-12-19.md"]))
    def delete_other(self, file: str) -> None:
        if list((self.site.folder / "content/cs.CV").rglob("*.md")):
            (self.site.folder / "content" / file).unlink(missing_ok=True)

    @rule(
        minimum=st.integers(1, 2),
        title=st.sampled_from(["One", "Two"]),
        topics=st.lists(st.sampled_from(TOPICS), unique=True),
    )
    def set(self, minimum: int, title: str, topics: list[str]) -> None:
        settings = f'title = "{title}"\n[authors]\nminimum = {minimum}\nfeed = 1\n'
        self.site.edit("site.toml", settings + "".join(topics))

    @rule(people=st.lists(st.sampled_from(PEOPLE), unique=True))
    def edit_people(self, people: list[str]) -> None:
        self.site.edit("authors.toml", "".join(people))

    @rule(name=st.sampled_from(["Teacups", "Saucers", "ICCV"]))
    def edit_venues(self, name: str) -> None:
        self.site.edit("venues.toml", f'[teacups]\nname = "{name}"\nfield = "tea"\n')

    @rule(layout=st.sampled_from(["404.html", "author.html"]), word=st.sampled_from(["a", "b"]))
    def lay_out(self, layout: str, word: str) -> None:
        self.site.edit(f"layouts/{layout}", f"<p>{word} {{{{ page.title }}}}")

    @rule()
    def lay_out_no_more(self) -> None:
        shutil.rmtree(self.site.folder / "layouts", ignore_errors=True)

    @rule()
    def spoil(self) -> None:
        """Somebody deletes a page from the output."""
        (self.site.public / "days/index.html").unlink(missing_ok=True)

    @rule()
    def build(self) -> None:
        self.site.build()

    @invariant()
    def equals_clean(self) -> None:
        if not (self.site.folder / "content").is_dir():
            return
        self.site.build()
        clean = Site(self.folder / "clean")
        shutil.rmtree(clean.folder, ignore_errors=True)
        for name, text in contents(self.site.folder).items():
            clean.edit(name, text)
        clean.build()
        made, wanted = self.site.files(), clean.files()
        assert set(made) == set(wanted)
        assert {name for name in made if made[name] != wanted[name]} == set()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=5,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class SmallEdits(Edits):
    """The same where every list is long enough to be divided."""

    def __init__(self) -> None:
        super().__init__()
        self.small = pytest.MonkeyPatch()
        for place, name, value in (
            (periods, "MOST", 1),
            (periods, "NEWEST", 1),
            (authors, "_MOST", 1),
            (author_lookup, "_FOREMOST", 1),
            (author_lookup, "_AT_ONCE", 2),
        ):
            self.small.setattr(place, name, value)

    def teardown(self) -> None:
        self.small.undo()
        super().teardown()


TestSmallEdits = SmallEdits.TestCase
TestSmallEdits.settings = TestEdits.settings


def test_a_topic_whose_spelling_changes_is_called_so_on_all_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periods, "MOST", 1)
    monkeypatch.setattr(periods, "NEWEST", 1)
    made = small(tmp_path)
    row = "|**2020-0{0}-01**|**Tides**|Ada Quill|[200{0}.00001](http://arxiv.org/abs/200{0}.00001)|"
    for topic in ("slam", "SLAM"):
        rows = "\n".join(row.format(number) for number in range(1, 6))
        made.edit(
            "content/table.md", f"## {topic}\n\n|Date|Title|Authors|PDF|\n|-|-|-|-|\n{rows}\n"
        )
        made.build()
        pages = [made.read(f"/topics/slam/{part}") for part in ("", "2020/", "2020/01/")]
        assert all(f"{topic}, " in page or f">{topic}<" in page for page in pages)


def changes(made: Site, before: dict[str, bytes]) -> set[str]:
    """Return the files that a build has changed, made or removed."""
    after = made.files()
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_a_new_day_changes_what_it_must_and_nothing_else(tmp_path: Path) -> None:
    """The day, its neighbours, its month and year, its authors, its categories, and overviews."""
    made = small(tmp_path)
    made.build()
    before = made.files()
    new = record("2112.10300", day="2021-12-21", authors="Bo Fenn", categories="**cs.LG**")
    made.edit(path("2021-12-21"), digest(new, day="2021-12-21"))
    report = made.build()
    assert changes(made, before) == {
        "abs/2112.json",
        "2021/12/21/index.html",
        "2021/12/21/papers.bin",
        "2021/12/20/index.html",
        "2022/01/03/index.html",
        "2021/12/index.html",
        "2021/index.html",
        "authors/bo-fenn.html",
        "authors/f/index.html",
        "authors/find/bo_.json",
        "authors/find/fe_.json",
        "authors/find/fen_.json",
        "authors/index.html",
        "categories/cs.LG/index.html",
        "categories/cs.LG/feed.xml",
        "categories/index.html",
        "days/index.html",
        "days/feed.json",
        "days/feed.xml",
        "statistics/index.html",
        "feed.json",
        "feed.xml",
        "index.html",
        "llms.txt",
        "new/days.json",
    }
    assert report.pages().written == 25


def test_a_changed_layout_renders_only_what_it_makes(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build(search=True)
    before = made.files()
    made.edit("layouts/author.html", "<p>{{ author.name }}")
    report = made.build(search=True)
    assert changes(made, before) == {
        "authors/ada-quill.html",
        "authors/bo-fenn.html",
        "authors/zoe-adal.html",
    }
    assert report.indexed == 0


def test_an_address_leads_on_as_soon_as_the_page_is_there_and_no_longer(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("authors.toml", '[una-holm]\nname = "Una Holm"\nspellings = ["U. Holm"]\n')
    made.edit("site.toml", "[authors]\nminimum = 2\n")
    was = []
    for numbers in ([], [1], [1, 2], [1]):
        records = [record(f"2201.0010{n}", day="2022-01-05", authors="U. Holm") for n in numbers]
        if records:
            made.edit(path("2022-01-05"), digest(*records, day="2022-01-05"))
        made.build()
        was.append((made.public / "authors/u-holm.html").exists())
    assert was == [False, False, True, False]


def test_somebody_is_found_by_a_name_that_the_address_does_not_hold(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("authors.toml", '[holm]\nname = "U. Holm"\nspellings = ["Una Holm"]\n')
    for number in (1, 2):
        day = f"2022-01-0{number + 4}"
        made.edit(
            path(day), digest(record(f"2201.0010{number}", day=day, authors="Una Holm"), day=day)
        )
        made.build()
        found = json.loads(made.read("/authors/find/u_.json"))
        assert ["U. Holm", number, "holm"] in found


@pytest.mark.parametrize("removed", ["2021/12/19/index.html", "authors/ada-quill.html"])
def test_a_page_that_somebody_deleted_comes_back(tmp_path: Path, removed: str) -> None:
    made = small(tmp_path)
    made.build()
    before = made.files()
    (made.public / removed).unlink()
    made.build()
    assert made.files() == before


def test_two_output_folders_of_one_catalog_both_follow(tmp_path: Path) -> None:
    """What one of them has seen of an update does not make the other miss it."""
    made = small(tmp_path)
    made.build()
    made.edit(path("2022-01-04"), digest(record("2201.00002", day="2022-01-04"), day="2022-01-04"))
    made.settings["output"] = str(tmp_path / "other")
    made.build()
    del made.settings["output"]
    made.build()
    assert (made.public / "2022/01/04/index.html").exists()


def test_layouts_that_have_made_the_site_are_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build with nothing to do does not even parse them; a changed one is looked at."""
    made = small(tmp_path)
    made.build(search=True)

    def parsed(*_: object, **__: object) -> None:
        pytest.fail("a layout was parsed")

    monkeypatch.setattr(jinja2.Environment, "_parse", parsed)
    made.build(search=True)
    made.edit("layouts/partials/new.html", "")
    with pytest.raises(pytest.fail.Exception, match="parsed"):
        made.build(search=True)


def test_what_no_update_touches_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a category's many periods only those of the new day, of the lists only its authors'."""
    for place, name in ((periods, "MOST"), (periods, "NEWEST"), (authors, "_MOST")):
        monkeypatch.setattr(place, name, 1)
    made = small(tmp_path)
    made.build()
    spans: list[tuple[str, ...]] = []
    papers, people = Catalog.code_papers, Catalog.people

    def code_papers(self: Catalog, *span: str) -> Iterator[tuple[str, list[Listed]]]:
        spans.append(span)
        return papers(self, *span)

    def read_people(self: Catalog, first: str, last: str, *, minimum: int) -> list[Person]:
        spans.append((first, last))
        return people(self, first, last, minimum=minimum)

    monkeypatch.setattr(Catalog, "code_papers", code_papers)
    monkeypatch.setattr(Catalog, "people", read_people)
    new = record("2112.10300", day="2021-12-21", authors="Bo Fenn", categories="**cs.CV**")
    made.edit(path("2021-12-21"), digest(new, day="2021-12-21"))
    made.build()
    assert spans == [
        ("fenn-bo", "fenn-bo"),
        ("arxiv", "cs.CV", "2022", "2022"),  # the category's own page, which tells the total
        ("arxiv", "cs.CV", "2021-12-21", "2021-12-21"),
        ("arxiv", "cs.CV", "2021-12-20", "2021-12-20"),  # which links to the new one
    ]


def test_the_sizes_in_the_report_stay_true(tmp_path: Path) -> None:
    """They are kept up by differences, and must equal those of a clean build."""
    made = small(tmp_path / "made")
    made.build(search=True)
    made.edit(path("2021-12-21"), digest(record("2112.10300", day="2021-12-21"), day="2021-12-21"))
    made.remove(path("2021-12-20"))
    report = made.build(search=True)
    clean = Site(tmp_path / "clean")
    for name, text in contents(made.folder).items():
        clean.edit(name, text)
    wanted = clean.build(search=True)
    assert report.as_json()["bytes"] == wanted.as_json()["bytes"]
    assert {kind: files.count for kind, files in report.kinds.items()} == {
        kind: files.count for kind, files in wanted.kinds.items()
    }
    assert made.build().kinds.keys() == wanted.kinds.keys() - {"search"}

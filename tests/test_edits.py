"""A keeper who edits: incremental equals clean, byte for byte, after any sequence of edits.

The machine jumps days, months and years over a site with everything that a site can have. Its
layouts print whole views, so a difference in any field of any view is a difference in a file, and
a build takes a tenth of a second. Lists, feeds and charts begin at one or two papers, as those of
large archives do at hundreds.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dayleaf import render
from dayleaf.catalog import month, reads, touched
from dayleaf.catalog.queries.reading import CatalogFile
from dayleaf.site.pages import (
    author,
    author_lookup,
    authors,
    calendar,
    circles,
    home,
    overview,
    periods,
    registry,
    venue,
)
from tests.sites import Site, digest, path, record

if TYPE_CHECKING:
    from collections.abc import Callable

    Papers = list[tuple[int, int, list[str], str, str, str]]
    """Number, version, authors, categories, title and comment."""

DAYS = st.builds(
    "{}-{:02}-{:02}".format,
    st.sampled_from([2019, 2020, 2021]),
    st.sampled_from([1, 2, 12]),
    st.sampled_from([1, 2, 15]),
)
ARCHIVES = st.sampled_from(["cs.CV", "cs.LG"])
NAMES = [  # the first two more often than the others: they cross the minimum
    "Ada Quill", "Ada Quill", "Ada Quill", "Bo Fenn", "Bo Fenn", "Zoë Ådal", "Zoe Adal",
    "J. R. Li, Jr.", "Li", "Lia Li", "Анна", "Анна Li", "Con", f"Bo {'Lindgren ' * 12}",
]  # fmt: skip
TOPICS = [
    '[[topics]]\ntitle = "Tides"\nany = ["tides", "lake*"]\n',
    '[[topics]]\ntitle = "SLAM"\nauthors = ["Ada Quill"]\nnone = ["rivers"]\n',
    '[[topics]]\ntitle = "At CVPR"\nvenues = ["CVPR 2021", "teacups"]\ncategories = ["cs.LG"]\n',
]
PEOPLE = [
    '[quill]\nname = "A. Quill"\nspellings = ["Ada Quill"]\n',
    '[lia]\nname = "Lia Li"\nspellings = ["Li"]\nhomepage = "https://example.org/"\n',
    '[li-of-lakes]\nname = "Li"\ncoauthors = ["Bo Fenn"]\n',
    '[zoe]\nname = "Zoë Adal"\npapers = ["2112.00001", "2112.00002v2"]\n',
    '[fenn]\nname = "B. Fenn"\nspellings = ["Bo Fenn"]\norcid = "0000-0002-1825-0097"\n',
    '[con-of-vision]\nname = "Con"\ncategories = ["eess.IV"]\n',
]
CATEGORIES = st.sampled_from(
    ["**cs.CV**, cs.LG", "**eess.IV**", "**cs.RO**", "**cs.LG**, 68T45, I.4.6"]
)
PAPERS = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.integers(1, 3),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
        CATEGORIES,
        st.sampled_from(["Tides", "Rivers", "$x^2$ Lakes"]),
        st.sampled_from(["None", "CVPR 2021 (oral)", "Accepted at Teacups 2022", "ICCV workshop"]),
    ),
    min_size=1,
    max_size=4,
)
SMALL = (
    (author, "_MANY", 2), (calendar, "_CHART_YEARS", 1), (author, "_CHART_PAPERS", 1),
    (author, "_VENUES_PAPERS", 1), (author_lookup, "_AT_ONCE", 2), (author_lookup, "_FOREMOST", 1),
    (authors, "_MOST", 1), (circles, "_FEWEST_PAPERS", 2), (circles, "_SMALLEST", 1),
    (overview, "_CHART_MONTHS", 2), (home, "_LINES", 1), (month, "LARGE", 3), (periods, "MOST", 1),
    (periods, "NEWEST", 1), (venue, "_FEED", 1),
    (venue, "_TOGETHER", 1),
)  # fmt: skip
_SHARED = "/dev/shm"  # noqa: S108 - not a file's name, and mkdtemp makes one that is nobody's yet
MEMORY = _SHARED if os.access(_SHARED, os.W_OK) else None
"""A folder in memory, where the system has one: the machine waits twice as long for a disk."""
PARTS = ("content", "layouts", "site.toml", "about.md", "authors.toml", "venues.toml")


def contents(folder: Path) -> dict[str, str]:
    """Return everything that a site is made from."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for part in PARTS
        for file in [folder / part, *(folder / part).rglob("*")]
        if file.is_file()
    }


def thin(folder: Path) -> Path:
    """Write layouts that print all that they see, and nothing else, to stand for Dayleaf's own."""
    (folder / "assets/reader").mkdir(parents=True)
    for layout in registry.layouts().values():
        view = f" {{{{ {layout.variable} }}}}" if layout.view else ""
        (folder / layout.file).write_text(f"{{{{ page }}}}{view}")
    for name in ("reader/offline-worker.js", "style.css"):
        shutil.copy(render.builtin_layouts() / "assets" / name, folder / "assets" / name)
    return folder


class Edits(RuleBasedStateMachine):
    """A keeper who adds, edits, renames and deletes digests, and changes layouts and settings."""

    small = True
    """Whether lists are divided and charts are drawn from one or two papers on."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dayleaf-test-", dir=MEMORY))
        self.site = Site(self.folder / "made")
        self.patches = pytest.MonkeyPatch()
        layouts = thin(self.folder / "layouts")
        self.patches.setattr(render, "builtin_layouts", lambda: layouts)
        try:
            for place, name, value in SMALL if self.small else ():
                self.patches.setattr(place, name, value)
        except AttributeError:
            self.patches.undo()  # or all tests behind this one would fail with it
            raise

    @initialize(papers=PAPERS, minimum=st.sampled_from([2, 3]))
    def begin(self, papers: Papers, minimum: int) -> None:
        self.site.edit("site.toml", f"[authors]\nminimum = {minimum}\nfeed = 1\n")
        self.write("2020-12-02", "cs.CV", papers)

    def write(self, day: str, archive: str, papers: Papers) -> None:
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
            for number, version, names, categories, title, comment in papers
        ]
        self.site.edit(path(day, archive), digest(*made, day=day, archive=archive))

    @rule(day=DAYS, archive=ARCHIVES, papers=PAPERS)
    def edit(self, day: str, archive: str, papers: Papers) -> None:
        self.write(day, archive, papers)

    @rule(day=DAYS, start=st.integers(1, 9), papers=PAPERS, categories=CATEGORIES)
    def add(self, day: str, start: int, papers: Papers, categories: str) -> None:
        """Papers that no other digest has, as a new day's mostly are, of a single field."""
        text = "".join(
            record(f"{day[2:4]}{day[5:7]}.{start}{day[8:]}{n}", authors=", ".join(p[2]),
                   categories=categories, title=p[4], comment=p[5], day=day)
            for n, p in enumerate(papers)
        )  # fmt: skip
        self.site.edit(path(day), digest(text, day=day))

    @rule(number=st.integers(1, 9), name=st.sampled_from(NAMES), categories=CATEGORIES)
    def add_newest(self, number: int, name: str, categories: str) -> None:
        """A day behind all that there are: the last twelve months move on."""
        days = sorted(file.stem for file in (self.site.folder / "content").rglob("*.md"))
        newest = max((day for day in days if day.isdecimal()), default="20201215")
        moved = date.fromisoformat(newest) + timedelta(days=40 * number)
        day = moved.isoformat()
        paper = record(f"2112.1000{number}", authors=name, categories=categories, day=day)
        self.site.edit(path(day), digest(paper, day=day))

    @rule(file=st.randoms(use_true_random=False))
    def delete(self, file: object) -> None:
        digests = sorted((self.site.folder / "content/cs.CV").rglob("*.md"))
        if len(digests) > 1:
            file.choice(digests).unlink()  # type: ignore[attr-defined]

    @rule(day=DAYS, archive=ARCHIVES)
    def rename(self, day: str, archive: str) -> None:
        """The day moves into the other archive."""
        file = self.site.folder / path(day, archive)
        other = self.site.folder / path(day, "cs.LG" if archive == "cs.CV" else "cs.CV")
        if file.exists() and not other.exists():
            other.parent.mkdir(parents=True, exist_ok=True)
            file.rename(other)

    @rule(day=DAYS, language=st.sampled_from(["", "_AI_enhanced_English"]), papers=PAPERS)
    def edit_json(self, day: str, language: str, papers: Papers) -> None:
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
            for number, version, names, _, title, _ in papers
        ]
        self.site.edit(f"content/data/{day}{language}.jsonl", "\n".join(map(json.dumps, lines)))

    @rule(papers=PAPERS, topic=st.sampled_from(["SLAM", "Time Series", "slam"]))
    def edit_table(self, papers: Papers, topic: str) -> None:
        """Some of the papers elsewhere too, with days that move."""
        rows = (
            f"|**2021-12-{10 + number}**|**{title}**|{names[0]} et.al.|"
            f"[2112.0000{number}](http://arxiv.org/abs/2112.0000{number})|null|"
            for number, _, names, _, title, _ in papers
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

    @rule(file=st.sampled_from(["table.md", "data/2021-12-15.jsonl", "notes-2021-12-15.md"]))
    def delete_other(self, file: str) -> None:
        if list((self.site.folder / "content/cs.CV").rglob("*.md")):
            (self.site.folder / "content" / file).unlink(missing_ok=True)

    @rule(
        minimum=st.integers(1, 3),
        title=st.sampled_from(["One", "Two"]),
        feed=st.integers(1, 2),
        topics=st.lists(st.sampled_from(TOPICS), unique=True),
    )
    def set(self, minimum: int, title: str, feed: int, topics: list[str]) -> None:
        text = f'title = "{title}"\n[authors]\nminimum = {minimum}\nfeed = {feed}\n'
        self.site.edit("site.toml", text + "".join(topics))

    @rule(people=st.lists(st.sampled_from(PEOPLE), unique=True))
    def edit_people(self, people: list[str]) -> None:
        self.site.edit("authors.toml", "".join(people))

    @rule(person=st.sampled_from(PEOPLE[:2]))
    def edit_person(self, person: str) -> None:
        """An address is given up that stands before every other."""
        self.site.edit("authors.toml", person)

    @rule(name=st.sampled_from(["Teacups", "Saucers", "ICCV"]))
    def edit_venues(self, name: str) -> None:
        self.site.edit("venues.toml", f'[teacups]\nname = "{name}"\nfield = "tea"\n')

    @rule(layout=st.sampled_from(["404.html", "author.html"]), word=st.sampled_from(["a", "b"]))
    def lay_out(self, layout: str, word: str) -> None:
        self.site.edit(f"layouts/{layout}", f"<p>{word} {{{{ page.title }}}}")

    @rule()
    def spoil(self) -> None:
        """Somebody deletes a page from the output."""
        (self.site.public / "days/index.html").unlink(missing_ok=True)

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
        assert not {one for one in made.keys() | wanted if made.get(one) != wanted.get(one)}

    def teardown(self) -> None:
        self.patches.undo()
        shutil.rmtree(self.folder, ignore_errors=True)


class LargeEdits(Edits):
    """The same with the thresholds of large archives, which a few papers do not reach."""

    small = False


USUAL = settings(
    max_examples=15,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestEdits = Edits.TestCase
TestEdits.settings = USUAL
TestLargeEdits = LargeEdits.TestCase
TestLargeEdits.settings = settings(USUAL, max_examples=5)


def nothing_recent(stack: ExitStack) -> None:
    """Where the last twelve months begin is no fact."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(touched, "_moved", lambda *_: set())


def nothing_in_a_category(stack: ExitStack) -> None:
    """An overview notes no papers, as if its page relied on the periods that it lists alone."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(overview, "overview", forgetful(overview.overview))
    patch.setattr("dayleaf.site.pages.category.overview", forgetful(overview.overview))


def nobody_gains_a_page(stack: ExitStack) -> None:
    """Pages of categories and venues do not note who has a page."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    add = reads.Notes.add

    def some(self: reads.Notes, topic: str, keys: object) -> None:
        if topic not in {reads.HAS_PAGE, reads.NO_PAGE}:
            add(self, topic, keys)  # type: ignore[arg-type]

    patch.setattr(reads.Notes, "add", some)


def no_first_redirect(stack: ExitStack) -> None:
    """A clean build begins with the first author, not with the first address."""
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    batches = author.AuthorKind.batches
    patch.setattr(
        author.AuthorKind,
        "batches",
        lambda self, context: [
            batch._replace(span=batch.span._replace(first=batch.span.first or slugs[0]))
            for batch in batches(self, context)
            for slugs in [context.catalog.slugs(every=1, minimum=1)]
        ],
    )


def forgetful(function: Callable[..., object]) -> Callable[..., object]:
    """Return a function whose questions to the catalog nobody notes."""

    def forgetting(context: object, *given: object) -> object:
        catalog: CatalogFile = context.catalog  # type: ignore[attr-defined]
        notes, catalog._notes = catalog._notes, reads.Notes()
        try:
            return function(context, *given)
        finally:
            catalog._notes = notes

    return forgetting


def paper(number: int, name: str, categories: str) -> tuple[int, int, list[str], str, str, str]:
    """Return a paper as the machine writes them."""
    return number, 1, [name], categories, "Tides", "None"


def a_year_moves_on(machine: Edits) -> None:
    """A new day leaves a paper of another category a year behind."""
    machine.begin([paper(1, "Li", "**cs.RO**")], 2)
    machine.add("2019-12-15", 1, [paper(1, "Ada Quill", "")], "**cs.CV**, cs.LG")
    machine.equals_clean()
    machine.add_newest(1, "Bo Fenn", "**cs.RO**")
    machine.equals_clean()


def an_author_gains_a_page(machine: Edits) -> None:
    """By a paper of another category than the one whose page names the author."""
    machine.begin([paper(number, "Ada Quill", "**cs.LG**") for number in (1, 2)], 3)
    machine.equals_clean()
    machine.add("2019-12-15", 1, [paper(1, "Ada Quill", "")], "**cs.RO**")
    machine.equals_clean()


@pytest.mark.parametrize(
    ("edit", "fault"),
    [(a_year_moves_on, nothing_recent), (an_author_gains_a_page, nobody_gains_a_page)],
)
def test_an_edit_that_once_left_pages_behind(
    edit: Callable[[Edits], None], fault: Callable[[ExitStack], None]
) -> None:
    """The machine meets it once in a hundred examples, so here are the steps."""
    for broken in (False, True):
        with ExitStack() as stack:
            machine = LargeEdits()
            stack.callback(machine.teardown)
            if broken:
                fault(stack)
                stack.enter_context(pytest.raises(AssertionError))
            edit(machine)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [nothing_in_a_category, no_first_redirect])
def test_a_fault_that_there_was_is_found(fault: Callable[[ExitStack], None]) -> None:
    """Put back, each is found within some twenty examples."""
    with ExitStack() as stack:
        fault(stack)
        quick = settings(
            USUAL, max_examples=100, phases=[Phase.generate], database=None, derandomize=True
        )
        with pytest.raises(AssertionError):
            run_state_machine_as_test(Edits, settings=quick)


@pytest.mark.archive
@pytest.mark.slow
def test_a_year_of_the_real_archive_day_by_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2009 on top of the years before it, compared with a clean build after every twentieth day."""
    if "DIGESTS" not in os.environ:
        pytest.skip("DIGESTS is not set: name the folder of the unpacked archive")
    digests = Path(os.environ["DIGESTS"])
    layouts = thin(tmp_path / "layouts")
    monkeypatch.setattr(render, "builtin_layouts", lambda: layouts)
    made, clean = Site(tmp_path / "made"), tmp_path / "clean"
    made.edit("site.toml", "[authors]\nminimum = 2\n")
    files = sorted(digests.rglob("*.md"), key=lambda file: file.stem)
    before = [file for file in files if "1998" <= file.stem < "2009"]
    year = [file for file in files if file.stem.startswith("2009")]
    assert len(before) > 200
    assert len(year) > 90
    for number, file in enumerate([*before, *year], 1 - len(before)):
        name = f"content/{file.relative_to(digests).as_posix()}"
        made.edit(name, file.read_text(encoding="utf-8"))
        if number >= 0:
            made.build()
        if number > 0 and (number % 20 == 0 or number == len(year)):
            shutil.rmtree(clean, ignore_errors=True)
            shutil.copytree(made.folder / "content", clean / "content")
            shutil.copy(made.folder / "site.toml", clean)
            Site(clean).build()
            assert made.files() == Site(clean).files()

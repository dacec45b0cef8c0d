"""The build: what it promises about the output folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dayleaf.archive import urls
from dayleaf.base.errors import ContentError, DayleafError, LayoutError, OutputError
from dayleaf.base.hosts import HOSTS
from tests.sites import Site, digest, path, record, site, small


def test_every_kind_of_page_is_there(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    files = set(made.files())
    assert {
        "index.html",
        "404.html",
        "2021/12/19/index.html",
        "2021/12/index.html",
        "2021/index.html",
        "days/index.html",
        "categories/index.html",
        "categories/cs.CV/index.html",
        "categories/cs.CV/feed.xml",
        "subjects/index.html",
        "subjects/68T45/index.html",
        "subjects/I.4.6/index.html",
        "authors/index.html",
        "authors/a/index.html",
        "authors/ada-quill.html",
        "authors/zoe-adal.html",
        "authors/find/qui_.json",
        "search/index.html",
        "feed.xml",
        "feed.json",
        "robots.txt",
        "llms.txt",
        ".nojekyll",
        "assets/style.css",
    } <= files


def test_the_figures_add_up(tmp_path: Path) -> None:
    """Records seen are published, merged or refused; the JSON says so."""
    made = small(tmp_path)
    lost = record().replace("http://arxiv.org/abs/2112.10046v1", "none").replace("[PDF]", "[x]")
    again = record("2112.10047", version=2, title="Slower Rivers", day="2022-01-04")
    made.edit(path("2022-01-04"), digest(again, lost, day="2022-01-04"))
    report = made.build()
    totals = report.totals
    assert (totals.records, totals.papers, totals.merged, totals.refused) == (7, 5, 1, 1)
    assert report.passed_over == ("README.md",)
    merged = [p for p in report.problems if "2112.10047 is listed 2 times" in p.message]
    assert len(merged) == 1
    figures = report.as_json()
    assert figures["records"] == {
        "seen": 7,
        "published": 5,
        "merged": 1,
        "refused": 1,
        "not_understood": 0,
    }


def test_the_newest_version_wins_and_the_permalink_stays(tmp_path: Path) -> None:
    made = small(tmp_path)
    again = record("2112.10047", version=2, title="Slower Rivers", day="2022-01-04")
    made.edit(path("2022-01-04"), digest(again, day="2022-01-04"))
    made.build()
    page = made.read("/2021/12/19/")
    assert "Slower Rivers" in page
    assert "Slow Rivers" not in page
    assert not (made.public / "2022/01/04").exists()
    made.remove(path("2022-01-04"))
    made.build()
    assert "Slow Rivers" in made.read("/2021/12/19/")


def test_two_archives_share_a_day_and_a_paper(tmp_path: Path) -> None:
    """Side by side, a paper that both list is neither shown twice nor called a problem."""
    made = site(tmp_path, "")
    made.edit(path("2021-12-19"), digest(record(), record("2112.10047")))
    made.edit(
        path("2021-12-19", "cs.LG"),
        digest(record(), record("2112.10048"), archive="cs.LG"),
    )
    report = made.build()
    page = made.read("/2021/12/19/")
    assert re.findall(r"<article[^>]* id=\"?([^\s\">]+)", page) == [
        "2112.10046",
        "2112.10047",
        "2112.10048",
    ]
    assert report.totals.merged == 1
    assert report.problems == ()


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    made = small(tmp_path)
    first = made.build(search=True)
    before = {f: f.stat().st_mtime_ns for f in made.public.rglob("*") if f.is_file()}
    second = made.build(search=True)
    after = {f: f.stat().st_mtime_ns for f in made.public.rglob("*") if f.is_file()}
    assert first.pages().written > 20
    assert (second.pages().written, second.deleted, second.indexed) == (0, 0, 0)
    assert second.changes.read == 0
    assert before == after
    # Nor does it touch the folder, whose time stamp tells the next one that nobody was there.
    stamp = made.public.stat().st_mtime_ns
    made.build(search=True)
    assert made.public.stat().st_mtime_ns == stamp


def test_one_job_equals_two(tmp_path: Path) -> None:
    one, two = small(tmp_path / "one"), small(tmp_path / "two")
    one.build(jobs=1)
    two.build(jobs=2)
    assert one.files() == two.files()


def test_incremental_equals_clean(tmp_path: Path) -> None:
    """After edits, additions and deletions the site is what a build from nothing gives."""
    made = small(tmp_path / "made")
    made.build()
    made.edit(path("2021-12-19"), digest(record(authors="Zoe Adal, Bo Fenn")))
    made.edit(path("2021-12-18"), digest(record("2112.00001", day="2021-12-18"), day="2021-12-18"))
    made.build()
    made.remove(path("2022-01-03"))
    made.edit(path("2021-12-20"), digest(record("2112.10046", version=2), day="2021-12-20"))
    made.build()
    clean = Site(tmp_path / "clean")
    for file in (made.folder / "content").rglob("*.md"):
        clean.edit(
            f"content/{file.relative_to(made.folder / 'content').as_posix()}",
            file.read_text(encoding="utf-8"),
        )
    clean.build()
    assert made.files() == clean.files()


def test_untrusted_text_is_escaped(tmp_path: Path) -> None:
    """Nothing that a digest says becomes markup."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> \"'&"
    made = site(tmp_path, "")
    made.edit(
        path("2021-12-19"),
        digest(record(title=evil, authors=f"{evil} Fox", comment=evil, summary=f"{evil} $<b>x$")),
    )
    made.build(search=True)
    assert "&lt;script&gt;alert" in made.read("/2021/12/19/")
    for name, data in made.files().items():
        if name.endswith((".html", ".xml")):
            text = data.decode()
            assert "<script>alert" not in text, name
            assert "<img" not in text, name
            assert "<b>x" not in text, name


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"content": "nowhere"}, "expected the folder of the digests"),
        ({}, "no file with the ending of a format"),
    ],
)
def test_content_that_is_not_there(tmp_path: Path, settings: dict[str, str], message: str) -> None:
    made = Site(tmp_path, settings)
    (tmp_path / "content").mkdir()
    with pytest.raises(ContentError, match=message):
        made.build()


def test_a_folder_without_a_single_digest(tmp_path: Path) -> None:
    made = site(tmp_path, "-- content/README.md --\n# Nothing\n")
    with pytest.raises(ContentError, match="expected at least one digest with a paper"):
        made.build()


def fails_and_changes_nothing(made: Site, error: type[DayleafError], message: str) -> None:
    """The build fails as it should, and the published site is as it was."""
    before = made.files()
    with pytest.raises(error, match=message):
        made.build()
    assert made.files() == before


def test_files_of_others_are_never_pruned(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("public/thesis.tex", "years of work")
    fails_and_changes_nothing(made, OutputError, "did not write: thesis.tex")
    (made.public / "thesis.tex").unlink()
    made.build()
    made.edit("public/authors/notes.txt", "more work")
    fails_and_changes_nothing(made, OutputError, r"did not write: authors/notes\.txt")


def test_a_folder_whose_list_of_files_is_lost_is_still_ours(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    for file in (tmp_path / ".dayleaf").glob("output-*.sqlite"):
        file.unlink()
    assert made.build().pages().written == 0


def test_each_output_folder_has_its_own_list_of_files(tmp_path: Path) -> None:
    """A build elsewhere in between does not make us forget what here is not ours."""
    made = small(tmp_path)
    made.build()
    made.settings["output"] = str(tmp_path / "elsewhere")
    made.build()
    del made.settings["output"]
    made.edit("public/assets/mine.css", "p {}")
    fails_and_changes_nothing(made, OutputError, r"did not write: assets/mine\.css")


def test_a_checkout_and_a_domain_name_may_live_in_the_output(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("public/.git/HEAD", "ref").edit("public/CNAME", "example.org")
    made.build()
    assert (made.public / "CNAME").read_text() == "example.org"
    assert (made.public / ".git/HEAD").exists()


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("file", "")
    made.settings["output"] = str(tmp_path / "file" / "public")
    with pytest.raises(OutputError, match="expected a folder that can be written"):
        made.build()


def test_a_layout_that_does_not_parse(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    made.edit("layouts/day.html", "<p>\n{% if day %}\n")
    fails_and_changes_nothing(made, LayoutError, r"^layouts/day\.html:2: .*endif")


def test_an_unknown_variable(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    made.edit("layouts/day.html", "<p>\n{{ dya.label }}\n")
    fails_and_changes_nothing(
        made, LayoutError, r"^layouts/day\.html:2: unknown variable 'dya'; did you mean 'day'\?"
    )


def test_an_unknown_attribute(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    made.edit("layouts/day.html", "{% for paper in day.papers %}\n{{ paper.titel }}{% endfor %}")
    fails_and_changes_nothing(
        made, LayoutError, r"^layouts/day\.html:2: unknown variable 'titel'; did you mean 'title'"
    )


def test_a_site_overrides_single_layouts(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("layouts/404.html", "Nobody is here, {{ site.title }}.")
    made.edit("layouts/assets/style.css", "p { color: red }")
    made.build()
    assert made.read("/404.html") == "Nobody is here, Daily digests."
    assert made.read("/assets/style.css") == "p { color: red }"
    assert "Tides in a Teacup" in made.read("/2021/12/19/")


def test_a_cache_of_other_content_is_not_believed(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    made.edit("other/20200101.md", digest(record("2001.00001", day="2020-01-01"), day="2020-01-01"))
    made.settings.update(content=str(tmp_path / "other"), output=str(tmp_path / "else"))
    made.build()
    days = {p.parent.name for p in (tmp_path / "else").glob("2*/*/*/index.html")}
    assert days == {"01"}


def test_a_minimum_of_papers_for_an_author_page(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("site.toml", "[authors]\nminimum = 2\n")
    made.build()
    assert (made.public / "authors/ada-quill.html").exists()
    assert not (made.public / "authors/zoe-adal.html").exists()
    assert "zoe-adal.html" not in made.read("/2021/12/20/")
    assert "Zoë Ådal" in made.read("/2021/12/20/")
    names = made.read("/authors/a/")
    place = urls.person("zoe-adal", HOSTS["github-pages"].shared_pages)
    assert place in names
    assert place in made.read("/2021/12/20/")
    assert "2021/12/20/#cs/9901001" in made.read(f"/{place.partition('#')[0]}")
    assert "Zo\u00eb \u00c5dal" in made.read("/authors/find/ada_.json")


def test_who_gets_a_page_is_linked_from_then_on(tmp_path: Path) -> None:
    """And who loses it no more, and the pages of co-authors follow: as in a clean build."""
    made = small(tmp_path / "made")
    made.edit("site.toml", "[authors]\nminimum = 2\n")
    made.build()
    for summary in ("first", "gone"):
        if summary == "first":
            text = record("2201.00009", day="2022-01-05", authors="Zoë Ådal, Cy Dell")
            made.edit(path("2022-01-05"), digest(text, day="2022-01-05"))
        else:
            made.remove(path("2022-01-05"))
        report = made.build()
        assert "zoe-adal.html" not in made.read("/2021/12/20/")
        if summary == "first":
            assert "zoe-adal.html" in made.read("/2022/01/05/")
        assert report.kinds["day"].written <= 3  # the data for citations among them
        clean = Site(tmp_path / summary)
        shutil.copytree(made.folder / "content", clean.folder / "content")
        clean.edit("site.toml", "[authors]\nminimum = 2\n")
        clean.build()
        assert clean.files() == made.files()


@pytest.mark.parametrize("phase", ["read", "pages", "search", "publish"])
def test_a_killed_build_heals(tmp_path: Path, phase: str) -> None:
    """Killed without warning in any phase, it leaves the old site, and the next build is clean."""
    made = small(tmp_path / "made")
    made.build(search=True)
    before = made.files()
    made.edit(path("2022-01-04"), digest(record("2201.00002", day="2022-01-04"), day="2022-01-04"))
    made.remove(path("2022-01-03"))
    if phase == "search":  # which is a phase of its own only where all is made anew
        for file in (made.folder / ".dayleaf").glob("output-*.sqlite"):
            file.unlink()
    code = (
        "import os, sys; from pathlib import Path; from dayleaf import build\n"
        "from dayleaf.base import config; from dayleaf.build import progress\n"
        "class Killer(progress.Silent):\n"
        "    def phase(self, name, total):\n"
        f"        if name == {phase!r}: self.armed = True\n"
        "    def advance(self, steps=1):\n"
        "        if getattr(self, 'armed', False): os._exit(9)\n"
        "move = build.output._move\n"
        "def half(source, target):\n"
        "    for entry in sorted(source.iterdir())[:1]: move(entry, target / entry.name)\n"
        "    os._exit(9)\n"
        f"if {phase!r} == 'publish': build.output._move = half\n"
        "build.build(config.load(Path(sys.argv[1])), build.BuildOptions(1), Killer())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(made.folder)], check=False)
    assert done.returncode == 9
    if phase != "publish":
        kept = {name: data for name, data in made.files().items() if "staging" not in name}
        assert kept == before
    made.build(search=True)
    clean = Site(tmp_path / "clean")
    for file in (made.folder / "content").rglob("*.md"):
        name = file.relative_to(made.folder).as_posix()
        clean.edit(name, file.read_text(encoding="utf-8"))
    clean.build(search=True)
    assert made.files() == clean.files()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("day.html", "{{ 1 / 0 }}", r"^layouts/day\.html:1: ZeroDivisionError: "),
        ("day.html", "\n{{ day.label|thousands }}", r"^layouts/day\.html:2: ValueError: "),
        ("day.html", "{{ day.previous.label }}", r"day\.html:1: 'label' is asked of nothing"),
        ("day.html", "{% include 'bas.html' %}", r"there is no layout 'bas\.html'; did you mean"),
        (
            "day.html",
            "{% extends 'base.html' %}\n{% block mian %}{% endblock %}",
            r"day\.html:2: unknown block 'mian'; did you mean 'main'",
        ),
        ("day.html", " \n", r"layouts/day\.html: makes an empty page of /2021/12/19/"),
        ("dya.html", "<p>", r"dya\.html: a layout that no page .*did you mean 'day\.html'"),
        (
            "day.html",
            "{% from 'partials/dates.html' import date %}\n{{ date(day.lable) }}",
            r"unknown variable 'lable'; did you mean 'label'.*called from layouts/day\.html:2",
        ),
    ],
)
def test_mistakes_in_layouts_are_explained(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    """With layout and line, whatever kind of mistake it is, and nothing is published."""
    made = small(tmp_path)
    made.build()
    made.edit(f"layouts/{name}", text)
    fails_and_changes_nothing(made, LayoutError, message)


def test_a_link_that_leads_nowhere_costs_only_itself(tmp_path: Path) -> None:
    made = small(tmp_path)
    (tmp_path / path("2022-01-04")).symlink_to(tmp_path / "nowhere")
    report = made.build()
    assert [str(problem) for problem in report.problems] == [
        (
            "cs.CV/2022/01/20220104.md: expected a file that can be read, "
            "found an error: No such file or directory"
        )
    ]
    assert report.totals.papers == 5
    assert made.build().changes.read <= 1


def test_an_archive_of_refusals_says_why(tmp_path: Path) -> None:
    made = site(tmp_path, "")
    made.edit(path("2021-12-19"), "")
    with pytest.raises(ContentError, match=r"found none; .*\n  .*20211219\.md: .*an empty file"):
        made.build()

"""The site's own rules: who is who, topics, and venues, on the pages and over edits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dayleaf.archive import people, rules, venues
from dayleaf.archive.people import Person
from dayleaf.archive.topics import Matcher, code, folded
from dayleaf.base import config
from dayleaf.base.errors import ConfigError
from tests.sites import Site, digest, path, record

TOPICS = """
[[topics]]
title = "Tides"
any = ["tides", "slow river*"]
none = ["desert"]

[[topics]]
title = "Deserts"
all = ["desert"]
"""


def topics(text: str) -> Matcher:
    """Return what matches the topics of some settings."""
    return Matcher(config.parse(text, site=Path("/nowhere")).topics)


@pytest.mark.parametrize(
    ("title", "belongs"),
    [
        ("Few-shot tides", True),
        ("few shot Tïdes!", True),
        ("A few shots of tides", False),
        ("Fewshot tides", False),
        (r"$\\alpha$ few-shot of tea", False),
        ("few-shot", False),
    ],
)
def test_phrases_are_whole_words_folded(title: str, *, belongs: bool) -> None:
    """Next to each other and in order; hyphens part words, accents and case make no difference."""
    found = topics('[[topics]]\ntitle = "T"\nall = ["Few shot", "TIDES"]').match(
        title, None, slugs=(), codes=(), venues=()
    )
    assert bool(found) is belongs


def test_a_star_stands_for_any_ending() -> None:
    one = topics('[[topics]]\ntitle = "T"\nany = ["transform*"]')
    for title, belongs in (("Transformers", True), ("A reform", False), ("transform", True)):
        assert bool(one.match(title, None, slugs=(), codes=(), venues=())) is belongs


def test_a_word_that_a_topic_excludes_keeps_a_paper_out() -> None:
    found = topics(TOPICS).match("Tides of the Desert", None, slugs=(), codes=(), venues=())
    assert [topic.title for topic in found] == ["Deserts"]


def test_signs_tell_topics_apart_and_their_spelling_does_not() -> None:
    same = {code(label) for label in ("Q* Search", "q*  search", " Q* SEARCH")}
    assert len(same) == 1
    assert len({*same, code("Q Search"), code("Q+ Search")}) == 3


def test_every_condition_has_to_hold() -> None:
    one = topics(
        '[[topics]]\ntitle = "T"\nany = ["tea"]\nauthors = ["Ada Quill"]\n'
        'categories = ["cs.RO"]\nvenues = ["CVPR 2024"]'
    )
    full = {"slugs": ["ada-quill"], "codes": ["cs.RO"], "venues": ["cvpr", "cvpr/2024"]}
    assert one.match("Tea", None, **full)
    for missing in full:
        assert not one.match("Tea", None, **(full | {missing: []}))


def test_text_is_folded_as_in_search() -> None:
    assert folded("β-VAE of Café CO₂") == " beta vae of cafe co2 "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[topics]]\nany = ['a']", "site.toml:1: expected a topic with a title"),
        ("[[topics]]\ntitle = 'T'", "site.toml:1: T: expected at least one of"),
        ("\n[[topics]]\ntitle = 'T'\nnone = ['a']", "site.toml:2: T: expected at least one of"),
        ("[[topics]]\ntitle = 'T'\nanny = ['a']", "did you mean 'any'?"),
        ("[[topics]]\ntitle = 'T'\nany = 'a'", "any: expected a list"),
        ("[[topics]]\ntitle = '王'\nany = ['a']", "expected an address"),
        ("topics = 3", "expected tables headed [[topics]]"),
        (
            "[[topics]]\ntitle = 'T'\nany = ['a']\n[[topics]]\ntitle = 't'\nany = ['b']",
            "site.toml:4: expected an address that no other topic has",
        ),
    ],
)
def test_mistakes_in_topics_are_explained(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        config.parse(text, site=Path("/nowhere"))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ada]\nspelings = ['A']", "did you mean 'spellings'?"),
        ("\n[ada]\n", "authors.toml:2: ada: expected a name"),
        ("[ada]\nname = 'Ada'\norcid = '12'", "expected sixteen figures"),
        ("[ada]\nname = 'Ada'\nhomepage = 'example.org'", "expected an address like https://"),
        ("['Ada Quill']\nname = 'Ada'", "expected a table named by the address"),
        ("[ada]\nname = 'Ada'\npapers = '2112.10046'", "papers: expected a list"),
        ("[ada", "expected TOML, found a mistake"),
    ],
)
def test_mistakes_in_authors_are_explained(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        people.parse(text)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[teacups]\n", "venues.toml:1: teacups: expected a table [teacups] with a name"),
        ("[teacups]\nname = 'T'\nkind = 'party'", "expected one of conference, workshop, journal"),
        ("[teacups]\nname = 'T'\nalias = ['S']", "did you mean 'aliases'?"),
        ("[Tea]\nname = 'T'", "expected a table named by lower-case letters"),
        ("[teacups]\nname = 'T'\naliases = 'S'", "expected a list of names"),
    ],
)
def test_mistakes_in_venues_are_explained(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        venues.known(text)
    assert said in str(error.value)


def test_the_first_table_that_fits_has_the_paper() -> None:
    ours = people.parse(
        "[li-of-tea]\nname = 'Li'\ncoauthors = ['Bo Fenn']\n"
        "[li-of-lakes]\nname = 'Li'\npapers = ['2112.10046v2']\n"
        "[li-the-third]\nname = 'Li'\ncategories = ['cs.RO']\n"
    )
    for beside, paper, codes, expected in (
        (["li", "bo-fenn"], "2112.10046", [], "li-of-tea"),
        (["li"], "2112.10046", [], "li-of-lakes"),
        (["li"], "2112.10047", ["cs.RO"], "li-the-third"),
        (["li"], "2112.10047", ["cs.CV"], "li"),
    ):
        assert ours.slugs(beside, paper=paper, categories=codes)[0] == expected
    assert ours.redirects() == {}
    second = people.parse("[li]\nname = 'Una Li'\ncategories = ['cs.SY']\n")  # of eess.SY
    assert second.slugs(["una-li"], paper="2112.10046", categories=["eess.SY"]) == ["li"]
    assert isinstance(ours.person("li-of-tea"), Person)


def site(folder: Path) -> Site:
    """Return a site of three papers."""
    made = Site(folder)
    first = record(comment="CVPR 2024 (oral)", authors="Ada Quill, Bo Fenn")
    second = record("2112.10047", title="Slow Riverbeds", authors="A. Quill", comment="Tea 2023")
    made.edit(path("2021-12-19"), digest(first, second))
    third = record("2112.10048", title="A Desert", authors="Una Brook", day="2021-12-20")
    return made.edit(path("2021-12-20"), digest(third, day="2021-12-20"))


def test_topics_have_pages_and_feeds_and_follow_their_edits(tmp_path: Path) -> None:
    made = site(tmp_path).edit("site.toml", TOPICS)
    made.build()
    page = made.read("/topics/tides/")
    assert "Tides in a Teacup" in page
    assert "Slow Riverbeds" in page
    assert "A Desert" not in page
    assert "<entry>" in made.read("/topics/tides/feed.xml")
    assert ">Tides<" in made.read("/2021/12/19/")
    made.edit("site.toml", TOPICS.replace('"tides", ', ""))
    made.build()
    assert "Tides in a Teacup" not in made.read("/topics/tides/")
    made.edit("site.toml", "")
    made.build()
    assert not (made.public / "topics/tides").exists()


def test_a_topic_of_a_venue_may_name_the_year(tmp_path: Path) -> None:
    topic = '[[topics]]\ntitle = "{0}"\nvenues = ["{0}"]\n'
    made = site(tmp_path)
    made.edit("site.toml", "".join(map(topic.format, ("CVPR", "CVPR 2024", "CVPR 2023"))))
    made.build()
    assert "Tides in a Teacup" in made.read("/topics/cvpr/")
    assert "Tides in a Teacup" in made.read("/topics/cvpr-2024/")
    assert not (made.public / "topics/cvpr-2023").exists()


def test_where_topics_stand_in_their_file_changes_no_paper() -> None:
    """Rules are applied anew, to all papers, only where they say something else."""
    one, other = (
        rules.sources(config.parse(text, site=Path("/nowhere"))) for text in (TOPICS, f"\n{TOPICS}")
    )
    assert one.fingerprint == other.fingerprint
    assert [topic.title for topic in one.topics] == ["Tides", "Deserts"]


def test_topics_in_vain_are_told(tmp_path: Path) -> None:
    made = site(tmp_path).edit(
        "site.toml",
        '[[topics]]\ntitle = "All"\nany = ["a*", "t*"]\n'
        '[[topics]]\ntitle = "No"\nany = ["zebra"]\n',
    )
    said = [str(problem) for problem in made.build().problems]
    assert any(
        "site.toml:1: the topic 'All': expected some papers, found 3, more" in s for s in said
    )
    assert any("site.toml:4: the topic 'No': expected some papers, found none" in s for s in said)


def test_people_are_joined_and_addresses_lead_on(tmp_path: Path) -> None:
    made = site(tmp_path)
    made.build()
    assert "Slow Riverbeds" in made.read("/authors/a-quill.html")
    made.edit(
        "authors.toml",
        '[quill]\nname = "Ada Quill"\nspellings = ["A. Quill"]\n'
        'orcid = "0000-0002-1825-0097"\nhomepage = "https://example.org/ada"\n',
    )
    made.build()
    page = made.read("/authors/quill.html")
    assert "Tides in a Teacup" in page
    assert "Slow Riverbeds" in page
    assert "https://orcid.org/0000-0002-1825-0097" in page
    for old in ("a-quill", "ada-quill"):
        assert "url=../authors/quill.html" in made.read(f"/authors/{old}.html").replace('"', "")
    assert "authors/quill.html" in made.read("/2021/12/19/")
    made.remove("authors.toml")
    made.build()
    assert "Slow Riverbeds" in made.read("/authors/a-quill.html")
    assert not (made.public / "authors/quill.html").exists()


def test_a_name_that_the_keeper_changes_is_changed_on_all_pages(tmp_path: Path) -> None:
    """No paper changes with it, and the address stays."""
    made = site(tmp_path)
    table = '[quill]\nname = "{}"\nspellings = ["A. Quill", "Ada Quill"]\n'
    for name in ("Ada Quill", "Ada Q. Quill"):
        made.edit("authors.toml", table.format(name))
        made.build()
        assert f"<h1>{name}</h1>" in made.read("/authors/quill.html")
        listed = re.sub(r"<[^>]+>", "", made.read("/authors/q/"))
        assert f"{name} " in listed


def test_names_in_vain_are_told_with_the_nearest(tmp_path: Path) -> None:
    made = site(tmp_path).edit("authors.toml", '[quill]\nname = "Ada Quil"\n')
    (said,) = map(str, made.build().problems)
    assert said == (
        "authors.toml:1: quill: expected a name that a paper has, found 'Ada Quil'; "
        "did you mean 'Ada Quill'?"
    )


def test_venues_have_pages_and_tags(tmp_path: Path) -> None:
    made = site(tmp_path)
    made.build()
    assert "Tides in a Teacup" in made.read("/venues/cvpr/")
    assert ">CVPR 2024</a>, oral" in made.read("/2021/12/19/")
    assert "CVPR 2024" in made.read("/authors/ada-quill.html")
    assert not (made.public / "venues/teacups").exists()
    made.edit("venues.toml", '[teacups]\nname = "Tea"\nfield = "tea"\nwords = ["Tea"]\n')
    made.build()
    assert "Slow Riverbeds" in made.read("/venues/teacups/")
    assert "Tea" in made.read("/venues/")


def test_a_venue_with_many_papers_has_a_page_for_each_year(tmp_path: Path) -> None:
    """Those with honours first, workshops apart, and the years as neighbours."""
    made = Site(tmp_path)
    for number in range(60):
        day = f"2021-{1 + number // 28:02}-{1 + number % 28:02}"
        year = 2019 + number % 3
        more = " (oral)" if number == 0 else " workshop" if number % 5 == 4 else ""
        comment = f"ICCV {year}{more}"
        one = record(f"2101.{number:05}", day=day, title=f"Tea {number}", comment=comment)
        made.edit(path(day), digest(one, day=day))
    made.build()
    own, page = made.read("/venues/iccv/"), made.read("/venues/iccv/2019/")
    assert "href=../iccv/2019/" in own.replace('"', "")
    assert (made.public / "venues/iccv/feed.xml").is_file()
    assert page.index("Tea 0<") < page.index("Tea 57<") < page.index("Workshops")
    assert "2020" in page


def test_a_name_with_many_papers_shows_its_circles(tmp_path: Path) -> None:
    """And claims no more than that they share no co-author."""
    made = Site(tmp_path)
    for number in range(24):
        day = f"2021-01-{number + 1:02}"
        other = ("Bo Fenn", "Una Brook", "Zoë Adal")[number % 3] if number < 21 else ""
        authors = f"Li Li, {other}" if other else "Li Li"
        made.edit(path(day), digest(record(f"2101.{number:05}", day=day, authors=authors), day=day))
    made.build()
    page = made.read("/authors/li-li.html")
    assert "fall into 6 circles that share no co-author" in page
    assert page.replace('"', "").count("class=c1") == 7
    assert "Bo Fenn" in page
    assert "<entry>" in made.read("/authors/li-li.xml")
    assert not (made.public / "authors/bo-fenn.xml").exists()

"""What researchers type, in a browser: names, authors with words, years, slips, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

SETTLED = "document.getElementById('search-status').ariaBusy === 'false'"
YEARS = ("2018", "2019", "2020", "2021")


def lay_out(folder: Path) -> Site:
    """Four years; what many papers cite is named by one, and another never says its own name."""
    made = Site(folder)
    for year in YEARS:
        short = f"{year[2:]}03"
        papers = [
            record(
                f"{short}.{n:05}",
                day=f"{year}-03-04",
                title=f"Steeping Leaves, Part {n} of {year}",
                authors="Ada Quill, Bo He",
                summary=f"We pour BREWR {'and CupNet ' * (n % 2)}over gaussian teapots. " * 2
                + "As KettleNet does." * (year > "2019"),
            )
            for n in range(8)
        ]
        made.edit(path(f"{year}-03-04"), digest(*papers, day=f"{year}-03-04"))
    special = (
        record(
            "1905.00001",
            day="2019-05-06",
            title="CupNet: Holding Warm Water",
            authors="Zoë Müller, Cy Ko",
            summary="A handle.",
        ),
        record(
            "1905.00002",
            day="2019-05-06",
            title="Slow Rivers of Milk",
            authors="Kay He",
            summary="A model called Big RivER Whisk Robot, or BREWR, is shown.",
        ),
        record(
            "1905.00003",
            day="2019-05-06",
            title="Pouring without Saying So",
            authors="Kay Tal, Bo He",
            summary="Nobody gives it away here.",
        ),
        record(
            "1905.00004",
            day="2019-05-06",
            title="KettleNet: Keeping Leaves Hot",
            authors="Cy Ko",
            summary="A lid closes.",
        ),
        record(
            "1905.00005",
            day="2019-05-06",
            title="Keeping Leaves Hot Again",
            authors="Cy Ko",
            summary="A lid closes over it.",
        ),
    )
    made.edit(path("2019-05-06"), digest(*special, day="2019-05-06"))
    made.edit("names.toml", '"1905.00003" = ["PourNet", "silent pouring"]\n')
    made.edit("site.toml", "[search]\nshard = 12\n")
    return made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    site = lay_out(tmp_path_factory.mktemp("asks"))
    site.build(search=True)
    with serve(site.public) as host:
        yield host


@pytest.fixture
def page(chromium: Any, server: Host) -> Iterator[Any]:
    """The search page; at the end nothing may stand in the console."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def ask(page: Any, server: Host) -> Callable[[str], list[str]]:
    """Asks, and returns the identifiers of what is listed."""

    def asked(q: str) -> list[str]:
        page.goto(f"{server.url}search/?q={quote(q)}")
        page.wait_for_function(SETTLED)
        links = page.eval_on_selector_all("#search-results > li > a", "all => all.map(a => a.hash)")
        return [link[1:] for link in links]

    return asked


@pytest.mark.parametrize(
    ("q", "paper", "signal"),
    [
        ("cupnet", "1905.00001", "gave the name"),
        ("Cup-Net", "1905.00001", "gave the name"),
        ("muller cupnet", "1905.00001", "gave the name"),
        ("brewr", "1905.00002", "introduced the name"),
        ("PourNet", "1905.00003", "known by this name"),
        ("he pournet 2019", "1905.00003", "known by this name"),
        ("silent pouring paper", "1905.00003", "known by this name"),
    ],
)
def test_a_name_finds_its_paper_and_says_why(
    ask: Callable[[str], list[str]], page: Any, q: str, paper: str, signal: str
) -> None:
    assert ask(q)[0] == paper
    assert signal in page.inner_text("#search-results > li:first-child")


def test_authors_and_words_go_together(ask: Callable[[str], list[str]]) -> None:
    assert ask("he rivers")[0] == "1905.00002"
    assert ask("K. He milk")[0] == "1905.00002"
    assert ask("Müller, Zoë") == ["1905.00001"]


def test_a_year_limits_and_can_be_taken_back(ask: Callable[[str], list[str]], page: Any) -> None:
    assert {paper[:2] for paper in ask("gaussian 2020")} == {"20"}
    assert "Of 2020 alone: all years or take it as a word." in page.inner_text(".notes")
    page.click(".notes button >> nth=0")
    page.wait_for_function("document.querySelectorAll('#search-results > li').length === 20")
    assert page.input_value("#q") == "gaussian"
    assert {paper[:2] for paper in ask("gaussian year:2019..2020")} == {"19", "20"}


def test_a_slip_is_mended_and_can_be_insisted_on(
    ask: Callable[[str], list[str]], page: Any
) -> None:
    assert len(ask("gausian teapots")) == 20
    said = "Showing results for gaussian teapots; search for gausian teapots instead."
    assert said in page.inner_text(".notes")
    page.click(".notes button")
    page.wait_for_function(SETTLED)
    assert page.input_value("#q") == '"gausian" teapots'
    assert "No paper holds all of these words; left out" not in page.inner_text("#search-status")


def test_what_no_paper_holds_is_left_out_and_said(
    ask: Callable[[str], list[str]], page: Any
) -> None:
    assert len(ask("gaussian teapots qwertzuiop")) == 20
    said = "No paper holds all of these words; left out: qwertzuiop."
    assert said in page.inner_text(".notes")


def test_words_can_be_left_out_or_asked_for_in_a_field(ask: Callable[[str], list[str]]) -> None:
    both = set(ask("gaussian -cupnet")), set(ask("gaussian NOT cupnet"))
    assert both[0] == both[1]
    assert all(int(paper[-1]) % 2 == 0 for paper in both[0])
    assert ask("title:cupnet") == ["1905.00001"]
    assert set(ask("author:müller")) == {"1905.00001"}
    assert "1905.00001" not in ask("abstract:cupnet")
    assert len(ask("abstract:cupnet")) == 16


def test_a_chart_shows_the_years_and_filters(ask: Callable[[str], list[str]], page: Any) -> None:
    ask("gaussian")
    labels = page.eval_on_selector_all(".trend li button", "all => all.map(one => one.ariaLabel)")
    assert labels[0] == "2018: 8 papers, 100 % of all"
    assert labels[1] == "2019: 8 papers, 62 % of all"
    page.click(".trend li button >> nth=2")
    page.wait_for_function("new URLSearchParams(location.search).get('year') === '2020'")
    page.wait_for_function(SETTLED)
    assert page.is_hidden(".trend")
    ask("cupnet vs brewr")
    page.wait_for_selector(".trend .name + .name")
    names = page.eval_on_selector_all(".trend .name", "all => all.map(one => one.textContent)")
    assert names == ["cupnet 17", "brewr 33"]


def test_the_first_paper_with_the_words_is_named(
    ask: Callable[[str], list[str]], page: Any
) -> None:
    ask("cupnet")
    assert page.inner_text(".first").startswith("The first here, 4 Mar 2018: Steeping Leaves")
    page.select_option("#order", "oldest")
    page.wait_for_function(SETTLED)
    years = page.eval_on_selector_all("#search-results time", "all => all.map(t => t.dateTime)")
    assert years == sorted(years)


def test_searches_are_remembered_saved_and_counted_on_home(
    ask: Callable[[str], list[str]], page: Any, server: Host
) -> None:
    ask("gaussian")
    page.press("#q", "Enter")
    page.click("text=Save this search")
    page.fill(".memory input", "Teapots")
    page.click(".memory form button")
    assert "Saved as “Teapots”" in page.inner_text(".memory")
    page.goto(f"{server.url}search/")
    assert "gaussian" in page.inner_text(".memory")
    assert "Teapots" in page.inner_text(".memory")
    carried = page.get_attribute(".memory a[href^='#searches']", "href")
    page.goto(server.url)
    page.wait_for_selector("#saved-searches li span:not(:empty)")
    assert page.inner_text("#saved-searches li") == "Teapots nothing new"
    page.evaluate("""() => {
      const all = JSON.parse(localStorage.getItem("saved-searches"));
      localStorage.setItem("saved-searches", JSON.stringify([{ ...all[0], seen: "2021-01-01" }]));
    }""")
    page.reload()
    page.wait_for_selector("#saved-searches li span:not(:empty)")
    assert page.inner_text("#saved-searches li").endswith("8 papers new")
    page.evaluate("localStorage.clear()")
    page.goto(f"{server.url}search/{carried}")
    page.reload()
    assert "Teapots" in page.inner_text(".memory")


def test_a_word_of_everyday_use_is_counted_and_its_newest_are_shown(
    chromium: Any, tmp_path: Path
) -> None:
    made = Site(tmp_path)
    for year in ("2019", "2020", "2021"):
        papers = [
            record(f"{year[2:]}04.{n:05}", day=f"{year}-04-04", title=f"Tea {n}", summary="Tea.")
            for n in range(500)
        ]
        made.edit(path(f"{year}-04-04"), digest(*papers, day=f"{year}-04-04"))
    made.edit("site.toml", "[search]\nshard = 500\n")
    made.build(search=True)
    with serve(made.public) as host:
        page = chromium.new_page()
        page.goto(f"{host.url}search/?q=tea")
        page.wait_for_function(SETTLED)
        said = "1,500 papers have this word, 1,000 of the newest listed"
        assert page.inner_text("#search-status") == said
        asked = [address for address in host.asked if "/2019-04/index/" in address]
        assert asked == []
        page.click(".notes button")
        page.wait_for_function(
            "document.getElementById('search-status').textContent.startsWith('1,500 papers found')"
        )
        page.close()


def test_a_description_finds_what_later_papers_name(
    page: Any, ask: Callable[[str], list[str]]
) -> None:
    """Nothing holds all words; of two papers that hold as many, one is named by others, of which
    those of the newest shard do not count.
    """
    assert ask("a lid keeping leaves hot within glass bowls")[:2] == ["1905.00004", "1905.00005"]
    status = page.text_content("#search-status")
    assert status.startswith("No paper holds all of these words; ")
    lines = page.locator("#search-results > li")
    assert "KettleNet stands in 8 later papers" in lines.nth(0).text_content()
    assert "later papers" not in lines.nth(1).text_content()


def test_papers_with_all_words_are_counted_by_themselves(
    page: Any, ask: Callable[[str], list[str]]
) -> None:
    first, *others = ask("slow rivers of milk with a big whisk")
    assert first == "1905.00002"
    assert not others
    first, *others = ask("model of a slow gaussian river")
    assert first == "1905.00002"
    assert len(others) > 3
    assert page.text_content("#search-status").startswith("No paper holds all of these words; ")


def test_where_few_hold_two_words_those_with_one_follow(
    page: Any, ask: Callable[[str], list[str]]
) -> None:
    first, *others = ask("hot lid")
    assert {first, others[0]} == {"1905.00004", "1905.00005"}
    assert page.text_content("#search-status") == "2 papers found"
    first, *others = ask("closes leaves")
    assert {first, others[0]} == {"1905.00004", "1905.00005"}
    assert len(others) > 10
    assert page.text_content("#search-status").startswith("2 papers with all words, 32 with some")
    page.get_by_role("button", name="only those with all words").click()
    page.wait_for_function(
        "document.querySelector('#search-status').textContent === '2 papers found'"
    )
    assert page.input_value("[name=q]") == '"closes" leaves'

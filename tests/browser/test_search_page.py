"""The search page in a browser: what it finds, says, keeps in the address, leaves in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

DAYS = ("2019-03-04", "2019-11-12", "2020-12-30", "2021-01-02", "2021-12-19", "2022-01-03")
"""Four shards: the newest year, the one before, and two of two months, one across a year."""
A_DAY = 14
SETTLED = "document.getElementById('search-status').ariaBusy === 'false'"
LISTED = "shown => document.querySelectorAll('#search-results > li').length === shown"
TITLES = "links => links.map(link => link.textContent)"
TOP = """title => [...document.querySelectorAll("#search-results > li > a")]
    .find(link => link.textContent === title).getBoundingClientRect().top"""


def lay_out(folder: Path) -> Site:
    """Six days of invented papers; their number, topic and day stand in each title."""
    made = Site(folder)
    for day in DAYS:
        month = day[2:4] + day[5:7]
        papers = [
            record(
                f"{month}.{number:05}",
                day=day,
                title=f"Paper {number} on the teapots of {day[:4]}",
                authors="Ada Quill, Bo Fenn",
                categories="**cs.RO**, cs.CV" if number % 5 == 0 else "**cs.CV**, cs.LG",
                summary="Much has been said of kettles. " * number + "We measure the handle.",
            )
            for number in range(A_DAY)
        ]
        papers[3] = record(
            f"{month}.00003",
            day=day,
            title=f"{'' if day < '2020' else 'Li Meets Wei: '}Self-Stirring Spoons, Part {day[:4]}",
            authors="Zoë Müller, Wei Li" if day < "2020" else "Wei Zhang, Na Li",
            summary="A spoon that stirs itself.",
        )
        if day == "2019-11-12":
            papers[7] = papers[7].replace("**DOI**: None", "**DOI**: 10.1000/TEAPOTS.7")
        made.edit(path(day), digest(*papers, day=day))
    made.edit(
        path("2019-03-05"),
        digest(
            record(
                "1903.00500",
                day="2019-03-05",
                title="<img src=x onerror=document.title='broken'> & samovars",
                authors="<b>Eve</b>, Bo Fenn",
                summary="Boiling <script>document.title='broken'</script> samovars & urns.",
            ),
            day="2019-03-05",
        ),
    )
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented site, built."""
    site = lay_out(tmp_path_factory.mktemp("search"))
    site.edit("site.toml", f"[search]\nshard = {2 * A_DAY + 1}\n")
    site.build(search=True)
    return site.public


@pytest.fixture(scope="module")
def server(built: Path) -> Iterator[Host]:
    """The invented site, served."""
    with serve(built) as host:
        yield host


@pytest.fixture
def visit(chromium: Any, server: Host) -> Iterator[Callable[..., Any]]:
    """Opens the search page; at the end nothing may stand in the console but what was lost."""
    server.reset()
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    faults: list[str] = []

    def open_page(query: str = "", *, wait: bool = True) -> Any:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(f"{server.url}search/{query}")
        if wait and query:
            page.wait_for_function(SETTLED)
        return page

    yield open_page
    lost = server.lost
    server.reset()
    context.close()
    assert lost or faults == []


def titles(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all("#search-results > li > a", TITLES)
    return found


def days(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#search-results time", "times => times.map(time => time.dateTime)"
    )
    return found


def status(page: Any) -> str:
    return str(page.inner_text("#search-status"))


def state(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def ask(page: Any, words: str) -> None:
    """Type a query and wait until it is answered in full."""
    page.fill("#search-form [name=q]", words)
    page.wait_for_function(f"decodeURIComponent(location.search).length && {SETTLED}")
    page.wait_for_function(
        "q => new URLSearchParams(location.search).get('q') === q", arg=words.strip()
    )
    page.wait_for_function(SETTLED)


def unfold(page: Any) -> None:
    """Open what holds the filters."""
    if not page.locator(".facets[open]").count():
        page.click(".facets summary")


def choose(page: Any, name: str, value: str) -> None:
    unfold(page)
    page.select_option(f"#search-form [name={name}]", value)
    page.wait_for_function(SETTLED)


# ---- What it finds -----------------------------------------------------------------------------


def test_the_archive_is_in_several_shards(built: Path) -> None:
    """Else the tests below would prove little."""
    listing = json.loads((built / "search/shards.json").read_text())
    found = [(shard["path"], shard["from"], shard["papers"]) for shard in listing["shards"]]
    assert found == [
        ("search/2022-01/", "2022-01-03", A_DAY),
        ("search/2021-12/", "2021-12-19", A_DAY),
        ("search/2020-12/", "2020-12-30", 2 * A_DAY),
        ("search/2019-03/", "2019-03-04", 2 * A_DAY + 1),
    ]


def test_a_result_leads_to_the_paper_on_its_day(visit: Callable[..., Any]) -> None:
    page = visit("?q=self-stirring+spoons+2021")
    assert status(page).endswith("found")
    page.click("#search-results > li:first-child > a")
    page.wait_for_url("**/archive/20*/*/*/#*")
    assert "Spoons" in page.inner_text(":target h2")


def test_all_shards_answer(visit: Callable[..., Any]) -> None:
    """A word of every day finds as many papers as hold it."""
    page = visit("?q=teapots")
    assert status(page) == f"{len(DAYS) * (A_DAY - 1)} papers found"


def test_matches_are_marked_in_the_title_and_the_abstract(visit: Callable[..., Any]) -> None:
    page = visit("?q=self-stirring+stirs")
    first = page.locator("#search-results > li").first
    assert first.locator("a mark").all_inner_texts() == ["Self-Stirring"]
    assert first.locator(".excerpt").inner_text() == "A spoon that stirs itself."
    assert first.locator(".excerpt mark").all_inner_texts() == ["stirs"]


def test_the_excerpt_is_the_part_of_the_abstract_that_matches(visit: Callable[..., Any]) -> None:
    page = visit("?q=paper+13+teapots+handle")
    assert titles(page)[0].startswith("Paper 13 on")
    text = page.locator("#search-results .excerpt").first.inner_text()
    assert text.startswith("… ")
    assert text.endswith("We measure the handle.")


@pytest.mark.parametrize("query", ["1911.00007", "arXiv:1911.00007v3", "arxiv.org/abs/1911.00007"])
def test_an_identifier_in_the_address_leads_to_its_paper(
    visit: Callable[..., Any], server: Host, query: str
) -> None:
    page = visit(f"?q={query}", wait=False)
    page.wait_for_url(f"{server.url}2019/11/12/#1911.00007")


def test_an_identifier_typed_shows_its_paper_and_enter_goes_there(
    visit: Callable[..., Any], server: Host
) -> None:
    page = visit()
    ask(page, "10.1000/Teapots.7")
    assert titles(page) == ["Paper 7 on the teapots of 2019"]
    assert status(page) == "1 paper found; Enter leads to it"
    assert not [address for address in server.asked if "/index/" in address]
    page.press("[name=q]", "Enter")
    page.wait_for_url(f"{server.url}2019/11/12/#1911.00007")


@pytest.mark.parametrize("query", ["1911.99999", "10.1000/kettles.07"])
def test_an_unknown_identifier_finds_nothing(visit: Callable[..., Any], query: str) -> None:
    assert status(visit(f"?q={query}")).startswith("No paper found: this archive does not hold")


def test_a_name_finds_whoever_bears_it_first(visit: Callable[..., Any]) -> None:
    """Wei Li before titles with Wei and Li apart; diacritics and case do not matter."""
    page = visit("?q=wei+li")
    assert len(titles(page)) == 6
    assert {title[-4:] for title in titles(page)[:2]} == {"2019"}
    ask(page, "muller")
    assert len(titles(page)) == 2


def test_digests_are_not_trusted(visit: Callable[..., Any]) -> None:
    page = visit("?q=samovars")
    entry = page.locator("#search-results > li")
    assert titles(page) == ["<img src=x onerror=document.title='broken'> & samovars"]
    assert "<b>Eve</b>" in entry.inner_text()
    assert "<script>" in entry.locator(".excerpt").inner_text()
    assert "broken" not in page.title()


# ---- Orders and filters ------------------------------------------------------------------------


def test_newest_first_holds_across_shards(visit: Callable[..., Any]) -> None:
    page = visit("?q=teapots&order=newest")
    for shown in (40, 60, 78):
        page.click("text=Show more")
        page.wait_for_function(LISTED, arg=shown)
    assert days(page) == sorted(days(page), reverse=True)
    assert not page.is_visible("text=Show more")


def test_a_filter_alone_lists_its_newest(visit: Callable[..., Any]) -> None:
    page = visit()
    choose(page, "category", "cs.RO")
    assert status(page) == f"{3 * len(DAYS)} papers found"
    assert days(page) == sorted(days(page), reverse=True)
    assert page.locator("#search-results .tag").all_inner_texts() == ["cs.RO"] * 18


OPTIONS = """name => Object.fromEntries([...document.querySelector(`[name=${name}]`).options]
    .filter(one => one.value && !one.disabled).map(one => [one.value, one.text]))"""


def test_filters_combine_and_say_what_they_would_leave(
    visit: Callable[..., Any], server: Host
) -> None:
    """Counts come when a filter is looked at, over all shards; each leaves its own choice out."""
    page = visit("?q=teapots")
    assert not [address for address in server.asked if ".pf_filter" in address]
    unfold(page)
    page.focus("[name=category]")
    page.wait_for_function("""document.querySelector("[value='cs.RO']").text.endsWith('(18)')""")
    assert page.evaluate(OPTIONS, "category") == {
        "cs.CV": "cs.CV · Computer Vision (60)", "cs.RO": "cs.RO · Robotics (18)",
    }  # fmt: skip
    choose(page, "category", "cs.RO")
    page.focus("[name=year]")
    page.wait_for_function("""document.querySelector("#year [value='2019']").text === '2019 (6)'""")
    assert page.evaluate(OPTIONS, "year") == {
        "2022": "2022 (3)", "2021": "2021 (6)", "2020": "2020 (3)", "2019": "2019 (6)",
    }  # fmt: skip
    assert page.evaluate(OPTIONS, "category")["cs.CV"] == "cs.CV · Computer Vision (60)"
    choose(page, "year", "2021")
    assert status(page) == "6 papers found"
    page.focus("[name=cross]")
    choose(page, "cross", "cs.CV")
    assert status(page) == "6 papers found"
    assert state(page) == {
        "q": ["teapots"],
        "category": ["cs.RO"],
        "year": ["2021"],
        "cross": ["cs.CV"],
    }
    assert set(page.evaluate(OPTIONS, "cross")) == {"cs.CV"}


def test_authors_stand_above_the_papers(visit: Callable[..., Any], server: Host) -> None:
    page = visit("?q=muller zo")
    page.wait_for_selector(".people a")
    assert page.inner_text(".people") == "Author Zoë Müller 2"
    page.click(".people a")
    page.wait_for_url(f"{server.url}authors/zoe-muller.html")


def test_a_name_in_full_comes_first(visit: Callable[..., Any]) -> None:
    """Before names that only begin so, whatever their number of papers."""
    page = visit("?q=li na")
    page.wait_for_selector(".people a")
    assert page.locator(".people a").all_inner_texts() == ["Na Li"]


def test_where_nothing_is_found_there_are_ways_on(visit: Callable[..., Any]) -> None:
    page = visit("?q=kettles+stirs")
    assert "No paper holds all of these words; left out: stirs." in page.inner_text(".notes")
    assert titles(page)
    assert page.inner_text(".hints") == "With fewer words: kettles or stirs"
    page.click(".hints button >> nth=1")
    page.wait_for_function(SETTLED)
    assert (state(page), status(page)) == ({"q": ["stirs"]}, "6 papers found")
    ask(page, "zoe muler")
    page.wait_for_selector(".hints a")
    assert page.inner_text(".hints").startswith("Do you mean the author Zoë Müller?")


def test_a_word_is_not_cut_where_another_part_of_the_archive_has_it(
    visit: Callable[..., Any],
) -> None:
    """Only if none has it, what holds its beginning is listed, and said to come near."""
    page = visit("?q=samovarquilt")
    assert status(page).startswith("No paper holds all of these words; ")
    assert titles(page)
    ask(page, "samov")  # a word that is being typed
    assert "come near" not in status(page)
    assert titles(page)
    ask(page, "samovars")
    assert status(page) == "1 paper found"


def test_a_year_asks_only_its_shards(visit: Callable[..., Any], server: Host) -> None:
    page = visit("?q=teapots&year=2021")
    assert status(page) == f"{2 * (A_DAY - 1)} papers found"
    assert {day[:4] for day in days(page)} == {"2021"}
    # 2022 is opened before anybody asks, but not searched.
    searched = {address.split("/")[3] for address in server.asked if "/index/" in address}
    assert searched == {"2020-12", "2021-12"}


def test_one_letter_is_not_searched(visit: Callable[..., Any]) -> None:
    page = visit("?q=t")
    assert status(page) == "Type two letters or more"
    assert titles(page) == []


# ---- The address -------------------------------------------------------------------------------


def test_the_state_is_in_the_address_and_back_works(visit: Callable[..., Any]) -> None:
    """Typing makes no history; a choice and a submission do."""
    page = visit("?q=kettles")
    ask(page, "teapots")
    before = page.evaluate("history.length")
    choose(page, "year", "2021")
    choose(page, "order", "newest")
    assert page.evaluate("history.length") == before + 2
    assert state(page) == {"q": ["teapots"], "year": ["2021"], "order": ["newest"]}
    ask(page, "handle")
    page.press("#search-form [name=q]", "Enter")
    assert page.evaluate("history.length") == before + 3
    page.go_back()
    page.wait_for_function("document.querySelector('[name=q]').value === 'teapots'")
    assert state(page)["order"] == ["newest"]
    page.go_back()
    page.go_back()
    page.wait_for_function(f"document.querySelector('[name=q]').value === 'kettles' && {SETTLED}")
    assert page.input_value("[name=year]") == ""
    assert titles(page)


def test_back_from_a_paper_finds_the_list_as_it_was(visit: Callable[..., Any]) -> None:
    page = visit("?q=teapots")
    page.click("text=Show more")
    page.wait_for_function(LISTED, arg=40)
    page.click("#search-results > li:nth-child(30) > a")
    page.wait_for_selector(":target")
    page.go_back()
    page.wait_for_function(LISTED, arg=40)


# ---- While it searches -------------------------------------------------------------------------


def test_the_newest_shard_is_shown_while_others_load(
    visit: Callable[..., Any], server: Host
) -> None:
    server.held = r"/2021-12/index/"
    page = visit("?q=teapots", wait=False)
    page.wait_for_selector("#search-results > li")
    assert status(page) == "13 papers so far, back to January 2022 …"
    assert {day[:4] for day in days(page)} == {"2022"}
    server.release.set()
    page.wait_for_function(SETTLED)
    assert status(page) == "78 papers found"


def test_a_new_keystroke_cancels_the_search(visit: Callable[..., Any], server: Host) -> None:
    server.held = r"/2021-12/index/"
    page = visit("?q=teapots", wait=False)
    page.wait_for_selector("#search-results > li")
    page.fill("#search-form [name=q]", "samovars")
    page.wait_for_function("location.search === '?q=samovars'")
    server.release.set()
    page.wait_for_function(SETTLED)
    assert (status(page), len(titles(page))) == ("1 paper found", 1)


@pytest.mark.parametrize("how", ["focus", "scroll"])
def test_nothing_jumps_under_the_reader(visit: Callable[..., Any], server: Host, how: str) -> None:
    """Results that come in later, even better ones, leave what is looked at where it is."""
    server.held = r"/(?:2021-12|2020-12)/index/"
    page = visit("?q=kettles", wait=False)
    page.wait_for_selector("#search-results > li:nth-child(12)")
    if how == "scroll":
        page.mouse.wheel(0, 900)
        page.wait_for_function("scrollY > 800")
        place = 6
    else:
        page.focus("#search-form [name=q]")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        place = 2
    looked_at = titles(page)[place]
    before = page.evaluate(TOP, looked_at)
    server.release.set()
    page.wait_for_function(SETTLED)
    assert len(titles(page)) > 12
    assert titles(page).index(looked_at) > place
    assert abs(page.evaluate(TOP, looked_at) - before) <= 1


def test_a_shard_that_fails_is_said_and_can_be_retried(
    visit: Callable[..., Any], server: Host
) -> None:
    server.lost = r"/2019-03/index/"
    page = visit("?q=teapots")
    assert status(page) == "52 papers so far"
    assert "March 2019 to November 2019" in page.inner_text("[role=alert]")
    server.lost = r"no such file"
    page.click("text=Try again")
    page.wait_for_selector("[role=alert]", state="hidden")
    page.wait_for_function(SETTLED)
    assert status(page) == "78 papers found"


def test_an_index_that_fails_is_said(visit: Callable[..., Any], server: Host) -> None:
    server.lost = r"shards\.json"
    page = visit("?q=teapots")
    assert status(page) == "No papers so far"
    assert "the index" in page.inner_text("[role=alert]")


# ---- Hands -------------------------------------------------------------------------------------


def test_arrows_go_from_the_box_through_the_results(visit: Callable[..., Any]) -> None:
    page = visit("?q=spoons")
    focused = "document.activeElement.textContent"
    page.press("[name=q]", "ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles(page)[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(":target")


def test_more_results_go_on_where_the_list_ended(visit: Callable[..., Any]) -> None:
    page = visit("?q=teapots")
    assert len(titles(page)) == 20
    first = titles(page)
    page.press("text=Show more", "Enter")
    page.wait_for_function(LISTED, arg=40)
    assert titles(page)[:20] == first
    assert page.evaluate("document.activeElement.textContent") == titles(page)[20]


# ---- The first screen --------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
@pytest.mark.parametrize("query", ["?q=teapots", "?q=teapots&category=cs.RO&year=2019"])
def test_the_first_result_stands_on_the_first_screen(
    visit: Callable[..., Any], width: int, height: int, query: str
) -> None:
    page = visit(query)
    page.set_viewport_size({"width": width, "height": height})
    box = page.locator("#search-results li").first.bounding_box()
    assert box["y"] < 350


def test_filters_that_are_set_are_said_and_removed(visit: Callable[..., Any]) -> None:
    page = visit("?q=teapots&category=cs.RO&year=2019")
    assert page.inner_text(".facets summary") == "Filters (2)"
    assert page.locator(".chips button").all_inner_texts() == ["cs.RO ×", "2019 ×"]
    page.get_by_role("button", name="Remove the filter cs.RO").click()
    page.wait_for_function(SETTLED)
    assert "category" not in page.url
    assert page.locator(".chips button").all_inner_texts() == ["2019 ×"]
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator(".chips button").click()
    page.wait_for_function(SETTLED)
    assert page.locator(".chips").is_hidden()
    assert page.inner_text(".facets summary") == "Filters"

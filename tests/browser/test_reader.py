"""The reader's morning: skimming, marks, what is new, interests, and the reading list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.site.pages.test_landmarks import archive
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

DAYS = ("2021-12-17", "2021-12-18", "2021-12-19")
A_DAY = 30
TEXT = "We look at tides in cups of tea, for a long time and with great patience. " * 6


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve three days of thirty papers."""
    made = Site(tmp_path_factory.mktemp("reader"))
    for place, day in enumerate(DAYS):
        papers = [
            record(
                f"2112.{place + 1}{n:04}",
                day=day,
                title=f"Paper {n} of {day}" + (" on Gaussian splatting" if n == 7 else ""),
                authors="Zoë Ådal, Bo Fenn" if n == 9 else "Ada Quill",
                categories="**cs.RO**" if n % 5 == 0 else "**cs.CV**, cs.LG",
                comment={11: "Accepted at ICCV 2021", 12: "CVPR 2022"}.get(n, "None"),
                summary=TEXT,
            )
            for n in range(A_DAY)
        ]
        made.edit(path(day), digest(*papers, day=day))
    made.build()
    with serve(made.public) as served:
        yield served


def stored(page: Any, key: str) -> Any:
    return page.evaluate("key => localStorage.getItem(key)", key)


def test_titles_alone_are_kept_and_one_unfolds(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.get_by_role("button", name="Titles only").click()
    # The first screen of papers, below the head of the page.
    page.evaluate("scrollTo(0, document.querySelector('article').offsetTop)")
    whole = (
        "[...document.querySelectorAll('article')].map(a => a.getBoundingClientRect())"
        ".filter(box => box.top >= -1 && box.bottom <= innerHeight).length"
    )
    assert page.evaluate(whole) >= 15
    assert not page.locator("article p:has-text('We look')").first.is_visible()
    page.goto(f"{host.url}2021/12/18/")  # another day opens alike, from its first paint
    assert page.evaluate("document.documentElement.classList.contains('titles')")
    first = page.locator("article").first
    first.get_by_role("button", name="Abstract of").click()
    assert first.locator("p:has-text('We look')").is_visible()
    assert page.locator("article .unfold[aria-expanded=true]").count() == 1
    page.keyboard.press("t")
    assert page.locator("article p:has-text('We look')").nth(20).is_visible()
    assert stored(page, "skim") == ""


def test_the_place_in_a_day_is_told_and_found_again(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.locator("article").nth(19).scroll_into_view_if_needed()
    page.evaluate("document.querySelectorAll('article')[19].scrollIntoView()")
    page.wait_for_function("/^20 of 30/.test(document.querySelector('.place').textContent)")
    assert page.locator(".outline li").count() == A_DAY
    assert page.locator(".outline [aria-current]").inner_text().startswith("Paper 19 of")
    page.goto(f"{host.url}days/")
    page.go_back()
    top = "document.querySelectorAll('article')[19].getBoundingClientRect().top"
    page.wait_for_function(f"Math.abs({top}) < 60")


def test_a_filter_is_there_again_after_a_reload(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.locator(".fields a").nth(1).click()
    page.wait_for_function("document.querySelectorAll('article:not([hidden])').length == 6")
    assert page.locator(".outline li").count() == A_DAY // 5
    page.reload()
    page.wait_for_function("document.querySelectorAll('article:not([hidden])').length == 6")


def test_what_was_scrolled_past_is_read_and_can_be_unread(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.wait_for_selector("button.read")
    page.wait_for_timeout(800)
    page.evaluate("document.querySelectorAll('article')[2].scrollIntoView()")
    page.wait_for_function("document.querySelectorAll('article.read').length == 2")
    assert stored(page, "read:2021/12/19").split() == ["2112.30000", "2112.30001"]
    # A leap to the end is no reading.
    page.evaluate("document.querySelectorAll('article')[28].scrollIntoView()")
    page.wait_for_timeout(300)
    page.evaluate("document.querySelectorAll('article')[29].scrollIntoView()")
    page.wait_for_timeout(300)
    assert page.locator("article.read").count() <= 4
    page.locator("[id='2112.30000'] .read").click()
    assert "2112.30000" not in stored(page, "read:2021/12/19")
    page.locator("[id='2112.30012'] h2 a").focus()
    page.keyboard.press("m")
    assert "2112.30012" in stored(page, "read:2021/12/19")
    page.reload()
    page.wait_for_selector("[id='2112.30012'].read")


def test_marks_of_tens_of_thousands_are_kept(page: Any, host: Host) -> None:
    page.goto(f"{host.url}days/")
    page.evaluate(
        """for (let day = 0; day < 400; day += 1) {
          const ids = Array.from({length: 150}, (_, n) => `2${day}.${10000 + n}`);
          localStorage.setItem(`read:20${day}/01/01`, ids.join(" "));
        }"""
    )
    page.goto(f"{host.url}2021/12/19/")
    page.locator("[id='2112.30003'] .read").click()
    assert stored(page, "read:2021/12/19") == "2112.30003"


def test_what_is_new_joins_the_days_since_the_last_visit(page: Any, host: Host) -> None:
    page.goto(host.url)
    page.wait_for_function("localStorage.getItem('seen-to') === '2021/12/19'")
    assert page.locator(".fresh").count() == 0
    page.evaluate("localStorage.setItem('seen-to', '2021/12/17')")
    page.reload()
    page.wait_for_selector(".fresh")
    assert page.inner_text(".fresh") == "60 new papers in 2 days"
    page.locator(".fresh").click()
    page.wait_for_function("document.querySelectorAll('article').length == 60")
    assert "60 new papers in 2 days" in page.inner_text("main > header")
    headings = page.locator(".day-of > h2").all_inner_texts()
    assert headings == ["Sunday, 19\xa0December\xa02021", "Saturday, 18\xa0December\xa02021"]
    assert page.locator("article .cite").count() == 60
    # Links lead where they led from the day's own page.
    author = page.locator("article h2 + p a").first.get_attribute("href")
    assert author == f"{host.url}authors/ada-quill.html"
    for _ in range(31):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('article').id") == "2112.20000"
    page.locator("[id='2112.30004'] .read").click()
    page.get_by_label("Unread only").check()
    assert not page.locator("[id='2112.30004']").is_visible()
    page.get_by_role("button", name="I have seen these").click()
    assert stored(page, "seen-to") == "2021/12/19"
    page.get_by_role("button", name="Undo").click()
    assert stored(page, "seen-to") == "2021/12/17"
    page.evaluate("localStorage.setItem('seen-to', '2021/12/19')")
    page.reload()
    page.get_by_text("Nothing new since you were here").wait_for()


def add(page: Any, sort: str, value: str, button: str = "Follow") -> None:
    page.select_option("#sort", sort)
    page.fill("#value", value)
    page.locator(f"form.interest button:has-text('{button}')").click()
    page.wait_for_selector(f".interests li:has-text('{value}')")


def test_interests_mark_papers_with_the_reason(page: Any, host: Host) -> None:
    page.goto(f"{host.url}interests/")
    add(page, "words", "Gaussian-Splatting")
    add(page, "author", "Zoe Adal")
    add(page, "venue", "ICCV")
    add(page, "category", "cs.RO", "Hide")
    page.goto(f"{host.url}2021/12/19/")
    page.wait_for_selector(".followed")
    marked = page.eval_on_selector_all(
        ".followed", "all => all.map(one => [one.id, one.querySelector('.reason').textContent])"
    )
    assert marked == [
        ["2112.30007", "You follow Gaussian-Splatting"],
        ["2112.30009", "You follow Zoe Adal"],
        ["2112.30011", "You follow ICCV"],
    ]
    assert page.get_by_role("link", name="3 that you follow").get_attribute("href") == "#2112.30007"
    away = page.locator("article.put-away")
    assert away.count() == A_DAY // 5
    assert not away.first.locator("p:has-text('We look')").is_visible()
    away.first.get_by_role("button", name="Show").click()
    assert page.locator("[id='2112.30000'] p:has-text('We look')").is_visible()
    page.goto(host.url)
    page.wait_for_selector("main li.followed")
    page.goto(f"{host.url}authors/ada-quill.html")
    page.get_by_role("button", name="Follow").click()
    page.get_by_role("button", name="Following").wait_for()
    page.goto(f"{host.url}venues/cvpr/2022/")
    page.get_by_role("button", name="Follow").click()
    page.get_by_role("button", name="Following").wait_for()
    names = [one["label"] for one in json.loads(stored(page, "interests"))]
    assert names == ["Gaussian-Splatting", "Zoe Adal", "ICCV", "cs.RO", "Ada Quill", "CVPR"]


def test_interests_go_along_by_a_link(page: Any, chromium: Any, host: Host) -> None:
    page.goto(f"{host.url}interests/")
    add(page, "words", "<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Copy as a link").click()
    page.get_by_text("The link is copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = chromium.new_page()
    other.goto(link)
    other.get_by_text("1 taken over").wait_for()
    assert other.inner_text(".interests b") == "<img src=x onerror=alert(1)>"
    assert other.url == f"{host.url}interests/"
    other.get_by_role("button", name="Remove").click()
    assert other.evaluate("localStorage.getItem('interests')") is None
    other.close()


def test_a_paper_is_saved_wherever_it_is_listed(page: Any, host: Host) -> None:
    page.goto(f"{host.url}authors/ada-quill.html")
    page.locator("main ol > li").nth(3).hover()
    page.locator("main ol > li .save").nth(3).click()
    page.get_by_text("On the reading list.").wait_for()
    page.goto(f"{host.url}categories/cs.CV/")
    page.locator("main ol > li > a").nth(1).focus()
    page.keyboard.press("s")
    page.get_by_text("On the reading list.").wait_for()
    page.goto(f"{host.url}2021/12/17/")
    page.locator("[id='2112.10007'] .save").click()
    page.get_by_role("button", name="Open it").click()
    page.wait_for_selector(".saved > li:nth-child(3)")
    page.wait_for_function(
        "document.querySelectorAll('.saved > li')[2].textContent.includes('Ada Quill')"
    )
    last = page.locator(".saved > li").nth(2).inner_text()
    assert "Paper 7 of 2021-12-17 on Gaussian splatting" in last
    assert "Ada Quill · 2021 · cs.CV" in last


def entry(number: int) -> dict[str, object]:
    """What the browser keeps of a paper on the reading list."""
    paper_id = f"2101.{number:05d}"
    return {
        "id": paper_id, "title": f"Paper {number}", "authors": ["Ada Quill", "Bo Fenn"],
        "category": "cs.CV", "published": "2021-01-04", "doi": "", "journal": "", "comment": "",
        "address": "", "place": number + 1, "path": f"2021/01/04/#{paper_id}",
        "since": "2021-01-05", "note": "", "tags": [], "done": False,
    }  # fmt: skip


def seed(page: Any, count: int) -> None:
    page.evaluate(
        "all => all.forEach(one => localStorage.setItem(`saved:${one.id}`, JSON.stringify(one)))",
        [entry(number) for number in range(count)],
    )


def test_the_list_takes_notes_tags_an_order_and_back(page: Any, host: Host) -> None:
    page.goto(f"{host.url}reading-list/")
    seed(page, 3)
    page.reload()
    titles = page.locator(".saved > li > a")
    assert titles.all_inner_texts() == ["Paper 0", "Paper 1", "Paper 2"]
    page.get_by_label("Note on Paper 1").fill("For the talk")
    page.get_by_label("Tags of Paper 2").fill("tea, tides, tea")
    page.get_by_label("Tags of Paper 2").press("Tab")
    page.get_by_role("button", name="Down: Paper 0").click()
    assert titles.all_inner_texts() == ["Paper 1", "Paper 0", "Paper 2"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Down: Paper 0"
    page.get_by_role("button", name="Unread: Paper 2").click()
    page.reload()
    assert page.get_by_label("Note on Paper 1").input_value() == "For the talk"
    assert page.get_by_label("Tags of Paper 2").input_value() == "tea, tides"
    assert "3 papers, 2 unread" in page.inner_text("#list-status")
    page.get_by_label("Unread only").check()
    assert titles.all_inner_texts() == ["Paper 1", "Paper 0"]
    page.get_by_label("Unread only").uncheck()
    page.select_option("#tag", "tides")
    assert titles.all_inner_texts() == ["Paper 2"]
    page.select_option("#tag", "")
    page.fill("#within", "talk")
    assert titles.all_inner_texts() == ["Paper 1"]
    page.fill("#within", "")
    page.get_by_role("button", name="Remove: Paper 0").click()
    # The focus stays in the list, and what was done is said and can be undone.
    assert page.evaluate("document.activeElement.textContent") == "Paper 2"
    page.get_by_text("Removed: Paper 0.").wait_for()
    page.get_by_role("button", name="Undo").click()
    assert titles.count() == 3


def test_two_tabs_do_not_undo_each_other(page: Any, host: Host) -> None:
    page.goto(f"{host.url}reading-list/")
    seed(page, 2)
    page.reload()
    other = page.context.new_page()
    other.goto(f"{host.url}reading-list/")
    page.get_by_label("Note on Paper 0").fill("here")
    page.get_by_label("Note on Paper 0").press("Tab")
    other.get_by_label("Note on Paper 1").fill("there")
    other.get_by_label("Note on Paper 1").press("Tab")
    other.wait_for_function("document.querySelector('.saved textarea').value === 'here'")
    page.bring_to_front()
    page.wait_for_function("document.querySelectorAll('.saved textarea')[1].value === 'there'")
    other.get_by_role("button", name="Remove: Paper 0").click()
    page.wait_for_function("document.querySelectorAll('.saved > li').length === 1")
    other.close()


def test_thousands_of_entries_are_kept_and_searched(page: Any, host: Host, tmp_path: Path) -> None:
    """Brought by a file, as somebody would who has so many."""
    file = tmp_path / "list.json"
    file.write_text(json.dumps([entry(number) for number in range(5000)]))
    page.goto(f"{host.url}reading-list/")
    page.set_input_files("#file", file)
    page.get_by_text("5,000 papers read, 5000 of them new.").wait_for()
    assert "5,000 papers, 5000 unread" in page.inner_text("#list-status")
    assert page.locator(".saved > li").count() == 100
    page.fill("#within", "Paper 4711")
    page.wait_for_function("document.querySelectorAll('.saved > li').length === 1")
    page.fill("#within", "")
    page.get_by_role("button", name="Show 4,900 more papers").click()
    assert page.locator(".saved > li").count() == 600


@pytest.mark.parametrize("name", ["json", "bibtex", "biblatex", "ris", "csl"])
def test_the_list_goes_out_and_comes_back(
    page: Any, chromium: Any, host: Host, tmp_path: Path, name: str
) -> None:
    """Papers of the archive are known again by their ids, with all that its data says."""
    for day, number in (("2021/12/17", 7), ("2021/12/19", 11)):
        page.goto(f"{host.url}{day}/")
        page.locator(".save").nth(number).click()
        page.get_by_text("On the reading list.").wait_for()
        page.wait_for_function(
            "Object.keys(localStorage).filter(k => k.startsWith('saved:'))"
            ".every(k => localStorage.getItem(k).includes('Ada Quill'))"
        )
    page.goto(f"{host.url}reading-list/")
    with page.expect_download() as download:
        if name == "json":
            page.get_by_role("button", name="Save with notes").click()
        else:
            page.get_by_role("button", name="Export").click()
            page.select_option("dialog select", name)
            page.get_by_role("button", name="Download").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    other = chromium.new_page()
    other.goto(f"{host.url}reading-list/")
    other.set_input_files("#file", file)
    other.get_by_text("2 papers read, 2 of them new.").wait_for()
    other.wait_for_function(
        "Object.keys(localStorage).filter(k => k.startsWith('saved:')).map(k => "
        "JSON.parse(localStorage.getItem(k)).path).sort().join() === "
        "'2021/12/17/#2112.10007,2021/12/19/#2112.30011'"
    )
    other.set_input_files("#file", file)  # the same again adds nothing
    other.get_by_text("2 papers read, 0 of them new.").wait_for()
    venue = other.evaluate("JSON.parse(localStorage.getItem('saved:2112.30011')).venue?.year")
    assert venue == "2021"
    other.close()


def test_an_import_tells_papers_apart_and_links_by_doi(
    page: Any, host: Host, tmp_path: Path
) -> None:
    """A grant's number is no paper of the archive, and an address of strangers no script."""
    file = tmp_path / "tea.bib"
    file.write_text(
        "@article{k1, title={Cups}, author={Fenn, Bo}, year={2020}, doi={10.5555/cups.1}}\n"
        "@article{k2, title={A Grant}, author={Dell, Cy}, year={2020},"
        " note={Grant no. 2112.10007 of the Tea Board}}\n"
        "@misc{k3, title={Script}, author={Dell, Cy}, year={2020}, url={javascript:alert(1)}}\n"
        "@misc{k1, title={Lamps}, author={Dell, Cy}, year={2020}, eprint={2112.10007}}\n",
        encoding="utf-8",
    )
    page.goto(f"{host.url}reading-list/")
    page.set_input_files("#file", file)
    page.get_by_text("4 papers read, 4 of them new.").wait_for()
    page.wait_for_function("document.querySelector('.saved').textContent.includes('2021-12-17')")
    titles = page.locator(".saved > li > :first-child")
    assert titles.all_inner_texts()[:3] == ["Cups", "A Grant", "Script"]
    assert titles.nth(0).get_attribute("href") == "https://doi.org/10.5555/cups.1"
    assert [titles.nth(n).get_attribute("href") for n in (1, 2)] == [None, None]
    page.set_input_files("#file", file)
    page.get_by_text("4 papers read, 0 of them new. 4 were on the list").wait_for()


def test_what_is_no_list_is_refused_in_words(page: Any, host: Host, tmp_path: Path) -> None:
    page.goto(f"{host.url}reading-list/")
    file = tmp_path / "notes.txt"
    file.write_text("Tea, milk, sugar", encoding="utf-8")
    page.set_input_files("#file", file)
    page.get_by_text("Expected a list as JSON, CSL-JSON, BibTeX or RIS.").wait_for()


def landmarks(folder: Path) -> Site:
    made = archive(folder)
    made.build(search=True)
    return made


def test_a_day_says_which_papers_later_ones_name(page: Any, tmp_path: Path) -> None:
    with serve(landmarks(tmp_path).public) as host:
        page.goto(f"{host.url}2019/03/01/")
        line = page.locator("article .named")
        line.wait_for()
        assert line.inner_text() == "TeaNet stands in 9 later papers"
        page.goto(f"{host.url}landmarks/")
        page.get_by_role("link", name="TeaNet: Brewing Fields").first.click()
        page.wait_for_url(f"{host.url}2019/03/01/#1903.00001")

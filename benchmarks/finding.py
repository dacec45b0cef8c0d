"""Known items: papers and authors drawn from an archive, and whether its search finds them.

Asked through the search page itself, in a browser.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import urls
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from dayleaf.catalog import Catalog

EIGHT, FOUR = 8, 4
_ASK = """async ([words, most]) => {
  const [form, status] = ["form", "status"].map((id) => document.getElementById(`search-${id}`));
  form.elements.q.value = words;
  form.requestSubmit();
  const asked = () => new URLSearchParams(location.search).get("q") === words.trim();
  const until = performance.now() + 60_000;
  while (!(asked() && status.ariaBusy === "false") && performance.now() < until) {
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
  return [...document.querySelectorAll("#search-results > li > a")].slice(0, most)
    .map((link) => link.href.replace(/^.*?(?=\\d{4}\\/\\d\\d\\/\\d\\d\\/#)/, ""));
}"""
_NAME = """async ([root, name]) => {
  const { people } = await import(`${root}assets/names.js`);
  return (await people(root, name)).first[0]?.slug ?? "";
}"""


class Item(NamedTuple):
    """A paper to be found."""

    path: str
    title: str
    eight: str
    """The first eight words of its title."""
    four: str
    """Four of its words, drawn."""


class Rates(NamedTuple):
    """Shares of the papers that were found so far up, from 0 to 1."""

    first: float
    first_five: float
    four_first_ten: float
    missed: tuple[str, ...]
    """Queries of eight words that did not bring their paper first."""


def read_queries(text: str) -> list[tuple[str, set[str]]]:
    """Read a table of queries: each with the identifiers of the papers it means behind a tab."""
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(query, set(papers.split())) for query, papers in lines]


def ranks(page: Page, queries: list[tuple[str, set[str]]], *, most: int = 20) -> list[int | None]:
    """Ask each query; return at which place, from 1, its paper stands, None if further down."""
    found: list[int | None] = []
    for query, papers in queries:
        listed = [path.partition("#")[2] for path in ask(page, query, most=most)]
        found.append(next((n for n, paper in enumerate(listed, 1) if paper in papers), None))
    return found


def draw(catalog: Catalog, count: int, *, seed: int) -> list[Item]:
    """Draw papers with titles of four words or more."""
    random = Random(seed)
    every = [found for bucket in catalog.id_buckets() for found in catalog.ids(bucket)]
    items: list[Item] = []
    for day, anchor in random.sample(every, min(len(every), count * 2)):
        papers = next(found for _, found in catalog.full(day, day))
        title = to_plain(next(one.title for one in papers if one.anchor == anchor))
        words = [word for word in title.split() if any(map(str.isalnum, word))]
        if len(words) >= FOUR:
            four = " ".join(random.sample(words, FOUR))
            path = urls.paper(day, anchor)
            items.append(Item(path, title, " ".join(title.split()[:EIGHT]), four))
    return items[:count]


def names(catalog: Catalog, count: int, *, seed: int) -> list[tuple[str, str]]:
    """Draw slugs and names of authors."""
    every = sorted((person.slug, person.name) for person in catalog.foremost())
    return Random(seed).sample(every, min(len(every), count))


def ask(page: Page, words: str, *, most: int = 10) -> list[str]:
    """Ask the search page and return the paths of the first papers, when all shards have told."""
    found: list[str] = page.evaluate(_ASK, [words, most])
    return found


def rates(page: Page, items: list[Item]) -> Rates:
    """Ask for each paper by eight words and by four.

    A paper of the same title is as good.
    """
    titles = {item.path: item.title.casefold() for item in items}

    def place(item: Item, words: str) -> int:
        found = ask(page, words)
        same = (n for n, path in enumerate(found) if titles.get(path) == item.title.casefold())
        return next(same, len(found) + 10)

    eight = [place(item, item.eight) for item in items]
    four = [place(item, item.four) for item in items]
    return Rates(
        sum(at == 0 for at in eight) / len(items),
        sum(at < 5 for at in eight) / len(items),  # noqa: PLR2004
        sum(at < 10 for at in four) / len(items),  # noqa: PLR2004
        tuple(item.eight for item, at in zip(items, eight, strict=True) if at),
    )


def rate_of_names(page: Page, root: str, people: list[tuple[str, str]]) -> tuple[float, list[str]]:
    """Ask for each author by the full name; return the share on top, and the names that are not."""
    missed = [name for slug, name in people if page.evaluate(_NAME, [root, name]) != slug]
    return 1 - len(missed) / len(people), missed

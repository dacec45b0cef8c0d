"""Verification of a built site: every kind of finding, every way to write a link."""

from __future__ import annotations

import multiprocessing
import os
import re
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import cast
from urllib.parse import urljoin

import pytest
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import given, settings
from hypothesis import strategies as st

from dayleaf.base.config import SETTINGS
from dayleaf.base.errors import ConfigError, OutputError
from dayleaf.base.hosts import HOSTS, Limits
from dayleaf.commands.check import Fault, Violation, check, feeds, inventory, markup, scan
from dayleaf.commands.check.address import ELSEWHERE, HERE, Miss, Resolver, SiteAddress
from dayleaf.commands.check.ledger import FaultLedger
from tests.patience import ends

BASE = "https://user.github.io/CVPapers/"
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'

CLEAN = {
    "index.html": (
        "<!doctype html><title>a <b href=no.html></title><link rel=icon href=a.svg>"
        "<h1 id=top-of>Home</h1><p>&lt;a href=no.html&gt;<a href=2021/12/19/>day</a>"
        '<a href="./?q=1&copy=2">again</a><a href=authors/ada.html#p2021>Ada</a>'
        "<!-- <a href=no.html> --><a href=https://arxiv.org/abs/1>arXiv</a>"
    ),
    "2021/12/19/index.html": (
        '<article id=2112.10046><a href="#2112.10046">1</a></article>'
        "<article id='cs/9901001'><a href='../../../authors/ada.html'>Ada</a></article>"
        "<article id=math.NA/0301001 hidden><a href=#>top</a> <a href=#top>top</a></article>"
    ),
    "authors/ada.html": (
        "<h2 id=p2021>2021</h2><a href=../2021/12/19/#2112.10046>one</a>"
        "<a href=../2021/12/19/#cs/9901001>two</a><a href=../2021/12/19/#math.NA%2F0301001>3</a>"
        "<a href=../>home</a> <a href=mailto:a@example.org>mail</a>"
    ),
    "404.html": "<a href=/CVPapers/>home</a><script src=/CVPapers/a.js>'<a href=no.html>'</script>",
    "a.js": "",
    "a.svg": "<svg/>",
    "sitemap.xml": SITEMAP.format(
        f"<url><loc>{BASE}</loc></url><url><loc>{BASE}2021/12/19/</loc></url>"
    ),
    "feed.xml": (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{BASE}feed.xml"/>'
        f'<entry><title>x</title><link href="{BASE}2021/12/19/#2112.10046"/>'
        '<content type="html">&lt;a href="https://user.github.io/CVPapers/?a&amp;amp;b"&gt;'
        "</content></entry></feed>"
    ),
    "feed.json": f'{{"version": "1", "items": [{{"url": "{BASE}2021/12/19/#cs/9901001"}}]}}',
}


def write(root: Path, files: dict[str, str]) -> Path:
    """Write some files below `root`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def find(root: Path, files: dict[str, str], *, base_url: str = BASE) -> tuple[Violation, ...]:
    """Check a site of those files."""
    return check(write(root, files), base_url=base_url, host="none").findings


def test_a_clean_site_has_no_findings(tmp_path: Path) -> None:
    """Everything in it is counted: pages, links, anchors, ids, files and bytes."""
    report = check(write(tmp_path, CLEAN), base_url=BASE)
    assert report.findings == ()
    sizes = [len(text.encode()) for text in CLEAN.values()]
    assert (report.pages, report.files, report.bytes) == (4, len(CLEAN), sum(sizes))
    # index 4, day 4, Ada 4, 404 2, sitemap 2, Atom 3, JSON 1; anchors 1 + 2 + 3 + 0 + 0 + 1 + 1,
    # since a bare `#` names none.
    assert (report.links, report.anchors, report.external, report.ids) == (20, 8, 2, 5)
    assert report.summary().endswith("nothing found")


FAULTS = {
    "no such page": (
        {"index.html": "<a href=authors/adda.html>"},
        (
            "index.html: broken link: `authors/adda.html` leads to authors/adda.html, which does "
            "not exist; the nearest is authors/ada.html"
        ),
    ),
    "no such folder": (
        {"authors/ada.html": "<a href=../1999/01/01/#x id=p2021>"},
        (
            "authors/ada.html: broken link: `../1999/01/01/#x` leads to 1999/01/01/index.html, "
            "which does not exist"
        ),
    ),
    "case": (
        {"index.html": "<a href=Authors/Ada.html#p2021>"},
        (
            "index.html: broken link: `Authors/Ada.html#p2021` leads to Authors/Ada.html, which "
            "does not exist; authors/ada.html does: case counts"
        ),
    ),
    "ending left out": (
        {"index.html": "<a href=authors/ada>"},
        (
            "index.html: broken link: `authors/ada` leads to authors/ada, which does not exist; "
            "authors/ada.html does"
        ),
    ),
    "slash in place of an ending": (
        {"index.html": "<a href=authors/ada/>"},
        (
            "index.html: broken link: `authors/ada/` leads to authors/ada/index.html, which does "
            "not exist; authors/ada.html does"
        ),
    ),
    "ending in place of a slash": (
        {"index.html": "<a href=2021/12/19.html>"},
        (
            "index.html: broken link: `2021/12/19.html` leads to 2021/12/19.html, which does not "
            "exist; 2021/12/19/index.html does"
        ),
    ),
    "folder without index": (
        {"index.html": "<a href=2021/12/>"},
        (
            "index.html: broken link: `2021/12/` leads to 2021/12/index.html, which does not "
            "exist; the folder has no index.html"
        ),
    ),
    "folder without slash": (
        {"index.html": "<a href=2021/12/19#2112.10046>"},
        (
            "index.html: not a file: `2021/12/19#2112.10046` names the folder /2021/12/19 without "
            "the slash at its end; add it"
        ),
    ),
    "root without slash": (
        {"404.html": "<a href=/CVPapers>"},
        "404.html: not a file: `/CVPapers` names the folder / without the slash at its end; add it",
    ),
    "anchor in another page": (
        {"index.html": "<a href=2021/12/19/#2112.10047>"},
        (
            "index.html: broken anchor: no element of 2021/12/19/index.html has the id "
            "`2112.10047`; the nearest is 2112.10046"
        ),
    ),
    "anchor in the same page": (
        {"index.html": "<a href=#cs/9901001 name=cs/9901001>"},
        "index.html: broken anchor: no element of index.html has the id `cs/9901001`",
    ),
    "id twice": (
        {"authors/ada.html": "<p id=p2021><p id='p2021'><p ID=&#112;2021>"},
        "authors/ada.html: duplicate id: more than one element has the id `p2021` (3 times in all)",
    ),
    "above the root": (
        {"index.html": "<a href=../CVPapers/>"},
        (
            "index.html: outside the site: `../CVPapers/` leads out of the site, whose root is "
            "/CVPapers/"
        ),
    ),
    "other base path": (
        {"404.html": "<a href=/authors/ada.html>"},
        (
            "404.html: outside the site: `/authors/ada.html` leads out of the site, whose root is "
            "/CVPapers/"
        ),
    ),
    "relative in 404.html": (
        {"404.html": "<a href=authors/ada.html><a href=#x id=x>"},
        (
            "404.html: relative link: `authors/ada.html` is relative, but this page is served for "
            "addresses at any depth; begin it with /CVPapers/"
        ),
    ),
    "code in a link": (
        {"index.html": "<a href=' java\nScript:alert(1)'>"},
        "index.html: unsafe link: ` java\\x0aScript:alert(1)` runs code; use a button and a script",
    ),
    "unfinished tag": (
        {"index.html": '<p><A href="2021/12/19/><a href=no.html>'},
        "index.html: malformed: the tag `<A` never ends",
    ),
    "unfinished feed": (
        {"feed.xml": "<feed>"},
        "feed.xml: malformed: not well-formed XML: no element found: line 1, column 6",
    ),
    "not JSON": (
        {"feed.json": "{"},
        (
            "feed.json: malformed: not JSON: Expecting property name enclosed in double quotes: "
            "line 1 column 2 (char 1)"
        ),
    ),
    "sitemap": (
        {"sitemap.xml": SITEMAP.format(f"<url><loc> {BASE}2021/12/20/ </loc></url>")},
        (
            f"sitemap.xml: broken link: `{BASE}2021/12/20/` leads to 2021/12/20/index.html, which "
            "does not exist; the nearest is 2021/12/19/index.html"
        ),
    ),
    "sitemap of another site": (
        {
            "sitemap.xml": SITEMAP.format(
                "<url><loc>https://user.github.io/b</loc></url>"
                "<url><loc>https://user.github.io/a</loc></url>"
            )
        },
        (
            "sitemap.xml: foreign address: the sitemap lists `https://user.github.io/a`, which "
            "does not begin with the site's base URL (2 times in all)"
        ),
    ),
    "sitemap too long": (
        {"sitemap.xml": SITEMAP.format(f"<url><loc>{BASE}</loc></url>" * 50_001)},
        (
            "sitemap.xml: sitemap limit: 50,001 addresses in 2,700,123 bytes; sitemaps hold 50,000 "
            "in 52,428,800 at most: split it, and list the parts in an index"
        ),
    ),
    "Atom link": (
        {"feed.xml": f"<feed><link href='{BASE}?x#no'/><link href='{BASE}no.html'/></feed>"},
        f"feed.xml: broken link: `{BASE}no.html` leads to no.html, which does not exist",
    ),
    "HTML in Atom": (
        {"feed.xml": '<feed><summary type="html">&lt;img src="no.png"></summary></feed>'},
        "feed.xml: broken link: `no.png` leads to no.png, which does not exist",
    ),
    "name in two cases": (
        {"authors/Ada.html": ""},
        (
            "authors/Ada.html: name collision: authors/ada.html is the same name on many file "
            "systems: one of the two would be lost"
        ),
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_found_and_said_once(tmp_path: Path, case: str) -> None:
    """A clean site with one file changed has one finding, which says what is wrong."""
    files, line = FAULTS[case]
    rest = {"index.html": '<a href="#x" id=x>', "feed.xml": "<feed/>", "feed.json": "{}"}
    clean = CLEAN | {"authors/ada.html": "<p id=p2021>"} | rest
    if case == "Atom link":
        clean["index.html"] = "<p id=no>"
    assert [str(finding) for finding in find(tmp_path, clean | files)] == [line]


# `{}` is where the address goes; each is a link, whatever surrounds it.
WAYS = [
    "<a href={}>",
    "<a href='{}'>",
    '<a href="{}">',
    "<A HREF={}>",
    "<a\nhref\t=\n'{}'\n>",
    "<a/href={}>",
    '<a title="a > b" href={}>',
    "<a title='\"' href={}>",
    "<a data-x=href=no.html href={} href=no.html>",
    '<a title=it\'s href="{}">',
    "<img src={} alt>",
    "<img alt=''src={}>",
    "<form action={}>",
    "<button formaction={}>",
    "<video poster={}>",
    "<object data={}>",
    "<blockquote cite={}>",
    "<svg><use xlink:href={} /></svg>",
    "<img srcset='{} 2x, ./ 3x'>",
    "<img srcset='./, {}, ./ 100w'>",
    "<link rel=preload imagesrcset='{}'>",
    "<meta http-equiv=Refresh content='0; URL={}'>",
    "<meta content=\"3;url='{}'\" http-equiv=refresh>",
    "<script src={}></script>",
    "<iframe src={}></iframe>",
    "<!-- x --><a href={}>",
    "<!--><a href={}>",
    "<!-- a -- b --!><a href={}>",
    "<!doctype html><?x?><![x[><a href={}>",
    "<script>'<!-'</script ><a href={}>",
    "<SCRIPT>1<2</sCripT><a href={}>",
    "<scripts><a href={}>",
    "<title>a</b></title><a href={}>",
    "<style>a<b</style><a href={}>",
    "1 < 2 <a href={}>",
    "<p<a href={}>",
    "<math><mo stretchy=false>x</mo></math><template><a href={}></template>",
    "\ufeff<html><a href={}>",
    "<p title=&quot;><a href={}>",
]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_a_link_is_read(tmp_path: Path, way: str) -> None:
    """With a good address it raises nothing; with a bad one it is missed."""
    for address, missing in (("a/b.html", []), ("a/c.html", ["a/c.html"])):
        files = {"a/b.html": "", "index.html": way.replace("{}", address)}
        details = [finding.detail for finding in find(tmp_path, files)]
        assert [re.sub(".* leads to (.*), which.*", r"\1", detail) for detail in details] == missing


@pytest.mark.parametrize(
    "text",
    [
        "&lt;a href=no.html&gt;",
        "<!-- <a href=no.html> -->",
        "<!-- > <a href=no.html> ->",
        "<script><a href=no.html></script>",
        "<script>'</scrip><a href=no.html></scripts>'</script>",
        "<STYLE><a href=no.html></style x>",
        "<textarea><a href=no.html></textarea>",
        "<title><a href=no.html>",
        "< a href=no.html>",
        "<a title='<a href=no.html>'>",
        "<a title=x href\u00a0=no.html>",
        "</a href=no.html>",
        "</a title='<a href=no.html>'>",
        "</ <a href=no.html>",
        "<! <a href=no.html>",
        "<p data-href=no.html hrefs=no.html id=''><p id>",
        "<meta name=description content='https://no'><meta name=x content='no.html'>",
        "<meta http-equiv=refresh content=5>",
        "<a href=data:text/html,no.html><a href=tel:1><a href=//example.org/no.html>",
        "<a href=HTTPS://arxiv.org/no.html><a href=https://user.github.io/other/>",
        "<a href='#:~:text=no'><a href=./#TOP>",
    ],
)
def test_what_is_no_link_is_not_followed(tmp_path: Path, text: str) -> None:
    """Text, comments, scripts, names that only look alike, and other sites."""
    assert find(tmp_path, {"index.html": text}) == ()


def test_a_page_reads_its_links_against_its_base(tmp_path: Path) -> None:
    """So `404.html` may hold relative links; a base on another site leaves nothing to follow."""
    files = {
        "404.html": "<base href=/CVPapers/a/b.html><base href=no/><a href=b.html><a href=#x>",
        "a/b.html": "<base href=..><a href=a/b.html><a href=?q#y id=x><a href=#y>",
        "index.html": "<p id=y>",
        "c.html": "<base href=https://example.org/><a href=no.html>",
        "d.html": "<base href=../><a href=d.html>",
    }
    line = "d.html: outside the site: `../` leads out of the site, whose root is /CVPapers/"
    assert [str(finding) for finding in find(tmp_path, files)] == [line]


RESOLVER = Resolver(
    {
        path.encode(): number
        for number, path in enumerate(
            ["index.html", "2021/12/19/index.html", "authors/é a.html", "a%20b", "x/y", "a:b"]
        )
    },
    SiteAddress.parse(BASE),
)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("../2021/12/19/", 1),
        ("../2021/12/19/index.html?q=/../#", 1),
        ("../2021/./12/x/../19/.", 1),
        ("..", 0),
        (".././", 0),
        ("  ../ ", 0),
        ("..\\2021\\12\\19\\", 1),
        ("%2e%2E/", 0),
        ("é%20a.html", 2),
        ("%C3%A9 a.html", 2),
        ("../a%2520b", 3),
        ("../x%2Fy", 4),
        ("../x/\n\ty", 4),
        ("./../a:b", 5),
        ("/CVPapers/x/y", 4),
        ("/CVPapers/", 0),
        ("//user.github.io/CVPapers/x/y", 4),
        ("https://user.github.io/CVPapers/x/y", 4),
        ("HTTPS://User.GitHub.io/%43VPapers/x/y", 4),
        ("", HERE),
        ("?q=1", HERE),
        ("https://user.github.io", ELSEWHERE),
        ("https://user.github.io.example.org/CVPapers/", ELSEWHERE),
        ("http://user.github.io/CVPapers/", ELSEWHERE),
        ("a:b", ELSEWHERE),
        ("../x//y", Miss(Fault.BROKEN_LINK, b"x//y")),
        ("../X/y", Miss(Fault.BROKEN_LINK, b"X/y")),
        ("../x/y/", Miss(Fault.BROKEN_LINK, b"x/y/index.html")),
        ("../a%20b", Miss(Fault.BROKEN_LINK, b"a b")),
        ("../2021/12/19", Miss(Fault.NOT_A_FILE, b"2021/12/19")),
        ("https://user.github.io/CVPapers", Miss(Fault.NOT_A_FILE, b"")),
        ("../../x/y", Miss(Fault.OUTSIDE, b"../../x/y")),
        ("/x/y", Miss(Fault.OUTSIDE, b"/x/y")),
        ("/CVPapersX/", Miss(Fault.OUTSIDE, b"/CVPapersX/")),
        ("/CVPapers/../x/y", Miss(Fault.OUTSIDE, b"/CVPapers/../x/y")),
        ("vbscript:x", Miss(Fault.UNSAFE, b"vbscript:x")),
    ],
)
def test_where_a_link_leads(link: str, found: int | Miss) -> None:
    """As seen from a page in `authors/`."""
    assert RESOLVER.resolve(b"authors/", link.partition("#")[0].encode()) == found


@pytest.mark.parametrize("base_url", ["", "/", "https://example.org", "https://example.org/"])
def test_without_a_base_path_the_root_is_the_hosts(tmp_path: Path, base_url: str) -> None:
    """With a slash at the end of the base URL or without."""
    files = {"404.html": "<a href=/a/b.html>", "a/b.html": "<a href=/404.html><a href=..>"}
    found = find(tmp_path, files, base_url=base_url)
    assert [finding.kind for finding in found] == [Fault.BROKEN_LINK]
    assert found[0].detail.startswith("`..` leads to index.html, which does not exist")


SEGMENT = st.sampled_from(["a", "b.c", "..", ".", "é", "d e"])


@given(st.lists(SEGMENT, min_size=1, max_size=8), st.booleans(), st.integers(0, 3))
def test_relative_links_resolve_as_the_standard_library_joins_them(
    segments: list[str], slash: bool, depth: int
) -> None:
    """As long as they do not climb above the root."""
    link = "/".join(segments) + "/" * slash
    folder = "f/" * depth
    found = RESOLVER.locate(folder.encode(), link.encode())
    level = depth
    lowest = min(level := level + {"..": -1, ".": 0}.get(segment, 1) for segment in segments)
    if lowest < 0:
        assert found == Miss(Fault.OUTSIDE, link.encode())
    else:
        assert found == urljoin(f"{BASE}{folder}", link).removeprefix(BASE).encode()


class Oracle(HTMLParser):
    """Reads links and ids with the standard library."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes of one tag."""
        del tag
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.append(value or "")
            elif name == "id" and value:
                self.ids.append(value)


TEXT = st.text(st.sampled_from("ab/.#&;<>'\"= é\n1"), max_size=8)
NAME = st.sampled_from(["href", "HREF", "src", "id", "Id", "class", "data-href"])


def quoted(value: str, quote: str) -> str:
    """Write a value of an attribute, within quotes or bare."""
    value = value.replace("&", "&amp;").replace("<", "&lt;")
    if quote:
        return f"={quote}{value.replace(quote, '&#x22;' if quote == chr(34) else '&#39;')}{quote}"
    return "=" + re.sub("[\\s>'\"=]", lambda c: f"&#{ord(c[0])};", value) if value else ""


ATTRIBUTE = st.builds(
    lambda space, name, value, quote: f"{space}{name}{quoted(value, quote)}",
    st.sampled_from([" ", "\n", "\t ", "  "]),
    NAME,
    TEXT,
    st.sampled_from(["", "'", '"']),
)
TAG = st.builds(
    lambda name, attributes, end: f"<{name}{''.join(attributes)}{end}",
    st.sampled_from(["a", "P", "img", "article", "h2"]),
    st.lists(ATTRIBUTE, max_size=4, unique_by=lambda text: text.strip().partition("=")[0].lower()),
    st.sampled_from([">", " >", "\n>", " />"]),
)
PIECE = st.one_of(
    TAG,
    TAG,
    TAG.map(lambda tag: f"<!-- {tag.replace('--', '')} -->"),
    TAG.map(lambda tag: f"<script>{tag}</script>"),
    TAG.map(lambda tag: f"<STYLE {tag}</style>" if ">" not in tag[:-1] else tag),
    TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    st.sampled_from(["</p>", "</a >", "<!doctype html>", "&lt;a href=x&gt;"]),
)


@given(st.lists(PIECE, max_size=12).map("".join))
@settings(max_examples=400, deadline=None)
def test_attributes_are_read_as_the_standard_library_reads_them(page: str) -> None:
    """On pages as a layout writes them: quotes or none, comments, scripts, escaped text."""
    oracle, marks = Oracle(page), markup.read(page.encode())
    assert sorted(marks.links) == sorted(link.encode() for link in oracle.links)
    assert marks.ids == [name.encode() for name in oracle.ids]
    assert marks.flaw is None


SOUP = st.lists(
    st.sampled_from(
        "<a|<A|<p|<img|</a|<script|</script|<title|</title|<style|</STYLE|<textarea|</textarea|<br/|"
        "class=x| |\n|\t|/|>|>|>|>|=|='|=\"|'|\"| href=| HREF = | id=| src|href|y.html|#a/b|é|<|"
        "-|!|&amp;|&copy|&copy=|&copyx|&not|&notit;|&#x41;|&#65|&#|&lt;|&|&#128;|&#xD800;|&#0;|&ampx;|"
        "\0|-->|--!>|<!-->|<!|<?|</|</ ".split("|")
    ),
    max_size=25,
).map("".join)
STATES = dict.fromkeys(["style", "xmp", "iframe", "noembed", "noframes"], "rawtextState") | {
    "script": "scriptDataState",
    "title": "rcdataState",
    "textarea": "rcdataState",
}


@given(SOUP)
@settings(max_examples=1000, deadline=None)
def test_broken_markup_is_read_as_the_standard_says(page: str) -> None:
    """Whatever is wrong with a page, links and ids are those that html5lib's tokenizer finds."""
    tokenizer = HTMLTokenizer(page)
    links: list[str] = []
    ids: list[str] = []
    for token in tokenizer:
        if token["type"] == tokenTypes["StartTag"]:
            if token["name"] in STATES:
                tokenizer.state = getattr(tokenizer, STATES[token["name"]])
            attributes = cast("dict[str, str]", token["data"])
            links += [text for name, text in attributes.items() if name in {"href", "src"}]
            ids += [text for name, text in attributes.items() if name == "id" and text]
    marks = markup.read(page.encode())
    assert sorted(marks.links) == sorted(link.encode() for link in links)
    assert marks.ids == [name.encode() for name in ids]


@pytest.mark.parametrize(
    "piece",
    [
        *["<a", "<a ", "<a href=", '<a href="', "<a '", "<!--", "<!-- -", "<script>", "</script"],
        *["</", "<p<", "<a/ ", "<a =", "<!", "-", "<a b=c ", "<title><", "&", "<a srcset='(, "],
    ],
)
def test_no_page_takes_longer_than_its_length(piece: str) -> None:
    """A megabyte of any beginning is read at once; in quadratic time it would take hours."""
    with ends():
        markup.read(piece.encode() * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    ("srcset", "found"),
    [
        ("", []),
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png,b.png", ["a.png,b.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        (" , a.png 100w ,\nb.png", ["a.png", "b.png"]),
        ("data:image/png;base64,AA= 2x, b.png", ["data:image/png;base64,AA=", "b.png"]),
        ("a.png (x, y) 2x, b.png", ["a.png", "b.png"]),
    ],
)
def test_sets_of_images_are_taken_apart(srcset: str, found: list[str]) -> None:
    """At commas that end an address or a descriptor, not at those within."""
    assert [address.decode() for address in markup.candidates(srcset.encode())] == found


def test_feeds_of_all_kinds_are_read() -> None:
    """Attributes and elements that hold addresses, with HTML escaped in Atom and JSON Feed."""
    rss = b"<rss><channel><link> a </link><enclosure url='b'/><guid>no</guid></channel></rss>"
    assert feeds.read_xml(rss).links == [b"a", b"b"]
    search = b"<Open><Url template='s/?q={searchTerms}'/><Image>i</Image></Open>"
    assert feeds.read_xml(search).links == [b"s/?q={searchTerms}", b"i"]
    atom = (
        b"<feed xml:base='/x/'><title type='html'>&lt;img src=t&gt;</title><link href='l'/></feed>"
    )
    assert feeds.read_xml(atom)[:3] == ([b"t", b"l"], [], b"/x/")
    json = (
        b'{"feed_url": "f", "title": "no", "items": [{"url": "u", "content_html": "<a href=h>"}]}'
    )
    assert feeds.read_json(json).links == [b"f", b"u", b"h"]
    assert feeds.read_json(b"[" * 100_000).flaw is not None


def test_one_fault_in_many_pages_is_one_finding(tmp_path: Path) -> None:
    """Named at the first page, with the number of links: a footer may stand in 250,000."""
    page = "<a href=../no.html><a href=../2021/12/19/#no>"
    pages = {f"authors/{number:02}.html": page for number in range(30)}
    found = find(tmp_path, CLEAN | pages | {"authors/00.html": ""})
    assert [(finding.page, finding.times) for finding in found] == [("authors/01.html", 29)] * 2


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_one_job_equals_two(tmp_path: Path, method: str) -> None:
    """With faults that several processes meet, under every way to start one."""
    page = "<p id=a><a href=../no.html><a href=#no><a href=01.html#{n}><a href=../#no><p id=a>"
    pages = {f"x/{n:02}.html": page.replace("{n}", f"{n % 7}") for n in range(40)}
    root = write(tmp_path, CLEAN | pages)
    files = inventory.take(root, host="none", ledger=FaultLedger()).files
    site = scan.CheckedSite(os.fsencode(root), files, SiteAddress.parse(BASE))
    context = multiprocessing.get_context(method)
    one, two = scan.look(site, jobs=1), scan.look(site, jobs=2, context=context)
    for sight in (one, two):
        sight.ledger.join(scan.broken_anchors(sight, files))
    assert one == two
    assert check(root, base_url=BASE) == check(root, base_url=BASE, jobs=2)
    assert len(check(root, base_url=BASE).findings) == 1 + 2 * 40 + 7 + 1


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A file that is gone, a link to nothing, a link to a folder, a pipe."""
    sight = scan.look(
        scan.CheckedSite(os.fsencode(tmp_path), (b"gone.html",), SiteAddress.parse("")), jobs=1
    )
    assert list(sight.ledger.troubles) == [
        (Fault.UNREADABLE, b"cannot be read: No such file or directory")
    ]
    write(tmp_path, {"real/index.html": "<a href=#x id=x>", "index.html": "<a href=same.html#x>"})
    (tmp_path / "same.html").symlink_to(tmp_path / "real/index.html")
    (tmp_path / "nothing.html").symlink_to(tmp_path / "no.html")
    (tmp_path / "folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.html")
    assert [str(finding) for finding in check(tmp_path, host="none").findings] == [
        "folder: unreadable: a symbolic link to a folder; what it holds was not checked",
        "nothing.html: unreadable: a symbolic link that does not lead to a file",
        "pipe.html: unreadable: neither a file nor a folder: no host can serve it",
    ]
    (tmp_path / "pipe.html").unlink()
    findings = check(tmp_path).findings
    line = "folder: host limit: a symbolic link; github-pages accepts none (3 times in all)"
    assert [str(each) for each in findings if each.kind is Fault.HOST_LIMIT] == [line]


def test_github_pages_needs_readable_files(tmp_path: Path) -> None:
    """Each mode is one finding; other hosts do not care."""
    write(tmp_path, {"a/b.html": "", "a/c.html": "", "d/e.html": ""})
    (tmp_path / "a/b.html").chmod(0o600)
    (tmp_path / "a/c.html").chmod(0o600)
    (tmp_path / "d").chmod(0o700)
    assert [str(finding) for finding in check(tmp_path).findings] == [
        "a/b.html: host limit: mode 0600; github-pages needs at least 0644 (2 times in all)",
        "d: host limit: mode 0700; github-pages needs at least 0755",
    ]
    assert check(tmp_path, host="cloudflare-pages").findings == ()


def test_limits_of_size_and_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit a site passes, one byte or file more and it does not."""
    write(tmp_path, {"a/b": "", "a/c": "", "d": ""})
    with (tmp_path / "d").open("wb") as sparse:
        sparse.truncate(10**9)
    assert check(tmp_path).findings == check(tmp_path, host="gitlab-pages").findings == ()
    assert [str(finding) for finding in check(tmp_path, host="cloudflare-pages").findings] == [
        "d: host limit: a file of 1,000,000,000 bytes; cloudflare-pages accepts 26,214,400"
    ]
    write(tmp_path, {"a/b": "x"})
    for host in ("github-pages", "gitlab-pages"):
        assert [str(finding) for finding in check(tmp_path, host=host).findings] == [
            f".: host limit: the site has 1,000,000,001 bytes; {host} accepts 1,000,000,000"
        ]
    (tmp_path / "d").write_bytes(b"")
    for host, wide, tight, more in (
        ("cloudflare-pages", Limits(files=3), Limits(files=2), "3 files; .* accepts 2"),
        ("gitlab-pages", Limits(entries=4), Limits(entries=3), "4 files and folders; .* accepts 3"),
    ):
        monkeypatch.setitem(HOSTS, host, wide)
        assert check(tmp_path, host=host).findings == ()
        monkeypatch.setitem(HOSTS, host, tight)
        (finding,) = check(tmp_path, host=host).findings
        assert re.fullmatch(f"the site has {more}", finding.detail)


@pytest.mark.parametrize(
    ("one", "other"), [("x.html", "X.html"), ("\u00e9", "e\u0301"), ("Straße", "STRASSE")]
)
def test_names_that_other_file_systems_do_not_tell_apart(
    tmp_path: Path, one: str, other: str
) -> None:
    """Folders too: what they hold would be thrown together."""
    write(tmp_path, {f"{one}/a": "", f"{other}/b": "", "a": "", "b": ""})
    if len(list(tmp_path.iterdir())) < 4:
        pytest.skip("this file system does not tell them apart either")
    assert [finding.kind for finding in check(tmp_path, host="none").findings] == [Fault.COLLISION]


def test_a_file_name_need_not_be_text(tmp_path: Path) -> None:
    """Links lead to its bytes, and messages show them escaped."""
    name = b"\xff.html"
    (tmp_path / "index.html").write_text("<a href=%FF.html>")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("<a href='%FE\n'>")
    assert [str(finding) for finding in find(tmp_path, {})] == [
        "\\xff.html: broken link: `%FE\\x0a` leads to \\xfe, which does not exist"
    ]


def test_wrong_arguments_are_refused(tmp_path: Path) -> None:
    """An empty folder is a site with nothing in it."""
    with pytest.raises(ConfigError, match=r"expected one of github-pages, .* found 'geocities'"):
        check(tmp_path, host="geocities")
    with pytest.raises(OutputError, match="expected the folder of a built site"):
        check(tmp_path / "no")
    assert check(tmp_path).pages == 0


def test_the_hosts_are_those_of_the_settings() -> None:
    """So every host that `site.toml` may name has its limits here."""
    assert tuple(HOSTS) == next(s.choices for s in SETTINGS if s.key == "host")


def test_checking_changes_nothing(tmp_path: Path) -> None:
    """Nor does it need to write: a folder that is read-only will do."""
    before = {path: path.stat().st_mtime_ns for path in write(tmp_path, CLEAN).rglob("*")}
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    check(tmp_path, host="none", jobs=1)
    tmp_path.chmod(0o755)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before

"""Addresses: where each page lives, and which file holds it.

A path is relative to the site's root, begins without `/` and is stable for ever. A path that ends
in `/` or is empty is a folder, held by its `index.html`. Links are printed as `root + path`, with
`root` leading from a page back to the site's root, so that the same bytes work under any base path.

A path holds letters, digits and `-._~/#%` only, so that layouts may print it without quotes.
"""

from __future__ import annotations

import zlib
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from dayleaf.archive.taxonomy import System

# File names that Windows keeps for devices, whatever ending they have.
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))]
)

OTHER_NAMES = "~other"
"""Stands in the place of a prefix for the names that begin with no letter from a to z."""
_TAKEN = frozenset({"other", "find"})
HOME = ""
DAYS = "days/"
CATEGORIES = "categories/"
SUBJECTS = "subjects/"
TOPICS = "topics/"
_FOLDERS = {"arxiv": CATEGORIES, "topic": TOPICS}
AUTHORS = "authors/"
PEOPLE = "people/"
"""The shared pages of authors with few papers."""
SHARED_PLACES = 1 << 14
VENUES = "venues/"
KNOWN_VENUES = f"{VENUES}known.json"
STATISTICS = "statistics/"
SEARCH = "search/"
PAGEFIND_VERSION = version("pagefind-bin")
"""Stands in the address of the program that reads an index, which no other version can read."""
PAGEFIND = f"{SEARCH}pagefind.js?{PAGEFIND_VERSION}"
LANDMARKS = "landmarks/"
IDS = "abs/"
ABOUT = "about/"
NEW = "new/"
NEW_DAYS = f"{NEW}days.json"
READING_LIST = "reading-list/"
INTERESTS = "interests/"
OFFLINE = "offline/"
ASSETS = "assets/"
FEED = "feed.xml"
JSON_FEED = "feed.json"
VOLUME = "volume.json"
"""What a volume says of itself."""
OPENSEARCH = "opensearch.xml"
MANIFEST = "manifest.webmanifest"


def day(iso: str) -> str:
    """`2021-12-19` gives `2021/12/19/`."""
    return f"{iso[:4]}/{iso[5:7]}/{iso[8:]}/"


def month(iso: str) -> str:
    """`2021-12` gives `2021/12/`; a longer date is cut to its month."""
    return f"{iso[:4]}/{iso[5:7]}/"


def year(iso: str) -> str:
    """`2021` gives `2021/`; a longer date is cut to its year."""
    return f"{iso[:4]}/"


def paper(iso: str, anchor: str) -> str:
    """Return a paper's permalink: the anchor on its day page."""
    return f"{iso[:4]}/{iso[5:7]}/{iso[8:]}/#{anchor}"


def author(slug: str) -> str:
    """`luc-van-gool` gives `authors/luc-van-gool.html`."""
    return f"authors/{slug}.html"


def shared_place(slug: str) -> int:
    """Return an author's place among the shared pages, from 0 to 16,383.

    It follows from the slug alone, so that the address of a site's shared page never changes, and
    it spreads authors evenly, so that no page grows faster than others.
    """
    return zlib.crc32(slug.encode()) % SHARED_PLACES


def shared_page(place: int, pages: int) -> str:
    """Return the key of the shared page that holds a place; there are a power of two of them."""
    return f"{place // (SHARED_PLACES // pages):04x}"


def shared(page: str) -> str:
    """`03f2` gives `people/03f2.html`."""
    return f"{PEOPLE}{page}.html"


def person(slug: str, pages: int) -> str:
    """Return an author's place on a shared page, `people/03f2.html#ada-quill`."""
    return f"{shared(shared_page(shared_place(slug), pages))}#{slug}"


def landmarks(year: str) -> str:
    """Return the file of the papers of a year that later ones name."""
    return f"{LANDMARKS}{year}.json"


def names(prefix: str) -> str:
    """Return the list of the names that begin with a prefix: `zha` gives `authors/zha/`.

    `con` gives `authors/con_/`, for `con-` is a prefix as well. OTHER_NAMES gives `authors/other/`,
    so the names that begin with these letters have `authors/other_/`.
    """
    if prefix == OTHER_NAMES:
        return "authors/other/"
    return f"authors/{prefix}{'_' if prefix in DEVICES or prefix in _TAKEN else ''}/"


def bucket(start: str) -> str:
    """Return the file in which to find names with a word that begins so.

    The `_` keeps `con` and its like off the names that Windows reserves.
    """
    return f"authors/find/{start}_.json"


def newest_bucket(start: str) -> str:
    """Return the file of the authors of the newest month with a word that begins so."""
    return f"authors/find/new/{start}_.json"


def new_names(letter: str = "") -> str:
    """Return the list of the names that are new in the newest month, all or those of a letter."""
    return f"authors/~new/{letter and f'{letter}/'}"


def ids(bucket: str) -> str:
    """Return the file that says on which day each paper of a lookup bucket stands."""
    return f"{IDS}{bucket}.json"


def dois(ending: str) -> str:
    """Return the file of the DOIs whose last two figures are these."""
    return f"{IDS}doi-{ending}.json"


def category(code: str, *, system: System = "arxiv") -> str:
    """`cs.LG` gives `categories/cs.LG/`; MSC and ACM classes live below `subjects/`."""
    folder = _FOLDERS.get(system, SUBJECTS)
    return f"{folder}{quote(code, safe='')}/"


def venue(code: str) -> str:
    """`cvpr` gives `venues/cvpr/`, and `cvpr/2024` gives `venues/cvpr/2024/`."""
    return f"{VENUES}{code}/"


def period(base: str, iso: str) -> str:
    """Return a period's page below a category: `2021-12` gives `<category>2021/12/`."""
    return f"{base}{iso.replace('-', '/')}/"


def file(path: str) -> str:
    """Return the file that holds a path, relative to the output folder."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def address(file: str) -> str:
    """Return the address that a file holds, the reverse of `file`; an address stays as it is."""
    if file == "index.html" or file.endswith("/index.html"):
        return file.removesuffix("index.html")
    return file


def root(path: str) -> str:
    """Return the way back to the site's root: `../../../` from a day, `./` from home."""
    return "../" * path.count("/") or "./"


def elsewhere(base_url: str, path: str) -> str:
    """Return a full address for what is read far from the site; empty if no base URL is known."""
    return f"{base_url}{path}" if base_url else ""

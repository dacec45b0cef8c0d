"""An archive cut into a site and volumes: every link leads where its page stands."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from benchmarks.hosting import serve
from dayleaf import cli
from dayleaf.base import config
from dayleaf.base.config import Config
from dayleaf.base.errors import ConfigError
from dayleaf.build import BuildOptions, build, progress
from dayleaf.commands import check, volumes
from dayleaf.commands.accounts import take
from tests.sites import Site, digest, path, record, small

SITE = "https://a.example/papers/"
OLD = "https://a.example/papers-to-2020/"
OLDER = "https://a.example/papers-to-2019/"
SETTINGS = f'base_url = "{SITE}"\n' + "".join(
    f'[[volumes]]\nuntil = {year}\nbase_url = "https://a.example/papers-to-{year}/"\n'
    for year in (2019, 2020)
)
"""Two volumes, of which the site keeps 2021 and 2022."""


def archive(folder: Path) -> Site:
    """Lay out a site of five days, one of them in each volume."""
    made = small(folder).edit("site.toml", SETTINGS)
    for day, number in (("2019-05-02", "1905.00001"), ("2020-07-03", "2007.00001")):
        paper = record(number, day=day, title=f"Tides of {day[:4]}")
        made.edit(path(day), digest(paper, day=day))
    return made


def volume_of(made: Site, name: str) -> Config:
    return config.of_volume(config.load(made.folder), name)


def build_all(made: Site, *, search: bool = False) -> dict[str, Path]:
    """Build the site and both volumes; return their folders by base URL."""
    made.build(search=search)
    folders = {SITE: made.public}
    for base_url in (OLD, OLDER):
        settings = volume_of(made, base_url.split("/")[-2])
        build(settings, BuildOptions(1, search=search), progress.Silent())
        folders[base_url] = settings.output
    return folders


def hold(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build_all(archive(tmp_path_factory.mktemp("volumes")), search=True)


class Links(HTMLParser):
    """The links of a page, resolved as a browser does."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [value for name, value in attrs if name in {"href", "src"}]
        self.found += [urljoin(self.address, value) for value in values if value]


def _links(page: Path, address: str) -> list[str]:
    reader = Links(address)
    reader.feed(page.read_text(encoding="utf-8"))
    return reader.found


def test_every_link_leads_to_a_file_of_the_part_that_has_it(folders: dict[str, Path]) -> None:
    """Nor does a link to a day lead to its redirect."""
    seen = 0
    for base_url, folder in folders.items():
        for file in folder.rglob("*.html"):
            address = base_url + file.relative_to(folder).as_posix().removesuffix("index.html")
            for link in _links(file, address):
                if not link.startswith("https://a.example/"):
                    continue
                part = next(root for root in (OLD, OLDER, SITE) if link.startswith(root))
                name, _, anchor = link.removeprefix(part).partition("?")[0].partition("#")
                there = folders[part] / f"{name}{'index.html' if name[-1:] in ('', '/') else ''}"
                assert there.is_file(), (address, link)
                text = there.read_text(errors="ignore")
                assert not anchor or f"id={anchor}" in text or f'id="{anchor}"' in text
                own = link.startswith(address)
                moved = name[:4].isdigit() and "http-equiv=refresh" in text
                assert own or not moved, (address, link)
                seen += 1
    assert seen > 200


def test_a_day_of_a_volume_leads_on_from_its_old_address(folders: dict[str, Path]) -> None:
    moved = (folders[SITE] / "2020/07/03/index.html").read_text()
    assert 'content="0; url=../../../../papers-to-2020/2020/07/03/"' in moved
    assert (folders[SITE] / "2020/07/03/papers.bin").is_file(), "what scripts cite from stays"
    day = (folders[OLD] / "2020/07/03/index.html").read_text()
    assert f'<link rel=canonical href="{OLD}2020/07/03/">' in day
    assert "Tides of 2020" in day
    assert not (folders[OLD] / "2019").exists()
    assert not (folders[OLD] / "2020/07/03/papers.bin").exists()


def test_sitemaps_list_the_days_of_their_own_part(folders: dict[str, Path]) -> None:
    listed = {base: (folder / "sitemap.xml").read_text() for base, folder in folders.items()}
    assert f"<loc>{OLD}2020/07/03/</loc>" in listed[OLD]
    assert f"<loc>{OLDER}2019/05/02/</loc>" in listed[OLDER]
    assert "2019/05/02" not in listed[SITE]
    assert f"<loc>{SITE}2021/12/19/</loc>" in listed[SITE]
    assert f"<loc>{SITE}2019/05/</loc>" in listed[SITE], "months stay with the site"


def test_the_site_lists_the_shards_of_its_volumes(folders: dict[str, Path]) -> None:
    listing = json.loads((folders[SITE] / "search/shards.json").read_bytes())
    places = {shard["path"] for shard in listing["shards"]}
    assert {one for one in places if one.startswith("../")} == {
        "../papers-to-2020/search/2020-07/",
        "../papers-to-2019/search/2019-05/",
    }
    assert sum(shard["papers"] for shard in listing["shards"]) == 7
    for shard in listing["shards"]:
        base = urljoin(SITE, shard["path"])
        part = next(root for root in folders if base.startswith(root))
        folder = folders[part] / base.removeprefix(part)
        assert (folder / "pagefind-entry.json").is_file()
        assert (folder.parent / "dictionary" / shard["dictionary"]).is_file()
    assert not (folders[OLD] / "search/shards.json").exists()


def test_the_check_knows_the_other_parts(folders: dict[str, Path]) -> None:
    for base_url, folder in folders.items():
        others = {other: there for other, there in folders.items() if other != base_url}
        assert check.check(folder, base_url=base_url, others=others).findings == ()
        alone = check.check(folder, base_url=base_url)
        faults = {finding.kind for finding in alone.findings}
        assert faults == {check.Fault.OUTSIDE}, "without them, its links lead out of the site"


def test_the_check_finds_a_volume_that_lacks_a_day(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    """Of one that is not built here nothing can be said."""
    others = {OLD: tmp_path, OLDER: tmp_path / "nowhere"}
    missing = {
        one.detail for one in check.check(folders[SITE], base_url=SITE, others=others).findings
    }
    assert any("2020/07/03/index.html, which does not exist" in one for one in missing)
    assert not any("2019/05/02" in one for one in missing)


def test_no_volume_holds_the_newest_day_or_the_place_of_a_page(tmp_path: Path) -> None:
    made = archive(tmp_path)
    made.edit("site.toml", SETTINGS.replace("2020", "2022"))
    with pytest.raises(
        ConfigError, match=r"site.toml:5: volumes.until: expected a year before 2022"
    ):
        made.build()
    home = 'base_url = "https://a.example/"\n[[volumes]]\nuntil = 2020\n'
    made.edit("site.toml", f'{home}base_url = "https://a.example/search/"\n')
    with pytest.raises(ConfigError, match=r"volumes.base_url: expected an address that no page"):
        made.build()


def test_a_day_changes_its_own_part_and_no_other(tmp_path: Path) -> None:
    """And all parts are what clean builds make of them."""
    made = archive(tmp_path / "made")
    before = {base: hold(folder) for base, folder in build_all(made).items()}
    made.edit(path("2022-01-04"), digest(record("2201.00009", day="2022-01-04"), day="2022-01-04"))
    after = {base: hold(folder) for base, folder in build_all(made).items()}
    assert before[OLD] == after[OLD]
    assert before[OLDER] == after[OLDER]
    assert before[SITE] != after[SITE]
    clean = archive(tmp_path / "clean")
    for name in (path("2022-01-04"), path("2020-07-03")):
        text = digest(record("2201.00009", day="2022-01-04"), day="2022-01-04")
        if "2020" in name:
            text = digest(record("2007.00001", day="2020-07-03", title="Mended"), day="2020-07-03")
        made.edit(name, text)
        clean.edit(name, text)
    mended = {base: hold(folder) for base, folder in build_all(made).items()}
    assert mended == {base: hold(folder) for base, folder in build_all(clean).items()}
    assert mended[OLDER] == after[OLDER]
    assert mended[OLD] != after[OLD]


def test_a_volume_that_loses_its_search_says_so(tmp_path: Path) -> None:
    """An update makes anew what it says of itself, as a clean build does."""
    made = archive(tmp_path)
    settings = volume_of(made, "papers-to-2020")
    for search in (True, False):
        build(settings, BuildOptions(1, search=search), progress.Silent())
        facts = json.loads((settings.output / "volume.json").read_bytes())
        assert bool(facts["index"]) == search


def test_a_volume_is_built_where_only_the_command_names_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = archive(tmp_path)
    made.edit("site.toml", SETTINGS.partition("\n")[2])
    monkeypatch.chdir(made.folder)
    options = ["--no-search", "--jobs", "1", "--base-url", SITE, "--volume", "papers-to-2020"]
    assert cli.main(["build", *options, "--output", "elsewhere"]) == cli.DONE
    assert (made.folder / "elsewhere/2020/07/03/index.html").is_file()
    assert cli.main(["build", *options, "--output", "public"]) == cli.FAILED


def test_accounts_look_for_days_where_they_stand(tmp_path: Path) -> None:
    made = archive(tmp_path)
    folders = build_all(made)
    settings = config.load(made.folder)
    assert take(settings, jobs=1).differences == ()
    (folders[OLD] / "2020/07/03/index.html").write_text("nothing")
    (lacking,) = take(settings, jobs=1).differences or ()
    assert lacking.startswith("2020/07/03/index.html: expected 1 papers, found 0")


def test_volumes_are_asked_whether_they_are_in_step(tmp_path: Path) -> None:
    """In step, behind the digests, and not there at all."""
    made = archive(tmp_path)
    with serve(made.folder / "volumes", base="/") as host:
        text = SETTINGS.replace("https://a.example/", host.url)
        made.edit("site.toml", text)
        build_all_at = [volume_of(made, f"papers-to-{year}") for year in (2019, 2020)]
        build(build_all_at[1], BuildOptions(1, search=False), progress.Silent())
        older, old = volumes.ask(config.load(made.folder))
        assert old.wrong == ""
        assert str(old) == f"papers-to-2020: {host.url}papers-to-2020/: in step, 1 papers"
        assert older.wrong.startswith("expected volume.json, found 404")
        assert "`dayleaf build --volume papers-to-2019`" in older.wrong
        made.edit("site.toml", f'title = "Other"\n{text}').build()
        assert "out of step: expected settings " in volumes.ask(config.load(made.folder))[1].wrong
        made.edit("site.toml", text)
        mended = digest(record("2007.00001", day="2020-07-03", title="Mended"), day="2020-07-03")
        made.edit(path("2020-07-03"), mended).build()
        _, old = volumes.ask(config.load(made.folder))
        assert old.wrong.startswith("out of step: expected made_from ")


def test_auto_counts_what_the_site_itself_holds(tmp_path: Path) -> None:
    """The estimate of the site with volumes is less by about what the volumes have."""
    from dayleaf.build import fit, work
    from dayleaf.catalog import Catalog

    made = archive(tmp_path)
    for number in range(1, 80):
        day = f"2019-06-{number % 28 + 1:02}"
        made.edit(f"content/more/{number}.md", digest(record(f"1906.{number:05}"), day=day))
    made.build()
    settings = config.load(made.folder)
    catalog = Catalog(settings.cache / work.CATALOG)
    whole = fit.estimate(catalog, replace(settings, volumes=()), search=True, minimum=1)
    cut = fit.estimate(catalog, settings, search=True, minimum=1)
    digests = catalog.digest_bytes(until="2020-12-31")
    assert 1.5 * digests < whole.size - cut.size < 8 * digests
    catalog.close()

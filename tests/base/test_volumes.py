"""`[[volumes]]` of site.toml: what they may say, and which years each has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf.base import base_urls, config, volumes
from dayleaf.base.errors import ConfigError

SITE = 'base_url = "https://a.example/papers/"\n'


def volume(until: object, address: str = "https://a.example/papers-{}/") -> str:
    return f'[[volumes]]\nuntil = {until}\nbase_url = "{address.format(until)}"\n'


def load(folder: Path, text: str) -> config.Config:
    (folder / "site.toml").write_text(text, encoding="utf-8")
    return config.load(folder)


def test_each_volume_has_the_years_behind_the_one_before(tmp_path: Path) -> None:
    found = load(tmp_path, SITE + volume(2012) + volume(2015))
    days = ("1998-01-01", "2012-12-31", "2013-01-01", "2015-12-31", "2016-01-01")
    names = [having and having.name for day in days for having in [volumes.of(day, found.volumes)]]
    assert names == ["papers-2012", "papers-2012", "papers-2015", "papers-2015", None]


def test_a_volume_is_built_beside_the_site_or_where_it_is_told_to(tmp_path: Path) -> None:
    site = load(tmp_path, SITE + volume(2012))
    found = config.of_volume(site, "papers-2012")
    assert found.output == site.site / "volumes" / "papers-2012"
    assert found.address == "https://a.example/papers-2012/"
    assert config.of_volume(site, "papers-2012", output=tmp_path).output == tmp_path
    with pytest.raises(ConfigError, match="--volume: expected one of papers-2012, found 'x'"):
        config.of_volume(site, "x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (volume(2012), r"site.toml:1: volumes: expected the site's own base_url, found none"),
        (
            SITE + volume(2012, "https://b.example/old/"),
            r"toml:2: .*begins with https://a.example/",
        ),
        (SITE + volume(2012, "https://a.example/papers/"), r"toml:2: .*that nothing else has"),
        (
            SITE + volume(2012) + volume(2013, "https://a.example/x/papers-2012/"),
            "nothing else has",
        ),
        (SITE + volume(2012, "https://a.example/"), r"toml:4: .*an address with a path"),
        (SITE + volume(2012, "papers/2012"), r"toml:4: .*expected an address like"),
        (SITE + volume(2012) + volume(2012), r"toml:6: .*a year after 2012, .* found 2012"),
        (SITE + volume('"2012"', "https://a.example/x/"), r"toml:3: .*expected a whole number"),
        (SITE + "[[volumes]]\nuntil = 2012\n", r"toml:2: .*no base_url"),
        (SITE + '[[volumes]]\nbase_url = "https://a.example/x/"\n', r"toml:2: .*no until"),
        (SITE + volume(2012) + "years = 3\n", r"toml:5: .*unknown key 'years'"),
        (SITE + "volumes = 3\n", r"toml:2: volumes: expected tables headed \[\[volumes\]\]"),
    ],
)
def test_what_cannot_be_a_volume_is_refused_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("https://a.example/papers/", "https://a.example/old/", "../old/"),
        ("https://a.example/", "https://a.example/old/", "old/"),
        ("https://a.example/old/", "https://a.example/", "../"),
        ("https://a.example/x/papers/", "https://a.example/old/", "../../old/"),
        ("https://a.example/papers/", "https://a.example/papers/", ""),
    ],
)
def test_the_way_between_two_roots(one: str, other: str, way: str) -> None:
    assert base_urls.between(one, other) == way

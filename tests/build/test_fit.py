"""What a site comes to, before it is built, and what its host makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dayleaf.base import config
from dayleaf.base.config import Config
from dayleaf.base.hosts import HOSTS, Limits
from dayleaf.build import fit, work
from dayleaf.catalog import Catalog
from tests.sites import Site, digest, path, record, small

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Sixty authors of one paper, forty of three, twenty of five."""
    made = small(tmp_path)
    records = [
        record(
            f"2203.{number:05}",
            day="2022-03-01",
            authors=", ".join(
                f"{family} {_LETTERS[n % 26]}{_LETTERS[n // 26]}ing"
                for family, often, count in (("Rare", 1, 60), ("Some", 3, 40), ("Often", 5, 20))
                if number < often
                for n in range(count)
            ),
        )
        for number in range(5)
    ]
    made.edit(path("2022-03-01"), digest(*records, day="2022-03-01"))
    made.build()
    return made


@pytest.fixture
def settings(site: Site) -> Config:
    return config.load(site.folder, overrides=dict(site.settings))


@pytest.fixture
def catalog(settings: Config) -> Iterator[Catalog]:
    with closing(Catalog(settings.cache / work.CATALOG)) as found:
        yield found


def limited(settings: Config, monkeypatch: pytest.MonkeyPatch, limits: Limits) -> Config:
    monkeypatch.setitem(HOSTS, settings.host, limits)
    return settings


def test_everybody_has_a_page_where_there_is_room(settings: Config, catalog: Catalog) -> None:
    assert settings.minimum_papers == 0
    assert fit.resolved(settings, catalog, search=True).minimum_papers == 1


@pytest.mark.parametrize("field", ["size", "files", "entries", "folder"])
def test_auto_takes_the_smallest_step_that_fits_with_a_twentieth_to_spare(
    settings: Config, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    limited(settings, monkeypatch, Limits(shared_pages=1))
    sizes = {
        step: getattr(fit.estimate(catalog, settings, search=True, minimum=step), field)
        for step in fit.STEPS[:4]
    }
    assert sizes[1] > sizes[2] > sizes[4]
    for step in (1, 2, 4):
        limit = {field: int(sizes[step] / 0.95) + 1}
        just = Limits(shared_pages=1, **limit)  # type: ignore[arg-type]
        there = limited(settings, monkeypatch, just)
        assert fit.resolved(there, catalog, search=True).minimum_papers == step


def test_a_number_is_obeyed(
    settings: Config, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = replace(limited(settings, monkeypatch, Limits(files=3)), minimum_papers=7)
    assert fit.resolved(there, catalog, search=True).minimum_papers == 7


def test_what_is_over_is_told_with_what_brings_it_under(
    settings: Config, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = fit.estimate(catalog, settings, search=True, minimum=1)
    two = fit.estimate(catalog, settings, search=True, minimum=2)
    there = limited(settings, monkeypatch, Limits(folder=two.folder))
    lines = fit.preflight(replace(there, minimum_papers=1), catalog, search=True).lines
    assert lines[0] == (
        f"github-pages: over its limits: {here.folder} files in authors/ of {two.folder}"
    )
    assert "authors.minimum = 2 brings it to" in lines[1]
    hopeless = limited(settings, monkeypatch, Limits(size=10))
    lines = fit.preflight(replace(hopeless, minimum_papers=1), catalog, search=True).lines
    assert "no setting brings it under" in lines[-1]
    fits = limited(settings, monkeypatch, Limits(size=here.size * 2))
    (line,) = fit.preflight(replace(fits, minimum_papers=1), catalog, search=True).lines
    assert "fits, with" in line
    assert "years at the growth" in line


def test_a_host_that_cannot_work_is_told(settings: Config, catalog: Catalog) -> None:
    there = replace(settings, host="huggingface", minimum_papers=1)
    (line,) = fit.preflight(there, catalog, search=True).lines
    assert "no site of this kind works there" in line
    table = fit.table(settings, catalog, search=True)
    assert sum(not line.startswith("  ") for line in table) == len(HOSTS)


def test_a_build_that_does_not_fit_says_so(
    site: Site, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(settings, monkeypatch, Limits(files=10))
    report = site.build()
    assert not report.fits
    assert "over its limits" in report.fit.lines[0]
    assert report.as_json()["fit"] == list(report.fit.lines)

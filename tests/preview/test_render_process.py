"""The press in its inner: layouts that never end or eat memory, and what follows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dayleaf.base import config
from dayleaf.build import work
from dayleaf.preview import render_process
from dayleaf.preview.failures import Failure
from dayleaf.preview.render_process import RenderProcess
from tests.patience import ends
from tests.sites import Site, small

DAY = "2021/12/19/"
ENDLESS = {
    "a loop": "{% for i in range(10 ** 12) %}{% endfor %}",
    "a number that holds the interpreter": "{{ page.title|length ** (10 ** 9) }}",
    "a number that is worked out when the layout is read": "{{ 10 ** (10 ** 9) }}",
}
GREEDY = {
    "a list": "{{ range(10 ** 11)|list|length }}",
    "a text": "{{ ('x' * 10 ** 11)|length }}",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = small(tmp_path)
    made.build()
    return made


class Told(list[Failure | None]):
    """What a render process has reported, the last last."""

    def wait(self, *, failing: bool) -> Failure | None:
        """Wait until the last thing told is, or is not, a failure."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self and (self[-1] is not None) == failing:
                return self[-1]
            time.sleep(0.01)
        raise AssertionError(self)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def process(site: Site, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[RenderProcess]:
    """A render process that has made a page, and is less patient than others from now on."""
    with closing(RenderProcess(told.append)) as made:
        use(made, site)
        made.open(site.folder / ".dayleaf" / work.CATALOG)
        first = made.page(DAY)
        assert first is not None
        assert first.data == site.read(DAY).encode()
        monkeypatch.setattr(render_process, "PATIENCE", 2.0)
        yield made


def use(process: RenderProcess, site: Site) -> None:
    process.use(config.load(site.folder, overrides={}), search=False)


@pytest.mark.parametrize("layout", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_cut_off(
    process: RenderProcess, site: Site, told: Told, layout: str
) -> None:
    """And told; other pages are made, and the page itself once it has been mended."""
    site.edit("layouts/day.html", layout)
    use(process, site)
    with ends():
        made = process.page(DAY)
    assert made is not None
    assert not made.whole
    failure = told.wait(failing=True)
    assert failure is not None
    assert failure.page == DAY
    assert "cut off" in failure.what
    assert process.page(DAY) == made  # at once
    other = process.page("authors/ada-quill.html")
    assert other is not None
    assert other.data == site.read("authors/ada-quill.html").encode()
    site.edit("layouts/day.html", "<p>mended")
    use(process, site)
    mended = process.page(DAY)
    assert mended is not None
    assert b"mended" in mended.data
    told.wait(failing=False)


@pytest.mark.parametrize("layout", GREEDY.values(), ids=GREEDY)
def test_what_eats_memory_is_cut_off(
    process: RenderProcess, site: Site, told: Told, layout: str
) -> None:
    site.edit("layouts/day.html", layout)
    use(process, site)
    process.page(DAY)
    failure = told.wait(failing=True)
    assert failure is not None
    assert "memory" in failure.what
    site.remove("layouts/day.html")
    use(process, site)
    made = process.page(DAY)
    assert made is not None
    assert made.data == site.read(DAY).encode()


def test_looking_over_all_layouts_ends(process: RenderProcess, site: Site) -> None:
    site.edit("layouts/month.html", ENDLESS["a number that is worked out when the layout is read"])
    use(process, site)
    failure = process.check()
    assert failure is not None
    assert "did not come to an end" in failure.what
    assert process.page(DAY) is not None


def test_a_process_that_was_killed_is_replaced(process: RenderProcess) -> None:
    inner = process._process
    assert inner is not None
    inner.kill()
    inner.join()
    assert process.page("authors/ada-quill.html") is not None


def test_closing_waits_for_nobody(process: RenderProcess, site: Site) -> None:
    """Although a page is being made that never ends."""
    site.edit("layouts/day.html", ENDLESS["a loop"])
    use(process, site)  # it makes the page ahead
    with ends():
        process.close()

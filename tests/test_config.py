"""Settings: defaults, and messages that lead to the mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf import config
from dayleaf.errors import ConfigError

HERE = Path("/site").resolve()


def test_every_setting_has_a_default() -> None:
    found = config.parse("", site=HERE)
    assert (found.title, found.minimum_papers, found.granularity) == ("Daily digests", 1, "paper")
    assert (found.content, found.output) == (HERE / "content", HERE / "public")


def test_every_setting_can_be_set() -> None:
    text = (
        'title = "T"\ndescription = "D"\nlanguage = "fr"\nbase_url = "https://a.org/b"\n'
        'content = "c"\noutput = "o"\nhost = "none"\n[authors]\nminimum = 2\n'
        '[search]\ngranularity = "day"\nshard = 500\n'
    )
    found = config.parse(text, site=HERE)
    assert found == config.Config(
        site=HERE,
        content=HERE / "c",
        output=HERE / "o",
        title="T",
        description="D",
        language="fr",
        base_url="https://a.org/b/",
        host="none",
        minimum_papers=2,
        granularity="day",
        shard=500,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('titel = "x"', "site.toml:1: unknown setting 'titel'; did you mean 'title'?"),
        ("\ntitle = 3", "site.toml:2: title: expected text in quotes, found 3"),
        ("[authors]\nminimum = 0", "site.toml:2: authors.minimum: expected 1 or more, found 0"),
        ("[search]\nshard = -1", "site.toml:2: search.shard: expected 1 or more, found -1"),
        ("[authors]\nminimum = true", "site.toml:2: authors.minimum: expected a whole number"),
        (
            "[authors]\nminmum = 1",
            "site.toml:2: unknown setting 'authors.minmum'; did you mean 'authors.minimum'?",
        ),
        ("title =", "site.toml: expected TOML, found a mistake"),
        ('base_url = "here"', "site.toml:1: base_url: expected an address like"),
        ('[search]\ngranularity = "word"', "site.toml:2: search.granularity: expected one of"),
        (
            'language = "english please"',
            "site.toml:1: language: expected a BCP 47 tag such as 'en'",
        ),
        ("[sea]\nx = 1", "site.toml:1: unknown setting 'sea'; known: title,"),
    ],
)
def test_mistakes_are_explained(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, site=HERE)
    assert str(caught.value).startswith(message)


def test_the_command_line_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths given there are relative to where one stands, not to the site."""
    monkeypatch.chdir(tmp_path)
    found = config.load(
        HERE, overrides={"content": "x", "base_url": "http://a.org", "output": None}
    )
    assert found.content == tmp_path / "x"
    assert found.base_url == "http://a.org/"
    assert found.output == HERE / "public"


def test_settings_that_are_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b'title = "Z\xfcrich"')
    with pytest.raises(ConfigError, match=r"site\.toml: expected UTF-8"):
        config.load(tmp_path)

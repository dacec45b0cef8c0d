"""Settings: defaults, and messages that lead to the mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf.base import base_urls, config
from dayleaf.base.errors import ConfigError

HERE = Path("/site").resolve()


def test_every_setting_has_a_default() -> None:
    found = config.parse("", site=HERE)
    assert (found.title, found.minimum_papers, found.granularity) == ("Daily digests", 0, "paper")
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
        ('titel = "x"', "site.toml:1: unknown key 'titel'; did you mean 'title'?"),
        ("\ntitle = 3", "site.toml:2: title: expected text in quotes, found 3"),
        ("[authors]\nminimum = 0", "site.toml:2: authors.minimum: expected 1 or more, found 0"),
        ("[search]\nshard = -1", "site.toml:2: search.shard: expected 1 or more, found -1"),
        ("[authors]\nminimum = true", "site.toml:2: authors.minimum: expected a whole number"),
        (
            "[authors]\nminmum = 1",
            "site.toml:2: authors: unknown key 'minmum'; did you mean 'minimum'?",
        ),
        ("title =", "site.toml: expected TOML, found a mistake"),
        ("\ntitle = = 3", "site.toml:2: expected TOML, found a mistake"),
        ("[serch]\nshard = 1", "site.toml:1: unknown key 'serch'; did you mean 'search'?"),
        ("authors = 3", "site.toml:1: authors: expected a table, found 3"),
        ('base_url = "here"', "site.toml:1: base_url: expected an address like"),
        ('[search]\ngranularity = "word"', "site.toml:2: search.granularity: expected one of"),
        (
            'language = "english please"',
            "site.toml:1: language: expected a BCP 47 tag such as 'en'",
        ),
        ("[sea]\nx = 1", "site.toml:1: unknown key 'sea'; did you mean 'search'?"),
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
    with pytest.raises(ConfigError, match=r"site\.toml:1: expected UTF-8"):
        config.load(tmp_path)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("https://user.github.io/repo", "https://user.github.io/repo/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("HTTPS://A.example/p%20q/~b", "https://a.example/p%20q/~b/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://exa mple.org/", None),
        ("https://a.example:99999/", None),
        ("https://a.example:port/", None),
        ("https://user:pw@a.example/", None),
        ("https://@a.example/", None),
        ("https://a.example//papers//", None),
        ("https://[::1/", None),
        ("https://a..example/", None),
        ("https://-/", None),
        ("https://a.org/b/../c/", None),
        ("https://a.org/./b/", None),
    ],
)
def test_a_base_url_is_one_or_is_refused(given: str, made: str | None) -> None:
    if made:
        assert base_urls.checked(given, about="here") == made
    else:
        with pytest.raises(ConfigError, match="here: expected an address"):
            base_urls.checked(given, about="here")


def test_a_byte_order_mark_is_nothing_and_another_encoding_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b'\xef\xbb\xbftitle = "Tides"\n')
    (tmp_path / "about.md").write_bytes(b"\xef\xbb\xbf# About us\n")
    found = config.load(tmp_path)
    assert (found.title, config.about(found)) == ("Tides", "# About us\n")
    (tmp_path / "about.md").write_bytes("# About\n\nZo\xeb\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"about\.md:3: expected UTF-8, found the byte 0xeb"):
        config.about(found)
    (tmp_path / "site.toml").write_bytes('title = "Zo\xeb"\n'.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"site\.toml:1: expected UTF-8, found the byte 0xeb"):
        config.load(tmp_path)

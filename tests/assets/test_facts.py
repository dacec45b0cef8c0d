"""What scripts are told: all of it can be read, and what Python itself goes by is the same."""

from __future__ import annotations

import json
import re

from dayleaf.assets import facts, scripts
from dayleaf.search import results

_EXPORT = re.compile(r"^export const (?P<name>[A-Z_]+) = (?P<value>.*);$", re.MULTILINE)


def found() -> dict[str, object]:
    """Return the facts as scripts read them."""
    text = facts.module().decode()
    return {match["name"]: json.loads(match["value"]) for match in _EXPORT.finditer(text)}


def test_facts_are_constants() -> None:
    lines = scripts.lean(facts.module()).decode().split("\n")
    assert all(not line or _EXPORT.match(line) for line in lines)
    assert found()["FIELDS"] == [field.name for field in results.FIELDS]


def test_every_field_has_a_type() -> None:
    (types,) = re.findall(r"@typedef \{\{ (.*) \}\} Result", facts.module().decode())
    assert [one.partition(":")[0] for one in types.split(", ")] == found()["FIELDS"]

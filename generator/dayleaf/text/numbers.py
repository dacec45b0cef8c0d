r"""Numbers and quantities: `\SI{3}{\kilo\hertz}`, `\romannumeral 4`."""

from __future__ import annotations

import re

from dayleaf.text.handlers import unknown
from dayleaf.text.state import TextState

_UNITS = {
    "nano": "n", "micro": "μ", "milli": "m", "centi": "c", "kilo": "k", "mega": "M", "giga": "G",
    "meter": "m", "metre": "m", "second": "s", "hertz": "Hz", "watt": "W", "gram": "g",
    "joule": "J", "byte": "B", "bit": "bit", "percent": "%", "degree": "°", "celsius": "°C",
    "hour": "h", "minute": "min", "per": "/", "squared": "²", "cubed": "³", "square": "",
}  # fmt: skip
_UNIT = re.compile(r"\\([a-z]+) ?|~")
_OPTIONS = re.compile(r"(?:\[[^\][]{0,200}\])*")
_NUMBER = re.compile(r" ?(\d{1,4})|\{ ?(\d{1,4}) ?\}")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def quantity(state: TextState, name: str, pos: int) -> int:
    r"""A number and its unit: `\SI{3}{\kilo\hertz}` -> 3 kHz."""
    options = _OPTIONS.match(state.text, pos)
    value = state.argument(options.end() if options else pos)
    unit = state.argument(value[1]) if value else None
    if not value or not unit:
        return unknown(state, name, pos)
    state.add(quantity_text(value[0], unit[0]))
    return unit[1]


def quantity_text(value: str, units: str) -> str:
    r"""`3` and `\kilo\hertz` -> 3 kHz."""
    return f"{value} {_unit_text(units)}".replace("\\pm", "±")


def unit(state: TextState, name: str, pos: int) -> int:
    r"""A unit alone: `\si{\kilo\hertz}` -> kHz."""
    argument = state.argument(pos)
    if not argument:
        return unknown(state, name, pos)
    state.add(_unit_text(argument[0]))
    return argument[1]


def roman(state: TextState, name: str, pos: int) -> int:
    r"""`\romannumeral 4` -> iv, `\rom{4}` -> IV."""
    match = _NUMBER.match(state.text, pos)
    if not match:
        return unknown(state, name, pos)
    number, numeral = int(match[1] or match[2]), ""
    for value, sign in _ROMAN:
        numeral += sign * (number // value)
        number %= value
    state.add(numeral if name.endswith("numeral") else numeral.upper())
    return match.end()


def _unit_text(units: str) -> str:
    return _UNIT.sub(lambda match: _UNITS.get(match[1], match[1]) if match[1] else " ", units)

"""Temperatures in their other forms: 5℃, 5 °C, 5摄氏度 and 五摄氏度 are the same."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.expansion.numerals import Varied, numbers
from searchlib.lazy import lazy_pattern
from searchlib.query.characters import HAN_NUMERALS

_UNITS = {"°c": "摄氏度", "°f": "华氏度"}
_SYMBOLS = {written: symbol for symbol, written in _UNITS.items()}
_TEMPERATURE = lazy_pattern(
    r"(?P<number>(?<![0-9a-z])(?<![0-9][.,])[0-9]+(?:[.,][0-9]+)*"
    rf"|(?<![{HAN_NUMERALS}点])[{HAN_NUMERALS}点]{{1,20}}) ?"
    r"(?P<unit>°[cf](?![a-z0-9])|[摄华]氏度)"
)


def temperatures(text: str) -> Iterator[Varied]:
    """
    Yield the temperatures of a clean, simplified text, each with its other forms.

    >>> [varied.forms for varied in temperatures("零下5°c")]
    [('5摄氏度', '五摄氏度')]
    >>> [varied.forms for varied in temperatures("十五摄氏度")]
    [('15摄氏度', '拾伍摄氏度', '15°c')]
    """
    if "°" not in text and "氏" not in text:  # as most
        return
    for match in _TEMPERATURE.finditer(text):
        number, unit = match["number"], match["unit"]
        written = _UNITS.get(unit, unit)
        read = next((one for one in numbers(number + written) if one[:2] == (0, len(number))), None)
        amounts = (number, *(read.forms if read else ()))
        symbol = _SYMBOLS[written]
        forms = [amount + written for amount in amounts]
        forms += [amount + symbol for amount in amounts if amount[0].isdecimal()]
        others = tuple(form for form in dict.fromkeys(forms) if form != match.group())
        yield Varied(*match.span(), others, number=True)

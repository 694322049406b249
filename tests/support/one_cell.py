"""A cell that must not be read."""

import pytest

from analysis.formats.text.cells import CellError


def refusal(parse, text: str, decimal_comma: bool = False) -> tuple[str, str, str]:
    """(code, what, fix) of a cell that must not be read."""
    with pytest.raises(CellError) as caught:
        parse(text, decimal_comma)
    return caught.value.code, caught.value.what, caught.value.fix

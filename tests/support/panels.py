"""A widget as a person at it sees it."""

import json
from base64 import b64decode

import numpy as np
from reading import Reader


class Panel:
    """A widget as a person at it sees it: controls by their labels, the picture, and what is said of it."""

    def __init__(self, widget):
        row, self._told, self._picture, _ = widget.children  # the last: how figures look in the dark
        self.controls = {control.description: control for control in row.children}

    def set(self, **values) -> "Panel":
        labels = {"weeks_of": "weeks of", "average": "average of", "indirect": "count indirect sets"}
        for name, value in values.items():
            self.controls[labels.get(name, name)].value = value
        return self

    @property
    def seen(self) -> list[str]:
        """The controls that are not hidden."""
        return [name for name, control in self.controls.items() if control.layout.display != "none"]

    @property
    def said(self) -> str:
        return "".join(Reader(self._told.value).text)

    @property
    def failed(self) -> bool:
        return 'role="alert"' in self._told.value

    @property
    def empty(self) -> bool:
        return not self._picture.figure

    @property
    def figure(self) -> dict:
        return json.loads(self._picture.figure)

    @property
    def names(self) -> list[str]:
        return [trace.get("name") for trace in self.figure["data"]]

    @property
    def title(self) -> str:
        return self.figure["layout"]["title"]["text"]


def numbers(packed) -> np.ndarray:
    """An array as plotly stores it: a list, or bytes with their type and shape."""
    if not isinstance(packed, dict):
        return np.array(packed, float)
    array = np.frombuffer(b64decode(packed["bdata"]), packed["dtype"]).astype(float)
    return array.reshape([int(n) for n in packed["shape"].split(",")]) if "shape" in packed else array

"""An app's export as a Log, and what is read of it and refused."""

import pytest

from analysis import load_catalog, load_logs, weekly_volume
from analysis.errors import LogError

LB = 0.45359237


def load(folder, text: str, name: str = "log.csv", **options):
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return load_logs(file, **options)


def refusal(folder, text: str, **options) -> tuple[str, str]:
    with pytest.raises(LogError) as caught:
        load(folder, text, **options)
    return caught.value.code, str(caught.value)


def lines_of(log, *columns: str) -> list[tuple]:
    """The cells of some columns of the efforts, missing as None."""
    return [
        tuple(None if cell != cell else cell for cell in row)
        for row in log.efforts[list(columns)].astype(object).itertuples(index=False)
    ]


def refused(log) -> list[tuple]:
    """(line, column, code, message) of each reject."""
    return [(int(row.line), row.column, row.code, row.message) for row in log.rejects.itertuples()]


def muscle_sets(log, muscle: str) -> float:
    """The sets of a muscle group in the whole log."""
    volume = weekly_volume(log.efforts, load_catalog(), *log.period)
    return volume.loc[volume["muscle"] == muscle, "sets"].sum()


def balanced(log) -> bool:
    counts = log.counts
    return counts["records_in"] == counts["loaded"] + counts["rejected"] and counts["rejected"] == len(log.rejects)

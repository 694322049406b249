"""The catalog of a coach who edits the table of pairs."""

from dataclasses import replace


def with_pair(catalog, before: str, after: str, **cells):
    """The catalog with other cells in one row of that table."""
    mine = (catalog.spacing["before"] == before) & (catalog.spacing["after"] == after)
    assert mine.sum() == 1
    return replace(catalog, spacing=catalog.spacing.assign(**{
        name: catalog.spacing[name].mask(mine, value) for name, value in cells.items()
    }))  # fmt: skip

"""What other people did in a test, where a study tells it of their age and sex: a description, no grade."""

from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.arguments import AGE, SEX
from analysis.catalog import Catalog
from analysis.schema import REFERENCE_VALUES, conform

STUDIES = Path(__file__).with_suffix(".csv")


def reference_values(catalog: Catalog, age: int | None = None, sex: str | None = None) -> pd.DataFrame:
    """One row per exercise of which a study measured people of that age and sex, in a test to failure.

    Parameters
    ----------
    catalog : Catalog
        Which exercises there are, and their names.
    age : int, optional
        In years.
    sex : str, optional
        woman or man.

    Returns
    -------
    DataFrame
        As `schema.REFERENCE_VALUES`, in the order of the catalog; empty without age or sex. A set of training is no test,
        and a value no limit of anything.

    Raises
    ------
    ParameterError
        `age` or `sex` is out of its range.

    References
    ----------
    Hebert-Losier 2017, Physiotherapy 103: 446; Freckleton 2014, Br J Sports Med 48: 713; Strand 2014, J Hum Kinet 40: 93.

    Examples
    --------
    >>> reference_values(catalog, 40, "woman")[["exercise", "middle", "spread", "people"]]
                 exercise  middle               spread  people
    0  One-leg calf raise    21.0  median of the women   566.0
    """
    age, sex = AGE.read(age), SEX.read(sex)
    if age is None or sex is None:
        return conform({}, REFERENCE_VALUES)
    studies = _studies()
    theirs = (studies["sex"] == sex) & studies["age_from"].le(age) & studies["age_to"].ge(age)
    named = catalog.exercises[["exercise_id", "name"]].rename(columns={"name": "exercise"})
    return conform(named.merge(studies[theirs], on="exercise_id"), REFERENCE_VALUES)


@lru_cache(maxsize=1)
def _studies() -> pd.DataFrame:
    return pd.read_csv(STUDIES)

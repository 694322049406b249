"""The exercise catalog: CSV files that a coach can read and edit, and the loader that checks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.arguments import CATALOG_PATH
from analysis.errors import CatalogError, ParameterError
from analysis.formats.text import cells
from analysis.formats.text.sheet import Sheet, read_sheet
from analysis.language import LISTENER, WRITTEN_IN, said
from analysis.schema import (
    ALIASES,
    EXERCISES,
    HILL_WORDS,
    LADDERS,
    MUSCLE,
    MUSCLE_SHARES,
    MUSCLES,
    NUMBER,
    POSTURES,
    ROLE,
    SPACING,
    UNMATCHED,
    conform,
)

from . import hills, ladders, postures, spacing
from .checks import ALLOWED, contradictions_of, rungs
from .names import Guesses, fold, fold_column, spellings

OURS = Path(__file__).parent
CATALOG_HEADERS = {  # kind of file -> the headers that tell it
    "exercises": [{"exercise_id", "name"}],
    "muscles": [{"exercise_id", "muscle"}],
    "aliases": [{"alias", "exercise_id"}],
    "hills": hills.HEADERS,
    "postures": postures.TOLD_BY,
    "ladders": ladders.LADDER_HEADERS,
    "spacing": spacing.SPACING_HEADERS,
}
CATALOG_TABLES = {
    "exercises": EXERCISES,
    "muscles": MUSCLE_SHARES,
    "aliases": ALIASES,
    "hills": hills.COLUMNS,
    "postures": POSTURES,
    "ladders": LADDERS,
    "spacing": SPACING,
}
LONG = (
    "how_to",
    "cue",
    "source",
    "easier",
    "harder",
    "caption",
    "ends",
    "muscles",
)  # texts that may be long; every other cell is a name or a number
MOST_TO_MEND = 50  # of what is to mend in a catalog
SET_FAMILIES = ("calisthenics", "gym")  # whose work is counted in sets; the rest is exposure
FACTS = (  # of an exercise, what measures ask for
    *("family", "counts", "laterality", "body_mass_fraction"),
    *("contacts_per_rep", "contacts_per_s", "rep_length_m", "impact"),
)
SAID_OF_EACH = ("name", "how_to", "cue")  # of an exercise, in the language of the reader
NOTHING_AT_HAND = "nothing"
NOTHING_WORDS = {NOTHING_AT_HAND, "none"}  # for which people write no thing at all
COMFORT = {"mat"}  # pleasant to have, and never needed
MOST_SUGGESTED = 200  # names looked up for their neighbours; more are no typing errors


@dataclass(frozen=True)
class Catalog:
    """The exercises that are known, the muscles each trains, and the names they go by.

    Attributes
    ----------
    exercises : DataFrame
        As `schema.EXERCISES`: one row per exercise.
    muscles : DataFrame
        As `schema.MUSCLE_SHARES`: one row per exercise and muscle.
    aliases : DataFrame
        As `schema.ALIASES`: one row per name.
    hills : DataFrame
        As `schema.HILLS`: one row per hill that the user named; none in ours.
    hill_words : DataFrame
        As `schema.HILL_WORDS`: one row per word of the user on what was recorded on a day.
    postures : DataFrame
        As `schema.POSTURES`: one row per exercise that is drawn and position.
    ladders : DataFrame
        As `schema.LADDERS`: one row per variant of a movement, the easier ones first.
    spacing : DataFrame
        As `schema.SPACING`: one row per work and work that should not follow it too soon.

    Examples
    --------
    >>> catalog.find("Calf raises"), catalog.counts_of("plank")
    ('calf_raise', 'seconds')
    """

    exercises: pd.DataFrame
    muscles: pd.DataFrame
    aliases: pd.DataFrame
    hills: pd.DataFrame
    hill_words: pd.DataFrame = field(default_factory=lambda: conform({}, HILL_WORDS))
    postures: pd.DataFrame = field(default_factory=lambda: conform({}, POSTURES))
    ladders: pd.DataFrame = field(default_factory=lambda: conform({}, LADDERS))
    spacing: pd.DataFrame = field(default_factory=lambda: conform({}, SPACING))

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Folded name, id or alias -> exercise_id; an id is stronger than a name, a name than an alias."""
        names, ids = self.exercises["name"].tolist(), self.exercises["exercise_id"].tolist()
        aliases = zip(self.aliases["alias"].tolist(), self.aliases["exercise_id"].tolist(), strict=True)
        pairs = [*aliases, *zip(names, ids, strict=True), *zip(ids, ids, strict=True)]
        return {fold(name): exercise_id for name, exercise_id in pairs}

    def find(self, name: str) -> str | None:
        """The exercise_id of a name, or of one that is only spelled another way; None when the catalog does not know it."""
        known = self._ids.get(fold(name))
        return known or next((self._spelt[key] for key in spellings(name) if key in self._spelt), None)

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """Names as `spellings` has them -> exercise_id; without those that two exercises share."""
        found: dict[str, set[str]] = {}
        for name, exercise_id in self._ids.items():
            for key in spellings(name):
                found.setdefault(key, set()).add(exercise_id)
        return {key: ids.pop() for key, ids in found.items() if key and len(ids) == 1}

    @cached_property
    def ids(self) -> pd.Index:
        """The exercise_id of each row of `exercises`."""
        return pd.Index(self.exercises["exercise_id"])

    @cached_property
    def row_of(self) -> dict[str, int]:
        """exercise_id -> its row in `exercises`."""
        return {exercise_id: row for row, exercise_id in enumerate(self.exercises["exercise_id"])}

    def facts_of(self, exercise_id: str) -> pd.Series:
        """The row of `exercises` of one that is known."""
        return self.exercises.iloc[self.row_of[exercise_id]]

    @cached_property
    def in_sets(self) -> np.ndarray:
        """Of each row of `exercises`, whether its work is counted in sets."""
        return self.exercises["family"].isin(SET_FAMILIES).to_numpy()

    @cached_property
    def shares(self) -> dict[str, np.ndarray]:
        """Role (set, exposure) -> row of `exercises` x muscle group: what one set, or one exposure, is worth."""
        matrices = {}
        for role in ROLE.categories:
            rows = self.muscles[self.muscles["role"] == role]
            matrices[role] = np.zeros((len(self.exercises), len(MUSCLE.categories)))
            matrices[role][self.ids.get_indexer(rows["exercise_id"]), rows["muscle"].cat.codes] = rows["share"]
        return matrices

    def known(self, efforts: pd.DataFrame) -> pd.DataFrame:
        """The efforts whose exercise is in the catalog, each with `exercise` (its row there) and the facts of that row."""
        row = self.rows_of(efforts)
        known = efforts[row >= 0].assign(exercise=row[row >= 0])
        facts = self.exercises[list(FACTS)].take(known["exercise"]).set_axis(known.index)
        return pd.concat([known, facts], axis="columns")

    def rows_of(self, efforts: pd.DataFrame) -> np.ndarray:
        """Of each of the efforts, the row of its exercise in `exercises`; -1 of one that is not known."""
        words = efforts["exercise_id"].astype("category").cat
        return np.append(self.ids.get_indexer(words.categories), -1)[words.codes]

    def with_shares(self, shares: Mapping[str, Mapping[str, float]]) -> "Catalog":
        """A catalog in which exercises train other muscles, as what one set is worth to each; this one stays as it is.

        shares: exercise_id -> muscle -> share, from 0 to 1; all that an exercise trains, in place of what stands here.
        A table of this catalog that is changed in place changes no number once one was counted by it.

        Raises CatalogError for an exercise or a muscle that is not known, or a share that cannot be.

        >>> kept = load_catalog().with_shares({"bridge": {"gluteus_maximus": 1, "hamstrings": 0.5}})
        """
        wrong = [f"{name!r} is no exercise" for name in shares if name not in self.row_of]
        rows: list[tuple[str, str, float]] = [
            (name, muscle, share) for name, of in shares.items() for muscle, share in of.items()
        ]
        wrong += [f"{name}: {muscle!r} is no muscle we know" for name, muscle, _ in rows if muscle not in MUSCLES]
        wrong += [
            f"{name}: the share of {muscle} is {share!r}, not 0 to 1"
            for name, muscle, share in rows
            if not 0 <= share <= 1
        ]
        if wrong:
            raise CatalogError(f"shares: {_told(wrong, '; ')}. Fix: name them as exercises.csv and muscles.csv do.")
        roles = dict(zip(self.ids, np.where(self.in_sets, "set", "exposure"), strict=True))
        names, muscles, values = ([row[i] for row in rows] for i in range(3))
        own = {"exercise_id": names, "muscle": muscles, "share": values, "role": [roles[name] for name in names]}
        kept = self.muscles[~self.muscles["exercise_id"].isin(list(shares))]
        return replace(self, muscles=conform(pd.concat([kept, conform(own, MUSCLE_SHARES)]), MUSCLE_SHARES))

    def named_by(self, *efforts: pd.DataFrame) -> "Catalog":
        """The catalog in the words of one athlete: an exercise goes by the name that they wrote last, else by ours, in
        the language of the reader as all that is said of it.

        efforts: of one athlete, as `schema.EFFORTS`; a name in a later table is stronger. An id, or our name in other
        letters, is no name of theirs. Our names are found as before.

        >>> load_catalog().named_by(log.efforts).facts_of("calf_raise")["name"]
        'Calf raise'
        """
        own: dict[str, str] = {}
        for table in efforts:
            pairs = table.loc[table["exercise_id"].notna(), ["exercise_id", "exercise", "date"]]
            pairs = pairs.sort_values("date", kind="stable").drop_duplicates(["exercise_id", "exercise"], keep="last")
            own |= {str(row.exercise_id): str(row.exercise) for row in pairs.itertuples() if self._is_own(row)}
        if not own and LISTENER.language == WRITTEN_IN:
            return self
        told = self.exercises.assign(**{column: self.exercises[column].map(said) for column in SAID_OF_EACH})
        named = told["name"].where(~self.ids.isin(list(own)), pd.Series(self.ids.map(own), dtype=object))
        other = (named != self.exercises["name"]).to_numpy()
        ours = self.exercises.loc[other, ["name", "exercise_id"]].rename(columns={"name": "alias"})
        return replace(
            self,
            exercises=conform(told.assign(name=named), EXERCISES),
            aliases=conform(pd.concat([self.aliases, ours]), ALIASES),
            postures=self.postures.assign(caption=self.postures["caption"].map(said)),
        )

    def _is_own(self, row: Any) -> bool:
        """Whether an exercise that is known is written in another word than ours."""
        known = self.row_of.get(str(row.exercise_id))
        ours = () if known is None else (str(row.exercise_id), self.exercises["name"].iat[known])
        return known is not None and fold(str(row.exercise)) not in map(fold, ours)

    def doable(self, words: Iterable[str]) -> np.ndarray:
        """Of each exercise, whether what it needs is among the words at hand: one of each group of its equipment."""
        words = set(words)
        return np.array([not lacking(needs, words) for needs in self.exercises["equipment"]])

    @cached_property
    def equipment(self) -> set[str]:
        """All words of equipment that any exercise needs."""
        return set(" ".join(self.exercises["equipment"]).replace("|", " ").split())

    def at_hand(self, things: str | Iterable[str] | None) -> set[str]:
        """Words of equipment as somebody gives them; None means all of them, and "nothing" none.

        ParameterError: a word of which no exercise needs anything.
        """
        if things is None:
            return self.equipment
        given = things.replace(",", " ").split() if isinstance(things, str) else things
        words = {self._thing(word.casefold()) for word in given} - {*NOTHING_WORDS, "and"}
        if unknown := words - self.equipment - COMFORT:
            word, known = min(unknown), sorted(self.equipment)
            near = "".join(f"; {thing} looks like it" for thing in get_close_matches(word, known, 1))
            fix = f"give some of {', '.join(known)}, or {NOTHING_AT_HAND}{near}"
            raise ParameterError(f"equipment={word}: no exercise needs it. Fix: {fix}.")
        return words

    def _thing(self, word: str) -> str:
        """The word of equipment that is meant by one in the singular or the plural, such as chairs; else as it is."""
        spelt = (word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s")
        return next((one for one in spelt if one in self.equipment | COMFORT), word)

    @cached_property
    def _guesses(self) -> Guesses:
        return Guesses(self._ids)

    def counts_of(self, name: str) -> str | None:
        """What the exercise of a name counts: reps, seconds, contacts, charges or distance; None if unknown."""
        exercise_id = self.find(name)
        return None if exercise_id is None else self._counts.get(exercise_id)

    @cached_property
    def _counts(self) -> dict[str, str]:
        return dict(zip(self.exercises["exercise_id"], self.exercises["counts"].astype(str), strict=True))

    def nearest(self, name: str, n: int = 3) -> list[str]:
        """Up to n names of exercises that share words with `name`, the nearest first: to show, never to use."""
        names = dict(zip(self.exercises["exercise_id"], self.exercises["name"], strict=True))
        return [names[exercise_id] for exercise_id in self._guesses.of(name, n)]


def lacking(needs: str, words: set[str]) -> list[str]:
    """The groups of an exercise's equipment of which nothing is among the words."""
    return [group for group in needs.split() if words.isdisjoint(group.split("|"))]


def load_catalog(path: str | Path | None = None) -> Catalog:
    r"""Return our catalog, with what is at `path` added to it or put in its place: a new one a call, to be changed at
    will.

    An exercise of the user's replaces ours of that id; muscle rows for an exercise replace all of ours for it; so do
    its postures, and an alias; a ladder replaces ours of that name, and
    a row of spacing.csv ours of those two works.

    Parameters
    ----------
    path : path, optional
        A folder with any of exercises.csv, muscles.csv, aliases.csv, postures.csv, ladders.csv, spacing.csv and hills.csv,
        or one such file.

    Returns
    -------
    Catalog
        Ours, or the two together.

    Raises
    ------
    CatalogError
        With every contradiction found.
    LogError
        A file that is no CSV.

    Examples
    --------
    >>> _ = (folder / "aliases.csv").write_text("alias,exercise_id\nwall calf raises,calf_raise\n")
    >>> load_catalog(folder).find("Wall calf raises")
    'calf_raise'
    """
    if (path := CATALOG_PATH.read(path)) is None:
        ours = our_catalog()
        return Catalog(**{part.name: getattr(ours, part.name).copy() for part in fields(Catalog)})
    path = Path(path)
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    tables = dict(_read(OURS))
    for file in files:
        kind, own = _read_file(file)
        if kind == "hills":
            tables[kind] = pd.concat([tables[kind], own], ignore_index=True).fillna("")
            continue
        key, ours = (_what_it_replaces(kind, table) for table in (own, tables[kind]))
        if kind == "exercises":  # a name of the user's is stronger than an alias of ours
            named = {fold(name) for column in ("exercise_id", "name") for name in own[column]}
            tables["aliases"] = tables["aliases"][~fold_column(tables["aliases"]["alias"]).isin(named)]
        kept = tables[kind][~ours.isin(key)]
        tables[kind] = pd.concat([kept, own], ignore_index=True).fillna("")
    if not files:
        raise CatalogError(
            f"{path.name}: no CSV file here. Fix: give a folder with exercises.csv, muscles.csv, aliases.csv, postures.csv, ladders.csv, spacing.csv or hills.csv."
        )
    return _checked(tables, path.name or path.resolve().name)


def _what_it_replaces(kind: str, table: pd.DataFrame) -> pd.Series:
    """Of each row of a table, by what the user's take the place of ours."""
    if kind == "aliases":
        return fold_column(table["alias"])
    if kind == "spacing":
        return table["before"] + " " + table["after"]
    return table["ladder" if kind == "ladders" else "exercise_id"]


@lru_cache(maxsize=1)
def our_catalog() -> Catalog:
    """Ours as it is, for whoever changes nothing in it. That it contradicts itself nowhere is a test."""
    return _catalog_of(_read(OURS))


def unmatched_exercises(efforts: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    """One row per name that the catalog does not know, most used first.

    Parameters
    ----------
    efforts : DataFrame
        As `schema.EFFORTS`.
    catalog : Catalog
        Where to look for names alike.

    Returns
    -------
    DataFrame
        As `schema.UNMATCHED`: lines of work, and up to three names that look like it; of the most used names only,
        where there are hundreds.

    Examples
    --------
    >>> unmatched_exercises(log.efforts, catalog).empty
    True
    """
    names = efforts.loc[efforts["exercise_id"].isna(), "exercise"].astype(str)
    if names.empty:
        return conform({}, UNMATCHED)
    counts = names.value_counts().rename_axis("exercise").reset_index(name="efforts")
    counts = counts.sort_values(["efforts", "exercise"], ascending=[False, True], ignore_index=True)
    nearest = [", ".join(catalog.nearest(name)) for name in counts["exercise"].head(MOST_SUGGESTED)]
    return conform(counts.assign(nearest=pd.Series(nearest, dtype=object)), UNMATCHED)


# ---------------------------------------------------------------------------------------------- reading
def _read(folder: Path) -> dict[str, pd.DataFrame]:
    return {kind: _read_file(folder / f"{kind}.csv")[1] for kind in CATALOG_HEADERS}


def _read_file(file: Path) -> tuple[str, pd.DataFrame]:
    """(which of the tables, its rows as text); told by the header."""
    sheet = read_sheet(
        file, lambda header: _kind_of(header) is not None, needs=("exercise_id", "alias", "hill", "before")
    )
    kind = _kind_of(set(sheet.header)) or ""
    columns, wrong = _columns(sheet, CATALOG_TABLES[kind])
    wrong = [(line, f"{message} Fix: {fix}") for line, _, _, message, fix in sheet.bad] + wrong
    if wrong:
        raise CatalogError(_told([f"{file.name}:{line}: {what}" for line, what in sorted(wrong)], " "))
    return kind, pd.DataFrame(columns, dtype=object)  # each text is used as it is


def _columns(sheet: Sheet, known) -> tuple[dict[str, np.ndarray], list[tuple[int, str]]]:
    """(the columns that we know, each cell clean; line of each cell that cannot be, and why)."""
    columns: dict[str, np.ndarray] = {}
    wrong: list[tuple[int, str]] = []
    for name, told, codes in zip(sheet.header, sheet.cells, sheet.codes, strict=True):
        if name not in known:
            continue
        clean, texts = cells.note if name in LONG else cells.name, []
        for i, text in enumerate(map(str.strip, told)):
            try:
                texts.append(text and clean(text))
            except cells.CellError as error:
                texts.append("")
                if len(wrong) <= MOST_TO_MEND:
                    wrong.append((int(sheet.lines[codes == i][0]), f"{name} {error.what} Fix: {error.fix}"))
        columns[name] = np.array(texts, dtype=object)[codes]
    return columns, wrong


def _told(problems: list[str], between: str) -> str:
    """Problems one behind another, as many as anybody reads."""
    more = f"{between}... and more." if len(problems) > MOST_TO_MEND else ""
    return between.join(problems[:MOST_TO_MEND]) + more


def _kind_of(header: set[str]) -> str | None:
    return next((kind for kind, headers in CATALOG_HEADERS.items() if any(needs <= header for needs in headers)), None)


def _with_both_ways(exercises: pd.DataFrame) -> pd.DataFrame:
    """Exercises with `easier` and `harder` in both: an own exercise names its neighbours, and they need no change."""
    ways: dict[str, dict[str, list[str]]] = {"easier": {}, "harder": {}}
    for easier, harder in dict.fromkeys(rungs(exercises)):
        ways["easier"].setdefault(harder, []).append(easier)
        ways["harder"].setdefault(easier, []).append(harder)
    joined = {
        way: exercises["exercise_id"].map(lambda one, to=to: " ".join(to.get(one, ()))) for way, to in ways.items()
    }
    return exercises.assign(**joined)


def _checked(tables: dict[str, pd.DataFrame], where: str) -> Catalog:
    problems = list(islice(contradictions_of(*(tables[kind] for kind in CATALOG_HEADERS)), MOST_TO_MEND + 1))
    if problems:
        n = f"{'over ' * (len(problems) > MOST_TO_MEND)}{min(len(problems), MOST_TO_MEND)}"
        raise CatalogError(f"{where}: {n} to mend: {_told(problems, '; ')}")
    return _catalog_of(tables)


def _catalog_of(tables: dict[str, pd.DataFrame]) -> Catalog:
    exercises = _with_both_ways(tables["exercises"])
    for column, dtype in EXERCISES.items():
        if column in exercises and (dtype == NUMBER or column in ALLOWED):
            exercises[column] = exercises[column].replace("", None).astype(dtype)
    muscles = tables["muscles"].merge(exercises[["exercise_id", "family"]], on="exercise_id")
    role = muscles["family"].isin(SET_FAMILIES).map({True: "set", False: "exposure"})
    return Catalog(
        conform(exercises, EXERCISES),
        conform(muscles.assign(role=role, share=muscles["share"].astype(float)), MUSCLE_SHARES),
        conform(tables["aliases"], ALIASES),
        *hills.tables_of(tables["hills"]),
        postures.postures_of(tables["postures"]),
        ladders.ladders_of(tables["ladders"], exercises),
        spacing.spacing_of(tables["spacing"]),
    )

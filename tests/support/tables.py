"""Small tables, written out, and the helpers that make them."""

from pathlib import Path

import pandas as pd

from analysis import Log, load_catalog, load_logs, session_loads
from analysis.schema import EFFORTS, SESSIONS, conform


def line(date: str, exercise_id: str | None, **cells) -> dict:
    """One line of work: one normal set of both sides unless `cells` say otherwise."""
    words = {"athlete": "me", "kind": "normal", "sets": 1, "side": "both", "exercise": exercise_id}
    return {"date": date, "exercise_id": exercise_id, **words, **cells}


def efforts_of(*lines: dict) -> pd.DataFrame:
    """An efforts table; one session a day and athlete, unless a line names its session."""
    if not lines:
        return conform({}, EFFORTS)
    frame = pd.DataFrame(lines)
    day = pd.to_datetime(frame["date"])
    session = frame["date"] + " " + frame["athlete"]
    if "session_id" in frame:
        session = frame["session_id"].fillna(session)
    frame = frame.assign(
        date=day,
        week=day - pd.to_timedelta(day.dt.day_of_week, unit="D"),
        session_id=session,
        effort=frame.groupby(session).cumcount() + 1,
    )
    return conform(frame, EFFORTS)


def log_of(folder: Path, text: str, **options) -> Log:
    """The Log of a CSV file with these lines."""
    file = folder / "log.csv"
    file.write_text("\n".join(row.strip() for row in text.strip().splitlines()) + "\n", encoding="utf-8")
    return load_logs(file, **options)


def sets_of(volume: pd.DataFrame, column: str = "sets") -> dict[str, float]:
    """Muscle -> the sum of a column over weeks and athletes, zeros left out."""
    sums = volume.groupby("muscle", observed=True)[column].sum()
    return sums[sums != 0].to_dict()


def sessions_of(*rows: tuple) -> pd.DataFrame:
    """(day, kind, minutes, effort, metres) each."""
    frame = pd.DataFrame(rows, columns=["date", "session_type", "duration_min", "rpe", "distance_m"])
    day = pd.to_datetime(frame["date"])
    week = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
    ids = frame["date"] + " " + frame.index.astype(str)
    return conform(frame.assign(date=day, week=week, athlete="me", session_id=ids), SESSIONS)


def loads_of(*rows: tuple) -> pd.DataFrame:
    """The loads of such sessions, of which no set was logged."""
    return session_loads(sessions_of(*rows), efforts_of(), load_catalog())


def catalog_with(folder, name):
    """The catalog with one exercise more, `own`, that trains the soleus and is called so."""
    own = folder / "own"
    own.mkdir()
    cells = {"exercise_id": "own", "name": name, "family": "calisthenics", "counts": "reps", "laterality": "both"}
    pd.DataFrame([cells]).to_csv(own / "exercises.csv", index=False)
    (own / "muscles.csv").write_text("exercise_id,muscle,share\nown,soleus,1\n")
    return load_catalog(own)

"""The command `analysis`: check a log, make a report, open the notebooks."""

import os
import shlex
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from .errors import AnalysisError, LogError, ParameterError, ReportError
from .version import __version__

if TYPE_CHECKING:
    from analysis.pages.everybody import Everybody

INTERRUPTED, ENDED = 128 + signal.SIGINT, 128 + signal.SIGTERM  # exit codes, as a shell gives them
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}  # categories of characters that steer a terminal, or are none
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # that make a line read otherwise


NEW_FOLDER = "analysis-notebooks"  # of copies of the notebooks
ONLY_FROM_HERE = (  # what a page of Voila may load: its template asks a network for icons at each opening
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "connect-src 'self' ws://127.0.0.1:* ws://localhost:* data: blob:"
)
OPTIONS = {  # parameters that have an option of their own, which more than the notebooks must know
    "logs_path": "--logs", "plan_path": "--plan", "athlete": "--athlete", "start": "--start", "end": "--end",
    "unit": "--unit", "catalog_path": "--catalog", "pseudonyms": "--pseudonyms", "shared": "--private",
    "keep_both": "--keep-both", "language": "--language", "units": "--units",
}  # fmt: skip


class FilePath(click.Path):
    """A path, absolute from here on: whatever the folder of the process becomes, it leads to the same file."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value):
            self.fail("is empty; give a file or a folder.", param, ctx)
        return Path(os.path.abspath(os.fsdecode(super().convert(value, param, ctx))))


logs_argument = FilePath()
unit_option = click.option("--unit", type=click.Choice(["kg", "lb"]), help="Unit of weights where a file does not say.")
catalog_option = click.option(
    "--catalog", type=logs_argument, help="Folder with exercises, aliases or hills of your own."
)

language_option = click.option("--language", help="Of pages and notebooks, such as de.  [default: en]")
units_option = click.option(
    "--units",
    type=click.Choice(["metric", "imperial"]),
    help="In which pages show weights, ways and heights.  [default: metric]",
)
both_option = click.option(
    "--keep-both", is_flag=True, help="What shares its time stays two: recordings, or a log and its recording."
)
scheduler_option = click.option("--scheduler", help="Address of a dask cluster that takes part, tcp://HOST:PORT.")


class Command(click.Group):
    """Our own errors end in one line and exit code 1, an interrupt in 130; a traceback is a fault of ours."""

    def invoke(self, context: click.Context) -> Any:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # one that is closed is none
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal lacks is spelled out
        before = signal.signal(signal.SIGTERM, _end)
        try:
            with _at_home():
                return super().invoke(context)
        except AnalysisError as error:
            _say(*f"Error: {error}".split("\n"), err=True)
            context.exit(1)
        except KeyboardInterrupt:
            _say("", "Stopped.", err=True)
            context.exit(INTERRUPTED)
        finally:
            signal.signal(signal.SIGTERM, before)


@contextmanager
def _at_home() -> Iterator[None]:
    """A home for as long as a command runs where nobody knows of one, as of a user without a name in a container."""
    with TemporaryDirectory(ignore_cleanup_errors=True) if _is_homeless() else nullcontext() as folder:
        if folder:
            os.environ["HOME"] = folder
        yield


def _is_homeless() -> bool:
    try:
        return not Path.home()
    except RuntimeError:
        return True


def _end(*_) -> None:
    """What is half done is cleared away, as at an interrupt."""
    sys.exit(ENDED)


def _say(*lines: str, err: bool = False) -> None:
    """Lines for a terminal: no character of a cell, a column or a file moves its cursor or begins a line of its own."""
    try:
        click.echo("\n".join("".join(map(_seen, line)) for line in lines), err=err)
    except BrokenPipeError:  # who reads has seen enough
        raise
    except OSError as error:
        sys.exit(f"Error: the output cannot be written ({error.strerror}). Fix: make room for it.")


def _seen(c: str) -> str:
    """A character that would not be seen as what it is, spelled out."""
    return c.encode("unicode_escape").decode() if _steers(c) else c


def _steers(c: str) -> bool:
    return unicodedata.category(c) in UNSEEN or unicodedata.bidirectional(c) in TURNING


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """What a runner's strength and hill training does: notebooks, and reports made of them."""


@main.command()
@click.argument("folder", type=logs_argument, default=".")
@click.option("--level", help="new, some or used to strength work; in doubt the lower one.  [default: new]")
@click.option("--days", help="Weekdays with time, two at least.  [default: Mon Wed Fri]")
@click.option("--equipment", help="What is at hand, or nothing.  [default: stairs chair hill]")
@click.option("--minutes", help="Most minutes of a session, or any.  [default: any]")
@click.option(
    "--start", help="The first day with time, YYYY-MM-DD: that Monday, or the next.  [default: the next Monday]"
)
def begin(folder: Path, **options: str | None) -> None:
    """Write a first plan into FOLDER (the one you are in), with a calendar, a sheet to print, and a log to fill in.

    Asks what no option says; where nobody can answer, the defaults are taken. No file that is there is changed.
    """
    from analysis.loading.log_to_fill import NEW_LOG
    from analysis.planning.begin import PLAN_FILE, begin_folder, first_session

    from . import FirstPlan, load_catalog

    catalog, given = load_catalog(), {name: text for name, text in options.items() if text is not None}

    def propose() -> FirstPlan:
        first = _first_plan(catalog, given)
        _say(*first.why, *first.without, "")
        return first

    begun = begin_folder(folder, catalog, propose)
    _say(*(f"Wrote {path}" for path in begun.written), *(f"Kept {path} as it was." for path in begun.kept))
    if folder / PLAN_FILE in begun.kept:
        unused = f"; {', '.join(f'--{name}' for name in given)} changed nothing" if given else ""
        _say(f"The plan that was there stays{unused}. To begin anew, name a new folder.")
    _say("", first_session(begun.plan, catalog), "")
    go = "" if folder == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    _say(f"Write the numbers of what you did into {NEW_LOG}, beside what is planned. What it comes to, then:")
    _say(f"  {go}analysis report")


@main.command("next")
@click.argument("folder", type=logs_argument, default=".")
@click.option("--logs", type=logs_argument, help="A log or a folder of them; by default that of training.toml.")
@click.option("--plan", type=logs_argument, help="CSV file of a plan; by default that of training.toml.")
@click.option("--athlete", help="Whose training.")
@click.option("--equipment", help="What is at hand, or nothing; by default what was done or planned needs.")
@click.option("--level", help="new, some or used to hops; by default as the log shows.")
@click.option("--day", help="The first day that a session may be on, YYYY-MM-DD; by default today.")
@unit_option
@catalog_option
def next_command(
    folder: Path,
    logs: Path | None,
    plan: Path | None,
    athlete: str | None,
    equipment: str | None,
    level: str | None,
    day: str | None,
    unit: str | None,
    catalog: Path | None,
) -> None:
    """Say what comes next and why, and write it into FOLDER (the one you are in) as a plan, a calendar and a sheet.

    The files are next.csv, next.ics and next.html; those of the last time are replaced, and no log is touched.
    """
    from analysis.planning.next_files import asked_before, save_next, with_before

    from . import load_catalog, load_season, load_settings, next_session
    from .schema import UNNAMED
    from .wording import TO_BEGIN

    asked = load_settings(
        folder, logs_path=logs, plan_path=plan, athlete=athlete, unit=unit, catalog_path=catalog, equipment=equipment
    )
    if asked.logs_path is None:
        raise ParameterError(f"next: no log is named. Fix: give --logs, or name it in training.toml there. {TO_BEGIN}")
    own = load_catalog(asked.catalog_path)
    season = load_season(asked.logs_path, asked.plan_path, unit=asked.unit, catalog=own).of(asked.athlete)
    own = own.named_by(season.plan.efforts, season.log.efforts)
    before = asked_before(folder, own)
    planned = with_before(season.plan, before.of((season.log.athletes or [UNNAMED])[0]))
    step = next_session(season.log, own, planned, today=day, equipment=asked.equipment, level=level)
    for said in _steps_in_words(step, own):
        _say(said)
    if step.plan.sessions.empty:
        _say("Nothing was written: there is nothing to ask for.")
        return
    saved = save_next(step, before, folder, own)
    _say("", *(f"{'Replaced' if path in saved.replaced else 'Wrote'} {path}" for path in saved.written))


def _steps_in_words(step, catalog) -> Iterator[str]:
    """Each session with its day, and each of its exercises with its reason, a line each."""
    from analysis.how_to.dose import work_in_words

    from .wording import day as day_in_words

    for session in step.plan.sessions.sort_values("date", kind="stable").itertuples():
        yield f"{session.date:%A}, {day_in_words(session.date)}: {session.title}, about {session.duration_min:.0f} min"
        lines = step.plan.efforts[step.plan.efforts["session_id"] == session.session_id]
        yield from (f"  {work_in_words(row, catalog)}. Why: {row.notes}." for row in lines.itertuples())
    nothing = step.reasons[step.reasons["sets"] == 0]
    yield from (f"Nothing of {catalog.facts_of(row.exercise_id)['name']}: {row.why}." for row in nothing.itertuples())
    yield from step.waits


def _can_be_asked() -> bool:
    """Whether a person is at the keyboard."""
    return sys.stdin.isatty()


def _first_plan(catalog, given: dict[str, str]):
    """The plan for the answers given, and for those of the person at the keyboard, if there is one."""
    from analysis.planning.begin import propose_from, questions

    first, answers = propose_from(catalog, given), dict(given)
    asked = [question for question in questions(catalog) if question.name not in given]
    if not _can_be_asked():
        if asked:
            _say("Nobody can be asked, so taken is: " + ", ".join(f"{q.name} {q.default}" for q in asked) + ".", "")
        return first
    for question in asked:
        _say(*question.asked[:-1])
        while True:
            answer = click.prompt(question.asked[-1], default=question.default)
            try:
                first = propose_from(catalog, answers | {question.name: answer})
                break
            except ParameterError as error:
                _say(f"{error}")
        answers[question.name] = answer
    return first


@main.command()
@click.argument("logs", type=logs_argument, required=False)
@click.option("--plan", type=logs_argument, help="CSV file of a plan; one with weekdays may stand in place of LOGS.")
@unit_option
@catalog_option
@both_option
@scheduler_option
def check(
    logs: Path | None, plan: Path | None, unit: str | None, catalog: Path | None, keep_both: bool, scheduler: str | None
) -> None:
    """Say what of LOGS (a file, a folder or an archive) and of a plan loads and what does not, line by line.

    Without either, those that training.toml in this folder names. Exit code 1 when a record was refused.
    """
    from . import load_catalog, load_logs, load_plan, load_settings
    from .loading.plan import is_plan
    from .wording import TO_BEGIN

    if logs and not plan and is_plan(logs):
        logs, plan = None, logs
    asked = load_settings(logs_path=logs, plan_path=plan, unit=unit, catalog_path=catalog)
    logs_path, plan_path = (asked.logs_path, asked.plan_path) if not (logs or plan) else (logs, plan)
    if not (logs_path or plan_path):
        raise ParameterError(
            f"check: no log is named. Fix: give a file or a folder, or name it in training.toml here. {TO_BEGIN}"
        )
    used = {"logs": logs_path, "plan": plan_path, "unit": logs_path, "catalog": True}
    _say_settings([key for key in asked.told if used.get(key)])
    own, refused = load_catalog(asked.catalog_path), 0
    if logs_path:
        log = load_logs(logs_path, unit=asked.unit, catalog=own, keep_both=keep_both, scheduler=scheduler)
        refused += _say_log(log)
    if plan_path:
        refused += _say_plan(load_plan(plan_path, own), gap=bool(logs_path))
    sys.exit(1 if refused else 0)


def _say_log(log) -> int:
    """What of a log loads and what does not, and its hills; how many records were refused."""
    from . import in_short, loading_headline

    _say(*loading_headline(log).sentences)
    _say_problems(in_short(log.rejects), log.warnings)
    if len(log.hills):
        from analysis.loading.hill_names import lines_of

        _say("", "Hills found. Name them in a hills.csv of your own, for --catalog:", "")
        _say(*lines_of(log.hills).split("\n"))
    return log.counts["rejected"]


def _say_plan(plan, gap: bool) -> int:
    """What of a plan loads and what does not; how many records were refused."""
    from . import in_short
    from .wording import counted, days

    dates, loaded, all_of_it = plan.sessions["date"], plan.counts["loaded"], plan.counts["records_in"]
    span = f": {counted(len(dates), 'session')}, {days(dates.min(), dates.max())}" if len(dates) else ""
    _say(*[""] * gap, f"{loaded:,} of {counted(all_of_it, 'record')} of the plan loaded{span}.")
    _say_problems(in_short(plan.rejects), plan.warnings)
    return plan.counts["rejected"]


def _say_problems(rejects, warnings) -> None:
    for title, table in (("Refused", rejects), ("Worth a look", warnings)):
        if len(table):
            told = (f"  {_place(row)}{row.message}{_which(row)} Fix: {row.fix}" for row in table.itertuples())
            _say("", f"{title}:", *told)


def _say_settings(told: Sequence[str]) -> None:
    if told:
        _say(f"By training.toml in this folder: {', '.join(told)}.")


def _place(row) -> str:
    """`file:line: `, as far as it is known."""
    line = f":{row.line:.0f}" if row.line == row.line else ""
    return f"{row.file}{line}: " if row.file else ""


def _which(row) -> str:
    """What the message is about, where it does not say it: other files."""
    return f" [{row.value}]" if row.value and row.value not in row.message else ""


@main.command()
@click.option(
    "--logs",
    type=logs_argument,
    help="A log, a recording, an export or a folder of them; by default that of training.toml, or the sample season.",
)
@click.option("--plan", type=logs_argument, help="CSV file of a plan; without --logs, only the plan is looked at.")
@click.option("--out", type=logs_argument, default="reports", show_default=True, help="Folder of the pages.")
@click.option("--notebook", "names", multiple=True, help="Which notebook, such as 01 or muscle_volume; all by default.")
@click.option("--athlete", help="Whose training; all: everybody's, in a folder each.")
@click.option("--start", help="First day, YYYY-MM-DD.")
@click.option("--end", help="Last day, YYYY-MM-DD.")
@unit_option
@language_option
@units_option
@catalog_option
@click.option(
    "-p", "extra", nargs=2, multiple=True, metavar="NAME VALUE",
    help="Any other parameter of a notebook; `analysis parameters` names them.",
)  # fmt: skip
@click.option(
    "--share/--private",
    "shared",
    default=True,
    show_default=True,
    help="For others' eyes, or your own: then with file names and raw records.",
)
@click.option("--allow", "allowed", multiple=True, metavar="WORD", help="What a page for others may hold all the same.")
@click.option(
    "--pseudonyms",
    is_flag=True,
    help="Runner 1, Runner 2 in place of names, each for good: kept in .LOG.runners.json beside the log.",
)
@both_option
@scheduler_option
@click.option("--pdf", is_flag=True, help="Print each page as well, where Chromium is installed.")
@click.option("--card", is_flag=True, help="Draw each season as one picture as well, where Chromium is installed.")
@click.option("--failed", type=logs_argument, help="Folder for notebooks that failed, to see how far each got.")
@click.option("--progress/--no-progress", default=True, help="Show a progress bar.")
def report(
    logs: Path | None,
    plan: Path | None,
    out: Path,
    names: tuple[str, ...],
    athlete: str | None,
    start: str | None,
    end: str | None,
    unit: str | None,
    language: str | None,
    units: str | None,
    catalog: Path | None,
    extra: tuple[tuple[str, str], ...],
    shared: bool,
    allowed: tuple[str, ...],
    pseudonyms: bool,
    keep_both: bool,
    scheduler: str | None,
    pdf: bool,
    card: bool,
    failed: Path | None,
    progress: bool,
) -> None:
    """Run the notebooks on a log and write one HTML page for each, and an index.

    What no option says, training.toml in this folder does.
    """
    from analysis.measures.in_log import as_in_log
    from analysis.pages.built import PICTURE_OF_INDEX, SEASON
    from analysis.pages.parameters import check_all, parameters_of
    from analysis.pages.report import find_notebooks, make_report

    from . import load_catalog, load_season, load_settings
    from .language import speaking
    from .wording import TO_BEGIN

    asked = load_settings(
        logs_path=logs, plan_path=plan, athlete=athlete, start=start, end=end, unit=unit, catalog_path=catalog,
        language=language, units=units,
    )  # fmt: skip
    notebooks = find_notebooks(list(names) or None)
    if card and SEASON not in {notebook.stem for notebook in notebooks}:
        raise ParameterError(f"--card: is of the season. Fix: add --notebook {SEASON}.")
    if asked.plan_path and not asked.logs_path and not names:
        notebooks = [notebook for notebook in notebooks if "plan_path" in parameters_of(notebook)]
    asked = asked.known_to(set().union(*map(parameters_of, notebooks)))
    parameters: dict[str, Any] = asked.parameters | _others(extra)
    parameters |= {name: True for name, value in (("pseudonyms", pseudonyms), ("keep_both", keep_both)) if value}
    if everybody := asked.athlete == "all":
        del parameters["athlete"]
        _refuse_of_one(parameters)
    _say_settings(asked.told)
    check_all(notebooks, parameters)
    own = load_catalog(asked.catalog_path)
    load = partial(
        load_season, plan_path=asked.plan_path, start=asked.start, end=asked.end, unit=asked.unit, catalog=own,
        pseudonyms=pseudonyms, scheduler=scheduler, keep_both=keep_both,
    )  # fmt: skip
    season = load(asked.logs_path)
    whose = season.of(parameters.get("athlete"))  # what is wrong is said before a kernel starts
    parameters = as_in_log((season if everybody else whose).log, own, parameters)
    with speaking(parameters):
        people = _everybody(asked.logs_path, season, load, pseudonyms, shared) if everybody else None
    try:
        pages, problems = make_report(
            notebooks, out, parameters, progress, None if people is None else people.given, shared, lacking=people.lacking if people else {},
            scheduler=scheduler, failed=failed, pdf=pdf, card=card, allowed=allowed,
        ), []  # fmt: skip
    except ReportError as error:
        pages, problems = error.pages, [str(error)]
    for page in pages:
        took = f"{page.seconds:.1f} s" if page.made else "unchanged"
        _say(f"{page.html.relative_to(out.resolve())}  {took}  {page.title}")
        if card and page.is_season and (picture := page.html.with_name(PICTURE_OF_INDEX)).exists():
            _say(f"{picture.relative_to(out.resolve())}")
    if not season.log.sample:
        _say(*_not_loaded(season))
    if pages:
        _say(f"Open {out.resolve() / 'index.html'}")
    if season.log.sample:
        _say(f"No log was named, so the pages are of the sample season. {TO_BEGIN}")
    problems = [
        *(f"{name}: {error.what} Fix: {error.fix}" for name, error in (people.broken if people else {}).items()),
        *problems,
    ]
    if problems:
        raise ReportError("\n".join(problems))


def _not_loaded(season) -> Iterator[str]:
    """What of the log and of the plan did not load, a line each; nothing where all did."""
    for what, counts in (("", season.log.counts), (" of the plan", season.plan.counts)):
        if n := counts.get("rejected", 0):
            yield f"{n:,} of {counts['records_in']:,} records{what} did not load: `analysis check` says which, and how to mend them."


def _others(extra: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Parameters of the notebooks alone. ParameterError: one that has an option."""
    for name, _ in extra:
        if name in OPTIONS:
            raise ParameterError(f"-p {name}: has an option of its own. Fix: give it by {OPTIONS[name]}.")
    return dict(extra)


def _refuse_of_one(parameters: dict[str, Any]) -> None:
    """What is true of one body is not told of everybody's."""
    if own := [name for name in ("age", "sex", "hr_rest_bpm", "hr_max_bpm") if parameters.get(name) is not None]:
        fix = "name one with --athlete, or leave it out, also of training.toml"
        raise ParameterError(f"{', '.join(own)}: is of one runner, and --athlete all is of everybody. Fix: {fix}.")


def _everybody(logs_path: str | Path | None, season, load: Callable, pseudonyms: bool, shared: bool) -> "Everybody":
    """The athletes of a log; where it names nobody, one for each of its folders."""
    from analysis.pages.everybody import by_folder, by_name, folders_of

    logs = None if logs_path is None else Path(logs_path)
    folders = folders_of(logs, season.athletes)
    if logs is None or not folders:
        return by_name(season.athletes, season.silent)
    return by_folder(logs, folders, load, _unread_for_others if shared else _unread, pseudonyms)


def _unread(error: LogError) -> str:
    return f"{error.what} Fix: {error.fix}"


def _unread_for_others(error: LogError) -> str:
    """The kind of a fault and what to do; not the name of the file, nor what stands in it."""
    from .language import said
    from .loading.fault_kinds import OTHER_FAULT, kinds

    kind = kinds().get(error.code, OTHER_FAULT)
    kind = kind if kind.what else OTHER_FAULT
    return said(
        "the log cannot be read: {what}. Fix: {fix} `analysis check` names the file.",
        what=said(kind.what),
        fix=said(kind.fix),
    )


@main.command()
@click.argument("notebooks", nargs=-1)
def parameters(notebooks: tuple[str, ...]) -> None:
    """Say what each of NOTEBOOKS (01 or muscle_volume; all by default) may be asked: name, default, meaning and range."""
    from analysis.pages.parameters import parameters_of
    from analysis.pages.report import find_notebooks

    for notebook in find_notebooks(list(notebooks) or None):
        told = parameters_of(notebook).values()
        lines = [(f"{one['name']} = {one['default']}", OPTIONS.get(one["name"], "-p"), one["help"]) for one in told]
        widths = [max(len(line[i]) for line in lines) for i in (0, 1)]
        _say(notebook.stem, *(f"  {a:{widths[0]}}  {b:{widths[1]}}  {c}" for a, b, c in lines), "")


@main.command()
@click.argument("folder", type=logs_argument, required=False)
@click.option("--logs", type=logs_argument, help="What the copies load; by default the sample season.")
@click.option("--plan", type=logs_argument, help="CSV file of a plan.")
@click.option("--athlete", help="Whose training.")
@language_option
@units_option
def lab(folder: Path | None, **given: Any) -> None:
    """Copy the notebooks and the sample data once into FOLDER and open the first of them in JupyterLab.

    FOLDER is this one where it has a training.toml, else analysis-notebooks. What is in it stays as it is; the options
    are written into its training.toml.
    """
    folder = _own_folder(folder, given)
    _say("In JupyterLab, to see the answer: menu Run, Run All Cells.")
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(folder / "00_start_here.ipynb")])


@main.command()
@click.argument("folder", type=logs_argument, required=False)
@click.option("--logs", type=logs_argument, help="What the notebooks load; by default the sample season.")
@click.option("--plan", type=logs_argument, help="CSV file of a plan.")
@click.option("--athlete", help="Whose training.")
@language_option
@units_option
def app(folder: Path | None, **given: Any) -> None:
    """Show the notebooks of FOLDER as pages with controls and without code, on this computer alone, by Voila.

    FOLDER and the options are those of `analysis lab`.
    """
    if find_spec("voila") is None:
        fix = 'pip install "runner-training-analysis[app]"'
        raise ParameterError(f"app: Voila is not installed. Fix: {fix}, or take `analysis lab`.")
    folder = _own_folder(folder, given)
    headers = {"headers": {"Content-Security-Policy": ONLY_FROM_HERE}}
    options = ["--Voila.ip=127.0.0.1", f"--Voila.tornado_settings={headers!r}"]
    os.execv(sys.executable, [sys.executable, "-m", "voila", str(folder), *options])


def _own_folder(folder: Path | None, options: dict[str, Any]) -> Path:
    """A folder with copies of the notebooks and the settings that were given; what is wrong is said before."""
    from analysis.pages.copies import copy_notebooks
    from analysis.system.settings import SETTING_OF, SETTINGS_FILE

    from . import load_catalog, load_season, load_settings, save_settings
    from .language import speaking

    folder = folder or Path.cwd() / ("" if Path(SETTINGS_FILE).exists() else NEW_FOLDER)
    given = {key: value for key, value in options.items() if value is not None}
    asked = load_settings(folder, **{SETTING_OF[key][0].name: value for key, value in given.items()})
    if given:
        days, own = (asked.start, asked.end), load_catalog(asked.catalog_path)
        load_season(asked.logs_path, asked.plan_path, *days, unit=asked.unit, catalog=own).of(asked.athlete)
    with speaking(asked.parameters):
        copied, there = copy_notebooks(folder, with_outputs=not asked.parameters)
    if given:
        save_settings(folder, given)
    _say(f"{len(copied)} files copied to {folder}.")
    if there:
        _say(f"Already there, and left as they are: {', '.join(path.name for path in there)}.")
    return folder

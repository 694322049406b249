"""Parameters -> executed notebooks -> pages to share. Runs notebooks by path; what they measure is theirs."""

import builtins
import shlex
import textwrap
import time
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import MappingProxyType

from analysis import errors
from analysis.arguments import nearest
from analysis.errors import AnalysisError, ParameterError, ReportError
from analysis.language import said, speaking
from analysis.system.atomic import write_whole
from analysis.system.parallel import most_workers, spread
from analysis.system.paths import NOTEBOOKS

from .built import INDEX, SEASON, Failure, Job, Page, made_of
from .changes import changes, with_last
from .chromium import draw_cards, need_browser, print_pages
from .kernel import Kernel
from .output_folder import Output
from .parameters import check_all, parameters_of
from .privacy import Leak, leaks, says

OUR_ERRORS = {n for n, e in vars(errors).items() if isinstance(e, type) and issubclass(e, AnalysisError)}
MOST_TOLD = 10  # of what a page may not hold
PASSING = (OSError, MemoryError, KeyboardInterrupt)  # errors of a cell that are of this moment, not of the log
RUN = 10  # pages that a worker of a cluster is given at a time: its kernel starts once for them


class SameAgain(ReportError):
    """A page that fails whenever it is made of the same."""


def make_report(
    notebooks: list[Path],
    out: Path,
    parameters: dict,
    progress: bool = True,
    athletes: dict[str, dict] | None = None,
    shared: bool = True,
    lacking: Mapping[str, str] = MappingProxyType({}),
    scheduler: str | None = None,
    failed: Path | None = None,
    pdf: bool = False,
    card: bool = False,
    allowed: list[str] | tuple = (),
) -> list[Page]:
    """One page for each notebook, in `out`, and an index of those in it; a page of which nothing changed stays.

    A parameter goes to the notebooks that have it. athletes: name -> parameters of that athlete; then each has a folder.
    shared: for others' eyes, so that a page with a path, an address, coordinates or the name of a file is not written.
    allowed: words that such a page may hold all the same.
    lacking: athlete -> why nothing can be made of them, to be told in the roster.
    scheduler: address of a dask scheduler, whose workers make the pages; they see the same folders.
    failed: folder for the notebooks that failed, as far as they got; they hold what no page may tell.
    pdf: print each page beside it, too. card: draw that of each season as one picture.
    ParameterError, before the first one runs: a name that none of them has, or a value it cannot take. ReportError,
    before the first one runs: Chromium is asked for and not there; after the last one has run: all that failed.
    """
    notebooks = [Path(notebook).resolve() for notebook in notebooks]
    out, failed = Path(out).resolve(), failed and Path(failed).resolve()
    shares = {name: check_all(notebooks, parameters | own) for name, own in (athletes or {"": {}}).items()}
    given = [own for share in shares.values() for own in share]
    if shared:
        _refuse_inside(out, given, failed)
    need_browser([option for option, asked in (("--pdf", pdf), ("--card", card)) if asked])
    stems = [notebook.stem for notebook in [*notebooks, *find_notebooks()]]
    names = any(own.get("pseudonyms") for own in given)
    with speaking(parameters), Output(out, shared, names, stems) as output:
        jobs = list(_jobs(notebooks, shares, output, athletes is not None, tuple(allowed)))
        found = _with_seasons(jobs, _make_pages(jobs, output, progress, scheduler, failed is not None), output)
        pages = [page for page in found if isinstance(page, Page)]
        failures = [(job, what) for job, what in zip(jobs, found, strict=True) if isinstance(what, Failure)]
        listed, several = [*pages, *output.beside(jobs, lacking)], athletes is not None
        due = bool(pages or (several and lacking))
        untold = _index(output, jobs, listed, failures, dict(lacking) if several else None, allowed) if due else []
        output.link(listed, roster=several and not untold)
        if pdf:
            untold += print_pages([page.html for page in pages], output.halves)
        if card:
            untold += draw_cards([page.html for page in pages if page.is_season], output.halves)
    if failures or untold:
        made = f"{len(pages)} of {len(jobs)} pages were made; a page of an earlier run is left as it was."
        told = [failure.told_of(job.athlete) for job, failure in failures]
        raise ReportError("\n".join([*told, *untold, made, *_kept(failures, out, failed)]), pages)
    return pages


def _refuse_inside(out: Path, given: list[dict], failed: Path | None) -> None:
    """What is sent holds pages, not what they are made of, nor what failed."""
    paths = [Path(value).resolve() for own in given for name, value in own.items() if name.endswith("_path") and value]
    for path in (path for path in paths if path.is_relative_to(out)):
        what = f"{out.name}: holds {path.name}, of which the pages are made."
        raise ReportError(f"{what} Fix: name another folder for them, or make them --private.")
    if failed and failed.is_relative_to(out):
        what = f"{failed.name}: is in the folder of the pages, and what fails holds what they may not tell."
        raise ReportError(f"{what} Fix: name another folder for --failed, or make the pages --private.")


def _jobs(
    notebooks: list[Path], shares: dict[str, list[dict]], output: Output, several: bool, allowed: tuple[str, ...]
) -> Iterator[Job]:
    """The pages to be made: of one athlete in the folder itself, of several in a folder each."""
    folders = output.folders_of(shares) if several else {"": output.folder}
    for name, share in shares.items():
        for notebook, own in zip(notebooks, share, strict=True):
            html = folders[name] / (INDEX if notebook.stem == SEASON else f"{notebook.stem}.html")
            yield Job(
                notebook,
                html,
                _for_eyes(notebook, own, output.shared),
                output.folder,
                output.halves,
                name,
                output.shared,
                allowed,
            )


def _kept(failures: list[tuple[Job, Failure]], out: Path, failed: Path | None) -> list[str]:
    """Write the notebooks that failed where they were asked for; where that is."""
    if failed is None:
        return []
    for job, failure in failures:
        path = failed / job.html.relative_to(out).with_suffix(".ipynb")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, failure.notebook.encode())
        except OSError as error:
            return [f"{failed.name}: cannot be written ({error.strerror}), so what failed was not kept."]
    return [f"How far each notebook got is in {failed.name}."]


def _for_eyes(notebook: Path, parameters: dict, shared: bool) -> dict:
    """The parameters, and whether it is shared where the notebook asks."""
    return parameters | ({"shared": shared} if "shared" in parameters_of(notebook) else {})


def _make_pages(
    jobs: list[Job], output: Output, progress: bool, scheduler: str | None, again: bool
) -> list[Page | Failure]:
    """Of each job its page, or how it failed. again: try what failed before too, though nothing of it has changed."""
    from tqdm.auto import tqdm

    done: dict[int, Page | Failure] = {i: page for i, job in enumerate(jobs) if (page := output.page(job))}
    anew = {job.athlete for i, job in enumerate(jobs) if i not in done}
    if not again:
        done |= {i: why for i, job in enumerate(jobs) if i not in done and (why := output.failure(job))}
    done = {i: page for i, page in done.items() if not (jobs[i].is_season and jobs[i].athlete in anew)}
    left = [i for i in range(len(jobs)) if i not in done]
    with tqdm(total=len(jobs), initial=len(done), desc="pages", unit="page", disable=not progress) as bar:
        for i, made in _made_on_cluster(jobs, left, scheduler) if scheduler else _made_here(jobs, left):
            done[i] = made if isinstance(made, Page) and made.executed else output.keep(jobs[i], made)
            bar.update()
    return [done[i] for i in sorted(done)]


def _with_seasons(jobs: list[Job], found: list[Page | Failure], output: Output) -> list[Page | Failure]:
    """The pages of seasons written, last of all: they tell what the pages beside them answer."""
    pages = [*(page for page in found if isinstance(page, Page)), *output.beside(jobs)]
    return [
        _season(job, page, [other for other in pages if other.athlete == job.athlete and not other.is_season], output)
        if isinstance(page, Page) and page.executed
        else page
        for job, page in zip(jobs, found, strict=True)
    ]


def _season(job: Job, page: Page, beside: list[Page], output: Output) -> Page | Failure:
    from .html import render_season

    executed, page.executed = page.executed, None
    page.facts = with_last(page.facts, output.facts(job))
    beside = sorted(beside, key=lambda other: other.html.name)
    try:
        _publish(
            job, render_season(executed, page.title, page.facts, beside, changes(page.facts)), page.facts, executed
        )
    except ReportError as error:
        return output.keep(job, _failed(job, error, executed))
    return output.keep(job, page)


def _made_here(jobs: list[Job], left: list[int]) -> Iterator[tuple[int, Page | Failure]]:
    """As many at once as there are processors, each with a kernel of its own."""
    waiting = iter(left)
    made: SimpleQueue[tuple[int, Page | Failure] | None] = SimpleQueue()
    kernels: list[Kernel] = []

    def work() -> None:
        kernels.append(kernel := Kernel())
        try:
            while (i := next(waiting, None)) is not None:
                made.put((i, _page_or_why(jobs[i], kernel)))
        finally:
            kernel.close()
            made.put(None)

    with ThreadPoolExecutor(most_workers(len(left))) as pool:
        workers = [pool.submit(work) for _ in range(most_workers(len(left)))]
        try:
            working = len(workers)
            while working:
                if (found := made.get()) is None:
                    working -= 1
                else:
                    yield found
            for worker in workers:
                worker.result()
        finally:  # of an interrupt too: nothing new is begun, and nobody waits for what is half done
            deque(waiting, 0)
            for kernel in kernels:
                kernel.kill()


def _made_on_cluster(jobs: list[Job], left: list[int], scheduler: str) -> Iterator[tuple[int, Page | Failure]]:
    runs = [left[begin : begin + RUN] for begin in range(0, len(left), RUN)]
    for i, pages in spread(make_run, [[jobs[k] for k in run] for run in runs], scheduler):
        yield from zip(runs[i], pages, strict=True)


def make_run(jobs: list[Job]) -> list[Page | Failure]:
    """Some pages, one after the other in one kernel; in place of one that failed, why."""
    kernel = Kernel()
    try:
        with speaking(jobs[0].parameters):
            return [_page_or_why(job, kernel) for job in jobs]
    finally:
        kernel.close()


def _page_or_why(job: Job, kernel: Kernel) -> Page | Failure:
    try:
        return _make_page(job, kernel)
    except ReportError as error:
        return _failed(job, error, kernel.half)


def _failed(job: Job, error: ReportError, half) -> Failure:
    import nbformat

    return Failure(str(error), nbformat.writes(half) if half else "", isinstance(error, SameAgain))


def find_notebooks(names: list[str] | None = None) -> list[Path]:
    """The notebooks of the project, in order. ParameterError: a name that none of them has.

    `names` picks some of them: "01_muscle_volume", "01" or "muscle_volume".
    """
    found = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    if names is None:
        return found
    answers_to = {notebook: {notebook.stem, notebook.stem[:2], notebook.stem[3:]} for notebook in found}
    for name in names:
        if not any(name in known for known in answers_to.values()):
            stems = [notebook.stem for notebook in found]
            fix = f"{nearest(name, stems)}There are {', '.join(stems)}."
            raise ParameterError(f"No notebook is called {name!r}. Fix: {fix}")
    return [notebook for notebook in found if answers_to[notebook] & set(names)]


def _make_page(job: Job, kernel: Kernel) -> Page:
    """Runs one notebook, writes its page. ReportError: it failed."""
    from .html import page_facts, page_headline, page_title, render_page

    begun = time.perf_counter()
    try:
        executed = kernel.run(job.notebook, job.parameters)
        title, facts = page_title(executed, job.notebook.stem), page_facts(executed)
        if not job.is_season:
            _publish(job, render_page(executed, title, facts), facts, executed)
    except ReportError:
        raise
    except Exception as error:  # the one place where a cell, a kernel or a full disk becomes a sentence
        raise (SameAgain if _lasts(error) else ReportError)(_failure(job.notebook, error)) from error
    seconds = time.perf_counter() - begun
    later = executed if job.is_season else None
    return Page(job.notebook, title, job.html, page_headline(executed), seconds, job.athlete, facts, executed=later)


def _publish(job: Job, page: str, facts: dict, executed) -> None:
    """The page put in place, unless it holds what others may not see."""
    called = _called(job.athlete, facts)
    if job.shared and (found := leaks(page, job.sources(), called, job.allowed)):
        raise _leaking(job, found, executed)
    _write_page(job, page)


def _called(athlete: str, facts: dict) -> list[str]:
    """The names by which a page calls its runner."""
    return [athlete, facts.get("who", "")]


def _write_page(job: Job, page: str) -> None:
    """The page, without what was printed of an older one."""
    try:
        write_whole(job.html, page.encode(), job.halves)
        _clear(made_of(job.html))
    except OSError as error:
        what = f"{job.notebook.stem}: its page cannot be written ({error.strerror})."
        raise ReportError(f"{what} Fix: make room for it in {job.out.name}, or name another folder.") from error


def _clear(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _leaking(job: Job, found: list[Leak], executed) -> ReportError:
    """A page that holds what others may not see; an older one that holds as much is taken away."""
    with suppress(OSError):
        if leaks(job.html.read_text(encoding="utf-8"), job.sources(), [job.athlete], job.allowed):
            _clear([job.html, *made_of(job.html)])
    cells = [cell for cell in executed.cells if cell.get("outputs")]
    where = [[cell.execution_count for cell in cells if says(cell.outputs, leak.word)][:1] for leak in found]
    return SameAgain(_telling(job.notebook.stem, found, [f" in cell [{cell[0]}]" if cell else "" for cell in where]))


def _telling(page: str, found: list[Leak], where: list[str]) -> str:
    """What others may not see, and how it is published all the same."""
    told = [f"{leak.what}{cell} ({_short(leak.word)})" for leak, cell in zip(found, where, strict=True)]
    more = f" and {len(told) - MOST_TOLD:,} more" if len(told) > MOST_TOLD else ""
    what = f"{page}: holds {'; '.join(told[:MOST_TOLD])}{more}."
    fix = f"take it out of the log, make it --private, or let others see it with --allow {shlex.quote(found[0].word)}."
    return f"{what} Fix: {fix}"


def _lasts(error: Exception) -> bool:
    """Whether a cell raised it, and not for want of room, memory or a file."""
    kind = getattr(builtins, getattr(error, "ename", ""), None)
    return hasattr(error, "exec_count") and not (isinstance(kind, type) and issubclass(kind, PASSING))


def _failure(notebook: Path, error: Exception) -> str:
    """Which notebook, which cell, what happened. Our own errors say what to do as well."""
    place, what = notebook.stem, f"{type(error).__name__}: {error}"
    if hasattr(error, "exec_count"):  # raised by a cell
        name, value = getattr(error, "ename", ""), getattr(error, "evalue", "")
        place, what = f"{place}, cell [{error.exec_count}]", f"{name}: {value}"
        if name in OUR_ERRORS:
            return f"{place}: {value}"
    return f"{place}: {_short(what)}. Fix: see how far it got, with --failed FOLDER."


def _short(what) -> str:
    return textwrap.shorten(str(what), 300, placeholder=" ...").rstrip(".")


def _index(
    output: Output,
    jobs: list[Job],
    listed: list[Page],
    failures: list[tuple[Job, Failure]],
    lacking: dict[str, str] | None,
    allowed: tuple[str, ...] | list[str],
) -> list[str]:
    """Write the index of a report, unless it is the page of a season; what kept it from being written.

    listed: the pages of now and of earlier runs. lacking: of a report of several, athlete -> why they are without a page.
    """
    if (output.folder / INDEX) in {page.html for page in listed}:
        return []
    listed = sorted(listed, key=lambda page: page.html.name)
    without = {} if lacking is None else lacking | _without(failures, output.shared)
    try:
        _write_index(output, listed, without, {path for job in jobs for path in job.sources()}, allowed)
    except ReportError as error:
        return [str(error)]
    return []


def _without(failures: list[tuple[Job, Failure]], shared: bool) -> dict[str, str]:
    """Athlete -> which of their pages failed; to one's own eyes also why."""
    told: dict[str, list[str]] = {}
    for job, failure in failures:
        told.setdefault(job.athlete, []).append(job.notebook.stem if shared else failure.why)
    return {
        name: said(
            "not every page could be made: {pages}; `analysis report` says why"
            if shared
            else "not every page could be made: {pages}",
            pages="; ".join(dict.fromkeys(why)),
        )
        for name, why in told.items()
    }


def _write_index(
    output: Output, pages: list[Page], lacking: dict[str, str], sources: set[Path], allowed: list[str] | tuple
) -> None:
    from .html import render_contents

    index = render_contents(pages, output.folder, lacking)
    called = {name for page in pages for name in _called(page.athlete, page.facts)}
    if output.shared and (found := leaks(index, sources, called, allowed)):
        _clear([output.folder / INDEX, *made_of(output.folder / INDEX)])
        raise ReportError(_telling("index", found, [""] * len(found)))
    output.write(output.folder / INDEX, index.encode())

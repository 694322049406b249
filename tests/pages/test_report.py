"""A report: parameters checked before anything runs, pages that are whole, safe and self-contained."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import nbformat
import pytest
from notebook_writer import code, notebook
from reading import Markup

from analysis.errors import ParameterError, ReportError
from analysis.pages import report
from analysis.pages.html import render_page
from analysis.pages.parameters import check_all, check_parameters
from analysis.pages.report import find_notebooks, make_report
from analysis.system import paths

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FIGURE = """\
from IPython.display import display
plot = {"data": [{"type": "bar", "x": ["calves"], "y": [3]}], "layout": {"title": {"text": TITLE}}}
display({"application/vnd.plotly.v1+json": plot, "text/plain": "Sets: " + TITLE}, raw=True)
"""
RAISING = """\
if fail:
    from analysis.errors import LogError
    raise LogError("log.csv", "no.", "yes.", "x", 5)
"""
PAYLOADS = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script><!--<script>",
    "[x](javascript:alert(1))",
    '<a href="javascript:alert(1)">y</a>',
    "<svg onload=alert(1)><iframe src=https://example.org></iframe><style>@import 'https://example.org'</style>",
]

HOSTILE = """\
import pandas as pd
from IPython.display import HTML, Markdown, display
pd.set_option("display.max_colwidth", None)
table = pd.DataFrame({"x": payloads})
display(table, HTML(table.to_html(escape=False)))
for payload in payloads:
    display(Markdown(f"Best at {payload}, 3 sets"), HTML(f"<p>{payload}</p>"))
"""


@pytest.fixture
def no_kernel(monkeypatch):
    """Nothing may run: a check that starts a kernel is no check."""
    import papermill

    monkeypatch.setattr(papermill, "execute_notebook", lambda *_, **__: pytest.fail("a notebook was run"))


# Parameters


@pytest.mark.usefixtures("no_kernel")
def test_an_unknown_parameter_is_refused_with_the_nearest_name(tmp_path):
    path = notebook(tmp_path / "01_muscle_volume.ipynb")
    with pytest.raises(ParameterError) as error:
        make_report([path], tmp_path / "out", {"athlet": "Ann"}, progress=False)
    assert str(error.value) == (
        "01_muscle_volume has no parameter 'athlet'. Fix: did you mean 'athlete'? "
        "It takes athlete, label, least, secondary, start, strict, weeks."
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("no_kernel")
def test_a_parameter_must_be_known_to_one_notebook_of_several(tmp_path):
    one = notebook(tmp_path / "01_one.ipynb", parameters="weeks: int = 4")
    two = notebook(tmp_path / "02_two.ipynb", parameters="least: int = 3")
    assert check_all([one, two], {"weeks": "5"}) == [{"weeks": 5}, {}]
    with pytest.raises(ParameterError, match=r"No notebook has a parameter 'week'. Fix: did you mean 'weeks'\?"):
        make_report([one, two], tmp_path / "out", {"week": 5}, progress=False)


@pytest.mark.usefixtures("no_kernel")
def test_a_value_of_the_wrong_type_is_refused_with_the_help(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb")
    with pytest.raises(ParameterError) as error:
        make_report([path], tmp_path / "out", {"weeks": "four"}, progress=False)
    assert str(error.value) == (
        "01_one: weeks='four': is not of type int. Fix: give a whole number such as 4 (weeks to average)."
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("weeks", value) for value in ("4.0", " 4", "4_0", "+4", "٤", "4\n", "", None, True, 4.0, "None")],
        *[("secondary", value) for value in ("0,5", "nan", "inf", ".5", "1e999", "1_0", True, float("nan"))],
        *[("strict", value) for value in ("True", "yes", "1", 1, "")],
        *[("start", value) for value in ("2026-02-30", "2026-1-5", "20260105", "2026-W02-1", "5 Jan", "0000-01-01")],
        *[("start", value) for value in ("2026-01-05T00:00", "2026-01-05\n", "２０２６-01-05", 20260105)],
        *[("label", value) for value in (None, 3)],
        ("least", "few"),
    ],
)
def test_what_is_not_exactly_of_its_type_is_refused(tmp_path, name, value):
    with pytest.raises(ParameterError, match=f"01_one: {name}=(.|\n)*: is not of type"):
        check_parameters(notebook(tmp_path / "01_one.ipynb"), {name: value})


def test_text_becomes_the_declared_type(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb")
    text = {
        "athlete": "007",
        "weeks": "-6",
        "secondary": "1",
        "strict": "true",
        "start": "2024-02-29",
        "least": "5",
    }
    typed = {
        "athlete": "007",
        "weeks": -6,
        "secondary": 1.0,
        "strict": True,
        "start": "2024-02-29",
        "least": 5,
    }
    assert check_parameters(path, text) == typed
    assert check_parameters(path, typed) == typed
    assert type(check_parameters(path, {"secondary": 1})["secondary"]) is float


def test_no_value_is_none_where_the_default_is_none(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb")
    for nothing in ("", "None", None):
        assert check_parameters(path, {"athlete": nothing, "start": nothing}) == {
            "athlete": None,
            "start": None,
        }
    assert check_parameters(path, {"label": ""}) == {"label": ""}


def test_a_path_becomes_absolute_text_and_a_date_its_iso_form(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {"athlete": Path("log.csv"), "start": date(2026, 1, 5)}
    expected = {"athlete": str(tmp_path / "log.csv"), "start": "2026-01-05"}
    assert check_parameters(notebook(tmp_path / "01_one.ipynb"), given) == expected


def test_text_of_a_path_is_of_the_callers_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = notebook(tmp_path / "01_one.ipynb", parameters="logs_path: str = None\nplan_path: str = None")
    read = check_parameters(path, {"logs_path": "logs/log.csv", "plan_path": "None"})
    assert read == {"logs_path": str(tmp_path / "logs" / "log.csv"), "plan_path": None}


@pytest.mark.parametrize("content", [None, "{", "{}", "[1]", b"\xff\xfe"])
def test_a_file_that_is_no_notebook_is_a_report_error(tmp_path, content):
    path = tmp_path / "01_one.ipynb"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ReportError, match="01_one.ipynb: not a notebook that can be run"):
        make_report([path], tmp_path / "out", {}, progress=False)


# The notebooks of the project


def test_notebooks_are_found_by_name_number_or_subject(tmp_path, monkeypatch):
    for name in ("02_hill_repeats", "01_muscle_volume", "draft", "00_start_here"):
        (tmp_path / f"{name}.ipynb").touch()
    monkeypatch.setattr(report, "NOTEBOOKS", tmp_path)

    def found(names=None):
        return [path.stem for path in find_notebooks(names)]

    assert found() == ["00_start_here", "01_muscle_volume", "02_hill_repeats"]
    assert found(["01_muscle_volume"]) == found(["01"]) == found(["muscle_volume"]) == ["01_muscle_volume"]
    assert found(["02", "start_here", "hill_repeats"]) == ["00_start_here", "02_hill_repeats"]
    with pytest.raises(ParameterError) as error:
        find_notebooks(["muscel_volume"])
    assert str(error.value) == (
        "No notebook is called 'muscel_volume'. Fix: did you mean '01_muscle_volume'? "
        "There are 00_start_here, 01_muscle_volume, 02_hill_repeats."
    )


def test_notebooks_lie_in_the_package_or_beside_the_source(tmp_path, monkeypatch):
    package = tmp_path / "src" / "analysis"
    package.mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", package)
    monkeypatch.setattr(paths, "_CHECKOUT", tmp_path)
    assert paths._place("notebooks") == tmp_path / "notebooks"
    (package / "notebooks").mkdir()
    assert paths._place("notebooks") == package / "notebooks"


# A report of two notebooks, made once, from a folder that is neither theirs nor that of the report


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    home, elsewhere = tmp_path_factory.mktemp("note{books}"), tmp_path_factory.mktemp("elsewhere")
    one = notebook(
        home / "01_one.ipynb",
        code("print(f'{weeks} weeks for {athlete}')", "headline"),
        code("import sys; print('a warning', file=sys.stderr); print('SECRET'[::-1])"),
        code("display({'application/vnd.jupyter.widget-view+json': {}, 'text/plain': 'VBox()'}, raw=True)"),
        code("print('a control')", "widget"),
        code("print('a scaffold')", "remove-cell"),
        code("import os, pandas as pd\npd.DataFrame({'folder': [os.path.basename(os.getcwd())], 'sets': [12]})"),
        code("TITLE = 'one'\n" + FIGURE),
    )
    words = "from IPython.display import Markdown\nMarkdown('**3 & 4** sets of ' + '`<b>`')"
    two = notebook(home / "02_two.ipynb", code(words, "headline"), parameters="athlete: str = None")
    out = elsewhere / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(elsewhere)
        pages = make_report([one, two], Path("out"), {"athlete": "A&B", "weeks": "6"}, progress=False)
    return pages, out


def test_a_page_tells_its_title_headline_and_place(made):
    (one, two), out = made
    assert (one.title, one.headline, one.html) == (
        "What about 01_one?",
        "6 weeks for A&B",
        out / "01_one.html",
    )
    assert (two.title, two.headline, two.html) == (
        "What about 02_two?",
        "3 & 4 sets of <b>",
        out / "02_two.html",
    )
    assert one.seconds > 0


def test_a_page_shows_outputs_and_hides_code_parameters_controls_and_warnings(made):
    text = Markup((made[1] / "01_one.html").read_text()).text
    assert "6 weeks for A&B" in text
    assert "TERCES" in text
    assert "note{books}0" in text.replace("\n", "")
    for hidden in ("import", "SECRET", "weeks:", "a control", "a scaffold", "a warning", "VBox", "athlete ="):
        assert hidden not in text


def test_a_page_asks_nothing_of_the_network(made):
    for path in made[1].glob("*.html"):
        page = Markup(path.read_text())
        assert not page.tags & {"link", "iframe", "object", "embed", "base", "img"}
        assert not [address for address in page.values("src", "href") if "//" in address]
        assert "http:" not in page.text
        assert "https:" not in page.text
        (policy,) = [attrs["content"] for tag, attrs in page.elements if "http-equiv" in attrs]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_plotly_travels_once_and_only_with_figures(made):
    with_figure, without = (made[1] / name for name in ("01_one.html", "02_two.html"))
    assert Markup(with_figure.read_text()).values("id").count("plotly") == 1
    assert 1e6 < with_figure.stat().st_size < 3e6
    assert 'id="plotly"' not in without.read_text()
    assert without.stat().st_size < with_figure.stat().st_size / 50


def test_a_figure_is_also_told_in_words(made):
    page = Markup((made[1] / "01_one.html").read_text())
    assert page.text.count("Sets: one") == 1 and page.values("aria-label") == [], "once, for who hears the page"
    assert page.values("aria-hidden") == ["true"], "the picture itself"


def test_the_index_has_a_card_for_each_page(made):
    index = Markup((made[1] / "index.html").read_text())
    assert index.values("href") == ["01_one.html", "02_two.html"]
    for words in (
        "What about 01_one?",
        "6 weeks for A&B",
        "What about 02_two?",
        "3 & 4 sets of <b>",
        "Made on 20",
    ):
        assert words in index.text


def test_the_index_lists_the_pages_of_earlier_runs_that_are_there_as_they_were_written(tmp_path):
    """As each notebook shares its own page into one folder."""
    one, two = (notebook(tmp_path / f"0{n}_n.ipynb", code("print(1)")) for n in (1, 2))
    out = tmp_path / "out"
    make_report([two], out, {}, progress=False)
    for after, listed in [
        (None, ["01_n.html", "02_n.html"]), ("changed by hand", ["01_n.html"]), ("gone", ["01_n.html"]),
    ]:  # fmt: skip
        if after == "gone":
            (out / "02_n.html").unlink()
        elif after:
            (out / "02_n.html").write_text(after)
        make_report([one], out, {}, progress=False)
        assert Markup((out / "index.html").read_text()).values("href") == listed


def test_a_report_leaves_only_pages(made):
    assert sorted(os.listdir(made[1])) == [".made.json", "01_one.html", "02_two.html", "index.html"]


# Failures


def test_a_failure_keeps_the_old_page_and_lets_the_others_be_made(tmp_path):
    parameters = "fail: bool = False  # for this test"
    one = notebook(tmp_path / "01_one.ipynb", code(RAISING), parameters=parameters)
    two = notebook(tmp_path / "02_two.ipynb", code("1 / 0"), parameters="athlete: str = None")
    three = notebook(tmp_path / "03_three.ipynb", parameters="athlete: str = None")
    out = tmp_path / "out"

    make_report([one], out, {}, progress=False)
    before = (out / "01_one.html").read_bytes()
    with pytest.raises(ReportError) as error:
        make_report([one, two, three], out, {"fail": True}, progress=False, failed=tmp_path / "failed")
    assert str(error.value) == (
        "01_one, cell [3]: log.csv:5: no. Fix: yes.\n"
        "02_two, cell [2]: ZeroDivisionError: division by zero. Fix: see how far it got, with --failed FOLDER.\n"
        "1 of 3 pages were made; a page of an earlier run is left as it was.\n"
        "How far each notebook got is in failed."
    )
    assert (out / "01_one.html").read_bytes() == before
    assert Markup((out / "index.html").read_text()).values("href") == ["03_three.html"]
    assert sorted(os.listdir(out)) == [".made.json", "01_one.html", "03_three.html", "index.html"]
    assert sorted(os.listdir(tmp_path / "failed")) == ["01_one.ipynb", "02_two.ipynb"]
    assert "ZeroDivisionError" in (tmp_path / "failed" / "02_two.ipynb").read_text()


def test_what_fails_is_not_kept_among_the_pages_for_others(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb", code("1 / 0"))
    with pytest.raises(ReportError, match="failed: is in the folder of the pages"):
        make_report([path], tmp_path / "out", {}, progress=False, failed=tmp_path / "out" / "failed")
    with pytest.raises(ReportError, match="How far each notebook got is in failed"):
        make_report([path], tmp_path / "out", {}, progress=False, failed=tmp_path / "out" / "failed", shared=False)


def test_a_page_that_cannot_be_written_is_a_report_error(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb")
    (tmp_path / "file").touch()
    with pytest.raises(ReportError, match="file: cannot be a folder"):
        make_report([path], tmp_path / "file", {}, progress=False)
    (tmp_path / "out" / "01_one.html").mkdir(parents=True)
    with pytest.raises(
        ReportError, match=r"01_one: its page cannot be written \(Is a directory\). Fix: make room for it"
    ):
        make_report([path], tmp_path / "out", {}, progress=False)
    assert sorted(os.listdir(tmp_path / "out")) == [".made.json", "01_one.html"]


def test_a_kernel_that_dies_is_a_report_error(tmp_path):
    path = notebook(tmp_path / "01_one.ipynb", code("import os; os._exit(1)"))
    with pytest.raises(ReportError, match="01_one: DeadKernelError: Kernel died"):
        make_report([path], tmp_path / "out", {}, progress=False)


# What comes from the data stays text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    path = notebook(
        folder / "01_hostile.ipynb",
        code(f"payloads = {PAYLOADS!r}\nTITLE = ' '.join(payloads)\nprint(TITLE)", "headline"),
        code(HOSTILE),
        code("payloads"),
        code(FIGURE),
        code(FIGURE),
    )
    (page,) = make_report([path], folder / "out", {}, progress=False)
    return page


def test_nothing_from_the_data_becomes_live_markup(hostile):
    page = Markup(hostile.html.read_text())
    assert not page.tags & {"img", "iframe", "svg", "object", "embed", "link", "base", "form"}
    names = {name for _, attrs in page.elements for name in attrs}
    assert not [name for name in names if name.startswith("on") or name in ("href", "src", "style", "srcdoc")]
    told = [name for _, attrs in page.elements for name, value in attrs.items() if "javascript:" in (value or "")]
    assert not told
    scripts = [attrs.get("type") for tag, attrs in page.elements if tag == "script"]
    assert scripts == ["application/json", "application/json", None, "application/gzip", None]
    assert page.scripts[-1].startswith('"use strict";')
    assert not [text for text in page.scripts[:2] if "<" in text]
    assert page.text.count("<img src=x onerror=") >= 4
    assert Markup((hostile.html.parent / "index.html").read_text()).values("href") == ["01_hostile.html"]


OPENINGS = ["<!--", "<![CDATA[", "<?", "<script>", "<style>", "<textarea>", "<plaintext>", "<title>", "<b"]


@pytest.mark.parametrize("opening", OPENINGS)
def test_no_text_swallows_what_follows(opening):
    from analysis.pages.html import clean_html

    cleaned = clean_html(f"<table><tr><td>{opening}</td><td>end</td></tr></table>")
    assert "<td>end</td></tr></table>" in cleaned.replace("<tbody>", "").replace("</tbody>", "")


@pytest.mark.parametrize(("text", "cleaned"), [
    ("<B CLASS='k' onclick='owned()'>q</B>", '<b class="k">q</b>'),
    ("<custom-b>x</custom-b>", "&lt;custom-b&gt;x&lt;/custom-b&gt;"),
    ("<a href='https://example.org'>words</a>", "<a>words</a>"),
    ('<a href="#card-calf_raise">words</a>', '<a href="#card-calf_raise">words</a>'),
    ("<a href='card-calf_raise'>words</a>", "<a>words</a>"),
    ("<a href='#plotly'>words</a>", "<a>words</a>"),
    ('<div id="for-core">words</div>', '<div id="for-core">words</div>'),
    ("<div id='plotly'>words</div>", "<div>words</div>"),
    ("<div id='card-a b'>words</div>", "<div>words</div>"),
    ("<b<script>owned()</script>", "&lt;b&lt;script&gt;owned()&lt;/script&gt;"),
    ("<math><b>x</b></math>", "&lt;math&gt;<b>x</b>&lt;/math&gt;"),
    ("3 < 4 > 2 & 1", "3 &lt; 4 &gt; 2 &amp; 1"),
    ('<svg role="img" aria-label="Nordic curl: up" viewBox="0 0 1 1" onload="owned()"><g opacity="0.5"><path d="M0 0 1 1" style="x"/></g></svg>',
     '<svg role="img" aria-label="Nordic curl: up" viewBox="0 0 1 1"><g opacity="0.5"><path d="M0 0 1 1"></path></g></svg>'),
    ("<svg onload=owned()>", "&lt;svg onload=owned()&gt;"),
    ("<path d='M0 0'>word", "&lt;path d='M0 0'&gt;word"),
    ('<svg role="img" ><path fill="url(#a)"/></svg>', '&lt;svg role="img" &gt;&lt;path fill="url(#a)"/&gt;&lt;/svg&gt;'),
    ('<svg role="img" ><script>owned()</script></svg>', '&lt;svg role="img" &gt;&lt;script&gt;owned()&lt;/script&gt;&lt;/svg&gt;'),
])  # fmt: skip
def test_tags_of_prose_stay_and_others_are_shown_as_text(text, cleaned):
    from analysis.pages.html import clean_html

    assert clean_html(text) == cleaned


@pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at a page with")
def test_a_browser_draws_the_figures_and_runs_nothing_else(hostile, tmp_path):
    quiet = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    quiet += f" --disable-component-update --disable-sync --user-data-dir={tmp_path} --virtual-time-budget=10000"
    command = [CHROMIUM, *quiet.split(), "--dump-dom", hostile.html.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    page = Markup(dom)
    plots = [attrs for _, attrs in page.elements if "js-plotly-plot" in (attrs.get("class") or "")]
    assert len(plots) == 2
    assert sum(attrs.get("class") == "main-svg" for _, attrs in page.elements) >= 2
    assert "could not be drawn" not in page.text
    assert "owned" not in dom.split("<title>")[1].split("</title>")[0]


def test_importing_the_report_is_light():
    seen = "import sys, analysis.pages.report; print({'papermill', 'nbconvert', 'plotly'} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == "set()"


# The folder of the process


def test_pages_at_once_leave_the_folder_of_the_process_alone(tmp_path, monkeypatch):
    """Forty pages on all processors, every path relative to a folder that is neither theirs nor that of the notebook."""
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "log.csv").write_text("three sets")
    tell = "import os; from pathlib import Path; print(Path.cwd().name, Path(logs_path).read_text(), athlete)"
    one = notebook(
        tmp_path / "home" / "01_one.ipynb",
        code(tell, "headline"),
        parameters="logs_path: str = None\nathlete: str = ''",
    )
    monkeypatch.chdir(tmp_path / "here")
    to = os.chdir
    monkeypatch.setattr(
        os, "chdir", lambda path: to(path) if Path(path) == Path.cwd() else pytest.fail(f"went to {path}")
    )
    athletes = {f"runner {i}": {"athlete": f"runner {i}"} for i in range(40)}
    pages = make_report([Path("../home/01_one.ipynb")], Path("out"), {"logs_path": "log.csv"}, False, athletes)
    assert [page.headline for page in pages] == [f"home three sets runner {i}" for i in range(40)]
    assert all(page.html.is_relative_to(tmp_path / "here" / "out") for page in pages)
    assert Path.cwd() == one.parents[1] / "here"


def test_a_kernel_keeps_no_table_of_the_notebooks_before(kernel, tmp_path):
    """Controls would: ipywidgets knows each of them, and it knows the log that it is about."""
    log = "import gc, pandas as pd\nlog = pd.DataFrame({'sets': [3]})"
    controls = "from ipywidgets import Button\nButton().on_click(lambda _, log=log: log)"
    page = notebook(tmp_path / "page.ipynb", code(log), code(controls, "widget"))
    alive = "import gc, pandas as pd\ngc.collect()\nprint(sum(isinstance(o, pd.DataFrame) for o in gc.get_objects()))"
    count = notebook(tmp_path / "count.ipynb", code(alive))

    def left_by(runs: int) -> int:
        for _ in range(runs):
            kernel.run(page, {})
        (printed,) = (output.text for cell in kernel.run(count, {}).cells for output in cell.get("outputs", []))
        return int(printed)

    assert left_by(1) == left_by(3)


def sentence(text: str) -> list:
    return [nbformat.v4.new_output("display_data", {"text/html": f"<p>{text}</p>", "text/plain": text})]


def test_what_stands_in_place_of_a_picture_is_said_once_and_its_part_goes():
    markdown, cell = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    cells = [markdown("# Hills?"), cell(outputs=sentence("No hill in this period."))]
    for heading in ("Fade", "Sessions"):
        cells += [markdown(f"## {heading}"), cell(outputs=sentence("No hill in this period."))]
    cells += [markdown("## Way"), cell(outputs=sentence("No recording.")), cell(), markdown("## Caveats")]
    page = render_page(nbformat.v4.new_notebook(cells=cells), "Hills?")
    assert page.count("No hill in this period.") == 1 and "No recording." in page
    assert [heading in page for heading in ("Fade", "Sessions", "Way", "Caveats")] == [False, False, True, True]

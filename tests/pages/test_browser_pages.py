"""The shared pages in a real browser with the network off: nothing is asked for, everything is drawn, lists choose."""

import csv
import html
import re
from pathlib import Path

import pytest
from browsing import AXE, CHROMIUM

from analysis.dark import DARK
from analysis.pages.built import SEASON
from analysis.pages.report import find_notebooks, make_report

PAGES = [notebook.stem for notebook in find_notebooks() if notebook.stem != SEASON]  # whose page is the index

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium to look at a page with")


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("report")
    make_report(find_notebooks(), out, {}, progress=False)
    return out


@pytest.fixture
def opened(browser, report):
    """name, width -> the page, drawn; what it said or asked for is in `page.told`."""
    contexts = []

    def open_(name: str, width: int = 1000, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("request", lambda request: page.told.append(request.url) if "://" in request.url[:8] and not request.url.startswith("file:") else None)  # fmt: skip
        page.goto((report / f"{name}.html").as_uri())
        figures = page.locator("figure").count()
        page.wait_for_function("n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n", arg=figures)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(opened, name):
    page = opened(name)
    assert page.told == []
    assert "could not be drawn" not in page.inner_text("body")


@pytest.mark.parametrize("name", [*PAGES, "index"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(opened, name, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed")
    page = opened(name, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))")
    assert found == []


# Each mark of a figure as plotly shows it under a mouse, in one line: of each kind of trace the first and the last.
UNDER_THE_MOUSE = """async plot => {
  const told = [];
  const words = (of) => [...of.querySelectorAll("tspan.line")].map((line) => line.textContent).join(", ") || of.textContent;
  for (const [curveNumber, trace] of plot._fullData.entries()) {
    if (trace.visible !== true || trace.hoverinfo === "skip" || trace.fill === "toself" || trace.hoverinfo === "text") continue;
    if (trace.mode === "lines" && trace.x.length > 100) continue;
    const last = trace.type === "heatmap" ? [trace.z.length - 1, trace.z[0].length - 1] : trace.x.length - 1;
    Plotly.Fx.hover(plot, [{ curveNumber, pointNumber: last }], `${trace.xaxis}${trace.yaxis}`);
    const label = plot.querySelector(".hoverlayer .hovertext");
    if (label) told.push(words(label.querySelector("text.nums") ?? label));
    Plotly.Fx.unhover(plot);
  }
  return told;
}"""


@pytest.mark.parametrize("name", ["01_muscle_volume", "02_hill_repeats", "03_plan_balance", "05_stronger"])
def test_what_a_mouse_sees_is_a_list_for_a_keyboard(opened, name):
    page = opened(name)
    compared = 0
    for figure in page.locator("figure").all():
        figure.locator("summary").press("Enter")
        page.evaluate("new Promise((done) => setTimeout(done, 100))")  # until the list is made
        listed = [" ".join(words.split()) for words in figure.locator(".values li").all_text_contents()]
        for words in figure.locator(".plot").evaluate(UNDER_THE_MOUSE):
            compared += 1
            assert any(" ".join(words.split()) in item for item in listed)
    assert compared >= 2 and page.told == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(opened, name):
    page = opened(name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", ["01_muscle_volume", "03_plan_balance"])
def test_from_a_muscle_that_is_short_two_keys_lead_to_an_exercise_that_trains_it(opened, name):
    page = opened(name)
    assert page.locator("details[open]").count() == 0
    page.locator("a", has_text="Adductors").first.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card = page.locator("#card-side_lying_adduction")
    assert card.is_visible()
    assert "A set counts for Adductors 1" in card.inner_text()
    assert page.told == []


def test_the_name_of_an_exercise_in_a_table_opens_its_card(opened):
    page = opened("03_plan_balance")
    name = page.locator("td a").first
    card = page.locator(name.get_attribute("href"))
    assert not card.is_visible()
    name.click()
    assert card.locator("svg").is_visible()


@pytest.mark.parametrize(
    "name, what", [("01_muscle_volume", "muscle"), ("02_hill_repeats", "session"), ("03_plan_balance", "week")]
)
def test_a_list_of_the_page_changes_the_picture_its_words_and_nothing_else(opened, name, what):
    page = opened(name)
    label = page.locator("figure label", has_text=what).first
    figure = page.locator("figure", has=page.locator("label", has_text=what)).first
    others = page.locator("figure:not(:has(label)) figcaption").all_inner_texts()
    drawn, words = figure.locator(".plot").inner_html(), figure.locator("figcaption").inner_text()
    label.locator("select").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(200)
    assert figure.locator("figcaption").inner_text() != words
    assert figure.locator(".plot").inner_html() != drawn
    assert page.locator("figure:not(:has(label)) figcaption").all_inner_texts() == others
    assert page.told == []


def test_tables_sort_by_number_by_day_and_by_word(opened):
    page = opened("02_hill_repeats")
    table = page.locator("table").first

    def column(i: int) -> list[str]:
        return table.locator(f"tbody tr td:nth-child({i})").all_inner_texts()

    days, means = column(1), [float(text) for text in column(4)]
    table.locator("th button", has_text="mean").click()
    assert [float(text) for text in column(4)] == sorted(means)
    table.locator("th button", has_text="mean").click()
    assert [float(text) for text in column(4)] == sorted(means, reverse=True)
    table.locator("th button", has_text="day").click()
    assert column(1) == days[::-1], "it came newest first"
    assert table.locator("th[aria-sort]").count() == 1


FORMULAS = {  # cell -> as it is taken along
    "=1+1": "'=1+1", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1",
    '="a,b"': "'=\"a,b\"", "\uff1d1+1": "'\uff1d1+1", "Mill; =1+1": "Mill; '=1+1", "Mill,@A1|-2": "Mill,'@A1|'-2",
}  # fmt: skip


def test_a_table_is_taken_along_as_csv_in_which_nothing_is_a_formula(opened, report):
    text = (report / "02_hill_repeats.html").read_text(encoding="utf-8")
    cell = '<td class="text">Mill Lane</td>'
    for formula in FORMULAS:
        text = text.replace(cell, f'<td class="text">{html.escape(formula)}</td>', 1)
    text = text.replace(cell, '<td class="number">+1,240.5</td>', 1).replace(cell, '<td class="number">-2.5%</td>', 1)
    (report / "formulas.html").write_text(text, encoding="utf-8")
    page = opened("formulas")
    table = page.locator("table").first
    with page.expect_download() as taken:
        page.locator("table + button", has_text="Download as CSV").first.click()
    assert taken.value.suggested_filename == "The sessions newest first.csv"
    rows = list(csv.reader(taken.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:4] == ["day", "hill", "repeats", "mean, s"]
    assert len(rows) == 1 + table.locator("tbody tr").count()
    column = [row[1] for row in rows[1:]]
    assert column[: len(FORMULAS)] == list(FORMULAS.values())
    assert all(line[0] == line[-1] == '"' for line in taken.value.path().read_text(encoding="utf-8-sig").splitlines())
    assert column[len(FORMULAS) : len(FORMULAS) + 3] == ["+1240.5", "-2.5%", "Mill Lane"]
    assert all(re.fullmatch(r"2026-\d\d-\d\d", row[0]) for row in rows[1:])
    assert page.told == []


def test_a_german_page_sorts_and_is_taken_along_as_numbers_and_days(opened, report):
    notebooks = [notebook for notebook in find_notebooks() if notebook.stem == "02_hill_repeats"]
    made = report / "in_german"
    make_report(notebooks, made, {"language": "de"}, progress=False)
    page = opened("in_german/02_hill_repeats")
    table = page.locator("table").first
    assert page.locator("html").get_attribute("lang") == "de" and "2. Juli 2026" in table.inner_text()
    with page.expect_download() as taken:
        page.locator("table + button", has_text="Als CSV").first.click()
    head, *rows = csv.reader(taken.value.path().read_text(encoding="utf-8-sig").splitlines())
    assert head[0] == "Tag" and all(re.fullmatch(r"2026-\d\d-\d\d", row[0]) for row in rows)
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", cell) for row in rows for cell in row[2:5])
    table.locator("th", has_text="Tag").locator("button").click()
    days = [row[0] for row in rows]
    assert days == sorted(days, reverse=True) and "8. Jan. 2026" in table.locator("tbody tr").first.inner_text()
    assert page.told == []


def test_every_table_can_be_taken_along_and_paper_shows_no_button(opened):
    """Every one that names its columns: the pictures of a season that are tables have no head."""
    for name in [*PAGES, "index"]:
        page = opened(name)
        assert page.locator("table + button").count() == page.locator("main table:has(> thead)").count() > 0
        page.emulate_media(media="print")
        assert not any(button.is_visible() for button in page.locator("table + button").all())


PAINTED = """[...document.querySelectorAll('.plot .main-svg, .plot .main-svg *:not(.cbfill, .scrollbar)')].flatMap(part => {
  const seen = getComputedStyle(part);
  const paints = of => /^(rgb|#)/.test(part.style[of] || part.getAttribute(of)) && seen[of + '-opacity'] !== '0';
  return ['fill', 'stroke', 'background-color'].filter(paints).map(of => seen[of]);
})"""  # the colours in which what a figure paints is seen


@pytest.mark.parametrize("name", ["01_muscle_volume", "03_plan_balance"])
def test_figures_follow_light_and_dark_without_being_drawn_again_and_paper_is_light(opened, name):
    page = opened(name, color_scheme="dark")
    page.evaluate("document.querySelectorAll('.js-plotly-plot').forEach(p => p.on('plotly_afterplot', () => console.log('drawn')))")  # fmt: skip
    light, dark = ({f"rgb{tuple(bytes.fromhex(colour[1:]))}" for colour in own} for own in (DARK, DARK.values()))
    for own, media in ((dark, {}), (light, {"color_scheme": "light"}), (dark, {"color_scheme": "dark"}), (light, {"media": "print"})):  # fmt: skip
        page.emulate_media(**media)
        painted = set(page.evaluate(PAINTED))
        assert len(painted) > 5 and painted <= own
    assert page.told == []


def test_a_script_that_is_not_ours_does_not_run(opened, report, tmp_path):
    text = (report / "00_start_here.html").read_text(encoding="utf-8")
    (report / "injected.html").write_text(text.replace("</body>", "<script>document.title = 'owned'</script></body>"))
    page = opened("injected")
    assert page.title() != "owned"
    assert any("Content Security Policy" in line for line in page.told)


ROWS = """[...document.querySelectorAll('main table:has(> thead)')].map(table => {
  const rows = [...table.tBodies[0].rows], shown = rows.filter(row => row.offsetParent !== null).length;
  const note = table.parentElement.querySelector('.on-paper');
  return [rows.length, shown, note ? parseInt(note.textContent) : 0];
})"""  # of each table: rows, those on paper, those that the note below it counts


@pytest.mark.parametrize("name", PAGES)
def test_paper_cuts_no_figure_and_says_what_it_leaves_out(opened, name):
    """Two or three sheets of A4 below 1 MB; no figure is wider than its place or cut between two sheets."""
    page = opened(name)
    assert not page.locator(".on-paper").first.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wider = "Math.max(0, ...[...document.querySelectorAll('figure')].map(f => f.scrollWidth - f.clientWidth))"
    assert page.evaluate(wider) == 0
    inside = "[...document.querySelectorAll('figure')].every(f => getComputedStyle(f).breakInside === 'avoid')"
    assert page.evaluate(inside)
    assert all(rows == shown + told for rows, shown, told in page.evaluate(ROWS))
    for part in ("how-to", "notes"):
        hidden = page.locator(f".{part}:has(> details), .{part}.part").all()
        assert all("on the page" in one.evaluate("e => getComputedStyle(e, '::after').content") for one in hidden)
    page.emulate_media(media="screen")
    assert page.told == []
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(paper) < 1_000_000 and len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3

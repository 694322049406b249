"use strict";

// Tables that sort, by a button in each heading, and that can be taken along as CSV, by one below them.
// What kind a column is of is told by its class.

const VALUE = {
  number: (text) => (text ? Number(text.replaceAll(",", "")) : -Infinity),
  day: (text) => Date.parse(text) || -Infinity,
};

const SAID = document.querySelector("main").dataset; // words of the page in its language

// What a cell says: in another language than English for scripts beside its words.
const said = (cell) => cell.dataset.value ?? cell.textContent.trim();

function sortBy(table, heading) {
  const column = heading.cellIndex;
  const kind = Object.keys(VALUE).find((name) => heading.classList.contains(name));
  const value = VALUE[kind] ?? ((text) => text.toLowerCase());
  const upwards = heading.getAttribute("aria-sort") !== "ascending";
  const rows = [...table.tBodies[0].rows].map((row) => [value(said(row.cells[column])), row]);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (upwards ? 1 : -1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", upwards ? "ascending" : "descending");
}

const PLAIN = /^[+-]?\d[\d,]*(\.\d+)?%?$/; // a number, not a formula
const ISO = /^\d{4}-\d\d-\d\d$/; // a day as it is written
const FORMULA = /(^|[;,|\t\r\n])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g; // whatever separates the cells; also as East Asian keyboards write it

// A cell as a spreadsheet reads it, between quotes: numbers without commas, days as 2026-03-31, and nothing that it would compute.
function written(cell) {
  const text = said(cell);
  if (ISO.test(text)) return `"${text}"`;
  if (cell.matches("td") && PLAIN.test(text)) return `"${text.replaceAll(",", "")}"`;
  const day = cell.matches("td.day") && new Date(text);
  if (day && !isNaN(day)) return `"${[day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-")}"`;
  return `"${text.replace(FORMULA, "$1$2'").replaceAll('"', '""')}"`;
}

function download(table, name) {
  const rows = [...table.rows].map((row) => [...row.cells].map(written).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", rows.join("\r\n"), "\r\n"], { type: "text/csv" })); // the mark tells Excel UTF-8
  link.download = `${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The heading above the table, else the title of the page, as a file may be called.
function nameOf(table) {
  const above = [...document.querySelectorAll("h1, h2, h3")].filter((heading) => heading.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
  return (above.at(-1)?.textContent ?? document.title).replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 60) || "table";
}

const WIDE = 90; // letters in a row, from which a table crosses both columns of a sheet
const WHOLE = 15; // rows of a table that is printed whole
const FIRST = 5; // rows of a longer one that are printed; the style sheet has it too

// A long table on paper: its first rows, and how many more the page has.
function fitPaper(table, below) {
  const rows = [...table.tBodies[0].rows];
  if (rows.some((row) => row.textContent.length > WIDE)) table.closest(".output")?.classList.add("wide");
  if (rows.length <= WHOLE) return;
  const note = document.createElement("p");
  table.classList.add("long");
  note.className = "made on-paper";
  note.textContent = SAID.more.replace("{n}", rows.length - FIRST);
  below.after(note);
}

for (const table of document.querySelectorAll("main table")) {
  if (!table.tHead || !table.tBodies[0]?.rows.length) continue;
  const take = document.createElement("button");
  take.className = "take";
  take.textContent = SAID.download;
  take.addEventListener("click", () => download(table, nameOf(table)));
  table.after(take);
  fitPaper(table, take);
  if (table.tBodies[0].rows.length < 3) continue;
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, heading));
    heading.append(button);
  }
}

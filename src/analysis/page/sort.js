"use strict";

// Tables that sort: a button in each heading, the kind of a column told by its class.

const VALUE = {
  number: (text) => (text ? Number(text.replaceAll(",", "")) : -Infinity),
  day: (text) => Date.parse(text) || -Infinity,
};

function sortBy(table, heading) {
  const column = heading.cellIndex;
  const kind = Object.keys(VALUE).find((name) => heading.classList.contains(name));
  const value = VALUE[kind] ?? ((text) => text.toLowerCase());
  const upwards = heading.getAttribute("aria-sort") !== "ascending";
  const rows = [...table.tBodies[0].rows].map((row) => [value(row.cells[column].textContent.trim()), row]);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (upwards ? 1 : -1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", upwards ? "ascending" : "descending");
}

for (const table of document.querySelectorAll("main table")) {
  if (!table.tHead || !table.tBodies[0] || table.tBodies[0].rows.length < 3) continue;
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, heading));
    heading.append(button);
  }
}

"use strict";

// Unpacks plotly.js, which stands in the page as gzip in base64, and draws the figures.
// A figure that cannot be drawn keeps its caption, which says the same in words.

const PAPER = 500; // width at which a figure is drawn for paper, in px
const SHORTER = 0.8; // of its height that it has there,
const LEAST = 220; // but no less than this, in px
const COLUMN = 340; // and to which it is shrunk: one of two columns on A4 and Letter
const SVG = "http://www.w3.org/2000/svg";
let tiled = 0;
// No bar of buttons: on a phone it would cover the titles.
const CONFIG = { responsive: true, displayModeBar: false, showSendToCloud: false, plotlyServerURL: "" };

async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function run(source) {
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);
}

async function draw(figure) {
  const { data, layout, config } = JSON.parse(figure.querySelector("script").textContent);
  const menu = layout.updatemenus?.[0];
  if (menu) {
    delete layout.updatemenus;
    layout.margin.t -= layout.meta.room;
  }
  const plot = figure.querySelector(".plot");
  await Plotly.newPlot(plot, data, layout, { ...config, ...CONFIG });
  const values = hovered(plot);
  figure.append(values);
  if (menu) figure.prepend(chooser(figure, plot, menu, layout.meta, values));
}

// What the mouse shows mark by mark, as a list for a keyboard, a finger and a screen reader; made when it is opened.
function hovered(plot) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const list = document.createElement("ul");
  details.className = "values";
  summary.textContent = document.querySelector("main").dataset.values;
  list.tabIndex = 0; // it scrolls
  details.append(summary, list);
  details.addEventListener("toggle", () => {
    const told = details.open ? plot._fullData.flatMap((trace) => wordsOf(trace, plot._fullLayout)) : [];
    list.replaceChildren(...[...new Set(told)].map((words) => {
      const item = document.createElement("li");
      item.textContent = words;
      return item;
    }));
  });
  return details;
}

const CORNERS = 6; // of a box in a shape of many, the gap behind it included
const MOST_ON_A_LINE = 100; // points; a longer one is a way, not values

function wordsOf(trace, layout) {
  if (trace.visible !== true || trace.hoverinfo === "skip") return [];
  if (trace.hoverinfo === "text") return [trace.hovertext || trace.text].flat().filter(Boolean).map(spoken);
  const template = trace.hovertemplate;
  if (!template || (trace.mode === "lines" && trace.x.length > MOST_ON_A_LINE)) return [];
  const points = trace.type === "heatmap" ? cellsOf(trace) : pointsOf(trace);
  const isDate = layout[trace.xaxis.replace("x", "xaxis")]?.type === "date";
  const name = /<extra>[^<]/.test(template) ? `${trace.name}, ` : "";
  const day = layout.hovermode === "x unified" && isDate ? ({ x }) => `${dayWords(x)}, ` : () => "";
  const known = ({ x, y, z = 0 }) => [x, y, z].every((value) => value !== null && !Number.isNaN(value));
  return points.filter(known).map((point) => spoken(day(point) + name + filled(template, point, isDate)));
}

function pointsOf({ x, y, text, customdata, fill }) {
  const all = Array.from(x, (at, i) => ({ x: at, y: y[i], text: of(text, i), customdata: of(customdata, i) }));
  if (fill !== "toself") return all;
  return all.filter((_, i) => i % CORNERS === 0).map((box, i) => ({ ...box, x: (box.x + x[i * CORNERS + 1]) / 2 }));
}

function of(values, i) {
  return Array.isArray(values) || ArrayBuffer.isView(values) ? values[i] : values;
}

function cellsOf({ x, y, z, customdata, text }) {
  return [...z].flatMap((row, i) => [...row].map((value, j) => ({ x: x[j], y: y[i], z: value, customdata: customdata?.[i]?.[j], text: text?.[i]?.[j] })));
}

// The words that plotly makes of a template: %{y:.1f} s, %{x|%-d %b %Y}.
function filled(template, point, isDate) {
  return template.replace(/<extra>.*?<\/extra>/gs, "").replace(/%{(\w+)(?:([|:])([^}]*))?}/g, (_, name, kind, format) => {
    const value = point[name];
    if (kind === "|" || (name === "x" && isDate)) return dayWords(value, (format ?? "").includes("%a"));
    return typeof value === "number" ? numberWords(value, format ?? "") : value ?? "";
  });
}

const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang; // days first, as in the text

function dayWords(value, weekday) {
  const day = new Date(typeof value === "string" && !value.endsWith("Z") ? `${value.slice(0, 10)}T00:00:00Z` : value);
  const told = day.toLocaleDateString(LANGUAGE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return weekday ? `${day.toLocaleDateString(LANGUAGE, { weekday: "short", timeZone: "UTC" })} ${told}` : told;
}

function numberWords(value, format) {
  const [, plus, digits, kind] = format.match(/^(\+?)\.?(\d*)~?([f%g]?)$/) ?? [];
  const signs = plus ? { signDisplay: "always" } : {};
  if (kind === "g") return value.toLocaleString(LANGUAGE, { maximumSignificantDigits: Number(digits), ...signs });
  const places = kind ? { minimumFractionDigits: Number(digits), maximumFractionDigits: Number(digits) } : { maximumFractionDigits: 2 };
  return value.toLocaleString(LANGUAGE, { ...places, ...signs, style: kind === "%" ? "percent" : "decimal" });
}

// Without tags and entities, in one line.
function spoken(text) {
  return plainText(String(text).replace(/,?<br>/g, ", ").replace(/<[^<>]*>/g, "")).trim();
}

// The menu of a figure as a list of the browser's own: a keyboard and a screen reader reach it.
function chooser(figure, plot, menu, meta, values) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  menu.buttons.forEach((button, i) => select.add(new Option(plainText(button.label), i, false, i === menu.active)));
  select.addEventListener("change", () => {
    Plotly.update(plot, ...menu.buttons[select.value].args);
    figure.querySelector("figcaption").textContent = meta.captions[select.value];
    values.open = false; // they are of another picture
  });
  label.append(meta.what, " ", select);
  return label;
}

// plotly reads entities in its texts, a list does not.
function plainText(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function excuse(figure) {
  const note = document.createElement("p");
  note.textContent = document.querySelector("main").dataset.undrawn;
  figure.querySelector(".plot").replaceChildren(note);
}

function fit(width) {
  return [...document.querySelectorAll(".js-plotly-plot")].map((plot) => {
    plot.high ??= plot.layout.height;
    const size = width ? { width, height: Math.max(SHORTER * plot.high, LEAST) } : { width: null, height: plot.high, autosize: true };
    return Plotly.relayout(plot, size);
  });
}

// One after the other: a figure that is drawn twice at once is drawn wrong.
let drawing = Promise.resolve();
function fitAll(width) {
  return (drawing = drawing.then(() => Promise.allSettled(fit(width))));
}

async function toPaper() {
  await fitAll(PAPER);
  document.querySelectorAll(".plot .on-paper, .plot clipPath[id^=tiled]").forEach((old) => old.remove());
  document.querySelectorAll('.plot [style*="fill: url"]').forEach(tile);
}

// On paper a pattern would become a picture for every shape that it fills: there the shape is filled with its tiles.
function tile(shape) {
  const pattern = shape.closest(".plot").querySelector(`pattern[id="${shape.style.fill.match(/#([^"')]+)/)[1]}"]`);
  if (!pattern) return;
  const { x, y, width, height } = shape.getBBox();
  const [wide, high] = [pattern.width, pattern.height].map((length) => length.baseVal.value);
  const clip = document.createElementNS(SVG, "clipPath");
  const tiles = document.createElementNS(SVG, "g");
  clip.id = `tiled-${tiled++}`;
  clip.append(document.createElementNS(SVG, "path"));
  clip.firstChild.setAttribute("d", shape.getAttribute("d"));
  tiles.setAttribute("clip-path", `url(#${clip.id})`);
  tiles.setAttribute("class", "on-paper");
  tiles.style.opacity = shape.style.opacity;
  for (let left = Math.floor(x / wide) * wide; left < x + width; left += wide) {
    for (let top = Math.floor(y / high) * high; top < y + height; top += high) {
      const one = document.createElementNS(SVG, "g");
      one.setAttribute("transform", `translate(${left} ${top})`);
      one.append(...[...pattern.children].map((part) => part.cloneNode()));
      tiles.append(one);
    }
  }
  shape.before(clip, tiles);
  shape.classList.add("tiled");
}

async function start() {
  const figures = [...document.querySelectorAll("figure")];
  try {
    run(await unpack(document.getElementById("plotly").textContent));
  } catch {
    figures.forEach(excuse);
    return;
  }
  for (const figure of figures) await draw(figure).catch(() => excuse(figure));
  document.documentElement.style.setProperty("--on-paper", COLUMN / PAPER);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", () => fitAll(null));
}

start();

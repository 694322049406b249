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
  if (menu) figure.prepend(chooser(figure, plot, menu, layout.meta));
}

// The menu of a figure as a list of the browser's own: a keyboard and a screen reader reach it.
function chooser(figure, plot, menu, meta) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  menu.buttons.forEach((button, i) => select.add(new Option(plainText(button.label), i, false, i === menu.active)));
  select.addEventListener("change", () => {
    Plotly.update(plot, ...menu.buttons[select.value].args);
    figure.querySelector("figcaption").textContent = meta.captions[select.value];
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

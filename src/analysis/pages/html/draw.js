"use strict";

// Unpacks plotly.js, which stands in the page as gzip in base64, and draws the figures.
// A figure that cannot be drawn keeps its caption, which says the same in words.

const PAPER = 640; // width of a figure on paper, in px: it fits A4 and Letter with their margins
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
    figure.setAttribute("aria-label", meta.captions[select.value]);
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
  note.textContent = "This figure could not be drawn here. A current browser can draw it.";
  figure.querySelector(".plot").replaceChildren(note);
}

function fit(width) {
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    Plotly.relayout(plot, width ? { width } : { width: null, autosize: true });
  }
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
  addEventListener("beforeprint", () => fit(PAPER));
  addEventListener("afterprint", () => fit(null));
}

start();

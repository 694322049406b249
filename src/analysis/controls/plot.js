// Each figure is drawn anew on one node that stays, by plotly.js, which comes from the kernel once a page.

const SETTLED = 2000; // a figure that stays for so long, in ms, is kept for those who open the notebook later

function plotly(model) {
  if (globalThis.plotlyOfControls) return globalThis.plotlyOfControls;
  return new Promise((loaded) => {
    model.on("msg:custom", (_, [source]) => {
      globalThis.plotlyOfControls ??= evaluated(new TextDecoder().decode(source));
      loaded(globalThis.plotlyOfControls);
    });
    model.send("plotly.js"); // without a kernel nobody answers
  });
}

function evaluated(source) {
  const module = { exports: {} };
  new Function("module", "exports", source)(module, module.exports);
  return module.exports;
}

// In place of the still picture that stands below in the same cell.
function hideStill(still) {
  const style = document.createElement("style");
  style.textContent = `.jp-OutputArea-child:has(.${still}), .${still} { display: none; }`;
  return style;
}

async function render({ model, el }) {
  const Plotly = await plotly(model);
  const plot = document.createElement("div");
  let settled, drawing;

  const draw = () => {
    const figure = model.get("figure");
    plot.hidden = !figure;
    if (!figure) return Plotly.purge(plot);
    const { data, layout, config } = JSON.parse(figure);
    return Plotly.react(plot, data, layout, config);
  };
  // One after the other: a figure that is drawn twice at once is drawn wrong.
  const redraw = () => {
    drawing = drawing.catch(() => {}).then(draw);
    clearTimeout(settled);
    settled = setTimeout(() => model.send("still"), SETTLED);
  };
  const fit = new ResizeObserver(() => {
    if (plot.data && plot.offsetWidth && Math.abs(plot.offsetWidth - plot._fullLayout.width) >= 1) Plotly.Plots.resize(plot);
  });

  el.append(plot);
  drawing = Promise.resolve(draw());
  await drawing;
  el.append(hideStill(model.get("still")));
  model.on("change:figure", redraw);
  fit.observe(el);
  return () => {
    clearTimeout(settled);
    fit.disconnect();
    model.off("change:figure", redraw);
    Plotly.purge(plot);
  };
}

export default { render };

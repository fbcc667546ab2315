(name, chart, library) => {
  // All places of this chart: the same cell may stand in a page twice.
  const draw = () => document.querySelectorAll(`[data-plotly="${name}"]`).forEach(place => {
    if (place.data) return;
    place.replaceChildren();
    const { data, layout, config } = structuredClone(chart);
    Plotly.newPlot(place, data, layout, { ...config, responsive: true, displaylogo: false });
  });
  // Without the names by which it would give itself to a loader of modules and not to the page.
  const load = code => new Function('define', 'module', 'exports', code).call(window);
  if (library && !window.Plotly) {
    const packed = new Blob([Uint8Array.from(atob(library), c => c.charCodeAt(0))]).stream();
    new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text().then(load);
  }
  const wait = () => window.Plotly ? draw() : setTimeout(wait, 100);
  wait();
}

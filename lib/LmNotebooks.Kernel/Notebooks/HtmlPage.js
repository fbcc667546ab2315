// Draws the page's charts in its own colours, and again when the reader's colour scheme changes. A chart that cannot be drawn leaves
// its picture where it is, and the other charts alone.
(() => {
  const ink = () => getComputedStyle(document.body).color;
  const draw = source => {
    const place = source.previousElementSibling;
    const { data, layout = {}, config = {} } = JSON.parse(source.textContent);
    const { width, ...rest } = layout;
    const themed = { ...rest, autosize: true, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: { ...rest.font, color: ink() } };
    place.parentElement.classList.add('drawn');
    return Plotly.newPlot(place, data, themed, { ...config, responsive: true, displaylogo: false })
      .then(() => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => Plotly.relayout(place, { 'font.color': ink() })));
  };
  for (const source of document.querySelectorAll('figure > script'))
    new Promise(drawn => drawn(draw(source))).catch(() => source.parentElement.classList.remove('drawn'));
})();

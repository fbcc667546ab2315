// Draws the page's charts in its own colours, and again when the reader's colour scheme changes.
(() => {
  const ink = () => getComputedStyle(document.body).color;
  const charts = [...document.querySelectorAll('script[data-chart]')].map(source => {
    const { data, layout = {}, config = {} } = JSON.parse(source.textContent);
    const { width, ...rest } = layout;
    const themed = { ...rest, autosize: true, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: { ...rest.font, color: ink() } };
    const place = document.getElementById(source.dataset.chart);
    Plotly.newPlot(place, data, themed, { ...config, responsive: true, displaylogo: false });
    return place;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(chart => Plotly.relayout(chart, { 'font.color': ink() })));
})();

// Draws the page's charts in its own colours and for its width, and again when one of them changes. A chart that cannot be drawn leaves
// its picture where it is, and the other charts alone.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)'), small = matchMedia('(max-width: 40rem)');

  // Text in lines of this many letters at most, where its words allow it.
  const wrap = (text, most) => text.split('<br>').map(line => line.split(' ').reduce((lines, word) => {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length < most) lines[last] += ' ' + word;
    else lines.push(word);
    return lines;
  }, []).join('<br>')).join('<br>');
  const lines = text => text.split('<br>');

  // The values and verdicts of rows, which stand at their right ends where there is room, stand under their names.
  const underNames = layout => {
    const { xaxis, yaxis, annotations, ...rest } = layout;
    const notes = annotations.filter(a => a.yanchor === 'middle' && a.xanchor === 'right' && yaxis.tickvals?.includes(a.y));
    if (notes.length === 0) return layout;
    const ticktext = yaxis.tickvals.map((y, row) =>
      [yaxis.ticktext[row], ...notes.filter(a => a.y === y).map(a => a.text)].map(text => wrap(text, 16)).join('<br>'));
    const most = Math.max(...ticktext.map(name => lines(name).length));
    const [from, to] = xaxis.range, letters = Math.max(...notes.flatMap(a => lines(a.text)).map(line => line.length));
    return {
      ...rest,
      height: Math.max(rest.height, 165 + ticktext.length * (10 + 16 * most)),
      annotations: annotations.filter(a => !notes.includes(a)),
      xaxis: { ...xaxis, range: [from, from + (to - from) / (1 + 0.02 * letters)] },
      yaxis: { ...yaxis, ticktext },
    };
  };

  // Two panels beside each other stand under each other.
  const stacked = (data, layout) => {
    if (!layout.xaxis2 || layout.yaxis2) return [data, layout];
    const { xaxis, xaxis2, yaxis, annotations, shapes = [], height, ...rest } = layout;
    const lower = part => part.xref === 'x2' || part.xref === 'x2 domain' ? { ...part, yref: 'y2' } : part;
    const heading = a => a.xref === 'paper' && a.yref === 'paper' ? { ...a, x: 0.5, y: a.x < 0.5 ? 1 : 0.38 } : lower(a);
    return [data.map(trace => trace.xaxis === 'x2' ? { ...trace, yaxis: 'y2' } : trace), {
      ...rest,
      height: 1.7 * height,
      shapes: shapes.map(lower),
      annotations: annotations.map(heading).map(a => ({ ...a, text: wrap(a.text, 40) })),
      xaxis: { ...xaxis, domain: [0, 1], anchor: 'y' },
      xaxis2: { ...xaxis2, domain: [0, 1], anchor: 'y2' },
      yaxis: { ...yaxis, domain: [0.62, 1] },
      yaxis2: { ...yaxis, domain: [0, 0.38], anchor: 'x2' },
    }];
  };

  // Fewer numbers, all level, and the axis' title in lines.
  const across = axis => {
    const step = Math.ceil((axis.tickvals?.length ?? 0) / 5), some = (_, i) => i % step === 0;
    const ticks = !axis.tickvals ? { nticks: 5, tickangle: 0 }
      : axis.type === 'log' ? { tickvals: axis.tickvals.filter(some), ticktext: axis.ticktext?.filter(some), tickangle: 0 } : {};
    return { ...axis, ...ticks, title: { ...axis.title, text: wrap(axis.title?.text ?? '', 28) } };
  };

  const narrow = (data, layout) => {
    [data, layout] = stacked(data, underNames({ xaxis: {}, yaxis: {}, annotations: [], height: 420, ...layout }));
    for (const name of ['xaxis', 'xaxis2']) if (layout[name]) layout = { ...layout, [name]: across(layout[name]) };
    // The finding under a title was broken for a wider chart.
    const [name, ...said] = lines(layout.title?.text ?? ''), whole = name.startsWith('<b>') ? [name, said.join(' ')] : [[name, ...said].join(' ')];
    const title = whole.filter(Boolean).map(text => wrap(text, Math.floor(innerWidth / 9))).join('<br>'), under = lines((layout.xaxis2 ?? layout.xaxis).title.text).length;
    const entries = layout.showlegend === false ? 0 : data.filter(t => t.name && t.showlegend !== false).length;
    const top = 40 + 18 * lines(title).length, foot = under === 1 ? 52 : 44 + 26 * under + 14 * Math.max(0, under - 5), legend = entries && 19 * entries + 10;
    const height = layout.height + legend + Math.max(0, top - (layout.margin?.t ?? 50)) + Math.max(0, foot - 60);
    return [data, {
      ...layout, height,
      font: { ...layout.font, size: 11 },
      title: { ...layout.title, text: title, font: { size: 14 } },
      margin: { ...layout.margin, t: top, b: foot + legend, l: 45, r: 10 },
      legend: { ...layout.legend, orientation: 'v', x: 0, xanchor: 'left', y: -foot / (height - top - foot - legend), yanchor: 'top' },
    }];
  };

  // Texts beside points had their places on a wider chart: those that would lie on another text are left out.
  const thin = place => {
    const edge = place.getBoundingClientRect();
    const kept = [...place.querySelectorAll('.xtick text, .ytick text')].map(tick => tick.getBoundingClientRect());
    for (const text of place.querySelectorAll('.annotation-text-g')) {
      const box = text.getBoundingClientRect();
      const free = box.left >= edge.left && box.right <= edge.right
        && kept.every(k => box.left > k.right || box.right < k.left || box.top > k.bottom || box.bottom < k.top);
      if (free) kept.push(box);
      else text.style.visibility = 'hidden';
    }
  };

  const draw = async source => {
    const place = source.previousElementSibling;
    try {
      const { data, layout: { width, ...layout } = {}, config } = JSON.parse(source.textContent);
      place.parentElement.classList.add('drawn');
      const [traces, form] = small.matches ? narrow(data, layout) : [data, layout];
      const clear = { paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)' };
      const font = { ...form.font, color: getComputedStyle(document.body).color };
      await Plotly.react(place, traces, { ...form, ...clear, font, autosize: true }, { ...config, responsive: true, displaylogo: false });
      if (small.matches) thin(place);
    } catch { place.parentElement.classList.remove('drawn'); }
  };
  const all = () => document.querySelectorAll('figure > script').forEach(draw);
  all();
  // What was folded had no width.
  document.addEventListener('toggle', event => event.target.querySelectorAll('figure > script').forEach(draw), true);
  dark.addEventListener('change', all);
  small.addEventListener('change', all);
})();

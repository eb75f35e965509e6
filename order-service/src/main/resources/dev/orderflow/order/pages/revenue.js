// Revenue by the hour, from ClickHouse.
import { get, path, repeat } from './api.js';
import { el, scrolled, swap, table } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const HOUR = 3_600_000;
const WIDTH = 960;
const HEIGHT = 150;
const ABOVE = 18;
const BELOW = 20;
const LABELS = 12;

function svg(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(text ?? '');
  return element;
}

/** Amounts with as many digits as the currency has. */
function amounts(currency) {
  const { maximumFractionDigits: digits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (amount) => (amount === null ? '' : format.format(Number(amount)));
}

/** A bar for each hour from the first to the last, those without revenue among them; what was paid back goes below the line. */
function chart(rows, currency, amount) {
  const at = (row) => Date.parse(`${row.hour.replace(' ', 'T')}Z`) / HOUR;
  const revenue = rows.map((row) => Number(row.revenue));
  const most = Math.max(...revenue, 0);
  const least = Math.min(...revenue, 0);
  const y = (value) => ABOVE + ((most - value) / (most - least || 1)) * HEIGHT;
  const first = at(rows[0]);
  const slots = Math.max(at(rows.at(-1)) - first + 1, LABELS);
  const step = WIDTH / slots;
  const drawn = svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${ABOVE + HEIGHT + BELOW}`, role: 'img',
    'aria-label': `Revenue in ${currency} by the hour` });
  drawn.append(svg('text', { x: 0, y: 12 }, `${amount(most)} ${currency}`),
    svg('line', { x1: 0, x2: WIDTH, y1: ABOVE, y2: ABOVE }),
    svg('line', { x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }));
  const between = Math.ceil(slots / LABELS);
  rows.forEach((row, i) => {
    const slot = at(row) - first;
    const [from, to] = [y(Math.max(revenue[i], 0)), y(Math.min(revenue[i], 0))];
    const bar = svg('rect', { class: revenue[i] < 0 ? 'negative' : '', x: slot * step + 1, y: from,
      width: Math.max(step - 2, 1), height: to - from });
    bar.append(svg('title', {}, `${row.hour}: ${amount(row.revenue)} ${currency}`));
    drawn.append(bar);
  });
  for (let slot = 0; slot < slots; slot += between) {
    const hour = new Date((first + slot) * HOUR).toISOString().slice(11, 16);
    drawn.append(svg('text', { x: slot * step + 1, y: ABOVE + HEIGHT + BELOW - 5 }, hour));
  }
  return drawn;
}

export function showRevenue(main) {
  const body = el('div');
  let hours = 24;
  const draw = async () => {
    try {
      const answer = await get(path('/v0/pipes/revenue_dashboard.json', { hours }));
      const currencies = [...new Set(answer.data.map((row) => row.currency))].sort();
      swap(body,
        el('p', {}, answer.freshness_ms === null ? 'How fresh this is, is not known yet.'
          : `Everything that was completed ${(answer.freshness_ms / 1000).toFixed(1)} s ago or earlier is in it.`),
        ...(currencies.length === 0 ? [el('p', {}, 'Nothing was completed in these hours.')] : []),
        ...currencies.flatMap((currency) => {
          const rows = answer.data.filter((row) => row.currency === currency).sort((a, b) => a.hour.localeCompare(b.hour));
          const amount = amounts(currency);
          return [el('h2', {}, currency), scrolled(`Chart of ${currency}`, chart(rows, currency, amount)),
            table(`Revenue in ${currency}`, ['hour (UTC)', 'orders', 'revenue', 'an order'], rows.map((row) => [row.hour.slice(0, 16),
              Number(row.order_count).toLocaleString('en'), amount(row.revenue), amount(row.avg_order)]), [1, 2, 3])];
        }));
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
    }
  };
  main.append(el('h1', {}, 'Revenue'),
    el('div', { class: 'bar' }, el('label', { for: 'hours' }, 'Of the last'),
      el('select', { id: 'hours', change: (event) => { hours = Number(event.target.value); draw(); } },
        [24, 48, 168].map((each) => el('option', { value: each }, `${each} hours`)))),
    body);
  return repeat(5000, draw);
}

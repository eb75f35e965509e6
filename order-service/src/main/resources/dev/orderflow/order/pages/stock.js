// Stock, and what is put on the shelves.
import { get, newId, path, post, repeat } from './api.js';
import { el, say, swap, table, when } from './dom.js';

/** All shelves, those of a location, or one: `rest` is `location/product`. */
export function showStock(main, rest) {
  const [place, ...others] = rest.split('/');
  const product = others.join('/');
  let cursor = '';
  const rows = el('div');
  const draw = async () => {
    let page;
    try {
      page = place !== '' && product !== ''
        ? { stock: [await get(`/stock/${encodeURIComponent(place)}/${encodeURIComponent(product)}`)] }
        : await get(path('/stock', { location: place, cursor, limit: 100 }));
    } catch (failure) {
      swap(rows, el('p', { class: 'failed' }, failure.message));
      return;
    }
    swap(rows, page.stock.length === 0 ? el('p', {}, 'There is none.') : table('Stock',
      ['location', 'product', 'on hand', 'reserved', 'committed', 'available', 'changed'],
      page.stock.map((shelf) => [shelf.location, shelf.productId,
        ...[shelf.onHand, shelf.reserved, shelf.committed, shelf.available].map((count) => count.toLocaleString('en')),
        when(shelf.updatedAt)]), [2, 3, 4, 5]),
    el('div', { class: 'buttons' },
      cursor === '' ? null : el('button', { type: 'button', click: () => { cursor = ''; draw(); } }, 'First'),
      page.next ? el('button', { type: 'button', 'data-cursor': page.next, click: () => { cursor = page.next; draw(); } }, 'Next') : null));
  };
  // The same id when somebody tries again what got no answer: an adjustment counts once.
  let adjustmentId = newId();
  const adjust = async (event) => {
    event.preventDefault();
    const fields = event.target.elements;
    fields.adjust.disabled = true;
    try {
      await post('/stock/adjustments', {
        location: fields.location.value,
        productId: fields.product.value,
        delta: Number(fields.delta.value),
        adjustmentId,
      });
      say(`${fields.delta.value} of ${fields.product.value} at ${fields.location.value}: taken.`);
      adjustmentId = newId();
      draw();
    } catch (failure) {
      say(failure.message, true);
    }
    fields.adjust.disabled = false;
  };
  main.append(el('h1', {}, 'Stock'),
    el('form', { class: 'bar', submit: (event) => {
      event.preventDefault();
      const { where, what } = event.target.elements;
      if (where.value.trim() === '' && what.value.trim() !== '') {
        say('Say at which location, too.', true);
        return;
      }
      location.hash = ['#/stock', where.value.trim(), what.value.trim()].filter((part) => part !== '')
        .map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/');
    } },
    el('label', {}, 'Location ', el('input', { name: 'where', value: place, autocomplete: 'off' })),
    el('label', {}, 'Product ', el('input', { name: 'what', value: product, autocomplete: 'off', placeholder: 'all' })),
    el('button', {}, 'Show')),
    rows,
    el('h2', {}, 'Adjust'),
    el('form', { class: 'bar', change: () => { adjustmentId = newId(); }, submit: adjust },
      el('label', {}, 'Location ', el('input', { name: 'location', required: true, autocomplete: 'off' })),
      el('label', {}, 'Product ', el('input', { name: 'product', required: true, autocomplete: 'off' })),
      el('label', {}, 'Pieces ', el('input', { name: 'delta', type: 'number', required: true, value: 100 })),
      el('button', { class: 'primary', name: 'adjust' }, 'Adjust')));
  return repeat(3000, draw);
}

// A shop to try: products, checkout, and the way of each order as it goes.
import { get, newId, post, repeat } from './api.js';
import { badge, decoded, el, facts, money, say, swap, table, when } from './dom.js';
import { dispatch } from './order.js';

const LOCATION = 'berlin';
const CURRENCY = 'EUR';
const DIGITS = 2;

/** Of the demo stock; a shop decides on its prices itself. */
const PRODUCTS = [
  ['espresso-beans-classic', 'Espresso beans', 1450],
  ['filter-coffee-classic', 'Filter coffee', 1290],
  ['mug-blue', 'Blue mug', 1200],
  ['grinder-black', 'Black grinder', 8900],
  ['green-tea-classic', 'Green tea', 950],
  ['biscotti-classic', 'Biscotti', 480],
];

/** How the sandbox treats a card. */
const CARDS = [
  ['pm_shop', 'a card that is charged'],
  ['pm_declined_shop', 'a card that is declined'],
  ['pm_pending_shop', 'a card that waits for your approval'],
];

const STEPS = [['accept', 'taken'], ['reserve', 'stock reserved'], ['charge', 'paid'], ['confirm', 'confirmed'],
  ['dispatch', 'dispatched']];
const KEPT = 'orderflow-shop-orders';

const main = document.getElementById('main');
let end = () => {};

/** The ids of what was bought in this browser; none where it keeps nothing. */
function mine() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]');
  } catch {
    return [];
  }
}

function keep(id) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([id, ...mine()].slice(0, 50)));
  } catch {
    // The order is placed all the same, and is shown; the list of orders lacks it.
  }
}

async function buy(key, product, price, quantity, card) {
  const order = {
    userId: 'shop-guest',
    currency: CURRENCY,
    stockLocation: LOCATION,
    items: [{ productId: product, quantity, price }],
    paymentMethodId: card,
  };
  try {
    const placed = await post('/orders', order, { 'Idempotency-Key': key });
    keep(placed.orderId);
    location.hash = `#/orders/${placed.orderId}`;
  } catch (failure) {
    say(failure.message, true);
  }
}

function card([product, name, price], left) {
  const quantity = el('input', { type: 'number', name: 'quantity', min: 1, max: 999, value: 1, required: true });
  const method = el('select', { name: 'card' }, CARDS.map(([id, text]) => el('option', { value: id }, text)));
  const button = el('button', { class: 'primary' }, 'Buy');
  // The same key when somebody tries again what got no answer: the order is placed once.
  let key = newId();
  let delivery = newId();
  return el('section', { class: 'card', 'aria-label': name },
    el('h2', {}, name),
    el('p', {}, money(price, DIGITS, CURRENCY), left),
    el('form', {
      change: () => { key = newId(); },
      submit: async (event) => {
        event.preventDefault();
        button.disabled = true;
        await buy(key, product, price, Number(quantity.value), method.value);
        button.disabled = false;
      },
    },
    el('div', { class: 'bar' }, el('label', {}, 'Pieces ', quantity)),
    el('div', { class: 'bar' }, el('label', {}, 'Pay with ', method)),
    el('div', { class: 'buttons' }, button, el('button', {
      type: 'button',
      click: async (event) => {
        const restock = event.target;
        restock.disabled = true;
        try {
          await post('/stock/adjustments', { location: LOCATION, productId: product, delta: 100, adjustmentId: delivery });
          delivery = newId();
          say(`100 more of ${name}.`);
        } catch (failure) {
          say(failure.message, true);
        }
        restock.disabled = false;
      },
    }, 'Restock'))));
}

function showProducts() {
  const counts = PRODUCTS.map(() => el('span'));
  main.append(el('h1', {}, 'Products'), el('div', { class: 'cards' }, PRODUCTS.map((product, i) => card(product, counts[i]))));
  const crash = el('section');
  main.append(crash);
  showCrashButtons(crash);
  return repeat(1000, () => Promise.all(PRODUCTS.map(async ([product], i) => {
    try {
      const shelf = await get(`/stock/${LOCATION}/${product}`);
      counts[i].textContent = `, ${shelf.available.toLocaleString('en')} in stock`;
    } catch (failure) {
      counts[i].textContent = failure.status === 404 ? ', none in stock' : '';
    }
  })));
}

/** Where the stack was started for demonstrations: whatever is killed, no order is lost. */
async function showCrashButtons(section) {
  let parts;
  try {
    ({ parts } = await get('/demo'));
  } catch {
    return;
  }
  section.append(el('h2', {}, 'Crash it'),
    el('p', {}, 'Kills a process in the middle of its work (kill -9). Press it while an order is under way.'),
    el('div', { class: 'buttons' }, parts.map((part) => el('button', {
      type: 'button',
      click: async () => {
        try {
          await post(`/demo/crash/${part}`);
          say(`${part} was killed.`);
        } catch (failure) {
          say(failure.message, true);
        }
      },
    }, part))));
}

function showMine() {
  const rows = el('div');
  main.append(el('h1', {}, 'My orders'), rows);
  return repeat(1000, async () => {
    const orders = await Promise.all(mine().slice(0, 20).map((id) => get(`/orders/${id}`).catch(() => ({ orderId: id }))));
    swap(rows, orders.length === 0 ? el('p', {}, 'There are none yet.')
      : table('My orders', ['order', 'status', 'total', 'dispatch', 'placed'], orders.map((order) => [
        el('a', { href: `#/orders/${order.orderId}` }, order.orderId),
        order.status ? badge(order.status) : 'not known',
        order.totals ? money(order.totals.total, order.totals.digits, order.totals.currency) : '',
        dispatch(order) ?? '', when(order.createdAt),
      ]), [2]));
  });
}

function showOne(id) {
  const body = el('div');
  main.append(el('h1', {}, 'Your order'), body);
  return repeat(500, async () => {
    let order;
    try {
      order = await get(`/orders/${encodeURIComponent(id)}`);
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
      return;
    }
    const done = order.completedSteps ?? [];
    swap(body, [
      el('p', {}, badge(order.status), order.reason ? ` (${order.reason.replaceAll('_', ' ')})` : ''),
      el('ol', {}, STEPS.map(([step, text]) => el('li', done.includes(step) ? { class: 'good' } : {},
        `${text}${done.includes(step) ? ' ✓' : ''}`))),
      order.dispatch ? el('p', {}, 'Dispatch ', dispatch(order)) : null,
      order.paymentUrl ? el('p', {}, el('a', { href: order.paymentUrl, target: '_blank', rel: 'noopener' }, 'Approve the payment')) : null,
      facts([
        ['order', order.orderId],
        ['total', order.totals ? money(order.totals.total, order.totals.digits, order.totals.currency) : ''],
        ['placed', when(order.createdAt)],
      ]),
      el('p', {}, el('a', { href: `/console#/orders/${encodeURIComponent(order.orderId)}` }, 'Every event behind it')),
    ]);
  });
}

function route() {
  end();
  main.replaceChildren();
  say('');
  const one = /^#\/orders\/(.+)$/.exec(location.hash);
  const all = location.hash === '#/orders';
  document.querySelectorAll('nav a').forEach((each) => {
    if ((each.getAttribute('href') === '#/orders') === (all || one !== null)) {
      each.setAttribute('aria-current', 'page');
    } else {
      each.removeAttribute('aria-current');
    }
  });
  end = one !== null ? showOne(decoded(one[1])) : all ? showMine() : showProducts();
}

window.addEventListener('hashchange', route);
route();

// The console: which view is shown, and how everything is doing.
import { get, repeat } from './api.js';
import { badge, decoded, el, link, say, swap } from './dom.js';
import { showAudit, verdict } from './audit.js';
import { showDeadLetter, showDeadLetters } from './dead-letters.js';
import { showOrder } from './order.js';
import { showOrders } from './orders.js';
import { showPayments } from './payments.js';
import { showPoints } from './points.js';
import { showRevenue } from './revenue.js';
import { showStock } from './stock.js';

/** By the first part of the hash; each is given the rest, fills the page, and returns what ends it. */
const VIEWS = {
  orders: (main, rest) => (rest === '' ? showOrders(main) : showOrder(main, rest)),
  stock: showStock,
  points: showPoints,
  payments: showPayments,
  'dead-letters': (main, rest) => (rest === '' ? showDeadLetters(main) : showDeadLetter(main, rest)),
  revenue: showRevenue,
  audit: showAudit,
};

const main = document.getElementById('main');
let end = () => {};

function route() {
  const [, name = '', rest = ''] = /^#\/([a-z-]*)\/?(.*)$/.exec(location.hash) ?? [];
  if (!Object.hasOwn(VIEWS, name)) {
    location.replace('#/orders');
    return;
  }
  end();
  document.querySelectorAll('nav a').forEach((each) => {
    if (each.getAttribute('href') === `#/${name}`) {
      each.setAttribute('aria-current', 'page');
    } else {
      each.removeAttribute('aria-current');
    }
  });
  main.replaceChildren();
  say('');
  end = VIEWS[name](main, decoded(rest)) ?? (() => {});
}

/** What is said at the top; each part by itself, so that none waits for another. */
const STATUS = [
  async () => {
    const health = await get('/health/readiness').catch((failure) => failure);
    return el('span', { title: health.message ?? '' }, 'orders ', badge(health.status === 'UP' ? 'ready' : 'not ready'));
  },
  async () => {
    const audit = await get('/audit').catch(() => null);
    return audit === null
      ? el('span', { class: 'waiting' }, 'audit does not answer')
      : el('span', {}, 'money and stock ', link('#/audit', badge(verdict(audit))));
  },
  async () => {
    const provider = await get('/payments/provider').catch(() => null);
    return provider?.paused ? link('#/payments', el('span', { class: 'waiting' }, 'payments are paused')) : '';
  },
].map((ask) => {
  const part = el('span');
  document.getElementById('status').append(part);
  return async () => swap(part, await ask());
});

window.addEventListener('hashchange', route);
route();
STATUS.forEach((each) => repeat(5000, each));

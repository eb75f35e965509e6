// The console: which view is shown, and how everything is doing.
import { get, repeat } from './api.js';
import { badge, decoded, el, link, say } from './dom.js';
import { showAudit } from './audit.js';
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

async function status() {
  const shown = [];
  try {
    const health = await get('/health');
    shown.push(health.status === 'UP' ? badge('ready') : badge('not ready'));
  } catch (failure) {
    shown.push(el('span', { class: 'bad', title: failure.message }, 'not ready'));
  }
  try {
    const audit = await get('/audit');
    shown.push(el('span', {}, 'money and stock ', link('#/audit', badge(audit.agrees ? 'agree' : 'differ'))));
  } catch (failure) {
    shown.push(el('span', { class: 'waiting', title: failure.message }, 'audit does not answer'));
  }
  try {
    const provider = await get('/payments/provider');
    if (provider.paused) {
      shown.push(link('#/payments', el('span', { class: 'waiting' }, 'payments are paused')));
    }
  } catch {
    // Said above: payment serves the audit, too.
  }
  document.getElementById('status').replaceChildren(...shown);
}

window.addEventListener('hashchange', route);
route();
repeat(5000, status);

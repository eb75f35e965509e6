// All orders, newest first, and what can be asked of several at once.
import { get, newId, path, post, repeat } from './api.js';
import { ask, badge, choice, el, link, money, say, swap, table, unseen, when } from './dom.js';

const STATES = ['reserving', 'charging', 'expiring', 'cancelling', 'confirmed', 'completed', 'refunding', 'refunded', 'cancelled',
  'rejected'];
const ACTIONS = [['cancel', 'Cancel', true], ['retry', 'Retry', false], ['refund', 'Refund', true], ['dispatch', 'Dispatch', false]];
const AT_ONCE = 8;

/** Asks the same of some orders, a few at a time; resolves to what was refused. */
export async function askOrders(ids, action, reason) {
  const left = [...ids];
  const refused = [];
  const worker = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      try {
        await post(`/orders/${encodeURIComponent(id)}/${action}`, reason ? { reason } : {},
          { 'Idempotency-Key': newId() });
      } catch (failure) {
        refused.push(`${id}: ${failure.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return refused;
}

/** Buttons that ask something of orders, and say what became of it. */
export function actions(ids, after) {
  return ACTIONS.map(([action, text, reasoned]) => el('button', {
    type: 'button',
    click: async () => {
      const chosen = ids();
      if (chosen.length === 0) {
        say('Choose orders first.');
        return;
      }
      const what = `${text} ${chosen.length === 1 ? chosen[0] : `${chosen.length} orders`}`;
      const reason = await ask(`${what}?`, { button: text, reason: reasoned });
      if (reason === null) {
        return;
      }
      const refused = await askOrders(chosen, action, reason);
      say(`${what}: ${chosen.length - refused.length} asked for` + (refused.length === 0 ? '' : `, ${refused.join(' ')}`),
        refused.length > 0);
      after();
    },
  }, text));
}

export function showOrders(main) {
  const chosen = new Set();
  let status = '';
  let cursor = '';
  const rows = el('div');
  const pages = el('div', { class: 'buttons' });

  /** Shows another page. What was chosen is out of sight then, and so is chosen no more. */
  const turn = (to) => {
    chosen.clear();
    cursor = to;
    draw();
  };
  const draw = async () => {
    let page;
    try {
      page = await get(path('/orders', { status, cursor, limit: 50 }));
    } catch (failure) {
      swap(rows, el('p', { class: 'failed' }, failure.message));
      return;
    }
    const shown = page.orders.map((order) => [
      choice(order.orderId, chosen),
      link(`#/orders/${encodeURIComponent(order.orderId)}`, order.orderId),
      badge(order.status),
      order.reason ?? '',
      order.totals ? money(order.totals.total, order.totals.digits, order.totals.currency) : '',
      order.userId ?? '',
      order.stockLocation ?? '',
      when(order.updatedAt),
    ]);
    swap(rows, shown.length === 0
      ? el('p', {}, 'There are none.')
      : table('Orders', [unseen('chosen'), 'order', 'status', 'reason', 'total', 'customer', 'location', 'changed'], shown, [4]));
    swap(pages, [
      cursor === '' ? null : el('button', { type: 'button', click: () => turn('') }, 'Newest'),
      page.nextCursor === null ? null
        : el('button', { type: 'button', 'data-cursor': page.nextCursor, click: () => turn(page.nextCursor) }, 'Older'),
    ]);
  };

  const choose = el('select', { id: 'state', change: (event) => { status = event.target.value; turn(''); } },
    el('option', { value: '' }, 'all'), STATES.map((state) => el('option', {}, state)));
  const find = el('form', {
    class: 'bar',
    submit: (event) => {
      event.preventDefault();
      location.hash = `#/orders/${encodeURIComponent(event.target.elements.id.value.trim())}`;
    },
  }, el('label', {}, 'Id ', el('input', { name: 'id', required: true, autocomplete: 'off' })), el('button', {}, 'Look at'));

  main.append(el('h1', {}, 'Orders'),
    el('div', { class: 'bar' }, el('label', { for: 'state' }, 'Status'), choose, find),
    el('div', { class: 'buttons' }, 'Chosen ones: ', actions(() => [...chosen], () => { chosen.clear(); draw(); })),
    rows, pages);
  return repeat(2000, draw);
}

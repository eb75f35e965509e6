// The points of one customer.
import { get, repeat } from './api.js';
import { el, link, swap, table, when } from './dom.js';

export function showPoints(main, user) {
  const body = el('div');
  main.append(el('h1', {}, 'Points'),
    el('form', { class: 'bar', submit: (event) => {
      event.preventDefault();
      location.hash = `#/points/${encodeURIComponent(event.target.elements.user.value.trim())}`;
    } }, el('label', {}, 'Customer ', el('input', { name: 'user', value: user, required: true, autocomplete: 'off' })),
    el('button', {}, 'Show')),
    body);
  if (user === '') {
    return undefined;
  }
  return repeat(2000, async () => {
    let account;
    try {
      account = await get(`/loyalty/${encodeURIComponent(user)}`);
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
      return;
    }
    swap(body,
      el('p', {}, `${account.userId} has ${account.balance.toLocaleString('en')} points.`),
      account.entries.length === 0 ? null
        : table('Points', ['when', 'order', 'kind', 'points', 'balance'], account.entries.map((entry) => [when(entry.at),
          link(`#/orders/${encodeURIComponent(entry.orderId)}`, entry.orderId), entry.kind.replaceAll('_', ' '),
          entry.points.toLocaleString('en'), entry.balance.toLocaleString('en')]), [3, 4]));
  });
}

// One order: where it is, and the evidence for it.
import { get, repeat } from './api.js';
import { badge, el, facts, link, long, money, swap, table, when } from './dom.js';
import { actions } from './orders.js';

/** How far its dispatch has come, as a bar. */
export function dispatch(order) {
  return order.dispatch
    ? el('span', {}, el('progress', { 'aria-label': 'Dispatch', value: order.dispatch.progress, max: order.dispatch.of }),
      ` ${order.dispatch.progress} of ${order.dispatch.of}`)
    : null;
}

export function showOrder(main, id) {
  const body = el('div');
  let timeline = [];
  let upTo;
  const draw = async () => {
    let order;
    try {
      order = await get(`/orders/${encodeURIComponent(id)}`);
      if (order.updatedAt !== upTo) {
        ({ timeline } = await get(`/orders/${encodeURIComponent(id)}/timeline`));
        upTo = order.updatedAt;
      }
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
      return;
    }
    const { totals } = order;
    const amount = (minor) => money(minor, totals.digits, totals.currency);
    swap(body, [
      facts([
        ['status', badge(order.status)],
        ['outcome', order.outcome],
        ['reason', order.reason],
        ['detail', order.detail],
        ['customer', order.userId && link(`#/points/${encodeURIComponent(order.userId)}`, order.userId)],
        ['payment', order.paymentMethodId],
        ['approve at', order.paymentUrl && el('a', { href: order.paymentUrl }, order.paymentUrl)],
        ['charge', order.chargeId],
        ['refund', order.refundId],
        ['location', order.stockLocation],
        ['steps', order.completedSteps?.join(', ')],
        ['dispatch', dispatch(order)],
        ['placed', when(order.createdAt)],
        ['changed', when(order.updatedAt)],
      ]),
      el('h2', {}, 'Lines'),
      totals
        ? table('Lines', ['product', 'pieces', 'each', 'total'],
          [...(order.lines ?? []).map((line) =>
            [line.productId, String(line.quantity), amount(line.unitPrice), amount(line.lineTotal)]),
          ['tax', '', '', amount(totals.tax)], ['total', '', '', amount(totals.total)]], [1, 2, 3])
        : el('p', {}, 'It was not priced.'),
      order.faults ? [el('h2', {}, 'What is wrong with it'), table('Faults', ['field', 'what is wrong'],
        order.faults.map((fault) => [fault.field, long(fault.message)]))] : null,
      order.shortages ? [el('h2', {}, 'What was short'), table('Shortages', ['product', 'wanted', 'there'],
        order.shortages.map((each) => [each.productId, String(each.requested ?? ''), String(each.available ?? '')]), [1, 2])] : null,
      el('h2', {}, 'Timeline'),
      table('Timeline', ['time', 'step', 'tries', 'detail', 'evidence'], timeline.map((entry) => [
        when(entry.time), entry.step, entry.attempts > 1 ? String(entry.attempts) : '', long(entry.detail),
        entry.topic ? `${entry.topic}-${entry.partition} @ ${entry.offset ?? entry.eventId}` : '',
      ]), [2]),
    ]);
  };
  main.append(el('h1', {}, `Order ${id}`),
    el('div', { class: 'buttons' }, actions(() => [id], () => draw()), link('#/orders', 'All orders')),
    body);
  return repeat(1000, draw);
}

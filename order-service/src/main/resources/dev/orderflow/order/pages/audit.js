// Whether every charge has its order, every order its charge, and every piece its place.
import { get, repeat } from './api.js';
import { badge, el, facts, link, long, money, swap, table, when } from './dom.js';

/** What the audit says: nothing differs also where nothing was read. */
export function verdict(audit) {
  const sides = [audit.topics, audit.provider];
  if (!audit.agrees) {
    return 'differ';
  }
  return sides.every((side) => side?.readAt && !side.trouble) ? 'agree' : 'not all read';
}

export function showAudit(main) {
  const body = el('div');
  const draw = async () => {
    let audit;
    try {
      audit = await get('/audit');
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
      return;
    }
    const row = (currency, name, part) => [currency.currency, name, part.orders.toLocaleString('en'),
      ...[part.captured, part.refunded, part.confirmed, part.difference].map((minor) => money(minor, currency.digits, '').trim())];
    swap(body, [
      facts([
        ['money and stock', badge(verdict(audit))],
        ['topics read to their end', when(audit.topics?.readAt)],
        ['trouble with topics', audit.topics?.trouble],
        [`provider ${audit.provider?.name ?? ''} read to its end`, when(audit.provider?.readAt)],
        ['trouble with the provider', audit.provider?.trouble],
        ['late orders', audit.inFlight?.late ? String(audit.inFlight.late) : ''],
      ]),
      el('h2', {}, 'Money: captured - refunded = value of confirmed orders'),
      table('Money', ['currency', 'orders are', 'orders', 'captured', 'refunded', 'confirmed', 'difference'],
        (audit.currencies ?? []).flatMap((currency) => [row(currency, 'settled', currency.settled),
          row(currency, 'in flight', currency.inFlight), row(currency, 'differing', currency.differing)]), [2, 3, 4, 5, 6]),
      el('h2', {}, 'Orders that differ'),
      (audit.differing ?? []).length === 0 ? el('p', {}, 'None.')
        : table('Orders that differ', ['order', 'what', 'what to do'], audit.differing.map((each) =>
          [link(`#/orders/${encodeURIComponent(each.orderId)}`, each.orderId), long(each.what), long(each.remedy)])),
      audit.stock ? el('h2', {}, 'Stock: on hand + reserved + committed = adjusted') : null,
      audit.stock ? table('Stock', ['on hand', 'reserved', 'committed', 'adjusted'], [[audit.stock.onHand, audit.stock.reserved,
        audit.stock.committed, audit.stock.adjusted].map((count) => Number(count ?? 0).toLocaleString('en'))], [0, 1, 2, 3]) : null,
      (audit.stock?.differing ?? []).length === 0 ? null : [el('h2', {}, 'Shelves that differ'),
        table('Shelves that differ', ['location', 'product', 'what', 'what to do'], audit.stock.differing.map((shelf) =>
          [shelf.location, shelf.productId, long(shelf.what), long(shelf.remedy)]))],
    ]);
  };
  main.append(el('h1', {}, 'Audit'), body);
  return repeat(5000, draw);
}

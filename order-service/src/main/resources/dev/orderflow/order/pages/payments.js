// The payment provider: the switch that stops all calls, and the calls that are not over.
import { get, post, repeat } from './api.js';
import { ask, el, facts, say, swap, table, when } from './dom.js';

export function showPayments(main) {
  const body = el('div');
  const turn = async (paused) => {
    const reason = paused ? await ask('Pause all calls to the provider?', { button: 'Pause' }) : '';
    if (reason === null) {
      return;
    }
    try {
      await post(`/payments/provider/${paused ? 'pause' : 'resume'}`, reason === '' ? {} : { reason });
      say(paused ? 'Paused: orders wait, and their deadlines with them.' : 'Resumed.');
    } catch (failure) {
      say(failure.message, true);
    }
    draw();
  };
  const draw = async () => {
    try {
      const [provider, queue] = await Promise.all([get('/payments/provider'), get('/payments/queue?limit=100')]);
      swap(body,
        facts([
          ['provider', provider.provider],
          ['calls', provider.paused ? el('span', { class: 'waiting' }, 'paused') : 'taken'],
          ['reason', provider.reason],
          ['since', when(provider.changedAt)],
          ['calls at once', provider.callsAtOnce.toLocaleString('en')],
          ['calls a second', provider.rate === 0 ? 'as many as there are' : provider.rate.toLocaleString('en')],
        ]),
        el('div', { class: 'buttons' },
          el('button', { type: 'button', click: () => turn(!provider.paused) }, provider.paused ? 'Resume' : 'Pause')),
        el('h2', {}, 'Calls that are not over'),
        queue.calls.length === 0
          ? el('p', {}, 'None.')
          : table('Calls that are not over', ['call', 'since', 'tries', 'not before'], queue.calls.map((call) =>
            [call.key, when(call.since), String(call.tries), when(call.notBefore)]), [2]),
        queue.hasMore ? el('p', {}, '... and more.') : '');
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
    }
  };
  main.append(el('h1', {}, 'Payments'), body);
  return repeat(2000, draw);
}

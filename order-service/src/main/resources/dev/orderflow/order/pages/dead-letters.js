// What services have set aside, and how it is sent to them again.
import { get, path, post } from './api.js';
import { ask, choice, el, facts, link, long, say, swap, table, unseen, when } from './dom.js';

async function redrive(ids, again, after) {
  if (ids.length === 0) {
    say('Choose dead letters first.');
    return;
  }
  const what = ids.length === 1 ? ids[0] : `${ids.length} dead letters`;
  const reason = await ask(`Send ${what} to the service again?`, { button: 'Send again' });
  if (reason === null) {
    return;
  }
  try {
    const answer = await post('/dead-letters/redrive', { ids, again, ...(reason === '' ? {} : { reason }) });
    const refused = answer.results.filter((result) => !result.sent);
    say(`${ids.length - refused.length} sent again` + refused.map((each) => `; ${each.id}: ${each.why}`).join(''), refused.length > 0);
  } catch (failure) {
    say(failure.message, true);
  }
  after();
}

export function showDeadLetters(main) {
  const chosen = new Set();
  let service = '';
  let cursor = '';
  const rows = el('div');
  const choose = el('select', {
    id: 'service',
    change: (event) => { service = event.target.value; turn(''); },
  }, el('option', { value: '' }, 'all'));
  /** Shows another page. What was chosen is out of sight then, and so is chosen no more. */
  const turn = (to) => {
    chosen.clear();
    cursor = to;
    draw();
  };
  const draw = async () => {
    let page;
    try {
      page = await get(path('/dead-letters', { service, cursor, limit: 50 }));
    } catch (failure) {
      swap(rows, el('p', { class: 'failed' }, failure.message));
      return;
    }
    if (choose.options.length === 1) {
      choose.append(...page.services.map((name) => el('option', {}, name)));
    }
    swap(rows, page.deadLetters.length === 0
      ? el('p', {}, 'Nothing is set aside.')
      : table('Dead letters', [unseen('chosen'), 'id', 'when', 'key', 'from', 'reason', 'sent again'], page.deadLetters.map((letter) => [
        letter.redrivable ? choice(letter.id, chosen) : '',
        link(`#/dead-letters/${letter.id}`, letter.id), when(letter.time), letter.key ?? '', letter.topic, long(letter.reason),
        when(letter.sentAgainAt),
      ])),
    el('div', { class: 'buttons' },
      cursor === '' ? null : el('button', { type: 'button', click: () => turn('') }, 'Newest'),
      page.nextCursor === null ? null
        : el('button', { type: 'button', 'data-cursor': page.nextCursor, click: () => turn(page.nextCursor) }, 'Older')));
  };
  main.append(el('h1', {}, 'Dead letters'),
    el('div', { class: 'bar' },
      el('label', { for: 'service' }, 'Service'),
      choose,
      el('button', { type: 'button', click: () => draw() }, 'Look again'),
      el('button', { type: 'button', class: 'primary', click: () => redrive([...chosen], false, () => { chosen.clear(); draw(); }) },
        'Send chosen ones again')),
    rows);
  draw();
}

export function showDeadLetter(main, id) {
  const body = el('div');
  const draw = async () => {
    let letter;
    try {
      letter = await get(`/dead-letters/${encodeURIComponent(id)}`);
    } catch (failure) {
      swap(body, el('p', { class: 'failed' }, failure.message));
      return;
    }
    swap(body,
      facts([
        ['reason', letter.reason],
        ['set aside', when(letter.time)],
        ['from', `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`],
        ['key', letter.key],
        ['sent again', when(letter.sentAgainAt)],
        ...Object.entries(letter.headers).filter(([name]) => !name.startsWith('dl_') || name.startsWith('dl_redrive_') || name === 'dl_mail'),
      ]),
      el('div', { class: 'buttons' },
        letter.redrivable
          ? el('button', { type: 'button', class: 'primary', click: () => redrive([id], letter.sentAgainAt !== null, draw) },
            letter.sentAgainAt === null ? 'Send again' : 'Send once more')
          : el('span', {}, 'It cannot be sent again.'),
        link('#/dead-letters', 'All dead letters')),
      el('h2', {}, letter.value === null ? 'Value (cannot be read; in Base64)' : 'Value'),
      el('pre', { tabindex: 0 }, letter.value === null ? letter.valueBase64 ?? 'none' : JSON.stringify(letter.value, null, 2)));
  };
  main.append(el('h1', {}, `Dead letter ${id}`), body);
  draw();
}

// Elements, and what is written in them. Text is always text: nothing that a customer sends becomes markup.

/** Makes an element. Attributes that are functions listen; null and false leave one out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** What is to be drawn when the pointer is let go: what is under a finger stays there until it is a click. */
const waiting = new Map();
let pressed = null;
window.addEventListener('pointerdown', (event) => { pressed = event.button === 0 ? event.target : null; }, true);
['pointerup', 'pointercancel', 'contextmenu', 'blur'].forEach((name) => window.addEventListener(name, () => setTimeout(() => {
  pressed = null;
  const all = [...waiting];
  waiting.clear();
  all.forEach(([element, children]) => swap(element, children));
}), true));

/**
 * Puts other content into an element: much here is drawn anew by the second. What has not changed stays, with what somebody
 * has selected in it; so whatever a listener knows of what it belongs to has to be in an attribute or in the text. The focus
 * stays where it was.
 */
export function swap(element, ...children) {
  if (pressed !== null && element.contains(pressed)) {
    waiting.set(element, children);
    return;
  }
  waiting.delete(element);
  const drawn = [...el('div', {}, children).childNodes];
  const there = [...element.childNodes];
  const focused = element.contains(document.activeElement) ? mark(document.activeElement) : null;
  if (drawn.length === there.length) {
    drawn.forEach((child, i) => {
      if (!child.isEqualNode(there[i])) {
        there[i].replaceWith(child);
      }
    });
  } else {
    element.replaceChildren(...drawn);
  }
  if (focused !== null && !element.contains(document.activeElement)) {
    [...element.querySelectorAll('a, button, input, select, [tabindex]')].find((each) => mark(each) === focused)?.focus();
  }
}

/** What an element is known by when it is drawn anew. */
function mark(element) {
  return [element.tagName, element.id, element.getAttribute('aria-label'), element.getAttribute('href'), element.name,
    element.tagName === 'BUTTON' ? element.textContent : ''].join(' ');
}

/** What may be wider than the page: it is moved by itself, with the keyboard too. */
export function scrolled(name, content) {
  return el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name }, content);
}

/** A table; a row is an array of cells, each a text or an element. `numbers` are the columns that are aligned right. */
export function table(name, heads, rows, numbers = []) {
  const aligned = (i) => (numbers.includes(i) ? { class: 'number' } : {});
  return scrolled(name,
    el('table', {},
      el('thead', {}, el('tr', {}, heads.map((head, i) => el('th', { scope: 'col', ...aligned(i) }, head)))),
      el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell, i) => el('td', aligned(i), cell)))))));
}

/** A list of names and what stands behind them. */
export function facts(pairs) {
  return el('dl', {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

/** An amount in minor units, with its digits and its currency. */
export function money(minor, digits, currency) {
  const negative = minor < 0;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${negative ? '-' : ''}${whole}${digits > 0 ? '.' + text.slice(-digits) : ''} ${currency}`;
}

/** A time as it is on the clock of whoever looks, with the whole of it in the title. */
export function when(text) {
  if (!text) {
    return '';
  }
  const time = new Date(text);
  const today = time.toDateString() === new Date().toDateString();
  return el('time', { datetime: text, title: text }, today ? time.toLocaleTimeString() : time.toLocaleString());
}

/** The first cell of a row that can be chosen; `chosen` are the ids of those that are. */
export function choice(id, chosen) {
  return el('input', {
    type: 'checkbox',
    'aria-label': `choose ${id}`,
    checked: chosen.has(id),
    change: (event) => {
      event.target.toggleAttribute('checked', event.target.checked);
      if (event.target.checked) {
        chosen.add(id);
      } else {
        chosen.delete(id);
      }
    },
  });
}

/** A text of any length in a table: its column does not become narrow. */
export function long(text) {
  return text ? el('div', { class: 'long' }, text) : '';
}

/** A text for those who do not see the page. */
export function unseen(text) {
  return el('span', { class: 'unseen' }, text);
}

/** A part of an address as it was before it was encoded; what nobody has encoded stays as it is. */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A link within the page. */
export function link(hash, text) {
  return el('a', { href: hash }, text);
}

/** A word with the colour of what it means. */
export function badge(text) {
  const good = ['confirmed', 'completed', 'ready', 'agree'];
  const bad = ['cancelled', 'rejected', 'differ', 'not ready'];
  const kind = good.includes(text) ? 'good' : bad.includes(text) ? 'bad' : 'waiting';
  return el('span', { class: `badge ${kind}` }, text);
}

/** Asks for a reason; resolves to null where whoever is asked thinks better of it. */
export function ask(title, { button, reason = true }) {
  const field = reason ? el('input', { name: 'reason', maxlength: 500, autocomplete: 'off' }) : null;
  const dialog = el('dialog', { 'aria-label': title },
    el('form', { method: 'dialog' },
      el('h2', {}, title),
      field === null ? null : el('label', {}, 'Reason, for whoever looks at it later ', field),
      el('div', { class: 'buttons' },
        el('button', { value: 'yes', class: 'primary' }, button),
        el('button', { value: 'no', formnovalidate: true }, 'Leave it'))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? (field === null ? '' : field.value) : null);
    });
  });
}

/** Says something at the end of the page, to screen readers too. */
export function say(text, failed = false) {
  const said = document.getElementById('said');
  said.textContent = text;
  said.className = failed ? 'failed' : '';
}

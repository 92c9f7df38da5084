/** What may be a child of an element: text, another element, or nothing. */
export type Child = string | number | Node | null | undefined | false;

/** Creates an element; children are text or nodes, so nothing received over the network becomes markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | boolean | (() => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (typeof value === 'boolean') element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false)
      element.append(typeof child === 'number' ? String(child) : child);
  }
  return element;
}

/** A table with a heading row. */
export function table(headings: string[], rows: HTMLTableRowElement[]): HTMLElement {
  const head = el(
    'thead',
    {},
    el('tr', {}, ...headings.map((heading) => el('th', { scope: 'col' }, heading))),
  );
  return el('div', { class: 'card table-card' }, el('table', {}, head, el('tbody', {}, ...rows)));
}

/** A cell whose heading is repeated on a narrow screen. */
export function cell(heading: string, ...children: Child[]): HTMLTableCellElement {
  return el('td', { 'data-heading': heading }, ...children);
}

/** A small button. */
export function action(label: string, press: () => void): HTMLButtonElement {
  return el('button', { type: 'button', class: 'small-button', click: press }, label);
}

/** A word with a colour. */
export function badge(state: string, label = state): HTMLElement {
  return el('span', { class: `badge ${state}` }, label);
}

/** Expandable details; they stay open over a refresh under the same key. */
export function detail(key: string, label: string, text: () => string): HTMLElement {
  const body = el('pre', {});
  const element = el('details', {}, el('summary', {}, label), body);
  element.addEventListener('toggle', () => {
    if (element.open) openDetails.add(key);
    else openDetails.delete(key);
    body.textContent = element.open ? text() : '';
  });
  element.open = openDetails.has(key);
  return element;
}

const openDetails = new Set<string>();

/** Formats JSON text; other text is returned unchanged. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

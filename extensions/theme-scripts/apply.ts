/** The form of applications to become a reseller: the app renders it, with what is wrong; this puts it into the block and sends it. */
import { loadTexts, wordsOf, type Words } from './shop.ts';

/** The pictures of a phone over a slow connection take their time. */
const SHOW_MS = 15_000;
const SEND_MS = 180_000;
/** Pages of others, a shop's password page for one, don't have it. */
const MARK = '[data-setia-form]';

interface Setting {
  view: HTMLElement;
  address: string;
  words: Words;
  /** Of the signed-in customer, by the field's name. */
  known: Readonly<Record<string, string>>;
}

/** Begins a part, when it comes into view. */
export async function start(part: HTMLElement): Promise<void> {
  const { root = '/', proxy = '/apps/setia', texts = '', name = '', email = '' } = part.dataset;
  const view = part.querySelector<HTMLElement>('[data-view]');
  if (!view) return;
  const locale = document.documentElement.lang || 'en';
  const words = wordsOf(await loadTexts(texts), locale, 'USD', 2);
  const address = `${root.replace(/\/$/, '')}${proxy}/apply/form?${new URLSearchParams({ locale }).toString()}`;
  await show({ view, address, words, known: { name, email } });
}

async function show(setting: Setting): Promise<void> {
  const { view, words } = setting;
  const content = await ask(setting.address);
  if (content) return put(setting, content);
  const again = document.createElement('button');
  again.type = 'button';
  again.className = 'setia__button';
  again.textContent = words.t('try_again');
  again.addEventListener('click', () => void show(setting));
  view.querySelector('[role="alert"]')?.remove();
  view.querySelector('.setia__button')?.remove();
  view.prepend(problem(words.t('apply_unreachable')), again);
}

/** Asks the app; null where no form of ours came back. */
async function ask(address: string, body?: FormData): Promise<HTMLElement | null> {
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(body ? SEND_MS : SHOW_MS),
      ...(body && { method: 'POST', body }),
    });
    const template = document.createElement('template');
    template.innerHTML = await response.text();
    return template.content.querySelector<HTMLElement>(MARK);
  } catch {
    return null;
  }
}

/** Shows what the app said, in place of what was there. */
function put(setting: Setting, content: HTMLElement): void {
  const { view, known } = setting;
  const before = view.querySelector('form');
  const form = content.querySelector('form');
  if (form) {
    carryOver(before, form, known);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(setting, form);
    });
  }
  view.replaceChildren(content);
  // Nothing that long follows.
  if (!form) view.closest<HTMLElement>('.setia')?.style.removeProperty('min-block-size');
  if (before) focusOn(view.querySelector('[role="alert"], [role="status"]'));
}

async function send(setting: Setting, form: HTMLFormElement): Promise<void> {
  const { view, address, words } = setting;
  const button = form.querySelector('button');
  if (!button || button.ariaDisabled === 'true') return;
  const body = new FormData(form);
  const label = button.textContent;
  button.ariaDisabled = 'true';
  button.textContent = words.t('apply_sending');
  const content = await ask(address, body);
  if (content) return put(setting, content);
  button.ariaDisabled = 'false';
  button.textContent = label;
  view.querySelector('[role="alert"]')?.remove();
  form.prepend(problem(words.t('apply_not_sent')));
  focusOn(view.querySelector('[role="alert"]'));
}

/** What was typed and chosen stays, whatever was wrong: the app returns no files, and nothing that it didn't read. */
function carryOver(
  before: HTMLFormElement | null,
  after: HTMLFormElement,
  known: Readonly<Record<string, string>>,
): void {
  for (const field of after.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    if (field.type === 'hidden') continue;
    const held = before?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${field.name}"]`);
    if (field instanceof HTMLInputElement && field.type === 'file') {
      const isRefused = field.ariaInvalid === 'true';
      if (!isRefused && held instanceof HTMLInputElement && held.files) field.files = held.files;
    } else if (field.value === '') field.value = held ? held.value : (known[field.name] ?? '');
  }
}

function problem(text: string): HTMLElement {
  const element = document.createElement('p');
  element.className = 'setia-notice';
  element.setAttribute('role', 'alert');
  element.tabIndex = -1;
  element.textContent = text;
  return element;
}

function focusOn(element: Element | null): void {
  if (!(element instanceof HTMLElement)) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'center' });
}

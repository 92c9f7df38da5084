import { listenToExtensions, tellExtensions } from '../../extensions/client/page-frames.ts';
import type { HostData, PageRequest, ServerReply } from '../../extensions/client/protocol.ts';

interface PosSettings {
  /** The path of the till. */
  base: string;
  /** The target that `presentModal` opens here; null for none. */
  modal: string | null;
  /** An order was just paid. */
  isPaid: boolean;
}

interface Parts {
  found: string;
  cart: string;
  data: HostData;
}

const TOAST_MS = 4_000;
const BACKGROUND_STARTS_MS = 1_500;

const settings: PosSettings = JSON.parse(document.getElementById('pos-settings')?.textContent ?? '{}');
const dialog = document.querySelector<HTMLDialogElement>('.pos-modal');

let hiding = 0;

function showToast(content: string): void {
  const toast = document.querySelector<HTMLElement>('.account-toast');
  if (!toast) return;
  toast.textContent = content;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = window.setTimeout(() => (toast.hidden = true), TOAST_MS);
}

/** The modal's extension starts when it is opened, and ends when it is closed. */
function presentModal(): void {
  const template = dialog?.querySelector('template');
  if (!dialog || !template || settings.modal === null) throw new Error('this page has no modal');
  dialog.querySelectorAll('iframe').forEach((frame) => frame.remove());
  dialog.append(template.content.cloneNode(true));
  dialog.showModal();
}

dialog?.addEventListener('close', () => dialog.querySelectorAll('iframe').forEach((frame) => frame.remove()));

function answer({ kind, content }: PageRequest): unknown {
  switch (kind) {
    case 'toast':
      return showToast(String(content));
    case 'presentModal':
      return presentModal();
    default:
      throw new Error(`the till doesn't know ${kind}`);
  }
}

const query = () => document.querySelector<HTMLInputElement>('[data-search]')?.value ?? '';

/** Draws the parts that follow the cart, and tells the extensions what is different now. */
async function refresh(): Promise<void> {
  const response = await fetch(`${settings.base}/parts?q=${encodeURIComponent(query())}`);
  const { found, cart, data }: Parts = await response.json();
  for (const [name, markup] of Object.entries({ found, cart })) {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (part) part.innerHTML = markup;
  }
  tellExtensions(data);
}

async function change(kind: string, value: unknown, quantity = 1): Promise<void> {
  const response = await fetch(`${settings.base}/services/cart`, {
    method: 'POST',
    body: JSON.stringify({ kind, value, quantity }),
  });
  const { result }: ServerReply = await response.json();
  await refresh();
  const problem = document.querySelector('[data-problem]');
  if (problem) problem.textContent = typeof result === 'string' ? result : '';
}

listenToExtensions({ answer, onChanged: () => void refresh() });

// The background lives on while a real till moves to the next page: here it is told of the payment once it runs again.
if (settings.isPaid) window.setTimeout(() => void refresh(), BACKGROUND_STARTS_MS);

document.addEventListener('click', (event) => {
  const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-change]') : null;
  if (!pressed) return;
  const { change: kind = '', value, quantity } = pressed.dataset;
  const isNumber = value !== undefined && /^\d+$/.test(value);
  void change(kind, isNumber ? Number(value) : (value ?? null), Number(quantity ?? 1));
});

document.addEventListener('change', (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.dataset.switch === undefined) return;
  void change(input.dataset.switch, input.checked);
});

document.addEventListener('input', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.matches('[data-search]')) void refresh();
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  for (const [kind, field] of [
    ['addCode', 'code'],
    ['manual', 'manual'],
  ] as const) {
    if (!form.matches(`[data-${field}]`)) continue;
    event.preventDefault();
    const value = new FormData(form).get(field);
    if (typeof value === 'string' && value.trim() !== '') void change(kind, value.trim());
  }
});

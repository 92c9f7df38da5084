import type { CheckoutCart } from '../checkout-cart.ts';

/** What passes between the checkout and the extension's frame, both of this origin. */
export type CheckoutMessage =
  { type: 'cart_changed'; cart: CheckoutCart } | { type: 'height'; pixels: number };

interface PageSettings {
  base: string;
  texts: { remove: string };
}

function readSettings(): PageSettings {
  const settings: PageSettings = JSON.parse(
    document.getElementById('checkout-settings')?.textContent ?? '{}',
  );
  return settings;
}

const settings = readSettings();
const frame = document.querySelector<HTMLIFrameElement>('.extension-frame');

function drawSums(cart: CheckoutCart): void {
  for (const name of ['subtotal', 'shipping', 'tax', 'total'] as const) {
    const element = document.querySelector(`[data-sum="${name}"]`);
    if (element) element.textContent = cart.shown[name];
  }
  const rows = cart.shown.discounts.map(({ title, amount }) => {
    const row = document.createElement('div');
    row.className = 'sum';
    const label = document.createElement('span');
    label.textContent = title;
    const value = document.createElement('span');
    value.textContent = amount;
    row.append(label, value);
    return row;
  });
  document.getElementById('discounts')?.replaceChildren(...rows);
}

function drawCodes(cart: CheckoutCart): void {
  const chips = cart.codes.map((code) => {
    const chip = document.createElement('span');
    chip.className = 'code-chip';
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.textContent = '✕';
    remove.setAttribute('aria-label', `${settings.texts.remove} ${code}`);
    remove.addEventListener('click', () => void changeCode('removeDiscountCode', code));
    chip.append(code, remove);
    return chip;
  });
  document.getElementById('codes')?.replaceChildren(...chips);
}

function draw(cart: CheckoutCart): void {
  drawSums(cart);
  drawCodes(cart);
}

async function changeCode(type: 'addDiscountCode' | 'removeDiscountCode', code: string): Promise<void> {
  const response = await fetch(`${settings.base}/codes`, {
    method: 'POST',
    body: JSON.stringify({ type, code }),
  });
  const { result, cart }: { result: { type: string; message?: string }; cart: CheckoutCart } =
    await response.json();
  const problem = document.getElementById('code-problem');
  if (problem) problem.textContent = result.message ?? '';
  draw(cart);
  const message: CheckoutMessage = { type: 'cart_changed', cart };
  frame?.contentWindow?.postMessage(message, location.origin);
}

document.getElementById('code-form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const field = document.querySelector<HTMLInputElement>('#code');
  if (!field?.value.trim()) return;
  void changeCode('addDiscountCode', field.value.trim()).then(() => (field.value = ''));
});

addEventListener('message', (event: MessageEvent<CheckoutMessage>) => {
  if (event.origin !== location.origin || event.source !== frame?.contentWindow) return;
  if (event.data.type === 'cart_changed') draw(event.data.cart);
  if (event.data.type === 'height' && frame) frame.style.height = `${event.data.pixels}px`;
});

void fetch(`${settings.base}/cart`).then(async (response) => draw(await response.json()));

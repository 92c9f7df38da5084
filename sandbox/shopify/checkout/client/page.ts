import { listenToExtensions, tellExtensions } from '../../extensions/client/page-frames.ts';
import type { CheckoutData } from '../../extensions/client/apis/checkout-data.ts';
import type { CheckoutCart } from '../checkout-cart.ts';

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
  const { result, data }: { result: { type: string; message?: string }; data: { checkout: CheckoutData } } =
    await response.json();
  const problem = document.getElementById('code-problem');
  if (problem) problem.textContent = result.message ?? '';
  draw(data.checkout.cart);
  tellExtensions(data);
}

document.getElementById('code-form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const field = document.querySelector<HTMLInputElement>('#code');
  if (!field?.value.trim()) return;
  void changeCode('addDiscountCode', field.value.trim()).then(() => (field.value = ''));
});

listenToExtensions({ onChanged: ({ checkout }) => checkout && draw(checkout.cart) });

void fetch(`${settings.base}/cart`).then(async (response) => draw(await response.json()));

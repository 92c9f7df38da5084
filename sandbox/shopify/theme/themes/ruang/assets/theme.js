// A theme with a drawer: what is in the cart is written into the page, nothing is loaded again.
const root = document.documentElement.dataset.root;
const locale = document.documentElement.lang;
const drawer = document.querySelector('.r-drawer');

const money = (hundredths, currency) =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: currency === 'IDR' ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(hundredths / 100);

async function show() {
  const cart = await (await fetch(`${root}/cart.js`)).json();
  for (const each of document.querySelectorAll('[data-count]')) each.textContent = cart.item_count;
  for (const each of document.querySelectorAll('[data-total]'))
    each.textContent = money(cart.total_price, cart.currency);
  for (const each of document.querySelectorAll('[data-codes]'))
    each.textContent = cart.discount_codes
      .filter((code) => code.applicable)
      .map((code) => code.code)
      .join(', ');
  for (const list of document.querySelectorAll('[data-lines]'))
    list.replaceChildren(
      ...cart.items.map((item) => {
        const line = document.createElement('li');
        line.textContent = `${item.quantity} × ${item.title}: ${money(item.final_line_price, cart.currency)}`;
        return line;
      }),
    );
}

function open() {
  drawer.hidden = false;
  const script = document.querySelector('script[data-events]');
  if (script) document.dispatchEvent(new CustomEvent('shopify:cart:view', { bubbles: true }));
}

document.querySelector('.r-open').addEventListener('click', () => void show().then(open));
document.querySelector('.r-close').addEventListener('click', () => (drawer.hidden = true));
document.addEventListener('sandbox:cart-changed', () => void show());
document.querySelector('.r-buy')?.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ id: Number(event.target.elements.id.value), quantity: 1 });
  const added = await fetch(`${root}/cart/add.js`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  await added.json();
  await show();
  open();
});
document.querySelector('.r-buy select')?.addEventListener('change', (event) => {
  document.querySelector('[data-price]').textContent = event.target.selectedOptions[0].dataset.price;
});

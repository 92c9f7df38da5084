// The page of the cart is drawn anew when its codes change, app blocks too, as Dawn does by the Section Rendering API.
document.addEventListener('sandbox:cart-changed', async () => {
  const main = document.getElementById('main-cart');
  if (!main) return;
  const response = await fetch(`${location.pathname}?section_id=main-cart`);
  const fresh = document.createElement('div');
  fresh.innerHTML = await response.text();
  main.replaceWith(...fresh.childNodes);
});

// The chosen variant: its price, and its id in the form.
document.addEventListener('change', (event) => {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || select.dataset.variants === undefined) return;
  for (const name of ['id', 'variant']) select.form.elements.namedItem(name).value = select.value;
  document.querySelector('[data-product-price]').textContent = select.selectedOptions[0].dataset.price;
});

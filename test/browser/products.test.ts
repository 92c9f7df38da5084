/** Points printed on products, as the merchant types them. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const pointsOf = (title: string) => screens.field(`Points per item of ${title}`);

interface SandboxProduct {
  handle: string;
  points: string | null;
}

async function pointsAtShopify(handle: string): Promise<string | null | undefined> {
  const { products } = await screens.app.control<{ products: SandboxProduct[] }>(
    'GET',
    `products?shop=${screens.shop}`,
  );
  return products.find((product) => product.handle === handle)?.points;
}

test('points are typed into the table and saved at Shopify; what is wrong is said at its field', async () => {
  await screens.open('/loyalty/products');
  await screens.screen.getByText('No program uses these points yet').waitFor();
  await pointsOf('Batik Tulis Parang').fill('150');
  await pointsOf('Sambal Roa Manado').fill('two');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Enter a whole number').waitFor();
  expect(await pointsAtShopify('batik-tulis-parang')).toBeNull();

  const sambal = pointsOf('Sambal Roa Manado');
  await sambal.fill('2');
  // By keyboard, as a form is sent.
  await sambal.press('Enter');
  await screens.toast('Saved').waitFor();
  expect(await pointsAtShopify('batik-tulis-parang')).toBe('150');
  expect(await pointsAtShopify('sambal-roa-manado')).toBe('2');

  await screens.screen.getByRole('searchbox', { name: 'Search products' }).fill('bati');
  await pointsOf('Sambal Roa Manado').waitFor({ state: 'detached' });
  expect(await pointsOf('Batik Tulis Parang').inputValue()).toBe('150');
});

test('a product that is gone meanwhile is named, and what was typed stays', async () => {
  await screens.open('/loyalty/products');
  await pointsOf('Sandal Kulit Garut').fill('9');
  await fetch(`${screens.app.sandboxUrl}/_control/products/sandal-kulit-garut?shop=${screens.shop}`, {
    method: 'DELETE',
  });
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('This product is no longer in your store').waitFor();
  expect(await pointsOf('Sandal Kulit Garut').inputValue()).toBe('9');
});

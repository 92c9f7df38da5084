import { control, openClub, type Addresses } from '../scripts/lib/shop-visit.ts';

const SHOPS = ['setia-demo.myshopify.com', 'setia-usd.myshopify.com'];
const DAY_MS = 86_400_000;

interface Listed {
  customers: { email: string }[];
  products: { variants: { id: number }[] }[];
}

/** Days ago, customer, product and quantity: some history, so that the admin isn't empty. */
const PAST_ORDERS = [
  { daysAgo: 20, customer: 0, product: 3, quantity: 1 },
  { daysAgo: 12, customer: 1, product: 0, quantity: 3 },
  { daysAgo: 5, customer: 0, product: 1, quantity: 4 },
  { daysAgo: 2, customer: 2, product: 3, quantity: 2 },
];

/**
 * Installs the app in the sandbox's shops by opening it there, launches their clubs and, in a sandbox without orders, places some of the
 * last weeks. Running it again adds nothing.
 */
export async function seed(at: Addresses): Promise<void> {
  for (const shop of SHOPS) await seedShop(at, shop);
}

/** The same for one shop. */
export async function seedShop(at: Addresses, shop: string): Promise<void> {
  await openClub(at, shop);
  const { orders } = await control<{ orders: unknown[] }>(at, 'GET', `orders?shop=${shop}&limit=1`);
  if (orders.length === 0) await placePastOrders(at, shop);
}

async function placePastOrders(at: Addresses, shop: string): Promise<void> {
  const { customers } = await control<Pick<Listed, 'customers'>>(at, 'GET', `customers?shop=${shop}`);
  const { products } = await control<Pick<Listed, 'products'>>(at, 'GET', `products?shop=${shop}`);
  const { now } = await control<{ now: string }>(at, 'GET', 'clock');
  for (const { daysAgo, customer, product, quantity } of PAST_ORDERS) {
    const variant = products[product % products.length]?.variants[0]?.id;
    await control(at, 'POST', 'orders', {
      shop,
      customer: customers[customer % customers.length]?.email,
      lines: [{ variant, quantity }],
      at: new Date(Date.parse(now) - daysAgo * DAY_MS).toISOString(),
    });
  }
}

/** Advanced search by each family of conditions, at the width of a desk and of a phone. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();

const condition = (name: string) => screens.screen.getByRole('group', { name, exact: true });

async function add(name: string): Promise<void> {
  await screens.button('Add condition').last().click();
  await screens.screen.getByRole('searchbox', { name: 'Find a condition' }).fill(name);
  await screens.screen.getByRole('menuitem', { name, exact: true }).click();
}

async function choose(name: string, value: string): Promise<void> {
  await condition(name).getByRole('combobox', { name: 'Values' }).click();
  await screens.screen.getByRole('option', { name: value, exact: true }).click();
  await condition(name)
    .getByRole('button', { name: `Remove ${value}` })
    .waitFor();
}

/** One of each family: what is done in the editor, the chip that follows, and a customer who is found alone. */
const FAMILIES: Record<string, { fill: () => Promise<void>; chip: string }> = {
  'about the customer': {
    fill: async () => {
      await add('Gender');
      await choose('Gender', 'Female');
    },
    chip: 'Gender is Female',
  },
  'where they live': {
    fill: async () => {
      await add('Postal code');
      await condition('Postal code').getByLabel('Comparison').selectOption({ label: 'starts with …' });
      await condition('Postal code').getByRole('combobox', { name: 'Values' }).fill('401');
      await condition('Postal code').getByRole('combobox', { name: 'Values' }).press('Enter');
    },
    chip: 'Postal code starts with 401',
  },
  orders: {
    fill: async () => {
      await add('Total spent on valid orders');
      await condition('Total spent on valid orders').getByLabel('Value').fill('500,000');
    },
    chip: 'Total spent on valid orders is at least Rp 500,000',
  },
  products: {
    fill: async () => {
      await add('Products bought');
      await condition('Products bought').getByLabel('Choose products by').selectOption('vendor');
      await condition('Products bought').getByRole('combobox', { name: 'Values' }).fill('Kebun');
      await condition('Products bought').getByRole('combobox', { name: 'Values' }).press('Enter');
    },
    chip: 'Bought products from Kebun',
  },
  club: {
    fill: () => add('Club membership'),
    chip: 'Is a club member',
  },
  'contact and consent': {
    fill: async () => {
      await add('SMS marketing');
      await choose('SMS marketing', 'Subscribed');
    },
    chip: 'SMS marketing is Subscribed',
  },
};

/** 970001 is meant by each, 970002 by none. */
const PERSONS = `
  WITH made AS (INSERT INTO customers (shop_id, customer_id, first_name, gender, postal_code, member_since, sms_consent, phone)
      VALUES ($1, 970001, 'Meant', 'female', '40111', ledger_now(), 'subscribed', '+6281297000001'),
        ($1, 970002, 'Other', 'male', '14010', NULL, 'unsubscribed', '+6281297000002') RETURNING shop_id)
  INSERT INTO products (shop_id, product_id, title, vendor) VALUES ($1, 9700, 'Teh', 'Kebun')`;
const BOUGHT = `
  WITH spent AS (UPDATE customer_stats SET spend_minor = 60000000, orders_valid = 1, orders_all = 1,
      first_order_at = ledger_now(), last_order_at = ledger_now(), latest_order_at = ledger_now()
      WHERE shop_id = $1 AND customer_id = 970001)
  INSERT INTO customer_products (shop_id, customer_id, product_id, variant_id, first_at, last_at, times, units, net_minor)
  VALUES ($1, 970001, 9700, 97001, ledger_now(), ledger_now(), 1, 1, 60000000)`;

test.each(WIDTHS)(
  'one condition of each family finds its customers, and with "Exclude" the others ($name)',
  async (size) => {
    const { screen } = screens;
    const isThere = await screens.query('SELECT FROM customers WHERE shop_id = $1 AND customer_id = 970001');
    if (isThere.length === 0) {
      await screens.query(PERSONS);
      await screens.query(BOUGHT);
    }
    await screens.resize(size);
    for (const [family, { fill, chip }] of Object.entries(FAMILIES)) {
      await screens.open('/customers?q=%2B62812970000');
      await screen.getByText('2 customers', { exact: true }).waitFor();
      await screens.openAdvancedSearch();
      await fill();
      await screens.button('Show customers').click();
      await screen.getByText(chip, { exact: true }).first().waitFor();
      await screen.getByText('1 customer', { exact: true }).waitFor();
      expect([family, await screen.getByText('Meant').count()]).toEqual([family, 1]);

      await screens.openAdvancedSearch();
      await screen
        .getByRole('checkbox', { name: /^Exclude/ })
        .last()
        .click({ force: true });
      await screens.button('Show customers').click();
      await screen.getByText('Other').first().waitFor();
      await screen.getByText('1 customer', { exact: true }).waitFor();
    }
    expect(screens.watched.problems).toEqual([]);
  },
);

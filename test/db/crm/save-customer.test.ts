/** A customer's form: Shopify first, then here; refusals, lost answers, two who change the same. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault as shopifyFault, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { valuesOf } from '#app/modules/crm/form/form-values.ts';
import { readKnownCustomer } from '#app/modules/crm/form/known-customer.server.ts';
import { saveCustomer, type SavingShop } from '#app/modules/crm/form/save-customer.server.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { recordConsents } from '#app/modules/customers/record-consents.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { listAccesses } from '#app/modules/privacy/accesses.server.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

let shop: SavingShop;
let siti: bigint;
const BY = { locale: 'id', actor: 'staff:9' };

useSandboxShop();
beforeEach(async () => {
  shop = { ...club, domain: DEMO_SHOP, timeZone: 'Asia/Jakarta', country: 'ID' };
  await pool.query('DELETE FROM customers WHERE shop_id = $1', [shop.shopId]);
  await pool.query('DELETE FROM customer_changes WHERE shop_id = $1', [shop.shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shop.shopId]);
  siti = BigInt(held('siti.rahmawati@example.com').id);
  sandbox.receiver.received.length = 0;
});

const held = (reference: string | number): Loose => sandbox.world.findCustomer(DEMO_SHOP, reference);
const fault = (kind: string, operation: string, change: object = {}) =>
  shopifyFault(kind, { operation, ...change });

/** What Shopify sent, worked like the inbox does. */
async function workWebhooks(): Promise<void> {
  await sandbox.webhooks.idle();
  const events = sandbox.receiver.received
    .filter(({ topic }) => topic === 'customers/update' || topic === 'customers/create')
    .map(({ topic, headers, payload }) => ({
      shopId: shop.shopId,
      topic,
      triggeredAt: new Date(headers['x-shopify-triggered-at'] ?? ''),
      payload,
    }));
  sandbox.receiver.received.length = 0;
  await withTransaction((tx) => upsertCustomers(tx, events).then(() => undefined));
}

/** What Shopify sent of consents, as often as told. */
async function workConsents(times = 1): Promise<void> {
  await sandbox.webhooks.idle();
  const events = sandbox.receiver.received
    .filter(({ topic }) => topic.includes('marketing_consent'))
    .map(({ topic, headers, payload }) => ({
      shopId: shop.shopId,
      topic,
      triggeredAt: new Date(headers['x-shopify-triggered-at'] ?? ''),
      payload,
    }));
  expect(events).not.toEqual([]);
  for (let time = 0; time < times; time += 1) await withTransaction((tx) => recordConsents(tx, events));
  sandbox.receiver.received.length = 0;
}

/** Siti, as a webhook told of her. */
async function givenSiti(): Promise<void> {
  await sandbox.control('POST', `/_control/customers/${siti}`, { firstName: 'Siti' });
  await workWebhooks();
}

async function formOf(customerId: bigint): Promise<Record<string, unknown>> {
  const known = await readKnownCustomer(shop.shopId, customerId);
  const values = valuesOf(known!.record, known!.own, BY.locale);
  return { ...values, loaded: JSON.stringify(values) };
}
const edit = async (change: Record<string, unknown>, from?: Record<string, unknown>) =>
  saveCustomer(shop, siti, { ...(from ?? (await formOf(siti))), ...change }, BY);
const add = (values: Record<string, unknown>, formKey: string = randomUUID()) =>
  saveCustomer(shop, null, { formKey, loaded: '{}', ...values }, BY);
const row = async (customerId: bigint): Promise<Loose> =>
  (
    await pool.query('SELECT * FROM customers WHERE shop_id = $1 AND customer_id = $2', [
      shop.shopId,
      customerId,
    ])
  ).rows[0];
const history = async (customerId: bigint): Promise<string[]> =>
  (
    await pool.query<{ text: string }>(
      `SELECT concat_ws(' ', field, before, '->', after, source, CASE WHEN is_kept THEN '' ELSE 'lost' END) AS text
       FROM customer_changes WHERE shop_id = $1 AND customer_id = $2 ORDER BY change_id`,
      [shop.shopId, customerId],
    )
  ).rows.map(({ text }) => text.trim());
const accessKinds = async () => (await listAccesses(shop.shopId, siti)).map(({ what }) => what);

const PLACE = {
  countryCode: 'ID',
  provinceCode: 'JB',
  province: 'Jawa Barat',
  city: 'Kota Bandung',
  district: 'Coblong',
  villageCode: '32.73.02.1004',
  village: 'Dago',
  postalCode: '40132',
  street: 'Jl. Dago 1, RT 2/RW 3',
};

describe('a new customer', () => {
  test('is the same at Shopify and here, with metafields, consent, category and discount', async () => {
    const { rows } = await pool.query<{ category_id: bigint }>(
      `SELECT category_id FROM categories WHERE shop_id = $1 AND key = 'reseller'`,
      [shop.shopId],
    );
    const answer = await add({
      ...PLACE,
      firstName: 'Wayan',
      phone: '0812-3456-7899',
      email: 'Wayan@Example.com',
      gender: 'male',
      birthDate: '1990-02-28',
      interests: 'kopi\nbatik\nKopi',
      social_instagram: 'https://www.instagram.com/wayan.bali/',
      smsConsent: 'subscribed',
      smsConsentOn: '2026-01-05',
      smsConsentSource: 'paper',
      categoryId: String(rows[0]!.category_id),
      discount: '12,5',
      weight: '70',
      nationalId: '3273012802900001',
    });
    expect(answer).toMatchObject({ ok: true });
    const id = answer.ok ? answer.customerId : 0n;
    const there = held(Number(id));
    expect(there).toMatchObject({
      phone: '+6281234567899',
      email: 'wayan@example.com',
      address: { city: 'Kota Bandung', address1: 'Jl. Dago 1, RT 2/RW 3', provinceCode: 'JB' },
      smsConsent: { state: 'SUBSCRIBED', updatedAt: '2026-01-04T17:00:00.000Z' },
    });
    const metafields = Object.fromEntries(there.metafields.map(({ key, value }: Loose) => [key, value]));
    expect(metafields).toEqual({
      gender: 'male',
      birth_date: '1990-02-28',
      interests: '["kopi","batik"]',
      social: '{"instagram":"wayan.bali"}',
      district: 'Coblong',
    });
    expect(await row(id)).toMatchObject({
      first_name: 'Wayan',
      phone: '+6281234567899',
      city: 'Kota Bandung',
      district: 'Coblong',
      village_code: '32.73.02.1004',
      village: 'Dago',
      sms_consent: 'subscribed',
      sms_consent_source: 'paper',
      person_discount_bp: 1_250,
      category_id: rows[0]!.category_id,
      // The shop did not switch sensitive fields on.
      weight_grams: null,
      national_id_cipher: null,
    });
    await workWebhooks();
    expect(await row(id)).toMatchObject({ district: 'Coblong', village: 'Dago', gender: 'male' });
    expect(JSON.stringify(there)).not.toContain('1004');
    expect((await history(id)).filter((text) => text.includes('shopify'))).toEqual([]);
  });

  test('needs a phone or an e-mail address; an error of Shopify is shown at its field and leaves nothing behind', async () => {
    expect(await add({ firstName: 'Wayan' })).toEqual({
      ok: false,
      errors: { phone: { code: 'needs_contact' } },
    });
    const key = randomUUID();
    expect(await add({ firstName: 'Wayan', phone: '+6281234567801' }, key)).toEqual({
      ok: false,
      errors: { phone: { code: 'taken' } },
    });
    expect((await pool.query('SELECT FROM customers WHERE shop_id = $1', [shop.shopId])).rowCount).toBe(0);
    expect(await add({ firstName: 'Wayan', phone: '+6281234567899' }, key)).toMatchObject({ ok: true });
  });

  test('a form sent twice at once makes one customer', async () => {
    const key = randomUUID();
    const values = { firstName: 'Wayan', phone: '+6281234567899' };
    const [first, second] = await Promise.all([add(values, key), add(values, key)]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    expect(
      sandbox.world.shop(DEMO_SHOP).customers.filter(({ firstName }) => firstName === 'Wayan'),
    ).toHaveLength(1);
  });

  test('an answer that was lost is found again', async () => {
    await fault('lostReply', 'customerSet');
    const answer = await add({ firstName: 'Wayan', email: 'wayan@example.com', gender: 'male' });
    expect(answer).toMatchObject({ ok: true });
    expect(held('wayan@example.com').metafields).toHaveLength(1);
  });

  test('a failure halfway is reported, and submitting the form again completes the same customer', async () => {
    const key = randomUUID();
    const values = { firstName: 'Wayan', email: 'wayan@example.com', gender: 'male' };
    await fault('status500', 'metafieldsSet');
    expect(await add(values, key)).toEqual({ ok: false, errors: { form: { code: 'partly_saved' } } });
    await pool.query(`UPDATE customer_forms SET created_at = created_at - interval '1 minute'`);
    expect(await add(values, key)).toMatchObject({ ok: true });
    expect(held('wayan@example.com').metafields).toHaveLength(1);
  });
});

describe('an edit', () => {
  beforeEach(givenSiti);

  test('writes only what was changed, and loses no address', async () => {
    const other = { ...held(Number(siti)).address, id: 42, city: 'Medan' };
    held(Number(siti)).otherAddresses = [other];
    held(Number(siti)).address.company = 'PT Maju';
    await sandbox.control('POST', `/_control/customers/${siti}`, { note: 'typed at Shopify' });
    const from = await formOf(siti);
    expect(await edit({ lastName: 'Baru', city: 'Cimahi' }, from)).toMatchObject({ ok: true });
    const there = held(Number(siti));
    expect(there).toMatchObject({ lastName: 'Baru', note: 'typed at Shopify', otherAddresses: [other] });
    expect(there.address).toMatchObject({
      city: 'Cimahi',
      company: 'PT Maju',
      address1: 'Jl. Merdeka No. 12',
    });
    expect(await row(siti)).toMatchObject({
      last_name: 'Baru',
      city: 'Cimahi',
      street: 'Jl. Merdeka No. 12',
    });
    await workWebhooks();
    expect(await row(siti)).toMatchObject({ last_name: 'Baru', note: 'typed at Shopify' });
    expect(await history(siti)).toEqual(
      expect.arrayContaining(['lastName Rahmawati -> Baru staff', expect.stringContaining('shopify')]),
    );
  });

  test('Shopify refuses: named at the field, nothing changed anywhere', async () => {
    expect(await edit({ firstName: 'Lain', email: 'budi.santoso@example.com' })).toEqual({
      ok: false,
      errors: { email: { code: 'taken' } },
    });
    expect(await edit({ ...PLACE, provinceCode: 'ZZ' })).toEqual({
      ok: false,
      errors: { provinceCode: { code: 'refused' } },
    });
    expect(held(Number(siti))).toMatchObject({ firstName: 'Siti', email: 'siti.rahmawati@example.com' });
    expect(await row(siti)).toMatchObject({ first_name: 'Siti', email: 'siti.rahmawati@example.com' });
  });

  test('an answer that was lost counts as what Shopify has now', async () => {
    await fault('lostReply', 'customerSet');
    expect(await edit({ lastName: 'Baru', city: 'Cimahi' })).toMatchObject({ ok: true });
    expect(await row(siti)).toMatchObject({ last_name: 'Baru' });
    await fault('lostReply', 'metafieldsSet');
    expect(await edit({ gender: 'female' })).toMatchObject({ ok: true });
    await fault('timeout', 'customerSet', { delayMs: 1 });
    expect(await edit({ lastName: 'Lagi' })).toEqual({
      ok: false,
      errors: { form: { code: 'not_saved' } },
    });
    expect(await row(siti)).toMatchObject({ last_name: 'Baru', gender: 'female' });
  });

  test('two who change different fields keep both; of the same field the later wins and the history shows both', async () => {
    const loadedBefore = await formOf(siti);
    await sandbox.control('POST', `/_control/customers/${siti}`, {
      note: 'from Shopify',
      firstName: 'Sitta',
    });
    expect(await edit({ lastName: 'Baru', firstName: 'Siti R.' }, loadedBefore)).toMatchObject({ ok: true });
    await workWebhooks();
    expect(held(Number(siti))).toMatchObject({
      note: 'from Shopify',
      firstName: 'Siti R.',
      lastName: 'Baru',
    });
    expect(await row(siti)).toMatchObject({ note: 'from Shopify', first_name: 'Siti R.', last_name: 'Baru' });
    expect((await history(siti)).some((text) => text.includes('Sitta'))).toBe(true);
  });

  test('what only the club knows does not go to Shopify; a discount goes with the category that allowed it', async () => {
    const categories = await pool.query<{ key: string; category_id: bigint }>(
      'SELECT key, category_id FROM categories WHERE shop_id = $1',
      [shop.shopId],
    );
    const idOf = (key: string) => String(categories.rows.find((each) => each.key === key)!.category_id);
    await pool.query('UPDATE club_settings SET sensitive_fields = true WHERE shop_id = $1', [shop.shopId]);
    const before = held(Number(siti)).updatedAt;
    expect(
      await edit({ categoryId: idOf('dropshipper'), discount: '10', nationalId: '32.7301-280290 0001' }),
    ).toMatchObject({ ok: true });
    expect(held(Number(siti)).updatedAt).toBe(before);
    const kept = await row(siti);
    expect(kept.person_discount_bp).toBe(1_000);
    expect(readNationalId(shop.shopId, kept.national_id_cipher)).toBe('3273012802900001');
    expect(await accessKinds()).toEqual(['national_id_set']);
    expect(await edit({ categoryId: idOf('agent') })).toMatchObject({ ok: true });
    expect((await row(siti)).person_discount_bp).toBeNull();
    expect(await edit({ removeNationalId: true, weight: '62,5', height: '171,5' })).toMatchObject({
      ok: true,
    });
    expect(await row(siti)).toMatchObject({ national_id_hash: null, weight_grams: 62_500, height_mm: 1_715 });
    expect(await accessKinds()).toEqual(['national_id_removed', 'national_id_set']);
    const keys = held(Number(siti)).metafields.map(({ key, value }: Loose) => [key, value].join(' '));
    expect(keys).toEqual(['weight_kg 62.500', 'height_cm 171.5']);
  });

  test('a consent is saved at Shopify too, keeps its source, and can be withdrawn there', async () => {
    const said = { smsConsent: 'subscribed', smsConsentOn: '2026-02-03', smsConsentSource: 'phone' };
    expect(await edit({ ...said, smsConsentSource: '' })).toEqual({
      ok: false,
      errors: { smsConsentSource: { code: 'required' } },
    });
    expect(await edit(said)).toMatchObject({ ok: true });
    await workConsents(2);
    expect(await row(siti)).toMatchObject({ sms_consent: 'subscribed', sms_consent_source: 'phone' });
    await sandbox.graphql(
      `mutation ($input: CustomerSmsMarketingConsentUpdateInput!) {
        customerSmsMarketingConsentUpdate(input: $input) { userErrors { message } } }`,
      {
        input: {
          customerId: `gid://shopify/Customer/${siti}`,
          smsMarketingConsent: { marketingState: 'UNSUBSCRIBED' },
        },
      },
    );
    await workConsents(2);
    expect(await row(siti)).toMatchObject({ sms_consent: 'unsubscribed', sms_consent_source: 'shopify' });
    expect(await history(siti)).toEqual([
      'smsConsent -> subscribed staff',
      'smsConsent subscribed -> unsubscribed shopify',
    ]);
    expect(await edit({ phone: '', emailConsent: 'subscribed', emailConsentSource: 'web' })).toEqual({
      ok: false,
      errors: { emailConsentSource: { code: 'invalid' } },
    });
  });

  test('the tier is saved with everything else or not at all', async () => {
    await givenSiti();
    await pool.query('UPDATE club_settings SET tiers_active = true WHERE shop_id = $1', [shop.shopId]);
    const { rows } = await pool.query<{ tier_id: bigint }>(
      'SELECT tier_id FROM tiers WHERE shop_id = $1 AND removed_at IS NULL ORDER BY position DESC LIMIT 1',
      [shop.shopId],
    );
    const tierId = rows[0]!.tier_id;
    const form = await formOf(siti);
    const change = { lastName: 'Emas', tierId: String(tierId), tierReason: 'Opening night' };
    await pool.query(
      `CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$;
       CREATE TRIGGER crash BEFORE INSERT ON tier_changes EXECUTE FUNCTION crash()`,
    );
    try {
      await expect(edit(change, form)).rejects.toThrow('crash');
    } finally {
      await pool.query('DROP TRIGGER crash ON tier_changes; DROP FUNCTION crash()');
    }
    expect((await row(siti)).last_name).not.toBe('Emas');
    expect(await edit(change, form)).toMatchObject({ ok: true });
    expect(await row(siti)).toMatchObject({ last_name: 'Emas', tier_id: tierId });
  });

  test('a customer of another shop, or one who is deleted, is unknown', async () => {
    const form = await formOf(siti);
    await pool.query(`UPDATE customers SET state = 'deleted' WHERE shop_id = $1`, [shop.shopId]);
    const unknown = { ok: false, errors: { form: { code: 'unknown_customer' } } };
    expect(await edit({ firstName: 'A' }, form)).toEqual(unknown);
    expect(await saveCustomer({ ...shop, shopId: 999_999n }, siti, form, BY)).toEqual(unknown);
  });
});

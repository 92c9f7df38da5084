/** Texts that are used again. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  listTemplateTexts,
  listUses,
  listVersions,
  saveTemplate,
} from '#app/modules/messaging/templates/template-rows.server.ts';
import { savedCampaign } from '#test/support/campaign-bed.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

let shop: { shopId: bigint; domain: string; country: string; timeZone: string };

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  shop = { ...(await givenShop()), country: 'ID', timeZone: 'Asia/Jakarta' };
});

test('a template keeps what it said in each version, by language, and knows the campaigns written from it', async () => {
  const save = (id: bigint | null, values: object) => saveTemplate(shop.shopId, id, values, 'staff:1');
  const made = await save(null, { name: 'Sale', text_en: 'Hello', text_id: 'Halo' });
  if (!made.ok) throw new Error('not saved');
  const { templateId } = made;
  expect(await save(null, { name: 'SALE', text_en: 'x' })).toEqual({
    ok: false,
    errors: { name: { code: 'name_taken' } },
  });
  expect(await save(null, { name: 'Empty' })).toMatchObject({ errors: { text_en: { code: 'required' } } });
  await save(templateId, { name: 'Sale', text_en: 'Hello!', text_id: 'Halo' });
  await save(templateId, { name: 'Big sale', text_en: 'Hello!', text_id: '' });
  expect(await listTemplateTexts(shop.shopId)).toMatchObject([
    { name: 'Big sale', version: 3, texts: [{ language: 'en', text: 'Hello!' }] },
  ]);
  const versions = await listVersions(pool, shop.shopId, templateId);
  expect(versions.map(({ version, language, text }) => `${version} ${language} ${text}`)).toEqual([
    '3 id ',
    '2 en Hello!',
    '1 en Hello',
    '1 id Halo',
  ]);
  const id = await savedCampaign(shop, { template: String(templateId) });
  expect(await listUses(shop.shopId, templateId)).toMatchObject([{ campaignId: id }]);
  expect(await listTemplateTexts((await givenShop()).shopId)).toEqual([]);
});

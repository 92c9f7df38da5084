/** What staff fill in for a campaign. */
import { beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { duplicateCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { saveCampaign } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { frozenCampaign, givenAccount, givenRecipients } from '#test/support/campaign-bed.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

let shop: { shopId: bigint; domain: string; country: string; timeZone: string };

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  shop = { ...(await givenShop()), country: 'ID', timeZone: 'Asia/Jakarta' };
  await givenAccount(shop.shopId);
});

describe('the form', () => {
  const save = async (values: object) => {
    const saved = await saveCampaign(
      shop,
      null,
      { name: 'Promo', language: 'id', text_id: 'Halo', ...values },
      'staff:1',
    );
    return saved.ok ? 'ok' : Object.entries(saved.errors).map(([field, { code }]) => `${field}: ${code}`);
  };

  test('says at its field what is missing or wrong', async () => {
    expect(await save({})).toBe('ok');
    expect(await save({ name: '' })).toEqual(['name: required']);
    expect(await save({ language: 'th' })).toEqual(['text_th: required']);
    expect(await save({ text_en: 'Hi {{first_name}}' })).toEqual(['text_en: needs_fallback']);
    expect(await save({ audience: 'segment' })).toEqual(['segment: required']);
    expect(await save({ audience: 'numbers', numbers: ' ' })).toEqual(['numbers: required']);
    expect(await save({ holdout: '51' })).toEqual(['holdout: too_large']);
    expect(await save({ timing: 'spread' })).toEqual(['spreadHours: required']);
    expect(await save({ timing: 'local', sendTime: '25' })).toEqual([
      'sendDay: required',
      'sendTime: required',
    ]);
    expect(await save({ timing: 'local', sendDay: '2027-02-31', sendTime: '24:00' })).toEqual([
      'sendDay: not_a_day',
      'sendTime: required',
    ]);
    expect(await save({ timing: 'local', sendDay: '2020-01-01', sendTime: '10:00' })).toEqual([
      'sendDay: in_past',
    ]);
    expect(await save({ audience: 'numbers', numbers: '1\n'.repeat(10_001) })).toEqual(['numbers: too_many']);
  });

  test('a duplicate is a draft with the same audience and texts, and without the time that has passed', async () => {
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const id = await frozenCampaign(shop, { audience: 'ticked', ids: '1', text_en: 'Hello', holdout: '5' });
    const copy = (await duplicateCampaign(shop.shopId, id, 'Copy of Promo', 'staff:2'))!;
    expect(await findCampaign(pool, shop.shopId, copy)).toMatchObject({
      name: 'Copy of Promo',
      state: 'draft',
      text: 'Halo',
      texts: { en: 'Hello' },
      holdoutPercent: 5,
      audience: { kind: 'ticked', ids: ['1'] },
      quotedMicros: null,
    });
    expect(await duplicateCampaign((await givenShop()).shopId, id, 'x', 'staff:1')).toBeNull();
  });
});

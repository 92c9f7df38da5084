/** What the region pickers ask, with really signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loader } from '#app/routes/app.regions.tsx';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'regions.myshopify.com';

beforeAll(async () => {
  await givenShop({ domain: SHOP });
  await givenSession(SHOP);
});

const ask = (search: string) => loader(adminArgs(SHOP, `/app/regions?${search}`));

describe('Region choices', () => {
  it('lists the provinces of a country, the cities of a province, the districts of a city', async () => {
    const provinces = await ask('country=ID&level=province');
    expect(provinces).toMatchObject({
      ok: true,
      isCut: false,
      levels: ['province', 'city', 'district', 'village'],
    });
    expect(provinces).toHaveProperty('items.length', 38);
    expect(await ask('country=ID&level=city&parent=JK')).toHaveProperty('items.length', 6);
    const districts = await ask('country=ID&level=district&parent=31.74&q=kebayoran');
    expect(districts).toHaveProperty(
      'items',
      ['Kebayoran Baru', 'Kebayoran Lama'].map((name): unknown =>
        expect.objectContaining({ name, parent: { code: '31.74', name: 'Kota Jakarta Selatan' } }),
      ),
    );
  });

  it('lists the villages of one district, by a part of the name or with its kind before it', async () => {
    const villages = await ask('country=ID&level=village&parent=32.73.02');
    expect(villages).toMatchObject({ ok: true, isCut: false });
    expect('items' in villages && villages.items.map(({ code, name }) => `${code} ${name}`)).toEqual([
      '32.73.02.1001 Cipaganti',
      '32.73.02.1004 Dago',
      '32.73.02.1002 Lebak Gede',
      '32.73.02.1006 Lebak Siliwangi',
      '32.73.02.1003 Sadang Serang',
      '32.73.02.1005 Sekeloa',
    ]);
    const searched = { items: [{ code: '32.73.02.1004', name: 'Dago' }] };
    expect(await ask('country=ID&level=village&parent=32.73.02&q=kel. dago')).toMatchObject(searched);
    expect(await ask('country=ID&level=village&q=dago')).toHaveProperty('items', []);
    expect(await ask('country=TH&level=village&parent=100701')).toMatchObject({
      items: [],
      levels: ['province', 'city', 'district'],
    });
  });

  it('has both writings and the postal codes of Thailand', async () => {
    const answer = await ask('country=TH&level=city&parent=TH-10&q=ปทุมวัน');
    expect(answer).toMatchObject({
      items: [{ code: '1007', name: 'Pathum Wan', localName: 'ปทุมวัน', postalCodes: ['10330'] }],
    });
  });

  it('lists the countries, and says of a country without data that it has no levels', async () => {
    const countries = await ask('level=country');
    expect(countries).toMatchObject({ ok: true });
    expect('countries' in countries && countries.countries.length).toBeGreaterThan(200);
    expect(await ask('country=AQ&level=province')).toEqual({ ok: true, items: [], isCut: false, levels: [] });
    expect(await ask('country=../../x&level=city')).toMatchObject({ items: [] });
  });

  it('answers only the staff of a shop', async () => {
    const { status } = await thrownBy(loader(adminArgs(SHOP, '/app/regions?level=country', { token: null })));
    expect(status).toBeGreaterThanOrEqual(300);
  });
});

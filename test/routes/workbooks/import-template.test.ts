/** The door to the import template, with signed requests. */
import { beforeAll, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { loader } from '#app/routes/app.customers.import-template.tsx';
import { givenClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'template.myshopify.com';
const PATH = '/app/customers/import-template';

beforeAll(async () => {
  const { shopId } = await givenClub({ domain: SHOP });
  await givenSession(SHOP);
  await pool.query(`UPDATE shops SET country = 'SG' WHERE shop_id = $1`, [shopId]);
});

it('is closed without a token', async () => {
  const answer = await thrownBy(Promise.resolve(loader(adminArgs(SHOP, PATH, { token: 'no.token.atall' }))));
  expect(answer.status).toBe(401);
});

it('waits for the worker, then hands out the workbook in the language that is asked for', async () => {
  const ask = () => loader(adminArgs(SHOP, `${PATH}?locale=id`));
  const asked = ask();
  await expect
    .poll(async () => (await pool.query('SELECT locale, kind FROM exports')).rows)
    .toEqual([{ locale: 'id', kind: 'template' }]);
  await processExports();
  // On a machine so busy that the door gave up waiting, asking again gets it.
  const first = await asked;
  const response = first.status === 503 ? await ask() : first;
  expect(response.headers.get('content-disposition')).toContain('setia-customers-template.xlsx');
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
});

/** Home's word that the theme shows the club: from then on the worker keeps what its blocks read at Shopify. */
import { beforeAll, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action, loader } from '#app/routes/app._index.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession } from '#test/support/route-requests.ts';

let club: TestClub;
let other: TestClub;
beforeAll(async () => {
  club = await givenClub();
  other = await givenClub();
  await givenSession(club.domain);
  await givenSession(other.domain);
});

const isOn = async ({ domain }: TestClub): Promise<boolean> =>
  (await loader(adminArgs(domain, '/app'))).checklist.isThemeOn;

test('it is off until a block is placed, and on for this shop alone', async () => {
  expect(await isOn(club)).toBe(false);
  const answer = await action(adminArgs(club.domain, '/app?index', { json: { intent: 'blocks_placed' } }));
  expect(answer.data).toEqual({ ok: true });
  expect([await isOn(club), await isOn(other)]).toEqual([true, false]);
  const { rows } = await pool.query(`SELECT FROM graphile_worker.jobs WHERE key = 'write-standings'`);
  expect(rows).toHaveLength(1);
});

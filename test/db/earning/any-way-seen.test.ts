/**
 * What an order gives does not depend on how it was seen: step by step, in any order with duplicates, in part by
 * reconciliation or only at its end, its customer has the same balance, lots, terms and figures.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useSandboxShop, club as shopClub } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { audit, award, moveClock, type TestClub } from '#test/support/clubs.ts';
import { play, story, type Seen } from '#test/support/order-stories.ts';
import { givenRichClub, outcomeOf } from '#test/support/rich-club.ts';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const RUNS = Number(process.env.RUNS ?? 4);
const DAY_MS = 86_400_000;
const STARTS_AT = Math.floor(Date.now() / DAY_MS) * DAY_MS - 60 * DAY_MS + 3 * 3_600_000;

useSandboxShop({ hasOrders: false });

type Event = Seen['reading'];
const see = (club: TestClub, events: Event[]) =>
  award(...events.map((event) => ({ ...event, shopId: club.shopId })));

/** Sets the clock to a moment and lets the night's work run. */
async function nightOf(at: number): Promise<void> {
  await moveClock(`${(at - Date.now()) / 1_000} seconds`);
  await expireLots();
}

/** Readings of orders of which a webhook did not tell all, as the worker would bring them: asked now. */
async function bringRefreshes(club: TestClub, last: Seen[]): Promise<void> {
  const { rows } = await pool.query<{ order_id: bigint }>(
    'DELETE FROM order_refreshes WHERE shop_id = $1 RETURNING order_id',
    [club.shopId],
  );
  const asked = last.filter(({ orderId }) => rows.some((row) => row.order_id === BigInt(orderId)));
  if (asked.length > 0)
    await see(
      club,
      asked.map(({ reading }) => ({ ...reading, triggeredAt: new Date(Date.now() + 1_000) })),
    );
}

/** In any order, in batches of any size; a key beyond the last is taken from the start. */
async function seeShuffled(club: TestClub, events: Event[], keys: number[]): Promise<void> {
  const keyAt = (index: number) => keys[index % keys.length]! + index * 7_919;
  const deck = events
    .flatMap((event, index) => (keyAt(index) % 5 === 0 ? [event, event] : [event]))
    .map((event, index) => ({ event, key: (keyAt(index) * 2_654_435_761) % 1_000_003 }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);
  for (let start = 0, batch = 0; start < deck.length; batch++) {
    const size = 1 + (keyAt(batch) % 6);
    await see(club, deck.slice(start, start + size));
    start += size;
  }
}

type Way = (club: TestClub, seen: Seen[], last: Seen[], keys: number[]) => Promise<void>;

const WAYS: Record<string, Way> = {
  'step by step': async (club, seen) => {
    for (const { webhooks } of seen) await see(club, webhooks);
  },
  'in any order, with duplicates': (club, seen, _last, keys) =>
    seeShuffled(
      club,
      seen.flatMap(({ webhooks }) => webhooks),
      keys,
    ),
  'in part by reconciliation, in any order': (club, seen, last, keys) => {
    const some = seen.flatMap(({ webhooks, reading }, index) => {
      const key = keys[index % keys.length]! % 4;
      return key === 0 ? [] : key === 1 ? [reading] : key === 2 ? webhooks.slice(-1) : [...webhooks, reading];
    });
    return seeShuffled(club, [...some, ...last.map(({ reading }) => reading)], keys);
  },
  'only at its end, by reconciliation': (club, _seen, last) =>
    see(
      club,
      last.map(({ reading }) => reading),
    ),
  'only by its last webhooks': (club, _seen, last) =>
    see(
      club,
      last.flatMap(({ webhooks }) => webhooks),
    ),
};

test(`SEED=${SEED}: the same history comes to the same, whichever way it was seen`, async () => {
  const histories = fc.record({
    stories: fc.array(story, { minLength: 3, maxLength: 3 }),
    keys: fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(histories, async ({ stories, keys }) => {
      const played: Seen[][] = [];
      for (const [index, one] of stories.entries())
        played.push(await play(one, shopClub.customers[index % 2]!, STARTS_AT + index * 60_000));
      const seen = played.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
      const last = played.map((one) => one.at(-1)!);
      const asItHappens = await givenRichClub();
      for (const { at, webhooks } of seen) {
        await nightOf(at.getTime() + 1_000);
        await see(asItHappens, webhooks);
      }
      await nightOf(Date.now());
      await bringRefreshes(asItHappens, last);
      // What they brought may have expired before it came.
      await expireLots();
      const expected = await outcomeOf(asItHappens);
      expect(await audit(asItHappens)).toEqual([]);
      for (const [name, way] of Object.entries(WAYS)) {
        const club = await givenRichClub();
        await way(club, seen, last, keys);
        await bringRefreshes(club, last);
        await expireLots();
        expect({ way: name, ...(await outcomeOf(club)) }).toEqual({ way: name, ...expected });
        expect(await audit(club), name).toEqual([]);
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: process.env.QUICK === '1' },
  );
});

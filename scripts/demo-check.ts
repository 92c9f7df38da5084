/**
 * The main story, automated: paid orders earn, points are spent at checkout, refunds and replays change nothing they
 * shouldn't. Every figure is worked out by hand in the step's text: Rp 100,000 gives 10 points, a point is worth Rp
 * 100.
 */
import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ClubView, ReserveAnswer } from '../extensions/shared/club-api.ts';
import { callClub, control, openClub, submitAdminForm } from './lib/shop-visit.ts';
import type { Services } from './services.ts';

const SHOP = 'setia-demo.myshopify.com';
const SETTLE_TIMEOUT_MS = 120_000;
const POLL_MS = 100;
const AWARD_MS = 1_000;

type Figures = Record<'balance' | 'available' | 'held' | 'pending' | 'debt', number>;

interface PlacedOrder {
  id: number;
  name: string;
  line_items: { id: number }[];
}

/** One run of the story for a new customer. */
class Story {
  readonly #services: Services;
  readonly #customer: string;
  #steps = 0;
  isRight = true;

  constructor(services: Services, customer: string) {
    this.#services = services;
    this.#customer = customer;
  }

  /** Waits until the club shows these figures; prints what it shows. */
  async expect(what: string, wanted: Partial<Figures>): Promise<void> {
    const expected: Figures = {
      balance: 0,
      held: 0,
      pending: 0,
      debt: 0,
      ...wanted,
      available: wanted.available ?? wanted.balance ?? 0,
    };
    const deadline = Date.now() + SETTLE_TIMEOUT_MS;
    let seen = await this.#figures();
    while (!isSame(seen, expected) && Date.now() < deadline) {
      await sleep(POLL_MS);
      seen = await this.#figures();
    }
    this.#say(
      isSame(seen, expected),
      what,
      `${show(seen)}${isSame(seen, expected) ? '' : `\n       expected ${show(expected)}`}`,
    );
  }

  /** Records one condition of the story. */
  check(isTrue: boolean, what: string, detail = ''): void {
    this.#say(isTrue, what, detail);
  }

  async order(title: string, price: string, quantity: number, codes: string[] = []): Promise<PlacedOrder> {
    const body = {
      shop: SHOP,
      customer: this.#customer,
      lines: [{ title, price, quantity }],
      discountCodes: codes,
      paid: true,
    };
    return (await control<{ order: PlacedOrder }>(this.#services, 'POST', 'orders', body)).order;
  }

  async refund(order: PlacedOrder, what: { full: true } | { quantity: number }): Promise<void> {
    const lines = 'quantity' in what ? [{ line: 0, quantity: what.quantity }] : undefined;
    await control(this.#services, 'POST', 'refunds', {
      shop: SHOP,
      order: order.id,
      ...(lines ? { lines } : { full: true }),
    });
  }

  async reserve(units: number): Promise<ReserveAnswer> {
    const body = {
      kind: 'pay',
      key: randomUUID(),
      unit: 'POINTS',
      units: String(units),
      cartAmount: '1000000.00',
      currency: 'IDR',
    };
    return (await callClub<ReserveAnswer>(this.#services, SHOP, this.#customer, '/api/redemptions', body))
      .json;
  }

  async release(redemptionId: string): Promise<boolean> {
    const { json } = await callClub<{ ok: boolean }>(
      this.#services,
      SHOP,
      this.#customer,
      `/api/redemptions/${redemptionId}/release`,
      {},
    );
    return json.ok;
  }

  async #figures(): Promise<Figures> {
    const { json } = await callClub<ClubView>(
      this.#services,
      SHOP,
      this.#customer,
      '/api/club?cartAmount=1000000.00&currency=IDR',
    );
    const wallet = json.wallets.find(({ unit }) => unit === 'POINTS');
    const figure = (name: keyof Figures): number => Number(wallet?.[name] ?? Number.NaN);
    return {
      balance: figure('balance'),
      available: figure('available'),
      held: figure('held'),
      pending: figure('pending'),
      debt: figure('debt'),
    };
  }

  #say(isRight: boolean, what: string, detail: string): void {
    this.#steps += 1;
    this.isRight &&= isRight;
    process.stdout.write(
      `${isRight ? ' ok ' : 'FAIL'} ${String(this.#steps).padStart(2)}. ${what}\n       ${detail}\n`,
    );
  }
}

function isSame(a: Figures, b: Figures): boolean {
  return (
    a.balance === b.balance &&
    a.available === b.available &&
    a.held === b.held &&
    a.pending === b.pending &&
    a.debt === b.debt
  );
}

function show({ balance, available, held, pending, debt }: Figures): string {
  return `balance ${balance}, available ${available}, held ${held}, pending ${pending}, debt ${debt}`;
}

/** Plays the story on running services; returns true only if every figure was right and the audit finds nothing. */
export async function runCheck(services: Services): Promise<boolean> {
  await openClub(services, SHOP);
  const made = await control<{ customer: { admin_graphql_api_id: string } }>(services, 'POST', 'customers', {
    shop: SHOP,
    firstName: 'Wulan',
    lastName: 'Pratiwi',
    email: `wulan.${randomUUID().slice(0, 8)}@example.com`,
    phone: '+6281200009999',
  });
  const story = new Story(services, made.customer.admin_graphql_api_id);
  await story.expect('A new customer has nothing.', {});
  const first = await earn(services, story);
  await spendAndRefund(story);
  await giveBack(story);
  await spendThenRefundTheEarning(story, first);
  await earnPending(services, story);
  const audit = await runAudit(services);
  story.check(
    audit.isClean,
    'The audit recomputes every figure from the entries and the orders.',
    audit.text,
  );
  process.stdout.write(story.isRight ? '\nEvery figure is right.\n' : '\nNot every figure is right.\n');
  return story.isRight;
}

async function earn(services: Services, story: Story): Promise<PlacedOrder> {
  const order = await story.order('Batik Tulis', '1250000.00', 1);
  await story.expect('A paid order of Rp 1,250,000: 12 full steps of Rp 100,000, 10 points each.', {
    balance: 120,
  });
  await replay(services, order);
  await story.expect('Its webhook comes five times more, all at once: nothing changes.', { balance: 120 });
  return order;
}

/** The same bytes under the same ids, as when Shopify resends a webhook it believes lost. */
async function replay(services: Services, order: PlacedOrder): Promise<void> {
  const { webhooks } = await control<{ webhooks: { webhookId: string; payload: string }[] }>(
    services,
    'GET',
    `webhooks?shop=${SHOP}&topic=orders/paid`,
  );
  const delivery = webhooks.find(({ payload }) => payload.includes(String(order.id)));
  if (!delivery) throw new Error(`no orders/paid was sent for ${order.name}`);
  await Promise.all(
    Array.from({ length: 5 }, () => control(services, 'POST', `webhooks/${delivery.webhookId}/resend`)),
  );
  await control(services, 'POST', 'idle', { timeoutMs: SETTLE_TIMEOUT_MS });
  // A wrong award would take as long as a right one: wait that long before checking.
  await sleep(AWARD_MS);
}

async function spendAndRefund(story: Story): Promise<void> {
  const reserved = await story.reserve(50);
  story.check(
    reserved.ok,
    'At checkout 50 points become a code worth Rp 5,000.',
    reserved.ok
      ? `${reserved.redemption.code}, ${reserved.redemption.amountMinor} minor units`
      : reserved.reason,
  );
  if (!reserved.ok) return;
  await story.expect('The 50 are held until the order is paid.', { balance: 120, available: 70, held: 50 });
  const order = await story.order('Kopi Gayo', '300000.00', 2, [reserved.redemption.code]);
  await story.expect('Rp 600,000 less Rp 5,000, paid: 50 spent, 5 steps earn 50.', { balance: 120 });
  await story.refund(order, { quantity: 1 });
  await story.expect(
    'One of two pieces refunded: Rp 297,500 is left, 2 steps, so 30 go; half of the 50 spent, 25, come back.',
    { balance: 115 },
  );
  await story.refund(order, { full: true });
  await story.expect('The rest refunded: the other 20 go, the other 25 come back.', { balance: 120 });
}

async function giveBack(story: Story): Promise<void> {
  const refused = await story.reserve(121);
  story.check(
    !refused.ok && refused.reason === 'insufficient' && refused.available === '120',
    'More than there is is refused, with the figure.',
    JSON.stringify(refused),
  );
  const reserved = await story.reserve(100);
  await story.expect('100 points reserved.', { balance: 120, available: 20, held: 100 });
  if (reserved.ok)
    story.check(
      await story.release(reserved.redemption.id),
      'The shopper changes her mind: the code is ended at Shopify.',
      reserved.redemption.code,
    );
  await story.expect('The 100 are free again.', { balance: 120 });
}

async function spendThenRefundTheEarning(story: Story, first: PlacedOrder): Promise<void> {
  const reserved = await story.reserve(80);
  if (!reserved.ok) return story.check(false, '80 points become a code.', reserved.reason);
  await story.order('Teh Melati', '45000.00', 2, [reserved.redemption.code]);
  await story.expect('Rp 90,000 less Rp 8,000: 80 spent, no full step earns nothing.', { balance: 40 });
  await story.refund(first, { full: true });
  await story.expect(
    'The first order is refunded after its points were spent: 120 go, 80 of them are owed.',
    { balance: -80, available: 0, debt: 80 },
  );
  await story.order('Tenun Ikat', '1000000.00', 1);
  await story.expect('A new order earns 100: the debt of 80 is paid first.', { balance: 20 });
}

/** The first program of the first shop that a new demo opens. */
const PROGRAM_SCREEN = '/app/loyalty/programs/1';

/** What the merchant types there: the rules as they were, with a week of pending. */
const PENDING_PROGRAM = {
  version: '1',
  kind: 'spend',
  name: 'Poin belanja',
  unit: 'POINTS',
  startPaused: false,
  stepMinor: '100,000',
  units: '10',
  earnAt: 'paid',
  pendingDays: '7',
  lifetime: 'days',
  lifetimeDays: '365',
  includeTax: true,
  includeShipping: false,
  membersOnly: false,
  categories: 'all',
  categoryIds: '[]',
  tiers: 'all',
  tierIds: '[]',
  period: 'always',
  startsOn: '',
  endsOn: '',
  excludedProducts: '[]',
  excludedCollections: '[]',
  excludedTags: '',
};

async function earnPending(services: Services, story: Story): Promise<void> {
  const status = await submitAdminForm(services, SHOP, PROGRAM_SCREEN, PENDING_PROGRAM);
  story.check(
    status === 200,
    'The merchant lets points be pending for 7 days.',
    `the Program screen answers ${status}`,
  );
  const order = await story.order('Tas Rotan', '500000.00', 1);
  await story.expect('An order of Rp 500,000 earns 50, which cannot be spent yet.', {
    balance: 70,
    available: 20,
    pending: 50,
  });
  await story.refund(order, { full: true });
  await story.expect('It is refunded: its own pending points go, nothing else.', { balance: 20 });
}

async function runAudit(services: Services): Promise<{ isClean: boolean; text: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/ops.ts', 'audit'], {
      env: { ...process.env, ...services.env },
    });
    return { isClean: true, text: stdout.trim().replaceAll('\n', '\n       ') };
  } catch (error) {
    return { isClean: false, text: error instanceof Error ? error.message : String(error) };
  }
}

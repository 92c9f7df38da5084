import type { StaffCustomer, StaffOrder } from '../../extensions/shared/staff-api.ts';
import type { Loose } from '../support/sandbox.ts';
import { club } from './club-server.ts';

/** One request that reached the stand-in. */
export interface StaffSeen {
  method: string;
  path: string;
  authorization: string | null;
  body: Loose;
}

/** An answer of the stand-in: a body with 200, a status with a body, or a lost connection. */
export type StaffAnswer = object | { status: number; body: object } | 'lost';

/** A stand-in for the staff's API: answers by method and the path's beginning, queued; the last one stays. */
export class StaffServer {
  readonly seen: StaffSeen[] = [];
  readonly #answers = new Map<string, StaffAnswer[]>();

  /** Queues answers for `GET customers/` and the like. */
  on(request: string, ...answers: StaffAnswer[]): this {
    this.#answers.set(request, [...answers]);
    return this;
  }

  /** The requests of a kind, as `POST redemptions`. */
  sent(request: string): StaffSeen[] {
    return this.seen.filter(({ method, path }) => `${method} ${path}`.startsWith(request));
  }

  fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'https://app.example.test');
    const path = `${url.pathname.replace('/api/staff/', '')}${url.search}`;
    const method = init?.method ?? 'GET';
    const authorization = new Headers(init?.headers).get('authorization');
    this.seen.push({ method, path, authorization, body: init?.body ? JSON.parse(String(init.body)) : null });
    // The longest beginning is the most specific.
    const [key] = [...this.#answers.keys()]
      .filter((each) => `${method} ${path}`.startsWith(each))
      .sort((a, b) => b.length - a.length);
    const queue = key === undefined ? undefined : this.#answers.get(key);
    if (!queue) throw new Error(`the stand-in has no answer for ${method} ${path}`);
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    if (answer === 'lost' || answer === undefined) throw new TypeError('lost');
    const { status, body } = isWithStatus(answer) ? answer : { status: 200, body: answer };
    return Response.json(body, { status });
  };
}

const isWithStatus = (answer: object): answer is { status: number; body: object } =>
  'status' in answer && 'body' in answer;

/** A customer with 100 points to spend. */
export function staffCustomer(changes: Partial<StaffCustomer> = {}): StaffCustomer {
  return {
    person: { id: '7001', name: 'Wulan Sari', phone: '+6281234567890', email: null },
    club: club(),
    entries: [
      {
        ...{ id: '1', at: '2026-11-20T03:00:00Z', unit: 'POINTS', amount: '20', kind: 'order_spend' },
        ...{ reason: null, order: '#1001', staff: null },
      } as const,
    ],
    category: 'Retail',
    percentBp: null,
    expiring: null,
    consent: 'none',
    lockedProducts: [],
    ...changes,
  };
}

/** An order that earned 20 points by one program. */
export function staffOrder(changes: Partial<StaffOrder> = {}): StaffOrder {
  return {
    ...{
      id: '5001',
      name: '#1001',
      currency: 'IDR',
      currencyDigits: 2,
      customer: null,
      nothing: null,
      isKept: true,
    },
    rules: [
      {
        ...{
          name: 'Poin belanja',
          kind: 'program',
          baseMinor: '25000000',
          unit: 'POINTS',
          units: '20',
          silent: null,
        },
        steps: { count: '2', units: '10', stepMinor: '10000000' },
      } as const,
    ],
    earns: [{ unit: 'POINTS', units: '20' }],
    posted: [{ unit: 'POINTS', units: '20' }],
    ...{ entries: [], refunds: 0, isDue: false },
    ...changes,
  };
}

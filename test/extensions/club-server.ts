import type {
  ClubClaim,
  ClubRedemption,
  ClubReward,
  ClubView,
  ClubWallet,
} from '../../extensions/shared/club-api.ts';

/** One request that reached the stand-in. */
export interface Seen {
  method: string;
  path: string;
  authorization: string | null;
  body: Record<string, string> | null;
}

/** An answer of the stand-in: a status with a JSON body, or a lost connection. */
export type Answer = { status: number; body: unknown } | 'lost';

/** A stand-in for the club API: answers are queued per kind of request, the last one stays. */
export interface ClubServer {
  fetch: typeof globalThis.fetch;
  seen: Seen[];
  club: Answer[];
  reserve: Answer[];
  claim: Answer[];
  release: Answer[];
  /** Requests of one kind. */
  sent(kind: Kind): Seen[];
}

/** 120 points, 100 of them to spend, each worth Rp 100; minimum 10, steps of 5. */
export function wallet(changes: Partial<ClubWallet> = {}): ClubWallet {
  return {
    unit: 'POINTS',
    balance: '120',
    available: '100',
    pending: '20',
    held: '0',
    debt: '0',
    rate: { units: '1', amountMinor: '10000' },
    minimum: '10',
    step: '5',
    spendable: { units: '100', amountMinor: '1000000' },
    ...changes,
  };
}

/** A club of one wallet. */
export function club(changes: Partial<ClubView> = {}): ClubView {
  return {
    clubTitle: 'Setia Club',
    currency: 'IDR',
    currencyDigits: 2,
    locale: 'id',
    wallets: [wallet()],
    open: null,
    redemptionEnabled: true,
    rewards: [],
    claims: [],
    membership: { isMember: true, mayJoin: false },
    tier: null,
    banner: '',
    ...changes,
  };
}

/** 50 points reserved under a code. */
export const REDEMPTION: ClubRedemption = {
  id: '0d1f6d3e-8d1e-4f0a-9a53-0c0a8f6e5f11',
  unit: 'POINTS',
  units: '50',
  amountMinor: '500000',
  code: 'SETIA-ABCD',
  reward: null,
  expiresAt: '2026-11-21T12:00:00Z',
};

/** 80 points for 10 % off a cart of at least Rp 100,000, which this customer can take. */
export function reward(changes: Partial<ClubReward> = {}): ClubReward {
  return {
    id: '11',
    name: 'Ten off',
    kind: 'percent',
    percentBp: 1_000,
    amountMinor: null,
    minimumCartMinor: '10000000',
    unit: 'POINTS',
    units: '80',
    description: '',
    pictureUrl: null,
    validDays: 30,
    obstacle: null,
    missing: '0',
    limitPerCustomer: null,
    ...changes,
  };
}

/** A phone that the customer asked for. */
export function claim(changes: Partial<ClubClaim> = {}): ClubClaim {
  return {
    id: '5d1f6d3e-8d1e-4f0a-9a53-0c0a8f6e5f22',
    number: 'GIFT-X7',
    name: 'Phone',
    unit: 'POINTS',
    units: '90',
    state: 'requested',
    note: '',
    requestedAt: '2026-11-21T12:00:00Z',
    ...changes,
  };
}

/** 200 with a club. */
export const clubAnswer = (changes: Partial<ClubView> = {}): Answer => ({ status: 200, body: club(changes) });

/** 200 with a redemption. */
export const reserved = (changes: Partial<ClubRedemption> = {}): Answer => ({
  status: 200,
  body: { ok: true, redemption: { ...REDEMPTION, ...changes } },
});

/** 409 with a reason. */
export const refused = (reason: string): Answer => ({
  status: 409,
  body: { ok: false, reason, available: '100', minimum: '10' },
});

/** Starts a stand-in that shows a club, reserves 50 points and releases them. */
export function createClubServer(): ClubServer {
  const server: ClubServer = {
    seen: [],
    club: [clubAnswer()],
    reserve: [reserved()],
    claim: [{ status: 200, body: { ok: true, claim: claim() } }],
    release: [{ status: 200, body: { ok: true } }],
    sent: (kind) => server.seen.filter((request) => kindOf(request) === kind),
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const request: Seen = {
        method: init?.method ?? 'GET',
        path: url.pathname + url.search,
        authorization: new Headers(init?.headers).get('authorization'),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
      };
      server.seen.push(request);
      const queue = server[kindOf(request)];
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      if (!answer || answer === 'lost') throw new TypeError('fetch failed');
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    },
  };
  return server;
}

type Kind = 'club' | 'reserve' | 'claim' | 'release';

function kindOf(request: Seen): Kind {
  if (request.method === 'GET') return 'club';
  if (request.path === '/api/claims') return 'claim';
  return request.path.includes('/release') ? 'release' : 'reserve';
}

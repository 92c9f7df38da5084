/** A backfill's life, and what its dry run says of one order. Pure. */
import { entitlement, explainEarning, type NothingBecause } from './entitlement.ts';
import type { EarningInput } from './earning.ts';

/** `collecting` .. `counting` lead to `ready`: the dry run, nothing is posted before the merchant has seen it. */
export const BACKFILL_STATES = [
  'collecting',
  'assembling',
  'counting',
  'ready',
  'running',
  'paused',
  'done',
  'undoing',
  'undone',
  'cancelled',
  'failed',
] as const;
export type BackfillState = (typeof BACKFILL_STATES)[number];

/** Whether a text names a state. */
export function isBackfillState(text: string): text is BackfillState {
  return BACKFILL_STATES.some((state) => state === text);
}

/** In these the worker has something to do. */
export const WORKING_STATES: readonly BackfillState[] = [
  'collecting',
  'assembling',
  'counting',
  'running',
  'undoing',
];

/** Nothing more happens in these; another backfill may begin. */
export const OVER_STATES: readonly BackfillState[] = ['done', 'undone', 'cancelled', 'failed'];

export const BACKFILL_MOVES = ['run', 'recount', 'pause', 'resume', 'cancel', 'undo'] as const;
export type BackfillMove = (typeof BACKFILL_MOVES)[number];

const TARGETS: Record<BackfillMove, { from: readonly BackfillState[]; to: BackfillState }> = {
  run: { from: ['ready'], to: 'running' },
  recount: { from: ['ready'], to: 'counting' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['collecting', 'assembling', 'counting', 'ready'], to: 'cancelled' },
  undo: { from: ['done', 'paused'], to: 'undoing' },
};

/** Where a move leads from a state; null when it cannot be made there. */
export function targetOf(move: BackfillMove, from: BackfillState): BackfillState | null {
  const target = TARGETS[move];
  return target.from.includes(from) ? target.to : null;
}

/** Why an order of a backfill gives nothing; `known`: it was counted already, when its webhook came. */
export type BackfillNothing = NothingBecause | 'no_rule' | 'known' | 'unreadable';

export interface OrderFigures {
  points: bigint;
  credit: bigint;
  /** What of that is over by now: it would be posted and expire at once. */
  expiredPoints: bigint;
  expiredCredit: bigint;
  because: BackfillNothing | null;
}

/** Figures of an order that gives nothing. */
export function nothing(because: BackfillNothing): OrderFigures {
  return { points: 0n, credit: 0n, expiredPoints: 0n, expiredCredit: 0n, because };
}

/** What an order would be given, by the same rules as when it is posted. */
export function figuresOf(input: EarningInput, now: Date): OrderFigures {
  const entitled = entitlement(input);
  if (entitled.length === 0) return nothing(explainEarning(input).nothingBecause ?? 'no_rule');
  const sum = (unit: 'POINTS' | 'CREDIT', isOver: boolean): bigint =>
    entitled
      .filter((part) => part.unit === unit)
      .filter(({ expiresAt }) => !isOver || (expiresAt !== null && expiresAt <= now))
      .reduce((total, { amount }) => total + amount, 0n);
  return {
    points: sum('POINTS', false),
    credit: sum('CREDIT', false),
    expiredPoints: sum('POINTS', true),
    expiredCredit: sum('CREDIT', true),
    because: null,
  };
}

/** What becomes of a message: what Twilio answered, what it reported, what a look-up found. Any order gives the same end. */

export const MESSAGE_STATES = [
  'planned',
  'queued',
  'sending',
  'unknown',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'refused',
  'canceled',
  'expired',
  'excluded',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Twilio's words, with what they are here and how far they are; a word that is not here is stored and ignored. */
const REPORTED: ReadonlyMap<string, { state: MessageState; rank: number }> = new Map(
  (
    [
      ['accepted', 'accepted', 10],
      ['scheduled', 'accepted', 10],
      ['queued', 'accepted', 10],
      ['sending', 'accepted', 10],
      ['sent', 'sent', 40],
      ['delivered', 'delivered', 60],
      ['undelivered', 'undelivered', 60],
      ['failed', 'failed', 60],
      ['canceled', 'canceled', 60],
    ] as const
  ).map(([word, state, rank]) => [word, { state, rank }]),
);

export interface MessageProgress {
  state: MessageState;
  /** How far Twilio's reports are; 0 before the first. */
  rank: number;
  errorCode: number | null;
}

/** What a report changes; null for one that says nothing new. Of two different ends the first stays. */
export function applyReport(
  known: MessageProgress,
  report: { status: string; errorCode: number | null },
): MessageProgress | null {
  const reported = REPORTED.get(report.status);
  const errorCode = known.errorCode ?? report.errorCode;
  if (!reported || reported.rank <= known.rank)
    return errorCode === known.errorCode ? null : { ...known, errorCode };
  return { ...reported, errorCode };
}

/** Whether the provider bills such a message: what reached a carrier, also when it didn't reach the phone. */
export function isBilled(state: MessageState): boolean {
  return state === 'delivered' || state === 'undelivered';
}

/** Whether Twilio reported that it didn't arrive. */
export function isLost({ state }: Pick<MessageProgress, 'state'>): boolean {
  return state === 'undelivered' || state === 'failed';
}

/** Nothing more is expected of these. */
export const FINAL_STATES: readonly MessageState[] = [
  'delivered',
  'undelivered',
  'failed',
  'refused',
  'canceled',
  'expired',
  'excluded',
];

/** Where an unknown outcome is looked up, in seconds after it became unknown and after the first look. */
export const LOOK_UP_AFTER_SECONDS = [60, 300] as const;
/** A message is sent at most so often when nobody knows what became of it. */
export const ATTEMPTS_MAX = 3;

/** What follows from a look-up that found nothing: look again, send again, or give up. */
export function afterMissing({ lookups, attempt }: { lookups: number; attempt: number }): {
  state: 'unknown' | 'queued' | 'failed';
  lookups: number;
  attempt: number;
  afterSeconds: number;
} {
  const next = LOOK_UP_AFTER_SECONDS[lookups + 1];
  if (next !== undefined) return { state: 'unknown', lookups: lookups + 1, attempt, afterSeconds: next };
  const isLast = attempt + 1 >= ATTEMPTS_MAX;
  return { state: isLast ? 'failed' : 'queued', lookups: 0, attempt: attempt + 1, afterSeconds: 0 };
}

import type { Transaction } from '#app/db.server.ts';

/** Kinds of events; each is written by the module that makes it happen. */
export const EVENT_KINDS = ['ledger.entry', 'segment.joined', 'segment.left'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** How many days events of a kind are stored at least: to investigate what a merchant reports, or to show them on a screen. */
export const EVENT_DAYS: Readonly<Record<EventKind, number>> = {
  'ledger.entry': 7,
  'segment.joined': 30,
  'segment.left': 30,
};

/** An event as reactions read it. */
export interface StoredEvent {
  eventId: bigint;
  kind: EventKind;
  /** The customer's id; they may have been merged or erased since. */
  subject: bigint;
  /** JSON as the writer of the kind built it. */
  details: Record<string, unknown>;
  at: Date;
}

/** A reaction to events of one or more kinds. */
export interface Reaction {
  /** The name its cursor is stored under. Never change it once it has run. */
  name: string;
  /** Reacts to events of one shop, in their order, inside the transaction that moves the cursor past them. */
  react: (tx: Transaction, shopId: bigint, events: readonly StoredEvent[]) => Promise<void>;
}

export type Reactions = Record<EventKind, readonly Reaction[]>;

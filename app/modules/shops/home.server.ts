import { clubNow, pool } from '#app/db.server.ts';
import { readFirstSteps, type FirstSteps } from '#app/modules/loyalty/first-steps.queries.server.ts';
import { clubTotals, type ClubTotals } from '#app/modules/loyalty/ledger.queries.server.ts';
import { hasActiveProgram } from '#app/modules/loyalty/programs.server.ts';
import { valueMinor } from '#app/modules/loyalty/rules/redemption.ts';
import type { Unit } from '#app/modules/loyalty/rules/units.ts';
import { readInboxState, type InboxState } from '#app/modules/webhooks/inbox-state.queries.server.ts';
import { readSyncView, type SyncView } from '#app/modules/sync/sync-card.server.ts';
import { readSettings, type ClubSettings } from './settings.server.ts';

/** A unit's totals and what they are worth at today's rate, minor units of the shop's currency. */
export interface WorthTotals extends ClubTotals {
  issuedMinor: bigint;
  spentMinor: bigint;
  outstandingMinor: bigint;
}

export interface Checklist extends FirstSteps {
  isProgramActive: boolean;
  isRedemptionOn: boolean;
}

export interface HomeView {
  /** Always has points; credit when there ever was any. */
  totals: WorthTotals[];
  inbox: InboxState;
  checklist: Checklist;
  /** Null for a shop that was never read. */
  sync: SyncView | null;
  now: Date;
}

/** Everything Home shows, read side by side. */
export async function readHome(shop: { shopId: bigint; scopes: string | null }): Promise<HomeView> {
  const { shopId } = shop;
  const [totals, settings, inbox, isProgramActive, firstSteps, sync, now] = await Promise.all([
    clubTotals(shopId),
    readSettings(shopId),
    readInboxState(shopId),
    hasActiveProgram(shopId),
    readFirstSteps(shopId),
    readSyncView(shop),
    clubNow(pool),
  ]);
  const withPoints = totals.some(({ unit }) => unit === 'POINTS') ? totals : [NO_POINTS, ...totals];
  return {
    totals: withPoints.map((total) => withWorth(total, settings)),
    inbox,
    checklist: {
      ...firstSteps,
      isProgramActive,
      isRedemptionOn: settings.redemptionEnabled,
    },
    sync,
    now,
  };
}

const NO_POINTS: ClubTotals = {
  unit: 'POINTS',
  issued: 0n,
  spent: 0n,
  expired: 0n,
  takenBack: 0n,
  outstanding: 0n,
  members: 0,
};

function withWorth(totals: ClubTotals, settings: ClubSettings): WorthTotals {
  const worth = (amount: bigint) => worthMinor(amount, totals.unit, settings);
  return {
    ...totals,
    issuedMinor: worth(totals.issued),
    spentMinor: worth(totals.spent),
    outstandingMinor: worth(totals.outstanding),
  };
}

function worthMinor(amount: bigint, unit: Unit, settings: ClubSettings): bigint {
  if (unit === 'CREDIT') return amount;
  return valueMinor(amount, {
    units: settings.redemptionRateUnits,
    amountMinor: settings.redemptionRateMinor,
  });
}

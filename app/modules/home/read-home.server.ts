import { ledgerNow, pool } from '#app/db.server.ts';
import { readFirstSteps, type FirstSteps } from './first-steps.queries.server.ts';
import { readWaiting, type Waiting } from './waiting.queries.server.ts';
import { clubTotals, type ClubTotals } from '#app/modules/ledger/balances.queries.server.ts';
import { hasActiveProgram } from '#app/modules/earning/programs/programs.queries.server.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import type { Approval } from '#app/integrations/shopify/protected-fields.ts';
import { readUnapprovedOf } from '#app/modules/shops/unapproved.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { readInboxState, type InboxState } from '#app/modules/inbox/inbox-state.queries.server.ts';
import type { Shop } from '#app/modules/shops/find-shop.server.ts';
import {
  readSendingTrouble,
  type SendingTrouble,
} from '#app/modules/messaging/channels/sending-trouble.server.ts';
import { isWalletLow } from '#app/modules/messaging/wallet/change-wallet.server.ts';
import { readSyncView, type SyncView } from '#app/modules/sync/sync-card.server.ts';
import { listFailingTasks, type FailingTask } from '#app/modules/shops/task-failures.server.ts';
import { readGiveBack } from '#app/modules/shops/give-back.server.ts';
import { readClubMode, type ClubMode } from '#app/modules/shops/launch.server.ts';
import { exampleEarning, type OrderExample } from '#app/modules/shops/rules/give-back.ts';
import { readSettings, type ClubSettings } from '#app/modules/shops/settings.server.ts';

/** A unit's totals, and their value at today's rate in minor units of the shop's currency. */
export interface WorthTotals extends ClubTotals {
  issuedMinor: bigint;
  spentMinor: bigint;
  expiredMinor: bigint;
  takenBackMinor: bigint;
  outstandingMinor: bigint;
}

export interface Checklist extends FirstSteps {
  isProgramActive: boolean;
  isRedemptionOn: boolean;
}

export interface LaunchView extends ClubMode {
  /** What an ordinary order would earn; null while no program is for spending. */
  example: OrderExample | null;
}

export interface HomeView {
  /** Always includes points; credit once there has been any. */
  totals: WorthTotals[];
  inbox: InboxState;
  /** What needs a person. */
  waiting: Waiting;
  checklist: Checklist;
  launch: LaunchView;
  /** Null for a shop that was never synced. */
  sync: SyncView | null;
  /** What Shopify doesn't show this app of customers. */
  unapproved: Approval[];
  /** What keeps failing; the sync's card reports its own. */
  failing: FailingTask[];
  /** Set when Shopify names a time zone that isn't known here; `used` decides when days begin. */
  unknownZone: { zone: string; used: string } | null;
  /** Set while credit of the shop's former currency waits for a decision. */
  heldCredit: { before: string; now: string } | null;
  /** The wallet for messages has less than the merchant wants to be warned at. */
  isWalletLow: boolean;
  /** Messages that wait for a person; null when none do. */
  sendingTrouble: SendingTrouble | null;
  now: Date;
}

/** Reads everything Home shows, in parallel. */
export async function readHome(
  shop: Pick<Shop, 'shopId' | 'scopes' | 'timeZone' | 'unknownTimeZone' | 'currency' | 'creditCurrency'>,
): Promise<HomeView> {
  const { shopId, timeZone, unknownTimeZone, currency, creditCurrency } = shop;
  const [
    totals,
    settings,
    inbox,
    waiting,
    isProgramActive,
    firstSteps,
    mode,
    giveBack,
    sync,
    unapproved,
    failing,
    isLow,
    sendingTrouble,
    now,
  ] = await Promise.all([
    clubTotals(shopId),
    readSettings(shopId),
    readInboxState(shopId),
    readWaiting(shopId),
    hasActiveProgram(shopId),
    readFirstSteps(shopId),
    readClubMode(shopId),
    readGiveBack(pool, shopId),
    readSyncView(shop),
    readUnapprovedOf(pool, [shopId]),
    listFailingTasks(shopId),
    isWalletLow(shopId),
    readSendingTrouble(shopId),
    ledgerNow(pool),
  ]);
  const withPoints = totals.some(({ unit }) => unit === 'POINTS') ? totals : [NO_POINTS, ...totals];
  return {
    totals: withPoints.map((total) => withWorth(total, settings)),
    inbox,
    waiting,
    checklist: {
      ...firstSteps,
      isProgramActive,
      isRedemptionOn: settings.redemptionEnabled,
    },
    launch: { ...mode, example: exampleEarning(giveBack) },
    sync,
    unapproved: [...(unapproved.get(shopId) ?? [])],
    failing: failing.filter(({ task }) => task !== 'process-syncs'),
    heldCredit:
      creditCurrency === null || currency === null ? null : { before: creditCurrency, now: currency },
    unknownZone: unknownTimeZone === null ? null : { zone: unknownTimeZone, used: timeZone },
    isWalletLow: isLow,
    sendingTrouble,
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
    expiredMinor: worth(totals.expired),
    takenBackMinor: worth(totals.takenBack),
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

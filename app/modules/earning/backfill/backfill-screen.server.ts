/** What the Backfill screen shows, and what its buttons do. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { dayText } from '#app/lib/form-fields.ts';
import { seesAllOrders } from '#app/modules/shops/rules/granted-scopes.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { z } from 'zod';
import { readClubRules } from '../rules-in-force.server.ts';
import { addDays, localDay } from '#app/lib/calendar-days.ts';
import { BACKFILL_MOVES, isBackfillState, OVER_STATES, type BackfillState } from '../rules/backfill.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import { moveBackfill } from './move-backfill.server.ts';
import { startBackfill } from './start-backfill.server.ts';
import { parseTotals, rulesHashOf, type BackfillTotals } from './totals.server.ts';
import { readUndoFigures, type UndoFigures } from './undo-figures.server.ts';

const HISTORY_MAX = 50;
/** Without read_all_orders Shopify shows an app this number of days. */
const RECENT_DAYS = 60;
const OLDEST_DAY = '2005-01-01';

export interface BackfillView {
  backfillId: bigint;
  state: BackfillState;
  startsOn: string;
  ordersFound: number;
  ordersDone: number;
  totals: BackfillTotals | null;
  failure: string | null;
  staffName: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface BackfillScreenView {
  /** The one that is looked at: the newest unless another was chosen. */
  chosen: BackfillView | null;
  /** What its dry run would owe customers who spend all of it, minor units; what is over already is left out. */
  liabilityMinor: bigint | null;
  /** The dry run was made with other rules than those in force. */
  isStale: boolean;
  /** What undoing would take; null where it cannot be undone. */
  undo: UndoFigures[] | null;
  /** What becomes of value that was spent. */
  shortfall: 'debt' | 'write_off';
  /** Newest first. */
  history: BackfillView[];
  isAnyActive: boolean;
  /** `YYYY-MM-DD`: the club's first day, if it has one. */
  suggestedDay: string;
  today: string;
  /** The first day that Shopify shows; null when it shows all. */
  visibleFrom: string | null;
}

interface ShopOfScreen {
  shopId: bigint;
  timeZone: string;
  scopes: string | null;
}

/** Everything on the screen; `chosenId` null for the newest. */
export async function readBackfillScreen(
  shop: ShopOfScreen,
  chosenId: bigint | null,
): Promise<BackfillScreenView> {
  const { shopId, timeZone } = shop;
  const [history, clubs, now] = await Promise.all([
    readHistory(shopId),
    readClubRules(pool, [shopId]),
    ledgerNow(pool),
  ]);
  const club = clubs.get(shopId);
  const chosen = history.find(({ backfillId }) => backfillId === chosenId) ?? history[0] ?? null;
  const today = localDay(now, timeZone);
  const canUndo = chosen?.state === 'done' || chosen?.state === 'paused';
  return {
    chosen,
    liabilityMinor: chosen?.totals && club ? liabilityOf(chosen.totals, club.redemption.rate) : null,
    isStale: chosen?.state === 'ready' && chosen.totals?.rulesHash !== (await rulesHashOf(pool, shopId)),
    undo: canUndo ? await readUndoFigures({ shopId, backfillId: chosen.backfillId }) : null,
    shortfall: club?.takeBack.shortfall ?? 'debt',
    history,
    isAnyActive: history.some(({ state }) => !OVER_STATES.includes(state)),
    suggestedDay: club?.rules.startsOn ?? addDays(today, -365),
    today,
    visibleFrom: seesAllOrders(shop.scopes) ? null : addDays(today, -RECENT_DAYS),
  };
}

function liabilityOf(
  { points, expiredPoints, credit, expiredCredit }: BackfillTotals,
  rate: Parameters<typeof valueMinor>[1],
): bigint {
  return valueMinor(points - expiredPoints, rate) + credit - expiredCredit;
}

async function readHistory(shopId: bigint): Promise<BackfillView[]> {
  const { rows } = await pool.query<
    Omit<BackfillView, 'state' | 'totals' | 'staffName'> & { state: string; totals: unknown; actor: string }
  >(
    `SELECT backfill_id AS "backfillId", state, starts_on::text AS "startsOn", orders_found AS "ordersFound",
       orders_done AS "ordersDone", totals, failure, actor, created_at AS "createdAt", finished_at AS "finishedAt"
     FROM backfills WHERE shop_id = $1 ORDER BY backfill_id DESC LIMIT ${HISTORY_MAX}`,
    [shopId],
  );
  const names = await staffNames(
    shopId,
    rows.map(({ actor }) => actor),
  );
  return rows.flatMap(({ state, totals, actor, ...row }) =>
    isBackfillState(state)
      ? [{ ...row, state, totals: parseTotals(totals), staffName: names.get(actor) ?? null }]
      : [],
  );
}

export type BackfillAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const startForm = (today: string) =>
  z.object({
    intent: z.literal('start'),
    startsOn: dayText()
      .transform((day, context) => {
        if (day !== null) return day;
        context.addIssue('required');
        return z.NEVER;
      })
      .refine((day) => day <= today, 'in_future')
      .refine((day) => day >= OLDEST_DAY, 'invalid'),
  });

const moveForm = z.object({
  intent: z.enum(BACKFILL_MOVES),
  backfillId: z.string().regex(/^\d{1,18}$/),
});

/** Works a button of the screen; null for a backfill that the shop does not have, or a button that there is not. */
export async function actOnBackfill(
  shop: { shopId: bigint; timeZone: string },
  values: Record<string, unknown>,
  actor: string,
): Promise<BackfillAnswer | null> {
  const { shopId, timeZone } = shop;
  if (values.intent === 'start') {
    const form = startForm(localDay(await ledgerNow(pool), timeZone)).safeParse(values);
    if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
    const started = await startBackfill({ shopId, startsOn: form.data.startsOn, actor });
    return started.ok ? { ok: true } : changedMeanwhile();
  }
  const form = moveForm.safeParse(values);
  if (!form.success) return null;
  const moved = await moveBackfill({ shopId, backfillId: BigInt(form.data.backfillId) }, form.data.intent);
  if (moved.ok) return { ok: true };
  return moved.reason === 'unknown' ? null : changedMeanwhile();
}

/** The screen then shows what is so by now. */
function changedMeanwhile(): BackfillAnswer {
  return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
}

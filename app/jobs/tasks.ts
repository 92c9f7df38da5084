import type { JobHelpers, TaskList } from 'graphile-worker';
import { logger } from '#app/lib/logger.server.ts';
import { closeMonths } from '#app/modules/loyalty/close-months.server.ts';
import { checkDueRedemptions } from '#app/modules/loyalty/check-redemptions.server.ts';
import { WORK_BACKFILLS_TASK } from '#app/modules/loyalty/backfill/wake.server.ts';
import { workBackfills } from '#app/modules/loyalty/backfill/work-backfills.server.ts';
import { sweepGuestOrders } from '#app/modules/loyalty/claim-guest-orders.server.ts';
import { expireLots } from '#app/modules/loyalty/expire-lots.server.ts';
import { giveGifts } from '#app/modules/loyalty/give-gifts.server.ts';
import { planReminders } from '#app/modules/loyalty/plan-reminders.server.ts';
import { evaluateTiers } from '#app/modules/membership/evaluate-tiers.server.ts';
import { REFRESH_ORDERS_TASK, refreshOrders } from '#app/modules/loyalty/refresh-orders.server.ts';
import { forgetNotes } from '#app/modules/notes/forget-notes.server.ts';
import { sweepErased } from '#app/modules/privacy/late-data.server.ts';
import { REMOVE_FILES_TASK } from '#app/modules/photos/file-removals.server.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { reconcileCustomers } from '#app/modules/sync/reconcile-customers.server.ts';
import { WORK_SYNCS_TASK } from '#app/modules/sync/wake.server.ts';
import { workSyncs } from '#app/modules/sync/work-syncs.server.ts';
import { WORK_TAGS_TASK } from '#app/modules/tags/tag-jobs.server.ts';
import { workTags } from '#app/modules/tags/work-tags.server.ts';
import { pruneInbox } from '#app/modules/webhooks/prune.server.ts';
import { reconcileShops } from '#app/modules/webhooks/reconcile.server.ts';
import { WORK_INBOX_TASK } from '#app/modules/webhooks/wake.server.ts';
import { workInbox } from '#app/modules/webhooks/work-inbox.server.ts';

type Work = (signal: AbortSignal) => Promise<unknown>;

const WORK_BY_TASK: Record<keyof GraphileWorker.Tasks, Work> = {
  [WORK_INBOX_TASK]: workInbox,
  'check-redemptions': checkDueRedemptions,
  'expire-lots': expireLots,
  'close-months': closeMonths,
  'give-gifts': giveGifts,
  'plan-reminders': planReminders,
  'evaluate-tiers': evaluateTiers,
  'reconcile-shops': reconcileShops,
  'prune-inbox': pruneInbox,
  [REFRESH_ORDERS_TASK]: refreshOrders,
  'claim-guests': sweepGuestOrders,
  [WORK_BACKFILLS_TASK]: workBackfills,
  [WORK_SYNCS_TASK]: workSyncs,
  [WORK_TAGS_TASK]: workTags,
  'reconcile-customers': reconcileCustomers,
  [REMOVE_FILES_TASK]: removeFiles,
  'forget-notes': forgetNotes,
  'sweep-erased': sweepErased,
};

/**
 * What the worker can do. Each task looks for what is due by itself, so it may run twice, late or on two machines;
 * `signal` asks it to end early, `onRun` hears of each run.
 */
export function makeTaskList(signal: AbortSignal, onRun: () => void): TaskList {
  const tasks = Object.entries(WORK_BY_TASK).map(([name, work]) => {
    const task = async (_payload: unknown, helpers: JobHelpers): Promise<void> => {
      onRun();
      const start = performance.now();
      const result = await work(AbortSignal.any([signal, helpers.abortSignal ?? signal]));
      if (name === WORK_INBOX_TASK) return;
      logger.info(
        {
          task: name,
          ...(typeof result === 'number' ? { rows: result } : {}),
          durationMs: Math.round(performance.now() - start),
        },
        'task done',
      );
    };
    return [name, task] as const;
  });
  return Object.fromEntries(tasks);
}

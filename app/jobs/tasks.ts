import type { JobHelpers, TaskList } from 'graphile-worker';
import { logger } from '#app/lib/logger.server.ts';
import { OneRun } from '#app/lib/one-run.ts';
import { safeErrorFields, toSafeError } from '#app/lib/safe-error.ts';
import { recountFigures } from '#app/modules/audit/recount-figures.server.ts';
import { closeMonths } from '#app/modules/ledger/months/close-months.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { deleteEndedCodes } from '#app/modules/redemptions/delete-codes.server.ts';
import { updateCodes } from '#app/modules/redemptions/update-codes.server.ts';
import { processBackfills } from '#app/modules/earning/backfill/process-backfills.server.ts';
import { sweepGuestOrders } from '#app/modules/earning/award/award-adopted.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { giveGifts } from '#app/modules/occasions/give-gifts.server.ts';
import { processInbound } from '#app/modules/messaging/inbound/process-inbound.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendAsked } from '#app/modules/messaging/delivery/send-asked.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { readDeactivated } from '#app/modules/messaging/consent/read-deactivated.server.ts';
import { closeAccounts } from '#app/modules/messaging/channels/close-accounts.server.ts';
import { readCosts } from '#app/modules/messaging/costs/read-costs.server.ts';
import { redactTexts } from '#app/modules/messaging/consent/redact-texts.server.ts';
import { readMissedTexts } from '#app/modules/messaging/doors/read-missed-texts.server.ts';
import { sweepSilent } from '#app/modules/messaging/delivery/sweep-silent.server.ts';
import { sweepTopups } from '#app/modules/messaging/wallet/top-up.server.ts';
import { purgeApplications } from '#app/modules/resellers/applications/purge-applications.server.ts';
import { sendMails } from '#app/modules/mail/send-mails.server.ts';
import { planReminders } from '#app/modules/messaging/planned/plan-reminders.server.ts';
import { evaluateTiers } from '#app/modules/membership/evaluate-tiers.server.ts';
import { refreshOrders } from '#app/modules/earning/award/refresh-orders.server.ts';
import { purgeNotes } from '#app/modules/notes/purge-notes.server.ts';
import { sweepErased } from '#app/modules/privacy/sweep-erased.server.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { refreshShops } from '#app/modules/shops/refresh-shops.server.ts';
import { reconcileCustomers } from '#app/modules/sync/reconcile-customers.server.ts';
import { processSyncs } from '#app/modules/sync/process-syncs.server.ts';
import { processTagJobs } from '#app/modules/tags/process-tag-jobs.server.ts';
import { writeStandings } from '#app/modules/earning/standing/write-standings.server.ts';
import { movePeople } from '#app/modules/pricing/moves/move-people.server.ts';
import { comparePrices, writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { keepSegmentTags } from '#app/modules/tags/kept/compare-members.server.ts';
import { pruneTagJobs } from '#app/modules/tags/prune-tag-jobs.server.ts';
import { pruneInbox } from '#app/modules/inbox/prune-inbox.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { PROCESS_INBOX_TASK } from '#app/modules/inbox/wake-inbox.server.ts';
import { workInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { computeRfm } from '#app/modules/segments/rfm/compute-rfm.server.ts';
import { evaluateSegments } from '#app/modules/segments/members/evaluate-segments.server.ts';
import { pruneImports } from '#app/modules/workbooks/prune-imports.server.ts';
import { countSegments } from '#app/modules/segments/saved/count-segments.server.ts';
import { pushSegments } from '#app/modules/segments/pushed/check-pushes.server.ts';
import { readShopifySegments } from '#app/modules/segments/shopify/read-shopify-segments.server.ts';
import { pruneReadEvents, reactToEvents } from './reactions.ts';

type Handler = (signal: AbortSignal) => Promise<unknown>;

/** Work that is woken without a pause while there is much of it, so that its jobs would take all places (decision 0076). */
function inOnePlace(work: (signal?: AbortSignal) => Promise<number>): Handler {
  const run = new OneRun(work, (counts) => counts.reduce((sum, count) => sum + count, 0));
  return (signal) => run.ask(signal);
}

const HANDLER_BY_TASK: Record<keyof GraphileWorker.Tasks, Handler> = {
  [PROCESS_INBOX_TASK]: workInbox,
  'check-redemptions': checkDueRedemptions,
  'expire-lots': expireLots,
  'close-months': closeMonths,
  'give-gifts': giveGifts,
  'plan-reminders': planReminders,
  'evaluate-tiers': evaluateTiers,
  'reconcile-shops': reconcileShops,
  'prune-inbox': pruneInbox,
  'refresh-orders': refreshOrders,
  'adopt-guests': sweepGuestOrders,
  'process-backfills': processBackfills,
  'process-syncs': processSyncs,
  'process-tag-jobs': processTagJobs,
  'write-prices': writePrices,
  'write-standings': writeStandings,
  'move-people': movePeople,
  'update-codes': updateCodes,
  'compare-prices': comparePrices,
  'keep-segment-tags': keepSegmentTags,
  'push-segments': pushSegments,
  'process-imports': processImports,
  'compute-rfm': computeRfm,
  'process-exports': processExports,
  'evaluate-segments': evaluateSegments,
  'prune-imports': pruneImports,
  'count-segments': countSegments,
  'read-shopify-segments': readShopifySegments,
  'reconcile-customers': reconcileCustomers,
  'refresh-shops': refreshShops,
  'remove-files': removeFiles,
  'purge-notes': purgeNotes,
  'delete-codes': deleteEndedCodes,
  'sweep-erased': sweepErased,
  'prune-tag-jobs': pruneTagJobs,
  'react-to-events': reactToEvents,
  'prune-events': pruneReadEvents,
  'recount-figures': recountFigures,
  'process-inbound': processInbound,
  'read-topups': sweepTopups,
  'process-receipts': inOnePlace(processReceipts),
  'freeze-campaigns': freezeCampaigns,
  'send-messages': inOnePlace(sendMessages),
  'send-asked': inOnePlace(sendAsked),
  'sweep-messages': sweepSilent,
  'read-deactivations': readDeactivated,
  'read-missed-texts': readMissedTexts,
  'redact-texts': redactTexts,
  'close-accounts': closeAccounts,
  'read-costs': readCosts,
  'send-mails': sendMails,
  'purge-applications': purgeApplications,
};

/** Run every few seconds: a line in the log for each would hide the others. */
const OFTEN = new Set<string>([PROCESS_INBOX_TASK, 'write-standings']);

/**
 * The worker's tasks. Each task finds what is due by itself, so it may run twice, late or on two machines; `signal`
 * asks it to stop early, `onRun` is called for each run.
 */
export function makeTaskList(signal: AbortSignal, onRun: () => void): TaskList {
  const tasks = Object.entries(HANDLER_BY_TASK).map(([name, work]) => {
    const task = async (_payload: unknown, helpers: JobHelpers): Promise<void> => {
      onRun();
      const start = performance.now();
      const result = await work(AbortSignal.any([signal, helpers.abortSignal ?? signal])).catch(
        (error: unknown) => {
          // graphile-worker stores what it is thrown and logs it.
          const safe = toSafeError(error);
          logger.error({ task: name, ...safeErrorFields(error) }, 'task failed');
          throw safe;
        },
      );
      if (OFTEN.has(name)) return;
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

import type { CronItem } from 'graphile-worker';

/**
 * One queued job per task is enough: each processes everything that is due. Runs missed without a worker aren't made
 * up for.
 */
function every(match: string, task: keyof GraphileWorker.Tasks): CronItem {
  return { task, match, options: { backfillPeriod: 0, jobKey: task, maxAttempts: 1 } };
}

/** The scheduled tasks (UTC). */
export const CRONTAB: CronItem[] = [
  // The safety net: webhooks wake the worker by themselves.
  every('* * * * *', 'process-inbox'),
  every('* * * * *', 'check-redemptions'),
  every('* * * * *', 'evaluate-tiers'),
  every('7 * * * *', 'expire-lots'),
  every('11 * * * *', 'close-months'),
  // Hourly: each shop's day begins when it does in its time zone.
  every('3 * * * *', 'give-gifts'),
  every('17 * * * *', 'plan-reminders'),
  every('*/15 * * * *', 'reconcile-shops'),
  every('23 3 * * *', 'prune-inbox'),
  every('* * * * *', 'refresh-orders'),
  every('*/15 * * * *', 'adopt-guests'),
  every('* * * * *', 'process-backfills'),
  every('* * * * *', 'process-syncs'),
  every('* * * * *', 'process-tag-jobs'),
  // Staff's changes wake it; tiers and imports are seen within the minute.
  every('* * * * *', 'write-prices'),
  // It looks again by itself every two seconds, where a theme shows the club.
  every('* * * * *', 'write-standings'),
  every('* * * * *', 'update-codes'),
  // Figures that changed, and everyone once a day of the shop.
  every('* * * * *', 'move-people'),
  every('19 2 * * *', 'compare-prices'),
  every('* * * * *', 'keep-segment-tags'),
  every('* * * * *', 'push-segments'),
  every('* * * * *', 'process-imports'),
  every('51 * * * *', 'compute-rfm'),
  every('* * * * *', 'process-exports'),
  every('* * * * *', 'evaluate-segments'),
  every('21 3 * * *', 'prune-imports'),
  every('33 * * * *', 'count-segments'),
  // Each shop's list and members once a day; more often what was asked for, or goes on.
  every('*/10 * * * *', 'read-shopify-segments'),
  every('41 * * * *', 'reconcile-customers'),
  every('43 * * * *', 'refresh-shops'),
  every('*/10 * * * *', 'remove-files'),
  every('41 3 * * *', 'purge-notes'),
  every('43 3 * * *', 'purge-applications'),
  every('37 4 * * *', 'delete-codes'),
  every('29 * * * *', 'sweep-erased'),
  every('* * * * *', 'react-to-events'),
  every('53 3 * * *', 'prune-events'),
  // A campaign that was saved wakes it.
  every('* * * * *', 'freeze-campaigns'),
  every('* * * * *', 'send-messages'),
  every('* * * * *', 'send-asked'),
  every('* * * * *', 'process-receipts'),
  // What queues an e-mail wakes it.
  every('* * * * *', 'send-mails'),
  // Receipts that were lost.
  every('*/5 * * * *', 'sweep-messages'),
  // Yesterday's file; missed days are made up for.
  every('27 * * * *', 'read-deactivations'),
  // Texts that people sent while our door was closed.
  every('11 * * * *', 'read-missed-texts'),
  // What erasures leave at Twilio.
  every('*/10 * * * *', 'redact-texts'),
  // Erased shops leave an account at Twilio.
  every('*/10 * * * *', 'close-accounts'),
  // Prices come a day after delivery.
  every('7 5 * * *', 'read-costs'),
  // A merchant who approves a top-up and closes the page.
  every('*/10 * * * *', 'read-topups'),
  // A text that came in wakes it.
  every('* * * * *', 'process-inbound'),
  every('47 3 * * *', 'prune-tag-jobs'),
  // Only shops whose currency has changed.
  every('13 * * * *', 'recount-figures'),
];

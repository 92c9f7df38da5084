import type { CronItem } from 'graphile-worker';

/** One waiting job a task is enough: each does all that is due. Nothing is made up for a time without a worker. */
function every(match: string, task: keyof GraphileWorker.Tasks): CronItem {
  return { task, match, options: { backfillPeriod: 0, jobKey: task, maxAttempts: 1 } };
}

/** When what runs without being asked (UTC). */
export const CRONTAB: CronItem[] = [
  // The safety net: webhooks wake the worker by themselves.
  every('* * * * *', 'work-inbox'),
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
  every('*/15 * * * *', 'claim-guests'),
  every('* * * * *', 'work-backfills'),
  every('* * * * *', 'work-syncs'),
  every('* * * * *', 'work-tags'),
  every('41 * * * *', 'reconcile-customers'),
  every('*/10 * * * *', 'remove-files'),
  every('41 3 * * *', 'forget-notes'),
  every('29 * * * *', 'sweep-erased'),
];

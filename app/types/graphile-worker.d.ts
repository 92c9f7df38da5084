/** The payloads of our tasks. None has any of its own: each looks into the database for what is due. */
declare global {
  namespace GraphileWorker {
    interface Tasks {
      'work-inbox': object;
      'check-redemptions': object;
      'expire-lots': object;
      'close-months': object;
      'give-gifts': object;
      'plan-reminders': object;
      'evaluate-tiers': object;
      'reconcile-shops': object;
      'prune-inbox': object;
      'refresh-orders': object;
      'claim-guests': object;
      'work-backfills': object;
      'work-syncs': object;
      'work-tags': object;
      'reconcile-customers': object;
      'remove-files': object;
      'forget-notes': object;
      'sweep-erased': object;
    }
  }
}

export {};

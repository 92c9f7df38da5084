/** The payloads of our tasks. None has any of its own: each looks into the database for what is due. */
declare global {
  namespace GraphileWorker {
    interface Tasks {
      'process-inbox': object;
      'write-prices': object;
      'write-standings': object;
      'move-people': object;
      'update-codes': object;
      'compare-prices': object;
      'check-redemptions': object;
      'expire-lots': object;
      'close-months': object;
      'give-gifts': object;
      'plan-reminders': object;
      'evaluate-tiers': object;
      'reconcile-shops': object;
      'prune-inbox': object;
      'refresh-orders': object;
      'adopt-guests': object;
      'process-backfills': object;
      'process-syncs': object;
      'process-tag-jobs': object;
      'keep-segment-tags': object;
      'push-segments': object;
      'process-imports': object;
      'compute-rfm': object;
      'process-exports': object;
      'evaluate-segments': object;
      'prune-imports': object;
      'count-segments': object;
      'read-shopify-segments': object;
      'reconcile-customers': object;
      'refresh-shops': object;
      'remove-files': object;
      'purge-notes': object;
      'delete-codes': object;
      'sweep-erased': object;
      'react-to-events': object;
      'prune-events': object;
      'prune-tag-jobs': object;
      'recount-figures': object;
      'process-inbound': object;
      'read-topups': object;
      'process-receipts': object;
      'send-messages': object;
      'send-asked': object;
      'sweep-messages': object;
      'read-deactivations': object;
      'read-missed-texts': object;
      'redact-texts': object;
      'close-accounts': object;
      'read-costs': object;
      'freeze-campaigns': object;
      'send-mails': object;
      'purge-applications': object;
    }
  }
}

export {};

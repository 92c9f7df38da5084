import type { AppConfig } from './app-config.ts';
import type { BulkOperations } from './shopify/bulk/bulk-operations.ts';
import type { StagedUploads } from './shopify/bulk/bulk-uploads.ts';
import type { Throttle } from './shopify/admin-graphql/cost.ts';
import type { WebhookSender } from './shopify/webhooks.ts';
import type { TwilioCallbacks } from './twilio/callbacks.ts';
import type { TwilioDelivery } from './twilio/delivery.ts';
import type { World } from './world.ts';

export type SandboxOptions = {
  /** 0 uses any free port. */
  port: number;
  /** Origin of the web app, for webhooks and iframes. */
  appUrl: string;
  apiKey: string;
  apiSecret: string;
  /** The file that preserves the world over restarts; without it the world is in memory only. */
  snapshotPath?: string | undefined;
  /** Points of the Admin API for each shop; those of Shopify Plus by default. */
  throttle?: Throttle | undefined;
  /** The delay before the first webhook retry, doubled each time (default 1 s). */
  webhookRetryBaseMs?: number | undefined;
  /** The time between two statuses of a message (default 300 ms); with 0 senders have no pace. */
  twilioStepMs?: number | undefined;
  /** Port of the mail server; any free one by default. */
  smtpPort?: number | undefined;
};

/** What pages, control API and tests work with. */
export type Sandbox = {
  world: World;
  options: SandboxOptions;
  appConfig: AppConfig;
  webhooks: WebhookSender;
  bulk: BulkOperations;
  uploads: StagedUploads;
  twilio: { callbacks: TwilioCallbacks; delivery: TwilioDelivery };
  origin: string;
  port: number;
  smtpPort: number;
  close(): Promise<void>;
};

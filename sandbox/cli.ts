import type { Sandbox, SandboxOptions } from './sandbox.ts';

/** Reads the environment (see README.md), starts the sandbox and stops it on SIGINT or SIGTERM. */
export async function runFromCommandLine(
  start: (options: SandboxOptions) => Promise<Sandbox>,
): Promise<void> {
  const port = Number(process.env.SANDBOX_PORT ?? 3900);
  try {
    const sandbox = await start({
      port,
      appUrl: process.env.APP_URL ?? 'http://127.0.0.1:3000',
      apiKey: process.env.SHOPIFY_API_KEY ?? 'setia-demo-key',
      apiSecret: process.env.SHOPIFY_API_SECRET ?? 'setia-demo-secret',
      snapshotPath: process.env.SANDBOX_SNAPSHOT,
      throttle: throttleOf(process.env.SANDBOX_RESTORE_RATE),
      smtpPort: process.env.SANDBOX_SMTP_PORT ? Number(process.env.SANDBOX_SMTP_PORT) : undefined,
      twilioStepMs: process.env.SANDBOX_TWILIO_STEP_MS
        ? Number(process.env.SANDBOX_TWILIO_STEP_MS)
        : undefined,
      webhookRetryBaseMs: process.env.SANDBOX_RETRY_BASE_MS
        ? Number(process.env.SANDBOX_RETRY_BASE_MS)
        : undefined,
    });
    console.log(`sandbox listens on ${sandbox.origin}, app at ${sandbox.options.appUrl}`);
    const stop = () => void sandbox.close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    console.error(busy ? `port ${port} is taken; set SANDBOX_PORT to a free one` : error);
    process.exit(1);
  }
}

/** A bucket that holds 20 seconds of its restore rate, as on every plan of Shopify. */
function throttleOf(restoreRate: string | undefined): SandboxOptions['throttle'] {
  if (!restoreRate) return undefined;
  return { maximumAvailable: 20 * Number(restoreRate), restoreRate: Number(restoreRate) };
}

/** A Twilio of the test file's own, in the sandbox's process. Import it before anything of the app. */
import { createHmac } from 'node:crypto';
import { MERCHANT_ACCOUNT, PLATFORM_ACCOUNT } from '#sandbox/twilio/seed.ts';
import type { TestSandbox } from './sandbox.ts';

export { MERCHANT_ACCOUNT, PLATFORM_ACCOUNT };

/** Points the app's environment at the sandbox; the app reads it when it is loaded. */
export function useTwilioOf(sandbox: TestSandbox): void {
  process.env.TWILIO_BASE_URL = sandbox.origin;
  process.env.TWILIO_ACCOUNT_SID = PLATFORM_ACCOUNT.sid;
  process.env.TWILIO_AUTH_TOKEN = PLATFORM_ACCOUNT.authToken;
  process.env.TWILIO_TIMEOUT_MS = '1500';
}

/** Signs a form as Twilio does, by another hand than the sandbox's. */
export function signForm(token: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  const text = names.flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value));
  return createHmac('sha1', token)
    .update(url + text.join(''))
    .digest('base64');
}

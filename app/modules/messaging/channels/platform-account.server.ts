/** The operator's own account at Twilio: shops send with subaccounts of it. */
import { env } from '#app/env.server.ts';
import type { TwilioCredentials } from '#app/integrations/twilio/client.server.ts';

/** Whether the operator has an account that shops can send with. */
export const hasPlatformAccount = (): boolean => env.TWILIO_ACCOUNT_SID !== undefined;

/** What opens it; empty without one. */
export function platformCredentials(): TwilioCredentials {
  return { accountSid: env.TWILIO_ACCOUNT_SID ?? '', authToken: env.TWILIO_AUTH_TOKEN ?? '' };
}

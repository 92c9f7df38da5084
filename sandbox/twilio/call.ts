import type { TwilioAccount } from './state.ts';

/** A call of the app that passed the description and its credentials. */
export type Call = {
  operation: string;
  /** The account that the call is about. */
  account: TwilioAccount;
  path: string;
  pathParams: Record<string, string>;
  query: URLSearchParams;
  form: URLSearchParams;
};

/** A status and what is sent as JSON; null for an empty answer. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A refusal as Twilio words it: `code` is what a caller decides by. */
export function refuse(status: number, code: number, message: string): Answer {
  return {
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  };
}

import type { z } from 'zod';

/** What can be wrong with a field; each has a text `errors.field.<code>`. */
export const FIELD_ERROR_CODES = [
  'required',
  'too_long',
  'not_a_number',
  'not_an_amount',
  'not_a_percent',
  'negative',
  'too_small',
  'too_large',
  'amount_too_large',
  'not_a_day',
  'not_a_web_address',
  'before_start',
  'in_future',
  'in_past',
  'not_their_order',
  'key_reused',
  'insufficient',
  'unknown_customer',
  'not_ascending',
  'not_rising',
  'not_a_file',
  'rules_too_long',
  'name_taken',
  'same_category',
  'moves_in_circle',
  'in_use',
  'changed_meanwhile',
  'has_ended',
  'too_many',
  'gone',
  'refused',
  'not_saved',
  'partly_saved',
  'not_a_phone',
  'phone_unclear',
  'not_an_email',
  'not_a_handle',
  'needs_contact',
  'needs_phone',
  'needs_email',
  'taken',
  'no_comma',
  'too_many_tags',
  'kept_by_segment',
  'names_itself',
  'not_for_shopify',
  'not_a_sid',
  'unknown_variable',
  'needs_fallback',
  'no_recipients',
  'price_changed',
  'wallet_too_low',
  'price_old',
  'not_confirmed',
  'second_person',
  'country_not_served',
  'not_allowed_there',
  'opted_out',
  'wider_than_allowed',
  'over_monthly_limit',
  'not_enough_money',
  'not_a_sender_name',
  'twilio_credentials',
  'twilio_no_service',
  'twilio_refused',
  'channel_paused',
  'twilio_unreachable',
  'gives_more_than_paid',
  'needs_test_customer',
  'is_draft',
  'nothing_earns',
  'invalid',
] as const;

export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number];

/** Field name -> what is wrong with it, and the limit that was exceeded, if there is one. */
export type FieldErrors = Record<string, { code: FieldErrorCode; limit?: string }>;

function toCode(message: string): FieldErrorCode {
  return FIELD_ERROR_CODES.find((code) => code === message) ?? 'invalid';
}

const CODE_WITH_LIMIT = /^([a-z_]+)(?::(\d+))?$/;

/**
 * Returns the first problem of each field. Schemas use one of the codes as message, followed by `:limit` if there is
 * one.
 */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.');
    const [, message = '', limit] = CODE_WITH_LIMIT.exec(issue.message) ?? [];
    errors[field] ??= limit === undefined ? { code: toCode(message) } : { code: toCode(message), limit };
  }
  return errors;
}

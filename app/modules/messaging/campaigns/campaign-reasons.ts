/** Why a customer of the audience gets no message. */
export const EXCLUSION_REASONS = [
  'no_phone',
  'no_consent',
  'opted_out',
  'bad_number',
  'same_number',
  'country_unknown',
  'country_closed',
  'no_price',
  'no_way_to_stop',
  'link_banned',
  'callback_banned',
  'link_not_registered',
  'too_long',
  'holdout',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

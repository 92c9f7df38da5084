/** What the population of segment-population.ts has, and rules may ask for. */

/** Ends of months, leap days and their neighbours, days on which clocks change. */
export const EDGE_DAYS = [
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2024-11-03',
  '2025-02-28',
  '2025-03-01',
  '2025-03-09',
  '2025-10-26',
  '2025-12-31',
  '2026-01-01',
  '2026-01-31',
  '2026-02-28',
  '2026-03-31',
  '2026-04-24',
  '2026-11-01',
  '2028-02-29',
];
export const CITIES = [null, 'Bandung', 'bandung ', 'São Paulo', "Ha'il"];
export const NAMES = ['Ani', 'Étienne Müller', 'مریم', 'อารีย์', '100% Ani_x', 'O\\Neil', ''];
export const TAG_KEYS = ['vip', 'gold', 'cat:reseller', "it's"];
export const INTERESTS = ['tea', 'Kopi', 'a,b'];
export const PRODUCT_TYPES = ['Tea', 'Mug'];
export const VENDORS = ['Setia', "O'Hara"];
export const CHANNELS = ['web', 'pos', '1234567'];
export const CODES = ['HELLO', 'SIX%'];
export const PRODUCTS = [1, 2, 3, 4];
export const NOTES = ['likes TEA', 'calls on Friday', '50% off?'];

/** Ids of what the shop has. */
export interface Ids {
  categories: string[];
  tiers: string[];
  rewards: string[];
  offers: string[];
}

/** Snapshots of segments. */
export const SNAPSHOTS = ['71', '72'];

/** Campaigns. */
export const CAMPAIGNS = ['81', '82'];

/** Segments at Shopify; readings of the last two go on. */
export const SHOPIFY_SEGMENTS = ['61', '62', '63'];

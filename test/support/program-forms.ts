/** The Program form as a browser posts it. */
import type { ProgramValues } from '#app/modules/earning/programs/program-form.ts';

/** "Rp 100,000 gives 10 points" typed in English, with the given changes. */
export function programForm(change: Record<string, string | boolean> = {}): ProgramValues {
  return {
    version: '',
    kind: 'spend',
    name: 'Points for all',
    unit: 'POINTS',
    startPaused: false,
    stepMinor: '100,000',
    units: '10',
    rows: '[]',
    unitsPerPoint: '1',
    earnAt: 'paid',
    pendingDays: '0',
    lifetime: 'never',
    lifetimeDays: '365',
    includeTax: true,
    includeShipping: false,
    membersOnly: false,
    categories: 'all',
    categoryIds: '[]',
    tiers: 'all',
    tierIds: '[]',
    period: 'always',
    startsOn: '',
    endsOn: '',
    excludedProducts: '[]',
    excludedCollections: '[]',
    excludedTags: '',
    ...change,
  };
}

/** A product row as typed: two units of product 7 give 10. */
export function typedRow(change: Record<string, string | null> = {}) {
  return { productId: '7', variantId: null, title: 'Kopi Gayo', quantity: '2', units: '10', ...change };
}

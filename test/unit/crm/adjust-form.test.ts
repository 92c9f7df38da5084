import { describe, expect, it } from 'vitest';
import { readAdjustForm, type AdjustValues } from '#app/modules/crm/adjust/adjust-form.ts';

const TODAY = '2026-11-21';
const values = (change: Partial<AdjustValues> = {}): AdjustValues => ({
  direction: 'add',
  reason: 'loyal_customer',
  unit: 'POINTS',
  amount: '50',
  effectiveOn: TODAY,
  validFromOn: TODAY,
  lifetime: 'never',
  expiresOn: '',
  orderId: '',
  note: '',
  ...change,
});

function read(change: Partial<AdjustValues>, locale = 'en') {
  return readAdjustForm(values(change), { locale, currency: 'IDR', today: TODAY });
}

const problems = (change: Partial<AdjustValues>) => {
  const form = read(change);
  return form.ok
    ? {}
    : Object.fromEntries(Object.entries(form.errors).map(([field, { code }]) => [field, code]));
};

describe('the Adjust form', () => {
  it('reads points, and money as it is written where the user lives', () => {
    expect(read({ amount: '1,250' })).toMatchObject({ ok: true, draft: { unit: 'POINTS', amount: 1_250n } });
    expect(read({ unit: 'CREDIT', amount: 'Rp 25.000' }, 'id')).toMatchObject({
      ok: true,
      draft: { unit: 'CREDIT', amount: 2_500_000n },
    });
  });

  it.each<[Partial<AdjustValues>, Record<string, string>]>([
    [{ reason: '' }, { reason: 'required' }],
    [{ reason: 'made up' }, { reason: 'required' }],
    [{ amount: '' }, { amount: 'required' }],
    [{ amount: '0' }, { amount: 'too_small' }],
    [{ amount: '1.5' }, { amount: 'not_a_number' }],
    [{ unit: 'CREDIT', amount: 'x' }, { amount: 'not_an_amount' }],
    [{ unit: 'GOLD' }, { unit: 'invalid' }],
    [{ effectiveOn: '2026-11-22' }, { effectiveOn: 'in_future' }],
    [{ effectiveOn: '' }, { effectiveOn: 'required' }],
    [{ effectiveOn: '2026-02-30' }, { effectiveOn: 'not_a_day' }],
    [{ lifetime: 'until', expiresOn: '' }, { expiresOn: 'required' }],
    [{ lifetime: 'until', expiresOn: '2026-11-20' }, { expiresOn: 'in_past' }],
    [{ lifetime: 'until', expiresOn: '2026-11-20', validFromOn: '2026-11-01' }, { expiresOn: 'in_past' }],
    [
      { lifetime: 'until', expiresOn: '2026-11-30', validFromOn: '2026-12-01' },
      { expiresOn: 'before_start' },
    ],
    [{ note: 'x'.repeat(501) }, { note: 'too_long' }],
    [{ reason: 'forgotten_order' }, { orderId: 'required' }],
    [
      { amount: '', effectiveOn: '', validFromOn: '' },
      { amount: 'required', effectiveOn: 'required', validFromOn: 'required' },
    ],
  ])('%j is wrong at %j', (change, expected) => {
    expect(problems(change)).toEqual(expected);
  });

  it('can be used on its last day when that is today', () => {
    expect(read({ lifetime: 'until', expiresOn: TODAY })).toMatchObject({
      ok: true,
      draft: { expiresOn: TODAY },
    });
  });

  it('leaves out what does not belong to the reason', () => {
    expect(
      read({ reason: 'deduct', lifetime: 'until', expiresOn: 'x', validFromOn: '', orderId: '7' }),
    ).toMatchObject({
      ok: true,
      draft: { expiresOn: null, validFromOn: TODAY, orderId: null },
    });
    expect(read({ reason: 'birthday_gift', orderId: '7' })).toMatchObject({ draft: { orderId: null } });
    expect(read({ reason: 'forgotten_order', orderId: '7' })).toMatchObject({ draft: { orderId: 7n } });
  });
});

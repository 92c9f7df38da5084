import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPhone, toE164, withReadablePhone } from '#app/lib/phone.ts';

const ok = (phone: string) => ({ ok: true, phone });
const not = (reason: string) => ({ ok: false, reason });

describe('a phone number', () => {
  it.each([
    // Case 12.
    ['62811123456', 'ID', ok('+62811123456')],
    ['62215551234', 'ID', ok('+62215551234')],
    ['62811123457', 'ID', ok('+62811123457')],
    ['+62 811-123-456', 'ID', ok('+62811123456')],
    ['+62 (0)811 123 456', 'ID', ok('+62811123456')],
    ['+62 0811 123 456', 'ID', ok('+62811123456')],
    ['0062 811 123 456', 'ID', ok('+62811123456')],
    ['0811123456', 'ID', ok('+62811123456')],
    ['811123456', 'ID', ok('+62811123456')],
    ['(021) 555-1234', 'ID', ok('+62215551234')],
    ['٠٨١١١٢٣٤٥٦', 'ID', ok('+62811123456')],
    ['۰۸۱۱۱۲۳۴۵۶', 'ID', ok('+62811123456')],
    ['๐๘๑๒๓๔๕๖๗๘', 'TH', ok('+66812345678')],
    ['०९८१२३४५६७८', 'IN', ok('+919812345678')],
    ['＋６２８１１１２３４５６', 'ID', ok('+62811123456')],
    ['6281234567890', 'MY', ok('+6281234567890')],
    ['4915112345678', 'DE', ok('+4915112345678')],
    ['3912345678', 'IT', ok('+393912345678')],
    ['2025550123', 'US', ok('+12025550123')],
    ['12025550123', 'US', ok('+12025550123')],
    ['0011 62 811 123 456', 'AU', ok('+62811123456')],
    ['+6591234567', null, ok('+6591234567')],
    ['6591234567', null, ok('+6591234567')],
    // A land line of Aceh without its 0, or a mobile of Singapore without its plus.
    ['6591234567', 'ID', not('phone_unclear')],
    ['0811123456', null, not('not_a_phone')],
    ['0811123456', 'XX', not('not_a_phone')],
    ['+628123456', 'ID', not('not_a_phone')],
    ['+6262811123456789', 'ID', not('not_a_phone')],
    ['12', 'ID', not('not_a_phone')],
    ['call 0811123456', 'ID', not('not_a_phone')],
    ['', 'ID', not('not_a_phone')],
    ['\u0000\ud800', 'ID', not('not_a_phone')],
  ])('%s in %s', (written, country, read) => {
    expect(readPhone(written, [country])).toEqual(read);
  });

  it("is read by the customer's country before the shop's", () => {
    expect(readPhone('91234567', ['SG', 'ID'])).toEqual(ok('+6591234567'));
    expect(readPhone('0811123456', ['SG', 'ID'])).toEqual(ok('+62811123456'));
  });

  it('is the same in every way that people write it', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 });
    const way = fc.constantFrom('0', '+62', '62', '0062', '+62 (0)', '+620', '');
    const zero = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xe50);
    const separator = fc.constantFrom('', ' ', '-', '.');
    fc.assert(
      fc.property(digits, way, zero, separator, (rest, before, script, between) => {
        const subscriber = `812${rest.join('')}`;
        const written = before + subscriber.match(/.{1,4}/g)!.join(between);
        const inScript = written.replace(/\d/g, (digit) => String.fromCharCode(script + Number(digit)));
        const read = toE164(inScript, 'ID');
        // Without 0 and plus it may be a number from abroad as well: then it is refused, never another one.
        if (before !== '' || read !== null) expect(read).toBe(`+62${subscriber}`);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readPhone(text, ['ID', null])).toHaveProperty('ok');
      }),
    );
  });
});

it.each([
  ['+6281234567890', '+62 812 3456 7890'],
  ['+66812345678', '+66 81 234 5678'],
  ['12', '12'],
  [null, null],
])('%s of a list is shown as %s', (phone, shown) => {
  expect(withReadablePhone({ id: 1, phone })).toEqual({ id: 1, phone: shown });
});

import { expect, test } from 'vitest';
import { paceLimit, senderTraits } from '#app/modules/messaging/channels/rules/sender-traits.ts';

test.each([
  ['Toko', 'name', 10, false],
  ['+14155550172', 'number', 1, true],
  ['+18005550172', 'number', 3, true],
  ['+18885550172', 'number', 3, true],
  ['+18765550172', 'number', 1, true],
  ['12345', 'number', 100, true],
  ['+6281234567890', 'number', 10, true],
  ['+447700900123', 'number', 10, true],
] as const)(
  '%s, a %s, sends %i parts a second unless told otherwise',
  (address, kind, perSecond, replies) => {
    expect(senderTraits(address, kind)).toEqual({ perSecond, replies });
    expect(paceLimit({ account: 'platform', address, kind })).toBe(perSecond);
    expect(paceLimit({ account: 'own', address, kind })).toBe(225);
  },
);

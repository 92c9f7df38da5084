/** What follows from Twilio's codes, and when a message that was given back is tried again. */
import { describe, expect, test } from 'vitest';
import { accountProblemOf } from '#app/modules/messaging/channels/rules/account-problem.ts';
import { effectOf, isHeldBack } from '#app/modules/messaging/delivery/rules/error-effects.ts';
import { nextTry, whenPhoneMayBeOn } from '#app/modules/messaging/delivery/rules/next-try.ts';

describe('a code of Twilio’s', () => {
  test.each([
    [20_003, 'account'],
    [20_005, 'account'],
    [30_002, 'account'],
    [30_454, 'account'],
    [63_038, 'account'],
    [21_611, 'full'],
    [30_001, 'full'],
    [30_034, 'unregistered'],
    [30_035, 'unregistered'],
    [30_022, 'later'],
    [30_023, 'later'],
    [30_003, 'fail'],
    [30_042, 'pause'],
    [21_408, 'country'],
    [21_610, 'suppress'],
    [99_999, 'unlisted'],
  ])('%s is about %s', (code, effect) => {
    expect(effectOf(code)).toBe(effect);
    expect(isHeldBack(effectOf(code))).toBe(['account', 'full', 'unregistered', 'later'].includes(effect));
  });

  test('401 is about the account, whatever the code', () => {
    expect(effectOf(99_999, 401)).toBe('account');
    expect(accountProblemOf('own', 99_999)).toBe('credentials');
  });

  test.each([
    [null, null],
    [20_003, 'credentials'],
    [30_002, 'suspended'],
    [21_608, 'trial'],
    [30_454, 'daily_limit'],
    [63_038, 'daily_limit'],
  ])('says of the account: %s is %s', (code, problem) => {
    expect(accountProblemOf('own', code)).toBe(problem);
    expect(accountProblemOf('platform', code)).toBe(code === null ? null : 'platform');
  });
});

describe('the next try', () => {
  const at = (code: number, now: string, expires: string | null = null) => {
    const effect = effectOf(code);
    if (!isHeldBack(effect)) throw new Error(effect);
    const expiresAt = expires === null ? null : new Date(expires);
    return nextTry({ code, effect, now: new Date(now), expiresAt })?.toISOString() ?? null;
  };

  test.each([
    [21_611, '2026-07-01T12:00:00Z', '2026-07-01T12:10:00.000Z'],
    [30_022, '2026-07-01T12:00:00Z', '2026-07-01T12:01:00.000Z'],
    [30_034, '2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
    [20_003, '2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
    // Midnight in Los Angeles, in summer and in winter; the day before by UTC's calendar too.
    [30_023, '2026-07-01T12:00:00Z', '2026-07-02T07:00:00.000Z'],
    [30_023, '2026-07-02T06:59:00Z', '2026-07-02T07:00:00.000Z'],
    [30_023, '2026-12-01T12:00:00Z', '2026-12-02T08:00:00.000Z'],
    // The nights in which clocks change.
    [30_023, '2026-03-08T12:00:00Z', '2026-03-09T07:00:00.000Z'],
    [30_023, '2026-11-01T12:00:00Z', '2026-11-02T08:00:00.000Z'],
  ])('after %s at %s is at %s', (code, now, expected) => {
    expect(at(code, now)).toBe(expected);
  });

  test('is none from the moment on at which the message is pointless', () => {
    const now = '2026-07-01T12:00:00Z';
    expect(at(30_022, now, '2026-07-01T12:01:00Z')).toBeNull();
    expect(at(30_022, now, '2026-07-01T12:01:01Z')).toBe('2026-07-01T12:01:00.000Z');
    const off = (expires: string | null) =>
      whenPhoneMayBeOn(new Date(now), expires === null ? null : new Date(expires))?.toISOString();
    expect(off(null)).toBe('2026-07-01T16:00:00.000Z');
    expect(off('2026-07-01T16:00:00Z')).toBeUndefined();
  });
});

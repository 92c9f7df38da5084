/** What a text means for whether its sender may be written to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideText } from '#app/modules/messaging/inbound/rules/decide-text.ts';
import { normaliseText } from '#app/modules/messaging/inbound/rules/normalise-text.ts';
import { HELP_WORDS, START_WORDS, STOP_WORDS } from '#app/modules/messaging/inbound/rules/words.ts';
import { messageCases } from '#test/support/message-cases.ts';

const decide = (text: string, change: Partial<Parameters<typeof decideText>[0]> = {}) =>
  decideText({ text, country: 'GB', isSuppressed: false, optOutType: null, ...change });

test.each(messageCases('opt-out'))('$name', ({ input, expected }) => {
  const { suppressed = false, optOutType = null, ...text } = input;
  expect(decideText({ ...text, isSuppressed: suppressed, optOutType })).toMatchObject({
    intent: expected.intent,
    suppresses: expected.suppress,
    needsReview: expected.review,
    ...(expected.reply === false ? { isAnswered: true } : {}),
  });
});

describe('a word of the lists', () => {
  const ofList = (intent: string) =>
    [...{ stop: STOP_WORDS, start: START_WORDS, help: HELP_WORDS }[intent]!].map((word) => ({
      word,
      intent,
    }));
  test.each([...ofList('stop'), ...ofList('start'), ...ofList('help')])(
    '$word: $intent',
    ({ word, intent }) => {
      for (const text of [word, `  ${word.toUpperCase()}!! `, `\u200F${word}\u200E.`])
        expect(decide(text)).toMatchObject({ intent, suppresses: intent === 'stop' });
    },
  );
});

test.each([
  ['S.T.O.P', 'stop'],
  ['ＳＴＯＰ', 'stop'],
  ['🛑', 'stop'],
  ['stop please', 'stop'],
  ['tolong', 'help'],
  ['yes', 'none'],
  ['batal', 'none'],
  ['nonstop', 'none'],
  ['STOP 12345', 'review'],
  ['UNREG 12345', 'stop'],
  ['لغو ۱۱', 'stop'],
  ['لطفا لغو', 'stop'],
  ['ช่วยด้วย', 'help'],
  ['', 'none'],
])('"%s" is %s', (text, intent) => expect(decide(text).intent).toBe(intent));

test('STOP with something after it stops in Indonesia and anywhere in a text of the United States', () => {
  expect(decide('STOP 12345', { country: 'ID' }).intent).toBe('stop');
  expect(decide("i'd like to revoke this", { country: 'CA' }).intent).toBe('stop');
  expect(decide("don't text me", { country: null })).toMatchObject({ intent: 'review', suppresses: true });
});

test('an OptOutType that is not known decides nothing', () => {
  expect(decide('stop', { optOutType: 'LATER' })).toMatchObject({ intent: 'stop', isAnswered: false });
});

test('any text is decided, normalising it twice changes nothing, and only a refusal suppresses', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.boolean(), (text, isSuppressed) => {
      const once = normaliseText(text);
      expect(normaliseText(once)).toBe(once);
      const { intent, suppresses, needsReview } = decide(text, { isSuppressed });
      if (suppresses) expect(['stop', 'review']).toContain(intent);
      expect(needsReview).toBe(intent === 'review');
    }),
  );
});

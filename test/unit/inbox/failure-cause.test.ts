/** Every technical line of a failed event has a cause that is told in words. */
import { describe, expect, it } from 'vitest';
import en from '#app/i18n/en.ts';
import id from '#app/i18n/id.ts';
import { DecodeError } from '#app/lib/decode.ts';
import { AppError, UpstreamError } from '#app/lib/errors.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { causeOfFailure } from '#app/modules/inbox/rules/failure-cause.ts';
import { MalformedPayload } from '#app/modules/orders/rules/malformed-payload.ts';
import { TOPIC_TEXTS } from '#app/modules/inbox/ui/event-labels.ts';

const upstream = new UpstreamError('Shopify: 503', { retryable: true, outcomeKnown: false });
const decode = new DecodeError('order.currency', 'expected a currency code');

describe('the cause of a failure', () => {
  it.each([
    [new MalformedPayload('order', decode), 'unreadable'],
    [decode, 'unreadable'],
    [upstream, 'shopify'],
    [new AppError('unknown_topic', 'no use case for the topic x/y'), 'unknown_event'],
    [new AppError('invariant', 'invariant broken'), 'ours'],
    [new RangeError('anything'), 'ours'],
    ['a text that was thrown', 'ours'],
  ])('%s is %s', (error, cause) => {
    expect(causeOfFailure(safeErrorText(error))).toBe(cause);
  });

  it('of JSON that is none is unreadable', () => {
    try {
      JSON.parse('{');
    } catch (error) {
      expect(causeOfFailure(safeErrorText(error))).toBe('unreadable');
    }
    expect(causeOfFailure(null)).toBe('none');
  });
});

it.each(Object.entries(TOPIC_TEXTS))('the topic %s has words in each language', (topic, key) => {
  for (const { events } of [en, id]) {
    expect(events.topic[key].length).toBeGreaterThan(3);
    expect(events.topic[key]).not.toContain(topic);
  }
});

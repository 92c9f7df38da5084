import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOfSnapshot, lastOfEach, type TagChange } from '#app/modules/tags/rules/tag-changes.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import { wrongWithTag } from '#app/modules/tags/rules/tag-names.ts';

const change = fc.record({
  shopId: fc.constantFrom(1n, 2n),
  customerId: fc.constantFrom(1n, 2n),
  name: fc.constantFrom('vip', 'VIP', ' Vip ', 'grosir', 'ร้านค้า'),
  isOn: fc.boolean(),
  at: fc.integer({ min: 0, max: 5 }).map((second) => new Date(second * 1_000)),
});

/** Who has which tag in the end. */
function tagsOf(changes: readonly TagChange[]): string[] {
  return lastOfEach(changes)
    .filter(({ isOn }) => isOn)
    .map(({ shopId, customerId, tagKey: key }) => `${shopId}/${customerId}/${key}`)
    .toSorted();
}

describe('changes of tags', () => {
  it('come to the same tags shuffled and doubled', () => {
    const shuffled = fc
      .array(change, { maxLength: 20 })
      .chain((changes) =>
        fc.tuple(
          fc.constant(changes),
          fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([changes, again]) => {
        expect(tagsOf(again)).toEqual(tagsOf(changes));
      }),
    );
  });

  it('leave a customer with the tags of a snapshot, unless a later change differs', () => {
    const at = new Date(10_000);
    const snapshot = { shopId: 1n, customerId: 1n, tags: ['VIP', 'Grosir'], at };
    const changes = changesOfSnapshot(snapshot, ['vip', 'lama']);
    expect(tagsOf(changes)).toEqual(['1/1/grosir', '1/1/vip']);
    const later = { shopId: 1n, customerId: 1n, name: 'vip', isOn: false, at: new Date(11_000) };
    expect(tagsOf([later, ...changes])).toEqual(['1/1/grosir']);
  });
});

describe('names of tags', () => {
  it('are the same whatever the case and the space around', () => {
    expect(['VIP', ' vip', 'Vip '].map(tagKey)).toEqual(['vip', 'vip', 'vip']);
    expect(tagKey('Pelanggan  Lama')).toBe('pelanggan lama');
  });

  it('follow the rules of Shopify', () => {
    expect(['', '  ', 'a,b', 'x'.repeat(256), 'x'.repeat(255), 'vip'].map(wrongWithTag)).toEqual([
      'required',
      'required',
      'no_comma',
      'too_long',
      null,
      null,
    ]);
  });
});

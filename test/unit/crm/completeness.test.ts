import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsOf, COMPLETENESS_FIELDS, RECORD_FIELD_BITS } from '#app/modules/customers/rules/field-bits.ts';
import {
  askedFields,
  completenessOf,
  FIELD_RULES,
  readField,
} from '#app/modules/crm/worklist/rules/completeness.ts';

const PLAIN = { sensitive: false, wedding: false };
const ALL = { sensitive: true, wedding: false };

test('a phone and an e-mail alone are 35 of 100, an empty record nothing, a full one all', () => {
  expect(completenessOf(bitsOf(COMPLETENESS_FIELDS) - bitsOf(['phone', 'email']), PLAIN)).toMatchObject({
    score: 35,
  });
  expect(completenessOf(bitsOf(COMPLETENESS_FIELDS), PLAIN).score).toBe(0);
  expect(completenessOf(0, PLAIN)).toEqual({ score: 100, missing: [] });
});

test('sensitive fields count only where the shop asks for them, the wedding date also for its gift', () => {
  const missing = bitsOf(['housing', 'weddingDate', 'gender']);
  expect(completenessOf(missing, PLAIN)).toEqual({ score: 95, missing: ['gender'] });
  expect(completenessOf(missing, { ...PLAIN, wedding: true })).toEqual({
    score: Math.floor((100 * 95) / 105),
    missing: ['gender', 'weddingDate'],
  });
  expect(completenessOf(missing, ALL)).toEqual({
    score: Math.floor((100 * 110) / 125),
    missing: ['gender', 'weddingDate', 'housing'],
  });
});

test('each field has a bit of its own, and every field is listed once', () => {
  const bits = Object.values(RECORD_FIELD_BITS);
  expect(new Set(bits).size).toBe(bits.length);
  expect([...COMPLETENESS_FIELDS].toSorted()).toEqual(Object.keys(FIELD_RULES).toSorted());
  expect(readField('phone')).toBe('phone');
  expect(readField('constructor')).toBeNull();
});

test('filling in a field never lowers the score', () => {
  const bits = fc.integer({ min: 0, max: 2 ** 15 - 1 });
  const asked = fc.record({ sensitive: fc.boolean(), wedding: fc.boolean() });
  fc.assert(
    fc.property(bits, asked, fc.constantFrom(...COMPLETENESS_FIELDS), (missing, terms, field) => {
      const before = completenessOf(missing, terms);
      const after = completenessOf(missing & ~RECORD_FIELD_BITS[field], terms);
      expect(after.score).toBeGreaterThanOrEqual(before.score);
      expect(after.missing).not.toContain(field);
      expect(before.score === 100).toBe(before.missing.length === 0);
      expect(askedFields(terms)).toEqual(expect.arrayContaining(before.missing));
    }),
  );
});

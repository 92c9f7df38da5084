import { z } from 'zod';
import { bitsOf, COMPLETENESS_FIELDS, RECORD_FIELD_BITS } from '#app/modules/customers/rules/field-bits.ts';
import { setCondition } from '../kinds/set.ts';

/** Fields of the record that are empty. */
export const incomplete = setCondition('incomplete', {
  family: 'who',
  choices: { from: 'list', list: COMPLETENESS_FIELDS },
  item: z.enum(COMPLETENESS_FIELDS),
  hasAny: (list, { put }) => {
    const fields = COMPLETENESS_FIELDS.filter((field) => list === null || list.includes(field));
    return `(s.missing_fields & ${put(bitsOf(fields), 'int')} <> 0)`;
  },
  read: ({ missingFields }) =>
    COMPLETENESS_FIELDS.filter((field) => (missingFields & RECORD_FIELD_BITS[field]) !== 0),
});

import { foldDigits } from '#app/lib/digits.ts';
import { textCondition } from '../kinds/text.ts';
import { inRecord } from '../condition.ts';

/** A number as stored starts with "+" and the country: zeros that people put before it are no part of it. */
function phoneText(typed: string): string {
  const digits = foldDigits(typed).replace(/\(0\)/g, '').replace(/\D/g, '');
  return typed.trim().startsWith('+') ? `+${digits}` : digits.replace(/^0+(?=\d)/, '');
}

export const phone = textCondition('phone', {
  family: 'who',
  ops: ['contains', 'startsWith', 'isSet', 'isEmpty'],
  isLike: (pattern, { put }) =>
    pattern === null ? 's.has_phone' : inRecord(`c.phone LIKE ${put(pattern, 'text')}`),
  read: ({ phone: own }) => (own === null || own === '' ? [] : [own]),
  fold: phoneText,
});

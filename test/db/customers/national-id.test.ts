import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashNationalId, readNationalId, sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { maskNationalId, normaliseNationalId } from '#app/modules/customers/rules/national-id.ts';

const KTP = '3174096112900001';

describe('national IDs', () => {
  it('are found however they are written, in their own shop only', () => {
    const { hash } = sealNationalId(1n, KTP);
    expect(hashNationalId(1n, '3174 0961 1290 0001')).toEqual([hash]);
    expect(hashNationalId(1n, '٣١٧٤٠٩٦١١٢٩٠٠٠٠١')).toEqual([hash]);
    expect(hashNationalId(1n, '3174096112900002')).not.toContain(hash);
    expect(hashNationalId(2n, KTP)).not.toContain(hash);
  });

  it('lie encrypted and open in their own shop only', () => {
    const { cipher, hash } = sealNationalId(1n, KTP);
    expect(`${cipher} ${hash}`).not.toContain(KTP);
    expect(readNationalId(1n, cipher)).toBe(KTP);
    expect(readNationalId(2n, cipher)).toBeNull();
    expect(readNationalId(1n, null)).toBeNull();
  });

  it.each(['', 'abc', '12', 'Budi Santoso', 'budi@example.com', '1'.repeat(33)])('"%s" is none', (text) => {
    expect(normaliseNationalId(text)).toBeNull();
    expect(hashNationalId(1n, text)).toEqual([]);
    expect(() => sealNationalId(1n, text)).toThrow('no national ID');
  });

  it('are shown by their last characters, most of them hidden', () => {
    expect(maskNationalId(KTP)).toBe('••••••••••••0001');
    expect(maskNationalId('A1234')).toBe('••••4');
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{5,32}$/), (id) => {
        const masked = maskNationalId(id);
        expect(masked).toHaveLength(id.length);
        expect(masked.replaceAll('•', '').length).toBeLessThanOrEqual(Math.min(4, id.length / 3));
      }),
    );
  });
});

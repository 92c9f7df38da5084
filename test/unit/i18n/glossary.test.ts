/** One word for one thing: words that were used beside the glossary's own, in each language, and must not come back. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface Twin {
  /** What must not be written. */
  word: RegExp;
  /** What is written instead. */
  instead: string;
  /** Files or key paths (`file.json key.path`) it is forbidden in; everywhere without one. */
  within?: RegExp;
}

const TWINS: Readonly<Record<'en' | 'id', readonly Twin[]>> = {
  en: [
    { word: /\be-mails?\b/i, instead: 'email' },
    { word: /\bcancell(ed|ing)\b/i, instead: 'canceled' },
    { word: /\b(colou?r)(?<!color)\b/i, instead: 'color' },
    { word: /\bfavourites?\b/i, instead: 'favorite' },
    { word: /\bplease\b/i, instead: 'no please' },
    { word: /\b(ledger|history) (entry|entries)\b/i, instead: 'movement' },
    { word: /\bgifts?\b/i, instead: 'reward', within: /^(rewards|claims)\.json/ },
  ],
  id: [
    { word: /\b(ke)?anggota(an)?(nya)?\b/i, instead: 'member, membership; isi segmen' },
    { word: /\bberkas(nya)?\b/i, instead: 'file' },
    { word: /\btemplat\b/i, instead: 'template' },
    { word: /\bkadaluarsa\b/i, instead: 'kedaluwarsa' },
    { word: /\b(surel|e-mail)\b/i, instead: 'email' },
    { word: /\bperamban\b/i, instead: 'browser' },
    { word: /\bsilakan\b/i, instead: 'the bare imperative' },
    { word: /\b(kamu|kita)\b/i, instead: 'Anda' },
    { word: /\bhangus\b/i, instead: 'kedaluwarsa' },
    { word: /\b(sedikitnya|paling sedikit)\b/i, instead: 'minimal' },
    { word: /\bpesanan( \w+)? sah\b/i, instead: 'pesanan valid' },
    { word: /\bdiskon perorangan\b/i, instead: 'diskon pribadi' },
    { word: /\bstore credit\b/i, instead: 'kredit toko' },
    { word: /\b(di|me)?(hidupkan|nyalakan|matikan)(nya)?\b/i, instead: 'aktifkan, nonaktifkan' },
    {
      word: /\b(pesan|syarat|langkah|pelanggan|pesanan|produk|poin|baris|tag)-\1/i,
      instead: 'the noun once',
    },
    {
      word: /\b(Pengaturan > Checkout|Pelanggan > Segmen)\b/,
      instead: 'the English names of Shopify’s menus',
    },
    { word: /\bantar (pesanan|pembelian)\b/i, instead: 'antarpesanan, antarpembelian' },
    { word: /\b(saring|menyaring)\b/i, instead: 'filter' },
    { word: /\b(ganjaran|imbalan)\b/i, instead: 'reward' },
    {
      word: /\bhadiah(nya)?\b/i,
      instead: 'reward',
      within:
        /^(rewards|claims)\.json|^segments\.json .*reward|^extensions.* (?!.*(birthday|anniversary|welcome))/,
    },
    { word: /\b(buku besar|buku poin|jurnal poin|riwayat saldo|catatan poin)\b/i, instead: 'riwayat poin' },
    { word: /\blangganan\b/i, instead: 'pelanggan tetap', within: /^(segments|segment_list|settings)\.json/ },
  ],
};

interface Shown {
  at: string;
  text: string;
}

/** Every text of a language with where it stands: the admin's and those of the extensions. */
function textsOf(locale: 'en' | 'id'): Shown[] {
  const folder = path.join(ROOT, 'app', 'i18n', locale);
  const admin = fs.readdirSync(folder).map((file) => ({ file: path.join(folder, file), name: file }));
  const extensions = fs.globSync(`extensions/*/locales/${locale}*.json`, { cwd: ROOT }).map((file) => ({
    file: path.join(ROOT, file),
    name: file,
  }));
  return [...admin, ...extensions].flatMap(({ file, name }) =>
    flatten(JSON.parse(fs.readFileSync(file, 'utf8')) as object, '').map(({ at, text }) => ({
      at: `${name} ${at}`,
      text,
    })),
  );
}

function flatten(tree: object, prefix: string): Shown[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [{ at: prefix + key, text: value.replaceAll(/\{\{.*?\}\}/g, '') }]
      : flatten(value as object, `${prefix}${key}.`),
  );
}

describe.each(['en', 'id'] as const)('texts in %s', (locale) => {
  const texts = textsOf(locale);

  test('are quoted with “ ”, and have ’ for an apostrophe', () => {
    expect(texts.filter(({ text }) => /["]|\p{L}'\p{L}/u.test(text))).toEqual([]);
  });

  test('are found, the extensions’ too', () => {
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts.some(({ at }) => at.startsWith('extensions'))).toBe(true);
  });

  test.each(TWINS[locale])('say $instead, not $word', ({ word, within }) => {
    const wrong = texts.filter(({ at, text }) => word.test(text) && (within?.test(at) ?? true));
    expect(wrong).toEqual([]);
  });
});

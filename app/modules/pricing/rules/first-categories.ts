/** What the six categories of a new shop are called, in its language. */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  id: {
    leads: 'Calon pelanggan',
    customer: 'Pelanggan',
    reseller: 'Reseller',
    dropshipper: 'Dropshipper',
    agent: 'Agen',
    distributor: 'Distributor',
  },
};

/** Returns key and name of each category in a language; none where they are called as in English. */
export function firstCategoryNames(locale: string): [key: string, name: string][] {
  return Object.entries(NAMES[locale.slice(0, 2)] ?? {});
}

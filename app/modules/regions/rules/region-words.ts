import type { RegionKind } from './region-kind.ts';

/** The words around names in one country's addresses, all in the form `nameWords` returns. */
export interface RegionWords {
  /** Words before a name that only give its kind. */
  before: ReadonlyMap<string, RegionKind | null>;
  after: ReadonlyMap<string, RegionKind | null>;
  /** The same where no space follows them. */
  glued: readonly string[];
  /** Abbreviations and English words, with their possible meanings. */
  short: ReadonlyMap<string, readonly string[]>;
  /** Words that English puts first and the country puts last. */
  directions: ReadonlySet<string>;
  /** Spellings of one sound, replaced in order. */
  sounds: readonly (readonly [RegExp, string])[];
}

/** In the form `nameWords` returns, where a Thai am is two characters. */
function list(words: string): string[] {
  return words.normalize('NFKD').trim().split(/\s+/);
}

/** Words by the kind they name. */
function kinds(parts: {
  city?: string;
  regency?: string;
  plain: string;
}): ReadonlyMap<string, RegionKind | null> {
  const entries = (words: string | undefined, kind: RegionKind | null): [string, RegionKind | null][] =>
    words === undefined ? [] : list(words).map((word) => [word, kind]);
  return new Map([
    ...entries(parts.city, 'city'),
    ...entries(parts.regency, 'regency'),
    ...entries(parts.plain, null),
  ]);
}

/** Parses `tj=tanjung central=pusat|tengah` into a map. */
function meanings(words: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    list(words).map((pair) => {
      const [word = '', stands = ''] = pair.split('=');
      return [word, stands.split('|')];
    }),
  );
}

/** Parses `tj>c oe>u` into replacements, in order; nothing after `>` removes the letters. */
function sounds(rules: string): (readonly [RegExp, string])[] {
  return list(rules).map((rule) => {
    const [pattern = '', sound = ''] = rule.split('>');
    return [new RegExp(pattern, 'g'), sound] as const;
  });
}

const INDONESIA: RegionWords = {
  before: kinds({
    city: 'kota kotamadya kodya kotif city',
    regency: 'kab kabupaten kabup regency',
    plain:
      'adm admin administrasi administratif of the kec kecamatan distrik district kel kelurahan ds desa prov prop provinsi propinsi province',
  }),
  after: kinds({
    city: 'kota kodya kotamadya city municipality',
    regency: 'kab kabupaten regency',
    plain: 'adm administrative administration district province provinsi indonesia',
  }),
  glued: [],
  short: meanings(`
    jkt=jakarta sby=surabaya bdg=bandung smg=semarang bks=bekasi dpk=depok bgr=bogor tgr=tangerang tng=tangerang
    mlg=malang yog=yogyakarta jogja=yogyakarta yogya=yogyakarta jogjakarta=yogyakarta solo=surakarta mks=makassar
    plg=palembang mdn=medan
    sel=selatan slt=selatan tim=timur tmr=timur bar=barat brt=barat ut=utara utr=utara pus=pusat pst=pusat
    teng=tengah tgh=tengah south=selatan north=utara east=timur west=barat central=pusat|tengah
    southeast=tenggara southwest=baratdaya islands=kepulauan kep=kepulauan
    sumatra=sumatera java=jawa borneo=kalimantan kal=kalimantan sul=sulawesi sum=sumatera nus=nusa jaw=jawa
    tj=tanjung tjg=tanjung tg=tanjung kby=kebayoran keb=kebayoran|kebon kb=kebon|kebayoran br=baru lm=lama
    ps=pasar psr=pasar gn=gunung gng=gunung pd=pondok|padang kp=kampung bdr=bandar sei=sungai sg=sungai
    ma=muara muaro=muara|muaro klp=kelapa cpk=cempaka`),
  directions: new Set(list('selatan utara timur barat pusat tengah tenggara baratdaya kepulauan')),
  // The spelling before 1972, and how names are heard.
  sounds: sounds('tj>c dj>j oe>u nj>ny sj>s sy>s [kc]h>h dh>d bh>b th>t y>j v>f q>k x>ks z>s'),
};

const THAILAND: RegionWords = {
  before: kinds({
    plain: `จังหวัด จ อำเภอ อ เขต กิ่งอำเภอ ตำบล ต แขวง changwat province amphoe amphur ampur amphor khet king district
      tambon tambol khwaeng kwaeng kwang city a t subdistrict prov of`,
  }),
  after: kinds({ plain: 'province district subdistrict sub city thailand metropolis จังหวัด' }),
  glued: list('จังหวัด กิ่งอำเภอ อำเภอ เขต ตำบล แขวง'),
  short: meanings('muang=mueang meuang=mueang haad=hat koh=ko north=nuea south=tai'),
  directions: new Set(),
  // Thai has no single romanisation: aspiration, length and final consonants may or may not be written.
  sounds: sounds(`
    ph>p th>t kh>k ch>c j>c bh>p dh>t gh>k v>w [uo]ey>oi oei>oi oe[iy]>oi eua>ua uea>ua uae>ua ue>u eu>u ou>u oo>u
    ee>i ie>i ae>e ai>i ay>i y>i ao>o au>o ow>o oe>o or(?![aeiou])>o ar(?![aeiou])>a b(?![aeiou])>p d(?![aeiou])>t
    g(?![aeiou])>k nk>n ng>n h>`),
};

const IRAN: RegionWords = {
  before: kinds({ plain: 'استان شهرستان شهر ostan ostane shahrestan shahr e ye province city of' }),
  after: kinds({ plain: 'province city county iran ostan' }),
  glued: list('استان شهرستان'),
  short: meanings(
    'azarbaijan=azerbaijan|azarbaijan azarbayjan=azerbaijan|azarbaijan azerbaijan=azerbaijan|azarbaijan',
  ),
  directions: new Set(),
  // Persian doesn't write short vowels, so romanisations differ.
  sounds: sounds('kh>x gh>q ch>c sh>s zh>z ee>i ey>i ei>i ie>i ou>u oo>u w>v [iy]>e u>o h(?![aeou])>'),
};

const OTHER: RegionWords = {
  before: kinds({
    plain:
      'city province state of the county region negeri wilayah persekutuan provincia departamento emirate',
  }),
  after: kinds({
    plain: 'city province state county region prefecture governorate emirate municipality district shi ken',
  }),
  glued: [],
  short: meanings('st=saint|st saint=saint|st ft=fort mt=mount|mt'),
  directions: new Set(),
  sounds: [],
};

const WORDS: Readonly<Record<string, RegionWords>> = { ID: INDONESIA, TH: THAILAND, IR: IRAN };

/** Returns the words of a country's addresses; `country` is any ISO 3166-1 alpha-2 code. */
export function regionWords(country: string): RegionWords {
  return WORDS[country] ?? OTHER;
}

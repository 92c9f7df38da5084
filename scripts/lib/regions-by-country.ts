import path from 'node:path';
import {
  readCsv,
  packageFile,
  readRows,
  readZones,
  textOf,
  type CountryRegions,
  type RegionRow,
  type RegionSources,
  type VillageRow,
} from './regions-file.ts';
import { readStates } from './regions-of-the-rest.ts';

/** Kemendagri's province to ISO 3166-2; the four Papuan provinces of 2022 are not yet zones of Shopify's. */
const INDONESIAN: Readonly<Record<string, string>> = {
  11: 'AC',
  12: 'SU',
  13: 'SB',
  14: 'RI',
  15: 'JA',
  16: 'SS',
  17: 'BE',
  18: 'LA',
  19: 'BB',
  21: 'KR',
  31: 'JK',
  32: 'JB',
  33: 'JT',
  34: 'YO',
  35: 'JI',
  36: 'BT',
  51: 'BA',
  52: 'NB',
  53: 'NT',
  61: 'KB',
  62: 'KT',
  63: 'KS',
  64: 'KI',
  65: 'KU',
  71: 'SA',
  72: 'ST',
  73: 'SN',
  74: 'SG',
  75: 'GO',
  76: 'SR',
  81: 'MA',
  82: 'MU',
  91: 'PA',
  92: 'PB',
  93: 'PS',
  94: 'PT',
  95: 'PE',
  96: 'PD',
};

/** The common names; the data has "Daerah Khusus Ibukota Jakarta". */
const SHORT_NAMES: Readonly<Record<string, string>> = { JK: 'DKI Jakarta', YO: 'DI Yogyakarta' };

/** Provinces, regencies and cities, districts with the codes of the Ministry of Home Affairs. */
export function readIndonesia(sources: RegionSources): CountryRegions {
  const data = 'idn-area-data/data';
  const zones = new Map(readZones(sources, 'ID').map((zone) => [zone.code, zone]));
  const isoOf = (code: string | undefined): string => INDONESIAN[code ?? ''] ?? '';
  const provinces = readCsv(sources, `${data}/provinces.csv`).map((row): RegionRow => {
    const code = isoOf(row['code']);
    const zone = zones.get(code);
    const official = row['name'] ?? '';
    const name = SHORT_NAMES[code] ?? official;
    const others = [official, ...(zone ? [zone.name, ...zone.names] : [])];
    return { level: 'P', code, parent: '', name, others: others.filter((one) => one !== name) };
  });
  const cities = readCsv(sources, `${data}/regencies.csv`).map((row): RegionRow => {
    const official = row['name'] ?? '';
    const name = official.replace(' Administrasi ', ' ');
    const others = name === official ? [] : [official];
    return { level: 'C', code: row['code'] ?? '', parent: isoOf(row['province_code']), name, others };
  });
  const districts = readCsv(sources, `${data}/districts.csv`).map((row): RegionRow => ({
    level: 'D',
    code: row['code'] ?? '',
    parent: row['regency_code'] ?? '',
    name: row['name'] ?? '',
  }));
  return { code: 'ID', hasZones: true, rows: [...provinces, ...cities, ...districts] };
}

/** The digit after the district in a village's code: what the village is. */
const VILLAGE_KINDS: Readonly<Record<string, string>> = { 1: 'Kelurahan', 2: 'Desa', 3: 'Desa Adat' };

/** Kelurahan and desa with the ministry's codes; where a district has one of each with the same name, the name says which. */
export function readIndonesianVillages(sources: RegionSources): VillageRow[] {
  const rows = readCsv(sources, 'idn-area-data/data/villages.csv').map((row): VillageRow => {
    const district = row['district_code'] ?? '';
    const name = (row['name'] ?? '').replaceAll(/[*\s]+/g, ' ').trim();
    return { province: INDONESIAN[district.slice(0, 2)] ?? '', district, code: row['code'] ?? '', name };
  });
  const count = Map.groupBy(rows, ({ district, name }) => `${district} ${name}`);
  return rows.map((row) => {
    const { district, code, name } = row;
    const isAlone = count.get(`${district} ${name}`)?.length === 1;
    const kind = VILLAGE_KINDS[code.charAt(district.length + 1)];
    return isAlone || kind === undefined ? row : { ...row, name: `${kind} ${name}` };
  });
}

/** Changwat, amphoe or khet, tambon or khwaeng with the codes of the Department of Provincial Administration. */
export function readThailand(sources: RegionSources): CountryRegions {
  const read = (name: string) => readRows(path.join(sources.thailand, 'src', `${name}.json`));
  const zones = new Map(readZones(sources, 'TH').map((zone) => [zone.code, zone]));
  const parts = read('subdistricts');
  const postalOf = Map.groupBy(parts, (row) => textOf(row, 'districtCode'));
  const provinces = read('provinces').map((row): RegionRow => {
    const zone = zones.get(`TH-${textOf(row, 'provinceCode')}`);
    const name = zone?.name ?? textOf(row, 'provinceNameEn');
    const others = [textOf(row, 'provinceNameEn'), ...(zone?.names ?? [])].filter((one) => one !== name);
    return {
      level: 'P',
      code: `TH-${textOf(row, 'provinceCode')}`,
      parent: '',
      name,
      local: textOf(row, 'provinceNameTh'),
      others: [...new Set(others)],
    };
  });
  const districts = read('districts').map((row): RegionRow => {
    const inside = (postalOf.get(textOf(row, 'districtCode')) ?? []).map((part) =>
      textOf(part, 'postalCode'),
    );
    return {
      level: 'C',
      code: textOf(row, 'districtCode'),
      parent: `TH-${textOf(row, 'provinceCode')}`,
      name: textOf(row, 'districtNameEn'),
      local: textOf(row, 'districtNameTh'),
      postal: [...new Set([textOf(row, 'postalCode'), ...inside])],
    };
  });
  const subdistricts = parts.map((row): RegionRow => ({
    level: 'D',
    code: textOf(row, 'subdistrictCode'),
    parent: textOf(row, 'districtCode'),
    name: textOf(row, 'subdistrictNameEn'),
    local: textOf(row, 'subdistrictNameTh'),
    postal: [textOf(row, 'postalCode')],
  }));
  return { code: 'TH', hasZones: true, rows: [...provinces, ...districts, ...subdistricts] };
}

const PERSIAN_CONSONANTS: Readonly<Record<string, string>> = {
  ب: 'b',
  پ: 'p',
  ت: 't',
  ث: 's',
  ج: 'j',
  چ: 'c',
  ح: 'h',
  خ: 'x',
  د: 'd',
  ذ: 'z',
  ر: 'r',
  ز: 'z',
  ژ: 'z',
  س: 's',
  ش: 'S',
  ص: 's',
  ض: 'z',
  ط: 't',
  ظ: 'z',
  غ: 'q',
  ف: 'f',
  ق: 'q',
  ک: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
};

/** Returns what is left of a name in either script without vowels, a final h and doubled letters. */
function skeleton(name: string): string {
  const consonants = /[a-z]/i.test(name)
    ? name
        .toLowerCase()
        .normalize('NFKD')
        .replaceAll(/[^a-z ]/g, '')
        .replaceAll(/zh/g, 'z')
        .replaceAll(/kh/g, 'x')
        .replaceAll(/gh|q/g, 'q')
        .replaceAll(/ch/g, 'c')
        .replaceAll(/sh/g, 'S')
        .replaceAll(/\b(e|ye)\b/g, '')
        .replaceAll(/[aeiouywv ]/g, '')
    : [...name].map((letter) => PERSIAN_CONSONANTS[letter] ?? '').join('');
  return consonants.replace(/h$/, '').replaceAll(/(.)\1/g, '$1');
}

/** Towns whose Latin name the other source lacks or spells too differently. */
const LATIN_TOWNS: Readonly<Record<string, string>> = {
  اهواز: 'Ahvaz',
  زابل: 'Zabol',
  سراوان: 'Saravan',
  شهریار: 'Shahriar',
  'شهر ری': 'Shahr-e Rey',
  هویزه: 'Hoveyzeh',
  ماسال: 'Masal',
  ماسوله: 'Masuleh',
  رویان: 'Royan',
  'شاهین دژ': 'Shahin Dezh',
  گیوی: 'Givi',
  ملکان: 'Malekan',
  خسروشهر: 'Khosrowshahr',
  چهارباغ: 'Chaharbagh',
  'شهر جدید هشتگرد': 'Hashtgerd New Town',
  'مشکین دشت': 'Meshkin Dasht',
  مارلیک: 'Marlik',
  سیراف: 'Siraf',
  کوار: 'Kavar',
  قیر: 'Qir',
  هفتگل: 'Haftgel',
  چمران: 'Chamran',
  شهرصدرا: 'Sadra',
  سردشت: 'Sardasht',
  کنگ: 'Kong',
  'صالح آباد': 'Salehabad',
  قیامدشت: 'Qiamdasht',
  نصیرآباد: 'Nasirabad',
  شریفیه: 'Sharifiyeh',
  رضوانشهر: 'Rezvanshahr',
  'سادات شهر': 'Sadatshahr',
  اردکان: 'Ardakan',
  سوران: 'Suran',
};

/** Provinces (ISO 3166-2 of 2020) and towns; a town's Latin name is the one in its province that sounds alike. */
export function readIran(sources: RegionSources): CountryRegions {
  const folder = 'iran-city/dist/list-of-cities-in-Iran/json';
  const states = readStates(sources, 'IR');
  const rows: RegionRow[] = states.map(({ code, name, native }) => ({
    level: 'P',
    code,
    parent: '',
    name,
    local: native.replace(/^استان /, ''),
  }));
  const provinceOf = new Map<string, string>();
  for (const province of readRows(packageFile(sources, `${folder}/provinces.json`))) {
    const name = textOf(province, 'name');
    const known = rows.find(({ local }) => local === name || skeleton(local ?? '') === skeleton(name));
    if (!known) throw new Error(`no province for ${name}`);
    provinceOf.set(textOf(province, 'id'), known.code);
  }
  const towns = readRows(packageFile(sources, `${folder}/cities.json`));
  const all = states.flatMap(({ code, cities }) => {
    const inside = towns.filter((town) => provinceOf.get(textOf(town, 'province_id')) === code);
    const names = inside.map((town) => skeleton(textOf(town, 'name')));
    return inside.map((town): RegionRow => {
      const local = textOf(town, 'name');
      const sound = skeleton(local);
      const alike = [...new Set(cities.map(({ name }) => name))].filter((name) => skeleton(name) === sound);
      const isAlone = names.filter((other) => other === sound).length === 1;
      const [name = LATIN_TOWNS[local] ?? local, ...others] = isAlone ? alike : [];
      return { level: 'C', code: `${code}-${textOf(town, 'id')}`, parent: code, name, local, others };
    });
  });
  return { code: 'IR', hasZones: false, rows: [...rows, ...all] };
}

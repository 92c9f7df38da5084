/** How rules lie in the database and in the snapshot that an order keeps: JSON, with bigints and dates as strings. */
import {
  DecodeError,
  optionalTimestamp,
  optionalObject,
  optionalText,
  readCount,
  readList,
  readObject,
  type JsonObject,
} from '#app/lib/decode.ts';
import {
  PLAIN_TERMS,
  type EarnOffer,
  type EarnProgram,
  type EarnRules,
  type EarnTerms,
  type Exclusions,
  type ProductRow,
  type ProgramRule,
} from './program.ts';
import { isUnit, type Unit } from '#app/lib/units.ts';

/** A value as JSON has it: bigints as text of digits. */
export type Stored<T> = T extends bigint
  ? string
  : T extends Date
    ? string
    : T extends readonly (infer Item)[]
      ? Stored<Item>[]
      : T extends object
        ? { [Key in keyof T]: Stored<T[Key]> }
        : T;

function store<T>(value: T): Stored<T>;
function store(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item: unknown): unknown => store(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, store(part)]));
}

/** A rule as it lies in the database and in a snapshot. */
export type StoredRule = Stored<ProgramRule>;

/** Writes a rule as JSON. */
export function storeRule(rule: ProgramRule): StoredRule {
  return store(rule);
}

/** Writes all rules as JSON for a snapshot; the same rules always give the same text. */
export function storeRules(rules: EarnRules): Stored<EarnRules> {
  return store(rules);
}

function readWhole(value: unknown, path: string, least: bigint): bigint {
  if (typeof value === 'string' && /^\d+$/.test(value) && BigInt(value) >= least) return BigInt(value);
  throw new DecodeError(path, least === 0n ? 'a whole number' : 'a whole number above zero');
}

const readPositive = (value: unknown, path: string): bigint => readWhole(value, path, 1n);

function readIds(value: unknown, path: string): bigint[] {
  return readList(value, path).map((id, index) => readPositive(id, `${path}[${index}]`));
}

function readIdsOrAll(value: unknown, path: string): bigint[] | null {
  return value === undefined || value === null ? null : readIds(value, path);
}

function readExclusions(value: unknown): Exclusions {
  if (value === undefined) return PLAIN_TERMS.excluded;
  const excluded = readObject(value, 'rule.excluded');
  const titles = readTitles(excluded.titles);
  return {
    productIds: readIds(excluded.productIds, 'rule.excluded.productIds'),
    collectionIds: readIds(excluded.collectionIds, 'rule.excluded.collectionIds'),
    tags: readList(excluded.tags, 'rule.excluded.tags').flatMap((tag) => optionalText(tag) ?? []),
    ...(titles ? { titles } : {}),
  };
}

/** Undefined where there are none, so that a rule without titles is stored as it was before there were such. */
function readTitles(value: unknown): Record<string, string> | undefined {
  const titles = Object.entries(optionalObject(value) ?? {}).flatMap(([key, title]) => {
    const text = optionalText(title);
    return text === null ? [] : [[key, text] as const];
  });
  return titles.length === 0 ? undefined : Object.fromEntries(titles);
}

/** Terms that a rule was stored without, before there were such, restrict nothing. */
function readTerms(rule: JsonObject): EarnTerms {
  const { lifetimeDays } = rule;
  return {
    earnAt: rule.earnAt === 'fulfilled' ? 'fulfilled' : 'paid',
    pendingDays: readCount(rule.pendingDays, 'rule.pendingDays', 0),
    lifetimeDays:
      lifetimeDays === null || lifetimeDays === undefined
        ? null
        : readCount(lifetimeDays, 'rule.lifetimeDays', 0),
    includeTax: rule.includeTax === true,
    includeShipping: rule.includeShipping === true,
    membersOnly: rule.membersOnly === true,
    categoryIds: readIdsOrAll(rule.categoryIds, 'rule.categoryIds'),
    tierIds: readIdsOrAll(rule.tierIds, 'rule.tierIds'),
    excluded: readExclusions(rule.excluded),
  };
}

function readRow(value: unknown, path: string): ProductRow {
  const row = readObject(value, path);
  const quantity = readCount(row.quantity, `${path}.quantity`, 1);
  if (quantity === 0) throw new DecodeError(`${path}.quantity`, 'a whole number above zero');
  return {
    productId: readPositive(row.productId, `${path}.productId`),
    variantId: row.variantId === null ? null : readPositive(row.variantId, `${path}.variantId`),
    quantity,
    units: readPositive(row.units, `${path}.units`),
    title: optionalText(row.title) ?? '',
  };
}

/** Reads a stored rule; throws DecodeError when it has not the shape of its kind. */
export function loadRule(stored: unknown): ProgramRule {
  const rule = readObject(stored, 'rule');
  const terms = readTerms(rule);
  switch (rule.kind) {
    case 'spend':
      return {
        kind: 'spend',
        ...terms,
        stepMinor: readPositive(rule.stepMinor, 'rule.stepMinor'),
        units: readPositive(rule.units, 'rule.units'),
      };
    case 'product':
      return {
        kind: 'product',
        ...terms,
        rows: readList(rule.rows, 'rule.rows').map((row, index) => readRow(row, `rule.rows[${index}]`)),
      };
    case 'printed':
      return {
        kind: 'printed',
        ...terms,
        unitsPerPoint: readPositive(rule.unitsPerPoint, 'rule.unitsPerPoint'),
      };
    default:
      throw new DecodeError('rule.kind', '"spend", "product" or "printed"');
  }
}

function readUnit(value: unknown, path: string): Unit {
  if (!isUnit(value)) throw new DecodeError(path, 'a unit');
  return value;
}

function loadProgram(value: unknown, path: string): EarnProgram {
  const program = readObject(value, path);
  return {
    programId: readPositive(program.programId, `${path}.programId`),
    version: readCount(program.version, `${path}.version`, 1),
    name: optionalText(program.name) ?? '',
    unit: readUnit(program.unit, `${path}.unit`),
    rule: loadRule(program.rule),
    startsAt: optionalTimestamp(program.startsAt, `${path}.startsAt`),
    endsAt: optionalTimestamp(program.endsAt, `${path}.endsAt`),
  };
}

function loadOffer(value: unknown, path: string): EarnOffer {
  const offer = readObject(value, path);
  const { untilDays } = offer;
  return {
    offerId: readPositive(offer.offerId, `${path}.offerId`),
    version: readCount(offer.version, `${path}.version`, 1),
    groupId: readPositive(offer.groupId, `${path}.groupId`),
    groupName: optionalText(offer.groupName) ?? '',
    name: optionalText(offer.name) ?? '',
    unit: readUnit(offer.unit, `${path}.unit`),
    minimumMinor: readWhole(offer.minimumMinor, `${path}.minimumMinor`, 0n),
    percentBp: readCount(offer.percentBp, `${path}.percentBp`, 0),
    fromDays: readCount(offer.fromDays, `${path}.fromDays`, 0),
    untilDays:
      untilDays === null || untilDays === undefined ? null : readCount(untilDays, `${path}.untilDays`, 0),
  };
}

/** Reads a snapshot's rules; throws DecodeError for what was never written by `storeRules`. */
export function loadRules(stored: unknown): EarnRules {
  const rules = readObject(stored, 'rules');
  return {
    timeZone: optionalText(rules.timeZone) ?? 'UTC',
    startsOn: optionalText(rules.startsOn),
    currency: optionalText(rules.currency),
    programs: readList(rules.programs, 'rules.programs').map((value, index) =>
      loadProgram(value, `rules.programs[${index}]`),
    ),
    offers: readList(rules.offers, 'rules.offers').map((value, index) =>
      loadOffer(value, `rules.offers[${index}]`),
    ),
    offersIncludeTax: rules.offersIncludeTax === true,
    offersIncludeShipping: rules.offersIncludeShipping === true,
  };
}

/**
 * How many parts an SMS is sent in. One part holds 140 octets: 160 septets of GSM-7 or 70 units of UCS-2; in a longer text
 * each part gives up 6 octets for its header (153 septets, 67 units). 3GPP TS 23.038 section 6.2.1, TS 23.040 section 9.2.3.24.1.
 */

/** The default alphabet (TS 23.038 section 6.2.1) without the escape: one septet each. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Its extension table (section 6.2.1.1): an escape and one septet, which are never split. */
const EXTENSION = '\f^{}\\[~]|€';

const CODE_UNITS = 0x1_0000;
const SEPTETS = new Uint8Array(CODE_UNITS);
for (const character of BASIC) SEPTETS[character.charCodeAt(0)] = 1;
for (const character of EXTENSION) SEPTETS[character.charCodeAt(0)] = 2;

const ONE_PART = { 'GSM-7': 160, 'UCS-2': 70 } as const;
const OF_MANY_PARTS = { 'GSM-7': 153, 'UCS-2': 67 } as const;

type Encoding = keyof typeof ONE_PART;

/** What a text needs: septets or UTF-16 units, and parts. */
export interface Parts {
  encoding: Encoding;
  units: number;
  /** By the rule of the standard: parts are filled up, pairs are not split. 0 for the empty text. */
  parts: number;
  /**
   * What is reserved: `parts`, or one more where a provider that keeps visible characters whole would need it. Which of
   * the two Twilio bills is not published.
   */
  partsAtMost: number;
}

/** Counts `text` as it would be sent; normalise it before (`normalizeBody`). */
export function countParts(text: string): Parts {
  const septets = countSeptets(text);
  if (septets !== null) {
    const parts = septets <= ONE_PART['GSM-7'] ? Math.min(septets, 1) : fillWithSeptets(text);
    return { encoding: 'GSM-7', units: septets, parts, partsAtMost: parts };
  }
  const units = text.length;
  if (units <= ONE_PART['UCS-2']) return { encoding: 'UCS-2', units, parts: 1, partsAtMost: 1 };
  const parts = fillWithUnits(text, pairStart);
  return { encoding: 'UCS-2', units, parts, partsAtMost: Math.max(parts, fillWithClusters(text)) };
}

/** Returns the septets of a text in GSM-7; null when a character is not in its tables. */
function countSeptets(text: string): number | null {
  let septets = 0;
  for (let at = 0; at < text.length; at += 1) {
    const cost = SEPTETS[text.charCodeAt(at)] ?? 0;
    if (cost === 0) return null;
    septets += cost;
  }
  return septets;
}

function fillWithSeptets(text: string): number {
  let parts = 1;
  let used = 0;
  for (let at = 0; at < text.length; at += 1) {
    const cost = SEPTETS[text.charCodeAt(at)] ?? 0;
    if (used + cost > OF_MANY_PARTS['GSM-7']) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return parts;
}

/** `startOf` returns where what reaches over a border begins: `border` itself when nothing does. */
function fillWithUnits(text: string, startOf: (text: string, border: number) => number): number {
  let parts = 1;
  let from = 0;
  while (text.length - from > OF_MANY_PARTS['UCS-2']) {
    const border = from + OF_MANY_PARTS['UCS-2'];
    const start = startOf(text, border);
    // What is longer than a part is split like everything else.
    from = start > from ? start : pairStart(text, border);
    parts += 1;
  }
  return parts;
}

const SURROGATES = { firstHigh: 0xd800, lastHigh: 0xdbff, firstLow: 0xdc00, lastLow: 0xdfff };

function pairStart(text: string, border: number): number {
  const before = text.charCodeAt(border - 1);
  const after = text.charCodeAt(border);
  const isPair =
    before >= SURROGATES.firstHigh &&
    before <= SURROGATES.lastHigh &&
    after >= SURROGATES.firstLow &&
    after <= SURROGATES.lastLow;
  return isPair ? border - 1 : border;
}

const CLUSTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Within these a cluster is a single unit: Latin, Greek, Cyrillic, Armenian, without combining marks. */
const MAY_CLUSTER = /[^ -\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205f]/;

function fillWithClusters(text: string): number {
  if (!MAY_CLUSTER.test(text)) return 0;
  const clusters = CLUSTERS.segment(text);
  return fillWithUnits(text, (_, border) => clusters.containing(border)?.index ?? border);
}

/** Characters that make a text UCS-2, each once, in the order of the text; empty for a text in GSM-7. */
export function notInGsm(text: string): string[] {
  return [...new Set(text)].filter((character) => (SEPTETS[character.codePointAt(0) ?? 0] ?? 0) === 0);
}

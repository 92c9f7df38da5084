/** Members-only products at Shopify: the validation found, created, repaired; and the products that the rules mean. */
import { pool, withTransaction } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { Locale } from '#app/i18n/locales.ts';
import {
  createValidation,
  findValidation,
  listCollectionProducts,
  updateValidation,
  type AccessValidation,
  type ValidationWritten,
} from '#app/integrations/shopify/validations.server.ts';
import { isSameJson } from '#app/lib/same-json.ts';
import { textsIn, type AccessKind, type AccessTexts } from './access-form.ts';

/** What the merchant has to know of the validation. */
export const ACCESS_TROUBLES = [
  /** Switched off in Shopify's checkout settings. */
  'off_at_shopify',
  /** The shop has as many as Shopify allows. */
  'too_many',
  /** The extension is not deployed. */
  'no_function',
  'refused',
] as const;
export type AccessTrouble = (typeof ACCESS_TROUBLES)[number];

export interface AccessShop {
  shopId: bigint;
  domain: string;
}

interface Settings {
  isOn: boolean;
  texts: unknown;
  activates: boolean;
  requestedAt: string | null;
  locale: string;
  gid: string | null;
}

const READ = `
  SELECT a.is_on AS "isOn", a.texts, a.activates, a.requested_at::text AS "requestedAt", s.locale, a.validation_gid AS gid
   FROM access_settings a JOIN shops s USING (shop_id) WHERE a.shop_id = $1`;

/**
 * Has the validation at Shopify say what the database does, and lists the products of the rules. Nothing for a shop that has no
 * rules. Throws UpstreamError when Shopify can't be asked.
 */
export async function publishAccess(shop: AccessShop): Promise<void> {
  const { rows } = await pool.query<Settings>(READ, [shop.shopId]);
  const [settings] = rows;
  if (!settings) return;
  if (settings.isOn) await listProducts(shop);
  const there = await findValidation(shop.domain);
  await store(shop.shopId, settings, await bring(shop.domain, settings, there));
}

interface Outcome {
  gid: string | null;
  trouble: AccessTrouble | null;
  words: string | null;
}

async function bring(domain: string, settings: Settings, there: AccessValidation | null): Promise<Outcome> {
  const texts = writeAccessTexts(settings.texts, settings.locale);
  // A shop that never switched it on has no validation.
  if (!there) {
    if (!settings.isOn) return { gid: null, trouble: null, words: null };
    return toOutcome(null, await createValidation(domain, { isEnabled: true, texts: JSON.stringify(texts) }));
  }
  // A merchant who switched it off at Shopify is asked before it is switched on again.
  const mayEnable = settings.activates || settings.gid !== there.gid;
  const isEnabled = settings.isOn && (there.isEnabled || mayEnable);
  const isAsWanted =
    there.isEnabled === isEnabled && !there.blocksOnFailure && isSameJson(there.texts, texts);
  const written: ValidationWritten = isAsWanted
    ? { outcome: 'written', gid: there.gid }
    : await updateValidation(domain, there.gid, { isEnabled, texts: JSON.stringify(texts) });
  const outcome = toOutcome(there.gid, written);
  return settings.isOn && !isEnabled && outcome.trouble === null
    ? { ...outcome, trouble: 'off_at_shopify' }
    : outcome;
}

const TROUBLE_BY_CODE = new Map<string | null, AccessTrouble>([
  ['MAX_VALIDATIONS_ACTIVATED', 'too_many'],
  ['FUNCTION_NOT_FOUND', 'no_function'],
]);

function toOutcome(gid: string | null, written: ValidationWritten): Outcome {
  if (written.outcome === 'written') return { gid: written.gid, trouble: null, words: null };
  // Deleted between reading and writing: the next run makes another.
  if (written.outcome === 'gone') return { gid: null, trouble: 'refused', words: null };
  return { gid, trouble: TROUBLE_BY_CODE.get(written.code) ?? 'refused', words: written.message };
}

/** A request that came meanwhile stays; what was asked to be switched on stays asked until it is. */
async function store(
  shopId: bigint,
  { requestedAt }: Settings,
  { gid, trouble, words }: Outcome,
): Promise<void> {
  await pool.query(
    `UPDATE access_settings SET validation_gid = $2, trouble = $3, refused_with = $4, published_at = clock_timestamp(),
       activates = activates AND ($3::text IS NOT NULL OR requested_at IS DISTINCT FROM $5::timestamptz),
       requested_at = CASE WHEN requested_at = $5::timestamptz THEN NULL ELSE requested_at END WHERE shop_id = $1`,
    [shopId, gid, trouble, words, requestedAt],
  );
}

export interface WrittenTexts {
  v: 1;
  default: Locale;
  texts: Record<Locale, AccessTexts>;
}

/** The Function writes the products' names. */
const PRODUCTS = { products: '{{products}}' };

/** The metafield `texts`: the contract with extensions/members-only. The shop's own words, or the app's. */
export function writeAccessTexts(own: unknown, shopLocale: string): WrittenTexts {
  const stored = textsIn(own);
  const textsOf = (locale: Locale): AccessTexts => {
    const { t } = i18nFor(locale);
    const { guest, other } = stored[locale];
    return {
      guest: guest || t('members_only.guest', PRODUCTS),
      other: other || t('members_only.other', PRODUCTS),
    };
  };
  return {
    v: 1,
    default: shopLocale.startsWith('id') ? 'id' : 'en',
    texts: { en: textsOf('en'), id: textsOf('id') },
  };
}

/** Stores which products the rules mean now; those of a collection as Shopify lists them. */
async function listProducts({ shopId, domain }: AccessShop): Promise<void> {
  const { rows } = await pool.query<{ kind: AccessKind; targetId: bigint }>(
    'SELECT kind, target_id AS "targetId" FROM access_rules WHERE shop_id = $1 ORDER BY kind, target_id',
    [shopId],
  );
  const found: { kind: AccessKind; target_id: string; product_id: string }[] = [];
  for (const { kind, targetId } of rows) {
    const ids = kind === 'product' ? [targetId] : await listCollectionProducts(domain, targetId);
    for (const id of new Set(ids)) found.push({ kind, target_id: String(targetId), product_id: String(id) });
  }
  const json = JSON.stringify(found);
  await withTransaction(async (tx) => {
    await tx.query(
      `DELETE FROM access_products p WHERE p.shop_id = $1 AND NOT EXISTS (
         SELECT FROM jsonb_to_recordset($2::jsonb) AS n (kind text, target_id bigint, product_id bigint)
          WHERE (n.kind, n.target_id, n.product_id) = (p.kind, p.target_id, p.product_id))`,
      [shopId, json],
    );
    // A rule that was removed meanwhile has no products.
    await tx.query(
      `INSERT INTO access_products (shop_id, product_id, kind, target_id)
       SELECT $1, n.product_id, n.kind, n.target_id FROM jsonb_to_recordset($2::jsonb) AS n (kind text, target_id bigint, product_id bigint)
         JOIN access_rules r ON r.shop_id = $1 AND r.kind = n.kind AND r.target_id = n.target_id ON CONFLICT DO NOTHING`,
      [shopId, json],
    );
  });
}

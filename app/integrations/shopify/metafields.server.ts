/** The app's own metafields of customers, variants and discounts, written with Shopify's digests against lost updates. */
import type {
  DeletePriceMetafieldsMutation,
  ReadInstallationMetafieldQuery,
  ReadPriceMetafieldsQuery,
  SetPriceMetafieldsMutation,
} from '#app/types/admin.generated.d.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { adminGraphql } from './admin-client.server.ts';
import {
  DELETE_METAFIELDS,
  READ_INSTALLATION_METAFIELD,
  READ_METAFIELDS,
  SET_METAFIELDS,
} from './operations/prices.ts';

/** Shopify's limit for one call. */
export const METAFIELDS_A_CALL = 25;
/** Shopify's limit for one `nodes`. */
export const OWNERS_A_READ = 250;

export interface MetafieldToSet {
  ownerGid: string;
  /** `$app` by default. */
  namespace?: string;
  key: string;
  /** JSON text. */
  value: string;
  /** What Shopify called the value that this replaces; null: there was none. */
  digest: string | null;
}

export type MetafieldWritten =
  | { outcome: 'written'; digest: string }
  /** The owner was deleted at Shopify. */
  | { outcome: 'gone' }
  /** The value there is another than the digest says. */
  | { outcome: 'stale' }
  | { outcome: 'refused'; reason: string };

/**
 * Writes at most 25 metafields. Shopify writes all or none: those it names are left out and the others sent again.
 * Returns an outcome for each, in order. Throws UpstreamError.
 */
export async function setMetafields(
  shopDomain: string,
  metafields: readonly MetafieldToSet[],
): Promise<MetafieldWritten[]> {
  const outcomes = new Map<number, MetafieldWritten>();
  for (;;) {
    const sent = metafields.flatMap((metafield, index) =>
      outcomes.has(index) ? [] : [{ metafield, index }],
    );
    if (sent.length === 0) break;
    const { metafieldsSet } = await adminGraphql<SetPriceMetafieldsMutation>(shopDomain, SET_METAFIELDS, {
      metafields: sent.map(({ metafield }) => toInput(metafield)),
    });
    const errors = metafieldsSet?.userErrors ?? [];
    if (errors.length === 0) {
      const written = metafieldsSet?.metafields ?? [];
      for (const [place, { index }] of sent.entries())
        outcomes.set(index, { outcome: 'written', digest: written[place]?.compareDigest ?? '' });
      break;
    }
    for (const error of errors) {
      const named = sent[placeOf(error)];
      // An error that names none is all of theirs.
      for (const { index } of named ? [named] : sent) outcomes.set(index, toOutcome(error));
    }
  }
  return metafields.map((_metafield, index) => outcomes.get(index) ?? { outcome: 'refused', reason: '' });
}

function toInput({ ownerGid, namespace = '$app', key, value, digest }: MetafieldToSet) {
  return { ownerId: ownerGid, namespace, key, type: 'json', value, compareDigest: digest };
}

interface SetError {
  field?: readonly string[] | null;
  code?: string | null;
  message: string;
  elementIndex?: number | null;
}

/** The place of the metafield that the error is about: `["metafields", "3", "ownerId"]`. */
function placeOf({ field, elementIndex }: SetError): number {
  return elementIndex ?? Number(field?.[1] ?? Number.NaN);
}

function toOutcome({ field, code, message }: SetError): MetafieldWritten {
  if (code === 'STALE_OBJECT') return { outcome: 'stale' };
  if (field?.at(-1) === 'ownerId') return { outcome: 'gone' };
  return { outcome: 'refused', reason: message };
}

/**
 * Deletes a metafield of these owners; those that have none, or are gone, are no error. Shopify deletes all or none: owners that
 * it names are left out and the others sent again. Throws UpstreamError.
 */
export async function deleteMetafields(
  shopDomain: string,
  key: string,
  ownerGids: readonly string[],
): Promise<void> {
  for (let left = [...ownerGids]; left.length > 0;) {
    const { metafieldsDelete } = await adminGraphql<DeletePriceMetafieldsMutation>(
      shopDomain,
      DELETE_METAFIELDS,
      { metafields: left.map((ownerId) => ({ ownerId, namespace: '$app', key })) },
    );
    const errors = metafieldsDelete?.userErrors ?? [];
    if (errors.length === 0) return;
    const named = new Set(errors.map(placeOf));
    const others = left.filter((_gid, index) => !named.has(index));
    if (others.length === left.length)
      throw new UpstreamError(`metafields not deleted: ${errors[0]?.message}`, {
        retryable: false,
        outcomeKnown: true,
      });
    left = others;
  }
}

/** The app's installation in a shop, whose metafields the app's blocks read in Liquid, and the digest of one of them. */
export interface InstallationMetafield {
  gid: string;
  /** Null: there is none. */
  digest: string | null;
}

/** Reads the installation's metafield of the namespace `club`. Throws UpstreamError. */
export async function readInstallationMetafield(
  shopDomain: string,
  key: string,
): Promise<InstallationMetafield> {
  const { currentAppInstallation } = await adminGraphql<ReadInstallationMetafieldQuery>(
    shopDomain,
    READ_INSTALLATION_METAFIELD,
    { key },
  );
  const { id, metafield } = currentAppInstallation;
  return { gid: id, digest: metafield?.compareDigest ?? null };
}

export type MetafieldRead =
  | { isGone: true }
  /** Null: the owner has none. */
  | { isGone: false; metafield: { digest: string; value: unknown } | null };

/** Reads a metafield of at most 250 customers or variants, in order. Throws UpstreamError. */
export async function readMetafields(
  shopDomain: string,
  key: string,
  ownerGids: readonly string[],
): Promise<MetafieldRead[]> {
  const { nodes } = await adminGraphql<ReadPriceMetafieldsQuery>(shopDomain, READ_METAFIELDS, {
    ids: ownerGids,
    key,
  });
  return ownerGids.map((_gid, index) => {
    const node = nodes[index];
    if (!node || !('metafield' in node)) return { isGone: true };
    const { metafield } = node;
    return {
      isGone: false,
      metafield: metafield ? { digest: metafield.compareDigest, value: metafield.jsonValue } : null,
    };
  });
}

import type { Metafield } from '../../state.ts';
import type { AdminContext } from './context.ts';
import { findMetafield, realNamespace } from './sources/metafield.ts';

/** Stores a metafield that comes in the input of its owner. */
export function storeMetafieldInput(
  { world }: AdminContext,
  owner: { metafields: Metafield[] },
  { namespace, key, type, value }: Pick<Metafield, 'namespace' | 'key' | 'type' | 'value'>,
): void {
  const now = world.instant();
  const held = findMetafield(owner, namespace, key);
  if (held) Object.assign(held, { type, value, updatedAt: now });
  else {
    const id = world.nextId();
    owner.metafields.push({
      ...{ id, namespace: realNamespace(namespace), key, type, value, createdAt: now, updatedAt: now },
    });
  }
}

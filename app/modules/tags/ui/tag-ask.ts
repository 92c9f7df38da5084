import type { CatalogueTag } from '../tags.queries.server.ts';

/** The dialog that is asked for. */
export type TagAsk = { what: 'add' } | { what: 'edit' | 'merge' | 'remove'; tag: CatalogueTag };

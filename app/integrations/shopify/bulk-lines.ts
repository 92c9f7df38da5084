/** Puts the lines of a bulk file together again: objects at the root and what belongs to them. */
import { z } from 'zod';

const lineSchema = z.looseObject({ id: z.string().optional(), __parentId: z.string().optional() });

export type BulkObject = z.output<typeof lineSchema>;

/** What some lines say of one object at the root. Lines of it may still come, or have come before. */
export interface BulkPiece {
  /** Null when its own line is not among these. */
  root: BulkObject | null;
  children: BulkObject[];
}

/**
 * Gathers lines by the object at the root that they belong to, in whatever order they come. For one level of nested
 * connections: a child names its parent, which stands at the root.
 */
export class BulkPieces {
  readonly pieces = new Map<string, BulkPiece>();

  /** Takes a parsed line. Throws ZodError for one that is no object with an id or a parent. */
  add(line: unknown): void {
    const { __parentId: parentId, ...object } = lineSchema.parse(line);
    if (parentId !== undefined) this.#of(parentId).children.push(object);
    else this.#of(z.string().parse(object.id)).root = object;
  }

  #of(id: string): BulkPiece {
    let piece = this.pieces.get(id);
    if (!piece) {
      piece = { root: null, children: [] };
      this.pieces.set(id, piece);
    }
    return piece;
  }
}

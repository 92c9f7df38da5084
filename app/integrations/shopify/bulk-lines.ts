/** Assembles the lines of a bulk file: objects at the root and their children. */
import { z } from 'zod';

const lineSchema = z.looseObject({ id: z.string().optional(), __parentId: z.string().optional() });

export type BulkObject = z.output<typeof lineSchema>;

/** What some lines say about one root object. Further lines of it may come, or have come before. */
export interface BulkRecord {
  /** Null when its own line is not among these. */
  root: BulkObject | null;
  children: BulkObject[];
}

/**
 * Groups lines by their root object, in whatever order they come. For one level of nested connections: a child names
 * its parent, which is a root object.
 */
export class BulkLines {
  readonly records = new Map<string, BulkRecord>();

  /** Adds a parsed line. Throws ZodError for one that isn't an object with an id or a parent. */
  add(line: unknown): void {
    const { __parentId: parentId, ...object } = lineSchema.parse(line);
    if (parentId !== undefined) this.#of(parentId).children.push(object);
    else this.#of(z.string().parse(object.id)).root = object;
  }

  #of(id: string): BulkRecord {
    let record = this.records.get(id);
    if (!record) {
      record = { root: null, children: [] };
      this.records.set(id, record);
    }
    return record;
  }
}

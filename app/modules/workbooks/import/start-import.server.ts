/** An uploaded file becomes an import. */
import { withTransaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { claimFiles } from '#app/modules/photos/file-removals.server.ts';

export interface UploadedFile {
  shopId: bigint;
  /** As the merchant's computer calls it. */
  name: string;
  /** Where it lies in the storage; announced for removal before it was written. */
  key: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  /** `staff:<user id>` */
  actor: string;
}

export interface ImportStarted {
  importId: bigint;
  /** When the same file was uploaded before, the last time; null for a new one. */
  uploadedBeforeAt: Date | null;
}

const NAME_CHARACTERS_MAX = 255;

/** Creates the import and wakes the worker; null when the file was removed meanwhile: it has to be uploaded again. */
export async function startImport(file: UploadedFile): Promise<ImportStarted | null> {
  const { shopId, name, key, bytes, sha256, actor } = file;
  return withTransaction(async (tx) => {
    if (!(await claimFiles(tx, shopId, [key]))) return null;
    const { rows } = await tx.query<{ importId: bigint; uploadedBeforeAt: Date | null }>(
      `INSERT INTO imports (shop_id, file_name, file_key, file_bytes, file_sha256, actor) VALUES ($1, $2, $3, $4, $5, $6)
       RETURNING import_id AS "importId",
         (SELECT max(i.created_at) FROM imports i WHERE i.shop_id = $1 AND i.file_sha256 = $5) AS "uploadedBeforeAt"`,
      [shopId, name.slice(0, NAME_CHARACTERS_MAX), key, bytes, sha256, actor],
    );
    await wakeTask(tx, 'process-imports');
    return rows[0] ?? null;
  });
}

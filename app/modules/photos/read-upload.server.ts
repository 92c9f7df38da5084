import {
  FormDataParseError,
  MaxFileSizeExceededError,
  MaxFilesExceededError,
  MaxPartsExceededError,
  MaxTotalSizeExceededError,
  MultipartParseError,
  parseFormData,
} from '@remix-run/form-data-parser';
import { PHOTO_BYTES_MAX, type PhotoProblem } from './photo-limits.ts';

/** The one file and nothing much beside it. */
const PARTS_MAX = 3;
const BESIDES_BYTES_MAX = 64 * 1024;
const FIELD = 'photo';

export type UploadOutcome = { ok: true; bytes: Uint8Array } | { ok: false; problem: PhotoProblem };

/**
 * Reads the one file of an upload, its field called `photo`. Reading ends at the size limit: what a browser claims of
 * the size is not believed.
 */
export async function readUpload(request: Request): Promise<UploadOutcome> {
  if (Number(request.headers.get('content-length')) > PHOTO_BYTES_MAX + BESIDES_BYTES_MAX) {
    return { ok: false, problem: 'too_large' };
  }
  try {
    const form = await parseFormData(request, {
      maxFiles: 1,
      maxFileSize: PHOTO_BYTES_MAX,
      maxParts: PARTS_MAX,
      maxTotalSize: PHOTO_BYTES_MAX + BESIDES_BYTES_MAX,
    });
    const file = form.get(FIELD);
    if (!(file instanceof File) || file.size === 0) return { ok: false, problem: 'not_a_photo' };
    return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    if (error instanceof MaxFileSizeExceededError || error instanceof MaxTotalSizeExceededError) {
      return { ok: false, problem: 'too_large' };
    }
    if (isMalformed(error)) return { ok: false, problem: 'not_a_photo' };
    throw error;
  }
}

function isMalformed(error: unknown): boolean {
  return [MaxFilesExceededError, MaxPartsExceededError, FormDataParseError, MultipartParseError].some(
    (kind) => error instanceof kind,
  );
}

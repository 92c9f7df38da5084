import { useRevalidator } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useReducer, useRef } from 'react';
import { PHOTO_BYTES_MAX, type PhotoProblem } from '../photo-limits.ts';
import { afterUpload, nextUploads, type Upload, type UploadEvent } from '../rules/upload-queue.ts';
import { sendPhoto } from './send-photo.ts';

/** A phone's line carries no more at a time. */
const AT_ONCE = 2;

export interface Uploads {
  queue: readonly Upload<PhotoProblem>[];
  /** `refused` are files that the browser knows to be no pictures. */
  add: (files: readonly File[], refused: readonly File[]) => void;
  retry: (id: number) => void;
  dismiss: (id: number) => void;
}

type Queue = readonly Upload<PhotoProblem>[];

/** Sends photos of a customer, some at a time; the page shows each as soon as it is there. */
export function useUploads(customerId: bigint): Uploads {
  const shopify = useAppBridge();
  const { revalidate } = useRevalidator();
  const [queue, dispatch] = useReducer(
    (known: Queue, event: UploadEvent<PhotoProblem>): Queue => afterUpload(known, event),
    [],
  );
  const files = useRef(new Map<number, File>());
  const started = useRef(new Set<number>());
  const lastId = useRef(0);
  useEffect(() => {
    for (const id of nextUploads(queue, AT_ONCE)) {
      const file = files.current.get(id);
      if (!file || started.current.has(id)) continue;
      started.current.add(id);
      dispatch({ type: 'started', id });
      void send(id, file);
    }

    async function send(id: number, file: File): Promise<void> {
      const address = `/app/customers/${customerId}/photo-upload`;
      const token = await shopify.idToken().catch(() => '');
      const problem = await sendPhoto(file, address, token, (percent) =>
        dispatch({ type: 'sent', id, percent }),
      );
      started.current.delete(id);
      if (problem !== null) return dispatch({ type: 'failed', id, problem });
      files.current.delete(id);
      dispatch({ type: 'done', id });
      revalidate();
    }
  }, [queue, customerId, shopify, revalidate]);
  const take = (file: File, problem: PhotoProblem | null) => {
    const id = ++lastId.current;
    files.current.set(id, file);
    return { id, name: file.name, problem: problem ?? (file.size > PHOTO_BYTES_MAX ? 'too_large' : null) };
  };
  return {
    queue,
    add: (accepted, refused) =>
      dispatch({
        type: 'added',
        uploads: [
          ...accepted.map((file) => take(file, null)),
          ...refused.map((file) => take(file, isFromIphone(file) ? 'heic' : 'not_a_photo')),
        ],
      }),
    retry: (id) => dispatch({ type: 'retried', id }),
    dismiss: (id) => {
      files.current.delete(id);
      dispatch({ type: 'dismissed', id });
    },
  };
}

/** Computers often know no type for it, only the name. */
function isFromIphone({ name, type }: File): boolean {
  return /^image\/hei[cf]/.test(type) || /\.hei[cf]$/i.test(name);
}

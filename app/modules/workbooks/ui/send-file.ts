import { UPLOAD_PROBLEMS, type FileAnswer } from '../upload/upload-limits.ts';

const ALL = 100;

export interface Sending {
  answer: Promise<FileAnswer>;
  stop: () => void;
}

/**
 * Sends a file as the body of a request and tells how much of it is on its way. `fetch` knows no progress, so this is an
 * XMLHttpRequest, which App Bridge does not sign: `token` is its session token.
 */
export function sendFile(
  file: File,
  address: string,
  token: string,
  onPercent: (percent: number) => void,
): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<FileAnswer>((resolve) => {
    request.open('POST', `${address}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) =>
      onPercent(total === 0 ? 0 : Math.floor((loaded / total) * ALL));
    request.upload.onload = () => onPercent(ALL);
    request.onload = () => resolve(readAnswer(request.responseText));
    request.onerror = () => resolve({ ok: false, problem: 'lost' });
    request.onabort = () => resolve({ ok: false, problem: 'lost' });
    request.send(file);
  });
  return { answer, stop: () => request.abort() };
}

/** An answer that is none of ours (a proxy's page, a lost session) says nothing of the file. */
function readAnswer(text: string): FileAnswer {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) {
      if ('importId' in answer && typeof answer.importId === 'string')
        return { ok: true, importId: answer.importId };
      if ('problem' in answer)
        return { ok: false, problem: UPLOAD_PROBLEMS.find((known) => known === answer.problem) ?? 'lost' };
    }
  } catch {
    // Below.
  }
  return { ok: false, problem: 'lost' };
}

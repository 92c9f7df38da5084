import { PHOTO_PROBLEMS, type PhotoProblem } from '../photo-limits.ts';

const ALL = 100;

/**
 * Sends one photo and tells how much of it is on its way; returns null when it was accepted, else why not. `fetch`
 * knows no progress, so this is an XMLHttpRequest, which App Bridge does not sign: `token` is its session token.
 */
export function sendPhoto(
  file: File,
  address: string,
  token: string,
  onPercent: (percent: number) => void,
): Promise<PhotoProblem | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) =>
      onPercent(total === 0 ? 0 : Math.floor((loaded / total) * ALL));
    request.upload.onload = () => onPercent(ALL);
    request.onload = () => resolve(problemOf(request.responseText));
    request.onerror = () => resolve('lost');
    request.onabort = () => resolve('lost');
    const form = new FormData();
    form.set('photo', file);
    request.send(form);
  });
}

/** An answer that is none of ours (a proxy's page, a lost session) says nothing of the photo. */
function problemOf(text: string): PhotoProblem | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return 'lost';
    if ('ok' in answer && answer.ok === true) return null;
    return 'problem' in answer
      ? (PHOTO_PROBLEMS.find((known) => known === answer.problem) ?? 'lost')
      : 'lost';
  } catch {
    return 'lost';
  }
}

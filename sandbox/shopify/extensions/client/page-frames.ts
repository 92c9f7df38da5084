/** The page's side of the extensions that it embeds: their height, what they change for each other, what they ask for. */
import type { FrameMessage, HostData, PageMessage, PageRequest } from './protocol.ts';

interface FrameHandlers {
  /** An extension changed something of the surface. */
  onChanged?: (data: HostData) => void;
  /** What an extension asks of the page; throws what the page can't do. */
  answer?: (request: PageRequest, frame: HTMLIFrameElement) => unknown;
}

const frames = (): HTMLIFrameElement[] => [
  ...document.querySelectorAll<HTMLIFrameElement>('iframe.extension-frame'),
];

function send(frame: HTMLIFrameElement, message: PageMessage): void {
  frame.contentWindow?.postMessage(message, location.origin);
}

/** Tells every extension of this page what is different now. */
export function tellExtensions(data: HostData, except?: HTMLIFrameElement): void {
  for (const frame of frames()) if (frame !== except) send(frame, { type: 'changed', data });
}

/** Listens to the extensions of this page, those that are added later too. */
export function listenToExtensions({ onChanged, answer }: FrameHandlers): void {
  addEventListener('message', (event: MessageEvent<FrameMessage>) => {
    const frame = frames().find(({ contentWindow }) => contentWindow === event.source);
    if (!frame || event.origin !== location.origin) return;
    const message = event.data;
    if (message.type === 'height') frame.style.height = `${message.pixels}px`;
    if (message.type === 'changed') {
      onChanged?.(message.data);
      tellExtensions(message.data, frame);
    }
    if (message.type === 'asked') void reply(frame, message.id, () => answer?.(message.request, frame));
  });
}

async function reply(frame: HTMLIFrameElement, id: number, run: () => unknown): Promise<void> {
  try {
    send(frame, { type: 'replied', id, result: await run() });
  } catch (error) {
    send(frame, { type: 'failed', id, problem: error instanceof Error ? error.message : String(error) });
  }
}

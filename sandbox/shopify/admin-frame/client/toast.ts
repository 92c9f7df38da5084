import type { Channel } from './channel.ts';

/** Options of `shopify.toast.show`. */
interface ToastOptions {
  duration?: number;
  isError?: boolean;
  action?: string;
  onAction?: () => void;
  onDismiss?: () => void;
}

const SHOWN_MS = 5_000;

/** Builds `shopify.toast`: the frame draws it, and reports when it was clicked or dismissed. */
export function createToast(channel: Channel) {
  const open = new Map<string, ToastOptions>();
  channel.listen((message) => {
    if (message.type === 'toast_action') open.get(message.id)?.onAction?.();
    if (message.type !== 'toast_dismissed') return;
    open.get(message.id)?.onDismiss?.();
    open.delete(message.id);
  });
  return {
    show: (message: string, options: ToastOptions = {}): string => {
      const id = crypto.randomUUID();
      open.set(id, options);
      channel.tell({
        type: 'toast',
        id,
        message,
        isError: options.isError ?? false,
        action: options.action ?? null,
        durationMs: options.duration ?? SHOWN_MS,
      });
      return id;
    },
    hide: (id: string): void => channel.tell({ type: 'toast_gone', id }),
  };
}

import type { AppMessage, FrameMessage } from './protocol.ts';

type Toast = Extract<AppMessage, { type: 'toast' }>;

/** The toasts at the foot of the frame. */
export interface Toasts {
  show(toast: Toast): void;
  hide(id: string): void;
}

/** Builds the toasts over the elements of the page. */
export function createToasts(tell: (message: FrameMessage) => void, texts: Record<string, string>): Toasts {
  const list = document.querySelector('.toasts');
  const shown = new Map<string, HTMLElement>();
  const hide = (id: string) => {
    if (!shown.has(id)) return;
    shown.get(id)?.remove();
    shown.delete(id);
    tell({ type: 'toast_dismissed', id });
  };
  return {
    hide,
    show: (toast) => {
      const element = document.createElement('div');
      element.className = toast.isError ? 'toast error' : 'toast';
      element.setAttribute('role', toast.isError ? 'alert' : 'status');
      element.append(toast.message);
      if (toast.action)
        element.append(button(toast.action, 'action', () => tell({ type: 'toast_action', id: toast.id })));
      const close = button('✕', 'close', () => hide(toast.id));
      close.setAttribute('aria-label', texts['close'] ?? '');
      element.append(close);
      shown.set(toast.id, element);
      list?.append(element);
      setTimeout(() => hide(toast.id), toast.durationMs);
    },
  };
}

function button(label: string, className: string, press: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = label;
  element.addEventListener('click', press);
  return element;
}

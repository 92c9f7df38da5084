import type { FrameMessage, SaveBarView } from './protocol.ts';

const WARNED_MS = 700;

/** The save bar of the frame: covers the top bar while there are unsaved changes. */
export interface SaveBar {
  draw(view: SaveBarView): void;
  /** Returns whether there are unsaved changes; the bar then shakes to show why nothing happens. */
  blocksLeaving(): boolean;
}

/** Builds the save bar over the elements of the page. */
export function createSaveBar(tell: (message: FrameMessage) => void, texts: Record<string, string>): SaveBar {
  const bar = document.querySelector<HTMLElement>('.save-bar');
  const save = bar?.querySelector<HTMLButtonElement>('.save');
  const discard = bar?.querySelector<HTMLButtonElement>('.discard');
  let view: SaveBarView | null = null;
  save?.addEventListener('click', () => tell({ type: 'save_bar_pressed', button: 'save' }));
  discard?.addEventListener('click', () => {
    if (view?.asksBeforeDiscard && !window.confirm(texts['discardAll'])) return;
    tell({ type: 'save_bar_pressed', button: 'discard' });
  });
  return {
    draw: (next) => {
      view = next;
      document.body.classList.toggle('has-save-bar', next.isShown);
      if (bar) bar.inert = !next.isShown;
      if (save) {
        save.disabled = !next.canSave || next.isSaving;
        save.classList.toggle('loading', next.isSaving);
      }
      if (discard) discard.disabled = !next.canDiscard || next.isSaving;
    },
    blocksLeaving: () => {
      if (!view?.isShown) return false;
      bar?.classList.add('warns');
      setTimeout(() => bar?.classList.remove('warns'), WARNED_MS);
      return true;
    },
  };
}

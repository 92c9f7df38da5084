import { cleanText } from '#app/lib/storable.ts';
import { CELL_CHARACTERS_MAX } from '#app/lib/table-cells.ts';

/** `_x000D_`: how workbooks write characters that XML cannot (ISO 29500-1, 22.9.2.19). */
const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;

/** Decodes the escapes of a workbook's text. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Returns the text of a cell that is written with these characters, cut as `TextCollector` does. */
export function textOfCharacters(characters: string): string {
  // One more than a cell may have, so that a longer one is known to be too long.
  const isLong = characters.length > CELL_CHARACTERS_MAX;
  return cleanText(unescapeText(isLong ? characters.slice(0, CELL_CHARACTERS_MAX + 1) : characters));
}

/** Collects the text of `<si>` or `<is>`: all its runs, without the reading aids of Japanese and Chinese names. */
export class TextCollector {
  #text = '';
  #isInText = false;
  #aidDepth = 0;

  open(name: string): void {
    if (name === 'rPh') this.#aidDepth += 1;
    else if (name === 't') this.#isInText = this.#aidDepth === 0;
  }

  text(piece: string): void {
    if (this.#isInText && this.#text.length <= CELL_CHARACTERS_MAX)
      this.#text += piece.slice(0, CELL_CHARACTERS_MAX + 1 - this.#text.length);
  }

  close(name: string): void {
    if (name === 'rPh') this.#aidDepth -= 1;
    else if (name === 't') this.#isInText = false;
  }

  /** Returns what was collected and starts again. */
  take(): string {
    const text = textOfCharacters(this.#text);
    this.#text = '';
    this.#isInText = false;
    this.#aidDepth = 0;
    return text;
  }
}

/**
 * The table of texts that a workbook's cells refer to. A million customers have millions of them: as strings of JavaScript
 * they take ten times the memory of their bytes, so the bytes are what is kept. Read only as far as it is asked for.
 */
import { CELL_CHARACTERS_MAX, UnreadableFile } from '#app/lib/table-cells.ts';
import { makePlainXmlReader } from './plain-xml.ts';
import { TextCollector, textOfCharacters } from './text-collector.ts';

const SEGMENT_BYTES = 4 * 1024 * 1024;
const BYTES_MAX = 1024 ** 3;
const TEXT_BYTES_MAX = (CELL_CHARACTERS_MAX + 1) * 3;
const FIRST_SIZE = 1_024;

/** How programs begin a text without parts, and end it. */
const STARTS = ['<si><t>', '<si><t xml:space="preserve">'] as const;
const END = '</t></si>';

export class SharedTexts {
  readonly #pieces: AsyncIterator<string> | null;
  readonly #segments: Buffer[] = [];
  #used = SEGMENT_BYTES;
  #starts = new Float64Array(FIRST_SIZE);
  #lengths = new Uint32Array(FIRST_SIZE);
  #count = 0;
  #isWhole = false;
  readonly #collector = new TextCollector();
  readonly #xml = makePlainXmlReader(
    'si',
    {
      open: (name) => this.#collector.open(name),
      text: (text) => this.#collector.text(text),
      close: (name) => {
        if (name === 'si') this.#add(this.#collector.take());
        else this.#collector.close(name);
      },
    },
    (text, from, to) => this.#readPlain(text, from, to),
  );

  /** `pieces`: the entry's text; null where the workbook has none. */
  constructor(pieces: AsyncGenerator<string> | null) {
    this.#pieces = pieces;
  }

  /** Reads on until the text of this index is known. @throws UnreadableFile `missing_part` when there is no such text */
  async loadThrough(index: number): Promise<void> {
    while (this.#count <= index) {
      const next = this.#isWhole || this.#pieces === null ? null : await this.#pieces.next();
      if (next === null) throw new UnreadableFile('missing_part');
      if (next.done) {
        this.#isWhole = true;
        this.#xml.end();
      } else this.#xml.write(next.value);
    }
  }

  /** Returns a text that was loaded. */
  get(index: number): string {
    const start = this.#starts[index] ?? 0;
    const segment = this.#segments[Math.floor(start / SEGMENT_BYTES)];
    const from = start % SEGMENT_BYTES;
    return segment?.toString('utf8', from, from + (this.#lengths[index] ?? 0)) ?? '';
  }

  /** Ends the reading, also in the middle. */
  async close(): Promise<void> {
    await this.#pieces?.return?.();
  }

  #readPlain(text: string, from: number, to: number): boolean {
    const start = STARTS.find((tags) => text.startsWith(tags, from));
    const end = to - END.length;
    if (start === undefined || text.indexOf('<', from + start.length) !== end) return false;
    if (!text.startsWith(END, end)) return false;
    this.#add(textOfCharacters(text.slice(from + start.length, end)));
    return true;
  }

  #add(text: string): void {
    if (this.#count === this.#starts.length) this.#grow();
    if (this.#used + TEXT_BYTES_MAX > SEGMENT_BYTES && this.#used + Buffer.byteLength(text) > SEGMENT_BYTES) {
      if ((this.#segments.length + 1) * SEGMENT_BYTES > BYTES_MAX) throw new UnreadableFile('zip_bomb');
      this.#segments.push(Buffer.allocUnsafeSlow(SEGMENT_BYTES));
      this.#used = 0;
    }
    const segment = this.#segments.at(-1);
    const length = segment?.write(text, this.#used, 'utf8') ?? 0;
    this.#starts[this.#count] = (this.#segments.length - 1) * SEGMENT_BYTES + this.#used;
    this.#lengths[this.#count] = length;
    this.#used += length;
    this.#count += 1;
  }

  #grow(): void {
    const starts = new Float64Array(this.#count * 2);
    starts.set(this.#starts);
    this.#starts = starts;
    const lengths = new Uint32Array(this.#count * 2);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
  }
}

/**
 * Counts the WebAssembly instructions of QuickJS while it runs a Function: a counter goes in front of each straight run of
 * instructions of the module. Weights are those of wasmtime's fuel: nop, drop, block, loop, else, end, return and unreachable
 * cost nothing, all others one. An estimate of what Shopify counts: there it is Javy's own build, with bytecode compiled
 * before.
 */

/** The export that holds the count. */
export const COUNTER = '__count';

const SECTION = { import: 2, global: 6, export: 7, code: 10 };
const IMPORT = { function: 0, table: 1, memory: 2, global: 3 };
/** unreachable, nop, block, loop, else, end, return, drop */
const FREE = new Set([0x00, 0x01, 0x02, 0x03, 0x05, 0x0b, 0x0f, 0x1a]);
/** Where a straight run ends: blocks, branches, calls and returns. */
const ENDS = new Set([0x00, 0x02, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11]);

/** Reads a module from its beginning to its end. */
class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new Error('the module ends too early');
    return value;
  }

  /** An unsigned LEB128 number. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  skipNumber(): void {
    while (this.byte() >= 128);
  }

  /** What comes after its own length. */
  skipVector(): void {
    const length = this.number();
    this.at += length;
  }
}

/** Returns the module with a counter, an i64 that it exports as `COUNTER`. Throws for an instruction that is not known. */
export function instrument(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(bytes);
  const counter = countGlobals(bytes, sections);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  for (const { id, start, end } of sections) {
    const body = bytes.subarray(start, end);
    if (id === SECTION.global) parts.push(...withCounter(body));
    else if (id === SECTION.export) parts.push(...withExport(body, counter));
    else if (id === SECTION.code) parts.push(...withCounting(body, counter));
    else parts.push(...section(id, [body]));
  }
  return concat(parts);
}

interface Section {
  id: number;
  start: number;
  end: number;
}

function readSections(bytes: Uint8Array): Section[] {
  const reader = new Reader(bytes, 8);
  const sections: Section[] = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const size = reader.number();
    sections.push({ id, start: reader.at, end: reader.at + size });
    reader.at += size;
  }
  return sections;
}

/** The index of the next global: the imported ones come first. */
function countGlobals(bytes: Uint8Array, sections: readonly Section[]): number {
  const imports = sections.find(({ id }) => id === SECTION.import);
  const globals = sections.find(({ id }) => id === SECTION.global);
  const own = globals ? new Reader(bytes, globals.start).number() : 0;
  return own + (imports ? importedGlobals(new Reader(bytes, imports.start)) : 0);
}

function importedGlobals(reader: Reader): number {
  let globals = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.skipVector();
    reader.skipVector();
    const kind = reader.byte();
    if (kind === IMPORT.function) reader.number();
    else if (kind === IMPORT.global) {
      reader.at += 2;
      globals++;
    } else {
      if (kind === IMPORT.table) reader.byte();
      const hasMaximum = (reader.byte() & 1) === 1;
      reader.number();
      if (hasMaximum) reader.number();
    }
  }
  return globals;
}

/** One more global: a changeable i64 of zero. */
function withCounter(body: Uint8Array): Uint8Array[] {
  const reader = new Reader(body);
  const count = reader.number();
  const counter = Uint8Array.from([0x7e, 1, 0x42, 0, 0x0b]);
  return section(SECTION.global, [leb(count + 1), body.subarray(reader.at), counter]);
}

function withExport(body: Uint8Array, counter: number): Uint8Array[] {
  const reader = new Reader(body);
  const count = reader.number();
  const name = Buffer.from(COUNTER);
  const entry = Uint8Array.from([name.length, ...name, 3, ...leb(counter)]);
  return section(SECTION.export, [leb(count + 1), body.subarray(reader.at), entry]);
}

function withCounting(body: Uint8Array, counter: number): Uint8Array[] {
  const reader = new Reader(body);
  const functions = reader.number();
  const bodies: Uint8Array[] = [leb(functions)];
  for (let left = functions; left > 0; left--) {
    const size = reader.number();
    const end = reader.at + size;
    const counted = concat(countFunction(reader, end, counter));
    bodies.push(leb(counted.length), counted);
  }
  return section(SECTION.code, bodies);
}

function countFunction(reader: Reader, end: number, counter: number): Uint8Array[] {
  const start = reader.at;
  for (let locals = reader.number(); locals > 0; locals--) {
    reader.number();
    reader.byte();
  }
  const parts = [reader.bytes.subarray(start, reader.at)];
  let from = reader.at;
  let cost = 0;
  const flush = (): void => {
    // global.get, i64.const, i64.add, global.set
    if (cost > 0) {
      const index = leb(counter);
      parts.push(Uint8Array.from([0x23, ...index, 0x42, ...signedLeb(cost), 0x7c, 0x24, ...index]));
    }
    parts.push(reader.bytes.subarray(from, reader.at));
    from = reader.at;
    cost = 0;
  };
  while (reader.at < end) {
    const opcode = reader.byte();
    if (!FREE.has(opcode)) cost++;
    skipOperands(reader, opcode);
    if (ENDS.has(opcode)) flush();
  }
  if (from < reader.at) flush();
  return parts;
}

/** Opcodes with one number behind them: blocks, branches, calls, locals, globals, tables, constants. */
const hasNumber = (opcode: number): boolean =>
  (opcode >= 0x02 && opcode <= 0x04) ||
  (opcode >= 0x20 && opcode <= 0x26) ||
  [0x0c, 0x0d, 0x10, 0x41, 0x42, 0xd0, 0xd2].includes(opcode);

function skipOperands(reader: Reader, opcode: number): void {
  if (hasNumber(opcode)) reader.skipNumber();
  else if (opcode === 0x0e) for (let left = reader.number(); left >= 0; left--) reader.skipNumber();
  else if (opcode === 0x1c) reader.skipVector();
  else if (opcode === 0x11 || (opcode >= 0x28 && opcode <= 0x3e)) {
    reader.skipNumber();
    reader.skipNumber();
  } else if (opcode === 0x3f || opcode === 0x40) reader.at += 1;
  else if (opcode === 0x43) reader.at += 4;
  else if (opcode === 0x44) reader.at += 8;
  else if (opcode === 0xfc) skipBulk(reader, reader.number());
  else if (opcode >= 0xfd || (opcode > 0xc4 && opcode < 0xd0) || (opcode >= 0x06 && opcode <= 0x0a)) {
    throw new Error(`the meter does not know opcode 0x${opcode.toString(16)}`);
  }
}

function skipBulk(reader: Reader, operation: number): void {
  if ([8, 10, 12, 14].includes(operation)) reader.skipNumber();
  if (operation > 7) reader.skipNumber();
}

function section(id: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([id]), leb(size), ...parts];
}

function leb(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  do {
    const rest = left % 128;
    left = Math.floor(left / 128);
    bytes.push(left > 0 ? rest | 128 : rest);
  } while (left > 0);
  return Uint8Array.from(bytes);
}

function signedLeb(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ;) {
    const rest = left & 127;
    left >>= 7;
    if (left === 0 && rest < 64) return Uint8Array.from([...bytes, rest]);
    bytes.push(rest | 128);
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Runs a Function's bundle in QuickJS within Shopify's limits. Shopify compiles the bundle with Javy, which is QuickJS too, and
 * hands over input that is read already: what is counted here is the Function's own part.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core';

import { COUNTER, instrument } from './instruction-meter.ts';

/** Shopify's limits of one run. Those of size and instructions hold up to 200 lines and grow with the lines above. */
export const FUNCTION_LIMITS = {
  lines: 200,
  instructions: 11_000_000,
  inputBytes: 128_000,
  outputBytes: 20_000,
  memoryBytes: 10_000_000,
  stackBytes: 512_000,
  logBytes: 1_000,
};

export interface FunctionRun {
  /** Instructions of the Function's own part. */
  instructions: number;
  durationMs: number;
  inputBytes: number;
  outputBytes: number;
  /** What it logged, cut off at the limit. */
  logs: string;
}

export type FunctionOutcome =
  | { ok: true; output: unknown; run: FunctionRun }
  | { ok: false; reason: FunctionFailure; detail: string; run: FunctionRun };

/** Why a run failed, as Shopify's run logs name it. */
export type FunctionFailure =
  'InputTooLarge' | 'OutputTooLarge' | 'InstructionCountLimitExceeded' | 'RuntimeError' | 'InvalidOutput';

/** QuickJS with a meter. */
export interface FunctionEngine {
  /**
   * Runs a bundle once.
   * @param code the bundle of `bundleFunction`
   * @param exported the function that the target calls
   * @param input the result of the input query
   * @param lines of the cart: more than 200 widen the limits
   */
  run(code: string, exported: string, input: unknown, lines: number): FunctionOutcome;
}

/**
 * Compiles QuickJS with the meter in it, about 200 ms.
 * @param limit of instructions at up to 200 lines
 */
export async function createFunctionEngine(limit = FUNCTION_LIMITS.instructions): Promise<FunctionEngine> {
  const { quickjs, count } = await meteredQuickJs();
  return {
    run: (code, exported, input, lines) => {
      const vm = quickjs.newContext();
      try {
        vm.runtime.setMemoryLimit(FUNCTION_LIMITS.memoryBytes);
        vm.runtime.setMaxStackSize(FUNCTION_LIMITS.stackBytes);
        const factor = Math.max(1, lines / FUNCTION_LIMITS.lines);
        return runIn(vm, count, { code, exported, input, factor, limit });
      } finally {
        vm.dispose();
      }
    },
  };
}

interface Task {
  code: string;
  exported: string;
  input: unknown;
  factor: number;
  limit: number;
}

function runIn(
  vm: QuickJSContext,
  count: () => bigint,
  { code, exported, input, factor, limit }: Task,
): FunctionOutcome {
  const text = JSON.stringify(input);
  const run: FunctionRun = {
    instructions: 0,
    durationMs: 0,
    inputBytes: Buffer.byteLength(text),
    outputBytes: 0,
    logs: '',
  };
  const fail = (reason: FunctionFailure, detail: string): FunctionOutcome => ({
    ok: false,
    reason,
    detail,
    run,
  });
  if (run.inputBytes > FUNCTION_LIMITS.inputBytes * factor)
    return fail('InputTooLarge', `${run.inputBytes} B`);
  try {
    evaluate(vm, setUp(text));
    evaluate(vm, toScript(code));
    const before = count();
    const most = BigInt(Math.floor(limit * factor));
    vm.runtime.setInterruptHandler(() => count() - before > most);
    const started = performance.now();
    const failed = tryEvaluate(vm, `__function.${exported}();0`);
    run.durationMs = performance.now() - started;
    run.instructions = Number(count() - before);
    vm.runtime.removeInterruptHandler();
    run.logs = String(evaluate(vm, '__logs')).slice(0, FUNCTION_LIMITS.logBytes);
    if (run.instructions > most) return fail('InstructionCountLimitExceeded', `${run.instructions}`);
    if (failed !== null) return fail('RuntimeError', failed);
    const output = evaluate(vm, 'JSON.stringify(__output)');
    if (typeof output !== 'string') return fail('InvalidOutput', 'nothing was written');
    run.outputBytes = Buffer.byteLength(output);
    if (run.outputBytes > FUNCTION_LIMITS.outputBytes * factor) {
      return fail('OutputTooLarge', `${run.outputBytes} B`);
    }
    const parsed: unknown = JSON.parse(output);
    return { ok: true, output: parsed, run };
  } catch (error) {
    return fail('RuntimeError', error instanceof Error ? error.message : String(error));
  }
}

function setUp(input: string): string {
  return `var __input = JSON.parse(${JSON.stringify(input)}), __output, __logs = '';
    var console = { log() { __logs += Array.prototype.join.call(arguments, ' ') + '\\n' } };
    console.error = console.warn = console.log;
    var ShopifyFunction = { readInput() { return __input }, writeOutput(value) { __output = value } };0`;
}

/** The ES module as a script that sets `__function`. */
function toScript(code: string): string {
  const script = code.replace(/export\s*\{([^}]*)\};?\s*$/, (_, names: string) => {
    const entries = names.split(',').map((name) => {
      const [local = '', exported = local] = name.trim().split(/\s+as\s+/);
      return `${JSON.stringify(exported)}:${local}`;
    });
    return `globalThis.__function={${entries.join(',')}};`;
  });
  if (script === code) throw new Error('the bundle exports nothing');
  return `(()=>{${script}})();0`;
}

function evaluate(vm: QuickJSContext, code: string): unknown {
  const result = vm.evalCode(code);
  if (result.error) throw new Error(toText(result.error.consume((handle): unknown => vm.dump(handle))));
  return result.value.consume((handle): unknown => vm.dump(handle));
}

/** Null, or what was thrown. */
function tryEvaluate(vm: QuickJSContext, code: string): string | null {
  try {
    evaluate(vm, code);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toText(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const name = 'name' in thrown ? String(thrown.name) : 'Error';
  return 'message' in thrown ? `${name}: ${String(thrown.message)}` : name;
}

async function meteredQuickJs(): Promise<{ quickjs: QuickJSWASMModule; count: () => bigint }> {
  const file = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  const wasmModule = await WebAssembly.compile(instrument(await readFile(file)));
  let counter: WebAssembly.Global | undefined;
  // Emscripten keeps the instance to itself; it makes it with this function.
  const { instantiate } = WebAssembly;
  const seen = async (module: WebAssembly.Module, imports?: WebAssembly.Imports): Promise<unknown> => {
    const made: unknown = await instantiate(module, imports);
    const instance = typeof made === 'object' && made !== null && 'instance' in made ? made.instance : made;
    const found = instance instanceof WebAssembly.Instance ? instance.exports[COUNTER] : undefined;
    if (found instanceof WebAssembly.Global) counter = found;
    return made;
  };
  Object.assign(WebAssembly, { instantiate: seen });
  try {
    const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule }));
    return {
      quickjs,
      count: () => {
        const value: unknown = counter?.value;
        if (typeof value !== 'bigint') throw new Error('the meter is not in QuickJS');
        return value;
      },
    };
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}

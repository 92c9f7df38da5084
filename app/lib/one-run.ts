/** Work of which a process has one run at a time, however often it is asked for. */

export class OneRun<Outcome> {
  readonly #work: (signal?: AbortSignal) => Promise<Outcome>;
  readonly #add: (outcomes: readonly Outcome[]) => Outcome;
  #running: Promise<Outcome> | undefined;
  #isAskedAgain = false;

  /** `add` says what several runs one after the other, or none, came to. */
  constructor(
    work: (signal?: AbortSignal) => Promise<Outcome>,
    add: (outcomes: readonly Outcome[]) => Outcome,
  ) {
    this.#work = work;
    this.#add = add;
  }

  /** Runs it. Where it runs already, joins that: it looks again at its end. `signal` ends it early. @throws what it throws */
  join(signal?: AbortSignal): Promise<Outcome> {
    this.#isAskedAgain = true;
    this.#running ??= this.#run(signal);
    return this.#running;
  }

  /**
   * As `join`, but where it runs already it is only asked to look again, and this returns at once: a job that waited for it
   * would take a place of the worker's as long as there is work, and four of them all of its places.
   */
  async ask(signal?: AbortSignal): Promise<Outcome> {
    if (this.#running === undefined) return this.join(signal);
    this.#isAskedAgain = true;
    return this.#add([]);
  }

  async #run(signal: AbortSignal | undefined): Promise<Outcome> {
    let total = this.#add([]);
    try {
      while (this.#isAskedAgain && !signal?.aborted) {
        this.#isAskedAgain = false;
        total = this.#add([total, await this.#work(signal)]);
      }
      return total;
    } finally {
      // In the same tick as the last look at `#isAskedAgain`: who asks later starts a run.
      this.#running = undefined;
    }
  }
}

import { merchantFor } from './demand.ts';
import type { Loads } from './loads.ts';
import { type LineName, lines } from './log-wording.ts';
import { hash, poisson } from './random.ts';
import type { Recorder } from './recorder.ts';
import { edge } from './services.ts';
import type { FleetState, InstanceState } from './state.ts';

const mostLines = 3;

/** Writes the lines of one sub-step; it counts its own draws, so what is written first changes what comes after. */
export class LineWriter {
  private use = 0;
  readonly state: FleetState;
  readonly loads: Loads;
  readonly at: number;
  readonly step: number;
  readonly recorder: Recorder;

  constructor(state: FleetState, loads: Loads, at: number, step: number, recorder: Recorder) {
    this.state = state;
    this.loads = loads;
    this.at = at;
    this.step = step;
    this.recorder = recorder;
  }

  /** Up to `most` lines at `expected` a sub-step. `purpose` keeps draws of different occasions apart. */
  some(
    s: number,
    instance: InstanceState,
    name: LineName,
    purpose: number,
    expected: number,
    what: string | null = null,
    most = mostLines,
  ): void {
    if (expected < 1e-4) return;
    const entity = s * 64 + (instance.zone === 'a' ? 0 : 32) + instance.slot;
    const count = Math.min(most, poisson(expected, this.state.seed, entity, this.step, 2000 + purpose));
    for (let n = 0; n < count; n += 1) this.line(s, instance, name, what ?? '');
  }

  line(s: number, instance: InstanceState, name: LineName, what: string): void {
    this.write(s, instance, lines[name](s, this.details(s, what)));
  }

  write(s: number, instance: InstanceState, message: string): void {
    const within = hash(this.state.seed, this.use, this.step, 2999) % 5000;
    this.use += 1;
    this.recorder.log(this.at + within, s, instance.id, message);
  }

  details(s: number, name: string) {
    const subset = this.affected(s);
    const { state, step } = this;
    const draw = () => {
      this.use += 1;
      return hash(state.seed, 9000 + s, step, 3000 + this.use);
    };
    const named = subset !== null && draw() % 10 < 8 ? (subset[draw() % subset.length] ?? null) : null;
    return {
      number: (low: number, high: number): number => low + (draw() % (high - low + 1)),
      merchant: named ?? merchantFor(draw()),
      name,
    };
  }

  /** Merchants that trouble at or behind this service belongs to. */
  private affected(s: number): readonly string[] | null {
    const own = this.loads.merchants[s] ?? null;
    if (own !== null || s !== edge) return own;
    return this.loads.merchants.find((names) => names !== null) ?? null;
  }
}

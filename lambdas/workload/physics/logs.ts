import type { Loads } from './loads.ts';
import type { Recorder } from './recorder.ts';
import type { FleetState } from './state.ts';

export function writeLogs(_state: FleetState, _loads: Loads, _at: number, _step: number, _recorder: Recorder): void {}

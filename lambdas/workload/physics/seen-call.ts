import { designs } from './designs.ts';
import type { Loads } from './loads.ts';
import { exceeds, retryLoad } from './queueing.ts';
import type { ServiceState } from './state.ts';

const seenCall = { mean: 0, variance: 0, failure: 0 };

/** One downstream call as its caller sees it: time-outs cut it short, retries repeat it. */
export function callSeen(service: ServiceState, loads: Loads, c: number, s: number, target: number) {
  const call = designs[s]?.calls[c];
  const callLoad = loads.service(s).calls[c];
  if (call === undefined || callLoad === undefined) throw new RangeError(`no call ${c} of service ${s}`);
  const callee = loads.service(target);
  const standby = service.failedOver.includes(call.to);
  const mean = standby ? standbyMean(target) : callee.mean;
  const variance = standby ? (0.6 * mean) ** 2 : callee.variance;
  const failure = standby ? 0.0003 : callee.failure;
  const late = exceeds(mean, variance, call.timeoutMilliseconds);
  const attempt = 1 - (1 - failure) * (1 - late);
  const again = retryLoad(attempt, call.retries);
  const cut = Math.min(mean, call.timeoutMilliseconds) * (1 - late) + call.timeoutMilliseconds * late;
  // Failures of one moment have one cause, so a retry helps less than independent draws would.
  seenCall.failure = attempt ** (1 + call.retries * 0.8);
  seenCall.mean = cut * (1 + again) + 15 * again;
  const most = call.timeoutMilliseconds ** 2 * 0.25;
  seenCall.variance = Math.min(variance, most) * (1 + again) + again * cut * cut;
  callLoad.failure = attempt;
  callLoad.timeouts = callLoad.attempts * late;
  callLoad.refused = standby ? 0 : callLoad.attempts * (callee.down ? 1 : callee.unavailable);
  callLoad.retries = (callLoad.attempts / (1 + again)) * again;
  service.attemptFailure[c] = attempt;
  return seenCall;
}

/** A standby idles elsewhere: unloaded, one zone further away. */
function standbyMean(target: number): number {
  const design = designs[target];
  if (design === undefined) return 10;
  const miss = design.cache === null ? 0 : (1 - design.cache.hitShare) * design.cache.missMilliseconds;
  return (design.baseMilliseconds + design.cpuMillisecondsPerRequest * 1.4 + miss) * 1.15 + 1;
}

/**
 * Every verb with its summary, so that `--help` need not load the commands themselves. A verb's code is in
 * scripts/commands/<verb>.ts (a colon becomes a dash), which exports `register(program)`.
 */
export const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['start', 'bring everything up, play one fault to its end and show what happens'],
  ['up', 'make sure a local cloud answers, starting the embedded one if needed'],
  ['down', 'stop the embedded cloud'],
  ['deploy', 'deploy the stack and run each scheduled function once'],
  ['destroy', 'remove the stack from the cloud'],
  ['status', 'say what is up, deployed and healthy, and when the last scan ran'],
  ['inject', 'put a fault into the fleet'],
  ['approvals', 'list what waits for a person'],
  ['approve', 'let a waiting plan go ahead'],
  ['reject', 'turn a waiting plan down'],
  ['done', 'say that a manual step has been carried out'],
  ['incidents', 'list incidents'],
  ['incident', 'show one incident: timeline, evidence, reasoning, actions, verification'],
  ['learnt', 'list what helped after failures of language models, or forget it'],
  ['mute', 'let a service or series open and join nothing for a time'],
  ['mutes', 'list what is muted'],
  ['unmute', 'end a mute, a maintenance window or what was called normal'],
  ['maintenance', 'keep a window in which a service or the whole workload opens nothing'],
  ['normal', 'say that what an incident was opened for is normal'],
  ['tables', 'browse the tables'],
  ['fleet', 'watch the fleet live'],
  ['logs', 'read the log of a function'],
  ['model-server', 'stand in for the providers of language models, and fail on demand'],
  ['keys', 'keep the keys of language models in the parameter store'],
  ['scenario', 'play faults against virtual time'],
  ['replay', 'run detection again over what its scans have archived'],
  ['soak', 'run for hours and measure what grows'],
  ['bench:loop', 'measure the loop from fault to recovery on the running cloud'],
  ['bench:nab', 'score a metric detector on labelled series'],
  ['bench:detect', 'measure what becomes an incident, and whose, with nobody healing'],
  ['bench:diagnosis', 'measure how well causes are named'],
  ['bench:attacks', 'attack incidents through their telemetry'],
  ['bench:alarms', 'measure false alarms on quiet days against those that the knob asks for'],
  ['bench:forecast', 'measure how early and how honestly leaks and growth are foretold'],
  ['bench:logs', 'score the log template miner on labelled lines'],
  ['bench:reasoning', 'measure how reasoning comes out of models that fail'],
  ['bench:scan', 'measure one scan on one core and how it grows with the metrics'],
  ['cost', 'print what a month costs on AWS, with the arithmetic'],
  ['test', 'run every check and every test'],
  ['test:e2e', 'run the end-to-end tests on a given cloud'],
  ['lint', 'check style, layers and unused code'],
  ['format', 'format the sources'],
  ['typecheck', 'check the types'],
]);

export function moduleOf(verb: string): string {
  return `./commands/${verb.replace(':', '-')}.ts`;
}

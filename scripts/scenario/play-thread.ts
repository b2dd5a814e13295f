import type { PlayRequest } from './play-in-threads.ts';
import { playScenario } from './play-scenario.ts';
import { workInThread } from './threads.ts';

workInThread(({ plan, definition, healer }: PlayRequest) => playScenario(plan, { definition, healer }));

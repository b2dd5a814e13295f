import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import { workInThread } from '../../scripts/scenario/threads.ts';
import { gradeRun } from './grade.ts';
import { watchShop } from './watch-shop.ts';

workInThread(async (plan: ScenarioPlan) => gradeRun(await watchShop(plan)));

import { contribute } from '../contribution.ts';
import { demand } from '../demand.ts';
import { clamp, largest, speaksOf } from '../features.ts';
import { worstDependency } from '../locate.ts';
import { trouble } from '../trouble.ts';
import { newcomer } from './lone-instance.ts';
import { deployed, reconfigured } from './recent-changes.ts';
import type { Signs } from './signs.ts';

export const badDeploy: Signs = (system, view) => {
  const near = deployed(system, view);
  const code = largest(speaksOf(view, 'code'), speaksOf(view, 'crash'));
  return [
    ...contribute(
      4.2,
      near.value * clamp(trouble(view).value * 1.5),
      'it was deployed just before',
      ...near.items,
      ...trouble(view).items,
    ),
    ...contribute(-4, 1 - clamp(near.value * 3), 'it was not deployed before'),
    ...contribute(1.2, code.value, 'its own code fails in the logs', ...code.items),
    ...contribute(
      1.5,
      near.value * newcomer(view).value,
      'only what runs the new version is affected',
      ...newcomer(view).items,
    ),
    ...contribute(-1.5, demand(system, view).value, 'requests grew'),
    ...contribute(-1.2, speaksOf(view, 'credential').value, 'it is refused for want of authority'),
    ...contribute(-2, worstDependency(system, view).value, 'a service that it calls is in trouble'),
  ];
};

export const badConfig: Signs = (system, view) => {
  const near = reconfigured(system, view);
  const words = speaksOf(view, 'config');
  return [
    ...contribute(
      4,
      near.value * clamp(trouble(view).value * 1.5),
      'its configuration changed just before',
      ...near.items,
      ...trouble(view).items,
    ),
    ...contribute(-3.5, 1 - clamp(near.value * 3), 'its configuration did not change before'),
    ...contribute(2, words.value, 'its logs speak of configuration', ...words.items),
    ...contribute(-1.5, demand(system, view).value, 'requests grew'),
    ...contribute(-2, worstDependency(system, view).value, 'a service that it calls is in trouble'),
  ];
};

import type { ModelSettings } from '../contract/model-settings.ts';
import { breakerRules } from '../domain/limits/limits.ts';
import type { ModelGateSettings } from './model-gate.ts';

/** What the gate holds the providers of the settings to. */
export const gateSettings = ({ providers, budgets }: ModelSettings): ModelGateSettings => ({
  budgets,
  breaker: breakerRules,
  providers: new Map(
    providers.map(({ name, limits, prices }) => [
      name,
      {
        limits,
        priceOf: (model) => {
          const price = prices[model];
          if (price === undefined) throw new Error(`the settings have no price for ${model} of ${name}`);
          return price;
        },
      },
    ]),
  ),
});

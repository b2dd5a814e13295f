import { checkQuota, QuotaExceeded } from './quotas.ts';

type Handler<Input extends object, Output> = (args: { input: Input }) => Promise<Output>;

type Client = {
  readonly middlewareStack: {
    add<Input extends object, Output>(
      middleware: (next: Handler<Input, Output>, context: { readonly commandName?: string }) => Handler<Input, Output>,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
};

/** The client, refusing with QuotaExceeded whatever AWS would refuse for its size, before it is sent. */
export function enforceQuotas<C extends Client>(client: C): C {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const problem = checkQuota(context.commandName ?? '', { ...args.input }, Date.now());
      if (problem !== null) throw new QuotaExceeded(problem);
      return next(args);
    },
    { step: 'initialize', name: 'enforceQuotas' },
  );
  return client;
}

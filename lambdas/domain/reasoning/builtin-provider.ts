/** The provider that needs no key and no network: last in every chain. */
export const builtinProvider = 'builtin';

import type { DetectorState } from '../ports/detector-state.ts';

export type Loaded<State> = {
  readonly state: State;
  /** For the conditional write; null when nothing usable or nothing at all was stored. */
  readonly tag: string | null;
};

/**
 * Stored states of one kind. The one that was used last is held, so that a
 * process which looks again a few seconds later neither fetches nor decodes it anew
 * while it is still current.
 */
export type HeldState<State> = {
  /** The state to change and to save; a state that is not saved is not held any more either. */
  take(name: string): Promise<Loaded<State>>;
  /** The state to look at. */
  look(name: string): Promise<State>;
  /** False when another scan has saved since it was taken. */
  save(name: string, state: State, tag: string | null): Promise<boolean>;
};

export function heldState<State>(
  store: DetectorState,
  codec: {
    readonly empty: () => State;
    readonly encode: (state: State) => Uint8Array;
    /** Null for a body that cannot be used. */
    readonly decode: (body: Uint8Array) => State | null;
  },
): HeldState<State> {
  let held: { readonly name: string; readonly state: State; readonly tag: string } | null = null;

  const load = async (name: string): Promise<Loaded<State>> => {
    const known = held?.name === name ? held : null;
    const stored = await store.load(name, known?.tag ?? null);
    if (stored === 'unchanged') {
      if (known === null) throw new Error(`${name} is said to be unchanged, and was not known`);
      return known;
    }
    if (stored === null) return { state: codec.empty(), tag: null };
    return { state: codec.decode(stored.body) ?? codec.empty(), tag: stored.tag };
  };

  return {
    take: async (name) => {
      const loaded = await load(name);
      held = null;
      return loaded;
    },
    look: async (name) => {
      const { state, tag } = await load(name);
      held = tag === null ? null : { name, state, tag };
      return state;
    },
    save: async (name, state, tag) => {
      const saved = await store.save(name, codec.encode(state), tag);
      held = saved === null ? null : { name, state, tag: saved };
      return saved !== null;
    },
  };
}

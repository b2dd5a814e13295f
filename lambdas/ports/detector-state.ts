/** Detector state by name, whole bodies, each with an opaque tag for the conditional write. */
export type DetectorState = {
  /** Null when nothing was saved; `unchanged` when `known` is the tag of what is stored. */
  load(name: string, known: string | null): Promise<StoredState | 'unchanged' | null>;
  /** The new tag; null when another scan wrote since `tag` was read (null: when any exists), and nothing is written then. */
  save(name: string, body: Uint8Array, tag: string | null): Promise<string | null>;
};

export type StoredState = { readonly body: Uint8Array; readonly tag: string };

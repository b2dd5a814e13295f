/** A tag of a resource, as people put it there: both are compared as they are written. */
export type Tag = { readonly name: string; readonly value: string };

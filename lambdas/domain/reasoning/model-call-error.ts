/** No reply came from a language model; `cause` holds what the client reported. */
export class ModelCallError extends Error {
  override readonly name = 'ModelCallError';
}

/**
 * A word that stands in the system prompt and nowhere else: a reply that holds it gives its instructions away,
 * which a model does that has begun to follow what it reads. It differs from incident to incident, so that no
 * text written beforehand can hold it.
 */
export const canaryOf = (incidentId: string): string => `kin-${mix(incidentId, 7)}-${mix(incidentId, 31)}`;

export const givesCanaryAway = (reply: string, canary: string): boolean =>
  reply.toLowerCase().includes(canary.toLowerCase());

/** FNV-1a with a seed, in base 36; a label and no secret. */
const mix = (text: string, seed: number): string => {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, '0');
};

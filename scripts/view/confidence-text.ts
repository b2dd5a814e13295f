/** A confidence in two digits. It compares causes and never proves one, so that it is never rounded up to certainty. */
export const confidenceText = (confidence: number): string =>
  confidence >= 0.995 ? 'over 0.99' : confidence.toFixed(2);

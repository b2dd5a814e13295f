/** First parts of the archive's keys: what is kept of incidents, and what detection knows. */
export const archivePrefixes = { incidents: 'incidents/', detectorState: 'detector-state/' } as const;

/** First parts of the archive's keys: what is kept of incidents, and what detection knows. */
export const archivePrefixes = { incidents: 'incidents/', detectorState: 'detector-state/' } as const;

/** Kept with the incident that a notice is about, after people were told. */
export const noticeKey = (about: { readonly incidentId: string; readonly what: string }): string =>
  `${archivePrefixes.incidents}${about.incidentId}/told/${about.what}.json`;

/** First parts of the archive's keys: what is kept of incidents, what detection knows, and what its scans read. */
export const archivePrefixes = {
  incidents: 'incidents/',
  detectorState: 'detector-state/',
  scans: 'scans/',
} as const;

/** How long what scans read is kept where nobody says otherwise. */
export const defaultScanArchiveDays = 400;

/** Kept with the incident that a notice is about, after people were told. */
export const noticeKey = (about: { readonly incidentId: string; readonly what: string }): string =>
  `${archivePrefixes.incidents}${about.incidentId}/told/${about.what}.json`;

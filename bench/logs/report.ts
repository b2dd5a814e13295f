export type Report = {
  readonly systems: readonly { readonly system: string; readonly groupingAccuracy: number }[];
  readonly mean: number;
  readonly linesPerSecond: number;
  /** What a miner that has seen all logs keeps, and in how many templates. */
  readonly memoryBytes: number;
  readonly templates: number;
};

/** What `--json` prints: the figures that other miners publish too. The file in bench/results has all of them. */
export function publishedFigures({ systems, mean, linesPerSecond }: Report) {
  return { systems, mean, linesPerSecond };
}

/** The report as a table for people. */
export const renderReport = (report: Report): string =>
  [
    ...report.systems.map((each) => `${each.system.padEnd(14)} ${each.groupingAccuracy.toFixed(4)}`),
    `${'mean'.padEnd(14)} ${report.mean.toFixed(4)}`,
    `${report.linesPerSecond.toLocaleString('en')} lines/s on one core; ${report.templates} templates in ${(report.memoryBytes / 1024).toFixed(0)} KiB`,
  ].join('\n');

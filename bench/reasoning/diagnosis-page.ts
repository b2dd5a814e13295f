import type { DiagnosisFigures, DiagnosisReport } from './measure-diagnosis.ts';

/** The figures in words. */
export const diagnosisPage = (report: DiagnosisReport): readonly string[] => [
  ...Object.entries({ ...report.sets, all: report.all }).map(([name, figures]) => figuresLine(name, figures)),
  '',
  'confidence      cases  stated   right',
  ...report.reliability.map(
    ({ from, to, count, stated, right }) =>
      `${from.toFixed(2)} to ${to.toFixed(2)}  ${String(count).padStart(6)}  ${share(stated)}  ${share(right)}`,
  ),
  ...(report.misses.length === 0 ? [] : ['', 'named wrong (the scored-only half is not told):']),
  ...report.misses.map(({ name, truth, named }) => `${name}: ${truth}; named ${named.join(', ') || 'nothing'}`),
];

const figuresLine = (name: string, figures: DiagnosisFigures): string => {
  const { played, right, healed } = figures;
  return `${name.padEnd(12)} right ${right} of ${played} (${percent(right / played)}), mechanism ${figures.mechanismRight}, service ${figures.serviceRight}, within three ${figures.rightWithinThree}; detected ${figures.detected}; healed ${healed}, without a person ${figures.healedWithoutPerson}, though named wrong ${figures.healedThoughWrong} (${percent(healed === 0 ? 0 : figures.healedThoughWrong / healed)}); Brier ${figures.brier.toFixed(3)}`;
};

const percent = (value: number): string => `${Math.round(value * 1000) / 10}%`;

const share = (value: number | null): string => (value === null ? '      ' : value.toFixed(3).padStart(6));

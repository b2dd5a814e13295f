/**
 * The operator's knob of detection, in the operator's unit: expected false alarms of a metric in a month of 30 days. What it
 * means as a level of oddness is in domain/detectors/surprise/calibration.ts.
 */
export {
  defaultFalseAlarmsPerMonth,
  fewestFalseAlarms,
  mostFalseAlarms,
} from '../domain/detectors/surprise/calibration.ts';

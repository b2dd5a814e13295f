import { describe, expect, it } from 'vitest';
import { falseAlarmsAt, scoreOf } from '../../../../../lambdas/domain/detectors/surprise/calibration.ts';
import { fineLevel } from '../../../../../lambdas/domain/detectors/surprise/combine.ts';
import { createSurpriseDetector } from '../../../../../lambdas/domain/detectors/surprise/surprise-detector.ts';

describe('the operator knob', () => {
  it('asks for a higher level the fewer alarms are wanted, and scores by how many times rarer', () => {
    const fine = 1440;
    for (let level = 3; level < 9; level += 0.1) {
      expect(falseAlarmsAt(level + 0.1, fine)).toBeLessThan(falseAlarmsAt(level, fine));
      expect(scoreOf(level, 1, fine) / scoreOf(level, 0.1, fine)).toBeCloseTo(10);
      expect(scoreOf(level, falseAlarmsAt(level, fine), fine)).toBeCloseTo(1);
      // The coarser, the fewer alarms are that high; the level of fine series is raised, which the calibration knows.
      expect(falseAlarmsAt(level, 24)).toBeGreaterThan(falseAlarmsAt(level, 288));
      const ratio = falseAlarmsAt(level + fineLevel, fine) / falseAlarmsAt(level, 288);
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.25);
    }
  });

  it('keeps to about what was asked for on quiet series', () => {
    let state = 9;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const gauss = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const step = 300_000;
    const detector = createSurpriseDetector({ falseAlarmsPerMonth: 1 });
    let alarms = 0;
    let months = 0;
    for (let series = 0; series < 6; series++) {
      const memory = detector.initial();
      for (let index = 0; index < 20 * 288; index++) {
        const value = series % 2 === 0 ? Math.exp(3 + 0.6 * gauss()) : 200 + 30 * Math.sin(index / 45.8) + 6 * gauss();
        const { score } = detector.observe(memory, { at: index * step, value });
        if (index > 5 * 288 && score >= 1) alarms++;
      }
      months += 0.5;
    }
    expect(alarms / months).toBeLessThan(3);
  });
});

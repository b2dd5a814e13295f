import { describe, expect, it } from 'vitest';
import { serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import { incidentLines } from '../../../../scripts/view/incident-page.ts';
import { createScreen } from '../../../../scripts/view/screen.ts';
import { widthOf } from '../../../../scripts/view/text.ts';
import { timelineOf } from '../../../../scripts/view/timeline.ts';
import { timelineLines } from '../../../../scripts/view/timeline-text.ts';
import { createWatchPage } from '../../../../scripts/view/watch-page.ts';
import { anIncident, onset } from './an-incident.ts';

const screenOf = (columns: number) => {
  const written: string[] = [];
  const screen = createScreen({ columns, write: (text: string) => written.push(text) }, {});
  return { screen, written };
};

const bystander = serviceNameSchema.parse('bystander');

describe('a timeline', () => {
  it('tells the whole story in the order in which it happened', () => {
    const events = timelineOf(anIncident());
    expect(events.map((event) => event.label)).toEqual([
      'symptom',
      'incident',
      'evidence',
      'diagnosis',
      'plan',
      'decision',
      'act',
      'acted',
      'verify',
      'verified',
      'resolved',
    ]);
    expect(events[0]?.headline).toBe('checkout CpuUtilization 97.2 %, normal is 28 to 51 %');
    expect(events[0]?.details).toEqual(['above: its level has moved', 'and 2 more series of 2 services']);
    expect(events[3]?.headline).toContain('demand surge in checkout');
    expect(events[3]?.details).toEqual(['E1 checkout CpuUtilization 40 % → 97.2 %, normal is 28 to 51 %']);
    expect(events[7]?.headline).toBe('done after 35 s: instanceCount 3 → 6');
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  it('begins with the onset, and tells of what was odd before it as such', () => {
    const record = anIncident();
    const [first, ...others] = record.anomalies;
    if (first === undefined) throw new Error('the example has anomalies');
    const learning = { ...first, onset: onset - 600_000, metric: 'QueueDepth' };
    const [symptom] = timelineOf({ ...record, anomalies: [learning, first, ...others] });
    expect(symptom).toMatchObject({ label: 'symptom', at: onset });
    expect(symptom?.headline).toContain('CpuUtilization');
    expect(symptom?.details.at(-1)).toBe('1 series that joined later had been odd before the onset');
  });

  it('tells a question, its answer and an undo', () => {
    const record = anIncident();
    const [action] = record.actions;
    if (action === undefined) throw new Error('the example has an action');
    const question = {
      incidentId: record.incident.id,
      attempt: 1,
      kind: 'approve' as const,
      askedAt: onset + 19_000,
      expiresAt: onset + 919_000,
      summary: 'roll back?',
    };
    const events = timelineOf({
      ...record,
      questions: [{ ...question, status: 'yes', answeredAt: onset + 24_000, answeredBy: 'ada' }],
      actions: [{ ...action, undo: 'undone', undoneAt: onset + 96_000 }],
    });
    const headlines = events.map((event) => `${event.label}: ${event.headline}`);
    expect(headlines).toContain('asked: approve: roll back?');
    expect(headlines).toContain('answered: yes, by ada');
    expect(headlines).toContain('undone: scale-out put back');
    const expired = timelineOf({
      ...record,
      questions: [{ ...question, status: 'expired', answeredAt: null, answeredBy: null }],
    });
    expect(expired.map((event) => event.headline)).toContain('nobody answered within 15 min: silence is no');
  });

  it('takes what a diagnosis cites from the evidence of its own attempt', () => {
    const record = anIncident();
    const [first] = record.evidence;
    if (first === undefined) throw new Error('the example has evidence');
    const later = {
      attempt: 2,
      key: 'incidents/x/attempt-2/evidence.json',
      bundle: { ...first.bundle, items: first.bundle.items.map((item) => ({ ...item, service: bystander })) },
    };
    const told = (evidence: typeof record.evidence) =>
      timelineOf({ ...record, evidence })
        .find(({ label }) => label === 'diagnosis')
        ?.details.join();
    expect(told([first, later])).toBe(told([first]));
    expect(told([{ ...first, bundle: later.bundle }])).not.toBe(told([first]));
  });

  it('keeps within the screen and lets no control character of the workload through', () => {
    const record = anIncident();
    const hostile = { ...record, incident: { ...record.incident, title: 'a\u001b[2Jb\nc' } };
    const { screen } = screenOf(80);
    const lines = timelineOf(hostile).flatMap((event) => timelineLines(event, onset, screen));
    for (const line of [...lines, ...incidentLines(hostile, onset, screen)]) {
      expect(widthOf(line)).toBeLessThanOrEqual(80);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe('a watch', () => {
  it('tells each event once, and customers when it changes for them', () => {
    const { screen, written } = screenOf(100);
    const page = createWatchPage(screen, onset);
    const record = anIncident();
    const customers = (second: number, successPercent: number) => ({
      at: onset + second * 1000,
      successPercent,
      latencyP95: 100,
    });
    page.show({ now: onset, record: null, customers: customers(0, 99.9) });
    page.show({ now: onset, record: null, customers: customers(5, 91) });
    page.show({ now: onset, record, customers: customers(10, 90) });
    page.show({ now: onset, record, customers: customers(95, 99.8) });
    const text = written.join('');
    expect(text.match(/● customers/g)).toHaveLength(2);
    expect(text).toContain('91.0 % of requests answered, slowest twentieth over 100 ms');
    expect(text).toContain('well served again');
    expect(text.match(/● diagnosis/g)).toHaveLength(1);
    expect(text.match(/● resolved/g)).toHaveLength(1);
  });
});

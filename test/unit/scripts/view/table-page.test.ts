import { expect, it } from 'vitest';
import { createScreen } from '../../../../scripts/view/screen.ts';
import { tableLines } from '../../../../scripts/view/table-page.ts';

const screen = createScreen({ columns: 90, write: () => undefined }, {});

it('tells each row in a line by what it is', () => {
  const lines = tableLines(
    'incidentId',
    [
      {
        incidentId: 'A',
        item: 'incident',
        state: 'resolved',
        title: 'cart is slow',
        openedAtIso: '2030-01-01T02:03:04.5Z',
      },
      { incidentId: 'A', item: 'anomaly#1', service: 'cart', metric: 'LatencyP95', direction: 'above' },
      { incidentId: 'A', item: 'other', unknown: 7 },
    ],
    screen,
  );
  expect(lines[1]).toMatch(/^A +incident +2030-01-01 02:03:04 +resolved: cart is slow$/);
  expect(lines[2]).toMatch(/cart LatencyP95 above$/);
  expect(lines[3]).toMatch(/unknown 7$/);
  expect(tableLines('incidentId', [], screen)).toEqual(['No rows.']);
});

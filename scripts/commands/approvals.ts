import type { Command } from 'commander';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { withoutToken } from '../operator/incident-record.ts';
import { approvalsLines } from '../view/approvals-page.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

export function register(program: Command): void {
  withCloudOptions(
    program.command('approvals').description('list what waits for a person: approvals, reviews and manual steps'),
  ).action(async (options: CloudOptions) => {
    const { incidents, clock } = await connect(options);
    const waiting = await incidents.pendingApprovals();
    const pending = await Promise.all(
      waiting.map(async (approval) => ({
        question: withoutToken(approval),
        incident: await incidents.get(approval.incidentId),
      })),
    );
    const screen = createScreen();
    if (options.json === true) printJson(screen, pending);
    else screen.print(...approvalsLines(pending, clock.now(), screen));
  });
}

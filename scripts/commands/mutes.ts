import type { Command } from 'commander';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { savedOverview } from '../operator/saved-overview.ts';
import { troubleCovered } from '../operator/trouble-covered.ts';
import { printJson } from '../view/json.ts';
import { mutesLines } from '../view/mutes-page.ts';
import { createScreen } from '../view/screen.ts';

export function register(program: Command): void {
  withCloudOptions(
    program.command('mutes').description('list what is muted, by whom, until when, and what it keeps quiet now'),
  ).action(async (options: CloudOptions) => {
    const { mutes, detectorState, clock } = await connect(options);
    const now = clock.now();
    const [listed, overview] = await Promise.all([mutes.list(now), savedOverview(detectorState)]);
    const covered = overview === null ? new Map<string, number>() : troubleCovered(listed, overview, now);
    const screen = createScreen();
    if (options.json === true) {
      printJson(
        screen,
        listed.map((mute) => ({ ...mute, inTrouble: covered.get(mute.id) ?? 0 })),
      );
    } else screen.print(...mutesLines(listed, covered, now, screen));
  });
}

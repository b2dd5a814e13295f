import type { Command } from 'commander';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { savedOverview } from '../operator/saved-overview.ts';
import { type Trouble, troubleCovered } from '../operator/trouble-covered.ts';
import { printJson } from '../view/json.ts';
import { mutesLines } from '../view/mutes-page.ts';
import { createScreen } from '../view/screen.ts';

export function register(program: Command): void {
  withCloudOptions(
    program.command('mutes').description('list what is muted, by whom, until when, and what it keeps quiet now'),
  ).action(async (options: CloudOptions) => {
    const { mutes, detectorState, clock, periodSeconds } = await connect(options);
    const now = clock.now();
    const [listed, overview] = await Promise.all([mutes.list(now), savedOverview(detectorState)]);
    const covered =
      overview === null ? new Map<string, Trouble>() : troubleCovered(listed, { overview, periodSeconds, now });
    const screen = createScreen();
    if (options.json === true) {
      printJson(
        screen,
        listed.map((mute) => ({ ...mute, inTrouble: 0, recovering: 0, quietSince: null, ...covered.get(mute.id) })),
      );
    } else screen.print(...mutesLines(listed, covered, now, screen));
  });
}

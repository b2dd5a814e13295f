import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { type CloudOptions, withCloudOptions } from '../operator/cloud-options.ts';
import { connect } from '../operator/connect.ts';
import { readFleet } from '../operator/read-fleet.ts';
import { readShopHours } from '../operator/shop-hours.ts';
import { fleetLines } from '../view/fleet-page.ts';
import { printJson } from '../view/json.ts';
import { createScreen } from '../view/screen.ts';

type Options = CloudOptions & { readonly once?: boolean };

export function register(program: Command): void {
  withCloudOptions(
    program.command('fleet').description('watch the fleet: instances, traffic, errors, latency, resources'),
  )
    .option('--once', 'show it once; that is all that happens without a terminal')
    .action(async (options: Options) => {
      const operator = await connect(options);
      const screen = createScreen();
      const read = async () => {
        const [reading, hours] = await Promise.all([
          readFleet(operator, operator.periodSeconds),
          readShopHours(operator),
        ]);
        return { ...reading, hours };
      };
      if (options.json === true) return printJson(screen, await read());
      if (options.once === true || !screen.live) return screen.print(...fleetLines(await read(), screen));
      while (true) {
        const lines = fleetLines(await read(), screen);
        screen.draw([...lines, screen.paint.quiet('Ctrl-C ends')]);
        await pause(operator.periodSeconds * 1000);
      }
    });
}

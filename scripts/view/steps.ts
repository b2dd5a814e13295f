import type { Screen } from './screen.ts';
import { padEnd, plain } from './text.ts';
import { duration } from './time.ts';

const labelColumns = 9;

/** Tells what a step of work does while it does it, and how long it took when it is done. */
export const runStep = async <Result>(
  screen: Screen,
  label: string,
  work: (say: (line: string) => void) => Promise<Result>,
  told: (result: Result) => string,
): Promise<Result> => {
  const { paint } = screen;
  const begun = performance.now();
  const elapsed = (): string => duration(performance.now() - begun);
  let doing = '';
  const draw = (): void => screen.draw([paint.quiet(`  ◌ ${padEnd(label, labelColumns)}  ${doing} ${elapsed()}`)]);
  const say = (line: string): void => {
    const news = plain(line);
    if (news === doing) return;
    doing = news;
    if (screen.live) draw();
    else screen.print(`  · ${padEnd(label, labelColumns)}  ${doing}`);
  };
  const timer = setInterval(draw, 500);
  draw();
  try {
    const result = await work(say);
    screen.print(`  ${paint.good('✓')} ${padEnd(label, labelColumns)}  ${told(result)} ${paint.quiet(elapsed())}`);
    return result;
  } catch (error) {
    screen.print(`  ${paint.bad('✗')} ${padEnd(label, labelColumns)}  ${paint.quiet(`after ${elapsed()}`)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
};

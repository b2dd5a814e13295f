import picocolors from 'picocolors';

type Colour = (text: string) => string;

/** Colours by what they mean. */
export type Paint = {
  readonly gold: Colour;
  readonly good: Colour;
  readonly bad: Colour;
  readonly warn: Colour;
  readonly quiet: Colour;
  readonly strong: Colour;
  readonly name: Colour;
};

export const createPaint = (coloured: boolean): Paint => {
  const colours = picocolors.createColors(coloured);
  return {
    gold: colours.yellow,
    good: colours.green,
    bad: colours.red,
    warn: colours.magenta,
    quiet: colours.dim,
    strong: colours.bold,
    name: colours.cyan,
  };
};

/** Where a command's answer goes, and how much room it has. */
export type Screen = {
  readonly paint: Paint;
  /** Columns to fill, 60 to 100. */
  readonly width: number;
  /** True when a person watches: a line may be rewritten in place. */
  readonly live: boolean;
  print(...lines: readonly string[]): void;
  /** Replaces the lines last drawn and keeps them replaceable; nothing where no person watches. */
  draw(lines: readonly string[]): void;
  /** Takes the drawn lines away. */
  erase(): void;
};

type Output = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };

export const createScreen = (
  output: Output = process.stdout,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Screen => {
  const live = output.isTTY === true && environment['TERM'] !== 'dumb';
  const noColour = environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '';
  let drawn = 0;
  const erase = (): void => {
    if (drawn > 0) output.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  return {
    paint: createPaint(live && !noColour),
    width: Math.min(100, Math.max(60, output.columns ?? 100)),
    live,
    print: (...lines) => {
      erase();
      for (const line of lines) output.write(`${line}\n`);
    },
    draw: (lines) => {
      if (!live) return;
      erase();
      for (const line of lines) output.write(`${line}\n`);
      drawn = lines.length;
    },
    erase,
  };
};

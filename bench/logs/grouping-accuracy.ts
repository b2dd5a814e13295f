function groupsOf(labels: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  labels.forEach((label, line) => {
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [line]);
    else group.push(line);
  });
  return groups;
}

/** Share of lines whose predicted group holds exactly the lines of their true group (Zhu et al. 2019); NaN without lines. */
export function groupingAccuracy(predicted: readonly string[], truth: readonly string[]): number {
  const truly = new Set([...groupsOf(truth).values()].map((lines) => lines.join()));
  let right = 0;
  for (const lines of groupsOf(predicted).values()) if (truly.has(lines.join())) right += lines.length;
  return right / truth.length;
}

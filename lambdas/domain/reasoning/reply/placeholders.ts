/** What a model leaves where it should have put a value: `<service>`, `TODO`, `string`, `your-service`. */
const fillers =
  /^(?:<[^<>]*>|\[[^[\]]*\]|\{\{.*\}\}|\$\{.*\}|%\w+%|x{2,}|\.{2,}|…|todo\b.*|tbd|tba|fixme|string|number|text|value|name|example|sample|placeholder|foo|bar|foobar|lorem ipsum.*|(?:your|some|my|the)[-_ ](?:service|instance|version|message|value|name|job|zone|revision)(?:[-_ ](?:name|id|here))?|(?:service|instance|message|version|job|zone)[-_ ](?:name|id)(?:[-_ ]here)?|insert .*|fill in .*|example[-_ ].*)$/i;

/**
 * One line for each text in the value that is only a placeholder. Text that merely mentions one is not: log
 * templates quoted in a reasoning hold `<id>` and the like.
 */
export const placeholderProblems = (value: unknown, path = ''): readonly string[] => {
  if (typeof value === 'string') {
    return fillers.test(value.trim()) ? [`${path || 'reply'} is the placeholder ${value.trim().slice(0, 40)}`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    placeholderProblems(inner, path === '' ? key : `${path}.${key}`),
  );
};

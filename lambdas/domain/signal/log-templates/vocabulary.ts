const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Units that may follow a number with a space between; part of the value. */
export const unitWords = words(
  'B KB MB GB TB KiB MiB GiB TiB kB b/s KB/s MB/s ns us ms s sec secs second seconds min mins minute minutes h hour hours byte bytes %',
);

/** Names of days and months as they stand in dates, and what goes with a time of day. */
export const dateWords = words(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec AM PM UTC GMT EST EDT CST CDT PST PDT CET CEST',
);

/** Nouns that announce a name: the word that follows says who, not what happened. */
export const announcers = words('user username account');

/** Last labels of host names that stand without a number. */
export const topLevelDomains = words('com net org edu gov mil info biz io local internal localdomain arpa');

/** Values when they stand behind an equals sign, words elsewhere. */
export const truthValues = words('true false True False TRUE FALSE yes no');

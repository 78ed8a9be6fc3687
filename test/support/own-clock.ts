/**
 * The variables that set the wall clock of a process, where a test run has one of its own (`faketime`): a child that is started
 * with few variables has to be given them, else it lives at another hour than its test.
 */
export const OWN_CLOCK: Readonly<Record<string, string>> = {
  // Whatever the zone of the machine is: the expected texts have UTC.
  TZ: 'UTC',
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => /^(?:LD_PRELOAD|FAKETIME|DYLD_)/.test(entry[0]) && entry[1] !== undefined,
    ),
  ),
};

/** Files of Ink's, and what stands in their place. */
const INSTEAD = [
  [/[\\/]ink[\\/]build[\\/]utils\.js$/, 'export const isDev = () => false;'],
  [/[\\/]ink[\\/]build[\\/]devtools\.js$/, ''],
];

/**
 * Ink asks for React's developer tools, and for its own package.json, where `DEV=true` stands in the environment.
 * Neither is beside the bundle, and an operator who has that variable set for something else wants neither.
 *
 * @returns a rolldown plugin
 */
export function withoutDevtools() {
  return {
    name: 'without-devtools',
    load: (id) => INSTEAD.find(([file]) => file.test(id))?.[1] ?? null,
  };
}

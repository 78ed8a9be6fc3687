import type { Screen } from '../../shell/screen.js';
import { CHECK_BINDINGS, FINDINGS_BINDINGS } from './bindings.js';
import { CheckScreen } from './CheckScreen.js';
import { FindingsScreen } from './FindingsScreen.js';

/** The screens of a console on a check, the first one first. @param plan  the name of its file */
export function checkScreens(plan: string): readonly Screen[] {
  return [
    {
      name: 'check',
      action: null,
      label: 'check',
      description: 'A plan before its night: what will fail, what may fail, and what cannot be known',
      title: () => `check of ${plan}`,
      bindings: CHECK_BINDINGS,
      component: CheckScreen,
    },
    {
      name: 'check-group',
      action: null,
      label: 'group of findings',
      description: 'Every finding of one kind',
      title: ({ name = 'findings' }) => name,
      bindings: FINDINGS_BINDINGS,
      component: FindingsScreen,
    },
  ];
}

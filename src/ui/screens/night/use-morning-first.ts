import { useEffect, useRef } from 'react';
import { useBatchConsole } from '../../model/context.js';
import { isNews } from '../../select/morning.js';
import { useShell } from '../../shell/context.js';

/** Shows the morning to an operator who was away for long, unless they went elsewhere meanwhile. */
export function useMorningFirst(): void {
  const { model } = useBatchConsole();
  const shell = useShell();
  const here = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the console is opened
  useEffect(() => {
    here.current = true;
    void model.firstMorning().then((morning) => {
      if (here.current && morning && isNews(morning, model.view().batch?.needs ?? 0, model.view().now))
        shell.go('morning');
    });
    return () => {
      here.current = false;
    };
  }, [model]);
}

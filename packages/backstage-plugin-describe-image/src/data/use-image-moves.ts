import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  DESCRIBE_IMAGE_CHANNEL,
  type ImageSignal,
  imageSignalSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { useEffect, useRef } from 'react';

/**
 * Calls a function for every signal about a moved tag. Does nothing without the signals plugin. It does not use `useSignal`, which keeps
 * only the last signal: the first of two simultaneous signals would be lost.
 */
export function useImageMoves(onMove: (signal: ImageSignal) => void): void {
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(onMove);
  latest.current = onMove;
  useEffect(() => {
    const subscriber = signals?.subscribe(DESCRIBE_IMAGE_CHANNEL, (message) => {
      const signal = imageSignalSchema.safeParse(message);
      if (signal.success) latest.current(signal.data);
    });
    return () => subscriber?.unsubscribe();
  }, [signals]);
}

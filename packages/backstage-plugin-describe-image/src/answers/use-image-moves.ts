import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  DESCRIBE_IMAGE_CHANNEL,
  type ImageSignal,
  imageSignalSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { useEffect, useRef } from 'react';

/**
 * Hears of moved tags, where the app has the signals plugin. It subscribes itself because `useSignal` keeps only the last signal:
 * of two that come together the first would be lost.
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

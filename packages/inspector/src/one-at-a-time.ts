/**
 * Reloads on request, one read at a time. Requests during a read lead to one further read, so that an
 * older response never follows a newer one.
 *
 * @returns a function that requests a read; its promise resolves when the read is done
 */
export function oneAtATime(read: () => Promise<void>): () => Promise<void> {
  let reading: Promise<void> | undefined;
  let isAsked = false;
  const readAll = async () => {
    try {
      while (isAsked) {
        isAsked = false;
        await read();
      }
    } finally {
      reading = undefined;
    }
  };
  return () => {
    isAsked = true;
    reading ??= readAll();
    return reading;
  };
}

export interface Coalesced {
  request(): void;
  cancel(): void;
}

/**
 * Asks for work to be done as soon as the messages already received are handled: a burst of edits is checked
 * once, and a single edit is not kept waiting by a timer. One message is handled in each turn of the event
 * loop, so the work is done after a turn without a further request.
 */
export function coalesce(work: () => void): Coalesced {
  let waiting: NodeJS.Immediate | undefined;
  const cancel = () => clearImmediate(waiting);
  const request = () => {
    cancel();
    waiting = setImmediate(() => {
      waiting = setImmediate(work);
    });
  };
  return { request, cancel };
}

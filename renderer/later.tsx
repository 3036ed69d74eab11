// Views whose code is read when they are first shown, or once the window has nothing else to do: what a person sees
// first does not wait for the rest. React's own `lazy` keeps a view back for up to 300 ms after it has come.
import { type ComponentType, type FunctionComponent, useEffect, useState } from "react";

const unread = new Set<() => Promise<unknown>>();

/** @param load imports the view's file and picks the view */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): FunctionComponent<Props> {
  let View: ComponentType<Props> | null = null;
  const read = async () => {
    View ??= await load();
    unread.delete(read);
  };
  unread.add(read);
  return function Later(props) {
    const [isRead, setRead] = useState(View !== null);
    useEffect(() => {
      if (!isRead) void read().then(() => setRead(true));
    }, [isRead]);
    return View && <View {...props} />;
  };
}

/** Reads what has not been read, one view after the other, while the window is idle. */
export function readTheRest(): void {
  requestIdleCallback(() => {
    const [read] = unread;
    if (read !== undefined) void read().then(readTheRest);
  });
}
